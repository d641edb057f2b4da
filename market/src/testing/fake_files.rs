//! Private files in memory, and a virus scanner that says what it was told to say.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a poisoned lock in a test is a failed test"
)]

use std::collections::BTreeMap;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use async_trait::async_trait;
use tokio::io::{AsyncReadExt as _, AsyncWrite};

use crate::files::FileRefusal;
use crate::ports::files::{FileStore, OpenFile, Reader, Writer};
use crate::ports::scanner::{ScanError, Scanner, Verdict};

type Shelf = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// The fake store; empty at first. Every photo has a small picture of 320 × 240.
#[derive(Debug, Default)]
pub struct FakeFiles {
    kept: Shelf,
    away: AtomicBool,
}

impl FakeFiles {
    /// Makes everything fail, and lets it work again.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// Names of everything kept.
    pub fn names(&self) -> Vec<String> {
        self.kept.lock().expect("lock").keys().cloned().collect()
    }

    /// Puts a file there.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        self.kept.lock().expect("lock").insert(name.to_owned(), bytes.to_vec());
    }

    fn find(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        if self.away.load(Ordering::SeqCst) {
            return Err(io::Error::other("switched off"));
        }
        Ok(self.kept.lock().expect("lock").get(name).cloned())
    }
}

struct Pen {
    shelf: Shelf,
    name: String,
}

impl AsyncWrite for Pen {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.shelf.lock().expect("lock").entry(self.name.clone()).or_default().extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[async_trait]
impl FileStore for FakeFiles {
    async fn length(&self, name: &str) -> io::Result<Option<u64>> {
        Ok(self.find(name)?.map(|bytes| bytes.len() as u64))
    }

    async fn append(&self, name: &str, offset: u64) -> io::Result<Writer> {
        let mut bytes = self.find(name)?.unwrap_or_default();
        bytes.truncate(usize::try_from(offset).unwrap_or(usize::MAX));
        self.put(name, &bytes);
        Ok(Box::pin(Pen { shelf: self.kept.clone(), name: name.to_owned() }))
    }

    async fn copy(&self, from: &str, to: &str) -> io::Result<u64> {
        let bytes = self.find(from)?.ok_or(io::ErrorKind::NotFound)?;
        self.put(to, &bytes);
        Ok(bytes.len() as u64)
    }

    async fn share(&self, from: &str, to: &str) -> io::Result<()> {
        self.copy(from, to).await.map(drop)
    }

    #[expect(clippy::disallowed_methods, reason = "a name for a temporary file that no other test has")]
    async fn local(&self, name: &str) -> io::Result<std::fs::File> {
        let bytes = self.find(name)?.ok_or(io::ErrorKind::NotFound)?;
        let path = std::env::temp_dir().join(format!("market-test-file-{}", uuid::Uuid::now_v7().simple()));
        std::fs::write(&path, bytes)?;
        let file = std::fs::File::open(&path);
        std::fs::remove_file(&path)?;
        file
    }

    async fn open(&self, name: &str) -> io::Result<Option<OpenFile>> {
        Ok(self.find(name)?.map(|bytes| {
            let length = bytes.len() as u64;
            OpenFile { reader: Box::pin(io::Cursor::new(bytes)), bytes: length }
        }))
    }

    async fn draw(&self, name: &str) -> Result<Option<(u32, u32)>, FileRefusal> {
        Ok(self.find(name)?.map(|_| (320, 240)))
    }

    async fn open_drawn(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        Ok(self.find(name)?.map(|_| b"small".to_vec()))
    }

    async fn remove(&self, name: &str) -> io::Result<()> {
        self.find(name)?;
        self.kept.lock().expect("lock").remove(name);
        Ok(())
    }

    async fn resting(&self, after: &str) -> io::Result<Vec<String>> {
        Ok(self.names().into_iter().filter(|name| name.as_str() > after).take(100).collect())
    }
}

/// Off at first. Once switched on, it finds whatever holds the word `VIRUS`.
#[derive(Default)]
pub struct FakeScanner {
    on: AtomicBool,
    away: AtomicBool,
}

impl FakeScanner {
    /// Installs it.
    pub fn switch_on(&self) {
        self.on.store(true, Ordering::SeqCst);
    }

    /// Makes it give no answers, and lets it work again.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }
}

#[async_trait]
impl Scanner for FakeScanner {
    fn is_on(&self) -> bool {
        self.on.load(Ordering::SeqCst)
    }

    async fn scan(&self, mut reader: Reader) -> Result<Verdict, ScanError> {
        self.check().await?;
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).await.map_err(|error| ScanError(error.to_string()))?;
        let found = bytes.windows(5).any(|window| window == b"VIRUS");
        Ok(if found { Verdict::Infected("Test-Signature".into()) } else { Verdict::Clean })
    }

    async fn check(&self) -> Result<(), ScanError> {
        if self.away.load(Ordering::SeqCst) { Err(ScanError("switched off".into())) } else { Ok(()) }
    }
}
