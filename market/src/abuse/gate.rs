//! The one gate before everything a buyer writes: it lets through, holds for a look, or says that the other side takes
//! nothing. It never drops anything.

use uuid::Uuid;

use super::links;
use super::model::HoldReason;
use super::shingles::Shingles;
use super::words;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::inquiries::reputation::answered;
use crate::time::{DAY, Timestamp};

/// What the gate knows of a sender.
pub const SENDER: &str = concat!(
    "SELECT u.created_at, u.email, u.email_confirmed_at, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM threads t WHERE t.buyer_id = u.id AND t.uncounted_at IS NULL AND ",
    answered!("t"),
    ") AS answered, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM reports r JOIN threads t ON t.id = r.thread_id WHERE t.buyer_id = u.id AND r.by_side = 'vendor' \
        AND r.state = 'upheld' AND r.decided_at > $2) AS upheld FROM users u WHERE u.id = $1"
);
/// The same beside a vendor: who of the two wants to hear no more, whether the sender works there, and how many other vendors the sender asked one by one since a moment.
pub const SENDER_TO: &str = concat!(
    "SELECT u.created_at, u.email, u.email_confirmed_at, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM threads t WHERE t.buyer_id = u.id AND t.uncounted_at IS NULL AND ",
    answered!("t"),
    ") AS answered, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM reports r JOIN threads t ON t.id = r.thread_id WHERE t.buyer_id = u.id AND r.by_side = 'vendor' \
        AND r.state = 'upheld' AND r.decided_at > $2) AS upheld, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM blocks b WHERE b.vendor_id = $3 AND b.buyer_id = u.id AND b.ended_at IS NULL AND b.by_side = 'buyer') AS own_block, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM blocks b WHERE b.vendor_id = $3 AND b.buyer_id = u.id AND b.ended_at IS NULL AND b.by_side <> 'buyer') AS their_block, \
    (SELECT CAST(COUNT(DISTINCT t.vendor_id) AS BIGINT) FROM threads t WHERE t.buyer_id = u.id AND t.created_at > $4 AND t.batch_id IS NULL \
        AND t.vendor_id <> $3) AS others, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM vendor_members m WHERE m.vendor_id = $3 AND m.user_id = u.id) AS own_company FROM users u WHERE u.id = $1"
);
/// What a sender asked other vendors one by one since a moment.
pub const ASKED: &str = "SELECT t.vendor_id, m.body FROM threads t JOIN messages m ON m.thread_id = t.id AND m.seq = 1 \
    WHERE t.buyer_id = $1 AND t.created_at > $2 AND t.batch_id IS NULL AND t.vendor_id <> $3 ORDER BY t.created_at DESC, t.id LIMIT 60";
/// Files of a form that can run programs.
pub const ACTIVE_FILES: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM files WHERE form_key = $1 AND uploader_id = $2 AND active = $3";

/// Who sends.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Sender {
    created_at: Timestamp,
    email: String,
    email_confirmed_at: Option<Timestamp>,
    answered: i64,
    upheld: i64,
}

impl Sender {
    /// A young account that no vendor has answered yet. Age alone would be the wrong test, in both directions.
    pub(crate) fn is_new(&self, cx: &Cx) -> bool {
        self.answered == 0
            && cx.now().since(self.created_at) < cx.settings().newcomer_days.saturating_mul(DAY)
    }
}

/// Who sends to a vendor.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct SenderTo {
    /// Who sends.
    #[sqlx(flatten)]
    pub sender: Sender,
    own_block: i64,
    their_block: i64,
    others: i64,
    own_company: i64,
}

/// What the gate has to know of somebody who writes to a vendor, with one statement.
pub(crate) async fn sender_to(cx: &Cx, tx: &mut Tx, id: Uuid, vendor: Uuid) -> Result<Option<SenderTo>> {
    let settings = cx.settings();
    let watched = cx.now().plus(-settings.watched_days.saturating_mul(DAY));
    let similar = cx.now().plus(-settings.similar_days.saturating_mul(DAY));
    crate::fetch_optional!(*tx, SenderTo, SENDER_TO, id, watched, vendor, similar)
}

pub(crate) async fn sender(cx: &Cx, tx: &mut Tx, id: Uuid) -> Result<Option<Sender>> {
    let since = cx.now().plus(-cx.settings().watched_days.saturating_mul(DAY));
    crate::fetch_optional!(*tx, Sender, SENDER, id, since)
}

