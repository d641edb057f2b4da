//! Accounts that others make: guests of an inquiry, the first admin.

use serde_json::json;
use uuid::Uuid;

use crate::accounts::access::{Actor, PlatformRole};
use crate::accounts::model::Guest;
use crate::accounts::{jobs, letters, roles, rules, sessions, store};
use crate::audit;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, FieldErrors, Result};
use crate::tokens::{self, TokenKind};

/// The account of an address, made without a password when there is none. Nothing about a known account changes:
/// whoever typed the address has proved nothing.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn ensure_guest(cx: &Cx, tx: &mut Tx, guest: &Guest) -> Result<Uuid> {
    if let Some(id) = store::insert(cx, tx, guest, None).await? {
        audit::record(cx, tx, "account.guest", ("user", Some(id)), json!({})).await?;
        return Ok(id);
    }
    let known = store::find_by_email(tx, &guest.email).await?;
    known.map(|user| user.id).ok_or_else(|| Error::internal("a taken address without an account"))
}

/// The account of an address that a link mailed to it has just proved, made when there is none. What a sign-up said
/// whose own link nobody pressed is dropped, above all its password: anybody can sign up with anybody's address.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn prove_guest(cx: &Cx, tx: &mut Tx, guest: &Guest) -> Result<Uuid> {
    let id = ensure_guest(cx, tx, guest).await?;
    let now = cx.now();
    store::forget_unproved(tx, id, guest, now).await?;
    if mark_confirmed(cx, tx, id).await? {
        tokens::revoke(tx, TokenKind::ResetPassword, id, now).await?;
        sessions::revoke_all(tx, id, None, now).await?;
    }
    Ok(id)
}

/// Notes that an address was proved by a link mailed to it; `false` when it was before.
pub(super) async fn mark_confirmed(cx: &Cx, tx: &mut Tx, user_id: Uuid) -> Result<bool> {
    let first = store::confirm(tx, user_id, cx.now()).await?;
    if first {
        tokens::revoke(tx, TokenKind::ConfirmEmail, user_id, cx.now()).await?;
        audit::record(cx, tx, "account.confirm_email", ("user", Some(user_id)), json!({})).await?;
    }
    Ok(first)
}

/// Makes `email` an admin, with an account if there is none, and gives the address of a one-time link to a
/// password. Only the site itself may (command line).
///
/// # Errors
/// `Forbidden`, `Invalid`.
pub async fn create_admin(cx: &Cx, email: &str, name: &str) -> Result<String> {
    if *cx.actor != Actor::System {
        return Err(ErrorKind::Forbidden.into());
    }
    let mut errors = FieldErrors::new();
    let email = errors.take("email", rules::email(email)).unwrap_or_default();
    let name = errors.take("name", rules::name(name)).unwrap_or_default();
    errors.into_result()?;
    let mut tx = cx.write().await?;
    let person = Guest { email, name, company: None, country: None, lang: cx.lang };
    let id = prove_guest(cx, &mut tx, &person).await?;
    roles::give(cx, &mut tx, id, PlatformRole::Admin).await?;
    let token = jobs::reset_token(cx, &mut tx, id).await?;
    tx.commit().await?;
    Ok(letters::reset_url(cx, cx.lang, &token))
}
