//! The program as the system sees it: killed, stopped, and as two processes on one database.
#![expect(clippy::disallowed_methods, reason = "threads of the test wait for a program beside it")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use market::Lang;
use market::db::Db;
use market::notifications::letter::{self, Letter, Recipient};
use market::outbox::When;
use market::testing::{fresh_postgres, fresh_sqlite, test_market};
use server::http::{Limits, serve};
use tokio::sync::watch;

use crate::testapp::TestApp;

/// A running `server`, killed when dropped.
pub struct Program {
    pub child: Child,
    pub addr: SocketAddr,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address nobody listens at. It lies below those that the system gives to connections (from 32768 on): one of these
/// could take it before the program does.
pub fn free_addr() -> SocketAddr {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = std::process::id().wrapping_mul(61).wrapping_add(NEXT.fetch_add(1, Ordering::SeqCst));
        let addr = SocketAddr::from(([127, 0, 0, 1], 10_000 + u16::try_from(number % 20_000).unwrap()));
        if TcpListener::bind(addr).is_ok() {
            return addr;
        }
    }
}

pub fn start(command: &str, database: &str, var: &Path) -> Program {
    start_with(command, database, var, &[])
}

/// The same with more in its environment.
pub fn start_with(command: &str, database: &str, var: &Path, environment: &[(&str, &str)]) -> Program {
    let addr = free_addr();
    let site = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/http/site");
    let child = Command::new(env!("CARGO_BIN_EXE_server"))
        .arg(command)
        .env("DATABASE_URL", database)
        .env("MARKET_VAR", var)
        .env("MARKET_ADDR", addr.to_string())
        .env("MARKET_SITE_ROOT", site)
        .env("MARKET_LOG", "error")
        .env_remove("MARKET_METRICS_ADDR")
        .envs(environment.iter().copied())
        .current_dir(var)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    Program { child, addr }
}

impl Program {
    /// Tells it to stop, which it does within ten seconds.
    pub async fn stop_in_time(&mut self) {
        self.tell("TERM");
        let status = self.ended_within(Duration::from_secs(13)).await;
        assert!(status.success(), "{status}");
    }

