//! Live on both databases: told once, in order, to whom it concerns, and to nobody else.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;
use std::time::Duration;

use uuid::Uuid;

use super::hub::MOST_STREAMS;
use super::{Event, Feed, Told, append, follow, log};
use crate::accounts::access::VendorRole;
use crate::both_databases;
use crate::cx::{Cx, Market};
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::service::{ask, mark_read, reply, thread_view};
use crate::inquiries::{AskOutcome, InquiryDraft};
use crate::testing::{TestMarket, prepare_all, test_market};
use crate::time::DAY;

const NEW_VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, 'gaon', '1', 'approved', '가온', '', '', '11', '', '', '', '', '', 'active', $2, $2, 1)";
const NEW_LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, \
    specs, unit, price_kind, price_currency, price_tiers, origin, hs_code, part_number, created_at, updated_at, published_at, free_until, version) \
    VALUES ($1, $2, 'bolt', 'published', 'bolts', '육각볼트', '', '', '', '[]', '개', 'negotiable', 'KRW', '[]', '', '', '', $3, $3, $3, $4, 1)";

struct Talk {
    t: TestMarket,
    thread: Uuid,
    buyer: Uuid,
    staff: Uuid,
}

async fn talk(db: Db) -> Talk {
    let t = test_market(db);
    let (buyer, staff) = (t.add_person("buyer").await, t.add_person("staff").await);
    let cx = t.market.system();
    let (vendor, listing, now) = (cx.new_id(), cx.new_id(), cx.now());
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, NEW_VENDOR, vendor, now).unwrap();
    crate::execute!(tx, NEW_LISTING, listing, vendor, now, now.plus(90 * DAY)).unwrap();
    tx.commit().await.unwrap();
    t.join(staff, vendor, VendorRole::Staff).await;
    let cx = t.as_person(buyer).await;
    let draft = InquiryDraft { body: "안녕하세요".into(), ..InquiryDraft::default() };
    let AskOutcome::Thread(thread) = ask(&cx, listing, &draft, cx.new_id()).await.unwrap() else { panic!() };
    Talk { t, thread, buyer, staff }
}

impl Talk {
    async fn buyer(&self) -> Cx {
        self.t.as_person(self.buyer).await
    }

    async fn staff(&self) -> Cx {
        self.t.as_person(self.staff).await
    }

    async fn says(&self, cx: &Cx, words: &str) {
        reply(cx, self.thread, words, cx.new_id()).await.unwrap();
    }
}

async fn told(feed: &mut Feed) -> Told {
    tokio::time::timeout(Duration::from_secs(5), feed.next()).await.unwrap().unwrap().unwrap()
}

async fn nothing(feed: &mut Feed) {
    let waited = tokio::time::timeout(Duration::from_millis(400), feed.next()).await;
    assert!(waited.is_err(), "{waited:?}");
}

async fn hello(cx: &Cx, after: Option<&str>) -> (Feed, String, bool) {
    let mut feed = follow(cx, after).await.unwrap();
    let Told::Hello { at, missed, .. } = told(&mut feed).await else { panic!() };
    (feed, at, missed)
}

async fn message(feed: &mut Feed) -> (String, i64, i64) {
    match told(feed).await {
        Told::Message { at, seq, unread, .. } => (at, seq, unread),
        other => panic!("{other:?}"),
    }
}

both_databases!(every_statement_prepares, |db: Db| async move {
    let statements = [
        log::NEXT,
        log::HEAD,
        log::HEAD_AND_EPOCH,
        log::BEGIN_EPOCH,
        log::APPEND,
        log::CONCERNED,
        log::FOR_PERSON,
        log::OLDEST,
        log::PURGE,
        crate::accounts::sessions::IS_LIVE,
    ];
    prepare_all(&db, statements).await;
});

both_databases!(a_message_is_told_to_both_sides_and_to_nobody_else, |db: Db| async move {
    let talk = talk(db).await;
    let (buyer, staff) = (talk.buyer().await, talk.staff().await);
    let stranger = talk.t.add_person("stranger").await;
    let stranger = talk.t.as_person(stranger).await;
    let (mut to_buyer, ..) = hello(&buyer, None).await;
    let (mut to_staff, ..) = hello(&staff, None).await;
    let (mut to_stranger, ..) = hello(&stranger, None).await;
    talk.says(&staff, "네, 있어요").await;
    assert_eq!(message(&mut to_buyer).await, (message(&mut to_staff).await.0, 2, 1));
    nothing(&mut to_stranger).await;
    // reading lowers the number in every window of the reader, and in no other
    let view = thread_view(&buyer, talk.thread).await.unwrap();
    mark_read(&buyer, &view.thread, 2).await.unwrap();
    assert!(matches!(told(&mut to_buyer).await, Told::Bell { unread: 0, .. }));
    nothing(&mut to_staff).await;
});

