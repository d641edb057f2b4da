//! `/rfqs/{id}/answer` and `/q/{token}`: a vendor's quote for a request, in the form of every quote. Opening changes
//! nothing. Never cached.

use axum::extract::{Path, Request};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::files::sending;
use market::inquiries::offered;
use market::rfqs::links;
use market::rfqs::service::{self, AnswerPage, Product};
use market::{Cx, ErrorKind, FieldErrors};
use uuid::Uuid;

use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::files::composer::{Composer, files_at};
use crate::files::{named, receive};
use crate::form::{Form, IDEM};
use crate::i18n::rfqs as w;
use crate::inquiries::place::{closed_link, column, message_page};
use crate::inquiries::quote_form;
use crate::inquiries::refusal::Refusal;
use crate::page;
use crate::rfqs::pages::show::identity;
use crate::rfqs::parts;
use crate::ui::{self, Tone};

/// From where a request is answered.
struct Place {
    cx: Cx,
    id: Uuid,
    to: String,
    by_link: bool,
}

/// The form for somebody signed in.
pub async fn show(Path(id): Path<String>, req: Req) -> PageResult {
    let place = own(&req, &id)?;
    form_page(&req, &place, StatusCode::OK, None, None).await
}

/// Sends the quote of somebody signed in.
pub async fn submit(Path(id): Path<String>, req: Req, body: Request) -> PageResult {
    let place = own(&req, &id)?;
    send(&req, &place, body).await
}

/// The form through the link of a mail.
pub async fn show_link(Path(token): Path<String>, req: Req) -> PageResult {
    match by_link(&req, &token).await? {
        Some(place) => {
            let req = req.on_clock(&place.cx.zone);
            form_page(&req, &place, StatusCode::OK, None, None).await
        }
        None => Ok(expired(&req)),
    }
}

/// Sends the quote through the link of a mail.
pub async fn submit_link(Path(token): Path<String>, req: Req, body: Request) -> PageResult {
    match by_link(&req, &token).await? {
        Some(place) => {
            let req = req.on_clock(&place.cx.zone);
            send(&req, &place, body).await
        }
        None => Ok(expired(&req)),
    }
}

fn own(req: &Req, id: &str) -> Result<Place, PageError> {
    req.actor().signed_in()?;
    let id = identity(id)?;
    Ok(Place { cx: req.cx.clone(), id, to: format!("/rfqs/{id}/answer"), by_link: false })
}

async fn by_link(req: &Req, token: &str) -> Result<Option<Place>, PageError> {
    match links::open_answer(&req.cx, token).await {
        Ok(open) => {
            Ok(Some(Place { cx: open.cx, id: open.rfq_id, to: format!("/q/{token}"), by_link: true }))
        }
        Err(error) if error.kind == ErrorKind::Gone => Ok(None),
        Err(error) => Err(PageError(error)),
    }
}

fn expired(req: &Req) -> Response {
    closed_link(req, market::inquiries::links::LinkStanding::Expired)
}

async fn send(req: &Req, place: &Place, body: Request) -> PageResult {
    // nothing is taken from whoever may not answer
    if let Err(error) = service::answer_page(&place.cx, place.id).await
        && over(&error).is_none()
    {
        return Err(PageError(error));
    }
    let received = receive::form(req, &place.cx, body).await?;
    let (not_taken, sent) = (received.notice(), received.form);
    if sent.has(quote_form::MORE) {
        let form = Form::fresh(req, quote_form::one_more(&sent));
        return form_page(req, place, StatusCode::OK, Some(form), not_taken).await;
    }
    if not_taken.is_some() {
        let form = Form::rejected(req, sent, FieldErrors::new());
        return form_page(req, place, StatusCode::UNPROCESSABLE_ENTITY, Some(form), not_taken).await;
    }
    let idem = match sent.idem() {
        Ok(idem) => Ok(idem),
        // whoever may not answer learns nothing, whatever was sent
        Err(error) => service::answer_page(&place.cx, place.id).await.and(Err(error)),
    };
    let result = match idem {
        Ok(idem) => match sending::hold(&place.cx, idem, &named(&sent)).await {
            Ok(()) => {
                let draft = quote_form::draft(&sent);
                service::answer(&place.cx, place.id, sent.get("listing"), &draft, idem).await
            }
            // whoever may not answer learns nothing, whatever files they name
            Err(error) => service::answer_page(&place.cx, place.id).await.and(Err(error)),
        },
        Err(error) => Err(error),
    };
    match result {
        Ok(thread) if place.by_link => {
            let link = offered::link_after_answer(&place.cx, thread).await?;
            Ok(page::redirect(&req.href(&format!("/a/{link}/done?step=quote"))))
        }
        Ok(thread) => Ok(page::redirect(&req.href(&format!("/inquiries/{thread}?done=quote")))),
        Err(error) if over(&error).is_some() => Ok(message(req, &error, StatusCode::CONFLICT)),
        Err(error) => {
            let refusal = Refusal::of(req.lang(), error)?;
            let form = Form::rejected(req, sent, refusal.errors.clone());
            let page = form_page(req, place, refusal.status, Some(form), refusal.notice.clone()).await?;
            Ok(refusal.tell(page))
        }
    }
}

