//! `/desk/revisions/{id}`: a staged edit to decide about. Private, never cached.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::catalog::revisions::{self, Decision};
use market::curation::review::{self, RevisionReview};
use market::{Error, ErrorKind, Problem};

use crate::context::Req;
use crate::curation::{decision, frame, revision_view};
use crate::error::PageResult;
use crate::form::{Form, Submitted};
use crate::i18n::curation as w;
use crate::page;

/// The edit beside what is live.
pub async fn show(req: Req, Path(id): Path<String>) -> PageResult {
    let review = review::revision(&req.cx, frame::identity(&req, &id)?, req.lang()).await?;
    Ok(answer(&req, StatusCode::OK, &review, &Form::empty(&req)))
}

/// The decision.
pub async fn submit(req: Req, Path(id): Path<String>, form: Submitted) -> PageResult {
    let id = frame::identity(&req, &id)?;
    // whether it is theirs to decide comes before what was sent
    let review = review::revision(&req.cx, id, req.lang()).await?;
    let result = match (form.get("action"), decision::key(&form)) {
        (_, Err(error)) => Err(error),
        ("apply", Ok(key)) => revisions::decide(&req.cx, id, Decision::Apply, key).await,
        ("decline", Ok(key)) => {
            revisions::decide(&req.cx, id, Decision::Decline(decision::reason(&form)), key).await
        }
        _ => Err(Error::invalid("", Problem::NotChoice)),
    };
    let Err(error) = result else { return Ok(decision::decided(&req, &form)) };
    if matches!(error.kind, ErrorKind::NotFound | ErrorKind::Forbidden) {
        return Err(error.into());
    }
    match error.kind {
        ErrorKind::Invalid(errors) => {
            Ok(answer(&req, StatusCode::UNPROCESSABLE_ENTITY, &review, &Form::rejected(&req, form, errors)))
        }
        _ => {
            decision::failed(
                &req,
                error,
                ("listing", review.revision.listing_id),
                &format!("/desk/revisions/{id}"),
            )
            .await
        }
    }
}

fn answer(req: &Req, status: StatusCode, review: &RevisionReview, form: &Form) -> Response {
    let lang = req.lang();
    let next = page::safe_next(form.value("next"), &req.href("/desk/inbox?kind=revision"));
    let content = view! { {frame::done(req)}<section class="block">{revision_view::view(req, review, form, next)}</section> };
    page::render_status(
        req,
        status,
        frame::meta(w::revision_title(lang)),
        frame::desk(req, w::revision_title(lang), None, content.into_any()),
    )
}
