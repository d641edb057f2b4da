//! Joining: the same answer for every address, and a mail that differs.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::time::{Instant, sleep_until};
use uuid::Uuid;

use crate::abuse::trapped::{self, TrappedForm};
use crate::accounts::model::{ConsentKind, Guest, LinkState, SignUp, User};
use crate::accounts::{jobs, letters, limits, passwords, rules, store};
use crate::audit;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::idempotency::{self, IdemKey};
use crate::notifications::letter::{self, Recipient};
use crate::outbox::{self, When};
use crate::text;
use crate::tokens::{self, NewToken, TokenKind};

/// No sign-up is answered sooner, so that a known address is not told by its shorter way.
const ANSWER_AFTER: Duration = Duration::from_millis(250);

struct Clean {
    email: String,
    name: String,
    password: String,
    consents: Vec<ConsentKind>,
}

/// What the sign-up form said, kept beside its own link: it takes effect when that link is pressed and never by
/// another one, because the form alone proves nothing about the address.
#[derive(Serialize, Deserialize)]
pub(crate) struct Joining {
    pub name: String,
    pub consents: Vec<ConsentKind>,
    /// Language of the form.
    #[serde(default)]
    pub lang: Option<String>,
    /// Digest of the password; none for guests, who choose it behind the link.
    #[serde(default)]
    pub hash: Option<String>,
}

fn check(new: SignUp) -> Result<Clean> {
    let mut errors = FieldErrors::new();
    let name = errors.take("name", rules::name(&new.name));
    let email = errors.take("email", rules::email(&new.email));
    let password =
        errors.take("password", rules::new_password(&new.password, email.as_deref().unwrap_or_default()));
    for kind in ConsentKind::ALL {
        if kind.is_needed() && !new.consents.contains(&kind) {
            errors.add(kind.code(), Problem::MustAgree);
        }
    }
    errors.into_result()?;
    let (Some(email), Some(name), Some(password)) = (email, name, password) else {
        return Err(ErrorKind::Internal.into());
    };
    Ok(Clean { email, name, password, consents: new.consents })
}

/// Joins. The answer is the same whether the address is new or known; its owner gets the mail that fits.
///
/// # Errors
/// `Invalid` with everything wrong at once, also for the same form with other content; `TooMany`, `Unavailable`.
pub async fn sign_up(cx: &Cx, new: SignUp, idem: Uuid) -> Result<()> {
    let started = Instant::now();
    let trapped = !text::line(&new.trap).is_empty();
    let clean = check(new)?;
    limits::try_mail(cx, "sign_up", &clean.email).await?;
    if trapped {
        let form = TrappedForm::SignUp { email: clean.email, name: clean.name };
        trapped::keep(cx, &form, idem).await?;
        sleep_until(started + ANSWER_AFTER).await;
        return Ok(());
    }
    let hash = passwords::hash(cx, clean.password.clone()).await?;
    let done = keep(cx, &clean, &hash, idem).await;
    sleep_until(started + ANSWER_AFTER).await;
    done
}

async fn keep(cx: &Cx, clean: &Clean, hash: &str, idem: Uuid) -> Result<()> {
    let said = format!("{}\n{}\n{:?}", clean.email, clean.name, clean.consents);
    let key = IdemKey::new("sign_up", idem, &said);
    let mut tx = cx.write().await?;
    if let Some(first) = idempotency::earlier(&mut tx, &key).await? {
        drop(tx);
        return pressed_again(clean, first).await;
    }
    let person = Guest {
        email: clean.email.clone(),
        name: clean.name.clone(),
        company: None,
        country: None,
        lang: cx.lang,
    };
    match store::insert(cx, &mut tx, &person, Some(hash)).await? {
        Some(id) => {
            audit::record(cx, &mut tx, "account.join", ("user", Some(id)), json!({})).await?;
            for kind in ConsentKind::ALL {
                store::insert_consent(cx, &mut tx, id, kind, clean.consents.contains(&kind)).await?;
            }
            ask_to_confirm(cx, &mut tx, id, clean, hash).await?;
        }
        None => join_again(cx, &mut tx, clean, hash).await?,
    }
    idempotency::keep(&mut tx, &key, hash, cx.now()).await?;
    tx.commit().await
}

/// The form came before: fine when it brought the password it brings now. `first` is the digest of that one, kept beside the
/// key because no account tells it: a known address keeps its own, and the answer is the same for every address.
async fn pressed_again(clean: &Clean, first: String) -> Result<()> {
    if passwords::verify(clean.password.clone(), Some(first)).await? {
        Ok(())
    } else {
        Err(idempotency::replayed())
    }
}

async fn ask_to_confirm(cx: &Cx, tx: &mut Tx, id: Uuid, clean: &Clean, hash: &str) -> Result<()> {
    let joining = Joining {
        name: clean.name.clone(),
        consents: clean.consents.clone(),
        lang: Some(cx.lang.code().to_owned()),
        hash: Some(hash.to_owned()),
    };
    let token = jobs::confirm_token(cx, tx, id, &joining).await?;
    let reader = Recipient { email: clean.email.clone(), name: clean.name.clone(), lang: cx.lang };
    letter::post(cx, tx, &reader, &letters::confirm(cx, cx.lang, &token), When::default()).await
}

