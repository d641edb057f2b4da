//! Password digests: argon2id with 19 MiB and two passes (OWASP), two at a time at most, off the async threads.
//!
//! Every check computes a digest, for unknown people too, so that the time of an answer says nothing about
//! who has an account.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::cx::Cx;
use crate::error::{Error, ErrorKind, Result};

/// Memory of one digest in KiB.
const MEMORY: u32 = 19_456;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Digests computed at the same time: more would take the machine from those who are already in.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
/// Longest wait for a turn.
const PATIENCE: Duration = Duration::from_secs(8);
/// What is computed for people who do not exist.
static NOBODY: OnceLock<String> = OnceLock::new();

tokio::task_local! {
    static RUNS: Arc<AtomicU32>;
}

/// Runs `work` and tells how many digests it computed: as many for who is known as for who is not (a test).
pub async fn counting_digests<T>(work: impl Future<Output = T>) -> (T, u32) {
    let runs = Arc::<AtomicU32>::default();
    let out = RUNS.scope(runs.clone(), work).await;
    (out, runs.load(Ordering::Relaxed))
}

/// Where the digests of this task are counted; the work itself is done on another thread.
fn counted() -> Option<Arc<AtomicU32>> {
    RUNS.try_with(Arc::clone).ok()
}

fn count(runs: Option<&AtomicU32>) {
    if let Some(runs) = runs {
        runs.fetch_add(1, Ordering::Relaxed);
    }
}

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY, PASSES, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn digest(password: &str, salt: &[u8]) -> Result<String> {
    let hash = hasher()?.hash_password_with_salt(password.as_bytes(), salt).map_err(Error::internal)?;
    Ok(hash.to_string())
}

async fn turn() -> Result<SemaphorePermit<'static>> {
    let waited = tokio::time::timeout(PATIENCE, AT_ONCE.acquire()).await;
    waited.map_err(|elapsed| Error::caused(ErrorKind::Unavailable, elapsed))?.map_err(Error::internal)
}

/// The digest of a new password, as a PHC string.
///
/// # Errors
/// `Unavailable` when too many wait for the same.
pub async fn hash(cx: &Cx, password: String) -> Result<String> {
    let secret = cx.market.ports().ids.secret();
    let _turn = turn().await?;
    let runs = counted();
    let work = move || {
        let made = digest(&password, secret.get(..16).unwrap_or(&secret));
        count(runs.as_deref());
        made
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

/// Whether `password` is the one behind `stored`; without a stored digest the same work is done for nothing.
///
/// # Errors
/// `Unavailable` when too many wait for the same.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    let _turn = turn().await?;
    let runs = counted();
    let work = move || check(&password, stored.as_deref(), runs.as_deref());
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

fn check(password: &str, stored: Option<&str>, runs: Option<&AtomicU32>) -> Result<bool> {
    let nobody = if let Some(nobody) = NOBODY.get() {
        nobody
    } else {
        let made = digest("nobody", b"no salt, no body")?;
        NOBODY.get_or_init(|| made)
    };
    let matches = hasher()?.verify_password(password.as_bytes(), stored.unwrap_or(nobody)).is_ok();
    count(runs);
    Ok(matches && stored.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn knows_its_own_digest_only() {
        let stored = digest("우리 공장 옆 은행나무", &[7; 16]).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("우리 공장 옆 은행나무".into(), Some(stored.clone())).await.unwrap());
        assert!(!verify("우리 공장 옆 은행나무 ".into(), Some(stored)).await.unwrap());
        assert!(!verify("nobody".into(), None).await.unwrap(), "nobody can sign in as nobody");
        assert!(!verify("x".into(), Some("broken".into())).await.unwrap());
    }
}
