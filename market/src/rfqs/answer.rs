//! A vendor's answer: a quote that begins a thread with the buyer. Who may, with which product, and the verb.

use serde_json::json;
use uuid::Uuid;

use super::files;
use super::fitting;
use super::jobs::{RfqEvent, TellRfqBuyer};
use super::model::Visibility;
use super::rules::{self, Action};
use super::service::key;
use super::store::{self, Rfq};
use crate::accounts::access::{self, Actor, Verb};
use crate::audit;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::files::{AttachedFile, sending};
use crate::idempotency;
use crate::inquiries::offered::{self, OfferedQuote};
use crate::inquiries::quote::{QuoteDraft, check};
use crate::lang::Lang;
use crate::outbox::{self, When};
use crate::time::Timestamp;

/// Companies of a person and how they stand to a request.
pub const COMPANIES: &str = "SELECT v.id, v.state, v.registry_status, \
    (SELECT t.id FROM threads t WHERE t.batch_id = $2 AND t.vendor_id = v.id) AS thread_id, \
    CASE WHEN EXISTS (SELECT 1 FROM rfq_invites i WHERE i.rfq_id = $2 AND i.vendor_id = v.id) THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS invited, \
    CASE WHEN EXISTS (SELECT 1 FROM blocks k JOIN rfqs r ON r.buyer_id = k.buyer_id WHERE r.id = $2 AND k.vendor_id = v.id AND k.ended_at IS NULL) \
    THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS blocked, \
    CASE WHEN EXISTS (SELECT 1 FROM vendor_members o JOIN rfqs r ON r.buyer_id = o.user_id WHERE r.id = $2 AND o.vendor_id = v.id) \
    THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS own \
    FROM vendor_members m JOIN vendors v ON v.id = m.vendor_id WHERE m.user_id = $1 ORDER BY m.created_at, v.id LIMIT 20";
/// Products a company may offer: what is shown, the nearest category first.
pub const PRODUCTS: &str = concat!(
    "SELECT l.id, l.vendor_id, v.name_ko, v.name_en, l.title_ko, l.title_en, l.category FROM listings l JOIN vendors v ON v.id = l.vendor_id WHERE ",
    crate::visible_listings!(),
    " AND l.vendor_id = $2 ORDER BY CASE WHEN l.category = $3 THEN 0 WHEN l.category LIKE $4 ESCAPE '!' THEN 1 ELSE 2 END, \
     l.published_at DESC, l.id LIMIT 50"
);

/// How one company stands to a request.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Company {
    id: Uuid,
    state: String,
    registry_status: String,
    thread_id: Option<Uuid>,
    invited: i64,
    blocked: i64,
    own: i64,
}

impl Company {
    /// Whether the request is meant for companies like this.
    pub(super) fn fits(&self, rfq: &Rfq) -> bool {
        self.state == "approved"
            && self.blocked == 0
            // a colleague's request is the company's own
            && self.own == 0
            && self.registry_status != "closed"
            && match rfq.visibility {
                Visibility::Public => true,
                Visibility::Verified => self.registry_status == "active",
                Visibility::Invited => self.invited == 1,
            }
    }
}

/// A product to offer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Product {
    /// Identity.
    pub id: Uuid,
    /// The company that offers it.
    pub vendor_id: Uuid,
    name_ko: String,
    name_en: String,
    title_ko: String,
    title_en: String,
    /// Category code.
    pub category: String,
}

impl Product {
    #[cfg(test)]
    pub(super) fn of(vendor_id: Uuid, category: &str, title: &str) -> Self {
        let name = || String::from("가온");
        Self {
            id: Uuid::from_u128(vendor_id.as_u128() + 1),
            vendor_id,
            name_ko: name(),
            name_en: name(),
            title_ko: title.into(),
            title_en: String::new(),
            category: category.into(),
        }
    }

    /// Its titles in both languages.
    pub(super) fn titles(&self) -> String {
        format!("{} {}", self.title_ko, self.title_en)
    }

    /// Title in a language.
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title_ko, &self.title_en)
    }

    /// Name of its company in a language.
    pub fn company(&self, lang: Lang) -> &str {
        lang.pick(&self.name_ko, &self.name_en)
    }
}

/// What the reader may answer with.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Products of the companies that have not answered yet, the nearest first.
    pub products: Vec<Product>,
    /// The one that is meant, if one clearly is.
    pub meant: Option<Uuid>,
}

/// A request on the page on which it is answered.
#[derive(Clone, Debug)]
pub struct AnswerPage {
    /// The request.
    pub rfq: Rfq,
    /// Who asks.
    pub buyer: store::Buyer,
    /// Its files.
    pub files: Vec<AttachedFile>,
    /// What may be offered.
    pub offer: Offer,
}

