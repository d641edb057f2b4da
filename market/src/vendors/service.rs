//! What can be done with vendors: apply, correct, decide, suspend, go on holiday.

use serde_json::json;
use uuid::Uuid;

use super::letters;
use super::model::{Vendor, VendorDraft, VendorProfile, VendorState};
use super::rules::{self, VendorAction};
use super::{closing, days_off, staged, store, team};
use crate::accounts::access::{Actor, Object, VendorRole, Verb, demand, demand_own};
use crate::audit;
use crate::catalog::decisions::{Seen, must_be_seen};
use crate::cx::Cx;
use crate::db::{Handle, Tx, unique_violation};
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::idempotency::{self, IdemKey};
use crate::lang::Lang;
use crate::notifications::letter::{self, Recipient};
use crate::outbox::When;
use crate::slug::slug;
use crate::text;
use crate::time::{DAY, Timestamp};

/// The company, for its own team or the desk; `NotFound` for everybody else.
///
/// # Errors
/// `NotSignedIn`, `NotFound`.
pub async fn find_own(cx: &Cx, id: Uuid) -> Result<Vendor> {
    let mut db = cx.read().await?;
    own(cx, &mut db, id, Verb::OpenVendorDesk).await
}

/// The company, if the actor may do `verb` to it; what is not theirs does not exist for them.
pub(super) async fn own(cx: &Cx, db: &mut impl Handle, id: Uuid, verb: Verb) -> Result<Vendor> {
    if *cx.actor == Actor::Visitor {
        return Err(ErrorKind::NotSignedIn.into());
    }
    let vendor = store::find(db, id).await?.ok_or(ErrorKind::NotFound)?;
    demand_own(&cx.actor, verb, object(&vendor))?;
    Ok(vendor)
}

/// A company as the desk sees it; reading it is recorded, because it holds personal data.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`, `NotFound`.
pub async fn find_for_desk(cx: &Cx, id: Uuid) -> Result<Vendor> {
    let mut tx = cx.write().await?;
    let vendor = store::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    let officer = demand(&cx.actor, Verb::ReviewListing, object(&vendor));
    demand(&cx.actor, Verb::ReadPersonalData, Object::Site).or(officer)?;
    audit::record(cx, &mut tx, "personal_data.read", ("vendor", Some(id)), json!({ "view": "desk" })).await?;
    tx.commit().await?;
    Ok(vendor)
}

/// Begins an application; whoever begins it owns the company's account.
///
/// # Errors
/// `NotSignedIn`; `Forbidden` before the address is confirmed; `Invalid` with every problem.
pub async fn begin(cx: &Cx, draft: &VendorDraft) -> Result<Uuid> {
    let mut tx = cx.write().await?;
    let id = begin_in(cx, &mut tx, draft).await?;
    tx.commit().await?;
    Ok(id)
}

async fn begin_in(cx: &Cx, tx: &mut Tx, draft: &VendorDraft) -> Result<Uuid> {
    let person = cx.actor.signed_in()?;
    if !person.email_confirmed {
        return Err(Error::conflict("account.unconfirmed"));
    }
    if let Some(own) = person.owned_vendor() {
        // a second press of the button finds the company of the first
        return Ok(own);
    }
    let profile = checked(cx, draft)?;
    let (id, now) = (cx.new_id(), cx.now());
    crate::execute!(*tx, store::HOLD_PERSON, person.id)?;
    if let Some((own,)) = crate::fetch_optional!(*tx, (Uuid,), store::BEGUN_BY, person.id)? {
        // two presses at once: the second one waited here for the first
        return Ok(own);
    }
    team::chapter_exists(tx, profile.chapter_id).await?;
    let readable = if profile.name_en.is_empty() { &profile.name_ko } else { &profile.name_en };
    store::insert(tx, id, &slug(readable, id), VendorState::Applying, &profile, now).await?;
    keep_certificates(cx, tx, id, &profile).await?;
    crate::execute!(*tx, store::INSERT_MEMBER, id, person.id, VendorRole::Owner.code(), now)?;
    audit::record(cx, tx, "vendor.begin", ("vendor", Some(id)), json!({})).await?;
    Ok(id)
}

/// Begins an application and asks for review, both or neither: a press that failed can be repeated as it is.
///
/// # Errors
/// As [`begin`] and [`submit`].
pub async fn begin_and_submit(cx: &Cx, draft: &VendorDraft) -> Result<Uuid> {
    let mut tx = cx.write().await?;
    let id = begin_in(cx, &mut tx, draft).await?;
    let vendor = store::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    submit_in(cx, &mut tx, vendor).await?;
    tx.commit().await?;
    Ok(id)
}

