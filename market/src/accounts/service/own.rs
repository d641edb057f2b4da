//! One's own account: profile, devices, consents, a copy of everything.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::model::{CONSENT_VERSION, Consent, ConsentKind, Profile, User};
use crate::accounts::rules;
use crate::accounts::sessions::{self, Device};
use crate::accounts::store::{self, CleanProfile};
use crate::audit;
use crate::cx::Cx;
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::lang::Lang;
use crate::saved_searches::SavedSearch;
use crate::saved_searches::store::LIST as LIST_SAVED;
use crate::time::Timestamp;
use crate::zones::Zone;

/// The own account.
///
/// # Errors
/// `NotSignedIn`.
pub async fn find_own(cx: &Cx) -> Result<User> {
    let id = cx.actor.signed_in()?.id;
    store::find(&mut cx.read().await?, id).await?.ok_or_else(|| ErrorKind::NotSignedIn.into())
}

/// Changes name, telephone number, company, language of mails and the clock.
///
/// # Errors
/// `NotSignedIn`, `Invalid`.
pub async fn update_profile(cx: &Cx, typed: &Profile) -> Result<()> {
    let id = cx.actor.signed_in()?.id;
    let mut errors = FieldErrors::new();
    let name = errors.take("name", rules::name(&typed.name));
    let phone = errors.take("phone", rules::phone(&typed.phone));
    let company = errors.take("company", rules::company(&typed.company));
    if !["ko", "en"].contains(&typed.lang.as_str()) {
        errors.add("lang", Problem::NotChoice);
    }
    if !typed.time_zone.is_empty() && Zone::named(&typed.time_zone).is_none() {
        errors.add("time_zone", Problem::NotChoice);
    }
    errors.into_result()?;
    let to = CleanProfile {
        name: name.unwrap_or_default(),
        phone: phone.flatten(),
        company: company.flatten(),
        lang: Lang::from_code(&typed.lang),
        time_zone: (!typed.time_zone.is_empty()).then(|| typed.time_zone.clone()),
    };
    let mut tx = cx.write().await?;
    if !store::update_profile(&mut tx, id, &to, cx.now()).await? {
        return Err(ErrorKind::NotSignedIn.into());
    }
    audit::record(cx, &mut tx, "account.change_profile", ("user", Some(id)), json!({})).await?;
    tx.commit().await
}

/// Browsers that are signed in, the latest visit first.
///
/// # Errors
/// `NotSignedIn`.
pub async fn list_devices(cx: &Cx) -> Result<Vec<Device>> {
    let id = cx.actor.signed_in()?.id;
    sessions::list(&mut cx.read().await?, id, cx.now()).await
}

/// Signs one device out. Ending what has ended is fine; somebody else's does not exist.
///
/// # Errors
/// `NotSignedIn`, `NotFound`.
pub async fn revoke_device(cx: &Cx, session_id: Uuid) -> Result<()> {
    let id = cx.actor.signed_in()?.id;
    let mut tx = cx.write().await?;
    if !sessions::revoke(&mut tx, id, session_id, cx.now()).await? {
        return Err(ErrorKind::NotFound.into());
    }
    audit::record(cx, &mut tx, "session.revoke", ("user", Some(id)), json!({ "session": session_id }))
        .await?;
    tx.commit().await
}

/// Signs every other device out; gives how many.
///
/// # Errors
/// `NotSignedIn`.
pub async fn revoke_other_devices(cx: &Cx) -> Result<u64> {
    let (id, keep) = cx.actor.signed_in().map(|person| (person.id, person.session_id))?;
    let mut tx = cx.write().await?;
    let ended = sessions::revoke_all(&mut tx, id, Some(keep), cx.now()).await?;
    audit::record(
        cx,
        &mut tx,
        "session.revoke_others",
        ("user", Some(id)),
        json!({ "sessions_ended": ended }),
    )
    .await?;
    tx.commit().await?;
    Ok(ended)
}

/// Every answer to questions of consent, the newest first.
///
/// # Errors
/// `NotSignedIn`.
pub async fn list_consents(cx: &Cx) -> Result<Vec<Consent>> {
    let id = cx.actor.signed_in()?.id;
    store::list_consents(&mut cx.read().await?, id).await
}

