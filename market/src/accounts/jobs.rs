//! Mails whose being sent depends on who has an account. Asked for in the same way for every address, decided
//! here, so that neither the answer nor its time tells a stranger anything.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{letters, store};
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::notifications::letter;
use crate::outbox::{Job, When};
use crate::time::{DAY, HOUR};
use crate::tokens::{self, NewToken, TokenKind};

/// How long a link that proves an address works.
const CONFIRM_LINK: i64 = 3 * DAY;
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
        let token = reset_token(cx, &mut tx, user.id).await?;
        let once = When { once: Some(format!("reset:{}", self.request)), ..When::default() };
        letter::post(cx, &mut tx, &letters::to(&user), &letters::reset(cx, user.lang(), &token), once)
            .await?;
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
        if user.email_confirmed_at.is_some() || user.password_hash.is_none() {
            return Ok(());
        }
        let token = confirm_token(cx, &mut tx, user.id).await?;
        let once = When { once: Some(format!("confirm:{}", self.request)), ..When::default() };
        letter::post(cx, &mut tx, &letters::to(&user), &letters::confirm(cx, user.lang(), &token), once)
            .await?;
        tx.commit().await
    }
}

/// A fresh link to a new password.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn reset_token(cx: &Cx, tx: &mut Tx, user_id: Uuid) -> Result<String> {
    issue(cx, tx, TokenKind::ResetPassword, user_id, RESET_LINK).await
}

/// A fresh link that proves the address.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn confirm_token(cx: &Cx, tx: &mut Tx, user_id: Uuid) -> Result<String> {
    issue(cx, tx, TokenKind::ConfirmEmail, user_id, CONFIRM_LINK).await
}

async fn issue(cx: &Cx, tx: &mut Tx, kind: TokenKind, user_id: Uuid, life: i64) -> Result<String> {
    let new = NewToken {
        kind,
        user_id: Some(user_id),
        subject_id: Some(user_id),
        payload: "{}".into(),
        expires_at: cx.now().plus(life),
    };
    tokens::issue(cx, tx, new).await
}
