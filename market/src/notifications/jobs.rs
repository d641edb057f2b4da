//! Jobs that send mail.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cx::Cx;
use crate::error::{Error, Result};
use crate::outbox::Job;
use crate::ports::Mail;

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
}

impl Job for SendMail {
    const TOPIC: &'static str = "mail.send";

    async fn run(self, cx: &Cx) -> Result<()> {
        let mail = Mail {
            id: self.id,
            to: self.to,
            to_name: self.to_name,
            subject: self.subject,
            text: self.text,
            html: self.html,
            unsubscribe: None,
        };
        cx.market.ports().mailer.send(&mail).await.map_err(Error::internal)
    }
}
