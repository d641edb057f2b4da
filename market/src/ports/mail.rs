//! Sending mail.

use async_trait::async_trait;
use uuid::Uuid;

/// A rendered mail.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Stable identity: sending the same id twice must not reach the reader twice where the transport can tell.
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
    /// Address that stops mails of this kind with one press of the mail program (RFC 8058); for mails that somebody
    /// subscribed to.
    pub unsubscribe: Option<String>,
}

/// Why a mail was not taken.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The transport is away; try again.
    #[error("mail transport unavailable: {0}")]
    Unavailable(String),
    /// The connection broke off: the mail may have been taken over or not.
    #[error("mail transport broke off: {0}")]
    Unclear(String),
    /// The address will never work.
    #[error("address refused: {0}")]
    Refused(String),
}

/// Takes mails over.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Whether its mails reach somebody who may sleep; files do not.
    fn wakes(&self) -> bool {
        true
    }

    /// Hands one mail to the transport.
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;

    /// Says in one line whether the transport answers.
    async fn check(&self) -> Result<String, MailError>;
}
