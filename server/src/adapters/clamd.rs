//! The virus scanner: clamd's INSTREAM over TCP or a local socket. Without an address there is no scanner, and every
//! file says so.

use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use market::ports::files::Reader;
use market::ports::scanner::{ScanError, Scanner, Verdict};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpStream, UnixStream};

/// Bytes of one chunk.
const CHUNK: usize = 64 * 1024;
/// Longest scan of one file.
const TIME: Duration = Duration::from_mins(1);
/// Longest answer that is read.
const ANSWER: u64 = 4096;

/// No scanner is installed.
#[derive(Debug, Clone, Copy)]
pub struct NoScanner;

#[async_trait]
impl Scanner for NoScanner {
    fn is_on(&self) -> bool {
        false
    }

    async fn scan(&self, _: Reader) -> Result<Verdict, ScanError> {
        Err(ScanError("there is none".into()))
    }

    async fn check(&self) -> Result<(), ScanError> {
        Ok(())
    }
}

/// clamd at an address: `host:port`, or the path of its socket.
#[derive(Debug, Clone)]
pub enum Clamd {
    /// `host:port`.
    Tcp(String),
    /// A socket in the file system.
    Local(PathBuf),
}

trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

impl Clamd {
    /// The scanner at an address as configured.
    pub fn at(address: &str) -> Self {
        if address.starts_with('/') { Self::Local(address.into()) } else { Self::Tcp(address.to_owned()) }
    }

    async fn connect(&self) -> std::io::Result<Box<dyn Wire>> {
        Ok(match self {
            Self::Tcp(address) => Box::new(TcpStream::connect(address).await?),
            Self::Local(path) => Box::new(UnixStream::connect(path).await?),
        })
    }

    async fn ask(&self, reader: Option<Reader>) -> std::io::Result<String> {
        let mut wire = self.connect().await?;
        match reader {
            None => wire.write_all(b"zPING\0").await?,
            // a file above clamd's own limit is answered before it was sent whole: the answer counts, not the broken pipe
            Some(reader) => drop(send(&mut wire, reader).await),
        }
        let mut answer = Vec::new();
        wire.take(ANSWER).read_to_end(&mut answer).await?;
        Ok(String::from_utf8_lossy(&answer).trim_matches(['\0', '\n', ' ']).to_owned())
    }

    async fn in_time(&self, reader: Option<Reader>) -> Result<String, ScanError> {
        match tokio::time::timeout(TIME, self.ask(reader)).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(ScanError(error.to_string())),
            Err(_) => Err(ScanError("no answer in time".into())),
        }
    }
}

async fn send(wire: &mut Box<dyn Wire>, mut reader: Reader) -> std::io::Result<()> {
    wire.write_all(b"zINSTREAM\0").await?;
    let mut chunk = vec![0; CHUNK];
    loop {
        let length = reader.read(&mut chunk).await?;
        wire.write_all(&u32::try_from(length).unwrap_or_default().to_be_bytes()).await?;
        if length == 0 {
            return wire.flush().await;
        }
        wire.write_all(chunk.get(..length).unwrap_or_default()).await?;
    }
}

/// `stream: OK`, `stream: Win.Test.EICAR_HDB-1 FOUND`, or an error.
fn verdict(answer: &str) -> Result<Verdict, ScanError> {
    let said = answer.split_once(": ").map_or(answer, |(_, said)| said);
    match said.strip_suffix(" FOUND") {
        Some(name) => Ok(Verdict::Infected(name.chars().take(200).collect())),
        None if said == "OK" => Ok(Verdict::Clean),
        None => Err(ScanError(answer.chars().take(200).collect())),
    }
}

#[async_trait]
impl Scanner for Clamd {
    fn is_on(&self) -> bool {
        true
    }

    async fn scan(&self, reader: Reader) -> Result<Verdict, ScanError> {
        verdict(&self.in_time(Some(reader)).await?)
    }

    async fn check(&self) -> Result<(), ScanError> {
        match self.in_time(None).await?.as_str() {
            "PONG" => Ok(()),
            other => Err(ScanError(other.chars().take(200).collect())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_clamd_writes_them() {
        assert_eq!(verdict("stream: OK"), Ok(Verdict::Clean));
        assert_eq!(
            verdict("stream: Win.Test.EICAR_HDB-1 FOUND"),
            Ok(Verdict::Infected("Win.Test.EICAR_HDB-1".into()))
        );
        assert!(verdict("INSTREAM size limit exceeded. ERROR").is_err());
        assert!(verdict("").is_err());
    }

    #[test]
    fn an_address_is_a_port_or_a_path() {
        assert!(matches!(Clamd::at("127.0.0.1:3310"), Clamd::Tcp(_)));
        assert!(matches!(Clamd::at("/run/clamav/clamd.ctl"), Clamd::Local(_)));
    }
}
