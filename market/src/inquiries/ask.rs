//! Asking: what the form page needs, and the verb that starts a thread or, for guests, keeps the inquiry
//! apart until the address has confirmed itself.

use serde_json::json;
use uuid::Uuid;

use super::act::{self, Step};
use super::confirm;
use super::limits;
pub(super) use super::limits::sender;
use super::lines::{self, Line};
use super::model::{AskOutcome, InquiryDraft, MessageKind, Side, ThreadState};
use super::rules::{self, Action, Deadline};
use super::saved;
use super::service::is_race;
use super::store::{self, Thread};
use super::withheld;
use crate::abuse::trapped::{self, TrappedForm};
use crate::abuse::{gate, limits as newcomers};
use crate::accounts;
use crate::accounts::access::Person;
use crate::audit;
use crate::catalog::ListingState;
use crate::catalog::rules::{VendorStanding, Visibility, is_visible};
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::files;
use crate::idempotency::{self, IdemKey};
use crate::text;
use crate::throttle;
use crate::time::Timestamp;

/// Longest quantity, in characters.
pub const QUANTITY_MAX: usize = 60;

/// What asking needs to know of a listing.
pub const ASK_PAGE: &str = "SELECT l.id, l.slug, l.vendor_id, l.category, l.title_ko, l.title_en, l.unit, l.moq, l.state, l.free_until, \
    v.slug AS vendor_slug, v.name_ko, v.name_en, v.state AS vendor_state, v.registry_status, v.holiday_until \
    FROM listings l JOIN vendors v ON v.id = l.vendor_id WHERE l.slug = $1";
/// The same by identity.
pub const ASK_PAGE_BY_ID: &str = "SELECT l.id, l.slug, l.vendor_id, l.category, l.title_ko, l.title_en, l.unit, l.moq, l.state, l.free_until, \
    v.slug AS vendor_slug, v.name_ko, v.name_en, v.state AS vendor_state, v.registry_status, v.holiday_until \
    FROM listings l JOIN vendors v ON v.id = l.vendor_id WHERE l.id = $1";

/// A listing as the inquiry form shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AskPage {
    /// Identity of the listing.
    pub id: Uuid,
    /// Its address.
    pub slug: String,
    /// The company asked.
    pub vendor_id: Uuid,
    /// Category code.
    pub category: String,
    /// Korean title.
    pub title_ko: String,
    /// English title; may be empty.
    pub title_en: String,
    /// What is counted.
    pub unit: String,
    /// Smallest order.
    pub moq: Option<i64>,
    state: String,
    free_until: Option<Timestamp>,
    /// Address of the company's page.
    pub vendor_slug: String,
    /// Korean name of the company.
    pub name_ko: String,
    /// English name; may be empty.
    pub name_en: String,
    vendor_state: String,
    registry_status: String,
    /// The company rests until then.
    pub holiday_until: Option<Timestamp>,
}

impl AskPage {
    /// Whether strangers may ask about it now.
    pub fn is_visible(&self, now: Timestamp) -> bool {
        self.demand_visible(now).is_ok()
    }

    fn demand_visible(&self, now: Timestamp) -> Result<()> {
        let vendor = VendorStanding::from_codes(&self.vendor_state, &self.registry_status);
        let state = ListingState::from_code(&self.state).ok_or(ErrorKind::NotFound)?;
        match is_visible(vendor, state, self.free_until, now) {
            Visibility::Visible => Ok(()),
            Visibility::Gone => Err(ErrorKind::Gone.into()),
            Visibility::Hidden => Err(ErrorKind::NotFound.into()),
        }
    }
}

/// The listing behind a slug, if strangers may ask about it.
///
/// # Errors
/// `NotFound`, `Gone`.
pub async fn ask_page(cx: &Cx, slug: &str) -> Result<AskPage> {
    let mut db = cx.read().await?;
    let page = crate::fetch_optional!(db, AskPage, ASK_PAGE, slug)?.ok_or(ErrorKind::NotFound)?;
    page.demand_visible(cx.now())?;
    Ok(page)
}

