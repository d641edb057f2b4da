//! The end of the program: within its limit, whatever hangs, and at once when it is told a second time.
#![expect(clippy::disallowed_methods, reason = "threads of the test wait for a program beside it")]

use std::io::Write;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use market::testing::{fresh_postgres, fresh_sqlite};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::processes::{Program, post_mails, scratch, start, start_with};

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_ends_the_program_within_ten_seconds() {
    let test = fresh_sqlite().await;
    test.db.close().await;
    let var = scratch();
    let mut program = start("serve", &test.url, &var);
    program.wait_until_ready();
    // one connection idles, one has sent half a request
    let mut idle = TcpStream::connect(program.addr).unwrap();
    write!(idle, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut half = TcpStream::connect(program.addr).unwrap();
    write!(half, "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nemail=").unwrap();
    std::thread::sleep(Duration::from_millis(200));
    program.stop_in_time().await;
    let _ = std::fs::remove_dir_all(&var);
    test.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_says_nothing_does_not_keep_the_program() {
    let test = fresh_sqlite().await;
    post_mails(&test.db, 5).await;
    let var = scratch();
    // the system accepts for it; nobody ever says a word
    let relay = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", relay.local_addr().unwrap());
    let environment = [("MARKET_SMTP_URL", url.as_str()), ("MARKET_MAIL_FROM", "market@example.test")];
    let mut program = start_with("worker", &test.url, &var, &environment);
    let leased = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE leased_until IS NOT NULL AND done_at IS NULL AND dead_at IS NULL";
    let since = Instant::now();
    loop {
        let mut conn = test.db.read().await.unwrap();
        if market::fetch_one!(conn, (i64,), leased).unwrap().0 > 0 {
            break;
        }
        assert!(since.elapsed() < Duration::from_secs(15), "no mail is tried");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    program.stop_in_time().await;
    let mut conn = test.db.read().await.unwrap();
    let lost = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE done_at IS NOT NULL OR dead_at IS NOT NULL";
    assert_eq!(market::fetch_one!(conn, (i64,), lost).unwrap().0, 0, "every mail still waits");
    drop((conn, relay));
    let _ = std::fs::remove_dir_all(&var);
    test.remove().await;
}

/// A request of which only half has come: draining waits for it.
fn half_a_request(program: &Program) -> TcpStream {
    let mut half = TcpStream::connect(program.addr).unwrap();
    write!(half, "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nemail=").unwrap();
    std::thread::sleep(Duration::from_millis(200));
    half
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_told_twice_stops_at_once() {
    let test = fresh_sqlite().await;
    test.db.close().await;
    let var = scratch();
    for signal in ["TERM", "INT"] {
        let mut program = start("serve", &test.url, &var);
        program.wait_until_ready();
        let half = half_a_request(&program);
        program.tell(signal);
        program.tell(signal);
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert!(program.child.try_wait().unwrap().is_none(), "a terminal and a script tell the same");
        program.tell(signal);
        let status = program.ended_within(Duration::from_secs(4)).await;
        assert_eq!(status.code(), Some(1), "what was in hand is left: {status}");
        drop(half);
    }
    let _ = std::fs::remove_dir_all(&var);
    test.remove().await;
}

/// A way to the database that hangs when it is told to: whoever is connected stays so, and nothing comes through any more, as
/// with a server that is stopped or a network that swallows.
struct Way {
    addr: SocketAddr,
    hangs: Arc<AtomicBool>,
}

impl Way {
    async fn to(server: String) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (addr, hangs) = (listener.local_addr().unwrap(), Arc::new(AtomicBool::new(false)));
        let told = Arc::clone(&hangs);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let far = tokio::net::TcpStream::connect(&server).await.unwrap();
                let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
                tokio::spawn(carry(near_in, far_out, Arc::clone(&told)));
                tokio::spawn(carry(far_in, near_out, Arc::clone(&told)));
            }
        });
        Self { addr, hangs }
    }
}

async fn carry(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    hangs: Arc<AtomicBool>,
) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        while hangs.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        if to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
    }
}

/// An address of PostgreSQL, and the same by another way.
fn by_way_of(url: &str, way: SocketAddr) -> (String, String) {
    let (scheme, rest) = url.split_once("://").unwrap();
    let (place, path) = rest.split_once('/').unwrap();
    let (who, host) =
        place.rsplit_once('@').map_or((String::new(), place), |(who, host)| (format!("{who}@"), host));
    let host = if host.contains(':') { host.to_owned() } else { format!("{host}:5432") };
    (host, format!("{scheme}://{who}{way}/{path}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_hangs_does_not_keep_the_program() {
    let Some(test) = fresh_postgres().await else { return };
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
    let way = Way::to(by_way_of(&test.url, nowhere).0).await;
    let url = by_way_of(&test.url, way.addr).1;
    let var = scratch();
    for command in ["serve", "worker"] {
        way.hangs.store(false, Ordering::SeqCst);
        let mut program = start(command, &url, &var);
        if command == "serve" {
            program.wait_until_ready();
        }
        wait_for_work(&test.db).await;
        way.hangs.store(true, Ordering::SeqCst);
        // long enough for each of its loops to ask something
        tokio::time::sleep(Duration::from_secs(1)).await;
        program.stop_in_time().await;
    }
    let _ = std::fs::remove_dir_all(&var);
    way.hangs.store(false, Ordering::SeqCst);
    test.remove().await;
}

/// Posts a mail and waits until the worker has done it.
async fn wait_for_work(db: &market::db::Db) {
    // identities of tests come in order: the mail of the program before has the same
    let mut tx = db.write().await.unwrap();
    market::execute!(tx, "DELETE FROM outbox WHERE done_at IS NOT NULL").unwrap();
    tx.commit().await.unwrap();
    let waiting = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE done_at IS NULL";
    post_mails(db, 1).await;
    let since = Instant::now();
    loop {
        let mut conn = db.read().await.unwrap();
        if market::fetch_one!(conn, (i64,), waiting).unwrap().0 == 0 {
            return;
        }
        assert!(since.elapsed() < Duration::from_secs(20), "nobody works");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
