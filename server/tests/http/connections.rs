//! Connections that give nothing back: none of them keeps its place for long, and none keeps the program from stopping.
#![expect(clippy::disallowed_methods, reason = "threads of the tests wait for the other side")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use market::testing::fresh_sqlite;
use server::http::{Limits, serve};
use tokio::sync::watch;

use crate::processes::{SHORT, hangs_up, short_tempered};
use crate::testapp::TestApp;

/// How HTTP/2 begins (RFC 9113, section 3.4), and an empty SETTINGS frame.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
/// That the other side's SETTINGS were read.
const SETTINGS_READ: &[u8] = b"\0\0\0\x04\x01\0\0\0\0";
/// A PING frame, which the server has to answer.
const PING: &[u8] = b"\0\0\x08\x06\0\0\0\0\0ABCDEFGH";

#[tokio::test(flavor = "multi_thread")]
async fn who_only_pings_asks_nothing() {
    let (addr, _stop, test) = short_tempered().await;
    tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(addr).unwrap();
        stream.set_read_timeout(Some(SHORT / 6)).unwrap();
        stream.write_all(PREFACE).unwrap();
        stream.write_all(SETTINGS_READ).unwrap();
        let (since, mut answered) = (Instant::now(), 0);
        loop {
            assert!(since.elapsed() < Duration::from_secs(4), "it stays open for pings");
            if stream.write_all(PING).is_err() {
                break;
            }
            let mut buffer = [0; 1024];
            match stream.read(&mut buffer) {
                Ok(0) => break,
                Ok(bytes) => answered += bytes,
                Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => break,
                Err(_) => {}
            }
        }
        assert!(answered > PING.len(), "it spoke HTTP/2 before");
    })
    .await
    .unwrap();
    test.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_no_answer_is_given_up() {
    const ASKED: usize = 3000;
    let (addr, _stop, test) = short_tempered().await;
    tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(addr).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(2))).unwrap();
        for _ in 0..ASKED {
            // the server reads no further while it cannot answer
            if write!(stream, "GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n").is_err() {
                break;
            }
        }
        std::thread::sleep(SHORT * 10);
        let mut taken = Vec::new();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let since = Instant::now();
        let _ = stream.read_to_end(&mut taken);
        assert!(since.elapsed() < Duration::from_secs(4), "the connection stays open");
        let answers = taken.windows(15).filter(|window| *window == b"HTTP/1.1 200 OK").count();
        assert!(answers < ASKED, "all {answers} were kept for somebody who did not want them");
    })
    .await
    .unwrap();
    test.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_house_hears_that_it_closes() {
    let test = fresh_sqlite().await;
    let app = TestApp::new(test.db.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let (stop, stopped) = watch::channel(false);
    let limits = Limits { connections: 1, drain: Duration::from_secs(1), ..Limits::default() };
    let serving = tokio::spawn(serve(listener, app.router, limits, stopped));
    let waiting = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(addr).unwrap();
        write!(stream, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        assert!(stream.read(&mut [0; 1024]).unwrap() > 0);
        hangs_up(stream)
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(3), serving).await.expect("it stops").unwrap();
    assert!(waiting.await.unwrap() < Duration::from_secs(3));
    test.remove().await;
}