/// A known address: proved ones are told so, unproved ones are asked again, guests get the way to a password.
async fn join_again(cx: &Cx, tx: &mut Tx, clean: &Clean, hash: &str) -> Result<()> {
    let Some(user) = store::find_by_email(tx, &clean.email).await? else {
        return Err(Error::internal("a taken address without an account"));
    };
    audit::record(cx, tx, "account.join_again", ("user", Some(user.id)), json!({})).await?;
    if user.email_confirmed_at.is_none() {
        // nobody proved anything yet, and who of the two owns the address only the links tell: each brings its own password
        store::forget_password(tx, user.id, cx.now()).await?;
        return ask_to_confirm(cx, tx, user.id, clean, hash).await;
    }
    if user.password_hash.is_none() {
        return invite_guest(cx, tx, &user, clean).await;
    }
    letter::post(cx, tx, &letters::to(&user), &letters::already_joined(cx, user.lang()), When::default())
        .await
}

/// The consents of the form take effect only with the link, when the address has proved itself.
async fn invite_guest(cx: &Cx, tx: &mut Tx, user: &User, clean: &Clean) -> Result<()> {
    let (name, consents) = (clean.name.clone(), clean.consents.clone());
    let joining = Joining { name, consents, lang: None, hash: None };
    let new = NewToken {
        kind: TokenKind::ResetPassword,
        user_id: Some(user.id),
        subject_id: Some(user.id),
        payload: serde_json::to_string(&joining)?,
        expires_at: cx.now().plus(crate::time::HOUR),
    };
    let token = tokens::issue(cx, tx, new).await?;
    letter::post(cx, tx, &letters::to(user), &letters::guest_joins(cx, user.lang(), &token), When::default())
        .await
}

/// What a mailed link is worth, without using it up: mail scanners look at links too.
///
/// # Errors
/// `NotFound` for a link we never made.
pub async fn link_state(cx: &Cx, kind: TokenKind, token: &str) -> Result<LinkState> {
    let mut db = cx.read().await?;
    let token = tokens::find(&mut db, kind, token).await?.ok_or(ErrorKind::NotFound)?;
    Ok(match token.used_at {
        Some(_) => LinkState::Used,
        None if token.expires_at <= cx.now() => LinkState::Expired,
        None => LinkState::Live,
    })
}

/// Proves an address with the link from its mail. Doing it twice is fine.
///
/// # Errors
/// `NotFound` for a link we never made, `Gone` when its time is over.
pub async fn confirm_email(cx: &Cx, token: &str) -> Result<()> {
    let mut tx = cx.write().await?;
    let token = tokens::find(&mut tx, TokenKind::ConfirmEmail, token).await?.ok_or(ErrorKind::NotFound)?;
    let user_id = token.user_id.ok_or(ErrorKind::NotFound)?;
    if !tokens::consume(&mut tx, token.id, cx.now()).await? {
        let user = store::find(&mut tx, user_id).await?.ok_or(ErrorKind::Gone)?;
        return if user.email_confirmed_at.is_some() { Ok(()) } else { Err(ErrorKind::Gone.into()) };
    }
    if super::mark_confirmed(cx, &mut tx, user_id).await? {
        apply(cx, &mut tx, user_id, &token.payload).await?;
    }
    tx.commit().await
}

/// Makes the sign-up of this link the account. Links of before had nothing beside them.
async fn apply(cx: &Cx, tx: &mut Tx, user_id: Uuid, payload: &str) -> Result<()> {
    let Ok(Joining { name, consents, lang, hash: Some(hash) }) = serde_json::from_str(payload) else {
        return Ok(());
    };
    let lang = lang.unwrap_or_else(|| cx.lang.code().to_owned());
    store::apply_sign_up(tx, user_id, (&name, &lang), &hash, cx.now()).await?;
    for kind in ConsentKind::ALL {
        store::insert_consent(cx, tx, user_id, kind, consents.contains(&kind)).await?;
    }
    Ok(())
}

/// Asks for the mail with the proving link again. The answer is the same for every address.
///
/// # Errors
/// `Invalid` when it is no address, `TooMany`.
pub async fn resend_confirmation(cx: &Cx, email: &str, request: Uuid) -> Result<()> {
    let email = rules::email(email).map_err(|problem| Error::invalid("email", problem))?;
    limits::try_mail(cx, "resend", &email).await?;
    let mut tx = cx.write().await?;
    let once = When { once: Some(format!("ask_confirm:{email}:{request}")), ..When::default() };
    outbox::enqueue(cx, &mut tx, &jobs::MailConfirm { request: cx.new_id(), email }, once).await?;
    tx.commit().await
}
