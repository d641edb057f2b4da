//! The port of messages on the telephone (알림톡): transactional ones only, from templates that the provider approved. Without a
//! configured provider it is off, and everybody is told by mail.

use async_trait::async_trait;
use uuid::Uuid;

/// A message as the provider takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    /// Stable identity: the same one twice is one message where the provider can tell.
    pub id: Uuid,
    /// Telephone number, digits only.
    pub phone: String,
    /// Code of the approved template.
    pub template: String,
    /// The text with its variables filled in.
    pub text: String,
}

/// Why a message was not taken.
#[derive(Debug, thiserror::Error)]
pub enum TalkError {
    /// The provider is away, or said no to this message: mail is used instead.
    #[error("message not taken: {0}")]
    NotTaken(String),
    /// The connection broke off: it may have been taken or not.
    #[error("provider broke off: {0}")]
    Unclear(String),
}

/// Takes messages over.
#[async_trait]
pub trait Talker: Send + Sync {
    /// Whether a provider is configured.
    fn is_on(&self) -> bool;

    /// Hands one message over.
    async fn send(&self, talk: &Talk) -> Result<(), TalkError>;
}

/// No provider.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoTalker;

#[async_trait]
impl Talker for NoTalker {
    fn is_on(&self) -> bool {
        false
    }

    async fn send(&self, _talk: &Talk) -> Result<(), TalkError> {
        Err(TalkError::NotTaken("no provider is configured".into()))
    }
}
