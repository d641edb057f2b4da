//! Guests: their request waits apart until the address has confirmed itself; only the button behind the mail's link
//! hands it in.

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::check;
use super::jobs::{RfqEvent, TellRfqBuyer};
use super::letters;
use super::links;
use super::model::{RfqDraft, RfqState};
use super::service::{begin, begin_draft};
use super::store;
use crate::accounts::access::Actor;
use crate::accounts::consent;
use crate::audit;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, Result};
use crate::files::{guests as files, sending};
use crate::inquiries::offered::{self, CONFIRM_DAYS, GuestFields};
use crate::lang::Lang;
use crate::outbox::{self, When};
use crate::time::{DAY, Timestamp};
use crate::tokens::{self, Token, TokenKind};

/// Keeps a request apart.
pub const INSERT: &str = "INSERT INTO rfq_drafts (id, email, content, lang, created_at, expires_at, form_key) VALUES ($1, $2, $3, $4, $5, $6, $7)";
/// One that waits or was confirmed.
pub const FIND: &str = "SELECT id, content, lang, rfq_id, form_key FROM rfq_drafts WHERE id = $1";
/// Notes what became of it, once.
pub const CONFIRM: &str =
    "UPDATE rfq_drafts SET confirmed_at = $2, rfq_id = $3 WHERE id = $1 AND confirmed_at IS NULL";
/// Forgets what nobody confirmed in time, and what waited beside what was.
pub const PURGE: &str = "DELETE FROM rfq_drafts WHERE expires_at < $1";

/// Why a guest's request has to be looked at again.
const CHANGED: (&str, &str) = (
    "확인하시는 사이에 초대한 공급사나 분류가 바뀌어 그대로 올릴 수 없어요. 다시 골라 주세요.",
    "Meanwhile the vendors you invited, or the category, changed, so it cannot go as it is. Please choose again.",
);

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    content: String,
    lang: String,
    rfq_id: Option<Uuid>,
    form_key: Option<Uuid>,
}

#[derive(Serialize, Deserialize)]
struct Content {
    draft: RfqDraft,
    guest: GuestFields,
}

/// A guest's request before it is handed in.
#[derive(Clone, Debug)]
pub struct PendingRfq {
    /// What it says.
    pub draft: RfqDraft,
    /// The address that is confirmed by sending.
    pub email: String,
    /// True when it has been handed in already.
    pub sent: bool,
    /// Names of the files that go with it.
    pub files: Vec<String>,
    /// Invited vendors that may not quote any more, as typed; they are left out.
    pub dropped: Vec<String>,
    /// Whether it can be handed in as it stands; else the guest chooses anew first.
    pub complete: bool,
}

/// What handing in gave.
#[derive(Clone, Debug)]
pub struct ConfirmedRfq {
    /// The request.
    pub rfq_id: Uuid,
    /// Text of a link that opens it for the guest.
    pub link: String,
    /// Whether it is handed in; else something of it does not hold any more and has to be chosen anew.
    pub complete: bool,
}

pub(super) async fn keep(
    cx: &Cx,
    tx: &mut Tx,
    (draft, form_key): (&RfqDraft, Option<Uuid>),
    guest: &GuestFields,
) -> Result<()> {
    let (id, expires_at) = (cx.new_id(), cx.now().plus(CONFIRM_DAYS * DAY));
    let content = serde_json::to_string(&Content { draft: draft.clone(), guest: guest.clone() })?;
    crate::execute!(*tx, INSERT, id, &guest.email, &content, cx.lang.code(), cx.now(), expires_at, form_key)?;
    audit::record(cx, tx, "rfq.draft", ("rfq_draft", Some(id)), json!({})).await?;
    let letter = |token: &str| letters::confirm(cx, cx.lang, &draft.title, token);
    offered::ask_address(cx, tx, (TokenKind::ConfirmBatch, id, expires_at), guest, letter).await
}