both_databases!(who_comes_back_is_told_what_they_missed, |db: Db| async move {
    let talk = talk(db).await;
    let (buyer, staff) = (talk.buyer().await, talk.staff().await);
    let (feed, at, missed) = hello(&buyer, None).await;
    assert!(!missed);
    drop(feed);
    talk.says(&staff, "하나").await;
    talk.says(&staff, "둘").await;
    let (mut feed, _, missed) = hello(&buyer, Some(&at)).await;
    assert!(!missed);
    assert_eq!(message(&mut feed).await.1, 2);
    let (at, seq, _) = message(&mut feed).await;
    assert_eq!(seq, 3);
    nothing(&mut feed).await;
    // nothing is told twice
    let (mut again, ..) = hello(&buyer, Some(&at)).await;
    nothing(&mut again).await;
    // a position of another life of the database, of the future, or of no kind says: look anew
    for strange in ["abc.1", &format!("{}.999999", at.split_once('.').unwrap().0), "nonsense"] {
        assert!(hello(&buyer, Some(strange)).await.2, "{strange}");
    }
    // what is older than the log is missed, not skipped silently
    let (_, first, _) = hello(&buyer, None).await;
    talk.says(&staff, "셋").await;
    talk.t.clock.advance(4 * DAY);
    let mut tx = buyer.write().await.unwrap();
    log::purge(&mut tx, talk.t.market.now()).await.unwrap();
    tx.commit().await.unwrap();
    let buyer = talk.buyer().await;
    assert!(hello(&buyer, Some(&first)).await.2);
});

both_databases!(membership_is_asked_when_it_is_told, |db: Db| async move {
    let talk = talk(db).await;
    let (buyer, staff) = (talk.buyer().await, talk.staff().await);
    let (mut to_staff, at, _) = hello(&staff, None).await;
    let mut tx = buyer.write().await.unwrap();
    crate::execute!(tx, "DELETE FROM vendor_members").unwrap();
    tx.commit().await.unwrap();
    talk.says(&buyer, "아직 계신가요").await;
    nothing(&mut to_staff).await;
    let (mut replayed, ..) = hello(&staff, Some(&at)).await;
    nothing(&mut replayed).await;
});

/// A second process on the same database.
fn beside(market: &Market) -> Market {
    Market::new(market.db().clone(), market.ports().clone(), market.settings().clone())
}

both_databases!(two_processes_tell_each_others_events, |db: Db| async move {
    let talk = talk(db).await;
    let other = beside(&talk.t.market);
    let buyer = Cx { market: other.clone(), ..talk.buyer().await };
    let (mut feed, ..) = hello(&buyer, None).await;
    for n in 2..6 {
        talk.says(&talk.staff().await, "여기는 다른 서버").await;
        assert_eq!(message(&mut feed).await.1, n);
    }
});

both_databases!(many_writers_leave_no_gap_and_no_double, |db: Db| async move {
    let talk = talk(db).await;
    let cx = talk.t.market.system();
    let (mut feed, ..) = hello(&talk.buyer().await, None).await;
    let before = log::head(&mut cx.read().await.unwrap()).await.unwrap();
    let writers = (0..8).map(|writer| {
        let (cx, thread) = (cx.clone(), talk.thread);
        tokio::spawn(async move {
            for n in 0..10_i64 {
                let mut tx = cx.write().await.unwrap();
                let seq = 100 + writer * 10 + n;
                append(&cx, &mut tx, Event::Message { thread, seq }).await.unwrap();
                tokio::task::yield_now().await;
                // every fourth one changes its mind
                if n % 4 != 3 {
                    tx.commit().await.unwrap();
                }
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let (mut seen, mut last) = (BTreeSet::new(), before);
    for _ in 0..64 {
        let (at, seq, _) = message(&mut feed).await;
        let pos: i64 = at.split_once('.').unwrap().1.parse().unwrap();
        assert_eq!(pos, last + 1, "without gaps");
        last = pos;
        assert!(seen.insert(seq), "{seq} twice");
    }
    nothing(&mut feed).await;
});

both_databases!(streams_are_limited_and_end_with_the_process, |db: Db| async move {
    let talk = talk(db).await;
    let buyer = talk.buyer().await;
    let mut feeds = Vec::new();
    for _ in 0..MOST_STREAMS {
        feeds.push(hello(&buyer, None).await.0);
    }
    let one_more = follow(&buyer, None).await.err().unwrap();
    assert!(matches!(one_more.kind, ErrorKind::TooMany { .. }));
    drop(feeds.pop());
    let mut feed = hello(&buyer, None).await.0;
    let live = talk.t.market.live();
    assert_eq!(live.streams(), MOST_STREAMS);
    live.close();
    assert_eq!(told(&mut feed).await, Told::Bye);
    assert_eq!(feed.next().await.unwrap(), None);
    assert_eq!(follow(&buyer, None).await.err().unwrap().kind, ErrorKind::Unavailable);
    assert_eq!(follow(&talk.t.visitor(), None).await.err().unwrap().kind, ErrorKind::NotSignedIn);
    drop((feed, feeds));
    assert_eq!(live.streams(), 0);
});
