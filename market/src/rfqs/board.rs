//! Lists and pages of requests: who sees which, and how much of it.

use crate::tables::rates::{Rate, newest_rates};
use uuid::Uuid;

use super::answer::{self, Offer};
use super::files;
use super::model::{RfqState, Visibility};
use super::store::{self, Buyer, Invited, Rfq, Row, rfq_columns};
use crate::accounts::access::{self, Actor, Object, Verb};
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{ErrorKind, Result};
use crate::files::AttachedFile;
use crate::inquiries::together::{BatchView, view};

/// Requests on one page.
pub const PER_PAGE: i64 = 20;

macro_rules! seen {
    () => {
        " FROM rfqs r WHERE (r.state IN ('open', 'filled') OR (CAST($1 AS BOOLEAN) AND r.state IN ('expired', 'closed'))) AND r.opened_at IS NOT NULL \
         AND (CAST($2 AS TEXT) IS NULL OR r.category = $2 OR r.category LIKE $3 ESCAPE '!') \
         AND (CAST($4 AS TEXT) IS NULL OR r.region = $4) AND (NOT CAST($5 AS BOOLEAN) OR r.answers = 0) \
         AND (r.visibility = 'public' OR r.buyer_id = $6 \
           OR (r.visibility = 'verified' AND EXISTS (SELECT 1 FROM vendor_members m JOIN vendors v ON v.id = m.vendor_id \
               WHERE m.user_id = $6 AND v.state = 'approved' AND v.registry_status = 'active')) \
           OR (r.visibility = 'invited' AND EXISTS (SELECT 1 FROM vendor_members m JOIN rfq_invites i ON i.vendor_id = m.vendor_id \
               WHERE m.user_id = $6 AND i.rfq_id = r.id)))"
    };
}

/// A page of the board: open ones first, then those that end last.
pub const LIST: &str = concat!(
    "SELECT ",
    rfq_columns!(),
    seen!(),
    " ORDER BY CASE WHEN r.state = 'open' THEN 0 ELSE 1 END, r.opened_at DESC, r.id LIMIT $7 OFFSET $8"
);
/// How many the board holds.
pub const COUNT: &str = concat!("SELECT CAST(COUNT(*) AS BIGINT)", seen!());

/// What the board shows.
#[derive(Clone, Debug, Default)]
pub struct BoardFilter {
    /// Category and what is below it.
    pub category: Option<String>,
    /// Region.
    pub region: Option<String>,
    /// Only those without a quote.
    pub unanswered: bool,
    /// Also those that are over.
    pub ended: bool,
    /// Page, from 1.
    pub page: i64,
}

/// A page of the board. No row says who asks.
#[derive(Clone, Debug)]
pub struct Board {
    /// The requests.
    pub rows: Vec<Rfq>,
    /// How many there are.
    pub total: i64,
}

/// One request with what this reader may see of it.
#[derive(Clone, Debug)]
pub struct RfqView {
    /// The request.
    pub rfq: Rfq,
    /// Whether the buyer's words and the exact place are left out of it: they are for those who may answer.
    pub reduced: bool,
    /// Whether it is the reader's own.
    pub mine: bool,
    /// Who asks: for those who may answer, and for its buyer.
    pub buyer: Option<Buyer>,
    /// What the reader's company may answer with.
    pub offer: Option<Offer>,
    /// The thread of the reader's company that answers it already.
    pub answered: Option<Uuid>,
    /// Its files, for those who may read them.
    pub files: Vec<AttachedFile>,
    /// Its answers, for its buyer.
    pub threads: Option<BatchView>,
    /// Whom it invites, for its buyer.
    pub invited: Vec<Invited>,
    /// Exchange rates beside foreign quotes; only where quotes are shown.
    pub rates: Vec<Rate>,
}

