//! A company's team: who works for it, and in which role. Only owners change it, everybody may leave, and one owner always stays.

use serde_json::json;
use uuid::Uuid;

use super::store::{self, TeamMember};
use super::{letters, service};
use crate::accounts::access::{VendorRole, Verb};
use crate::audit;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::lang::Lang;
use crate::notifications::letter::{self, Recipient};
use crate::outbox::When;
use crate::text;
use crate::throttle::{self, Limit};
use crate::time::HOUR;

/// Most people in a team.
pub const MEMBERS_MAX: usize = 30;
/// Addresses an owner may try in an hour: the answer tells whether an account exists.
const TRIES_PER_HOUR: u32 = 20;

/// An account by its address.
pub const FIND_ACCOUNT: &str = "SELECT id, name, email, lang FROM users WHERE email = $1 AND closed_at IS NULL AND email_confirmed_at IS NOT NULL";
/// Keeps others from changing the team until this transaction ends (PostgreSQL locks the row; SQLite has one writer).
pub const HOLD: &str = "UPDATE vendors SET updated_at = updated_at WHERE id = $1";
/// Gives a member another role.
pub const SET_ROLE: &str = "UPDATE vendor_members SET role = $3 WHERE vendor_id = $1 AND user_id = $2";
/// Takes a member off the team.
pub const REMOVE_MEMBER: &str = "DELETE FROM vendor_members WHERE vendor_id = $1 AND user_id = $2";

#[derive(sqlx::FromRow)]
struct Account {
    id: Uuid,
    name: String,
    email: String,
    lang: String,
}

/// The team, for everybody in it.
///
/// # Errors
/// `NotSignedIn`, `NotFound`.
pub async fn list(cx: &Cx, vendor_id: Uuid) -> Result<Vec<TeamMember>> {
    let mut db = cx.read().await?;
    service::own(cx, &mut db, vendor_id, Verb::OpenVendorDesk).await?;
    store::team(&mut db, vendor_id).await
}

/// Adds an existing account to the team and tells the person. Somebody who is in it already keeps their role.
///
/// # Errors
/// `Invalid` for an address nobody confirmed an account with, another role, or a full team; `NotFound` for another's company;
/// `TooMany` after many tries.
pub async fn add(cx: &Cx, vendor_id: Uuid, email: &str, role: &str) -> Result<()> {
    count_try(cx, vendor_id).await?;
    let mut tx = cx.write().await?;
    let vendor = service::own(cx, &mut tx, vendor_id, Verb::OwnVendor).await?;
    let mut errors = FieldErrors::new();
    let email = errors.take("email", text::line_within(email, 3, 254)).unwrap_or_default().to_lowercase();
    let role = errors
        .take("role", VendorRole::from_code(role).ok_or(Problem::NotChoice))
        .unwrap_or(VendorRole::Staff);
    errors.into_result()?;
    crate::execute!(tx, HOLD, vendor_id)?;
    let account = crate::fetch_optional!(tx, Account, FIND_ACCOUNT, &email)?;
    let account =
        account.ok_or_else(|| Error::invalid("email", Problem::Rule("vendor.no_account".into())))?;
    let team = store::team(&mut tx, vendor_id).await?;
    if team.iter().any(|member| member.id == account.id) {
        return Err(Error::invalid("email", Problem::Rule("vendor.already_member".into())));
    }
    if team.len() >= MEMBERS_MAX {
        return Err(Error::invalid("email", Problem::TooMany { max: MEMBERS_MAX }));
    }
    crate::execute!(tx, store::INSERT_MEMBER, vendor_id, account.id, role.code(), cx.now())?;
    audit::record(
        cx,
        &mut tx,
        "vendor.member_add",
        ("vendor", Some(vendor_id)),
        json!({ "person": account.id, "role": role.code() }),
    )
    .await?;
    let lang = Lang::from_code(&account.lang);
    let company = lang.pick(&vendor.profile.name_ko, &vendor.profile.name_en);
    let letter = letters::joined_team(lang, company, &cx.settings().public_url);
    letter::post(
        cx,
        &mut tx,
        &Recipient { email: account.email, name: account.name, lang },
        &letter,
        When::default(),
    )
    .await?;
    tx.commit().await
}

/// Counted in a transaction of its own, so that refused tries count too.
async fn count_try(cx: &Cx, vendor_id: Uuid) -> Result<()> {
    cx.actor.signed_in()?;
    let mut tx = cx.write_beside().await?;
    let limit = Limit { bucket: format!("team:add:{vendor_id}"), max: TRIES_PER_HOUR, window: HOUR };
    let counted = throttle::hit(&mut tx, cx.now(), &[limit]).await;
    tx.commit().await?;
    counted
}

/// Gives a member another role.
///
/// # Errors
/// `Invalid` when nobody would be owner any more; `NotFound` for another's company or somebody not in the team.
pub async fn change_role(cx: &Cx, vendor_id: Uuid, person: Uuid, role: &str) -> Result<()> {
    let role = VendorRole::from_code(role).ok_or_else(|| Error::invalid("role", Problem::NotChoice))?;
    let mut tx = hold(cx, vendor_id, person, (Verb::OwnVendor, role == VendorRole::Owner)).await?;
    crate::execute!(tx, SET_ROLE, vendor_id, person, role.code())?;
    audit::record(
        cx,
        &mut tx,
        "vendor.member_role",
        ("vendor", Some(vendor_id)),
        json!({ "person": person, "role": role.code() }),
    )
    .await?;
    tx.commit().await
}

/// Takes a member off the team: owners anybody, everybody themselves.
///
/// # Errors
/// `Invalid` when nobody would be owner any more; `NotFound` for another's company or somebody not in the team.
pub async fn remove(cx: &Cx, vendor_id: Uuid, person: Uuid) -> Result<()> {
    // nobody is kept in a team
    let leaves = cx.actor.user_id() == Some(person);
    let verb = if leaves { Verb::OpenVendorDesk } else { Verb::OwnVendor };
    let mut tx = hold(cx, vendor_id, person, (verb, false)).await?;
    crate::execute!(tx, REMOVE_MEMBER, vendor_id, person)?;
    audit::record(
        cx,
        &mut tx,
        "vendor.member_remove",
        ("vendor", Some(vendor_id)),
        json!({ "person": person }),
    )
    .await?;
    tx.commit().await
}

/// A transaction in which nobody else changes the team, after making sure that an owner stays.
async fn hold(cx: &Cx, vendor_id: Uuid, person: Uuid, (verb, stays_owner): (Verb, bool)) -> Result<Tx> {
    let mut tx = cx.write().await?;
    service::own(cx, &mut tx, vendor_id, verb).await?;
    crate::execute!(tx, HOLD, vendor_id)?;
    let team = store::team(&mut tx, vendor_id).await?;
    let member = team.iter().find(|member| member.id == person).ok_or(ErrorKind::NotFound)?;
    let owner = VendorRole::Owner.code();
    let others = team.iter().filter(|other| other.id != person && other.role == owner).count();
    if member.role == owner && !stays_owner && others == 0 {
        return Err(Error::invalid("role", Problem::Rule("vendor.last_owner".into())));
    }
    Ok(tx)
}

/// Whether a chapter exists.
pub(super) async fn chapter_exists(db: &mut impl Handle, chapter: Option<Uuid>) -> Result<()> {
    let Some(chapter) = chapter else { return Ok(()) };
    let known = store::chapters(db).await?;
    if known.iter().any(|row| row.id == chapter) {
        Ok(())
    } else {
        Err(Error::invalid("chapter", Problem::NotChoice))
    }
}
