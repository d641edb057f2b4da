//! Who an approved company is, as it wants to be shown from now on: name, representative, place, chapter, certificates. That
//! was approved once, so it waits for a curator; the approved stays public until then. What it says of itself beside that
//! (introduction, telephone, website) it changes freely.

use serde_json::json;
use uuid::Uuid;

use super::model::{Identity, Vendor, VendorProfile};
use super::{letters, rules, service, store};
use crate::accounts::access::{Object, Verb, demand};
use crate::audit;
use crate::catalog::decisions::{Seen, must_be_seen};
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, Result};
use crate::idempotency::{self, IdemKey};
use crate::lang::Lang;
use crate::notifications::letter::{self, Recipient};
use crate::outbox::When;
use crate::text;
use crate::time::Timestamp;

/// Keeps what waits, or forgets it.
pub const STAGE: &str = "UPDATE vendors SET staged = $2, staged_at = $3 WHERE id = $1";

/// What a curator decides about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Show it.
    Apply,
    /// Leave what is shown, with the reason.
    Decline(String),
}

/// Keeps the identity of `profile` for a curator, and gives the profile that is shown now: the approved identity with
/// everything else new. What equals the approved one waits for nobody.
pub(super) async fn stage(
    cx: &Cx,
    tx: &mut Tx,
    vendor: &Vendor,
    profile: VendorProfile,
) -> Result<VendorProfile> {
    let (approved, wanted) = (Identity::of(&vendor.profile), Identity::of(&profile));
    if wanted == approved {
        if vendor.staged.is_some() {
            keep(tx, vendor.id, None).await?;
            audit::record(cx, tx, "vendor.edit_withdrawn", ("vendor", Some(vendor.id)), json!({})).await?;
        }
        return Ok(profile);
    }
    if vendor.staged.as_ref().is_none_or(|staged| staged.identity != wanted) {
        keep(tx, vendor.id, Some((serde_json::to_string(&wanted)?, cx.now()))).await?;
        audit::record(cx, tx, "vendor.edit_staged", ("vendor", Some(vendor.id)), json!({})).await?;
    }
    Ok(approved.put_into(profile))
}

async fn keep(tx: &mut Tx, id: Uuid, staged: Option<(String, Timestamp)>) -> Result<()> {
    let (text, at) = staged.unzip();
    crate::execute!(*tx, STAGE, id, text.as_deref(), at)?;
    Ok(())
}

/// Decides about what waits.
///
/// # Errors
/// `Forbidden`; `Invalid` when the reason is missing; `Conflict` when somebody was faster, `decision.stale` when the company
/// is no longer the version in `seen`.
pub async fn decide(cx: &Cx, id: Uuid, seen: Seen, decision: Decision, idem: Option<Uuid>) -> Result<()> {
    demand(&cx.actor, Verb::DecideVendor, Object::Site)?;
    let reason = match &decision {
        Decision::Apply => String::new(),
        Decision::Decline(reason) => text::block_within(reason, 1, rules::REASON_MAX)
            .map_err(|problem| Error::invalid("reason", problem))?,
    };
    let scope = format!("vendor.decide:{}", cx.actor.user_id().unwrap_or_default());
    let key = idem.map(|key| IdemKey::new(scope, key, &format!("{id} {decision:?}")));
    let mut tx = cx.write().await?;
    let vendor = store::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    demand(&cx.actor, Verb::DecideVendor, service::object(&vendor))?;
    if let Some(key) = &key
        && idempotency::earlier(&mut tx, key).await?.is_some()
    {
        return Ok(());
    }
    let staged = vendor.staged.clone().ok_or_else(|| Error::conflict("vendor.transition"))?;
    must_be_seen(seen, vendor.version)?;
    let applied = decision == Decision::Apply;
    let profile =
        if applied { staged.identity.put_into(vendor.profile.clone()) } else { vendor.profile.clone() };
    // a declined one is written too: its version moves on, so that another press of the same page finds nothing to decide
    if !store::update_profile(&mut tx, id, vendor.version, &profile, cx.now()).await? {
        return Err(Error::conflict("decision.stale"));
    }
    keep(&mut tx, id, None).await?;
    if applied {
        service::keep_certificates(cx, &mut tx, id, &profile).await?;
        crate::catalog::changes::note_vendor(cx, &mut tx, id).await?;
    }
    let action = if applied { "vendor.edit_applied" } else { "vendor.edit_declined" };
    audit::record(cx, &mut tx, action, ("vendor", Some(id)), json!({ "reason": reason })).await?;
    for member in store::team(&mut tx, id).await? {
        let lang = Lang::from_code(&member.lang);
        let company = lang.pick(&profile.name_ko, &profile.name_en);
        let letter = letters::edit(lang, applied, company, &reason, &cx.settings().public_url);
        let to = Recipient { email: member.email, name: member.name, lang };
        letter::post(cx, &mut tx, &to, &letter, When::default()).await?;
    }
    if let Some(key) = &key {
        idempotency::keep(&mut tx, key, action, cx.now()).await?;
    }
    tx.commit().await
}
