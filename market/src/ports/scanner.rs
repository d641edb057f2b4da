//! The port of the virus scanner.

use async_trait::async_trait;

use super::files::Reader;

/// What the scanner said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found.
    Clean,
    /// Something was found; its name.
    Infected(String),
}

/// Why there is no verdict.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the virus scanner gives no answer: {0}")]
pub struct ScanError(pub String);

/// Looks for viruses.
#[async_trait]
pub trait Scanner: Send + Sync {
    /// Whether there is one at all.
    fn is_on(&self) -> bool;

    /// Scans what the reader gives.
    async fn scan(&self, reader: Reader) -> Result<Verdict, ScanError>;

    /// Answers when the scanner does.
    async fn check(&self) -> Result<(), ScanError>;
}
