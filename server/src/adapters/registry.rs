//! The registry of businesses when no access to it is configured: every question is "unknown", so that
//! nothing changes and the desk decides by the certificate.

use async_trait::async_trait;
use market::ports::{Registry, RegistryError, RegistryStatus};
use market::vendors::BusinessNumber;

/// Answers nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRegistry;

#[async_trait]
impl Registry for NoRegistry {
    fn is_there(&self) -> bool {
        false
    }

    async fn statuses(&self, _numbers: &[BusinessNumber]) -> Result<Vec<RegistryStatus>, RegistryError> {
        Err(RegistryError("no access to the registry is configured".into()))
    }
}
