//! The tax office's registry of businesses: is this number trading?

use async_trait::async_trait;

use crate::vendors::BusinessNumber;

/// What the registry says of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistryStatus {
    /// 계속사업자.
    Active,
    /// 휴업자.
    Paused,
    /// 폐업자.
    Closed,
    /// Not registered at all.
    Unregistered,
}

/// The registry did not answer. Nothing may change because of it.
#[derive(Debug, thiserror::Error)]
#[error("business registry unavailable: {0}")]
pub struct RegistryError(pub String);

/// Most numbers that one call may ask for.
pub const NUMBERS_PER_CALL: usize = 100;

/// Looks up business numbers.
#[async_trait]
pub trait Registry: Send + Sync {
    /// Whether there is one to ask; what the site says about its checks hangs on it.
    fn is_there(&self) -> bool {
        true
    }

    /// The status of each number (at most [`NUMBERS_PER_CALL`]), in the order asked.
    async fn statuses(&self, numbers: &[BusinessNumber]) -> Result<Vec<RegistryStatus>, RegistryError>;
}
