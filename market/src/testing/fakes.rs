//! Fakes of the ports: they keep what they were given, and fail when told to.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a poisoned lock in a test is a failed test"
)]

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use async_trait::async_trait;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::ports::{Clock, Ids, Mail, MailError, Mailer, Registry, RegistryError, RegistryStatus};
use crate::time::Timestamp;
use crate::vendors::BusinessNumber;

/// A clock that moves only when told. Starts on Tuesday 2026-11-24 10:00 in Seoul.
pub struct FixedClock(AtomicI64);

impl Default for FixedClock {
    fn default() -> Self {
        Self(AtomicI64::new(1_795_482_000_000_000))
    }
}

impl FixedClock {
    /// Moves on by `micros`.
    pub fn advance(&self, micros: i64) {
        self.0.fetch_add(micros, Ordering::SeqCst);
    }

    /// Jumps to `at`.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// Identifiers that count up and secrets that are different but foreseeable.
#[derive(Default)]
pub struct CountingIds(AtomicU64);

impl Ids for CountingIds {
    fn new_id(&self) -> Uuid {
        let n = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        // the high half counts (so that later ids sort later), the low half is well mixed (so that slugs differ)
        let mixed = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Uuid::from_u64_pair((0x0190_0000_0000_7000) + (n << 16), mixed)
    }

    fn secret(&self) -> [u8; 32] {
        let n = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        Sha256::digest(n.to_be_bytes()).into()
    }
}

/// Keeps every mail; refuses them while switched off.
#[derive(Default)]
pub struct FakeMailer {
    sent: Mutex<Vec<Mail>>,
    away: AtomicBool,
    stuck: Mutex<Option<Stuck>>,
    refused: Mutex<String>,
}

/// Where handing a mail over never ends, so that the worker can be killed in the middle of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// Before the mail was taken over.
    Before,
    /// After it was.
    After,
}

impl FakeMailer {
    /// Lets every mail get stuck, or none.
    pub fn set_stuck(&self, stuck: Option<Stuck>) {
        *self.stuck.lock().expect("lock") = stuck;
    }

    /// Everything sent so far.
    pub fn sent(&self) -> Vec<Mail> {
        self.sent.lock().expect("lock").clone()
    }

    /// Everything sent to one address.
    pub fn sent_to(&self, address: &str) -> Vec<Mail> {
        self.sent().into_iter().filter(|mail| mail.to == address).collect()
    }

    /// Says of one address that it will never work; of none when it is empty.
    pub fn refuse(&self, address: &str) {
        address.clone_into(&mut self.refused.lock().expect("lock"));
    }

    /// Switches the transport off and on.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }
}

#[async_trait]
impl Mailer for FakeMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        if self.away.load(Ordering::SeqCst) {
            return Err(MailError::Unavailable("switched off".into()));
        }
        if *self.refused.lock().expect("lock") == mail.to {
            return Err(MailError::Refused("550 no such user".into()));
        }
        let stuck = *self.stuck.lock().expect("lock");
        if stuck != Some(Stuck::Before) {
            self.sent.lock().expect("lock").push(mail.clone());
        }
        if stuck.is_some() {
            std::future::pending::<()>().await;
        }
        Ok(())
    }

    async fn check(&self) -> Result<String, MailError> {
        if self.away.load(Ordering::SeqCst) {
            Err(MailError::Unavailable("switched off".into()))
        } else {
            Ok("memory".into())
        }
    }
}

/// Says "trading" of every number unless told otherwise.
#[derive(Default)]
pub struct FakeRegistry {
    known: Mutex<HashMap<String, RegistryStatus>>,
    away: AtomicBool,
    mute: AtomicBool,
}

impl FakeRegistry {
    /// Lets it answer with an empty list.
    pub fn set_mute(&self, mute: bool) {
        self.mute.store(mute, Ordering::SeqCst);
    }

    /// Sets what is said of a number.
    pub fn set(&self, number: &BusinessNumber, status: RegistryStatus) {
        self.known.lock().expect("lock").insert(number.digits().to_owned(), status);
    }

    /// Switches the registry off and on.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }
}

#[async_trait]
impl Registry for FakeRegistry {
    async fn statuses(&self, numbers: &[BusinessNumber]) -> Result<Vec<RegistryStatus>, RegistryError> {
        if self.away.load(Ordering::SeqCst) {
            return Err(RegistryError("switched off".into()));
        }
        if self.mute.load(Ordering::SeqCst) {
            return Ok(Vec::new());
        }
        let known = self.known.lock().expect("lock");
        Ok(numbers
            .iter()
            .map(|number| known.get(number.digits()).copied().unwrap_or(RegistryStatus::Active))
            .collect())
    }
}