/// Gives or takes back a consent that is free to give. The same answer again is not written twice.
///
/// # Errors
/// `NotSignedIn`; `Conflict("consent_needed")` for those an account cannot be without.
pub async fn change_consent(cx: &Cx, kind: ConsentKind, granted: bool) -> Result<()> {
    let id = cx.actor.signed_in()?.id;
    if kind.is_needed() {
        return Err(Error::conflict("consent_needed"));
    }
    let mut tx = cx.write().await?;
    let now = store::list_consents(&mut tx, id)
        .await?
        .iter()
        .find(|consent| consent.kind == kind.code())
        // words that changed meanwhile are agreed to anew
        .is_some_and(|consent| consent.granted && (!granted || consent.version == CONSENT_VERSION));
    if now == granted {
        return Ok(());
    }
    store::insert_consent(cx, &mut tx, id, kind, granted).await?;
    audit::record(
        cx,
        &mut tx,
        "consent.change",
        ("user", Some(id)),
        json!({ "kind": kind.code(), "granted": granted }),
    )
    .await?;
    tx.commit().await
}

/// A copy of everything kept about the person.
///
/// # Errors
/// `NotSignedIn`.
pub async fn export(cx: &Cx) -> Result<Value> {
    let id = cx.actor.signed_in()?.id;
    let mut tx = cx.write().await?;
    let user = store::find(&mut tx, id).await?.ok_or(ErrorKind::NotSignedIn)?;
    let consents = store::list_consents(&mut tx, id).await?;
    let devices = sessions::list(&mut tx, id, cx.now()).await?;
    let companies = crate::fetch_all!(tx, (String, String, Timestamp), store::LIST_MEMBERSHIPS, id)?;
    let written = crate::fetch_all!(tx, (String, String, Timestamp), store::LIST_WRITTEN, id)?;
    let asked = crate::fetch_all!(
        tx,
        (String, String, String, String, String, Timestamp),
        crate::rfqs::store::WRITTEN_BY,
        id
    )?;
    let saved = crate::fetch_all!(tx, SavedSearch, LIST_SAVED, id)?;
    let told =
        crate::fetch_all!(tx, (String, String, Timestamp), crate::saved_searches::store::LIST_TOLD, id)?;
    let choices = crate::fetch_all!(tx, (String, String), crate::notifications::choices::LIST, id)?;
    audit::record(cx, &mut tx, "account.export", ("user", Some(id)), json!({})).await?;
    tx.commit().await?;
    Ok(json!({
        "account": {
            "email": user.email, "name": user.name, "phone": user.phone, "company": user.company, "country": user.country, "language": user.lang, "time_zone": user.time_zone,
            "joined_at": moment(user.created_at), "email_confirmed_at": user.email_confirmed_at.map(moment),
        },
        "consents": consents.iter().map(|c| json!({ "kind": c.kind, "version": c.version, "granted": c.granted, "at": moment(c.at) })).collect::<Vec<_>>(),
        "devices": devices.iter().map(|d| json!({ "browser": d.user_agent, "signed_in_at": moment(d.created_at), "last_seen_at": moment(d.last_seen_at) })).collect::<Vec<_>>(),
        "companies": companies.iter().map(|(name, role, at)| json!({ "name": name, "role": role, "since": moment(*at) })).collect::<Vec<_>>(),
        "messages": written.iter().map(|(subject, body, at)| json!({ "subject": subject, "text": body, "at": moment(*at) })).collect::<Vec<_>>(),
        "requests": asked.iter().map(|(title, body, lines, place, state, at)| json!({ "title": title, "text": body, "lines": serde_json::from_str::<Value>(lines).unwrap_or_default(), "place": place, "state": state, "at": moment(*at) })).collect::<Vec<_>>(),
        "saved_searches": saved.iter().map(|s| json!({ "title": s.title, "address": s.address, "at": moment(s.created_at) })).collect::<Vec<_>>(),
        "alerts_told": told.iter().map(|(listing, title, at)| json!({ "listing": listing, "title": title, "at": moment(*at) })).collect::<Vec<_>>(),
        "notification_choices": choices.iter().map(|(topic, pace)| json!({ "topic": topic, "mail": pace })).collect::<Vec<_>>(),
        "exported_at": moment(cx.now()),
    }))
}

fn moment(at: Timestamp) -> String {
    at.to_seoul().format(&time::format_description::well_known::Rfc3339).unwrap_or_default()
}