fn over(error: &market::Error) -> Option<&str> {
    match &error.kind {
        ErrorKind::Conflict(rule) if rule.starts_with("rfq.") => Some(&**rule),
        _ => None,
    }
}

fn message(req: &Req, error: &market::Error, status: StatusCode) -> Response {
    let lang = req.lang();
    let (title, text) = match over(error) {
        Some("rfq.answered") => (w::answered_title(lang), w::answered_text(lang)),
        Some("rfq.no_product") => (w::no_product_title(lang), w::no_product_text(lang)),
        _ => (w::over_title(lang), w::over_text(lang)),
    };
    let ways = ui::primary_link(&req.href("/rfqs"), w::board_all(lang));
    message_page(req, status, title, text, ways)
}

async fn form_page(
    req: &Req,
    place: &Place,
    status: StatusCode,
    form: Option<Form>,
    notice: Option<String>,
) -> PageResult {
    let answer = match service::answer_page(&place.cx, place.id).await {
        Err(error) if over(&error).is_some() => {
            let replayed = form.as_ref().is_some_and(|form| form.problem(IDEM).is_some());
            return Ok(message(req, &error, if replayed { status } else { StatusCode::CONFLICT }));
        }
        found => found?,
    };
    let lang = req.lang();
    let composer = Composer::of(req, &place.cx, form.as_ref().map(|form| &form.values)).await?;
    let form = form.unwrap_or_else(|| Form::fresh(req, fresh(req, &answer)));
    let offered = &answer.offer.products;
    let one = offered.iter().all(|product| product.vendor_id == offered[0].vendor_id);
    let label = |product: &Product| match product.title(lang) {
        title if one => title.to_owned(),
        // who works for several companies chooses for which with the product
        title => format!("{} · {title}", product.company(lang)),
    };
    let products = offered.iter().map(|product| (product.id.to_string(), label(product)));
    let none = (String::new(), w::choose(lang).to_owned());
    let products = std::iter::once(none).chain(products).collect();
    let fields = view! {
        {ui::select_hinted(lang, &form, "listing", (w::field_listing(lang), w::field_listing_hint(lang)), products)}
        {quote_form::fields(lang, false, &form)}
        {composer.view(req, &form)}
        <button class="btn btn-primary btn-wide btn-big mt-5">{w::answer_send(lang)}</button>
    };
    let rfq = &answer.rfq;
    let files_at = files_at(&place.cx, req);
    let content = view! {
        <p class="small mute">{w::answer_title(lang)}</p>
        <h1 class="mt-1 mb-3" lang=rfq.lang.code()>{rfq.title.clone()}</h1>
        {notice.map(|text| ui::notice(Tone::Bad, text))}
        {parts::facts(req, rfq)}
        {parts::buyer(req, &answer.buyer)}
        {parts::lines(req, &rfq.lines)}
        {parts::files(req, &answer.files, &files_at)}
        <p class="letter mb-4" lang=rfq.lang.code()>{rfq.body.clone()}</p>
        {ui::form_with_files(lang, &form, &req.href(&place.to), fields.into_any())}
    };
    Ok(column(req, status, w::answer_title(lang), content.into_any()))
}

/// What the request tells need not be typed again.
fn fresh(req: &Req, answer: &AnswerPage) -> Vec<(String, String)> {
    let lang = req.lang();
    let asked: Vec<(String, String)> = answer
        .rfq
        .lines
        .iter()
        .map(|line| {
            let words = [line.item.as_str(), &line.grade, &line.dimension];
            let words: Vec<&str> = words.into_iter().filter(|part| !part.is_empty()).collect();
            (words.join(" ").chars().take(120).collect(), line.amount(lang))
        })
        .collect();
    let meant = answer.offer.meant.map(|id| ("listing".to_owned(), id.to_string()));
    quote_form::values_of_lines(market::Currency::default(), &asked).into_iter().chain(meant).collect()
}
