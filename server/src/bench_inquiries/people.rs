//! Invented companies, buyers and threads, written as rows: how they came to be is another subject.

use std::fmt::Write as _;
use std::path::Path;

use market::accounts::model::ConsentKind;
use market::accounts::{sessions, store};
use market::catalog::rules::next_window_end;
use market::db::Tx;
use market::time::DAY;
use market::{Cx, Error, Market, Result, Timestamp, execute};
use uuid::Uuid;

/// The address of the owner of the company with many threads.
pub(super) const OWNER: &str = "owner@example.test";
/// Companies that are asked.
const VENDORS: usize = 250;
/// Rows of one transaction.
const AT_ONCE: usize = 5_000;

const USER: &str = "INSERT INTO users (id, email, name, lang, email_confirmed_at, created_at, updated_at, is_demo) VALUES ($1, $2, $2, 'ko', $3, $3, $3, FALSE)";
const VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, registry_status, created_at, updated_at, version) VALUES ($1, $2, $2, 'approved', $2, '', '', '11', '', '', '', '', '', 'active', $3, $3, 1)";
const MEMBER: &str =
    "INSERT INTO vendor_members (vendor_id, user_id, role, created_at) VALUES ($1, $2, 'owner', $3)";
const LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, \
    specs, unit, price_kind, price_currency, price_tiers, origin, hs_code, part_number, created_at, updated_at, published_at, free_until, version) \
    VALUES ($1, $2, $3, 'published', 'bolts', '육각볼트', '', '', '', '[]', '개', 'negotiable', 'KRW', '[]', '', '', '', $4, $4, $4, $5, 1)";
const THREAD: &str = "INSERT INTO threads (id, listing_id, vendor_id, buyer_id, state, subject, quantity, lang, due_at, created_at, \
    last_message_at, message_count, vendor_read_seq, buyer_read_seq, vendor_last_seq, buyer_last_seq, version) \
    VALUES ($1, $2, $3, $4, 'waiting_vendor', '육각볼트', '2,000개', 'ko', $5, $6, $6, 1, $7, 1, 0, 1, 1)";
const MESSAGE: &str = "INSERT INTO messages (id, thread_id, seq, side, author_id, kind, body, data, created_at) VALUES ($1, $2, 1, 'buyer', $3, 'text', $4, '{}', $5)";

/// A company with its owner and one listing.
#[derive(Clone, Copy)]
pub(super) struct Company {
    pub vendor: Uuid,
    pub owner: Uuid,
    pub listing: Uuid,
}

pub(super) async fn person(cx: &Cx, tx: &mut Tx, email: &str) -> Result<Uuid> {
    let id = cx.new_id();
    execute!(*tx, USER, id, email, cx.now().plus(-100 * DAY))?;
    store::insert_consent(cx, tx, id, ConsentKind::ThirdParty, true).await?;
    Ok(id)
}

pub(super) async fn company(cx: &Cx, tx: &mut Tx, name: &str, owner: &str) -> Result<Company> {
    let (vendor, owner) = (cx.new_id(), person(cx, tx, owner).await?);
    execute!(*tx, VENDOR, vendor, name, cx.now())?;
    execute!(*tx, MEMBER, vendor, owner, cx.now())?;
    let listing = listing(cx, tx, vendor, name).await?;
    Ok(Company { vendor, owner, listing })
}

async fn listing(cx: &Cx, tx: &mut Tx, vendor: Uuid, slug: &str) -> Result<Uuid> {
    let id = cx.new_id();
    execute!(*tx, LISTING, id, vendor, slug, cx.now(), next_window_end(None, cx.now(), 60))?;
    Ok(id)
}

/// A thread in which the company is to answer until `due`; every tenth is unread.
pub(super) async fn thread(
    cx: &Cx,
    tx: &mut Tx,
    (company, buyer): (Company, Uuid),
    (number, due): (usize, Timestamp),
) -> Result<Uuid> {
    let (id, at) = (cx.new_id(), cx.now().plus(-i64::try_from(number).unwrap_or_default() * 1_000_000));
    let read = i64::from(!number.is_multiple_of(10));
    execute!(*tx, THREAD, id, company.listing, company.vendor, buyer, due, at, read)?;
    let body = format!("M8 볼트 {number}개 단가와 납기를 알려 주세요. 도금은 아연, 납품은 창원이에요.");
    execute!(*tx, MESSAGE, cx.new_id(), id, buyer, &body, at)?;
    Ok(id)
}

pub(super) async fn invent(market: &Market, out: &Path, buyers: usize, threads: usize) -> Result<()> {
    let cx = market.system();
    let mut tx = cx.write().await?;
    let mut asked = Vec::new();
    for number in 0..VENDORS {
        let name = format!("vendor{number}");
        asked.push(company(&cx, &mut tx, &name, &format!("{name}@example.test")).await?);
    }
    let (mut lines, mut people) = (String::new(), Vec::new());
    for (number, company) in (0..buyers).zip(asked.iter().cycle()) {
        let buyer = person(&cx, &mut tx, &format!("buyer{number}@example.test")).await?;
        let slug = format!("listing{number}");
        listing(&cx, &mut tx, company.vendor, &slug).await?;
        let token = sessions::open(&cx, &mut tx, buyer, "bench").await?;
        let _ = writeln!(lines, "{token}\t{slug}");
        people.push(buyer);
    }
    let busy = company(&cx, &mut tx, "busy", OWNER).await?;
    tx.commit().await?;
    std::fs::write(out, lines).map_err(Error::internal)?;
    let numbered: Vec<(usize, Uuid)> = (0..threads).zip(people.into_iter().cycle()).collect();
    for some in numbered.chunks(AT_ONCE) {
        let mut tx = cx.write().await?;
        for (number, buyer) in some {
            thread(&cx, &mut tx, (busy, *buyer), (*number, cx.now().plus(2 * DAY))).await?;
        }
        tx.commit().await?;
    }
    market.db().refresh_statistics().await
}
