//! How a company ends on the site: its owner closes it, or takes back an application nobody has approved; or a curator closes
//! it. Nothing of it waits for anybody afterwards, and whoever still waits for it is told.

use uuid::Uuid;

use super::model::{Vendor, VendorState};
use super::rules::VendorAction;
use super::{letters, service, store};
use crate::accounts::access::Verb;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, Problem, Result};
use crate::inquiries;
use crate::lang::Lang;
use crate::notifications::letter::{self, Recipient};
use crate::outbox::When;

/// Puts away what a company lists; what the federation took out of sight stays as it is.
pub const END_LISTINGS: &str = "UPDATE listings SET state = 'archived', updated_at = $2, version = version + 1, pictures_changed_at = NULL \
    WHERE vendor_id = $1 AND state IN ('draft', 'in_review', 'changes_requested', 'published', 'expired')";
/// Takes back its edits that wait for a curator.
pub const END_REVISIONS: &str = "UPDATE listing_revisions SET state = 'withdrawn', decided_at = $2 WHERE state = 'pending' \
    AND listing_id IN (SELECT id FROM listings WHERE vendor_id = $1)";
/// Forgets the profile that waits for a curator.
pub const END_STAGED: &str = "UPDATE vendors SET staged = NULL, staged_at = NULL WHERE id = $1";
/// Takes back its invitations.
pub const END_INVITATIONS: &str = "DELETE FROM team_invitations WHERE vendor_id = $1";
/// Lets everybody go who worked on an application.
pub const END_TEAM: &str = "DELETE FROM vendor_members WHERE vendor_id = $1";

/// What ends with a company: listings that are shown, and threads that are not over.
pub const WHAT_ENDS: &str = "SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM listings WHERE vendor_id = $1 AND state = 'published'), \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM threads WHERE vendor_id = $1 AND state IN ('new', 'waiting_vendor', 'waiting_buyer', 'quoted'))";

/// A company before it is closed.
#[derive(Clone, Debug)]
pub struct Ending {
    /// The company.
    pub vendor: Vendor,
    /// Listings that are shown now.
    pub shown: i64,
    /// Threads that are not over.
    pub threads: i64,
}

/// What will end, for an owner of the company.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for everybody else.
pub async fn open(cx: &Cx, id: Uuid) -> Result<Ending> {
    let mut db = cx.read().await?;
    let vendor = service::own(cx, &mut db, id, Verb::OwnVendor).await?;
    let (shown, threads) = crate::fetch_one!(db, (i64, i64), WHAT_ENDS, id)?;
    Ok(Ending { vendor, shown, threads })
}

/// Closes the own company for good, or takes its application back. Doing it twice is fine.
///
/// # Errors
/// `Invalid` without the explicit yes; `NotFound` for another's company; `Conflict` when somebody was faster.
pub async fn close_own(cx: &Cx, id: Uuid, sure: bool) -> Result<()> {
    match leave(cx, id, sure).await {
        // a buyer or a colleague wrote into one of its threads at the same moment
        Err(error) if inquiries::service::is_race(&error.kind) => leave(cx, id, sure).await,
        done => done,
    }
}

async fn leave(cx: &Cx, id: Uuid, sure: bool) -> Result<()> {
    let mut tx = cx.write().await?;
    let vendor = service::own(cx, &mut tx, id, Verb::OwnVendor).await?;
    if vendor.state == VendorState::Closed {
        return Ok(());
    }
    if !sure {
        return Err(Error::invalid("sure", Problem::Rule("vendor.close_sure".into())));
    }
    let team = store::team(&mut tx, id).await?;
    close(cx, &mut tx, &vendor, VendorAction::Leave, None).await?;
    for member in team {
        let lang = Lang::from_code(&member.lang);
        let company = lang.pick(&vendor.profile.name_ko, &vendor.profile.name_en);
        let letter = letters::left(lang, vendor.approved_at.is_some(), company, &cx.settings().public_url);
        let to = Recipient { email: member.email, name: member.name, lang };
        letter::post(cx, &mut tx, &to, &letter, When::default()).await?;
    }
    tx.commit().await
}

/// Closes a company whoever decided so: what it lists, what waits for a curator, and its threads end with it. Rows come before
/// the log (docs/SQL.md).
pub(super) async fn close(
    cx: &Cx,
    tx: &mut Tx,
    vendor: &Vendor,
    action: VendorAction,
    reason: Option<&str>,
) -> Result<()> {
    let threads = inquiries::ending::open_of_vendor(tx, vendor.id).await?;
    crate::execute!(*tx, END_STAGED, vendor.id)?;
    crate::execute!(*tx, END_REVISIONS, vendor.id, cx.now())?;
    crate::execute!(*tx, END_LISTINGS, vendor.id, cx.now())?;
    crate::execute!(*tx, END_INVITATIONS, vendor.id)?;
    if vendor.approved_at.is_none() {
        crate::execute!(*tx, END_TEAM, vendor.id)?;
    }
    service::change(cx, tx, vendor, action, reason).await?;
    inquiries::ending::end_for_closing(cx, tx, &threads).await
}
