//! Links in mails: each opens one thread for one person. Opening changes nothing.

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::ThreadState;
use super::store::{self, Thread};
use crate::accounts::access::{Actor, Object, Verb, can, demand_own};
use crate::accounts::limits::network;
use crate::audit;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{ErrorKind, Result};
use crate::throttle::{self, Limit};
use crate::time::{DAY, MINUTE, Timestamp};
use crate::tokens::{self, NewToken, TokenKind};
use crate::zones::Zone;

/// Days a buyer's link works.
pub const READ_DAYS: i64 = 90;
/// Wrong links one address may try in ten minutes.
const GUESSES: u32 = 30;

/// A link of either kind, whatever became of it.
pub const FIND_ANY: &str = "SELECT t.kind, t.user_id, t.subject_id, t.created_at, t.expires_at, t.revoked_at, u.time_zone FROM one_time_tokens t \
    LEFT JOIN users u ON u.id = t.user_id WHERE t.token_hash = $1 AND t.kind IN ('answer_thread', 'read_thread', 'read_batch')";
/// The threads behind a link to all threads of one form, in a steady order.
pub const OF_BATCH: &str = "SELECT id FROM threads WHERE batch_id = $1 ORDER BY id LIMIT 50";

/// Takes back the links by which one company answers a request; the payload names it.
pub const REVOKE_ANSWERS: &str = "UPDATE one_time_tokens SET revoked_at = $4 \
    WHERE kind = $1 AND subject_id = $2 AND payload LIKE $3 AND used_at IS NULL AND revoked_at IS NULL";

/// What became of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkStanding {
    /// It opens its thread.
    Works,
    /// Its time is over.
    Expired,
    /// Its thread has ended.
    Ended,
    /// Its thread ended with the vendor's quote taken; the mail that told so has a link of its own.
    Taken,
    /// The company, or a curator, took all links of its thread back.
    Revoked,
}

impl LinkStanding {
    /// Whether its thread has ended, however.
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::Ended | Self::Taken)
    }

    /// Whether nothing can be done with it any more; with one whose thread ended, what was done is still read.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Expired | Self::Revoked)
    }
}

/// An opened link.
#[derive(Clone)]
pub struct OpenLink {
    /// The call as the holder of the link.
    pub cx: Cx,
    /// The thread it opens.
    pub thread: Thread,
    /// True for the vendor's side.
    pub vendor_side: bool,
    /// What became of it.
    pub standing: LinkStanding,
}

#[derive(sqlx::FromRow)]
struct LinkRow {
    kind: String,
    user_id: Option<Uuid>,
    subject_id: Option<Uuid>,
    created_at: Timestamp,
    expires_at: Timestamp,
    revoked_at: Option<Timestamp>,
    time_zone: Option<String>,
}

/// Opens the link with this text. Changes nothing, however often it is opened.
///
/// # Errors
/// `NotFound` for a guess, and for a member who left the team.
pub async fn open_link(cx: &Cx, text: &str) -> Result<OpenLink> {
    // `secret.2` is the second thread behind a link to all threads of one form
    let (secret, number) = text.split_once('.').map_or((text, None), |(secret, n)| (secret, n.parse().ok()));
    let row = {
        let mut db = cx.read().await?;
        match crate::fetch_optional!(db, LinkRow, FIND_ANY, tokens::digest(secret).as_slice())? {
            Some(row) => one_thread(&mut db, row, number).await?,
            None => None,
        }
    };
    let Some((row, thread_id, user_id)) =
        row.and_then(|row| Some((row.subject_id?, row.user_id?)).map(|(t, u)| (row, t, u)))
    else {
        return Err(ErrorKind::NotFound.into());
    };
    let mut db = cx.read().await?;
    let thread = store::find(&mut db, thread_id).await?.ok_or(ErrorKind::NotFound)?;
    let vendor_side = row.kind == TokenKind::AnswerThread.code();
    let theirs = if vendor_side {
        store::is_member(&mut db, thread.vendor_id, user_id).await?
    } else {
        thread.buyer_id == user_id
    };
    if !theirs {
        return Err(ErrorKind::NotFound.into());
    }
    // the end of a thread takes its links back, too; what was taken back before stays so
    let taken_back = row
        .revoked_at
        .is_some_and(|at| thread.closed_at.is_none_or(|closed| at < closed || row.created_at > closed));
    // what was mailed after a quote was taken leads back to its thread
    let talked_in = thread.state.is_talked_in() && row.revoked_at.is_none();
    let standing = if taken_back {
        LinkStanding::Revoked
    } else if vendor_side && !thread.state.is_open() && !talked_in {
        if thread.state == ThreadState::Accepted { LinkStanding::Taken } else { LinkStanding::Ended }
    } else if row.expires_at <= cx.now() {
        LinkStanding::Expired
    } else {
        LinkStanding::Works
    };
    let zone = Zone::chosen(row.time_zone.as_deref());
    let vendor_id = vendor_side.then_some(thread.vendor_id);
    let actor = match standing {
        // whoever it was forwarded to is nobody
        LinkStanding::Revoked => Actor::Visitor,
        _ => Actor::Link { thread_id, user_id, vendor_id },
    };
    let cx = Cx { zone, ..cx.as_actor(actor) };
    Ok(OpenLink { cx, thread, vendor_side, standing })
}