/// The companies for which somebody acts: a link is one company's.
async fn acting(cx: &Cx, db: &mut impl Handle, user: Uuid, rfq: Uuid) -> Result<Vec<Company>> {
    let mut companies = companies(db, user, rfq).await?;
    if let Actor::Link { vendor_id, .. } = &*cx.actor {
        companies.retain(|company| Some(company.id) == *vendor_id);
    }
    Ok(companies)
}

/// The companies of a person.
pub(super) async fn companies(db: &mut impl Handle, user: Uuid, rfq: Uuid) -> Result<Vec<Company>> {
    crate::fetch_all!(*db, Company, COMPANIES, user, rfq)
}

/// What those of the reader's companies that did not answer may offer, and the thread of one that did.
pub(super) async fn standing(
    cx: &Cx,
    db: &mut impl Handle,
    rfq: &Rfq,
) -> Result<(Option<Offer>, Option<Uuid>)> {
    let Some(me) = cx.actor.user_id().filter(|me| *me != rfq.buyer_id) else { return Ok((None, None)) };
    let companies = acting(cx, db, me, rfq.id).await?;
    let answered = companies.iter().find_map(|company| company.thread_id);
    if !rfq.takes_answers(cx.now()) || full(cx, rfq) {
        return Ok((None, answered));
    }
    let mut all = Vec::new();
    for company in companies.iter().filter(|company| company.thread_id.is_none() && company.fits(rfq)) {
        all.extend(products(db, company.id, rfq, cx.now()).await?);
    }
    let meant = fitting::nearest_first(rfq, &mut all);
    Ok(((!all.is_empty()).then_some(Offer { products: all, meant }), answered))
}

fn full(cx: &Cx, rfq: &Rfq) -> bool {
    rfq.answers >= cx.settings().rfq_answers
}

async fn products(db: &mut impl Handle, vendor: Uuid, rfq: &Rfq, now: Timestamp) -> Result<Vec<Product>> {
    let near = near(&rfq.category);
    crate::fetch_all!(*db, Product, PRODUCTS, now, vendor, &rfq.category, &near)
}

/// Codes below the same root.
pub(super) fn near(category: &str) -> String {
    format!("{}.%", category.split('.').next().unwrap_or(category).replace('_', "!_"))
}

/// The form to answer a request, for a member of a company that may.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for those who may not, `Conflict` when it takes no more answers.
pub async fn answer_page(cx: &Cx, id: Uuid) -> Result<AnswerPage> {
    if *cx.actor == Actor::Visitor {
        return Err(ErrorKind::NotSignedIn.into());
    }
    let mut db = cx.read().await?;
    let rfq = store::find(&mut db, id).await?.ok_or(ErrorKind::NotFound)?;
    let (offer, answered) = standing(cx, &mut db, &rfq).await?;
    let Some(offer) = offer else {
        if answered.is_some() {
            return Err(Error::conflict("rfq.answered"));
        }
        let me = cx.actor.user_id().unwrap_or_default();
        let meant = acting(cx, &mut db, me, id).await?.iter().any(|company| company.fits(&rfq));
        if !meant || rfq.opened_at.is_none() || me == rfq.buyer_id {
            return Err(ErrorKind::NotFound.into());
        }
        let free = rfq.takes_answers(cx.now()) && !full(cx, &rfq);
        return Err(Error::conflict(if free { "rfq.no_product" } else { "rfq.over" }));
    };
    let buyer = crate::fetch_one!(db, store::Buyer, store::BUYER, rfq.buyer_id)?;
    let files = files::of(&mut db, &rfq).await?;
    Ok(AnswerPage { rfq, buyer, files, offer })
}

/// Sends the quote of a company to a request: takes one of its places, begins the thread, tells the buyer. The company
/// is the one whose product is offered; through a link it is the link's. The files held for this form go with the quote.
///
/// # Errors
/// `Invalid` by field; `NotFound` for those who may not; `Conflict("rfq.over")` when every place is taken or its
/// days are over, `Conflict("rfq.answered")` the second time.
pub async fn answer(cx: &Cx, id: Uuid, listing: &str, draft: &QuoteDraft, idem: Uuid) -> Result<Uuid> {
    match answer_once(cx, id, listing, draft, idem).await {
        Err(error) if offered::is_race(&error.kind) => answer_once(cx, id, listing, draft, idem).await,
        done => done,
    }
}

