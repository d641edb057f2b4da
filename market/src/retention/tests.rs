//! What is let go, and what is not, as the clock turns; on both databases.
#![expect(clippy::unwrap_used, reason = "tests")]

use uuid::Uuid;

use super::{Gone, LINK_DAYS, THREAD_YEARS, UNPROVED_DAYS, links, people, requests, run, threads};
use crate::accounts::access::VendorRole;
use crate::accounts::flow_tests::{PASSWORD, enter, join};
use crate::accounts::model::{ConsentKind, SignUp};
use crate::accounts::service as accounts;
use crate::both_databases;
use crate::cx::Cx;
use crate::db::Db;
use crate::inquiries::service::{ask, confirm_inquiry, reply, thread_view, withdraw};
use crate::inquiries::tests::ground::{Ground, add_vendor, ground, guest, link, words};
use crate::inquiries::together::{BatchDraft, BatchOutcome, ItemDraft, batch_view, send};
use crate::rfqs::{RequestLine, RfqDraft, RfqOutcome, service as rfqs};
use crate::testing::prepare_all;
use crate::time::DAY;

const YEAR: i64 = 365 * DAY;

both_databases!(every_statement_is_understood, |db: Db| async move {
    let single = [
        links::EMPTY,
        links::FORGET,
        threads::OLD,
        threads::TAKE,
        requests::OLD,
        requests::TAKE,
        people::UNPROVED,
        people::TAKE_UNPROVED,
        people::GUESTS,
        people::TAKE_GUEST,
    ];
    let all = single.into_iter().chain(threads::PARTS).chain(threads::FORM).chain(requests::PARTS);
    prepare_all(&db, all).await;
});

async fn turn(g: &Ground) -> Gone {
    let cx = g.t.market.system();
    let gone = run(&cx).await.unwrap();
    assert_eq!(run(&cx).await.unwrap(), Gone::default(), "a second turn finds nothing");
    gone
}

async fn count(g: &Ground, what: &'static str) -> i64 {
    let mut db = g.t.market.system().read().await.unwrap();
    let sql = format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {what}");
    crate::fetch_one!(db, (i64,), sqlx::AssertSqlSafe(sql)).unwrap().0
}

async fn write(g: &Ground, sql: &'static str, id: Uuid) {
    let mut tx = g.t.market.system().write().await.unwrap();
    crate::execute!(tx, sql, id).unwrap();
    tx.commit().await.unwrap();
}

async fn sign_up(g: &Ground, email: &str) {
    let cx = g.t.visitor();
    let form = SignUp {
        email: email.into(),
        name: "김 하나".into(),
        password: PASSWORD.into(),
        consents: vec![ConsentKind::Terms, ConsentKind::Privacy],
        ..SignUp::default()
    };
    accounts::sign_up(&cx, form, cx.new_id()).await.unwrap();
}

both_databases!(a_sign_up_that_nobody_confirms_is_forgotten, |db: Db| async move {
    let g = ground(db).await;
    join(&g.t, "proved@example.test").await;
    sign_up(&g, "never@example.test").await;
    sign_up(&g, "late@example.test").await;
    g.t.clock.advance(3 * DAY);
    // asking for the mail again is another link, with days of its own
    let cx = g.t.visitor();
    accounts::resend_confirmation(&cx, "late@example.test", cx.new_id()).await.unwrap();
    crate::outbox::drain(&g.t.market).await.unwrap();
    assert_eq!(turn(&g).await.people, 0, "the links live");
    g.t.clock.advance((UNPROVED_DAYS - 3) * DAY + 1);
    assert_eq!(turn(&g).await.people, 1);
    assert_eq!(
        count(&g, "users WHERE email = 'never@example.test' OR name = '김 하나' AND closed_at IS NOT NULL")
            .await,
        0
    );
    assert_eq!(count(&g, "users WHERE email = 'late@example.test' AND closed_at IS NULL").await, 1);
    assert_eq!(
        count(&g, "consents c JOIN users u ON u.id = c.user_id WHERE u.closed_at IS NOT NULL").await,
        0
    );
    enter(&g.t, "proved@example.test", PASSWORD).await;
    // the address is free again
    join(&g.t, "never@example.test").await;
    enter(&g.t, "never@example.test", PASSWORD).await;
});

