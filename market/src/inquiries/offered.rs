//! What requests for quotes share with inquiries: a thread that begins with a vendor's quote, the fields of guests,
//! and the end of the others when one quote was taken.

use serde_json::json;
use uuid::Uuid;

use super::act::{self, Step};
use super::ask;
use super::begin::{self, Between};
use super::confirm;
use super::messages;
use super::model::{MessageKind, RejectReason, Side, ThreadState};
use super::quote::{self, QuoteDraft};
use super::rules::{self, Action, Deadline};
use super::store;
use crate::accounts::access::Person;
use crate::audit;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{ErrorKind, FieldErrors, Result};
use crate::lang::Lang;

pub(crate) use super::ask::GuestFields;
pub use super::confirm::CONFIRM_DAYS;
pub(crate) use super::confirm::ask_address;
pub(crate) use super::links::network_mark;

/// Open threads of one form other than one.
pub const OTHERS: &str = "SELECT id FROM threads WHERE batch_id = $1 AND id <> $2 AND state IN ('new', 'waiting_vendor', 'waiting_buyer', 'quoted') ORDER BY id LIMIT 50";

/// A quote that begins a thread, and whom it concerns.
#[derive(Clone, Debug)]
pub(crate) struct OfferedQuote {
    pub listing_id: Uuid,
    pub vendor_id: Uuid,
    pub user_id: Uuid,
    pub buyer_id: Uuid,
    pub batch_id: Uuid,
    pub subject: String,
    pub quantity: String,
    /// The buyer's words, the first message.
    pub body: String,
    pub lang: Lang,
}

/// Begins the thread: the buyer's words first, then the quote, as if the vendor had been asked. The team is not
/// told of what it did itself.
pub(crate) async fn begin(
    cx: &Cx,
    tx: &mut Tx,
    offer: &OfferedQuote,
    draft: &QuoteDraft,
) -> Result<(Uuid, i64)> {
    let now = cx.now();
    let (quote, note) = quote::check(draft, 1, now)?;
    let due_at = rules::due_at(Deadline::Vendor, now, act::terms(cx.settings()), None, None);
    let between = Between {
        listing_id: offer.listing_id,
        vendor_id: offer.vendor_id,
        buyer_id: offer.buyer_id,
        batch_id: Some(offer.batch_id),
        subject: offer.subject.clone(),
        quantity: offer.quantity.clone(),
        lang: offer.lang,
    };
    let mut thread = begin::fresh(cx.new_id(), between, now);
    (thread.state, thread.due_at) = (ThreadState::WaitingVendor, due_at);
    store::insert(tx, &thread).await?;
    let first = Step::new(Action::BuyerReply, MessageKind::Text, offer.body.clone());
    act::insert_message(cx, tx, &thread, (Side::Buyer, Some(offer.buyer_id)), &first).await?;
    let details = json!({ "rfq": offer.batch_id, "vendor": offer.vendor_id, "by": offer.user_id });
    audit::record(cx, tx, "thread.offer", ("thread", Some(thread.id)), details).await?;
    let step = Step { quote: Some(quote), ..Step::new(Action::Quote, MessageKind::Quote, note) };
    act::take(cx, tx, &mut thread, step).await?;
    Ok((thread.id, thread.message_count))
}

/// Ends the other threads of a form in a friendly way: another quote was taken (`elsewhere`), or nothing is needed
/// any more.
pub(crate) async fn end_others(
    cx: &Cx,
    batch: Uuid,
    taken: Option<Uuid>,
    reason: RejectReason,
) -> Result<usize> {
    let others = {
        let mut db = cx.read().await?;
        crate::fetch_all!(db, (Uuid,), OTHERS, batch, taken.unwrap_or_default())?
    };
    let mut ended = 0;
    for (id,) in others {
        let mut tx = cx.write().await?;
        let Some(mut thread) = store::find(&mut tx, id).await? else { continue };
        let live = messages::newest_quote(&mut tx, id).await?.is_some_and(|quote| quote.holds(cx.now()));
        let step = if rules::transition(thread.state, Action::Decline, live).is_ok() {
            let decline = Step::new(Action::Decline, MessageKind::Decline, String::new());
            Step { reason: Some(reason.code().to_owned()), ..decline }
        } else {
            Step::new(Action::Withdraw, MessageKind::Withdraw, String::new())
        };
        match act::take(cx, &mut tx, &mut thread, step).await {
            Err(error) if matches!(error.kind, ErrorKind::Conflict(_)) => continue,
            done => done?,
        }
        tx.commit().await?;
        ended += 1;
    }
    Ok(ended)
}

/// Whether another try may find its own outcome.
pub(crate) fn is_race(kind: &ErrorKind) -> bool {
    super::service::is_race(kind)
}

/// Who a guest says they are, checked: address, name, company, country.
pub(crate) fn guest_fields(
    typed: (&str, &str, &str, &str),
    agreed: bool,
    errors: &mut FieldErrors,
) -> GuestFields {
    ask::guest_fields(typed, agreed, errors)
}

/// Who has to confirm an address first though signed in.
pub(crate) fn unconfirmed(person: Option<&Person>, agreed: bool) -> Option<GuestFields> {
    ask::unconfirmed(person, agreed)
}

/// Who sends, as limits know them.
pub(crate) fn sender(person: Option<&Person>, guest: Option<&GuestFields>) -> String {
    ask::sender(person, guest)
}

/// The account of a guest whose address has proved itself.
pub(crate) async fn account(cx: &Cx, tx: &mut Tx, guest: &GuestFields, lang: Lang) -> Result<Uuid> {
    confirm::account(cx, tx, guest, lang).await
}

/// Whether somebody is in a company's team.
pub(crate) async fn is_member(db: &mut impl Handle, vendor: Uuid, user: Uuid) -> Result<bool> {
    store::is_member(db, vendor, user).await
}

/// The team of a company.
pub(crate) async fn team(db: &mut impl Handle, vendor: Uuid) -> Result<Vec<store::Reader>> {
    store::team(db, vendor).await
}

/// Somebody to write to.
pub(crate) async fn person(db: &mut impl Handle, id: Uuid) -> Result<Option<store::Reader>> {
    store::person(db, id).await
}

/// A fresh link that opens a thread for one member of its vendor's team.
///
/// # Errors
/// `NotFound` for those outside the team.
pub async fn link_after_answer(cx: &Cx, thread: Uuid) -> Result<String> {
    let user = cx.actor.user_id().ok_or(ErrorKind::NotSignedIn)?;
    let mut tx = cx.write().await?;
    let thread = store::find(&mut tx, thread).await?.ok_or(ErrorKind::NotFound)?;
    if !store::is_member(&mut tx, thread.vendor_id, user).await? {
        return Err(ErrorKind::NotFound.into());
    }
    let link = super::links::answer_link(cx, &mut tx, &thread, user).await?;
    tx.commit().await?;
    Ok(link)
}
