//! `/rfqs/{id}` and, for its buyer, `/r/{token}`: one request, its quotes side by side, the ways on. Opening changes
//! nothing. Never cached for anybody who is known.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::inquiries::quote::Asked;
use market::inquiries::together::BatchView;
use market::rfqs::service::{self, RfqView};
use market::rfqs::{CloseReason, RfqState, links};
use market::{Cx, ErrorKind};
use uuid::Uuid;

use crate::basket::{grid, pages::together};
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::{Form, IDEM, Submitted};
use crate::i18n::{basket as b, problems, rfqs as w};
use crate::inquiries::place::{closed_link, message_page};
use crate::page::{self, Meta};
use crate::rfqs::parts;
use crate::ui::{self, Crumb, Tone};

/// The identity in an address.
///
/// # Errors
/// `NotFound` for what is none.
pub fn identity(text: &str) -> Result<Uuid, PageError> {
    Uuid::parse_str(text).map_err(|_| ErrorKind::NotFound.into())
}

/// Of anybody.
pub async fn show(Path(id): Path<String>, req: Req) -> PageResult {
    let id = identity(&id)?;
    let view = service::rfq_view(&req.cx, id).await?;
    Ok(rfq_page(&req, &view, None))
}

/// Through its buyer's link.
pub async fn show_link(Path(token): Path<String>, req: Req) -> PageResult {
    match links::open_own(&req.cx, &token).await {
        Ok(open) => {
            let req = req.on_clock(&open.cx.zone);
            Ok(rfq_page(&req, &service::rfq_view(&open.cx, open.rfq_id).await?, Some(&token)))
        }
        Err(error) if error.kind == ErrorKind::Gone => {
            Ok(closed_link(&req, market::inquiries::links::LinkStanding::Expired))
        }
        Err(error) => Err(PageError(error)),
    }
}

/// Ends it.
pub async fn close(Path(id): Path<String>, req: Req, sent: Submitted) -> PageResult {
    req.actor().signed_in()?;
    let id = identity(&id)?;
    ended(&req, &req.cx.clone(), (id, format!("/rfqs/{id}")), sent).await
}

/// Ends it through its buyer's link.
pub async fn close_link(Path(token): Path<String>, req: Req, sent: Submitted) -> PageResult {
    let open = links::open_own(&req.cx, &token).await?;
    ended(&req, &open.cx, (open.rfq_id, format!("/r/{token}")), sent).await
}

async fn ended(req: &Req, cx: &Cx, what: (Uuid, String), sent: Submitted) -> PageResult {
    let (id, base) = what;
    own(cx, id).await?;
    let done = match sent.idem() {
        Ok(idem) => service::close(cx, id, sent.get("reason"), idem).await,
        Err(error) => Err(error),
    };
    outcome(req, done, &base, "closed")
}

/// Adds days.
pub async fn extend(Path(id): Path<String>, req: Req, sent: Submitted) -> PageResult {
    req.actor().signed_in()?;
    let id = identity(&id)?;
    extended(&req, &req.cx.clone(), (id, format!("/rfqs/{id}")), &sent).await
}

/// Adds days through its buyer's link.
pub async fn extend_link(Path(token): Path<String>, req: Req, sent: Submitted) -> PageResult {
    let open = links::open_own(&req.cx, &token).await?;
    extended(&req, &open.cx, (open.rfq_id, format!("/r/{token}")), &sent).await
}

async fn extended(req: &Req, cx: &Cx, what: (Uuid, String), sent: &Submitted) -> PageResult {
    let (id, base) = what;
    own(cx, id).await?;
    let done = match sent.idem() {
        Ok(idem) => service::extend(cx, id, idem).await,
        Err(error) => Err(error),
    };
    outcome(req, done, &base, "extended")
}

/// What is not theirs does not exist for them, whatever they sent.
async fn own(cx: &Cx, id: Uuid) -> Result<(), PageError> {
    if service::rfq_view(cx, id).await?.mine { Ok(()) } else { Err(ErrorKind::NotFound.into()) }
}

fn outcome(req: &Req, done: market::Result<()>, base: &str, word: &str) -> PageResult {
    let lang = req.lang();
    let back = ui::primary_link(&req.href(base), w::confirm_open(lang));
    match done {
        Ok(()) => Ok(page::redirect(&req.href(&format!("{base}?done={word}")))),
        Err(error) => match error.kind {
            ErrorKind::Invalid(errors) => {
                let text = errors.of(IDEM).map_or_else(
                    || format!("{}: {}", w::close_reason(lang), w::choose(lang)),
                    |problem| problems::problem(lang, problem),
                );
                Ok(message_page(req, StatusCode::UNPROCESSABLE_ENTITY, w::close_title(lang), &text, back))
            }
            ErrorKind::Conflict(_) => Ok(message_page(
                req,
                StatusCode::CONFLICT,
                w::close_title(lang),
                w::state_changed(lang),
                back,
            )),
            _ => Err(PageError(error)),
        },
    }
}