/// The inquiry of one of the person's own threads that got no answer, to ask somebody else the same.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for threads of others.
pub async fn ask_page_again(cx: &Cx, thread: Uuid) -> Result<InquiryDraft> {
    let me = cx.actor.signed_in()?.id;
    let mut db = cx.read().await?;
    let old =
        store::find(&mut db, thread).await?.filter(|old| old.buyer_id == me).ok_or(ErrorKind::NotFound)?;
    let body = store::messages(&mut db, thread)
        .await?
        .into_iter()
        .next()
        .map(|message| message.body)
        .unwrap_or_default();
    Ok(InquiryDraft { body, quantity: old.quantity, instead_of: Some(old.id), ..InquiryDraft::default() })
}

pub(super) async fn visible_listing(cx: &Cx, db: &mut impl Handle, id: Uuid) -> Result<AskPage> {
    let page = crate::fetch_optional!(*db, AskPage, ASK_PAGE_BY_ID, id)?.ok_or(ErrorKind::NotFound)?;
    page.demand_visible(cx.now())?;
    Ok(page)
}

/// What is left of a draft after checking.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub body: String,
    pub quantity: String,
    pub guest: Option<GuestFields>,
    /// What is asked for line by line; empty for a question about one listing.
    pub lines: Vec<Line>,
    /// The form to several vendors it belongs to.
    pub batch_id: Option<Uuid>,
    /// A field no person sees was filled in.
    pub trapped: bool,
    /// The form its files wait with.
    pub form_key: Option<Uuid>,
    /// Whether we offered the vendor ourselves.
    pub offered: bool,
}

/// Who a guest says they are.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct GuestFields {
    pub email: String,
    pub name: String,
    pub company: String,
    pub country: String,
}

impl Checked {
    /// Everything that the vendor would read.
    fn words(&self) -> String {
        let lines =
            self.lines.iter().flat_map(|line| [line.quantity.as_str(), &line.spec, &line.target_price]);
        [self.body.as_str(), &self.quantity].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
    }

    /// What the gate looks at.
    fn sent<'a>(&self, text: &'a str, between: (Uuid, Uuid)) -> gate::Sent<'a> {
        let together = self.offered || self.batch_id.is_some();
        gate::Sent {
            buyer: between.0,
            vendor: between.1,
            text,
            way: if together { gate::Way::Together } else { gate::Way::Single },
            trapped: self.trapped,
            form_key: self.form_key,
        }
    }
}

fn check(cx: &Cx, draft: &InquiryDraft, guest: bool) -> Result<Checked> {
    let mut errors = FieldErrors::new();
    let checked = check_into(cx, draft, guest, &mut errors);
    errors.into_result()?;
    Ok(checked)
}

/// Checks what stands once on the form, adding to `errors` what is wrong.
pub(super) fn check_into(cx: &Cx, draft: &InquiryDraft, guest: bool, errors: &mut FieldErrors) -> Checked {
    let quantity =
        errors.take("quantity", text::line_within(&draft.quantity, 0, QUANTITY_MAX)).unwrap_or_default();
    let body = errors
        .take("body", text::block_within(&draft.body, 1, cx.settings().message_max))
        .unwrap_or_default();
    let guest =
        guest.then(|| guest_fields((&draft.email, &draft.name, &draft.company, &draft.country), errors));
    Checked {
        body,
        quantity,
        guest,
        lines: Vec::new(),
        batch_id: None,
        trapped: !text::line(&draft.trap).is_empty(),
        form_key: None,
        offered: false,
    }
}

/// Checks who a guest says they are: address, name, company, country.
pub(super) fn guest_fields(typed: (&str, &str, &str, &str), errors: &mut FieldErrors) -> GuestFields {
    let (email, name, company, of) = typed;
    GuestFields {
        email: errors.take("email", accounts::rules::email(email)).unwrap_or_default(),
        name: errors.take("name", text::line_within(name, 1, 60)).unwrap_or_default(),
        company: errors.take("company", text::line_within(company, 0, 100)).unwrap_or_default(),
        country: errors.take("country", country(of)).unwrap_or_default(),
    }
}

