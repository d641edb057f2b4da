//! Guests: the form waits apart until the address has confirmed itself; only the button behind the mail's link
//! starts the threads.

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::plan::{self, Plan, VendorPlan};
use super::{BatchDraft, send};
use crate::abuse::blocks;
use crate::accounts::consent;
use crate::audit;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, Result};
use crate::files::guests;
use crate::inquiries::ask::GuestFields;
use crate::inquiries::confirm::{self, CONFIRM_DAYS};
use crate::inquiries::jobs::TellBatch;
use crate::inquiries::{letters_batch, limits, links, service, several};
use crate::lang::Lang;
use crate::outbox::{self, When};
use crate::time::{DAY, Timestamp};
use crate::tokens::{self, Token, TokenKind};

/// Keeps a form apart.
pub const INSERT: &str = "INSERT INTO batch_drafts (id, email, content, lang, created_at, expires_at, form_key) VALUES ($1, $2, $3, $4, $5, $6, $7)";
/// One that waits or was confirmed, and the account that has its address already.
pub const FIND: &str = "SELECT d.id, d.content, d.lang, d.batch_id, d.form_key, u.id AS account FROM batch_drafts d LEFT JOIN users u ON u.email = d.email WHERE d.id = $1";
/// Notes what became of it, once.
pub const CONFIRM: &str =
    "UPDATE batch_drafts SET confirmed_at = $2, batch_id = $3 WHERE id = $1 AND confirmed_at IS NULL";
/// Forgets what nobody confirmed in time, and what waited beside what was.
pub const PURGE: &str = "DELETE FROM batch_drafts WHERE expires_at < $1";

/// Forms that nobody confirmed, of a closed account.
pub const ERASE_DRAFTS: &str = "DELETE FROM batch_drafts WHERE email = $1 AND batch_id IS NULL";
/// Makes the address of a confirmed form nobody's.
pub const BLANK_DRAFTS: &str = "UPDATE batch_drafts SET email = $2, content = '{}' WHERE email = $1";

/// Companies somebody works for: who confirms a form may work for one of those it asks.
pub const OWN_COMPANIES: &str = "SELECT vendor_id FROM vendor_members WHERE user_id = $1 ORDER BY vendor_id";

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    content: String,
    lang: String,
    batch_id: Option<Uuid>,
    form_key: Option<Uuid>,
    account: Option<Uuid>,
}

#[derive(Serialize, Deserialize)]
struct Content {
    draft: BatchDraft,
    guest: GuestFields,
}

/// A guest's form before it is sent, as the confirmation page shows it.
#[derive(Clone, Debug)]
pub struct PendingBatch {
    /// What will be sent; none when nothing of it is shown any more.
    pub plan: Option<Plan>,
    /// Listings that were taken down meanwhile.
    pub gone: usize,
    /// Companies that whoever owns the address cannot ask: their own, and those that do not take their inquiries.
    pub left_out: Vec<String>,
    /// The address that is confirmed by sending.
    pub email: String,
    /// True when it has been sent already.
    pub sent: bool,
    /// Names of the files that go to all of them.
    pub files: Vec<String>,
}

/// What sending gave.
#[derive(Clone, Debug)]
pub struct ConfirmedBatch {
    /// The threads' common identity.
    pub batch_id: Uuid,
    /// Text of a link that opens them for the guest.
    pub link: String,
}

pub(super) async fn keep(
    cx: &Cx,
    tx: &mut Tx,
    about: (&BatchDraft, &Plan),
    guest: &GuestFields,
) -> Result<()> {
    let (id, expires_at) = (cx.new_id(), cx.now().plus(CONFIRM_DAYS * DAY));
    let content = serde_json::to_string(&Content { draft: about.0.clone(), guest: guest.clone() })?;
    let (lang, form_key) = (cx.lang.code(), about.1.checked.form_key);
    crate::execute!(*tx, INSERT, id, &guest.email, &content, lang, cx.now(), expires_at, form_key)?;
    let details = json!({ "vendors": about.1.vendors.len() });
    audit::record(cx, tx, "batch.draft", ("batch_draft", Some(id)), details).await?;
    let letter = |token: &str| letters_batch::confirm_batch(cx, cx.lang, about.1, token);
    confirm::ask_address(cx, tx, (TokenKind::ConfirmBatch, id, expires_at), guest, letter).await
}

/// The form behind a confirmation link. Opening it changes nothing.
///
/// # Errors
/// `NotFound` for a guess, `Gone` when the link is too old, `Conflict` when none of the companies can be asked.
pub async fn pending_batch(cx: &Cx, text: &str) -> Result<PendingBatch> {
    let mut db = cx.read().await?;
    let (_, row) = find(&mut db, text, cx.now()).await?;
    let Content { draft, guest } = serde_json::from_str(&row.content)?;
    let before = draft.items.len();
    let mut plan = plan_of_the_shown(cx, &mut db, draft, &guest).await?;
    let shown = plan.as_ref().map_or(0, |plan| plan.vendors.iter().map(|vendor| vendor.lines.len()).sum());
    let sent = row.batch_id.is_some();
    let left_out = match (plan.as_mut().filter(|_| !sent), row.account) {
        (Some(plan), Some(buyer)) => leave_out(cx, &mut db, plan, buyer).await?,
        _ => Vec::new(),
    };
    let files = match row.form_key.filter(|_| !sent) {
        Some(form_key) => guests::names(&mut db, form_key).await?,
        None => Vec::new(),
    };
    Ok(PendingBatch { plan, gone: before.saturating_sub(shown), left_out, email: guest.email, sent, files })
}