/// The quotes as a table for spreadsheets.
pub async fn csv(Path(id): Path<String>, req: Req) -> PageResult {
    req.actor().signed_in()?;
    Ok(grid::csv(&req, &quotes(&req.cx, identity(&id)?).await?))
}

/// The same as a workbook.
pub async fn xlsx(Path(id): Path<String>, req: Req) -> PageResult {
    req.actor().signed_in()?;
    Ok(grid::xlsx(&req, &quotes(&req.cx, identity(&id)?).await?))
}

/// Through its buyer's link.
pub async fn csv_link(Path(token): Path<String>, req: Req) -> PageResult {
    let open = links::open_own(&req.cx, &token).await?;
    Ok(grid::csv(&req, &quotes(&open.cx, open.rfq_id).await?))
}

/// Through its buyer's link.
pub async fn xlsx_link(Path(token): Path<String>, req: Req) -> PageResult {
    let open = links::open_own(&req.cx, &token).await?;
    Ok(grid::xlsx(&req, &quotes(&open.cx, open.rfq_id).await?))
}

async fn quotes(cx: &Cx, id: Uuid) -> Result<BatchView, PageError> {
    service::rfq_view(cx, id).await?.threads.ok_or_else(|| ErrorKind::NotFound.into())
}

fn rfq_page(req: &Req, view: &RfqView, token: Option<&str>) -> Response {
    let lang = req.lang();
    let rfq = &view.rfq;
    let base = token.map_or_else(|| format!("/rfqs/{}", rfq.id), |token| format!("/r/{token}"));
    let crumbs = vec![Crumb::link(w::title(lang), req.href("/rfqs")), Crumb::here(rfq.title.clone())];
    let files_at = token.map_or_else(|| "/files".to_owned(), |_| format!("{base}/files"));
    let files = parts::files(req, &view.files, &req.href(&files_at));
    let invited: Vec<&str> = view.invited.iter().map(|one| lang.pick(&one.name_ko, &one.name_en)).collect();
    let invited = (!invited.is_empty())
        .then(|| view! { <p class="small mute mt-2">{w::fact_invited(lang)}": "{invited.join(", ")}</p> });
    let visible = view.mine.then(|| view! { <p class="small mute mt-2">{w::fact_visibility(lang)}": "{w::visibility(lang, rfq.visibility)}</p> });
    let body = (!rfq.body.is_empty())
        .then(|| view! { <h2 class="t-m mt-5">{w::body(lang)}</h2><p class="letter" lang=rfq.lang.code()>{rfq.body.clone()}</p> });
    let reduced =
        view.reduced.then(|| view! { <p class="small mute mt-3">{w::for_those_who_answer(lang)}</p> });
    let content = view! {
        {ui::breadcrumbs(lang, crumbs)}
        {done(req)}
        {parts::reason(req, rfq).map(|text| ui::notice(Tone::Info, text))}
        <div class="line between"><h1 class="grow" lang=rfq.lang.code()>{rfq.title.clone()}</h1>{parts::tag(req, rfq)}</div>
        {parts::facts(req, rfq)}
        {visible}{invited}
        {view.mine.then(|| compare(req, view, token, &base)).flatten()}
        <section class="sec"><h2>{w::lines(lang)}</h2>{parts::lines(req, &rfq.lines)}{files}{body}{reduced}</section>
        {view.buyer.as_ref().filter(|_| !view.mine).map(|buyer| parts::buyer(req, buyer))}
        {if view.mine { manage(req, view, token.is_some(), &base) } else { way_on(req, view) }}
    };
    let known = req.person().is_some() || token.is_some();
    let meta = if known || rfq.state != RfqState::Open {
        Meta::private(rfq.title.clone())
    } else {
        let lines: Vec<String> = rfq.lines.iter().map(|line| line.words(lang)).collect();
        Meta::public(rfq.title.clone(), lines.join(", "))
    };
    page::render_status(req, StatusCode::OK, meta, content.into_any())
}

fn done(req: &Req) -> Option<AnyView> {
    let lang = req.lang();
    let text = match req.query_value("done").as_str() {
        "sent" => w::sent_notice(lang),
        "again" => w::again_notice(lang),
        "closed" => w::closed_notice(lang),
        "extended" => w::extended_notice(lang),
        _ => return None,
    };
    Some(ui::notice(Tone::Good, text))
}

