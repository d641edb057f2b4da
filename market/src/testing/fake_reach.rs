//! Fakes of the ports that reach people by other ways than mail: they keep what they were given.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a poisoned lock in a test is a failed test"
)]

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;

use crate::lang::Lang;
use crate::ports::{Talk, TalkError, Talker, Translation, Translator, TranslatorError};

/// Keeps every message to a telephone; off until switched on.
#[derive(Default)]
pub struct FakeTalker {
    sent: Mutex<Vec<Talk>>,
    on: AtomicBool,
    refusing: AtomicBool,
}

impl FakeTalker {
    /// Everything sent so far.
    pub fn sent(&self) -> Vec<Talk> {
        self.sent.lock().expect("lock").clone()
    }

    /// Switches the provider on and off.
    pub fn set_on(&self, on: bool) {
        self.on.store(on, Ordering::SeqCst);
    }

    /// Lets the provider refuse everything.
    pub fn set_refusing(&self, refusing: bool) {
        self.refusing.store(refusing, Ordering::SeqCst);
    }
}

#[async_trait]
impl Talker for FakeTalker {
    fn is_on(&self) -> bool {
        self.on.load(Ordering::SeqCst)
    }

    async fn send(&self, talk: &Talk) -> Result<(), TalkError> {
        if self.refusing.load(Ordering::SeqCst) {
            return Err(TalkError::NotTaken("refused".into()));
        }
        self.sent.lock().expect("lock").push(talk.clone());
        Ok(())
    }
}

/// Writes the language before the text and keeps what it was asked; off until switched on.
#[derive(Default)]
pub struct FakeTranslator {
    asked: Mutex<Vec<(String, Lang)>>,
    on: AtomicBool,
    away: AtomicBool,
}

impl FakeTranslator {
    /// Everything asked so far.
    pub fn asked(&self) -> Vec<(String, Lang)> {
        self.asked.lock().expect("lock").clone()
    }

    /// Switches the translator on and off.
    pub fn set_on(&self, on: bool) {
        self.on.store(on, Ordering::SeqCst);
    }

    /// Lets the translator be away.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }
}

#[async_trait]
impl Translator for FakeTranslator {
    fn is_on(&self) -> bool {
        self.on.load(Ordering::SeqCst)
    }

    async fn translate(&self, text: &str, into: Lang) -> Result<Translation, TranslatorError> {
        if self.away.load(Ordering::SeqCst) {
            return Err(TranslatorError("switched off".into()));
        }
        self.asked.lock().expect("lock").push((text.to_owned(), into));
        Ok(Translation { text: format!("[{}] {text}", into.code()), by: "Test translator".into() })
    }
}
