//! The program from the outside: its commands, where its settings come from, its logs, its metrics, HTTP/2, and many of it
//! starting at once.
#![expect(clippy::disallowed_methods, reason = "threads of the test wait for a program beside it")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use market::db::Db;
use market::testing::{fresh_postgres, fresh_sqlite};

use crate::processes::{Program, free_addr, post_mails, request, scratch, start_with};

const SITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/http/site");

/// One command, to its end.
fn run(arguments: &[&str], database: &str, var: &Path) -> Output {
    command(arguments, database, var).output().unwrap()
}

fn command(arguments: &[&str], database: &str, var: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
    command
        .args(arguments)
        .env("DATABASE_URL", database)
        .env("MARKET_VAR", var)
        .env("MARKET_SITE_ROOT", SITE)
        .env("MARKET_LOG", "error")
        .env_remove("MARKET_ADDR")
        .env_remove("MARKET_METRICS_ADDR")
        .current_dir(var)
        .stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_database_is_brought_up_to_date_and_looked_at_by_commands() {
    let var = scratch();
    let database = format!("sqlite://{}", var.join("market.db").display());
    let status = run(&["migrate", "--status"], &database, &var);
    assert!(status.status.success(), "{status:?}");
    assert!(said(&status).contains("pending") && !said(&status).contains("applied"), "{}", said(&status));
    assert!(!var.join("market.db").exists(), "looking makes no database");
    let migrated = run(&["migrate"], &database, &var);
    assert!(migrated.status.success(), "{migrated:?}");
    let status = said(&run(&["migrate", "--status"], &database, &var));
    assert!(status.contains("0001 foundations") && !status.contains("pending"), "{status}");
    let rebuilt = run(&["reindex"], &database, &var);
    assert!(rebuilt.status.success(), "{rebuilt:?}");
    let doctor = run(&["doctor"], &database, &var);
    assert!(doctor.status.success(), "{}", said(&doctor));
    for part in ["config", "site", "database", "search", "mail", "media", "scanner"] {
        assert!(said(&doctor).lines().any(|line| line.starts_with(&format!("ok    {part}"))), "{part}");
    }
    let _ = std::fs::remove_dir_all(&var);
}

#[test]
fn the_doctor_names_each_part_that_is_wrong() {
    let var = scratch();
    let database = format!("sqlite://{}", var.join("nowhere").join("market.db").display());
    let doctor = command(&["doctor"], &database, &var)
        .env("MARKET_SITE_ROOT", var.join("no-site"))
        .env("MARKET_SMTP_URL", "smtp://127.0.0.1:1")
        .env("MARKET_MAIL_FROM", "market@example.test")
        .env("CLAMD_ADDR", "127.0.0.1:1")
        .env("MARKET_MAX_CONNECTIONS", "many")
        .output()
        .unwrap();
    assert!(!doctor.status.success());
    for part in ["config     MARKET_MAX_CONNECTIONS", "site", "database", "mail", "scanner"] {
        let wrong = said(&doctor).lines().any(|line| line.starts_with(&format!("WRONG {part}")));
        assert!(wrong, "{part}: {}", said(&doctor));
    }
    assert!(said(&doctor).contains("ok    media"), "one fault hides no other: {}", said(&doctor));
    let _ = std::fs::remove_dir_all(&var);
}

/// Whether a program that was started answers at `addr`.
fn answers(addr: std::net::SocketAddr) -> bool {
    let since = Instant::now();
    while since.elapsed() < Duration::from_secs(15) {
        if request(addr, "GET", "/livez", "", "").is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(30));
    }
    false
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let var = scratch();
    let database = format!("sqlite://{}", var.join("market.db").display());
    let (file, environment, flag) = (free_addr(), free_addr(), free_addr());
    std::fs::write(var.join("market.toml"), format!("addr = \"{file}\"\n")).unwrap();
    let listening = |arguments: &[&str], set: Option<String>, addr| {
        let mut command = command(arguments, &database, &var);
        if let Some(set) = set {
            command.env("MARKET_ADDR", set);
        }
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let program = Program { child, addr };
        answers(program.addr)
    };
    assert!(listening(&["serve", "--no-worker"], None, file), "the file is read");
    assert!(listening(&["serve", "--no-worker"], Some(environment.to_string()), environment));
    let flagged = ["serve", "--no-worker", "--addr", &flag.to_string()];
    assert!(listening(&flagged, Some(environment.to_string()), flag));
    // a key nobody knows is a slip of the hand, not a setting
    std::fs::write(var.join("market.toml"), "adr = \"127.0.0.1:1\"\n").unwrap();
    let refused = run(&["migrate", "--status"], &database, &var);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("adr"), "{refused:?}");
    let _ = std::fs::remove_dir_all(&var);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_a_worker_leaves_the_work_to_others() {
    let test = fresh_sqlite().await;
    post_mails(&test.db, 3).await;
    let var = scratch();
    let addr = free_addr();
    let child = command(&["serve", "--no-worker", "--addr", &addr.to_string()], &test.url, &var)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let program = Program { child, addr };
    program.wait_until_ready();
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(tried(&test.db).await, 0, "no mail is touched");
    drop(program);
    let worker = start_with("worker", &test.url, &var, &[]);
    let since = Instant::now();
    while tried(&test.db).await < 3 {
        assert!(since.elapsed() < Duration::from_secs(20), "the worker does it");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    drop(worker);
    let _ = std::fs::remove_dir_all(&var);
    test.remove().await;
}

async fn tried(db: &Db) -> i64 {
    let mut conn = db.read().await.unwrap();
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE attempts > 0";
    market::fetch_one!(conn, (i64,), sql).unwrap().0
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_stand_on_a_port_of_their_own() {
    let test = fresh_sqlite().await;
    let (var, metrics, addr) = (scratch(), free_addr(), free_addr());
    post_mails(&test.db, 3).await;
    let child = command(&["serve", "--no-worker"], &test.url, &var)
        .env("MARKET_METRICS_ADDR", metrics.to_string())
        .env("MARKET_ADDR", addr.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let program = Program { child, addr };
    program.wait_until_ready();
    request(program.addr, "GET", "/about", "", "").unwrap();
    let since = Instant::now();
    let figures = loop {
        let figures = request(metrics, "GET", "/metrics", "", "").unwrap();
        if figures.contains("jobs_waiting") || since.elapsed() > Duration::from_secs(10) {
            break figures;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert!(figures.starts_with("HTTP/1.1 200"), "{figures}");
    let known = [
        "http_requests_total{status=\"2xx\"}",
        "http_request_duration_seconds_bucket",
        "jobs_waiting 3",
        "jobs_dead 0",
        "jobs_oldest_wait_seconds",
    ];
    for name in known {
        assert!(figures.contains(name), "{name}: {figures}");
    }
    let public = request(program.addr, "GET", "/metrics", "", "").unwrap();
    assert!(public.starts_with("HTTP/1.1 404"), "{public}");
    drop(program);
    let _ = std::fs::remove_dir_all(&var);
    test.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn log_lines_are_json_and_hold_no_secret() {
    let test = fresh_sqlite().await;
    let (var, addr) = (scratch(), free_addr());
    let log = var.join("log");
    let child = command(&["serve", "--no-worker", "--addr", &addr.to_string()], &test.url, &var)
        .env("MARKET_LOG", "info")
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let program = Program { child, addr };
    program.wait_until_ready();
    request(addr, "GET", "/reset/a-secret-of-a-mail?q=asked-in-private", "session=a-cookie", "").unwrap();
    request(addr, "POST", "/sign-in", "", "email=someone%40example.test&password=a-password").unwrap();
    drop(program);
    let written = std::fs::read_to_string(&log).unwrap();
    let lines: Vec<serde_json::Value> =
        written.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect();
    let asked = lines.iter().find(|line| line["http.path"] == "/reset/").expect("a line of the request");
    assert_eq!(asked["http.method"], "GET");
    assert!(asked["request.id"].as_str().is_some_and(|id| id.len() == 32), "{asked}");
    for secret in ["a-secret", "asked-in-private", "a-cookie", "someone", "a-password"] {
        assert!(!written.contains(secret), "{secret}");
    }
    let _ = std::fs::remove_dir_all(&var);
    test.remove().await;
}

/// How HTTP/2 begins with prior knowledge (RFC 9113, section 3.4), empty SETTINGS, and one GET of `/livez` as stream 1:
/// `:method GET`, `:scheme http`, `:path /livez`, `:authority x` (RFC 7541, appendix A).
const GET_LIVEZ: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\
    \0\0\0\x04\0\0\0\0\0\
    \0\0\x0d\x01\x05\0\0\0\x01\x82\x86\x44\x06/livez\x41\x01x";

#[tokio::test(flavor = "multi_thread")]
async fn http_2_is_spoken_without_encryption() {
    let (addr, _stop, test) = crate::processes::short_tempered().await;
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(addr).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        stream.write_all(GET_LIVEZ).unwrap();
        let mut answer = Vec::new();
        // the server hangs up on who asks nothing more
        let _ = stream.read_to_end(&mut answer);
        answer
    })
    .await
    .unwrap();
    let mut rest = answer.as_slice();
    let (mut status, mut body) = (None, Vec::new());
    while let [a, b, c, kind, _flags, _, _, _, stream, ..] = *rest {
        let length = usize::from(a) << 16 | usize::from(b) << 8 | usize::from(c);
        let content = &rest[9..9 + length];
        match (kind, stream) {
            (1, 1) => status = content.first().copied(),
            (0, 1) => body.extend_from_slice(content),
            _ => {}
        }
        rest = &rest[9 + length..];
    }
    assert_eq!(status, Some(0x88), "`:status 200` is entry 8 of the static table");
    assert_eq!(body, b"ok");
    test.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stops_in_the_middle_of_a_body_is_answered_and_let_go() {
    let (addr, _stop, test) = crate::processes::short_tempered().await;
    tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(addr).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        write!(
            stream,
            "POST /sign-in HTTP/1.1\r\nHost: {addr}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nemail="
        )
        .unwrap();
        let since = Instant::now();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(since.elapsed() < Duration::from_secs(35), "the connection stays open");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    })
    .await
    .unwrap();
    test.remove().await;
}

/// Several programs bring the same empty database up to date at once.
fn all_migrate(database: &str) {
    let var = scratch();
    let start = || {
        command(&["migrate"], database, &var).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let programs: Vec<_> = (0..5).map(|_| start()).collect();
    for program in programs {
        let output = program.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        assert!(!said(&output).contains("pending"), "{}", said(&output));
    }
    let _ = std::fs::remove_dir_all(&var);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_start_on_one_empty_database() {
    let folder = scratch();
    let sqlite = format!("sqlite://{}", folder.join("market.db").display());
    tokio::task::spawn_blocking(move || all_migrate(&sqlite)).await.unwrap();
    let _ = std::fs::remove_dir_all(&folder);
    let Some(test) = fresh_postgres().await else { return };
    let mut tx = test.db.write().await.unwrap();
    for emptied in ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"] {
        market::execute!(tx, emptied).unwrap();
    }
    tx.commit().await.unwrap();
    let url = test.url.clone();
    tokio::task::spawn_blocking(move || all_migrate(&url)).await.unwrap();
    test.remove().await;
}