/// Its quotes side by side, and the threads behind them.
fn compare(req: &Req, view: &RfqView, token: Option<&str>, base: &str) -> Option<AnyView> {
    let lang = req.lang();
    let batch = view.threads.as_ref()?;
    if batch.threads.is_empty() {
        let waits = matches!(view.rfq.state, RfqState::Open);
        return waits.then(|| ui::empty(w::no_answers_title(lang), w::no_answers_text(lang), None));
    }
    let bases: Vec<String> = (1..)
        .zip(&batch.threads)
        .map(|(number, thread)| match token {
            Some(token) => format!("/a/{token}.{number}"),
            None => format!("/inquiries/{}", thread.id),
        })
        .collect();
    let quoted: Vec<grid::Quoted> = batch
        .threads
        .iter()
        .zip(&bases)
        .filter_map(|(thread, base)| Some(grid::Quoted { thread, quote: thread.quote.as_ref()?, base }))
        .collect();
    let rows = batch
        .threads
        .iter()
        .zip(&bases)
        .map(|(thread, base)| together::row(req, thread, &req.href(base)))
        .collect::<Vec<_>>();
    let lines = &view.rfq.lines;
    let asked = Asked::of(lines.iter().map(|line| &*line.quantity), lines.len() > 1);
    let shown = view! {
        {grid::view(req, &quoted, asked, &view.rates, &req.href(&format!("{base}/quotes")))}
        <section class="sec"><h2 class="mb-3">{b::vendors(lang)}</h2><ul class="lines">{rows}</ul></section>
    };
    Some(shown.into_any())
}

/// What its buyer may do.
fn manage(req: &Req, view: &RfqView, by_link: bool, base: &str) -> AnyView {
    let lang = req.lang();
    let rfq = &view.rfq;
    let edit = (rfq.state == RfqState::Draft)
        .then(|| ui::primary_link(&req.href(&format!("{base}/edit")), w::edit(lang)));
    // what runs still is not asked again
    let over = !matches!(rfq.state, RfqState::Draft | RfqState::InReview | RfqState::Open);
    // what was taken down is not asked for again as it was
    let removed = rfq.state == RfqState::Removed;
    let anew = removed.then(|| ui::link_button(&req.href("/rfqs/new"), w::post(lang)));
    let over = over && !removed;
    let copy = (over && !by_link)
        .then(|| ui::link_button(&req.href(&format!("/rfqs/new?copy={}", rfq.id)), w::copy(lang)));
    let days = req.cx.settings().rfq_days;
    let extend = (rfq.state == RfqState::Open && rfq.extended_at.is_none()).then(|| {
        let button = view! { <button class="btn">{w::extend_button(lang, days)}</button> };
        ui::form(lang, &Form::empty(req), &req.href(&format!("{base}/extend")), button.into_any())
    });
    let may_close = !matches!(rfq.state, RfqState::Closed | RfqState::Removed);
    let close = may_close.then(|| {
        let reasons = CloseReason::ALL
            .iter()
            .filter(|reason| **reason != CloseReason::Awarded)
            .map(|reason| (reason.code().to_owned(), w::close_reason_word(lang, *reason).to_owned()));
        let form = Form::empty(req);
        let content = view! { {ui::choices(lang, &form, "reason", w::close_reason(lang), reasons.collect())}<button class="btn btn-danger mt-3">{w::close_button(lang)}</button> };
        let form = ui::form(lang, &form, &req.href(&format!("{base}/close")), content.into_any());
        view! { <details class="mt-4"><summary>{w::close_title(lang)}</summary>{form}</details> }
    });
    view! { <section class="sec"><div class="line">{edit}{extend}{copy}{anew}</div>{close}</section> }
        .into_any()
}

/// What a reader may do.
fn way_on(req: &Req, view: &RfqView) -> AnyView {
    let lang = req.lang();
    let id = view.rfq.id;
    let own = view
        .answered
        .map(|thread| ui::link_button(&req.href(&format!("/inquiries/{thread}")), w::answer_open(lang)));
    let way = if view.offer.is_some() {
        Some(ui::primary_link(&req.href(&format!("/rfqs/{id}/answer")), w::answer_button(lang)))
    } else if own.is_some() {
        None
    } else if req.person().is_none() && view.rfq.state == RfqState::Open {
        let next = page::encode(&req.href(&format!("/rfqs/{id}/answer")));
        Some(ui::link_button(&format!("{}?next={next}", req.href("/sign-in")), w::sign_in_answer(lang)))
    } else {
        None
    };
    let all = ui::link_button(&req.href("/rfqs"), w::board_all(lang));
    view! { <p class="line mt-6">{way}{own}{all}</p> }.into_any()
}