/// On which way something was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// To one vendor.
    Single,
    /// To several at once, or to one whom we offered: the same words are what is wanted here.
    Together,
    /// Once more in a thread; `true` when its vendor has answered.
    Reply(bool),
}

/// What somebody wants to send.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sent<'a> {
    pub buyer: Uuid,
    pub vendor: Uuid,
    pub text: &'a str,
    pub way: Way,
    /// A field no person sees was filled in.
    pub trapped: bool,
    /// The form its files wait with.
    pub form_key: Option<Uuid>,
}

/// Why this has to be looked at before it is handed over; nothing for almost everything.
///
/// # Errors
/// `Conflict("block.theirs")` when the vendor takes nothing from this buyer, `Conflict("block.own")` when the buyer wants
/// nothing from this vendor; `Conflict("inquiry.own_listing")` when somebody asks the company they work for.
pub(crate) async fn judge(cx: &Cx, tx: &mut Tx, sent: Sent<'_>) -> Result<Vec<HoldReason>> {
    let known = sender_to(cx, tx, sent.buyer, sent.vendor).await?;
    judge_known(cx, tx, sent, known.as_ref()).await
}

/// The same of somebody whom the caller looked up with [`sender_to`] in this transaction.
///
/// # Errors
/// As [`judge`].
pub(crate) async fn judge_known(
    cx: &Cx,
    tx: &mut Tx,
    sent: Sent<'_>,
    known: Option<&SenderTo>,
) -> Result<Vec<HoldReason>> {
    let Some(known) = known else { return Ok(Vec::new()) };
    if known.own_company > 0 && !matches!(sent.way, Way::Reply(_)) {
        return Err(Error::conflict("inquiry.own_listing"));
    }
    if known.own_block > 0 {
        return Err(Error::conflict("block.own"));
    }
    if known.their_block > 0 {
        return Err(Error::conflict("block.theirs"));
    }
    let sender = &known.sender;
    let mut reasons = Vec::new();
    let mut note = |reason: HoldReason, found: bool| {
        if found {
            reasons.push(reason);
        }
    };
    let fresh = sender.is_new(cx) && sent.way != Way::Reply(true);
    note(HoldReason::Trap, sent.trapped);
    note(HoldReason::Insult, words::insult(sent.text).is_some());
    note(HoldReason::Watched, sender.upheld > 0 && !matches!(sent.way, Way::Reply(_)));
    note(HoldReason::Link, fresh && links::leads_away(sent.text, &own_hosts(cx, sender)).is_some());
    note(HoldReason::File, fresh && brings_programs(tx, &sent).await?);
    note(HoldReason::Similar, sent.way == Way::Single && repeats(cx, tx, &sent, known.others).await?);
    Ok(reasons)
}

/// Places a sender may name: this market, and the company whose mail address proved itself.
fn own_hosts(cx: &Cx, sender: &Sender) -> Vec<String> {
    let site = cx.settings().public_url.split("://").nth(1).unwrap_or_default();
    let site: String = site.chars().take_while(|c| !matches!(c, '/' | ':')).collect();
    let company = sender.email_confirmed_at.and_then(|_| links::own_host(&sender.email));
    [Some(site), company].into_iter().flatten().filter(|host| !host.is_empty()).collect()
}

async fn brings_programs(tx: &mut Tx, sent: &Sent<'_>) -> Result<bool> {
    let Some(form) = sent.form_key else { return Ok(false) };
    Ok(crate::fetch_one!(*tx, (i64,), ACTIVE_FILES, form, sent.buyer, true)?.0 > 0)
}

/// Whether nearly the same words went to several other vendors one by one.
async fn repeats(cx: &Cx, tx: &mut Tx, sent: &Sent<'_>, others: i64) -> Result<bool> {
    let settings = cx.settings();
    // too few were asked: their words need not be read
    if usize::try_from(others).unwrap_or_default() < settings.similar_vendors {
        return Ok(false);
    }
    let own = Shingles::of(sent.text);
    if !own.tells() {
        return Ok(false);
    }
    let since = cx.now().plus(-settings.similar_days.saturating_mul(DAY));
    let mut vendors = std::collections::BTreeSet::new();
    for (vendor, body) in crate::fetch_all!(*tx, (Uuid, String), ASKED, sent.buyer, since, sent.vendor)? {
        if !vendors.contains(&vendor) && own.alike(&Shingles::of(&body)) >= settings.similar_percent {
            vendors.insert(vendor);
        }
    }
    Ok(vendors.len() >= settings.similar_vendors)
}
