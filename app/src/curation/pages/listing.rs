//! `/desk/listings/{id}`: a listing to decide about. Private, never cached.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::catalog::decisions;
use market::curation::review::{self, ListingReview};
use market::{Error, ErrorKind, Problem};

use crate::context::Req;
use crate::curation::{decision, frame, listing_view};
use crate::error::PageResult;
use crate::form::{Form, Submitted};
use crate::i18n::curation as w;
use crate::page;

/// The listing with everything a decision needs.
pub async fn show(req: Req, Path(id): Path<String>) -> PageResult {
    let review = review::listing(&req.cx, frame::identity(&req, &id)?).await?;
    Ok(answer(&req, StatusCode::OK, &review, &Form::empty(&req)))
}

/// The decision.
pub async fn submit(req: Req, Path(id): Path<String>, form: Submitted) -> PageResult {
    let id = frame::identity(&req, &id)?;
    // whether it is theirs to decide comes before what was sent
    let review = review::listing(&req.cx, id).await?;
    let (reason, seen) = (decision::reason(&form), Some(decision::seen(&form)));
    let result = match (form.get("action"), decision::key(&form)) {
        (_, Err(error)) => Err(error),
        ("approve", Ok(key)) => decisions::approve(&req.cx, id, seen, key).await,
        ("return", Ok(key)) => decisions::return_for_changes(&req.cx, id, &reason, seen, key).await,
        ("hide", Ok(key)) => decisions::hide(&req.cx, id, &reason, key).await,
        ("unhide", Ok(key)) => decisions::unhide(&req.cx, id, key).await,
        _ => Err(Error::invalid("", Problem::NotChoice)),
    };
    let Err(error) = result else { return Ok(decision::decided(&req, &form)) };
    match error.kind {
        ErrorKind::Invalid(errors) => {
            Ok(answer(&req, StatusCode::UNPROCESSABLE_ENTITY, &review, &Form::rejected(&req, form, errors)))
        }
        _ => decision::failed(&req, error, ("listing", id), &format!("/desk/listings/{id}")).await,
    }
}

fn answer(req: &Req, status: StatusCode, review: &ListingReview, form: &Form) -> Response {
    let lang = req.lang();
    let next = page::safe_next(form.value("next"), &req.href("/desk/inbox?kind=listing"));
    let content = view! { {frame::done(req)}<section class="block">{listing_view::view(req, review, form, next)}</section> };
    page::render_status(
        req,
        status,
        frame::meta(w::listing_title(lang)),
        frame::desk(req, w::listing_title(lang), None, content.into_any()),
    )
}