both_databases!(who_has_anything_here_is_not_forgotten, |db: Db| async move {
    let g = ground(db).await;
    let staff = g.t.add_person("staff").await;
    g.t.join(staff, g.vendor, VendorRole::Staff).await;
    let asks = g.t.as_person(g.t.add_person("asks").await).await;
    ask(&asks, g.listing, &words("?"), asks.new_id()).await.unwrap();
    let officer = g.t.add_person("plain").await;
    write(&g, "UPDATE users SET email_confirmed_at = NULL WHERE id <> $1", Uuid::nil()).await;
    write(&g, "DELETE FROM sessions WHERE user_id <> $1", Uuid::nil()).await;
    g.t.clock.advance(UNPROVED_DAYS * DAY + 1);
    // the buyer of the ground asked nothing
    assert_eq!(turn(&g).await.people, 2, "the buyer and the one without anything");
    for (id, closed) in [(staff, 0), (g.owner, 0), (officer, 1)] {
        let mut db = g.t.market.system().read().await.unwrap();
        let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM users WHERE id = $1 AND closed_at IS NOT NULL";
        assert_eq!(crate::fetch_one!(db, (i64,), sql, id).unwrap().0, closed);
    }
});

both_databases!(what_lay_beside_a_link_goes_with_it, |db: Db| async move {
    const TELLING: &str = "one_time_tokens WHERE payload <> '{}'";
    let g = ground(db).await;
    sign_up(&g, "used@example.test").await;
    assert_eq!(count(&g, TELLING).await, 1, "name and digest of the password");
    let mails = g.mails("used").await;
    accounts::confirm_email(&g.t.visitor(), &link(&mails[0], "confirm")).await.unwrap();
    assert_eq!(count(&g, TELLING).await, 0, "used");
    sign_up(&g, "twice@example.test").await;
    sign_up(&g, "twice@example.test").await;
    assert_eq!(count(&g, TELLING).await, 2);
    let token = link(&g.mails("twice").await[0], "confirm");
    accounts::confirm_email(&g.t.visitor(), &token).await.unwrap();
    assert_eq!(count(&g, TELLING).await, 0, "taken back by the other");
    sign_up(&g, "ends@example.test").await;
    g.t.clock.advance(3 * DAY);
    turn(&g).await;
    assert_eq!(count(&g, TELLING).await, 0, "ended");
    assert!(count(&g, "one_time_tokens").await > 0, "a late click is told what happened");
    g.t.clock.advance(LINK_DAYS * DAY + 1);
    assert!(turn(&g).await.links > 0);
    assert_eq!(count(&g, "one_time_tokens").await, 0);
});

const OF_THREADS: [&str; 9] = [
    "threads",
    "messages",
    "message_edits",
    "thread_lines",
    "thread_reads",
    "inquiry_drafts",
    "inquiry_batches",
    "notifications",
    "one_time_tokens",
];

/// A conversation with everything that hangs on one, ended.
async fn ended(g: &Ground) -> Uuid {
    let id = g.asked().await;
    let (buyer, owner) = (g.buyer().await, g.owner().await);
    crate::inquiries::service::edit_message(&buyer, id, 1, "단가와 납기를 알려 주세요").await.unwrap();
    reply(&owner, id, "96원이에요", owner.new_id()).await.unwrap();
    let thread = g.thread(id).await;
    crate::inquiries::service::mark_read(&owner, &thread, 1).await.unwrap();
    g.mails("buyer").await;
    withdraw(&buyer, id, buyer.new_id()).await.unwrap();
    g.mails("owner").await;
    id
}

both_databases!(a_thread_goes_three_years_after_its_end, |db: Db| async move {
    let g = ground(db).await;
    let id = ended(&g).await;
    g.t.clock.advance(THREAD_YEARS * YEAR);
    assert_eq!(turn(&g).await.threads, 0, "a leap day may lie between");
    assert!(thread_view(&g.buyer().await, id).await.is_ok());
    // half of it is nothing: whoever is cut short has done nothing
    let mut tx = g.t.market.system().write().await.unwrap();
    for part in &threads::PARTS[..8] {
        crate::execute!(tx, *part, id).unwrap();
    }
    drop(tx);
    assert_eq!(g.thread(id).await.message_count, 3);
    write(&g, "UPDATE listings SET free_until = 9000000000000000 WHERE id = $1", g.listing).await;
    let open = g.asked().await;
    g.t.clock.advance(2 * DAY);
    assert_eq!(turn(&g).await.threads, 1);
    assert_eq!(count(&g, "threads").await, 1, "the other one is not over");
    assert_eq!(g.thread(open).await.message_count, 1);
    let buyer = g.buyer().await;
    withdraw(&buyer, open, buyer.new_id()).await.unwrap();
    g.mails("owner").await;
    g.t.clock.advance(THREAD_YEARS * YEAR + 2 * DAY);
    assert_eq!(turn(&g).await.threads, 1);
    for table in OF_THREADS {
        assert_eq!(count(&g, table).await, 0, "{table}");
    }
});

