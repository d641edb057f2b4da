//! `/desk/rfqs/{id}`: a request to decide about before vendors see it. Private, never cached.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::rfqs::service::{self, Decision};
use market::rfqs::{RfqState, contact};
use market::{Error, ErrorKind, Problem};
use uuid::Uuid;

use crate::context::Req;
use crate::curation::decision::{self, Choice};
use crate::curation::frame;
use crate::error::PageResult;
use crate::form::{Form, Submitted};
use crate::i18n::rfqs as w;
use crate::page;
use crate::rfqs::parts;
use crate::ui::{self, Tone};

/// The request with everything a decision needs.
pub async fn show(req: Req, Path(id): Path<String>) -> PageResult {
    let id = frame::identity(&req, &id)?;
    answer(&req, StatusCode::OK, id, &Form::empty(&req)).await
}

/// The decision.
pub async fn submit(req: Req, Path(id): Path<String>, form: Submitted) -> PageResult {
    let id = frame::identity(&req, &id)?;
    let result = match chosen(&form) {
        Ok(chosen) => {
            service::decide(&req.cx, id, Some(decision::seen(&form)), chosen, decision::key(&form)?).await
        }
        Err(error) => Err(error),
    };
    let Err(error) = result else { return Ok(decision::decided(&req, &form)) };
    match error.kind {
        ErrorKind::Invalid(errors) => {
            answer(&req, StatusCode::UNPROCESSABLE_ENTITY, id, &Form::rejected(&req, form, errors)).await
        }
        _ => decision::failed(&req, error, ("rfq", id), &format!("/desk/rfqs/{id}")).await,
    }
}

fn chosen(form: &Submitted) -> Result<Decision, Error> {
    Ok(match form.get("action") {
        "open" => Decision::Open,
        "return" => Decision::Return(decision::reason(form)),
        "remove" => Decision::Remove(decision::reason(form)),
        _ => return Err(Error::invalid("", Problem::NotChoice)),
    })
}

async fn answer(
    req: &Req,
    status: StatusCode,
    id: Uuid,
    form: &Form,
) -> Result<Response, crate::error::PageError> {
    let lang = req.lang();
    let next = page::safe_next(form.value("next"), &req.href("/desk/inbox?kind=rfq"));
    let view = pane(req, id, form, next).await?;
    let content = view! { {frame::done(req)}<section class="block">{view}</section> };
    let content = frame::desk(req, w::desk_title(lang), None, content.into_any());
    Ok(page::render_status(req, status, frame::meta(w::desk_title(lang)), content))
}

/// The request beside the queue.
pub async fn pane(req: &Req, id: Uuid, form: &Form, next: String) -> market::Result<AnyView> {
    let lang = req.lang();
    let review = service::review(&req.cx, id).await?;
    let rfq = &review.rfq;
    let action = req.href(&format!("/desk/rfqs/{id}"));
    let choices = match rfq.state {
        RfqState::InReview => vec![
            Choice::main("open", w::desk_open(lang)),
            Choice::other("return", w::desk_return(lang)),
            Choice::danger("remove", w::desk_remove(lang)),
        ],
        RfqState::Open | RfqState::Filled => vec![Choice::danger("remove", w::desk_remove(lang))],
        _ => Vec::new(),
    };
    let invited: Vec<String> =
        review.invited.iter().map(|one| lang.pick(&one.name_ko, &one.name_en).to_owned()).collect();
    let invited = (!invited.is_empty())
        .then(|| view! { <p class="small">{w::fact_invited(lang)}": "{invited.join(", ")}</p> });
    let decide = decision::Decision {
        action: action.clone(),
        next,
        reasons: &w::RETURN_REASONS,
        choices,
        version: Some(rfq.version),
    };
    let view = view! {
        <p class="small mute"><span class="tag">{w::state(lang, rfq.state)}</span>" "{w::visibility(lang, rfq.visibility)}</p>
        <h2 class="mt-1 mb-3"><a href=action lang=rfq.lang.code()>{rfq.title.clone()}</a></h2>
        {contact::in_public(&rfq.title, &rfq.lines).then(|| ui::notice(Tone::Warn, w::desk_contact_public(lang)))}
        {parts::facts(req, rfq)}
        <div class="mt-2 mb-3">{parts::buyer(req, &review.buyer)}</div>
        {invited}
        {parts::lines(req, &rfq.lines)}
        {parts::files(req, &review.files, &req.href("/files"))}
        {contact::is_in(&rfq.body).then(|| view! { <p class="small mute mt-3">{w::desk_contact_body(lang)}</p> })}
        <p class="letter mt-3" lang=rfq.lang.code()>{rfq.body.clone()}</p>
        {decision::form_to(req, form, decide, (w::desk_to_buyer(lang), w::desk_to_buyer_hint(lang)))}
        {frame::history(req, &review.history)}
    };
    Ok(view.into_any())
}
