//! Guests: their inquiry waits apart, one mail asks the address to confirm, and only the button on the page
//! behind its link starts the thread.

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::ask::{Checked, GuestFields};
use super::begin;
use super::jobs::{BuyerEvent, TellBuyer};
use super::letters;
use super::limits;
use super::links;
use super::page::{AskPage, visible_listing};
use super::{store, typed};
use crate::accounts::{consent, model::Guest, service as accounts};
use crate::audit;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, Result};
use crate::files::{guests, sending};
use crate::lang::Lang;
use crate::notifications::letter::{self, Letter, Recipient};
use crate::outbox::{self, When};
use crate::time::{DAY, Timestamp};
use crate::tokens::{self, NewToken, Token, TokenKind};

/// Days a guest has to confirm.
pub const CONFIRM_DAYS: i64 = 3;

/// Keeps an inquiry apart.
pub const INSERT: &str = "INSERT INTO inquiry_drafts (id, listing_id, email, content, lang, created_at, expires_at, form_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
/// One that waits or was confirmed.
pub const FIND: &str =
    "SELECT id, listing_id, email, content, lang, thread_id, form_key FROM inquiry_drafts WHERE id = $1";
/// Notes what became of it, once.
pub const CONFIRM: &str =
    "UPDATE inquiry_drafts SET confirmed_at = $2, thread_id = $3 WHERE id = $1 AND confirmed_at IS NULL";
/// Forgets what nobody confirmed in time, and what waited beside what was.
pub const PURGE: &str = "DELETE FROM inquiry_drafts WHERE expires_at < $1";

#[derive(sqlx::FromRow)]
struct DraftRow {
    id: Uuid,
    listing_id: Uuid,
    email: String,
    content: String,
    lang: String,
    thread_id: Option<Uuid>,
    form_key: Option<Uuid>,
}

#[derive(Serialize, Deserialize)]
struct Content {
    body: String,
    quantity: String,
    guest: GuestFields,
    #[serde(default)]
    trapped: bool,
}

/// A guest's inquiry before it is sent, as the confirmation page shows it.
#[derive(Clone, Debug)]
pub struct PendingInquiry {
    /// The listing; none when it is not shown any more.
    pub listing: Option<AskPage>,
    /// The text.
    pub body: String,
    /// How much is needed.
    pub quantity: String,
    /// The address that is confirmed by sending.
    pub email: String,
    /// True when it has been sent already.
    pub sent: bool,
    /// Names of the files that go with it.
    pub files: Vec<String>,
}

/// What sending gave.
#[derive(Clone, Debug)]
pub struct Confirmed {
    /// The thread.
    pub thread_id: Uuid,
    /// Text of a link that opens it for the guest.
    pub link: String,
}

pub(super) async fn keep_draft(
    cx: &Cx,
    tx: &mut Tx,
    page: &AskPage,
    checked: &Checked,
    guest: &GuestFields,
) -> Result<()> {
    let (id, expires_at) = (cx.new_id(), cx.now().plus(CONFIRM_DAYS * DAY));
    let content = Content {
        body: checked.body.clone(),
        quantity: checked.quantity.clone(),
        guest: guest.clone(),
        trapped: checked.trapped,
    };
    let content = serde_json::to_string(&content)?;
    let (lang, form_key) = (cx.lang.code(), checked.form_key);
    crate::execute!(*tx, INSERT, id, page.id, &guest.email, &content, lang, cx.now(), expires_at, form_key)?;
    audit::record(cx, tx, "inquiry.draft", ("inquiry_draft", Some(id)), json!({ "listing": page.id }))
        .await?;
    let letter = |token: &str| letters::confirm(cx, cx.lang, page, &checked.body, token);
    ask_address(cx, tx, (TokenKind::ConfirmInquiry, id, expires_at), guest, letter).await
}

/// Mails a guest the link with which the address proves itself; only the button behind it sends on what waits as `id`.
pub(crate) async fn ask_address(
    cx: &Cx,
    tx: &mut Tx,
    (kind, id, expires_at): (TokenKind, Uuid, Timestamp),
    guest: &GuestFields,
    letter: impl FnOnce(&str) -> Letter,
) -> Result<()> {
    let new = NewToken { kind, user_id: None, subject_id: Some(id), payload: "{}".into(), expires_at };
    let letter = letter(&tokens::issue(cx, tx, new).await?);
    let to = Recipient { email: guest.email.clone(), name: guest.name.clone(), lang: cx.lang };
    letter::post(cx, tx, &to, &letter, When::default()).await
}

/// The inquiry behind a confirmation link. Opening it changes nothing.
///
/// # Errors
/// `NotFound` for a guess, `Gone` when the link is too old.
pub async fn pending_inquiry(cx: &Cx, text: &str) -> Result<PendingInquiry> {
    let mut db = cx.read().await?;
    let (_, draft) = find(&mut db, text, cx.now()).await?;
    let content: Content = serde_json::from_str(&draft.content)?;
    let listing = match visible_listing(cx, &mut db, draft.listing_id).await {
        Ok(page) => Some(page),
        Err(error) if matches!(error.kind, ErrorKind::NotFound | ErrorKind::Gone) => None,
        Err(error) => return Err(error),
    };
    let files = match draft.form_key.filter(|_| draft.thread_id.is_none()) {
        Some(form_key) => guests::names(&mut db, form_key).await?,
        None => Vec::new(),
    };
    Ok(PendingInquiry {
        files,
        listing,
        body: content.body,
        quantity: content.quantity,
        email: draft.email,
        sent: draft.thread_id.is_some(),
    })
}

