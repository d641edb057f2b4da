//! The adapter against clamd's protocol: a stand-in that answers over a socket as clamd does, and a real one where there
//! is one (`MARKET_TEST_CLAMD=127.0.0.1:3310`, Debian: `apt-get install clamav-daemon`).

use std::io::Cursor;

use market::ports::scanner::{Scanner as _, Verdict};
use server::adapters::clamd::Clamd;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The harmless file that every scanner knows, in two pieces so that this source trips none.
fn harmless() -> Vec<u8> {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].concat().into_bytes()
}

/// Reads a command and its chunks, finds the word `EICAR`, and takes at most `most` bytes.
async fn answer(mut wire: TcpStream, most: usize) -> std::io::Result<()> {
    let mut command = Vec::new();
    while command.last() != Some(&0) {
        command.push(wire.read_u8().await?);
    }
    if command == b"zPING\0" {
        return wire.write_all(b"PONG\0").await;
    }
    assert_eq!(command, b"zINSTREAM\0");
    let mut stream = Vec::new();
    loop {
        let length = usize::try_from(wire.read_u32().await?).unwrap();
        if length == 0 {
            break;
        }
        let start = stream.len();
        stream.resize(start + length, 0);
        wire.read_exact(stream.get_mut(start..).unwrap()).await?;
        if stream.len() > most {
            return wire.write_all(b"INSTREAM size limit exceeded. ERROR\0").await;
        }
    }
    let found = stream.windows(5).any(|window| window == b"EICAR");
    let answer: &[u8] = if found { b"stream: Eicar-Signature FOUND\0" } else { b"stream: OK\0" };
    wire.write_all(answer).await
}

async fn stand_in(most: usize) -> Clamd {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((wire, _)) = listener.accept().await {
            tokio::spawn(answer(wire, most));
        }
    });
    Clamd::at(&address)
}

#[tokio::test]
async fn clean_and_infected_files_are_told_apart() {
    let clamd = stand_in(10_000_000).await;
    clamd.check().await.unwrap();
    let large = vec![b'x'; 3_000_001];
    assert_eq!(clamd.scan(Box::pin(Cursor::new(large))).await, Ok(Verdict::Clean));
    assert_eq!(clamd.scan(Box::pin(Cursor::new(Vec::new()))).await, Ok(Verdict::Clean));
    let found = clamd.scan(Box::pin(Cursor::new(harmless()))).await;
    assert_eq!(found, Ok(Verdict::Infected("Eicar-Signature".into())));
}

#[tokio::test]
async fn a_scanner_that_is_away_or_refuses_gives_no_verdict() {
    let clamd = stand_in(1_000).await;
    let large = vec![b'x'; 500_000];
    assert!(clamd.scan(Box::pin(Cursor::new(large))).await.is_err());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = Clamd::at(&listener.local_addr().unwrap().to_string());
    drop(listener);
    assert!(nobody.check().await.is_err());
    assert!(nobody.scan(Box::pin(Cursor::new(harmless()))).await.is_err());
    assert!(Clamd::at("/nonexistent/clamd.ctl").check().await.is_err());
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "where a scanner is, is known to whoever runs this test")]
async fn a_real_scanner_knows_the_harmless_file() {
    let Ok(address) = std::env::var("MARKET_TEST_CLAMD") else { return };
    let clamd = Clamd::at(&address);
    clamd.check().await.unwrap();
    assert!(matches!(clamd.scan(Box::pin(Cursor::new(harmless()))).await, Ok(Verdict::Infected(_))));
    assert_eq!(clamd.scan(Box::pin(Cursor::new(b"good".to_vec()))).await, Ok(Verdict::Clean));
}
