//! `/vendor/listings`: everything a company lists, by state; and where a new product begins.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::Lang;
use market::catalog::draft::TITLE_MAX;
use market::catalog::drawing::Family;
use market::catalog::service::{self, VendorListings};
use market::catalog::{ListingState, ListingSummary};
use market::saved_searches::demand;
use uuid::Uuid;

use crate::context::Req;
use crate::error::PageResult;
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::catalog as w;
use crate::i18n::saved_searches::watched as demanded;
use crate::page::{self, Meta};
use crate::ui::{self, Crumb, Field, breadcrumbs, empty, last_page, pagination, primary_link};

/// The company whose desk is open, or the page that says that there is none.
fn company(req: &Req) -> market::Result<Option<Uuid>> {
    Ok(req.actor().signed_in()?.first_vendor())
}

fn no_company(req: &Req) -> Response {
    let lang = req.lang();
    let next = primary_link(&req.href("/vendor"), w::register_company(lang));
    let view = empty(w::no_vendor_title(lang), w::no_vendor_text(lang), Some(next));
    page::render(req, Meta::private(w::my_listings(lang)), view)
}

/// `GET /vendor/listings`
pub async fn show(req: Req) -> PageResult {
    let Some(vendor) = company(&req)? else { return Ok(no_company(&req)) };
    let state = ListingState::from_code(&req.query_value("state"));
    let number: u32 = req.query_value("page").parse().unwrap_or(1).clamp(1, 10_000);
    let listings = service::list_own(&req.cx, vendor, state, number.into()).await?;
    let watched = demand::of_listings(&req.cx, vendor).await?;
    let lang = req.lang();
    let view = view! {
        <div class="page-head line between">
            <div><h1>{w::my_listings(lang)}</h1><p>{w::listings_intro(lang)}</p></div>
            {primary_link(&req.href("/vendor/listings/new"), w::new_listing(lang))}
        </div>
        {tabs(&req, &listings.counts, state)}
        {rows(&req, &listings, &watched, state)}
        {pages(&req, &listings, state, number)}
    };
    Ok(page::render(&req, Meta::private(w::my_listings(lang)), view.into_any()))
}

fn address(req: &Req, state: Option<ListingState>, number: u32) -> String {
    let mut query = Vec::new();
    if let Some(state) = state {
        query.push(format!("state={}", state.code()));
    }
    if number > 1 {
        query.push(format!("page={number}"));
    }
    let path = if query.is_empty() {
        "/vendor/listings".to_owned()
    } else {
        format!("/vendor/listings?{}", query.join("&"))
    };
    req.href(&path)
}

fn tabs(req: &Req, counts: &[(ListingState, i64)], current: Option<ListingState>) -> AnyView {
    let lang = req.lang();
    let total: i64 = counts.iter().map(|(_, count)| count).sum();
    if total == 0 {
        return ().into_any();
    }
    let tab = |state: Option<ListingState>, label: &'static str, count: i64| {
        let here = (state == current).then_some("page");
        view! { <a href=address(req, state, 1) aria-current=here>{label}" "<span class="n">{count}</span></a> }.into_any()
    };
    let mut items = vec![tab(None, w::all(lang), total)];
    for state in ListingState::ALL {
        if let Some((_, count)) = counts.iter().find(|(other, _)| *other == state) {
            items.push(tab(Some(state), w::state(lang, state), *count));
        }
    }
    view! { <nav class="tabs" aria-label=w::column_state(lang)>{items}</nav> }.into_any()
}

fn rows(
    req: &Req,
    listings: &VendorListings,
    watched: &[(Uuid, i64)],
    state: Option<ListingState>,
) -> AnyView {
    let lang = req.lang();
    if listings.rows.is_empty() {
        if state.is_some() {
            return empty(w::none_here_title(lang), w::none_here_text(lang), None);
        }
        return empty(w::none_title(lang), w::none_text(lang), None);
    }
    let rows = listings
        .rows
        .iter()
        .map(|row| line(req, row, watched.iter().find(|(id, _)| *id == row.id).map(|(_, people)| *people)))
        .collect::<Vec<_>>();
    view! { <ul class="lines">{rows}</ul> }.into_any()
}

