//! Asking: what the form page needs, and the verb that starts a thread or, for guests, keeps the inquiry
//! apart until the address has confirmed itself.

use uuid::Uuid;

use super::act::{self, Step};
use super::begin::{self, Begins};
use super::confirm;
use super::limits;
pub(super) use super::limits::sender;
use super::lines::Line;
use super::messages;
use super::model::{AskOutcome, InquiryDraft, MessageKind};
use super::page::{AskPage, visible_listing};
use super::rules::{self, Action};
use super::service::is_race;
use super::store;
use crate::abuse::trapped::{self, TrappedForm};
use crate::abuse::{gate, limits as newcomers};
use crate::accounts;
use crate::accounts::access::Person;
use crate::accounts::consent;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{ErrorKind, FieldErrors, Problem, Result};
use crate::files;
use crate::idempotency::{self, IdemKey};
use crate::text;
use crate::throttle;

/// Longest quantity, in characters.
pub const QUANTITY_MAX: usize = 60;

/// The inquiry of one of the person's own threads that got no answer, to ask somebody else the same.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for threads of others.
pub async fn ask_page_again(cx: &Cx, thread: Uuid) -> Result<InquiryDraft> {
    let me = cx.actor.signed_in()?.id;
    let mut db = cx.read().await?;
    let old =
        store::find(&mut db, thread).await?.filter(|old| old.buyer_id == me).ok_or(ErrorKind::NotFound)?;
    let body = messages::at(&mut db, thread, 1).await?.map(|message| message.body).unwrap_or_default();
    Ok(InquiryDraft { body, quantity: old.quantity, instead_of: Some(old.id), ..InquiryDraft::default() })
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
    /// Version of the words about vendors that were ticked; empty for forms of before.
    #[serde(default)]
    pub agreed: String,
}

impl Checked {
    /// Everything that the vendor would read.
    pub(super) fn words(&self) -> String {
        let lines =
            self.lines.iter().flat_map(|line| [line.quantity.as_str(), &line.spec, &line.target_price]);
        [self.body.as_str(), &self.quantity].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
    }

    /// What the gate looks at.
    pub(super) fn sent<'a>(&self, text: &'a str, between: (Uuid, Uuid)) -> gate::Sent<'a> {
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
    consent::demand(consent::is_asked(cx.actor.person()), draft.agreed, errors);
    let typed = (&*draft.email, &*draft.name, &*draft.company, &*draft.country);
    let guest = guest.then(|| guest_fields(typed, draft.agreed, errors));
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
pub(super) fn guest_fields(
    typed: (&str, &str, &str, &str),
    agreed: bool,
    errors: &mut FieldErrors,
) -> GuestFields {
    let (email, name, company, of) = typed;
    GuestFields {
        email: errors.take("email", accounts::rules::email(email)).unwrap_or_default(),
        name: errors.take("name", accounts::rules::name(name)).unwrap_or_default(),
        company: errors.take("company", text::name_within(company, 0, 100)).unwrap_or_default(),
        country: errors.take("country", country(of)).unwrap_or_default(),
        agreed: consent::ticked(agreed),
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
    checked.guest = checked.guest.or_else(|| unconfirmed(person, draft.agreed));
    let files = files::sending::content(&files::guests::sender(cx), idem).await?;
    let (scope, outcome) = match (person, &checked.guest) {
        (Some(person), None) => (format!("inquiry:{}", person.id), AskOutcome::Thread(cx.new_id())),
        (Some(person), _) => (format!("inquiry:{}", person.id), AskOutcome::ConfirmationSent),
        (None, _) => ("inquiry:guest".to_owned(), AskOutcome::ConfirmationSent),
    };
    let key = IdemKey::new(scope, idem, &format!("{listing} {checked:?}{files}"));
    let mut tx = cx.write().await?;
    let page = visible_listing(cx, &mut tx, listing).await?;
    if let Some(outcome) = idempotency::claim(&mut tx, &key, &write_outcome(outcome), cx.now()).await? {
        return Ok(read_outcome(&outcome));
    }
    checked.form_key = (!files.is_empty()).then_some(idem);
    let known = match person {
        Some(person) => gate::sender_to(cx, &mut tx, person.id, page.vendor_id).await?,
        None => None,
    };
    let mut all = limits::usual(cx, &page, person, checked.guest.as_ref());
    let who = sender(person, checked.guest.as_ref());
    let begins = [page.vendor_id].into_iter().filter(|_| checked.guest.is_none()).collect::<Vec<_>>();
    all.extend(newcomers::of_known(cx, known.as_ref().map(|known| &known.sender), &who, &begins));
    throttle::hit(&mut tx, cx.now(), &all).await?;
    match (person, checked.guest.clone(), outcome) {
        (Some(person), None, AskOutcome::Thread(id)) => {
            let begins = Begins { id, buyer: person.id, known: known.as_ref() };
            if !person.shares {
                consent::give(cx, &mut tx, person.id).await?;
            }
            ask_as(cx, &mut tx, &page, (person, begins), (checked, draft.instead_of)).await?;
            // what came into the form meanwhile is not what was sent
            if !files.is_empty() {
                files::sending::attach(cx, &mut tx, id, 1, idem).await?;
            }
        }
        (_, Some(guest), _) => confirm::keep_draft(cx, &mut tx, &page, &checked, &guest).await?,
        _ => return Err(ErrorKind::NotSignedIn.into()),
    }
    tx.commit().await?;
    Ok(outcome)
}

/// An address that has not confirmed itself is confirmed by the same mail as a guest's.
pub(super) fn unconfirmed(person: Option<&Person>, agreed: bool) -> Option<GuestFields> {
    person.filter(|person| !person.email_confirmed).map(|person| GuestFields {
        email: person.email.clone(),
        name: person.name.clone(),
        company: String::new(),
        country: String::new(),
        agreed: consent::ticked(agreed),
    })
}

async fn ask_as(
    cx: &Cx,
    tx: &mut Tx,
    page: &AskPage,
    (person, begins): (&Person, Begins<'_>),
    (mut checked, instead_of): (Checked, Option<Uuid>),
) -> Result<()> {
    if let Some(old) = instead_of {
        checked.offered = reroute(cx, tx, old, person.id).await?;
    }
    begin::begin_as(cx, tx, page, begins, &checked).await
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

fn write_outcome(outcome: AskOutcome) -> String {
    match outcome {
        AskOutcome::Thread(id) => id.to_string(),
        AskOutcome::ConfirmationSent => String::new(),
    }
}

fn read_outcome(text: &str) -> AskOutcome {
    Uuid::parse_str(text).map_or(AskOutcome::ConfirmationSent, AskOutcome::Thread)
}
