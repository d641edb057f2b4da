//! Mails whose being sent depends on who has an account. Asked for in the same way for every address, decided
//! here, so that neither the answer nor its time tells a stranger anything.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::model::{ConsentKind, User};
use super::service::Joining;
use super::{letters, store};
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::notifications::letter;
use crate::outbox::{Job, When};
use crate::time::{DAY, HOUR};
use crate::tokens::{self, NewToken, TokenKind};

/// Days a link that proves an address works.
pub const CONFIRM_LINK_DAYS: i64 = 3;
/// How long a link to a new password works.
const RESET_LINK: i64 = HOUR;

/// Sends the link to a new password, if the address has an account.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailReset {
    /// The request, so that a repeated run mails once.
    pub request: Uuid,
    /// The address that was typed.
    pub email: String,
}

impl Job for MailReset {
    const TOPIC: &'static str = "accounts.mail_reset";

    async fn run(self, cx: &Cx) -> Result<()> {
        let mut tx = cx.write().await?;
        let Some(user) = store::find_by_email(&mut tx, &self.email).await? else { return Ok(()) };
        let once = When { once: Some(format!("reset:{}", self.request)), ..When::default() };
        let letter = if user.password_hash.is_none() {
            letters::join_first(cx, user.lang())
        } else {
            let token = reset_token(cx, &mut tx, user.id).await?;
            letters::reset(cx, user.lang(), &token)
        };
        letter::post(cx, &mut tx, &letters::to(&user), &letter, once).await?;
        tx.commit().await
    }
}

/// Sends the link that proves the address again, if the account still waits for it.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailConfirm {
    /// The request, so that a repeated run mails once.
    pub request: Uuid,
    /// The address that was typed.
    pub email: String,
}

impl Job for MailConfirm {
    const TOPIC: &'static str = "accounts.mail_confirm";

    async fn run(self, cx: &Cx) -> Result<()> {
        let mut tx = cx.write().await?;
        let Some(user) = store::find_by_email(&mut tx, &self.email).await? else { return Ok(()) };
        if user.email_confirmed_at.is_some() {
            return Ok(());
        }
        let once = When { once: Some(format!("confirm:{}", self.request)), ..When::default() };
        let letter = match the_one_sign_up(&mut tx, &user).await? {
            Some(joining) => {
                let token = confirm_token(cx, &mut tx, user.id, &joining).await?;
                letters::confirm(cx, user.lang(), &token)
            }
            // which of several sign-ups is the owner's nobody knows: only signing up again makes a link that is surely theirs
            None => letters::join_first(cx, user.lang()),
        };
        letter::post(cx, &mut tx, &letters::to(&user), &letter, once).await?;
        tx.commit().await
    }
}

/// What stands in an account that waits for its address, as long as one sign-up alone made it.
async fn the_one_sign_up(tx: &mut Tx, user: &User) -> Result<Option<Joining>> {
    let Some(hash) = user.password_hash.clone() else { return Ok(None) };
    let given = store::list_consents(tx, user.id).await?;
    let consents =
        given.iter().filter(|c| c.granted).filter_map(|c| ConsentKind::from_code(&c.kind)).collect();
    let (name, lang) = (user.name.clone(), Some(user.lang.clone()));
    Ok(Some(Joining { name, consents, lang, hash: Some(hash) }))
}

/// A fresh link to a new password.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn reset_token(cx: &Cx, tx: &mut Tx, user_id: Uuid) -> Result<String> {
    issue(cx, tx, (TokenKind::ResetPassword, RESET_LINK), user_id, "{}".into()).await
}

/// A fresh link that proves the address and makes `joining` the account.
pub(super) async fn confirm_token(cx: &Cx, tx: &mut Tx, user_id: Uuid, joining: &Joining) -> Result<String> {
    let payload = serde_json::to_string(joining)?;
    issue(cx, tx, (TokenKind::ConfirmEmail, CONFIRM_LINK_DAYS * DAY), user_id, payload).await
}

async fn issue(
    cx: &Cx,
    tx: &mut Tx,
    (kind, life): (TokenKind, i64),
    user_id: Uuid,
    payload: String,
) -> Result<String> {
    let new = NewToken {
        kind,
        user_id: Some(user_id),
        subject_id: Some(user_id),
        payload,
        expires_at: cx.now().plus(life),
    };
    tokens::issue(cx, tx, new).await
}
