//! The vendor's side of the catalogue: the list of its products and the editor of one.
//!
//! `/vendor/listings/{id}` takes every button of the editor's form at its own address (`act` names the
//! button), so that a refused form keeps an address that can be opened again.

mod actions;
mod advice;
pub mod api;
mod conflict;
mod fields;
mod list;
mod parts;
pub mod pictures;
mod preview;
mod view;

use axum::extract::{DefaultBodyLimit, Path};
use axum::handler::Handler;
use axum::response::Response;
use http::StatusCode;
use market::catalog::service::{self, Editing};
use market::catalog::{ListingDraft, ListingId, revisions, taxonomy};
use market::{Cx, Error, ErrorKind, Lang};
use uuid::Uuid;

use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted, invalid_or};
use crate::page::{self, Meta};
use crate::routes::Routes;
use view::{Editor, shown_content};

/// Room for ten pictures of the largest size and the form around them.
const UPLOAD_MAX: usize = 210 * 1024 * 1024;

/// Addresses of the vendor's side.
pub fn routes() -> Routes {
    let room = || DefaultBodyLimit::max(UPLOAD_MAX);
    Routes::new()
        .get("/vendor/listings", list::show)
        .get("/vendor/listings/new", list::new)
        .post("/vendor/listings/new", list::create)
        .get("/vendor/listings/{id}", show)
        .post("/vendor/listings/{id}", submit)
        .get("/vendor/listings/{id}/preview", preview::show)
        .get("/vendor/listings/{id}/images", pictures::back)
        .post_files("/vendor/listings/{id}/images", pictures::upload.layer(room()))
        .post("/vendor/listings/{id}/images/{media}", pictures::change)
        .get("/api/categories", api::categories)
        .post("/api/listings/{id}/autosave", api::autosave)
        .post_files("/api/listings/{id}/images", api::upload.layer(room()))
        .post("/api/listings/{id}/images/order", api::order)
        .post("/api/listings/{id}/images/{media}", api::change)
}

/// The identity in an address; anything else names nothing.
fn listing_id(text: &str) -> Result<ListingId, PageError> {
    Uuid::parse_str(text).map_err(|_| ErrorKind::NotFound.into())
}

fn title_meta(lang: Lang, editing: &Editing) -> Meta {
    Meta::private(view::title_of(lang, shown_content(editing))).with_islands()
}

/// The form as stored.
fn editor_form(req: &Req, editing: &Editing) -> Form {
    Form::fresh(req, fields::pairs_of(&ListingDraft::from_content(shown_content(editing))))
}

/// `GET /vendor/listings/{id}`
pub async fn show(req: Req, Path(id): Path<String>) -> PageResult {
    let editing = service::open_editor(&req.cx, listing_id(&id)?).await?;
    let form = editor_form(&req, &editing);
    Ok(render(&req, StatusCode::OK, &editing, &form))
}

fn render(req: &Req, status: StatusCode, editing: &Editing, form: &Form) -> Response {
    let found = found(form);
    page::render_with(req, status, title_meta(req.lang(), editing), || {
        view::page(req, &Editor { editing, form, found, refused: None })
    })
}

/// What was looked for in the category picker.
fn found(form: &Form) -> Option<parts::Found> {
    let query = market::text::line(form.value("category-q"));
    (form.value("act") == "find-category" && !query.is_empty())
        .then(|| parts::Found { categories: leaves_for(&query) })
}

/// Leaves that match, and the leaves below branches that match.
fn leaves_for(query: &str) -> Vec<&'static taxonomy::Category> {
    let query: String = query.chars().take(60).collect();
    let mut leaves: Vec<&'static taxonomy::Category> = Vec::new();
    for hit in taxonomy::search(&query) {
        let below = taxonomy::descendant_codes(hit.code).into_iter().filter_map(taxonomy::find);
        for leaf in below.filter(|category| category.is_leaf()) {
            if !leaves.contains(&leaf) {
                leaves.push(leaf);
            }
        }
    }
    leaves.truncate(40);
    leaves
}

/// `POST /vendor/listings/{id}`
pub async fn submit(req: Req, Path(id): Path<String>, form: Submitted) -> PageResult {
    let id = listing_id(&id)?;
    let address = req.href(&format!("/vendor/listings/{id}"));
    let what = match form.get("act") {
        "withdraw" => "withdrawn",
        "renew" => "renewed",
        "withdraw-revision" => "revision",
        "archive" => "archived",
        _ => return write(&req, id, form).await,
    };
    let work = async |cx: Cx| match what {
        "withdrawn" => service::withdraw(&cx, id).await,
        "renewed" => service::renew(&cx, id).await,
        "revision" => revisions::withdraw(&cx, id).await,
        _ => service::archive(&cx, id).await,
    };
    match form.once(&req, work).await {
        Ok(()) if what == "archived" => Ok(page::redirect(&req.href("/vendor/listings"))),
        Ok(()) => Ok(page::redirect(&format!("{address}?done={what}"))),
        Err(error) => conflict::explain(&req, id, error),
    }
}

/// Saves or sends the form, or shows it again with more lines.
async fn write(req: &Req, id: ListingId, form: Submitted) -> PageResult {
    let address = req.href(&format!("/vendor/listings/{id}"));
    let editing = service::open_editor(&req.cx, id).await?;
    if matches!(form.get("act"), "add-spec" | "add-tier" | "find-category") {
        let idem = form.idem().unwrap_or_else(|_| req.cx.new_id());
        let form = Form { idem, desk: None, ..Form::rejected(req, form, market::FieldErrors::new()) };
        return Ok(render(req, StatusCode::OK, &editing, &form));
    }
    match invalid_or_conflict(store(req, id, &editing, &form).await)? {
        Written::Done(what) => Ok(page::redirect(&format!("{address}?done={what}"))),
        Written::Invalid(errors) => {
            let form = Form::rejected(req, form, errors);
            Ok(render(req, StatusCode::UNPROCESSABLE_ENTITY, &editing, &form))
        }
        Written::Stale => conflict::compare(req, id, form).await,
        Written::Refused(error) => conflict::explain(req, id, error),
    }
}

enum Written {
    Done(&'static str),
    Invalid(market::FieldErrors),
    Stale,
    Refused(Error),
}

async fn store(
    req: &Req,
    id: ListingId,
    editing: &Editing,
    form: &Submitted,
) -> market::Result<&'static str> {
    let save = fields::save_of(form, true)?;
    if editing.listing.state.is_staged() {
        return revisions::stage(&req.cx, id, &save).await.map(|_| "edit");
    }
    if form.get("act") == "submit" {
        service::submit(&req.cx, id, &save).await.map(|()| "submitted")
    } else {
        service::save_draft(&req.cx, id, &save).await.map(|_| "saved")
    }
}

fn invalid_or_conflict(result: market::Result<&'static str>) -> Result<Written, PageError> {
    match result {
        Err(error) if error.kind == ErrorKind::Conflict("stale_version".into()) => Ok(Written::Stale),
        Err(error) if matches!(error.kind, ErrorKind::Conflict(_)) => Ok(Written::Refused(error)),
        other => Ok(match invalid_or(other)? {
            Ok(what) => Written::Done(what),
            Err(errors) => Written::Invalid(errors),
        }),
    }
}