async fn answer_once(cx: &Cx, id: Uuid, listing: &str, draft: &QuoteDraft, idem: Uuid) -> Result<Uuid> {
    let user = cx.actor.user_id().ok_or(ErrorKind::NotSignedIn)?;
    let files = sending::content(cx, idem).await?;
    let mut tx = cx.write().await?;
    let key = key(cx, id, idem, &format!("{listing} {draft:?}{files}"));
    if let Some(thread) = idempotency::earlier(&mut tx, &key).await? {
        return Uuid::parse_str(&thread).map_err(|_| ErrorKind::NotFound.into());
    }
    // counting first locks the row, so that two vendors cannot take the last place
    let taken = crate::execute!(tx, store::TAKE_PLACE, id, cx.now(), cx.settings().rfq_answers)? == 1;
    let mut rfq = store::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    let mut meant = acting(cx, &mut tx, user, id).await?;
    meant.retain(|company| company.fits(&rfq));
    if meant.is_empty() || user == rfq.buyer_id {
        return Err(ErrorKind::NotFound.into());
    }
    let product = chosen(cx, &mut tx, (&rfq, &meant), listing).await?;
    let answered = |company: &Company| company.thread_id.is_some();
    let again =
        meant.iter().any(|one| answered(one) && product.as_ref().is_some_and(|p| p.vendor_id == one.id));
    if again || meant.iter().all(answered) {
        return Err(Error::conflict("rfq.answered"));
    }
    if !taken {
        return Err(Error::conflict("rfq.over"));
    }
    let product = product.ok_or_else(|| without_product(check(draft, 1, cx.now()).err()))?;
    access::demand_own(&cx.actor, Verb::AnswerThread, rfq.object(product.vendor_id))?;
    let offer = offer_of(&rfq, (product.id, product.vendor_id, user));
    let (thread, seq) = offered::begin(cx, &mut tx, &offer, draft).await?;
    sending::attach_to_answer(cx, &mut tx, (thread, seq), (id, idem)).await?;
    audit::record(cx, &mut tx, "rfq.answer", ("rfq", Some(id)), json!({ "thread": thread })).await?;
    if full(cx, &rfq) {
        rfq.state = rules::transition(rfq.state, Action::Fill, false)?.to;
        store::save(&mut tx, &mut rfq).await?;
        audit::record(cx, &mut tx, "rfq.fill", ("rfq", Some(id)), json!({})).await?;
        let job = TellRfqBuyer { rfq_id: id, event: RfqEvent::Filled };
        outbox::enqueue(cx, &mut tx, &job, When::default()).await?;
    }
    idempotency::keep(&mut tx, &key, &thread.to_string(), cx.now()).await?;
    tx.commit().await?;
    Ok(thread)
}

/// Nothing was chosen, said together with what else is wrong.
fn without_product(otherwise: Option<Error>) -> Error {
    let mut errors = match otherwise.map(|error| error.kind) {
        Some(ErrorKind::Invalid(errors)) => errors,
        _ => FieldErrors::new(),
    };
    errors.add("listing", Problem::Required);
    ErrorKind::Invalid(errors).into()
}

/// The product that was chosen, if one of these companies has it.
async fn chosen(cx: &Cx, tx: &mut Tx, of: (&Rfq, &[Company]), listing: &str) -> Result<Option<Product>> {
    let (rfq, companies) = of;
    let Ok(listing) = Uuid::parse_str(listing) else { return Ok(None) };
    for company in companies {
        let mut products = products(tx, company.id, rfq, cx.now()).await?.into_iter();
        if let Some(product) = products.find(|product| product.id == listing) {
            return Ok(Some(product));
        }
    }
    Ok(None)
}

fn offer_of(rfq: &Rfq, who: (Uuid, Uuid, Uuid)) -> OfferedQuote {
    let (listing_id, vendor_id, user_id) = who;
    let quantity = match rfq.lines.as_slice() {
        [only] => only.amount(rfq.lang),
        _ => String::new(),
    };
    OfferedQuote {
        listing_id,
        vendor_id,
        user_id,
        buyer_id: rfq.buyer_id,
        batch_id: rfq.id,
        subject: rfq.title.clone(),
        quantity,
        body: words(rfq),
        lang: rfq.lang,
    }
}

/// The request as the first message of a thread.
fn words(rfq: &Rfq) -> String {
    let mut text: Vec<String> = rfq.lines.iter().map(|line| format!("- {}", line.words(rfq.lang))).collect();
    let mut add = |ko: &str, en: &str, value: &str| {
        if !value.is_empty() {
            text.push(format!("{}: {value}", rfq.lang.pick(ko, en)));
        }
    };
    add("필요한 날", "Needed by", &rfq.due.map(|day| day.to_string()).unwrap_or_default());
    add("받을 곳", "Place", &rfq.place);
    if !rfq.body.is_empty() {
        text.push(String::new());
        text.push(rfq.body.clone());
    }
    text.join("\n").chars().take(4_000).collect()
}