/// A page of the board.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn board(cx: &Cx, filter: &BoardFilter) -> Result<Board> {
    let mut db = cx.read().await?;
    let me = cx.actor.user_id().unwrap_or_default();
    let below = filter.category.as_deref().map(|code| format!("{}.%", code.replace('_', "!_")));
    let offset = (filter.page.max(1) - 1).saturating_mul(PER_PAGE);
    let (category, region) = (filter.category.as_deref(), filter.region.as_deref());
    let below = below.as_deref();
    let rows = crate::fetch_all!(
        db,
        Row,
        LIST,
        filter.ended,
        category,
        below,
        region,
        filter.unanswered,
        me,
        PER_PAGE,
        offset
    )?;
    let (total,) =
        crate::fetch_one!(db, (i64,), COUNT, filter.ended, category, below, region, filter.unanswered, me)?;
    let rows = rows.into_iter().map(|row| Ok(for_everybody(Rfq::try_from(row)?).0));
    Ok(Board { rows: rows.collect::<Result<_>>()?, total })
}

/// The newest open public requests, for feeds and the front page. The same for everybody.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn newest(cx: &Cx, most: i64) -> Result<Vec<Rfq>> {
    let mut db = cx.read().await?;
    let none: Option<&str> = None;
    let rows = crate::fetch_all!(db, Row, LIST, false, none, none, none, false, Uuid::nil(), most, 0_i64)?;
    rows.into_iter().map(|row| Ok(for_everybody(Rfq::try_from(row)?).0)).collect()
}

/// Requests of the signed-in person.
///
/// # Errors
/// `NotSignedIn`.
pub async fn own(cx: &Cx) -> Result<Vec<Rfq>> {
    let me = cx.actor.signed_in()?.id;
    let mut db = cx.read().await?;
    crate::fetch_all!(db, Row, store::OWN, me)?.into_iter().map(Rfq::try_from).collect()
}

/// Without the buyer's own words and the exact place: a signature or an address that was pasted along is not for everybody. Says
/// whether something was left out.
fn for_everybody(mut rfq: Rfq) -> (Rfq, bool) {
    let reduced = !rfq.body.is_empty() || !rfq.place.is_empty();
    (rfq.body, rfq.place) = (String::new(), String::new());
    (rfq, reduced)
}

/// One request, as far as the reader may see it.
///
/// # Errors
/// `NotFound` for those who may not see it.
pub async fn rfq_view(cx: &Cx, id: Uuid) -> Result<RfqView> {
    let mut db = cx.read().await?;
    let rfq = store::find(&mut db, id).await?.ok_or(ErrorKind::NotFound)?;
    let mine =
        access::can(&cx.actor, Verb::AskInThread, rfq.object(Uuid::nil())) && *cx.actor != Actor::System;
    let (offer, answered) = answer::standing(cx, &mut db, &rfq).await?;
    let desk = access::can(&cx.actor, Verb::DecideListing, Object::Site);
    let told = mine || offer.is_some() || answered.is_some();
    if !(told || desk || public(&rfq) || shown(cx, &mut db, &rfq).await?) {
        return Err(ErrorKind::NotFound.into());
    }
    let buyer = if told { Some(crate::fetch_one!(db, Buyer, store::BUYER, rfq.buyer_id)?) } else { None };
    let files = if told { files::of(&mut db, &rfq).await? } else { Vec::new() };
    let threads = if mine && rfq.opened_at.is_some() {
        Some(view::load(cx, &mut db, id, rfq.buyer_id).await?)
    } else {
        None
    };
    let rates = if threads.is_some() { newest_rates(&mut db).await? } else { Vec::new() };
    let invited = if mine { crate::fetch_all!(db, Invited, store::INVITED, id)? } else { Vec::new() };
    let (rfq, reduced) = if told || desk { (rfq, false) } else { for_everybody(rfq) };
    Ok(RfqView { rfq, reduced, mine, buyer, offer, answered, files, threads, invited, rates })
}

fn public(rfq: &Rfq) -> bool {
    rfq.visibility == Visibility::Public
        && rfq.opened_at.is_some()
        && !matches!(rfq.state, RfqState::Removed | RfqState::Draft | RfqState::InReview)
}

/// Whether a company of the reader may see it though it may not answer (any more).
async fn shown(cx: &Cx, db: &mut impl Handle, rfq: &Rfq) -> Result<bool> {
    if rfq.opened_at.is_none() || rfq.state == RfqState::Removed {
        return Ok(false);
    }
    let Some(me) = cx.actor.user_id() else { return Ok(false) };
    Ok(answer::companies(db, me, rfq.id).await?.iter().any(|one| one.fits(rfq)))
}