/// Rewrites the profile. `version` is what the form was made from. Who an approved company is waits for a curator
/// ([`staged`]); the rest is shown at once.
///
/// # Errors
/// `Invalid`; `Conflict("stale_version")` when somebody saved meanwhile, `Conflict("vendor.in_review")` while a curator
/// reads it, `Conflict("vendor.out_of_sight")` when the company is suspended or closed; `NotFound` for another's company.
pub async fn update_profile(cx: &Cx, id: Uuid, version: i64, draft: &VendorDraft) -> Result<()> {
    let mut tx = cx.write().await?;
    update_in(cx, &mut tx, id, version, draft).await?;
    tx.commit().await
}

/// Rewrites the profile and asks for review, both or neither: a press that failed can be repeated as it is.
///
/// # Errors
/// As [`update_profile`] and [`submit`].
pub async fn update_and_submit(cx: &Cx, id: Uuid, version: i64, draft: &VendorDraft) -> Result<()> {
    let mut tx = cx.write().await?;
    update_in(cx, &mut tx, id, version, draft).await?;
    let vendor = store::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    demand_own(&cx.actor, Verb::OwnVendor, object(&vendor))?;
    submit_in(cx, &mut tx, vendor).await?;
    tx.commit().await
}

async fn update_in(cx: &Cx, tx: &mut Tx, id: Uuid, version: i64, draft: &VendorDraft) -> Result<()> {
    let vendor = store::find(tx, id).await?.ok_or(ErrorKind::NotFound)?;
    demand_own(&cx.actor, Verb::EditVendor, object(&vendor))?;
    if vendor.state == VendorState::InReview {
        // what is approved must be what was read
        return Err(Error::conflict("vendor.in_review"));
    }
    if matches!(vendor.state, VendorState::Suspended | VendorState::Closed) {
        return Err(Error::conflict("vendor.out_of_sight"));
    }
    let mut profile = checked(cx, draft)?;
    team::chapter_exists(tx, profile.chapter_id).await?;
    let renumbered = profile.business_number != vendor.profile.business_number;
    if renumbered
        && !matches!(
            vendor.state,
            VendorState::Applying | VendorState::ChangesRequested | VendorState::Rejected
        )
    {
        return Err(Error::invalid("business_number", Problem::Rule("vendor.number_fixed".into())));
    }
    if vendor.version != version {
        return Err(Error::conflict("stale_version"));
    }
    if vendor.state == VendorState::Approved {
        profile = staged::stage(cx, tx, &vendor, profile).await?;
    }
    if !store::update_profile(tx, id, version, &profile, cx.now()).await.map_err(number_taken)? {
        return Err(Error::conflict("stale_version"));
    }
    keep_certificates(cx, tx, id, &profile).await?;
    crate::catalog::changes::note_vendor(cx, tx, id).await?;
    audit::record(cx, tx, "vendor.edit", ("vendor", Some(id)), json!({ "renumbered": renumbered })).await
}

/// Asks for review.
///
/// # Errors
/// `NotFound`, `Conflict` when the state does not allow it; `vendor.number_taken` beside the number when another company with
/// it was handed in or let in.
pub async fn submit(cx: &Cx, id: Uuid) -> Result<()> {
    let mut tx = cx.write().await?;
    let vendor = store::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    demand_own(&cx.actor, Verb::OwnVendor, object(&vendor))?;
    submit_in(cx, &mut tx, vendor).await?;
    tx.commit().await
}

async fn submit_in(cx: &Cx, tx: &mut Tx, vendor: Vendor) -> Result<()> {
    if vendor.state == VendorState::InReview {
        return Ok(());
    }
    if vendor.state == VendorState::Rejected {
        change(cx, tx, &vendor, VendorAction::Reapply, None).await?;
        let again = Vendor { state: VendorState::Applying, version: vendor.version + 1, ..vendor };
        change(cx, tx, &again, VendorAction::Submit, None).await?;
        return Ok(());
    }
    change(cx, tx, &vendor, VendorAction::Submit, None).await?;
    Ok(())
}

/// A curator's decision on an application, or on a company that is already in.
///
/// # Errors
/// `Forbidden`; `Invalid` when a reason is needed and missing; `Conflict` when somebody was faster, `decision.stale` when an
/// application is no longer the version in `seen`.
pub async fn decide(
    cx: &Cx,
    id: Uuid,
    seen: Seen,
    action: VendorAction,
    reason: &str,
    idem: Option<Uuid>,
) -> Result<()> {
    let verb = if matches!(action, VendorAction::Suspend | VendorAction::Lift | VendorAction::Close) {
        Verb::SuspendVendor
    } else {
        Verb::DecideVendor
    };
    demand(&cx.actor, verb, Object::Site)?;
    let reason = checked_reason(action, reason)?;
    let scope = format!("vendor.decide:{}", cx.actor.user_id().unwrap_or_default());
    let key = idem.map(|key| IdemKey::new(scope, key, &format!("{id} {} {reason:?}", action.code())));
    let mut tx = cx.write().await?;
    let vendor = store::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    demand(&cx.actor, verb, object(&vendor))?;
    if let Some(key) = &key
        && idempotency::earlier(&mut tx, key).await?.is_some()
    {
        return Ok(());
    }
    if vendor.state == VendorState::InReview {
        must_be_seen(seen, vendor.version)?;
    }
    if action == VendorAction::Close {
        closing::close(cx, &mut tx, &vendor, action, reason.as_deref()).await?;
    } else {
        change(cx, &mut tx, &vendor, action, reason.as_deref()).await?;
    }
    tell_team(cx, &mut tx, &vendor, action, reason.as_deref().unwrap_or_default()).await?;
    if let Some(key) = &key {
        idempotency::keep(&mut tx, key, action.code(), cx.now()).await?;
    }
    tx.commit().await
}

