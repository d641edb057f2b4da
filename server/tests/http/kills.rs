//! The program killed while people write: what was acknowledged is there, whole, and nothing else is.
#![expect(clippy::disallowed_methods, reason = "threads of the test wait for a program beside it")]

use std::collections::BTreeSet;
use std::time::Duration;

use market::accounts::access::VendorRole;
use market::db::Db;
use market::testing::fresh_sqlite;
use market::time::DAY;

use crate::inquiries::listed;
use crate::processes::{Program, request, scratch, sign_in, start, status, today};

const NAME: &str = "SELECT name FROM users WHERE email = 'writer@example.test'";
const WRITES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_log WHERE actor_kind = 'user' AND action = 'account.change_profile'";
const ASKED: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_log WHERE actor_kind = 'user' AND action = 'thread.ask'";
const THREADS: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM threads WHERE state = 'waiting_vendor' AND message_count = 1";
const WORDS: &str = "SELECT body FROM messages WHERE seq = 1 AND side = 'buyer'";
const MAILS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE topic = 'inquiries.tell_vendor'";
/// How often somebody asks is not what is asked here.
const FORGIVE: &str = "DELETE FROM throttle_windows";
/// Buyers who ask by turns, and products, of one vendor, each of which four of them ask about.
const BUYERS: u64 = 24;
const PRODUCTS: u64 = 6;

/// Who writes: into the account, and to the vendor.
#[derive(Clone)]
struct Writers {
    account: String,
    buyers: Vec<String>,
}

/// What was acknowledged, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Written {
    names: u64,
    questions: u64,
}

/// A vendor with its products and owner, and buyers the site has known for long.
async fn writers(db: &Db) -> Writers {
    let app = today(db);
    let now = app.test.market.now();
    let writer = app.test.add_person("writer").await;
    let account = sign_in(&app, writer).await;
    let vendor = listed(&app, "bolt0").await;
    app.colleague("owner", vendor, VendorRole::Owner).await;
    let mut tx = app.test.market.system().write().await.unwrap();
    for n in 1..PRODUCTS {
        let copy = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, specs, unit, \
            price_kind, price_currency, price_tiers, moq, origin, hs_code, part_number, created_at, updated_at, published_at, free_until, version) \
            SELECT $1, vendor_id, $2, state, category, title_ko, title_en, description_ko, description_en, specs, unit, \
            price_kind, price_currency, price_tiers, moq, origin, hs_code, part_number, created_at, updated_at, published_at, free_until, version \
            FROM listings WHERE slug = 'bolt0'";
        market::execute!(tx, copy, app.test.market.system().new_id(), format!("bolt{n}")).unwrap();
    }
    tx.commit().await.unwrap();
    let mut buyers = Vec::new();
    for n in 0..BUYERS {
        app.test.clock.set(now.plus(-40 * DAY));
        let id = app.test.add_person(&format!("buyer{n}")).await;
        app.test.clock.set(now);
        buyers.push(sign_in(&app, id).await);
    }
    Writers { account, buyers }
}

/// Changes a name and asks a vendor by turns, as fast as the server answers, until it is killed.
fn write_until_killed(mut program: Program, writers: Writers, from: Written, after: Duration) -> Written {
    let addr = program.addr;
    let writer = std::thread::spawn(move || {
        let mut done = from;
        loop {
            let body = format!("name=n{}&phone=&company=&lang=ko", done.names + 1);
            match request(addr, "POST", "/account", &writers.account, &body) {
                Some(answer) if status(&answer) == "303" => done.names += 1,
                Some(answer) => panic!("{answer}"),
                None => return done,
            }
            let next = done.questions + 1;
            let buyer = &writers.buyers[usize::try_from(next % BUYERS).unwrap()];
            let (path, key) =
                (format!("/listings/bolt{}/ask", next % PRODUCTS), uuid::Uuid::from_u128(next.into()));
            let body = format!("idem={key}&quantity=100&body=q{next}");
            match request(addr, "POST", &path, buyer, &body) {
                Some(answer) if status(&answer) == "303" => done.questions += 1,
                Some(answer) => panic!("{answer}"),
                None => return done,
            }
        }
    });
    std::thread::sleep(after);
    program.child.kill().unwrap();
    program.child.wait().unwrap();
    writer.join().unwrap()
}

/// What is stored after a kill; each piece of it is there as often as every other.
async fn stored(url: &str, kill: u64) -> Written {
    let db = Db::connect(url, 1).await.unwrap();
    let mut conn = db.read().await.unwrap();
    let (name,) = market::fetch_one!(conn, (String,), NAME).unwrap();
    let names: u64 = name.trim_start_matches('n').parse().unwrap_or(0);
    let words = market::fetch_all!(conn, (String,), WORDS).unwrap();
    let numbers: BTreeSet<u64> =
        words.iter().map(|(body,)| body.strip_prefix('q').unwrap().parse().unwrap()).collect();
    let questions = u64::try_from(numbers.len()).unwrap();
    assert!(numbers.into_iter().eq(1..=questions), "kill {kill}: a question is missing");
    for (sql, count, what) in [
        (WRITES, names, "the audit log knows every write and no other"),
        (ASKED, questions, "the audit log knows every question and no other"),
        (THREADS, questions, "each question has its thread"),
        (MAILS, questions, "and the mail that tells the vendor"),
    ] {
        let found = u64::try_from(market::fetch_one!(conn, (i64,), sql).unwrap().0).unwrap();
        assert_eq!(found, count, "kill {kill}: {what}");
    }
    assert_eq!(words.len() as u64, questions, "kill {kill}: one message each");
    drop(conn);
    let mut tx = db.write().await.unwrap();
    market::execute!(tx, FORGIVE).unwrap();
    tx.commit().await.unwrap();
    db.close().await;
    Written { names, questions }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_by_twenty_kills() {
    let test = fresh_sqlite().await;
    let writers = writers(&test.db).await;
    test.db.close().await;
    let var = scratch();
    let mut written = Written { names: 0, questions: 0 };
    for kill in 0..20u64 {
        let program = start("serve", &test.url, &var);
        program.wait_until_ready();
        let (writers, before) = (writers.clone(), written);
        // at a different moment each time
        let after = Duration::from_millis(80 + 23 * kill);
        let acknowledged =
            tokio::task::spawn_blocking(move || write_until_killed(program, writers, before, after))
                .await
                .unwrap();
        written = stored(&test.url, kill).await;
        let kept = written.names >= acknowledged.names && written.questions >= acknowledged.questions;
        assert!(kept, "kill {kill}: {acknowledged:?}, but {written:?} stored");
        // one of the two may have been on its way
        let more = written.names + written.questions - acknowledged.names - acknowledged.questions;
        assert!(more <= 1, "kill {kill}: {acknowledged:?}, but {written:?} stored");
    }
    assert!(written.names > 20 && written.questions > 20, "only {written:?}: the test proves nothing");
    let _ = std::fs::remove_dir_all(&var);
    test.remove().await;
}