fn line(req: &Req, row: &ListingSummary, watched: Option<i64>) -> AnyView {
    let lang = req.lang();
    let title = match row.title(lang) {
        "" => w::untitled(lang).to_owned(),
        title => title.to_owned(),
    };
    let picture = match row.image.as_deref() {
        Some(hash) => view! { <span class="pic"><img src=format!("/media/{hash}/160") alt="" width="160" height="120" loading="lazy" /></span> }.into_any(),
        None => ui::silhouette(Family::for_category(&row.category)),
    };
    let category = market::catalog::taxonomy::find(&row.category).map(|category| category.name(lang));
    let reason = row
        .state_reason
        .clone()
        .filter(|_| matches!(row.state, ListingState::ChangesRequested | ListingState::Hidden));
    let waits =
        row.revision_pending.then(|| view! { <span class="tag tag-info">{w::edit_waits(lang)}</span> });
    view! {
        <li class="line between">
            <div class="with-pic">
                {picture}
                <div>
                    <a class="main-link" href=req.href(&format!("/vendor/listings/{}", row.id))>{title}</a>
                    <p class="small mute">{category}{window(req, row)}</p>
                    {watched.map(|people| view! { <p class="small"><span class="tag tag-ok">{demanded(lang, people)}</span></p> })}
                    {reason.map(|reason| view! { <p class="small">{reason}</p> })}
                </div>
            </div>
            <span class="line">
                <span class="small mute">{w::column_asked(lang)}" "{row.threads}</span>
                <span class="small mute">{ui::moment(lang, row.updated_at, req.cx.now())}</span>
                {waits}
                {state_tag(lang, row.state)}
            </span>
        </li>
    }
    .into_any()
}

fn window(req: &Req, row: &ListingSummary) -> Option<String> {
    let lang = req.lang();
    let day = row.free_until.map(|at| ui::date(lang, at))?;
    match row.state {
        ListingState::Published => Some(format!(" · {}", w::until(lang, &day))),
        ListingState::Expired => Some(format!(" · {}", w::ended(lang, &day))),
        _ => None,
    }
}

/// The state as a tag; the word says it, the colour only helps.
pub fn state_tag(lang: Lang, state: ListingState) -> AnyView {
    let class = match state {
        ListingState::Published => "tag tag-ok",
        ListingState::ChangesRequested | ListingState::Expired => "tag tag-warn",
        ListingState::Hidden => "tag tag-danger",
        ListingState::InReview => "tag tag-info",
        ListingState::Draft | ListingState::Archived => "tag",
    };
    view! { <span class=class>{w::state(lang, state)}</span> }.into_any()
}

fn pages(req: &Req, listings: &VendorListings, state: Option<ListingState>, number: u32) -> Option<AnyView> {
    let counted = listings.counts.iter().filter(|(other, _)| state.is_none_or(|state| state == *other));
    let total: i64 = counted.map(|(_, count)| count).sum();
    pagination(req.lang(), number, last_page(total, service::PER_PAGE), |n| address(req, state, n))
}

/// `GET /vendor/listings/new`
pub async fn new(req: Req) -> PageResult {
    if company(&req)?.is_none() {
        return Ok(no_company(&req));
    }
    let form = Form::empty(&req);
    Ok(page::render(&req, Meta::private(w::new_listing(req.lang())), start(&req, &form)))
}

fn start(req: &Req, form: &Form) -> AnyView {
    let lang = req.lang();
    let content = view! {
        {Field::text("title_ko", w::title_ko(lang)).hint(w::start_hint(lang)).max(TITLE_MAX).content_lang("ko").autocomplete("off").view(lang, form)}
        <div class="actions">{ui::submit(w::start(lang))}</div>
    };
    view! {
        {breadcrumbs(lang, vec![Crumb::link(w::my_listings(lang), req.href("/vendor/listings")), Crumb::here(w::new_listing(lang))])}
        <div class="page-head"><h1>{w::new_listing(lang)}</h1></div>
        {ui::form(lang, form, &req.href("/vendor/listings/new"), content.into_any())}
    }
    .into_any()
}

/// `POST /vendor/listings/new`
pub async fn create(req: Req, form: Submitted) -> PageResult {
    let Some(vendor) = company(&req)? else { return Ok(no_company(&req)) };
    form.same_desk(&req)?;
    let created = match form.idem() {
        Ok(key) => service::create_draft(&req.cx, vendor, form.get("title_ko"), Some(key)).await,
        Err(error) => Err(error),
    };
    match invalid_or(created)? {
        Ok(id) => Ok(page::redirect(&req.href(&format!("/vendor/listings/{id}")))),
        Err(errors) => {
            let form = Form::rejected(&req, form, errors);
            Ok(page::render_status(
                &req,
                StatusCode::UNPROCESSABLE_ENTITY,
                Meta::private(w::new_listing(req.lang())),
                start(&req, &form),
            ))
        }
    }
}
