//! The port of machine translation. Off without a configured translator: nothing is translated, and nothing offers it.

use async_trait::async_trait;

use crate::lang::Lang;

/// What a translator made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// The text in the wanted language.
    pub text: String,
    /// Who made it, as it is shown beside the text.
    pub by: String,
}

/// Why there is no translation.
#[derive(Debug, thiserror::Error)]
#[error("no translation: {0}")]
pub struct TranslatorError(pub String);

/// Translates messages.
#[async_trait]
pub trait Translator: Send + Sync {
    /// Whether one is configured.
    fn is_on(&self) -> bool;

    /// A text in another language.
    async fn translate(&self, text: &str, into: Lang) -> Result<Translation, TranslatorError>;
}

/// None.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoTranslator;

#[async_trait]
impl Translator for NoTranslator {
    fn is_on(&self) -> bool {
        false
    }

    async fn translate(&self, _text: &str, _into: Lang) -> Result<Translation, TranslatorError> {
        Err(TranslatorError("no translator is configured".into()))
    }
}