fn country(typed: &str) -> Result<String, Problem> {
    let code = text::line(typed).to_ascii_uppercase();
    if code.is_empty() || (code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())) {
        Ok(code)
    } else {
        Err(Problem::NotChoice)
    }
}

/// Asks the vendor of a listing. Somebody signed in with a confirmed address starts a thread at once; for
/// everybody else one confirmation mail is sent and the vendor hears nothing yet.
///
/// # Errors
/// `Invalid` by field; `NotFound` or `Gone` for listings that are not shown; `TooMany`; `Conflict` when the
/// same form comes with other content, or when somebody asks their own company (`inquiry.own_listing`).
pub async fn ask(cx: &Cx, listing: Uuid, draft: &InquiryDraft, idem: Uuid) -> Result<AskOutcome> {
    if !text::line(&draft.trap).is_empty() && cx.actor.person().is_none() {
        let form = TrappedForm::Inquiry { listing, draft: draft.clone() };
        trapped::keep(cx, &form, idem).await?;
        return Ok(AskOutcome::ConfirmationSent);
    }
    match ask_once(cx, listing, draft, idem).await {
        Err(error) if is_race(&error.kind) => ask_once(cx, listing, draft, idem).await,
        done => done,
    }
}

async fn ask_once(cx: &Cx, listing: Uuid, draft: &InquiryDraft, idem: Uuid) -> Result<AskOutcome> {
    let person = cx.actor.person();
    let mut checked = check(cx, draft, person.is_none())?;
    checked.guest = checked.guest.or_else(|| unconfirmed(person));
    let files = files::sending::content(cx, idem).await?;
    let mut tx = cx.write().await?;
    let page = visible_listing(cx, &mut tx, listing).await?;
    let scope = person.map_or_else(|| "inquiry:guest".to_owned(), |person| format!("inquiry:{}", person.id));
    let key = IdemKey::new(scope, idem, &format!("{listing} {checked:?}{files}"));
    if let Some(outcome) = idempotency::earlier(&mut tx, &key).await? {
        return Ok(read_outcome(&outcome));
    }
    checked.form_key = Some(idem);
    let mut all = limits::usual(cx, &page, person, checked.guest.as_ref());
    let who = (person.map(|person| person.id), &*sender(person, checked.guest.as_ref()));
    let begins = [page.vendor_id].into_iter().filter(|_| checked.guest.is_none()).collect::<Vec<_>>();
    all.extend(newcomers::of_newcomer(cx, &mut tx, who, &begins).await?);
    throttle::hit(&mut tx, cx.now(), &all).await?;
    let outcome = match (person, checked.guest.clone()) {
        (Some(person), None) => {
            AskOutcome::Thread(ask_as(cx, &mut tx, &page, person, (checked, draft.instead_of)).await?)
        }
        (_, Some(guest)) => {
            confirm::keep_draft(cx, &mut tx, &page, &checked, &guest).await?;
            AskOutcome::ConfirmationSent
        }
        (None, None) => return Err(ErrorKind::NotSignedIn.into()),
    };
    if let AskOutcome::Thread(thread) = outcome {
        files::sending::attach(cx, &mut tx, thread, 1, idem).await?;
    }
    idempotency::keep(&mut tx, &key, &write_outcome(outcome), cx.now()).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// An address that has not confirmed itself is confirmed by the same mail as a guest's.
pub(super) fn unconfirmed(person: Option<&Person>) -> Option<GuestFields> {
    person.filter(|person| !person.email_confirmed).map(|person| GuestFields {
        email: person.email.clone(),
        name: person.name.clone(),
        company: String::new(),
        country: String::new(),
    })
}

async fn ask_as(
    cx: &Cx,
    tx: &mut Tx,
    page: &AskPage,
    person: &Person,
    what: (Checked, Option<Uuid>),
) -> Result<Uuid> {
    let (mut checked, instead_of) = what;
    if person.role_in(page.vendor_id).is_some() {
        return Err(Error::conflict("inquiry.own_listing"));
    }
    if let Some(old) = instead_of {
        checked.offered = reroute(cx, tx, old, person.id).await?;
    }
    begin(cx, tx, page, person.id, &checked).await
}

/// The unanswered thread this one replaces is closed as such; a thread of somebody else stays as it is.
async fn reroute(cx: &Cx, tx: &mut Tx, old: Uuid, buyer: Uuid) -> Result<bool> {
    let Some(mut old) = store::find(tx, old).await?.filter(|old| old.buyer_id == buyer) else {
        return Ok(false);
    };
    if rules::find(old.state, Action::Reroute).is_none() || old.withheld_at.is_some() {
        return Ok(false);
    }
    act::take(cx, tx, &mut old, Step::new(Action::Reroute, MessageKind::Text, String::new())).await?;
    Ok(true)
}

/// Starts a thread with its first message and hands it over.
pub(super) async fn begin(
    cx: &Cx,
    tx: &mut Tx,
    page: &AskPage,
    buyer: Uuid,
    checked: &Checked,
) -> Result<Uuid> {
    let text = checked.words();
    let reasons = gate::judge(cx, tx, checked.sent(&text, (buyer, page.vendor_id))).await?;
    let now = cx.now();
    let due_at = rules::due_at(Deadline::Vendor, now, act::terms(cx.settings()), None, None);
    let mut thread = Thread {
        id: cx.new_id(),
        listing_id: page.id,
        vendor_id: page.vendor_id,
        buyer_id: buyer,
        batch_id: checked.batch_id,
        state: ThreadState::New,
        decline_reason: None,
        subject: lines::subject(cx.lang, cx.lang.pick(&page.title_ko, &page.title_en), checked.lines.len()),
        quantity: checked.quantity.clone(),
        lang: cx.lang,
        due_at,
        remind_at: None,
        overdue_at: None,
        created_at: now,
        first_answered_at: None,
        last_message_at: now,
        closed_at: None,
        message_count: 0,
        vendor_read_seq: 0,
        buyer_read_seq: 0,
        vendor_last_seq: 0,
        buyer_last_seq: 0,
        version: 1,
        assignee_id: None,
        vendor_archived_at: None,
        buyer_archived_at: None,
        withheld_at: (!reasons.is_empty()).then_some(now),
        delivered_at: None,
        uncounted_at: None,
        quote_until: None,
    };
    store::insert(tx, &thread).await?;
    lines::insert(tx, thread.id, &checked.lines).await?;
    (thread.message_count, thread.buyer_last_seq, thread.buyer_read_seq) = (1, 1, 1);
    let first = Step::new(Action::Deliver, MessageKind::Text, checked.body.clone());
    act::insert_message(cx, tx, &thread, (Side::Buyer, Some(buyer)), &first).await?;
    audit::record(
        cx,
        tx,
        "thread.ask",
        ("thread", Some(thread.id)),
        json!({ "listing": page.id, "buyer": buyer }),
    )
    .await?;
    if reasons.is_empty() {
        act::take(cx, tx, &mut thread, first).await?;
        saved::greet(cx, tx, &mut thread).await?;
    } else {
        withheld::hold(cx, tx, &mut thread, (&checked.body, &reasons)).await?;
    }
    Ok(thread.id)
}

fn write_outcome(outcome: AskOutcome) -> String {
    match outcome {
        AskOutcome::Thread(id) => id.to_string(),
        AskOutcome::ConfirmationSent => String::new(),
    }
}

fn read_outcome(text: &str) -> AskOutcome {
    Uuid::parse_str(text).map_or(AskOutcome::ConfirmationSent, AskOutcome::Thread)
}