/// Takes back every link with which the vendor's team could answer a thread; the next mails bring new ones. Managers of the
/// company may, and curators. Gives how many there were.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for everybody else.
pub async fn revoke_links(cx: &Cx, id: Uuid) -> Result<u64> {
    let me = cx.actor.signed_in()?.id;
    let mut tx = cx.write().await?;
    let thread = store::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    if !can(&cx.actor, Verb::DecideHeld, Object::Site) {
        let company = Object::Vendor { vendor_id: thread.vendor_id, chapter_id: None };
        demand_own(&cx.actor, Verb::EditVendor, company)?;
    }
    let mut revoked = tokens::revoke(&mut tx, TokenKind::AnswerThread, id, cx.now()).await?;
    if let Some(request) = thread.batch_id {
        // whoever answers a public request comes by a link to that
        let named = format!("%{}%", thread.vendor_id);
        let kind = TokenKind::AnswerThread.code();
        revoked += crate::execute!(tx, REVOKE_ANSWERS, kind, request, &named, cx.now())?;
    }
    if revoked > 0 {
        let details = json!({ "by": me, "links": revoked });
        audit::record(cx, &mut tx, "thread.revoke_links", ("thread", Some(id)), details).await?;
    }
    tx.commit().await?;
    Ok(revoked)
}

/// A link to all threads of one form opens the one with this number; a link to one thread has no number.
async fn one_thread(
    db: &mut impl Handle,
    mut row: LinkRow,
    number: Option<usize>,
) -> Result<Option<LinkRow>> {
    if row.kind != TokenKind::ReadBatch.code() {
        return Ok(number.is_none().then_some(row));
    }
    let (Some(batch), Some(at)) = (row.subject_id, number.and_then(|number| number.checked_sub(1))) else {
        return Ok(None);
    };
    row.subject_id = crate::fetch_all!(*db, (Uuid,), OF_BATCH, batch)?.get(at).map(|(id,)| *id);
    Ok(Some(row))
}

/// The form, the buyer and the buyer's clock of a link to all threads of one form.
pub(super) async fn open_batch_link(cx: &Cx, text: &str) -> Result<(Uuid, Uuid, Zone)> {
    let token = {
        let mut db = cx.read().await?;
        tokens::find(&mut db, TokenKind::ReadBatch, text).await?
    };
    let Some(token) = token else {
        return Err(ErrorKind::NotFound.into());
    };
    if token.expires_at <= cx.now() {
        return Err(ErrorKind::Gone.into());
    }
    let zone = token.zone();
    let (batch, buyer) = token.subject_id.zip(token.user_id).ok_or(ErrorKind::NotFound)?;
    Ok((batch, buyer, zone))
}

/// Counts a wrong link against the network it came from; called for every address that carries a secret (`server::http::guesses`).
///
/// # Errors
/// `TooMany` for many guesses.
pub async fn count_guess(cx: &Cx) -> Result<()> {
    let Some(ip) = cx.ip else { return Ok(()) };
    let mut tx = cx.write().await?;
    let limit = Limit { bucket: format!("link:ip:{}", network_mark(ip)), max: GUESSES, window: 10 * MINUTE };
    throttle::hit(&mut tx, cx.now(), &[limit]).await?;
    tx.commit().await
}

/// What stands for an address in a limit: never the address itself.
pub(crate) fn fingerprint(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}

/// What stands for the network of an address in a limit; all addresses of one IPv6 household are one network.
pub(crate) fn network_mark(ip: IpAddr) -> String {
    fingerprint(&network(ip))
}

/// Text of a fresh link for one member of the vendor's team.
pub(super) async fn answer_link(cx: &Cx, tx: &mut Tx, thread: &Thread, user_id: Uuid) -> Result<String> {
    issue(cx, tx, TokenKind::AnswerThread, (thread.id, user_id), cx.settings().answer_link_days).await
}

/// Text of a fresh link for the buyer.
pub(super) async fn read_link(cx: &Cx, tx: &mut Tx, thread: &Thread) -> Result<String> {
    issue(cx, tx, TokenKind::ReadThread, (thread.id, thread.buyer_id), READ_DAYS).await
}

/// Text of a fresh link for the buyer to all threads of one form.
pub(super) async fn batch_link(cx: &Cx, tx: &mut Tx, batch: Uuid, buyer: Uuid) -> Result<String> {
    issue(cx, tx, TokenKind::ReadBatch, (batch, buyer), READ_DAYS).await
}

async fn issue(cx: &Cx, tx: &mut Tx, kind: TokenKind, about: (Uuid, Uuid), days: i64) -> Result<String> {
    let (thread_id, user_id) = about;
    let expires_at = cx.now().plus(days.saturating_mul(DAY));
    tokens::issue(
        cx,
        tx,
        NewToken {
            kind,
            user_id: Some(user_id),
            subject_id: Some(thread_id),
            payload: "{}".into(),
            expires_at,
        },
    )
    .await
}
