//! Streams of running programs: two of them on one database, and one that is told to stop.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

use market::db::Db;
use market::testing::{fresh_postgres, fresh_sqlite, test_market};
use uuid::Uuid;

use crate::processes::{Program, request, scratch, start};

/// Opens the stream of whoever the cookie belongs to.
fn open(addr: SocketAddr, cookie: &str) -> TcpStream {
    let mut stream = TcpStream::connect(addr).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(stream, "GET /events HTTP/1.1\r\nHost: {addr}\r\nCookie: {cookie}\r\n\r\n").unwrap();
    stream
}

/// Reads until `mark` has come; gives how long that took.
fn until(stream: &mut TcpStream, mark: &str) -> Duration {
    let (since, mut read, mut piece) = (Instant::now(), String::new(), [0; 4096]);
    while !read.contains(mark) {
        let length = stream.read(&mut piece).unwrap_or_else(|error| panic!("{mark}: {error} after {read}"));
        assert!(length > 0, "{mark} not in {read}");
        read += &String::from_utf8_lossy(&piece[..length]);
    }
    since.elapsed()
}

/// A person signed in, in the time the programs live in.
async fn somebody(db: &Db) -> (Uuid, String) {
    let test = test_market(db.clone());
    test.clock.set(market::ports::Clock::now(&market::ports::SystemClock));
    let id = test.add_person("reader").await;
    let cx = test.market.system();
    let mut tx = cx.write().await.unwrap();
    let token = market::accounts::sessions::open(&cx, &mut tx, id, "test").await.unwrap();
    tx.commit().await.unwrap();
    (id, format!("session={token}"))
}

const NOTIFICATION: &str = "INSERT INTO notifications (id, user_id, kind, subject_kind, subject_id, data, created_at) \
    VALUES ($1, $2, 'listing_approved', 'listing', $1, '{}', $3)";

#[tokio::test(flavor = "multi_thread")]
async fn what_one_process_does_the_other_tells() {
    let Some(test) = fresh_postgres().await else { return };
    let (id, cookie) = somebody(&test.db).await;
    let cx = test_market(test.db.clone()).market.system();
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, NOTIFICATION, cx.new_id(), id, cx.now()).unwrap();
    tx.commit().await.unwrap();
    let (one, two) = (scratch(), scratch());
    let programs = [start("serve", &test.url, &one), start("serve", &test.url, &two)];
    programs.iter().for_each(Program::wait_until_ready);
    let [here, there] = programs.each_ref().map(|program| program.addr);
    tokio::task::spawn_blocking(move || {
        let mut stream = open(here, &cookie);
        until(&mut stream, "\"unread\":1}");
        // read in the other window, at the other process
        let until_now = format!("until={}", i64::MAX);
        let answer = request(there, "POST", "/notifications", &cookie, &until_now).unwrap();
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
        let took = until(&mut stream, "\"unread\":0}");
        assert!(took < Duration::from_secs(1), "{took:?}");
    })
    .await
    .unwrap();
    drop(programs);
    for folder in [one, two] {
        let _ = std::fs::remove_dir_all(folder);
    }
    test.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_stream_does_not_hold_up_stopping() {
    let test = fresh_sqlite().await;
    let (_, cookie) = somebody(&test.db).await;
    test.db.close().await;
    let var = scratch();
    let mut program = start("serve", &test.url, &var);
    program.wait_until_ready();
    let addr = program.addr;
    let mut stream = tokio::task::spawn_blocking(move || {
        let mut stream = open(addr, &cookie);
        until(&mut stream, "event: hello");
        stream
    })
    .await
    .unwrap();
    let told = Instant::now();
    let told_to_stop = Command::new("kill").args(["-TERM", &program.child.id().to_string()]).status();
    assert!(told_to_stop.unwrap().success());
    tokio::task::spawn_blocking(move || until(&mut stream, "event: bye")).await.unwrap();
    while program.child.try_wait().unwrap().is_none() {
        assert!(told.elapsed() < Duration::from_secs(8), "still running");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let _ = std::fs::remove_dir_all(&var);
    test.remove().await;
}
