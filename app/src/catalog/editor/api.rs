//! What the editor's islands talk to: small JSON answers that carry finished HTML where a list is shown.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::Path;
use axum::extract::rejection::JsonRejection;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use leptos::prelude::*;
use market::catalog::{completeness, images, service};
use market::{ErrorKind, Lang};
use serde_json::json;
use uuid::Uuid;

use super::{advice, fields, leaves_for, listing_id, parts, pictures};
use crate::context::Req;
use crate::error::{PageError, status_of};
use crate::form::Submitted;
use crate::i18n::{catalog as w, conflicts, problems};

/// A failed call as JSON: the kind as a word, and the status a page would have.
pub struct ApiError(PageError);

impl From<PageError> for ApiError {
    fn from(error: PageError) -> Self {
        Self(error)
    }
}

impl From<market::Error> for ApiError {
    fn from(error: market::Error) -> Self {
        Self(PageError(error))
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let kind = self.0.0.kind.clone();
        let status = status_of(&kind);
        let word = match &kind {
            ErrorKind::NotFound => "not_found",
            ErrorKind::NotSignedIn => "not_signed_in",
            ErrorKind::Conflict(rule) => rule.as_ref(),
            ErrorKind::Invalid(_) => "invalid",
            ErrorKind::TooMany { .. } => "too_many",
            _ => "failed",
        };
        // the island knows the language of its page and has no words of its own for what only the server knows
        let body = json!({ "error": word, "ko": said(Lang::Ko, &kind), "en": said(Lang::En, &kind) });
        let body = body.to_string();
        // logged where every error is; its page is replaced by JSON
        drop(self.0.into_response());
        json_response(status, body)
    }
}

/// Why it was not done, and what to do. What was typed stays on the page in every case.
fn said(lang: Lang, kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::NotSignedIn => w::api_signed_out(lang).to_owned(),
        ErrorKind::NotFound | ErrorKind::Gone | ErrorKind::Forbidden => w::api_gone(lang).to_owned(),
        ErrorKind::Conflict(rule) if rule == "stale_version" => w::save_stale(lang).to_owned(),
        ErrorKind::Conflict(rule) if rule == "listing_state" => w::api_state(lang).to_owned(),
        ErrorKind::Conflict(rule) => {
            conflicts::conflict(lang, rule).unwrap_or_else(|| w::api_state(lang)).to_owned()
        }
        ErrorKind::TooMany { .. } => w::api_too_many(lang).to_owned(),
        ErrorKind::Invalid(errors) => {
            errors.0.first().map(|first| problems::problem(lang, &first.problem)).unwrap_or_default()
        }
        ErrorKind::StorageFull => w::api_full(lang).to_owned(),
        ErrorKind::Unavailable | ErrorKind::Internal => w::api_away(lang).to_owned(),
    }
}

fn json_response(status: StatusCode, body: String) -> Response {
    (
        status,
        [
            (http::header::CONTENT_TYPE, "application/json"),
            (http::header::CACHE_CONTROL, "private, no-store"),
        ],
        body,
    )
        .into_response()
}

fn html(view: impl FnOnce() -> AnyView) -> String {
    Owner::new_root(None).with(|| view().to_html())
}

/// `GET /api/categories?q=`: leaves that match, for the picker. Public: the tree is.
pub async fn categories(req: Req) -> Response {
    let lang = if req.query_value("lang") == "en" { Lang::En } else { req.lang() };
    let found = leaves_for(&market::text::line(&req.query_value("q")));
    let rows: Vec<_> = found
        .iter()
        .map(|leaf| json!({ "code": leaf.code, "label": parts::path_label(lang, leaf) }))
        .collect();
    json_response(StatusCode::OK, json!(rows).to_string())
}

/// `POST /api/listings/{id}/autosave`: the fields of the form as one JSON object.
pub async fn autosave(
    req: Req,
    Path(id): Path<String>,
    typed: Result<Json<BTreeMap<String, String>>, JsonRejection>,
) -> Result<Response, ApiError> {
    let id = listing_id(&id)?;
    // whose product it is comes before what was sent
    service::open_editor(&req.cx, id).await?;
    let Ok(Json(typed)) = typed else {
        return Ok(json_response(StatusCode::BAD_REQUEST, json!({ "error": "unreadable" }).to_string()));
    };
    let form = Submitted::typed(typed);
    let lang = page_lang(&req, &form);
    let saved = service::autosave(&req.cx, id, &fields::save_of(&form, false)?).await?;
    let mut db = req.cx.read().await?;
    let pictures = images::list(&mut db, id).await?.len();
    let now = req.cx.now().to_seoul();
    let errors: Vec<_> = saved
        .errors
        .0
        .iter()
        .map(|e| json!({ "field": e.field, "text": problems::problem(lang, &e.problem) }))
        .collect();
    let mut message = w::saved_at(lang, &format!("{:02}:{:02}", now.hour(), now.minute()));
    if !errors.is_empty() {
        message = format!("{message} · {}", w::unsaved_fields(lang, errors.len()));
    }
    let advice = html(|| advice::inside(lang, &completeness(&saved.content, pictures)));
    Ok(json_response(
        StatusCode::OK,
        json!({ "version": saved.version, "message": message, "errors": errors, "advice": advice })
            .to_string(),
    ))
}

/// Addresses of the interface have no language; the form names the one of its page.
fn page_lang(req: &Req, form: &Submitted) -> Lang {
    if form.get("lang") == "en" || req.query_value("lang") == "en" { Lang::En } else { req.lang() }
}

/// The kept pictures as HTML, in the language of the page.
async fn picture_list(req: Req, id: Uuid, refused: Option<String>) -> Result<Response, ApiError> {
    let editing = service::open_editor(&req.cx, id).await?;
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let list = html(|| pictures::list(&req, id, &editing.images));
    Ok(json_response(status, json!({ "list": list, "message": refused }).to_string()))
}

fn in_page_lang(mut req: Req) -> Req {
    if req.query_value("lang") == "en" {
        req.cx.lang = Lang::En;
    }
    req
}

/// `POST /api/listings/{id}/images`
pub async fn upload(req: Req, Path(id): Path<String>, form: pictures::Files) -> Result<Response, ApiError> {
    let (req, id) = (in_page_lang(req), listing_id(&id)?);
    // whose product it is comes before what was sent
    service::open_editor(&req.cx, id).await?;
    let refused = match form {
        Ok(form) => pictures::receive(&req, id, form).await?,
        Err(_) => Some(w::upload_broken(req.lang()).to_owned()),
    };
    picture_list(req, id, refused).await
}

/// `POST /api/listings/{id}/images/{media}`
pub async fn change(
    req: Req,
    Path((id, media)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, ApiError> {
    let (req, id, media) = (in_page_lang(req), listing_id(&id)?, listing_id(&media)?);
    pictures::act(&req, id, media, &form).await?;
    picture_list(req, id, None).await
}

/// `POST /api/listings/{id}/images/order`: `order` holds the pictures, separated by commas.
pub async fn order(req: Req, Path(id): Path<String>, form: Submitted) -> Result<Response, ApiError> {
    let (req, id) = (in_page_lang(req), listing_id(&id)?);
    let order: Vec<Uuid> =
        form.get("order").split(',').take(100).filter_map(|part| Uuid::parse_str(part).ok()).collect();
    images::reorder(&req.cx, id, &order).await?;
    picture_list(req, id, None).await
}
