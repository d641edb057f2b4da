//! `/desk/vendors/{id}`: a company to decide about. Private, never cached.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::curation::review::{self, VendorReview};
use market::vendors::rules::VendorAction;
use market::vendors::{service, staged};
use market::{Error, ErrorKind, Problem};

use crate::context::Req;
use crate::curation::{decision, frame, vendor_view};
use crate::error::PageResult;
use crate::form::{Form, Submitted};
use crate::i18n::curation as w;
use crate::page;

/// The company with everything a decision needs.
pub async fn show(req: Req, Path(id): Path<String>) -> PageResult {
    let review = review::vendor(&req.cx, frame::identity(&req, &id)?).await?;
    Ok(answer(&req, StatusCode::OK, &review, &Form::empty(&req)))
}

/// The decision.
pub async fn submit(req: Req, Path(id): Path<String>, form: Submitted) -> PageResult {
    let id = frame::identity(&req, &id)?;
    let (seen, reason) = (Some(decision::seen(&form)), decision::reason(&form));
    let result = match (chosen(form.get("action"), &reason), decision::key(&form)) {
        (Ok(Chosen::Company(action)), Ok(key)) => {
            service::decide(&req.cx, id, seen, action, &reason, key).await
        }
        (Ok(Chosen::Edit(edit)), Ok(key)) => staged::decide(&req.cx, id, seen, edit, key).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    let Err(error) = result else { return Ok(decision::decided(&req, &form)) };
    match error.kind {
        ErrorKind::Invalid(errors) => {
            let review = review::vendor(&req.cx, id).await?;
            Ok(answer(&req, StatusCode::UNPROCESSABLE_ENTITY, &review, &Form::rejected(&req, form, errors)))
        }
        _ => decision::failed(&req, error, ("vendor", id), &format!("/desk/vendors/{id}")).await,
    }
}

/// About what: the company itself, or what it wants to be shown as.
enum Chosen {
    Company(VendorAction),
    Edit(staged::Decision),
}

fn chosen(code: &str, reason: &str) -> Result<Chosen, Error> {
    use VendorAction as A;
    match code {
        "apply" => return Ok(Chosen::Edit(staged::Decision::Apply)),
        "decline" => return Ok(Chosen::Edit(staged::Decision::Decline(reason.to_owned()))),
        _ => {}
    }
    let decisions = [A::Approve, A::Return, A::Reject, A::Suspend, A::Lift, A::Close];
    decisions
        .into_iter()
        .find(|action| action.code() == code)
        .map(Chosen::Company)
        .ok_or_else(|| Error::invalid("", Problem::NotChoice))
}

fn answer(req: &Req, status: StatusCode, review: &VendorReview, form: &Form) -> Response {
    let lang = req.lang();
    let next = page::safe_next(form.value("next"), &req.href("/desk/inbox?kind=vendor"));
    let content = view! { {frame::done(req)}<section class="block">{vendor_view::view(req, review, form, next)}</section> };
    page::render_status(
        req,
        status,
        frame::meta(w::vendor_title(lang)),
        frame::desk(req, w::vendor_title(lang), None, content.into_any()),
    )
}