/// Takes out of a plan whom this buyer cannot ask, and says their names.
async fn leave_out(cx: &Cx, db: &mut impl Handle, plan: &mut Plan, buyer: Uuid) -> Result<Vec<String>> {
    let closed = blocks::closed_vendors(db, buyer).await?;
    let own = crate::fetch_all!(*db, (Uuid,), OWN_COMPANIES, buyer)?;
    let is_own = |vendor: &VendorPlan| own.contains(&(vendor.page.vendor_id,));
    let (out, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut plan.vendors)
        .into_iter()
        .partition(|vendor| closed.contains(&vendor.page.vendor_id) || is_own(vendor));
    plan.vendors = kept;
    if plan.vendors.is_empty() {
        let rule = if out.iter().all(is_own) { "inquiry.own_listing" } else { "block.theirs" };
        return Err(Error::conflict(rule));
    }
    Ok(out.iter().map(|vendor| cx.lang.pick(&vendor.page.name_ko, &vendor.page.name_en).to_owned()).collect())
}

/// What was taken down since, and days that passed since, are left out.
async fn plan_of_the_shown(
    cx: &Cx,
    db: &mut impl Handle,
    mut draft: BatchDraft,
    guest: &GuestFields,
) -> Result<Option<Plan>> {
    let ids: Vec<Uuid> = draft.items.iter().map(|item| item.listing_id).collect();
    let pages = several::pages_in(db, &ids).await?;
    draft
        .items
        .retain(|item| pages.iter().any(|page| page.id == item.listing_id && page.is_visible(cx.now())));
    let today = crate::calendar::seoul_date(cx.now().0).to_string();
    for item in &mut draft.items {
        if item.due < today {
            item.due.clear();
        }
    }
    if draft.items.is_empty() {
        return Ok(None);
    }
    (draft.common.email, draft.common.name) = (guest.email.clone(), guest.name.clone());
    // asked and kept when it was sent
    draft.common.agreed = true;
    plan::plan_in(cx, db, &draft).await.map(Some)
}

async fn find(db: &mut impl Handle, text: &str, now: Timestamp) -> Result<(Token, Row)> {
    let token = tokens::find(db, TokenKind::ConfirmBatch, text).await?.ok_or(ErrorKind::NotFound)?;
    let id = token.subject_id.ok_or(ErrorKind::NotFound)?;
    if token.expires_at <= now {
        return Err(ErrorKind::Gone.into());
    }
    let row = crate::fetch_optional!(*db, Row, FIND, id)?.ok_or(ErrorKind::Gone)?;
    Ok((token, row))
}

/// Sends a guest's form: the address is proved, the account exists from now on, the threads begin. The second
/// time gives the same threads.
///
/// # Errors
/// `NotFound` for a guess, `Gone` when the link is too old or nothing of it is shown any more, `TooMany` as for one inquiry.
pub async fn confirm_batch(cx: &Cx, text: &str) -> Result<ConfirmedBatch> {
    match confirm_once(cx, text).await {
        Err(error) if service::is_race(&error.kind) => confirm_once(cx, text).await,
        done => done,
    }
}

async fn confirm_once(cx: &Cx, text: &str) -> Result<ConfirmedBatch> {
    // whoever opens the mail acts as the guest, also in a browser in which somebody is signed in
    let mut tx = cx.write().await?;
    let (token, row) = find(&mut tx, text, cx.now()).await?;
    let Content { draft, guest } = serde_json::from_str(&row.content)?;
    let lang = Lang::from_code(&row.lang);
    let cx = Cx { lang, ..cx.as_actor(crate::accounts::access::Actor::Visitor) };
    let buyer = confirm::account(&cx, &mut tx, &guest, lang).await?;
    if let Some(batch_id) = row.batch_id {
        return reopen(&cx, tx, batch_id, buyer).await;
    }
    if !tokens::consume(&mut tx, token.id, cx.now()).await? {
        return Err(Error::conflict("double_submit"));
    }
    consent::note(&cx, &mut tx, buyer, &guest.agreed).await?;
    let mut plan = plan_of_the_shown(&cx, &mut tx, draft, &guest).await?.ok_or(ErrorKind::Gone)?;
    leave_out(&cx, &mut tx, &mut plan, buyer).await?;
    let asked: Vec<_> =
        plan.vendors.iter().map(|vendor| (vendor.page.vendor_id, vendor.pages.iter().collect())).collect();
    limits::confirmed(&cx, &mut tx, buyer, &asked).await?;
    plan.checked.form_key = row.form_key;
    if let Some(form_key) = row.form_key {
        guests::take_over(&mut tx, form_key, buyer).await?;
    }
    let batch_id = send::begin(&cx, &mut tx, &plan, buyer).await?;
    crate::execute!(tx, CONFIRM, row.id, cx.now(), batch_id)?;
    outbox::enqueue(&cx, &mut tx, &TellBatch { batch_id }, When::default()).await?;
    reopen(&cx, tx, batch_id, buyer).await
}

async fn reopen(cx: &Cx, mut tx: Tx, batch_id: Uuid, buyer: Uuid) -> Result<ConfirmedBatch> {
    let link = links::batch_link(cx, &mut tx, batch_id, buyer).await?;
    tx.commit().await?;
    Ok(ConfirmedBatch { batch_id, link })
}
