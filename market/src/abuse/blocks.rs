//! Blocks: one side wants to hear from the other no more. It stops new inquiries and messages both ways; what is open
//! between the two ends with an outcome both can see. The other side is not told that it was blocked.

use serde_json::json;
use uuid::Uuid;

use crate::accounts::access::{self, Object, Verb};
use crate::audit;
use crate::calendar;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, Result};
use crate::inquiries::response::RecomputeResponse;
use crate::inquiries::store::{self, Thread};
use crate::inquiries::{Side, ending, service, stats};
use crate::outbox::{self, When};
use crate::time::Timestamp;

/// Sides that want to hear no more from the other.
pub const BETWEEN: &str =
    "SELECT by_side FROM blocks WHERE vendor_id = $1 AND buyer_id = $2 AND ended_at IS NULL ORDER BY by_side";
/// Vendors between whom and a buyer nothing goes.
pub const CLOSED_VENDORS: &str =
    "SELECT DISTINCT vendor_id FROM blocks WHERE buyer_id = $1 AND ended_at IS NULL LIMIT 1000";
/// A new block; one that is in force already stays.
pub const INSERT: &str = "INSERT INTO blocks (id, vendor_id, buyer_id, by_side, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6) \
    ON CONFLICT (vendor_id, buyer_id, by_side) WHERE ended_at IS NULL DO NOTHING";
/// Lifts the block of one side.
pub const LIFT: &str = "UPDATE blocks SET ended_at = $4 WHERE vendor_id = $1 AND buyer_id = $2 AND by_side = $3 AND ended_at IS NULL";
/// Buyers whom a vendor blocks.
pub const OF_VENDOR: &str = "SELECT k.id, u.name, COALESCE(u.company, '') AS company, k.created_at, k.vendor_id, k.buyer_id FROM blocks k \
    JOIN users u ON u.id = k.buyer_id WHERE k.vendor_id = $1 AND k.by_side = 'vendor' AND k.ended_at IS NULL ORDER BY k.created_at DESC, k.id LIMIT 200";
/// Vendors whom a buyer blocks.
pub const OF_BUYER: &str = "SELECT k.id, v.name_ko AS name, v.name_en AS company, k.created_at, k.vendor_id, k.buyer_id FROM blocks k \
    JOIN vendors v ON v.id = k.vendor_id WHERE k.buyer_id = $1 AND k.by_side = 'buyer' AND k.ended_at IS NULL ORDER BY k.created_at DESC, k.id LIMIT 200";
/// One block, in force or lifted.
pub const FIND: &str = "SELECT vendor_id, buyer_id, by_side, ended_at FROM blocks WHERE id = $1";

/// A block as its maker sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Block {
    /// Identity.
    pub id: Uuid,
    /// Name of the other side; a vendor's Korean one.
    pub name: String,
    /// Company of a buyer, or a vendor's English name; may be empty.
    pub company: String,
    /// Since when.
    pub created_at: Timestamp,
    /// The vendor.
    pub vendor_id: Uuid,
    /// The buyer.
    pub buyer_id: Uuid,
}

/// Sides that want to hear no more from the other: of a vendor and a buyer.
pub(crate) async fn between(db: &mut impl Handle, pair: (Uuid, Uuid)) -> Result<Vec<Side>> {
    let rows = crate::fetch_all!(*db, (String,), BETWEEN, pair.0, pair.1)?;
    Ok(rows.iter().filter_map(|(code,)| Side::from_code(code)).collect())
}

/// Vendors between whom and a buyer nothing goes, whoever wants it so.
pub(crate) async fn closed_vendors(db: &mut impl Handle, buyer: Uuid) -> Result<Vec<Uuid>> {
    Ok(crate::fetch_all!(*db, (Uuid,), CLOSED_VENDORS, buyer)?.into_iter().map(|(id,)| id).collect())
}

/// Whether `writer` may write to the other side of a vendor and a buyer.
pub(crate) async fn demand_open(tx: &mut Tx, pair: (Uuid, Uuid), writer: Side) -> Result<()> {
    let sides = between(tx, pair).await?;
    if sides.contains(&writer) {
        return Err(Error::conflict("block.own"));
    }
    if sides.is_empty() { Ok(()) } else { Err(Error::conflict("block.theirs")) }
}

/// Blocks the other side of a thread and ends what is open between the two. A second time changes nothing.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for strangers; `Conflict` when the other side writes at the same moment.
pub async fn block(cx: &Cx, thread: Uuid) -> Result<()> {
    match block_once(cx, thread).await {
        Err(error) if service::is_race(&error.kind) => block_once(cx, thread).await,
        done => done,
    }
}

async fn block_once(cx: &Cx, thread: Uuid) -> Result<()> {
    let mut tx = cx.write().await?;
    let thread = store::find(&mut tx, thread).await?.ok_or(ErrorKind::NotFound)?;
    access::demand_own(&cx.actor, Verb::ReadThread, thread.object())?;
    block_in(cx, &mut tx, &thread).await?;
    tx.commit().await
}

