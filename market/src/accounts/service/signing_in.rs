//! Signing in and out.

use serde_json::json;

use crate::accounts::model::SignedIn;
use crate::accounts::{jobs, limits, passwords, rules, sessions, store};
use crate::audit;
use crate::cx::Cx;
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::outbox::{self, When};

/// Signs in with address and password. An unknown address, a guest's, and a wrong password give the same answer
/// after the same work. The token is always a new one, and the session the browser came with ends.
///
/// # Errors
/// `Invalid` (rule `sign_in.wrong` on the whole form), `TooMany`, `Unavailable`.
pub async fn sign_in(cx: &Cx, email: &str, password: &str, user_agent: &str) -> Result<SignedIn> {
    let (email, password) = check(email, password)?;
    limits::try_password(cx, &email).await?;
    let user = store::find_by_email(&mut cx.read().await?, &email).await?;
    let stored = user.as_ref().and_then(|user| user.password_hash.clone());
    let right = passwords::verify(password, stored).await?;
    let Some(user) = user.filter(|_| right) else {
        return Err(Error::invalid("", Problem::Rule("sign_in.wrong".into())));
    };
    let mut tx = cx.write().await?;
    limits::forgive_password(cx, &mut tx, &email).await?;
    if user.email_confirmed_at.is_none() {
        // once a quarter of an hour: the button on the next page asks for more
        let once = When {
            once: Some(format!("unconfirmed:{}:{}", user.id, cx.now().seconds() / 900)),
            ..When::default()
        };
        outbox::enqueue(cx, &mut tx, &jobs::MailConfirm { request: cx.new_id(), email }, once).await?;
        tx.commit().await?;
        return Ok(SignedIn::Unconfirmed);
    }
    if let Some(person) = cx.actor.person() {
        sessions::revoke(&mut tx, person.id, person.session_id, cx.now()).await?;
    }
    let token = sessions::open(cx, &mut tx, user.id, user_agent).await?;
    audit::record(cx, &mut tx, "session.open", ("user", Some(user.id)), json!({})).await?;
    tx.commit().await?;
    Ok(SignedIn::Session(token))
}

/// Only what nobody's account could have is told apart here: an empty field.
fn check(email: &str, password: &str) -> Result<(String, String)> {
    let mut errors = FieldErrors::new();
    let email = errors.take("email", rules::email(email));
    let password = errors.take("password", rules::typed_password(password));
    errors.into_result()?;
    Ok((email.unwrap_or_default(), password.unwrap_or_default()))
}

/// Ends the session the browser came with. Without one there is nothing to do.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn sign_out(cx: &Cx) -> Result<()> {
    let Some(person) = cx.actor.person() else { return Ok(()) };
    let mut tx = cx.write().await?;
    if sessions::revoke(&mut tx, person.id, person.session_id, cx.now()).await? {
        audit::record(cx, &mut tx, "session.close", ("user", Some(person.id)), json!({})).await?;
    }
    tx.commit().await
}
