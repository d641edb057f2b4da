//! `/desk/inbox`: everything that waits, the oldest first. Private, never cached.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::accounts::access::{Object, Verb, demand};
use market::curation::bulk::{self, BulkAction, Row};
use market::curation::inbox::{self, Inbox, PER_PAGE};
use market::curation::{InboxItem, Kind, review};
use market::{Error, ErrorKind, FieldErrors, Problem};
use uuid::Uuid;

use super::inbox_queue;
use crate::context::Req;
use crate::curation::{frame, listing_view, revision_view, vendor_view};
use crate::error::PageResult;
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::curation as w;
use crate::page;
use crate::ui::last_page;

/// `/desk` is the inbox.
pub async fn enter(req: Req) -> PageResult {
    demand(req.actor(), Verb::OpenDesk, Object::Site)?;
    Ok(page::redirect(&req.href("/desk/inbox")))
}

/// Where in the inbox somebody is.
pub struct Place {
    /// The kind shown; none for everything.
    pub kind: Option<Kind>,
    /// The page.
    pub page: i64,
}

impl Place {
    fn of(req: &Req) -> Self {
        let page = req.query_value("page").parse().unwrap_or(1).clamp(1, 10_000);
        Self { kind: Kind::from_code(&req.query_value("kind")), page }
    }

    /// Its address.
    pub fn href(&self, req: &Req) -> String {
        let kind = self.kind.map(|kind| format!("kind={}&", kind.code())).unwrap_or_default();
        req.href(&format!("/desk/inbox?{kind}page={}", self.page))
    }
}

/// The inbox with one thing opened beside it.
pub async fn show(req: Req) -> PageResult {
    let place = Place::of(&req);
    let inbox = inbox::open(&req.cx, place.kind, place.page).await?;
    answer(&req, StatusCode::OK, &place, &inbox, &Form::empty(&req)).await
}

/// Several things decided at once.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    let place = Place::of(&req);
    demand(req.actor(), Verb::OpenDesk, Object::Site)?;
    match invalid_or(decide(&req, &place, &form).await)? {
        Ok((decided, failed)) => {
            Ok(page::redirect(&format!("{}&decided={decided}&failed={failed}", place.href(&req))))
        }
        Err(errors) => rejected(&req, &place, form, errors).await,
    }
}

async fn decide(req: &Req, place: &Place, form: &Submitted) -> market::Result<(usize, usize)> {
    let rows: Vec<Row> = form.all("row").filter_map(chosen_row).collect();
    let reason = form.text("bulk_reason");
    let action = match (place.kind, form.get("action")) {
        (Some(Kind::Listing), "approve") => BulkAction::ApproveListings,
        (Some(Kind::Listing), "return") => BulkAction::ReturnListings(reason),
        (Some(Kind::Revision), "approve") => BulkAction::ApplyRevisions,
        (Some(Kind::Revision), "return") => BulkAction::DeclineRevisions(reason),
        (Some(Kind::Rfq), "approve") => BulkAction::OpenRfqs,
        (Some(Kind::Rfq), "return") => BulkAction::ReturnRfqs(reason),
        (Some(Kind::Held), "approve") => BulkAction::ReleaseHeld,
        (Some(Kind::Held), "return") => BulkAction::RefuseHeld(reason),
        (Some(Kind::Report), "approve") => BulkAction::UpholdReports(reason),
        (Some(Kind::Report), "return") => BulkAction::DismissReports(reason),
        _ => return Err(Error::invalid("", Problem::NotChoice)),
    };
    bulk::decide_once(&req.cx, &rows, &action, form.idem()?).await
}

/// A row as the list wrote it: identity and version. A row without one has shown no version that exists.
fn chosen_row(value: &str) -> Option<Row> {
    let (id, version) = value.split_once(':').unwrap_or((value, ""));
    Some((Uuid::parse_str(id).ok()?, Some(version.parse().unwrap_or(-1))))
}

async fn rejected(req: &Req, place: &Place, form: Submitted, mut errors: FieldErrors) -> PageResult {
    for error in errors.0.iter_mut().filter(|error| error.field == "reason") {
        error.field = "bulk_reason".into();
    }
    let inbox = inbox::open(&req.cx, place.kind, place.page).await?;
    answer(req, StatusCode::UNPROCESSABLE_ENTITY, place, &inbox, &Form::rejected(req, form, errors)).await
}

async fn answer(
    req: &Req,
    status: StatusCode,
    place: &Place,
    inbox: &Inbox,
    form: &Form,
) -> Result<Response, crate::error::PageError> {
    let lang = req.lang();
    let chosen = chosen(req, inbox);
    let pane = match chosen {
        Some((kind, id)) => pane(req, place, kind, id).await?,
        None => view! { <p class="mute">{w::pane_choose(lang)}</p> }.into_any(),
    };
    let last = last_page(inbox.total, PER_PAGE);
    let beside =
        view! { <p class="small mute">{w::inbox_done_today(lang, inbox.decided_today)}</p> }.into_any();
    let content = view! {
        {frame::done(req)}
        {inbox_queue::outcome(req)}
        <div class="split cols-desk">
            {inbox_queue::rail(req, place, &inbox.counts)}
            {inbox_queue::queue(req, place, inbox, form, chosen.map(|(_, id)| id), last)}
            <section class="block stick wide-only" id="pane" aria-label=w::pane_title(lang)>{pane}</section>
        </div>
    };
    Ok(page::render_status(
        req,
        status,
        frame::meta(w::inbox_title(lang)),
        frame::desk(req, w::inbox_title(lang), Some(beside), content.into_any()),
    ))
}

/// The thing named in the address, or the first row. A company is opened only when asked for: reading
/// its people's data is recorded.
fn chosen(req: &Req, inbox: &Inbox) -> Option<(Kind, Uuid)> {
    let named = req.query_value("item");
    if let Some((kind, id)) = named.split_once(':') {
        return Some((Kind::from_code(kind)?, Uuid::parse_str(id).ok()?));
    }
    inbox
        .rows
        .first()
        .filter(|item: &&InboxItem| matches!(item.kind, Kind::Listing | Kind::Revision))
        .map(|item| (item.kind, item.id))
}

async fn pane(req: &Req, place: &Place, kind: Kind, id: Uuid) -> market::Result<AnyView> {
    let (form, next) = (Form::empty(req), place.href(req));
    let view = match kind {
        Kind::Vendor => {
            review::vendor(&req.cx, id).await.map(|review| vendor_view::view(req, &review, &form, next))
        }
        Kind::Listing => {
            review::listing(&req.cx, id).await.map(|review| listing_view::view(req, &review, &form, next))
        }
        Kind::Revision => review::revision(&req.cx, id, req.lang())
            .await
            .map(|review| revision_view::view(req, &review, &form, next)),
        Kind::Rfq => crate::rfqs::pane(req, id, &form, next).await,
        Kind::Held => crate::abuse::desk::held(req, id, &form, next).await,
        Kind::Report => crate::abuse::desk::report(req, id, &form, next).await,
    };
    match view {
        // decided and gone since the link was made: the list is still of use
        Err(error) if error.kind == ErrorKind::NotFound => {
            Ok(view! { <p class="mute">{w::pane_choose(req.lang())}</p> }.into_any())
        }
        other => other,
    }
}