/// Takes the rows of what is open between the two sides of a thread, before anything is recorded.
pub(super) async fn hold_pair(tx: &mut Tx, thread: &Thread) -> Result<Vec<(Uuid,)>> {
    let open = crate::fetch_all!(*tx, (Uuid,), store::OPEN_OF_PAIR, thread.vendor_id, thread.buyer_id)?;
    ending::hold(tx, &open).await?;
    Ok(open)
}

pub(crate) async fn block_in(cx: &Cx, tx: &mut Tx, thread: &Thread) -> Result<()> {
    let (side, me) = (thread.side_of(&cx.actor), cx.actor.user_id().ok_or(ErrorKind::NotSignedIn)?);
    let (vendor, buyer) = (thread.vendor_id, thread.buyer_id);
    let pair = hold_pair(tx, thread).await?;
    let new = crate::execute!(*tx, INSERT, cx.new_id(), vendor, buyer, side.code(), me, cx.now())? == 1;
    if !new {
        return Ok(());
    }
    let object = ("thread", Some(thread.id));
    let details = json!({ "vendor": vendor, "buyer": buyer, "by": side.code() });
    audit::record(cx, tx, "block.add", object, details).await?;
    for (id,) in pair {
        let Some(mut open) = store::find(tx, id).await? else { continue };
        if side == Side::Vendor {
            // what a vendor never saw is not the vendor's to end
            if open.withheld_at.is_some() {
                continue;
            }
            if in_time(&open, cx.now()) {
                crate::execute!(*tx, store::UNCOUNT, id, cx.now())?;
            }
        }
        ending::end_for_block(cx, tx, &mut open, side).await?;
    }
    outbox::enqueue(cx, tx, &RecomputeResponse { vendor_id: vendor }, When::default()).await
}

/// Blocking instead of answering counts for nobody while there was time to answer; lateness cannot be blocked away.
fn in_time(thread: &Thread, now: Timestamp) -> bool {
    let since = thread.delivered_at.unwrap_or(thread.created_at);
    thread.first_answered_at.is_none()
        && calendar::response_clock_except(since.0, now.0, &|_| false) <= stats::IN_TIME
}

/// Lifts one's own block, from the page of a thread. What ended stays ended.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for strangers.
pub async fn unblock_in_thread(cx: &Cx, thread: Uuid) -> Result<()> {
    let mut tx = cx.write().await?;
    let thread = store::find(&mut tx, thread).await?.ok_or(ErrorKind::NotFound)?;
    access::demand_own(&cx.actor, Verb::ReadThread, thread.object())?;
    lift(cx, &mut tx, (thread.vendor_id, thread.buyer_id), thread.side_of(&cx.actor)).await?;
    tx.commit().await
}

async fn lift(cx: &Cx, tx: &mut Tx, pair: (Uuid, Uuid), side: Side) -> Result<()> {
    if crate::execute!(*tx, LIFT, pair.0, pair.1, side.code(), cx.now())? == 1 {
        let details = json!({ "vendor": pair.0, "buyer": pair.1, "by": side.code() });
        audit::record(cx, tx, "block.lift", ("vendor", Some(pair.0)), details).await?;
    }
    Ok(())
}

/// Lifts a block of the own company, or of oneself. One that is lifted already is lifted.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for blocks of others.
pub async fn unblock(cx: &Cx, id: Uuid) -> Result<()> {
    let me = cx.actor.signed_in()?.id;
    let mut tx = cx.write().await?;
    let (vendor, buyer, side, ended) =
        crate::fetch_optional!(tx, (Uuid, Uuid, String, Option<Timestamp>), FIND, id)?
            .ok_or(ErrorKind::NotFound)?;
    let side = Side::from_code(&side).ok_or(ErrorKind::NotFound)?;
    if side == Side::Buyer && buyer != me {
        return Err(ErrorKind::NotFound.into());
    }
    if side == Side::Vendor {
        demand_team(cx, vendor)?;
    }
    if ended.is_none() {
        lift(cx, &mut tx, (vendor, buyer), side).await?;
    }
    tx.commit().await
}

fn demand_team(cx: &Cx, vendor_id: Uuid) -> Result<()> {
    access::demand_own(&cx.actor, Verb::OpenVendorDesk, Object::Vendor { vendor_id, chapter_id: None })
}

/// Buyers whom a company blocks, for its team.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for others.
pub async fn of_vendor(cx: &Cx, vendor: Uuid) -> Result<Vec<Block>> {
    demand_team(cx, vendor)?;
    let mut db = cx.read().await?;
    crate::fetch_all!(db, Block, OF_VENDOR, vendor)
}

/// Vendors whom the signed-in person blocks.
///
/// # Errors
/// `NotSignedIn`.
pub async fn of_buyer(cx: &Cx) -> Result<Vec<Block>> {
    let me = cx.actor.signed_in()?.id;
    let mut db = cx.read().await?;
    crate::fetch_all!(db, Block, OF_BUYER, me)
}
