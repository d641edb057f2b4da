//! What uploads cost the running program itself: the memory it held at most, warm and with everything at once.
#![expect(clippy::disallowed_methods, reason = "the test waits for a program beside it")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use market::testing::{fresh_sqlite, test_market};
use uuid::Uuid;

use crate::support::{alone, largest_bomb, largest_webp};

const SLOWEST: Duration = Duration::from_secs(5);
/// The whole process, with its program, its pages, its index and the pictures.
const MOST_MEMORY_KB: u64 = 300 * 1000;

/// A running `server` with its data in a folder of its own; both are gone when dropped.
struct Program {
    child: Child,
    addr: SocketAddr,
    var: PathBuf,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.var);
    }
}

impl Program {
    fn start(database: &str) -> Self {
        let var =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("media/program-{}", std::process::id()));
        fs::create_dir_all(&var).unwrap();
        let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_server"))
            .arg("serve")
            .env("DATABASE_URL", database)
            .env("MARKET_VAR", &var)
            .env("MARKET_ADDR", addr.to_string())
            .env("MARKET_SITE_ROOT", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/http/site"))
            .env("MARKET_LOG", "error")
            .env_remove("MARKET_METRICS_ADDR")
            .current_dir(&var)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let program = Self { child, addr, var };
        let since = Instant::now();
        while !program.get("/readyz", "").is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
            assert!(since.elapsed() < Duration::from_secs(30), "the server does not become ready");
            thread::sleep(Duration::from_millis(50));
        }
        program
    }

    fn get(&self, path: &str, cookie: &str) -> Option<String> {
        request(self.addr, &format!("GET {path}"), cookie, ("text/plain", b""))
    }

    /// Most memory it ever held, or what it holds.
    fn kilobytes(&self, name: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let row = status.lines().find_map(|row| row.strip_prefix(name)).unwrap();
        row.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Waits until its own index answers.
    fn wait_for_index(&self) {
        let since = Instant::now();
        while self.get("/search?q=bolt", "").unwrap().contains("간단한 검색만") {
            assert!(since.elapsed() < Duration::from_mins(2), "the index is not built");
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// Everybody opens its pages.
    fn warm_up(&self, paths: &[&str]) {
        thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    for path in paths.iter().cycle().take(60) {
                        let answer = self.get(path, "").unwrap();
                        assert!(
                            answer.starts_with("HTTP/1.1 200"),
                            "{path}: {}",
                            answer.lines().next().unwrap()
                        );
                    }
                });
            }
        });
    }
}

fn request(addr: SocketAddr, line: &str, cookie: &str, (kind, body): (&str, &[u8])) -> Option<String> {
    let mut stream = TcpStream::connect(addr).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    let head = format!(
        "{line} HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body].concat()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    (!answer.is_empty()).then(|| String::from_utf8_lossy(&answer).into_owned())
}

/// A form with fields and one file, as a browser sends it.
fn form(fields: &[(&str, &str)], input: &str, (name, bytes): (&str, &[u8])) -> Vec<u8> {
    let field = |(field, value): &(&str, &str)| {
        format!("--limit\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n")
    };
    let fields: String = fields.iter().map(field).collect();
    let head = format!(
        "{fields}--limit\r\nContent-Disposition: form-data; name=\"{input}\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    [head.as_bytes(), bytes, b"\r\n--limit--\r\n"].concat()
}

/// Cookie of somebody of the demo.
async fn sign_in(test: &market::testing::TestMarket, email: &str) -> String {
    let cx = test.market.system();
    let mut tx = cx.write().await.unwrap();
    let (id,) = market::fetch_one!(tx, (Uuid,), "SELECT id FROM users WHERE email = $1", email).unwrap();
    let token = market::accounts::sessions::open(&cx, &mut tx, id, "test").await.unwrap();
    tx.commit().await.unwrap();
    format!("session={token}")
}

const PUBLISHED: &str = "SELECT l.id, l.slug FROM listings l JOIN vendor_members m ON m.vendor_id = l.vendor_id \
    JOIN users u ON u.id = m.user_id WHERE u.email = 'vendor@demo.test' AND l.state = 'published' ORDER BY l.slug LIMIT 1";

#[tokio::test(flavor = "multi_thread")]
async fn a_warm_server_takes_the_largest_files_at_once_within_its_memory() {
    let _alone = alone().await;
    let db = fresh_sqlite().await;
    let test = test_market(db.db.clone());
    test.clock.set(market::ports::Clock::now(&market::ports::SystemClock));
    market::seed::seed_demo(&test.market).await.unwrap().unwrap();
    let (vendor, buyer) = (sign_in(&test, "vendor@demo.test").await, sign_in(&test, "buyer@demo.test").await);
    let mut conn = db.db.read().await.unwrap();
    let (id, slug) = market::fetch_one!(conn, (Uuid, String), PUBLISHED).unwrap();
    drop((conn, test));
    db.db.close().await;
    let bomb = crate::archives::bombs().into_iter().find(|(name, _)| name.ends_with("xlsx")).unwrap().1;
    let (picture, webp) = (largest_bomb(), largest_webp());

    let program = Program::start(&db.url);
    let listing = format!("/listings/{slug}");
    let paths = ["/", "/search?q=bolt", "/search?q=%EB%B3%BC%ED%8A%B8", "/categories", "/rfqs", &listing];
    program.wait_for_index();
    program.warm_up(&paths);
    let warm = program.kilobytes("VmRSS:");
    let (gallery, ask) = (format!("/vendor/listings/{id}/images"), format!("{listing}/ask"));
    let question = |n: u128, file: (&str, &[u8])| {
        let key = Uuid::from_u128(n).to_string();
        form(&[("idem", &key), ("quantity", "100"), ("body", "with a file")], "files", file)
    };
    let uploads = [
        (&gallery, &vendor, form(&[], "images", ("largest.png", &picture)), "303"),
        (&ask, &buyer, question(1, ("largest.webp", &webp)), "303"),
        (&ask, &buyer, question(2, ("largest.png", &picture)), "303"),
        (&ask, &buyer, question(3, ("bomb.xlsx", &bomb)), "422"),
    ];
    thread::scope(|scope| {
        for (path, cookie, body, expected) in &uploads {
            let addr = program.addr;
            scope.spawn(move || {
                let started = Instant::now();
                let sent = ("multipart/form-data; boundary=limit", body.as_slice());
                let answer = request(addr, &format!("POST {path}"), cookie, sent).unwrap();
                assert_eq!(answer.split(' ').nth(1), Some(*expected), "{answer}");
                assert!(started.elapsed() <= SLOWEST, "{path} took {:?}", started.elapsed());
            });
        }
        // and everybody goes on looking
        scope.spawn(|| program.warm_up(&paths));
    });
    let most = program.kilobytes("VmHWM:");
    assert!(
        most > warm + 100_000,
        "{most} kB: the pictures were not worked on beside the {warm} kB of before"
    );
    assert!(most <= MOST_MEMORY_KB, "{most} kB at most, {warm} kB before the uploads");
    eprintln!("{warm} kB warm, {most} kB at most");
    drop(program);
    db.remove().await;
}