/// The request behind a confirmation link. Opening it changes nothing.
///
/// # Errors
/// `NotFound` for a guess, `Gone` when the link is too old.
pub async fn pending_rfq(cx: &Cx, text: &str) -> Result<PendingRfq> {
    let mut db = cx.read().await?;
    let (_, row) = find(&mut db, text, cx.now()).await?;
    let Content { draft, guest } = serde_json::from_str(&row.content)?;
    let later = check::later(cx, &mut db, (draft.clone(), &guest.email)).await?;
    let (dropped, complete) = (later.dropped, later.complete);
    let files = match row.form_key.filter(|_| row.rfq_id.is_none()) {
        Some(form_key) => files::names(&mut db, form_key).await?,
        None => Vec::new(),
    };
    Ok(PendingRfq { draft, email: guest.email, sent: row.rfq_id.is_some(), files, dropped, complete })
}

async fn find(db: &mut impl Handle, text: &str, now: Timestamp) -> Result<(Token, Row)> {
    let token = tokens::find(db, TokenKind::ConfirmBatch, text).await?.ok_or(ErrorKind::NotFound)?;
    let id = token.subject_id.ok_or(ErrorKind::NotFound)?;
    if token.expires_at <= now {
        return Err(ErrorKind::Gone.into());
    }
    let row = crate::fetch_optional!(*db, Row, FIND, id)?.ok_or(ErrorKind::NotFound)?;
    Ok((token, row))
}

/// Hands a guest's request in: the address is proved, the account exists from now on. The second time gives the
/// same request.
///
/// # Errors
/// `NotFound` for a guess, `Gone` when the link is too old.
pub async fn confirm_rfq(cx: &Cx, text: &str) -> Result<ConfirmedRfq> {
    match confirm_once(cx, text).await {
        Err(error) if offered::is_race(&error.kind) => confirm_once(cx, text).await,
        done => done,
    }
}

async fn confirm_once(cx: &Cx, text: &str) -> Result<ConfirmedRfq> {
    let mut tx = cx.write().await?;
    let (token, row) = find(&mut tx, text, cx.now()).await?;
    let Content { draft, guest } = serde_json::from_str(&row.content)?;
    let lang = Lang::from_code(&row.lang);
    let cx = Cx { lang, ..cx.as_actor(Actor::Visitor) };
    let buyer = offered::account(&cx, &mut tx, &guest, lang).await?;
    if let Some(rfq_id) = row.rfq_id {
        return reopen(&cx, tx, rfq_id, buyer).await;
    }
    if !tokens::consume(&mut tx, token.id, cx.now()).await? {
        return Err(Error::conflict("double_submit"));
    }
    consent::note(&cx, &mut tx, buyer, &guest.agreed).await?;
    let later = check::later(&cx, &mut tx, (draft, &guest.email)).await?;
    let (rfq_id, event) = if later.complete {
        (begin(&cx, &mut tx, &later.checked, buyer).await?, RfqEvent::HandedIn)
    } else {
        // not an error: the address is proved, and what was typed is not lost
        let why = lang.pick(CHANGED.0, CHANGED.1);
        (begin_draft(&cx, &mut tx, &later.checked, (buyer, why)).await?, RfqEvent::Returned)
    };
    if let Some(form_key) = row.form_key {
        files::take_over(&mut tx, form_key, buyer).await?;
        sending::attach_to_rfq_of(&cx, &mut tx, rfq_id, (buyer, form_key, &[])).await?;
    }
    crate::execute!(tx, CONFIRM, row.id, cx.now(), rfq_id)?;
    let job = TellRfqBuyer { rfq_id, event };
    outbox::enqueue(&cx, &mut tx, &job, When::default()).await?;
    reopen(&cx, tx, rfq_id, buyer).await
}

async fn reopen(cx: &Cx, mut tx: Tx, rfq_id: Uuid, buyer: Uuid) -> Result<ConfirmedRfq> {
    let link = links::own_link(cx, &mut tx, rfq_id, buyer).await?;
    let complete = store::find(&mut tx, rfq_id).await?.is_none_or(|rfq| rfq.state != RfqState::Draft);
    tx.commit().await?;
    Ok(ConfirmedRfq { rfq_id, link, complete })
}

/// Forgets requests that nobody confirmed in time.
pub(super) async fn purge(cx: &Cx) -> Result<u64> {
    let mut tx = cx.write().await?;
    let forgotten = crate::execute!(tx, PURGE, cx.now().plus(-DAY))?;
    tx.commit().await?;
    Ok(forgotten)
}
