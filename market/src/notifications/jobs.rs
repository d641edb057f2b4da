//! Jobs that send mail.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::choices;
use super::letter::About;
use super::sending::{self, Twice};
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::Result;
use crate::outbox::Job;
use crate::ports::Mail;
use crate::time::Timestamp;

/// Hands one rendered mail to the transport. Rendering happens in the transaction that asks for the mail,
/// so that links and names are those of that moment.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMail {
    /// Identity of the mail.
    pub id: Uuid,
    /// Address of the reader.
    pub to: String,
    /// Name of the reader.
    pub to_name: String,
    /// Subject line.
    pub subject: String,
    /// Plain text part.
    pub text: String,
    /// HTML part.
    pub html: String,
    /// What is worse, should nobody know whether it went.
    #[serde(default)]
    pub twice: Twice,
    /// Address that stops mails of its topic.
    #[serde(default)]
    pub unsubscribe: Option<String>,
    /// When it was asked for.
    #[serde(default)]
    pub asked_at: Option<Timestamp>,
    /// What it is about, where that is asked again before it goes.
    #[serde(default)]
    pub about: Option<About>,
}

impl SendMail {
    /// Whether it should still go.
    pub(super) async fn still_wanted(&self, db: &mut impl Handle) -> Result<bool> {
        match (&self.about, self.asked_at) {
            (Some(about), Some(asked_at)) => choices::still_wanted(db, about, &self.to, asked_at).await,
            _ => Ok(true),
        }
    }
}

impl Job for SendMail {
    const TOPIC: &'static str = "mail.send";

    async fn run(self, cx: &Cx) -> Result<()> {
        let mut db = cx.read().await?;
        if !self.still_wanted(&mut db).await? {
            return Ok(());
        }
        drop(db);
        let mail = Mail {
            id: self.id,
            to: self.to,
            to_name: self.to_name,
            subject: self.subject,
            text: self.text,
            html: self.html,
            unsubscribe: self.unsubscribe,
        };
        sending::hand_over(cx, &mail, self.twice).await
    }
}
