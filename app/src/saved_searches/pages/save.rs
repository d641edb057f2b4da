//! `POST /saved-searches`: saves the question of a results page and goes back to it, or asks a guest's address to confirm.

use http::StatusCode;
use leptos::prelude::*;
use market::saved_searches::{ask, ask_trapped, service};

use super::column;
use crate::context::Req;
use crate::error::PageResult;
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::saved_searches as w;
use crate::inquiries::form::TRAP;
use crate::page;
use crate::saved_searches::offer;

/// Saves, or mails the one confirmation.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    let (state, condition) = offer::sent(req.lang(), &form);
    let back = state.address(&req.href("/search"));
    let joint = if back.contains('?') { '&' } else { '?' };
    let result = if req.person().is_some() {
        form.once(&req, async |cx| service::save(&cx, &condition).await.map(|_| ()))
            .await
            .map(|()| format!("{back}{joint}alert=saved#alert"))
    } else {
        match form.idem() {
            Ok(key) => {
                let done = if form.text(TRAP).trim().is_empty() {
                    ask(&req.cx, &condition, form.get("email"), key).await
                } else {
                    ask_trapped(&req.cx, &condition, form.get("email"), key).await
                };
                done.map(|()| req.href("/saved-searches/sent"))
            }
            Err(error) => Err(error),
        }
    };
    match invalid_or(result)? {
        Ok(next) => Ok(page::redirect(&next)),
        Err(errors) => {
            let lang = req.lang();
            let form = Form::rejected(&req, form, errors);
            let content = view! {
                <p class="mt-2 mb-4">{condition.title}</p>
                {offer::form(&req, &state, &form)}
                <p class="mt-5"><a href=back>{w::back_to_results(lang)}</a></p>
            };
            Ok(column(&req, StatusCode::UNPROCESSABLE_ENTITY, w::form_title(lang), content.into_any()))
        }
    }
}

/// What happens next for a guest.
pub async fn sent(req: Req) -> PageResult {
    let lang = req.lang();
    let content = view! {
        <p class="mt-3">{w::sent_text(lang)}</p>
        <p class="mt-6"><a class="btn" href=req.href("/search")>{w::find_products(lang)}</a></p>
    };
    Ok(column(&req, StatusCode::OK, w::sent_title(lang), content.into_any()))
}
