//! Migrations that fill what they add from rows that are there already, on a database that has such rows.
#![expect(clippy::unwrap_used, reason = "tests")]

use uuid::Uuid;

use super::Db;
use crate::testing::{empty_postgres, empty_sqlite};

const USER: &str = "INSERT INTO users (id, email, name, lang, created_at, updated_at, is_demo) VALUES ($1, $2, 'a', 'ko', 0, 0, $3)";
const VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, 'gaon', '1234567891', 'approved', 'g', 'g', '', '11', '', '', '', '', '', 'active', 0, 0, 1)";
const LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, specs, unit, \
    price_kind, price_currency, price_tiers, origin, hs_code, part_number, created_at, updated_at, published_at, free_until, version) \
    VALUES ($1, $2, $3, $4, 'bolts', 'b', 'b', '', '', '[]', '', 'negotiable', 'KRW', '[]', '', '', '', 0, 0, 0, $5, 1)";
const SEARCH: &str = "INSERT INTO saved_searches (id, user_id, address, title, question, lang, mark, created_at) VALUES ($1, $2, $3, '', '', 'ko', 0, 0)";
const MAILING: &str =
    "INSERT INTO alert_mailings (id, user_id, day, created_at, sent_at) VALUES ($1, $2, $3, 0, $4)";
const MATCH: &str = "INSERT INTO saved_search_matches (search_id, listing_id, matches, known, mailing_id) VALUES ($1, $2, $3, $3, $4)";

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Two people; one was told of a listing by two of their questions, and waits for a mail about another.
async fn before_told_and_whole_seconds(db: &Db) {
    let mut tx = db.write().await.unwrap();
    crate::execute!(tx, VENDOR, id(1)).unwrap();
    for (number, state, until) in [
        (10, "published", Some(5_000_001_i64)),
        (11, "published", Some(7_000_000)),
        (12, "expired", Some(2_999_999)),
        (13, "draft", None),
    ] {
        crate::execute!(tx, LISTING, id(number), id(1), format!("l{number}"), state, until).unwrap();
    }
    for user in [20, 21] {
        crate::execute!(tx, USER, id(user), format!("{user}@example.test"), false).unwrap();
    }
    for (number, user, day, sent) in [(30, 20, 1, Some(1_i64)), (31, 20, 2, None), (32, 21, 1, Some(9))] {
        crate::execute!(tx, MAILING, id(number), id(user), i64::from(day), sent).unwrap();
    }
    for (number, user) in [(40, 20), (41, 20), (42, 21)] {
        crate::execute!(tx, SEARCH, id(number), id(user), format!("/search?q={number}")).unwrap();
    }
    for (search, listing, mailing) in [
        (40, 10, Some(30)),
        (41, 10, Some(30)),
        (40, 11, Some(31)),
        (41, 12, None),
        (42, 10, Some(32)),
        (42, 11, Some(32)),
    ] {
        crate::execute!(tx, MATCH, id(search), id(listing), true, mailing.map(id)).unwrap();
    }
    tx.commit().await.unwrap();
}

async fn what_was_there_is_filled_in(db: &Db) {
    db.migrate_to(25).await.unwrap();
    assert!(!db.is_migrated().await.unwrap());
    before_told_and_whole_seconds(db).await;
    db.migrate().await.unwrap();
    assert!(db.is_migrated().await.unwrap());
    let mut conn = db.read().await.unwrap();
    let told = "SELECT user_id, listing_id, mailing_id FROM alert_told ORDER BY user_id, listing_id";
    let told = crate::fetch_all!(conn, (Uuid, Uuid, Uuid), told).unwrap();
    let all = [(20, 10, 30), (21, 10, 32), (21, 11, 32)];
    assert_eq!(told, all.map(|(user, listing, mailing)| (id(user), id(listing), id(mailing))));
    let ends = "SELECT id, free_until FROM listings ORDER BY id";
    let ends = crate::fetch_all!(conn, (Uuid, Option<i64>), ends).unwrap();
    let whole = [(10, Some(5_000_000)), (11, Some(7_000_000)), (12, Some(2_000_000)), (13, None)];
    assert_eq!(ends, whole.map(|(listing, until)| (id(listing), until)));
    let changed = crate::fetch_all!(conn, (Uuid, i64), "SELECT listing_id, at FROM search_changes").unwrap();
    // only what a stranger may see, and at a moment of today in microseconds
    assert!(matches!(changed[..], [(listing, at)] if listing == id(10) && at > 1_700_000_000_000_000));
}

#[tokio::test]
async fn told_and_whole_seconds_sqlite() {
    let test = empty_sqlite().await;
    what_was_there_is_filled_in(&test.db).await;
    test.remove().await;
}

#[tokio::test]
async fn told_and_whole_seconds_postgres() {
    let Some(test) = empty_postgres().await else { return };
    what_was_there_is_filled_in(&test.db).await;
    test.remove().await;
}

const NUMBERED: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, $2, '1234567891', $3, 'g', 'g', '', '11', '', '', '', '', '', 'active', 0, 0, 1)";

/// A company with a product before numbers were freed; afterwards both are there, and the number is held by who was let in.
async fn a_number_is_held_by_who_was_let_in(db: &Db) {
    db.migrate_to(29).await.unwrap();
    let add = async |number: u128, state: &str| {
        let mut tx = db.write().await.unwrap();
        let done = crate::execute!(tx, NUMBERED, id(number), format!("v{number}"), state);
        if done.is_ok() {
            tx.commit().await.unwrap();
        }
        done
    };
    add(1, "approved").await.unwrap();
    let taken = |error: &crate::Error| super::unique_violation(error, "business_number");
    assert!(taken(&add(2, "applying").await.unwrap_err()), "a draft could not even be begun");
    let mut tx = db.write().await.unwrap();
    crate::execute!(tx, LISTING, id(10), id(1), "l10", "published", Some(5_000_000_i64)).unwrap();
    tx.commit().await.unwrap();
    db.migrate().await.unwrap();
    for (number, state) in [(2, "applying"), (3, "changes_requested"), (4, "rejected"), (5, "closed")] {
        add(number, state).await.unwrap();
    }
    for (number, state) in [(6, "in_review"), (7, "approved"), (8, "suspended")] {
        assert!(taken(&add(number, state).await.unwrap_err()), "{state}");
    }
    let mut tx = db.write().await.unwrap();
    let joined = "SELECT l.id, v.slug FROM listings l JOIN vendors v ON v.id = l.vendor_id";
    let kept = crate::fetch_all!(tx, (Uuid, String), joined).unwrap();
    assert_eq!(kept, [(id(10), "v1".to_owned())]);
    let nobodys = crate::execute!(tx, LISTING, id(11), id(99), "l11", "draft", None::<i64>);
    let nobodys = match nobodys {
        Ok(_) => tx.commit().await.map(|()| 1),
        refused => refused,
    };
    assert!(nobodys.is_err(), "whose a product is is asked again");
}

#[tokio::test]
async fn numbers_sqlite() {
    let test = empty_sqlite().await;
    a_number_is_held_by_who_was_let_in(&test.db).await;
    test.remove().await;
}

#[tokio::test]
async fn numbers_postgres() {
    let Some(test) = empty_postgres().await else { return };
    a_number_is_held_by_who_was_let_in(&test.db).await;
    test.remove().await;
}