    pub fn tell(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([&format!("-{signal}"), &id]).status().unwrap().success());
    }

    pub async fn ended_within(&mut self, limit: Duration) -> ExitStatus {
        let told = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(told.elapsed() < limit, "still running");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub fn wait_until_ready(&self) {
        let since = Instant::now();
        while !request(self.addr, "GET", "/readyz", "", "")
            .is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
        {
            assert!(since.elapsed() < Duration::from_secs(15), "the server does not become ready");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// One request on a connection of its own; `None` when the server is gone.
pub fn request(addr: SocketAddr, method: &str, path: &str, cookie: &str, body: &str) -> Option<String> {
    request_of(addr, (method, path), cookie, ("application/x-www-form-urlencoded", body.as_bytes()))
}

/// The same with a body of any kind.
pub fn request_of(
    addr: SocketAddr,
    (method, path): (&str, &str),
    cookie: &str,
    (kind, body): (&str, &[u8]),
) -> Option<String> {
    let mut stream = TcpStream::connect(addr).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .ok()?;
    stream.write_all(body).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    (!answer.is_empty()).then(|| String::from_utf8_lossy(&answer).into_owned())
}

/// A form with fields and one file, as a browser sends it.
pub fn with_file(
    fields: &[(&str, &str)],
    input: &str,
    (name, bytes): (&str, &[u8]),
) -> (&'static str, Vec<u8>) {
    let mut body = Vec::new();
    for (field, value) in fields {
        let part = format!("--limit\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend(part.as_bytes());
    }
    let head = format!(
        "--limit\r\nContent-Disposition: form-data; name=\"{input}\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    body.extend([head.as_bytes(), bytes, b"\r\n--limit--\r\n"].concat());
    ("multipart/form-data; boundary=limit", body)
}

/// The status of an answer.
pub fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

pub fn scratch() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("market-processes-{}", fresh_name()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A name nobody else has.
fn fresh_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst))
}

/// The site in the time the program lives in.
pub fn today(db: &Db) -> TestApp {
    let app = TestApp::new(db.clone());
    app.test.clock.set(market::ports::Clock::now(&market::ports::SystemClock));
    app
}

/// Signs a person in and gives the cookie.
pub async fn sign_in(app: &TestApp, id: uuid::Uuid) -> String {
    let cx = app.test.market.system();
    let mut tx = cx.write().await.unwrap();
    let token = market::accounts::sessions::open(&cx, &mut tx, id, "test").await.unwrap();
    tx.commit().await.unwrap();
    format!("session={token}")
}

/// Mails that are due, to different people.
pub async fn post_mails(db: &Db, count: usize) {
    let market = test_market(db.clone());
    let cx = market.market.system();
    let mut tx = cx.write().await.unwrap();
    for n in 0..count {
        let to =
            Recipient { email: format!("reader{n}@example.test"), name: "읽는 이".into(), lang: Lang::Ko };
        let letter = Letter {
            subject: format!("{n}"),
            heading: "안녕하세요".into(),
            paragraphs: vec![],
            buttons: vec![],
        };
        letter::post(&cx, &mut tx, &to, &letter, When { at: Some(market::Timestamp(0)), once: None })
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_on_one_postgres_do_every_job_once() {
    let Some(test) = fresh_postgres().await else { return };
    post_mails(&test.db, 120).await;
    let (one, two) = (scratch(), scratch());
    let workers = [start("worker", &test.url, &one), start("worker", &test.url, &two)];
    let since = Instant::now();
    let mails = |folder: &Path| std::fs::read_dir(folder.join("mail")).map_or(0, std::iter::Iterator::count);
    let waiting = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE done_at IS NULL";
    loop {
        let mut conn = test.db.read().await.unwrap();
        if market::fetch_one!(conn, (i64,), waiting).unwrap().0 == 0 {
            break;
        }
        assert!(since.elapsed() < Duration::from_secs(30), "{} + {} mails", mails(&one), mails(&two));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(mails(&one) + mails(&two), 120, "{} and {}", mails(&one), mails(&two));
    let mut conn = test.db.read().await.unwrap();
    let twice = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE attempts <> 1";
    assert_eq!(market::fetch_one!(conn, (i64,), twice).unwrap().0, 0, "jobs that were leased more than once");
    drop((conn, workers));
    for folder in [one, two] {
        let _ = std::fs::remove_dir_all(folder);
    }
    test.remove().await;
}

/// How long a connection may ask nothing.
pub const SHORT: Duration = Duration::from_millis(300);

/// The site on a port of its own in this process, with short limits.
pub async fn short_tempered() -> (SocketAddr, watch::Sender<bool>, market::testing::TestDb) {
    let test = fresh_sqlite().await;
    let app = TestApp::new(test.db.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let (stop, stopped) = watch::channel(false);
    let limits = Limits { head: SHORT, idle: SHORT, drain: Duration::from_secs(1), ..Limits::default() };
    tokio::spawn(serve(listener, app.router, limits, stopped));
    (addr, stop, test)
}

/// Waits until the other side hangs up.
pub fn hangs_up(mut stream: TcpStream) -> Duration {
    let since = Instant::now();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut rest = Vec::new();
    let ended = stream.read_to_end(&mut rest);
    assert!(ended.is_ok() || since.elapsed() < Duration::from_secs(4), "the connection stays open");
    since.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_half_a_head_is_cut_off() {
    let (addr, _stop, test) = short_tempered().await;
    tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(addr).unwrap();
        write!(stream, "GET / HTTP/1.1\r\nHos").unwrap();
        assert!(hangs_up(stream) < Duration::from_secs(3));
    })
    .await
    .unwrap();
    test.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_says_anything_is_cut_off() {
    let (addr, _stop, test) = short_tempered().await;
    tokio::task::spawn_blocking(move || {
        let silent = TcpStream::connect(addr).unwrap();
        assert!(hangs_up(silent) < Duration::from_secs(3));
    })
    .await
    .unwrap();
    test.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_nothing_more_is_let_go() {
    let (addr, _stop, test) = short_tempered().await;
    tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(addr).unwrap();
        let mut buffer = [0; 4096];
        // a kept connection lives as long as something is asked in time
        for _ in 0..4 {
            std::thread::sleep(SHORT / 2);
            write!(stream, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
            assert!(stream.read(&mut buffer).unwrap() > 0);
        }
        let waited = hangs_up(stream);
        assert!(waited > SHORT / 2 && waited < Duration::from_secs(3), "{waited:?}");
    })
    .await
    .unwrap();
    test.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn small_answers_on_one_connection_do_not_wait_for_each_other() {
    let (addr, _stop, test) = short_tempered().await;
    tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(addr).unwrap();
        stream.set_nodelay(true).unwrap();
        let since = Instant::now();
        let mut buffer = [0; 4096];
        for _ in 0..20 {
            write!(stream, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
            assert!(stream.read(&mut buffer).unwrap() > 0);
        }
        // twenty delayed acknowledgements would take 800 ms
        assert!(since.elapsed() < Duration::from_millis(600), "{:?}", since.elapsed());
    })
    .await
    .unwrap();
    test.remove().await;
}