async fn find(db: &mut impl Handle, text: &str, now: Timestamp) -> Result<(Token, DraftRow)> {
    let token = tokens::find(db, TokenKind::ConfirmInquiry, text).await?.ok_or(ErrorKind::NotFound)?;
    let id = token.subject_id.ok_or(ErrorKind::NotFound)?;
    if token.expires_at <= now {
        return Err(ErrorKind::Gone.into());
    }
    let draft = crate::fetch_optional!(*db, DraftRow, FIND, id)?.ok_or(ErrorKind::Gone)?;
    Ok((token, draft))
}

/// Sends a guest's inquiry: the address is proved, the account exists from now on, the thread begins. The
/// second time gives the same thread.
///
/// # Errors
/// `NotFound` for a guess, `Gone` when the link or the listing is over, `TooMany` when the vendor gets too many just now;
/// the link goes on working then.
pub async fn confirm_inquiry(cx: &Cx, text: &str) -> Result<Confirmed> {
    match confirm_once(cx, text).await {
        Err(error) if super::service::is_race(&error.kind) => confirm_once(cx, text).await,
        done => done,
    }
}

async fn confirm_once(cx: &Cx, text: &str) -> Result<Confirmed> {
    let mut tx = cx.write().await?;
    let (token, draft) = find(&mut tx, text, cx.now()).await?;
    if let Some(thread_id) = draft.thread_id {
        return reopen(cx, tx, thread_id).await;
    }
    if !tokens::consume(&mut tx, token.id, cx.now()).await? {
        return Err(Error::conflict("double_submit"));
    }
    let page = visible_listing(cx, &mut tx, draft.listing_id).await.map_err(|error| match error.kind {
        ErrorKind::NotFound => ErrorKind::Gone.into(),
        _ => error,
    })?;
    let content: Content = serde_json::from_str(&draft.content)?;
    let lang = Lang::from_code(&draft.lang);
    let user_id = account(cx, &mut tx, &content.guest, lang).await?;
    consent::note(cx, &mut tx, user_id, &content.guest.agreed).await?;
    limits::confirmed(cx, &mut tx, user_id, &[(page.vendor_id, vec![&page])]).await?;
    let checked = Checked {
        body: content.body,
        quantity: content.quantity,
        guest: None,
        lines: Vec::new(),
        batch_id: None,
        trapped: content.trapped,
        form_key: draft.form_key,
        offered: false,
    };
    let written_in = Cx { lang, ..cx.clone() };
    if let Some(form_key) = draft.form_key {
        guests::take_over(&mut tx, form_key, user_id).await?;
    }
    let thread_id = begin::begin(&written_in, &mut tx, &page, user_id, &checked).await?;
    if let Some(form_key) = draft.form_key {
        sending::attach_of(cx, &mut tx, (thread_id, 1), (user_id, form_key)).await?;
    }
    crate::execute!(tx, CONFIRM, draft.id, cx.now(), thread_id)?;
    outbox::enqueue(
        cx,
        &mut tx,
        // only tells what is true when it is sent
        &TellBuyer { thread_id, seq: 1, event: BuyerEvent::Delivered },
        When::default(),
    )
    .await?;
    reopen(cx, tx, thread_id).await
}

pub(super) async fn account(cx: &Cx, tx: &mut Tx, guest: &GuestFields, lang: Lang) -> Result<Uuid> {
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let guest = Guest {
        email: guest.email.clone(),
        name: guest.name.clone(),
        company: filled(&guest.company),
        country: filled(&guest.country),
        lang,
    };
    typed::confirmed(tx, &guest.email).await?;
    accounts::prove_guest(cx, tx, &guest).await
}

async fn reopen(cx: &Cx, mut tx: Tx, thread_id: Uuid) -> Result<Confirmed> {
    let thread = store::find(&mut tx, thread_id).await?.ok_or(ErrorKind::NotFound)?;
    let link = links::read_link(cx, &mut tx, &thread).await?;
    tx.commit().await?;
    Ok(Confirmed { thread_id, link })
}

/// Forgets inquiries that nobody confirmed in time; run by the schedule of deadlines.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn purge_drafts(cx: &Cx) -> Result<u64> {
    let mut tx = cx.write().await?;
    // a day longer than the link works, so that a late click is told what happened
    let forgotten = crate::execute!(tx, PURGE, cx.now().plus(-DAY))?
        + crate::execute!(tx, super::together::draft::PURGE, cx.now().plus(-DAY))?
        + super::typed::purge(&mut tx, cx.now()).await?;
    tx.commit().await?;
    Ok(forgotten)
}