/// Sets the last day of a holiday (`YYYY-MM-DD`, at most 90 days ahead), or ends it with an empty text.
///
/// # Errors
/// `Invalid` for another date, or for more than a year has; `NotFound` for another's company.
pub async fn set_holiday(cx: &Cx, id: Uuid, until: &str) -> Result<()> {
    let mut tx = cx.write().await?;
    let vendor = store::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    demand_own(&cx.actor, Verb::EditVendor, object(&vendor))?;
    let until = holiday_end(&text::line(until), cx.now())?;
    crate::execute!(tx, store::SET_HOLIDAY, id, until, cx.now())?;
    // the same last day again moves nothing
    if until.is_none() || until != vendor.holiday_until {
        days_off::note_holiday(cx, &mut tx, id, (vendor.holiday_until, until)).await?;
    }
    audit::record(cx, &mut tx, "vendor.holiday", ("vendor", Some(id)), json!({ "until": until })).await?;
    tx.commit().await
}

fn holiday_end(text: &str, now: Timestamp) -> Result<Option<Timestamp>> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || Error::invalid("holiday_until", Problem::Rule("vendor.holiday".into()));
    let date = crate::text::day(text).ok_or_else(wrong)?;
    let end = Timestamp(crate::calendar::seoul_micros(date, 24));
    if end > now && end < now.plus(91 * DAY) { Ok(Some(end)) } else { Err(wrong()) }
}

pub(super) fn object(vendor: &Vendor) -> Object {
    Object::Vendor { vendor_id: vendor.id, chapter_id: vendor.profile.chapter_id }
}

fn checked(cx: &Cx, draft: &VendorDraft) -> Result<VendorProfile> {
    rules::validate(draft, i64::from(cx.now().to_seoul().year()))
}

fn checked_reason(action: VendorAction, reason: &str) -> Result<Option<String>> {
    let least = usize::from(action.needs_reason());
    let reason = text::block_within(reason, least, rules::REASON_MAX)
        .map_err(|problem| Error::invalid("reason", problem))?;
    Ok((!reason.is_empty()).then_some(reason))
}

fn number_taken(error: Error) -> Error {
    if unique_violation(&error, "business_number") {
        Error::invalid("business_number", Problem::Rule("vendor.number_taken".into()))
    } else {
        error
    }
}

pub(super) async fn keep_certificates(cx: &Cx, tx: &mut Tx, id: Uuid, profile: &VendorProfile) -> Result<()> {
    let rows = profile.certificates.iter().map(|certificate| (cx.new_id(), certificate)).collect();
    store::replace_certificates(tx, id, rows).await
}

/// The one way a vendor's state changes: guard, row, audit, and word to the search index.
pub(super) async fn change(
    cx: &Cx,
    tx: &mut Tx,
    vendor: &Vendor,
    action: VendorAction,
    reason: Option<&str>,
) -> Result<VendorState> {
    let next = rules::transition(vendor.state, action)?;
    let changed = crate::execute!(
        *tx,
        store::SET_STATE,
        vendor.id,
        vendor.state.code(),
        next.code(),
        reason,
        cx.now(),
        vendor.version
    )
    .map_err(number_taken)?;
    if changed == 0 {
        return Err(Error::conflict("vendor.transition"));
    }
    crate::catalog::changes::note_vendor(cx, tx, vendor.id).await?;
    let data = json!({ "from": vendor.state.code(), "to": next.code(), "reason": reason });
    audit::record(cx, tx, &format!("vendor.{}", action.code()), ("vendor", Some(vendor.id)), data).await?;
    Ok(next)
}

async fn tell_team(cx: &Cx, tx: &mut Tx, vendor: &Vendor, action: VendorAction, reason: &str) -> Result<()> {
    for member in store::team(tx, vendor.id).await? {
        let lang = Lang::from_code(&member.lang);
        let company = lang.pick(&vendor.profile.name_ko, &vendor.profile.name_en);
        let Some(letter) = letters::decision(lang, action, company, reason, &cx.settings().public_url) else {
            continue;
        };
        let to = Recipient { email: member.email, name: member.name, lang };
        letter::post(cx, tx, &to, &letter, When::default()).await?;
    }
    Ok(())
}