both_databases!(a_form_goes_with_the_last_of_its_threads, |db: Db| async move {
    let g = ground(db).await;
    let (_, other) = add_vendor(&g.t, "other").await;
    let item = |listing_id| ItemDraft { listing_id, quantity: "1".into(), ..ItemDraft::default() };
    let common = crate::inquiries::InquiryDraft { quantity: String::new(), ..words("?") };
    let buyer = g.buyer().await;
    let form = BatchDraft { common, items: vec![item(g.listing), item(other)] };
    let BatchOutcome::Sent(batch) = send(&buyer, &form, buyer.new_id()).await.unwrap() else { return };
    let threads = batch_view(&buyer, batch).await.unwrap().threads;
    withdraw(&buyer, threads[0].id, buyer.new_id()).await.unwrap();
    g.t.clock.advance(10 * DAY);
    let buyer = g.buyer().await;
    withdraw(&buyer, threads[1].id, buyer.new_id()).await.unwrap();
    g.t.clock.advance(THREAD_YEARS * YEAR - 5 * DAY);
    assert_eq!((turn(&g).await.threads, count(&g, "inquiry_batches").await), (1, 1));
    assert_eq!(batch_view(&g.buyer().await, batch).await.unwrap().threads.len(), 1);
    g.t.clock.advance(10 * DAY);
    assert_eq!((turn(&g).await.threads, count(&g, "inquiry_batches").await), (1, 0));
});

both_databases!(a_guest_goes_with_the_last_inquiry, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    ask(&cx, g.listing, &guest("단가를 알려 주세요", "guest@example.test"), cx.new_id()).await.unwrap();
    let token = link(&g.mails("guest").await[0], "confirm-inquiry");
    let confirmed = confirm_inquiry(&cx, &token).await.unwrap();
    let link = crate::inquiries::links::open_link(&cx, &confirmed.link).await.unwrap();
    withdraw(&link.cx, confirmed.thread_id, cx.new_id()).await.unwrap();
    let kept = "users WHERE email = 'guest@example.test' AND name = '김구매'";
    g.t.clock.advance(THREAD_YEARS * YEAR);
    turn(&g).await;
    assert_eq!(count(&g, kept).await, 1);
    g.t.clock.advance(2 * DAY);
    let gone = turn(&g).await;
    assert_eq!((gone.threads, count(&g, kept).await), (1, 0));
    assert_eq!(count(&g, "users WHERE email LIKE 'guest@%' OR name = '김구매'").await, 0);
});

fn request() -> RfqDraft {
    let line = RequestLine { item: "육각볼트".into(), quantity: "2000".into(), ..RequestLine::default() };
    RfqDraft {
        title: "육각볼트".into(),
        lines: vec![line],
        category: "fasteners.bolts.hex".into(),
        visibility: "public".into(),
        agreed: true,
        ..RfqDraft::default()
    }
}

async fn requested(cx: &Cx) -> Uuid {
    let RfqOutcome::Sent(id) = rfqs::submit(cx, &request(), cx.new_id()).await.unwrap() else {
        return Uuid::nil();
    };
    id
}

both_databases!(a_request_goes_three_years_after_its_end, |db: Db| async move {
    let g = ground(db).await;
    let buyer = g.buyer().await;
    let id = requested(&buyer).await;
    let waits = requested(&buyer).await;
    rfqs::close(&buyer, id, "not_needed", buyer.new_id()).await.unwrap();
    g.t.clock.advance(THREAD_YEARS * YEAR);
    assert_eq!(turn(&g).await.requests, 0);
    g.t.clock.advance(2 * DAY);
    assert_eq!(turn(&g).await.requests, 1);
    assert_eq!(count(&g, "rfqs").await, 1, "what waits for a curator is not over");
    assert!(rfqs::rfq_view(&g.buyer().await, waits).await.is_ok());
});
