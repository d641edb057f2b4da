//! New passwords: by a mailed link, or by somebody who knows the old one.

use serde_json::json;
use uuid::Uuid;

use super::joining::Joining;
use crate::accounts::model::{ConsentKind, User};
use crate::accounts::{jobs, letters, limits, passwords, rules, sessions, store};
use crate::audit;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::idempotency::{self, IdemKey};
use crate::notifications::letter;
use crate::outbox::{self, When};
use crate::tokens::{self, TokenKind};

/// Asks for the link to a new password. The answer is the same for every address: who has an account is looked
/// up by the job.
///
/// # Errors
/// `Invalid` when it is no address, `TooMany`.
pub async fn request_reset(cx: &Cx, email: &str, request: Uuid) -> Result<()> {
    let email = rules::email(email).map_err(|problem| Error::invalid("email", problem))?;
    limits::try_mail(cx, "reset", &email).await?;
    let mut tx = cx.write().await?;
    let once = When { once: Some(format!("ask_reset:{email}:{request}")), ..When::default() };
    outbox::enqueue(cx, &mut tx, &jobs::MailReset { request: cx.new_id(), email }, once).await?;
    tx.commit().await
}

/// Sets a new password with the link from the mail, proves the address with it, and ends every session.
///
/// # Errors
/// `NotFound` for a link we never made, `Gone` for one that is over or was used for another password, `Invalid` for
/// the password, `TooMany`.
pub async fn reset_password(cx: &Cx, token: &str, password: &str) -> Result<()> {
    let mut db = cx.read().await?;
    let found = tokens::find(&mut db, TokenKind::ResetPassword, token).await?.ok_or(ErrorKind::NotFound)?;
    if found.expires_at <= cx.now() {
        return Err(ErrorKind::Gone.into());
    }
    let user =
        store::find(&mut db, found.user_id.ok_or(ErrorKind::NotFound)?).await?.ok_or(ErrorKind::Gone)?;
    drop(db);
    let password =
        rules::new_password(password, &user.email).map_err(|problem| Error::invalid("new_password", problem));
    if found.used_at.is_some() {
        // a second press of the same form: fine when it asks for the password that now stands
        return link_used(cx, user.id, password.map_err(|_| ErrorKind::Gone)?).await;
    }
    let password = password?;
    let hash = passwords::hash(cx, password.clone()).await?;
    let mut tx = cx.write().await?;
    if !tokens::consume(&mut tx, found.id, cx.now()).await? {
        drop(tx);
        return link_used(cx, user.id, password).await;
    }
    finish_joining(cx, &mut tx, &user, &found.payload).await?;
    if user.email_confirmed_at.is_none() {
        super::mark_confirmed(cx, &mut tx, user.id).await?;
    }
    limits::forgive_account(cx, &mut tx, &user.email).await?;
    replace(cx, &mut tx, &user, (&hash, "account.reset_password"), None).await?;
    tx.commit().await
}

/// A link that was used: fine when it was used for this password.
async fn link_used(cx: &Cx, user_id: Uuid, password: String) -> Result<()> {
    pressed_again(cx, user_id, password).await.map_err(|error| match error.kind {
        ErrorKind::Invalid(_) => ErrorKind::Gone.into(),
        _ => error,
    })
}

/// A guest's first password: what the sign-up form said takes effect now.
async fn finish_joining(cx: &Cx, tx: &mut Tx, user: &User, payload: &str) -> Result<()> {
    let Ok(joining) = serde_json::from_str::<Joining>(payload) else { return Ok(()) };
    for kind in ConsentKind::ALL {
        store::insert_consent(cx, tx, user.id, kind, joining.consents.contains(&kind)).await?;
    }
    let to = store::CleanProfile {
        name: joining.name,
        phone: user.phone.clone(),
        company: user.company.clone(),
        lang: user.lang(),
        time_zone: user.time_zone.clone(),
    };
    store::update_profile(tx, user.id, &to, cx.now()).await?;
    audit::record(cx, tx, "account.join", ("user", Some(user.id)), json!({ "was": "guest" })).await
}

/// Stores the digest, ends sessions (but `keep`), takes back links, records and tells the owner.
async fn replace(
    cx: &Cx,
    tx: &mut Tx,
    user: &User,
    (hash, action): (&str, &str),
    keep: Option<Uuid>,
) -> Result<()> {
    let now = cx.now();
    if !store::set_password(tx, user.id, hash, now).await? {
        return Err(ErrorKind::Gone.into());
    }
    let ended = sessions::revoke_all(tx, user.id, keep, now).await?;
    tokens::revoke(tx, TokenKind::ResetPassword, user.id, now).await?;
    audit::record(cx, tx, action, ("user", Some(user.id)), json!({ "sessions_ended": ended })).await?;
    letter::post(cx, tx, &letters::to(user), &letters::password_changed(cx, user.lang()), When::default())
        .await
}

/// Changes the own password and signs every other device out. A second press of the same form does nothing.
///
/// # Errors
/// `NotSignedIn`, `TooMany`, `Invalid`, also for the same form with other content.
pub async fn change_password(cx: &Cx, current: &str, new: &str, idem: Uuid) -> Result<()> {
    let (id, session_id) = cx.actor.signed_in().map(|person| (person.id, person.session_id))?;
    let user = store::find(&mut cx.read().await?, id).await?.ok_or(ErrorKind::NotSignedIn)?;
    let mut errors = FieldErrors::new();
    let current = errors.take("current_password", rules::typed_password(current));
    let new = errors.take("new_password", rules::new_password(new, &user.email));
    errors.into_result()?;
    let (current, new) = (current.unwrap_or_default(), new.unwrap_or_default());
    // no digest of a password is kept beside the key: whether the content is the same, the account itself tells
    let key = IdemKey::new(format!("account.password:{id}"), idem, "");
    if idempotency::earlier(&mut cx.read().await?, &key).await?.is_some() {
        return pressed_again(cx, id, new).await;
    }
    prove(cx, &user, current, "current_password").await?;
    let hash = passwords::hash(cx, new.clone()).await?;
    let mut tx = cx.write().await?;
    if idempotency::earlier(&mut tx, &key).await?.is_some() {
        drop(tx);
        return pressed_again(cx, id, new).await;
    }
    limits::forgive_password(cx, &mut tx, &user.email).await?;
    idempotency::keep(&mut tx, &key, "{}", cx.now()).await?;
    replace(cx, &mut tx, &user, (&hash, "account.change_password"), Some(session_id)).await?;
    tx.commit().await
}

/// The form came before: fine when it asked for the password that now stands.
async fn pressed_again(cx: &Cx, user_id: Uuid, new: String) -> Result<()> {
    let user = store::find(&mut cx.read().await?, user_id).await?.ok_or(ErrorKind::Gone)?;
    limits::try_password(cx, &user.email).await?;
    if !passwords::verify(new, user.password_hash).await? {
        return Err(idempotency::replayed());
    }
    let mut tx = cx.write().await?;
    limits::forgive_password(cx, &mut tx, &user.email).await?;
    tx.commit().await
}

/// Demands the own password again before something that cannot be undone. The attempt counts until
/// [`limits::forgive_password`] takes it back.
pub(super) async fn prove(cx: &Cx, user: &User, password: String, field: &'static str) -> Result<()> {
    limits::try_password(cx, &user.email).await?;
    if passwords::verify(password, user.password_hash.clone()).await? {
        return Ok(());
    }
    Err(Error::invalid(field, Problem::Rule("password.wrong".into())))
}
