//! `/a/{token}/stay`: the browser that has just answered through a mail's link stays signed in, after an explicit yes.
//! The offer is a cookie of that browser, works once and for minutes.

use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode, header};
use leptos::prelude::*;
use market::ErrorKind;
use market::inquiries::{service, stay};

use crate::accounts::session;
use crate::context::{AppState, Req};
use crate::cookies;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted};
use crate::i18n::{accounts as a, threads as t};
use crate::inquiries::pages::thread::done_page;
use crate::inquiries::place::{Door, Place, closed_link, message_page};
use crate::page;
use crate::ui;

const fn cookie(secure: bool) -> &'static str {
    if secure { "__Host-stay" } else { "stay" }
}

/// The response of an answer through a link, with an offer for this browser when nobody is signed in.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn offered(req: &Req, place: &Place, secure: bool, response: Response) -> PageResult {
    if req.person().is_some() {
        return Ok(response);
    }
    let text = service::offer_stay(&place.cx).await?;
    Ok(cookies::set(response, secure, cookie(secure), &text, stay::MINUTES * 60))
}

fn sent_offer(headers: &HeaderMap) -> String {
    let found = cookies::sent(headers, cookie(true)).chain(cookies::sent(headers, cookie(false))).next();
    found.filter(|text| text.len() <= 64).unwrap_or_default().to_owned()
}

/// The offer as a form, while it stands.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn form(
    req: &Req,
    place: &Place,
    headers: &HeaderMap,
    form: &Form,
) -> Result<Option<AnyView>, PageError> {
    let text = sent_offer(headers);
    if text.is_empty() || req.person().is_some() {
        return Ok(None);
    }
    let Some(name) = service::open_offer(&req.cx, place.thread_id, &text).await? else { return Ok(None) };
    let lang = req.lang();
    let agree = view! { {t::stay_agree(lang)} };
    let fields = view! {
        {ui::checkbox(lang, form, "stay", agree.into_any())}
        <button class="btn mt-4">{t::stay_button(lang)}</button>
    };
    let view = view! {
        <section class="sec"><h2>{t::stay_title(lang)}</h2>
            <p class="small mute mt-2">{t::stay_text(lang, &name)}</p>
            {ui::form(lang, form, &place.href(req, "/stay"), fields.into_any())}
        </section>
    };
    Ok(Some(view.into_any()))
}

/// Takes the offer.
pub async fn submit(
    State(state): State<AppState>,
    Path(token): Path<String>,
    req: Req,
    headers: HeaderMap,
    sent: Submitted,
) -> PageResult {
    let place = Door::Link(token).open(&req).await?;
    if place.standing.is_over() {
        return Ok(closed_link(&req, place.standing));
    }
    let browser = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let agreed = sent.get("stay") == "yes";
    match service::take_offer(&place.cx, place.thread_id, &sent_offer(&headers), agreed, browser).await {
        Ok(session) => {
            let to = page::redirect(&req.href(&format!("/inquiries/{}", place.thread_id)));
            let response = session::set_cookie(to, state.secure_cookies, &session);
            Ok(cookies::set(response, state.secure_cookies, cookie(state.secure_cookies), "", 0))
        }
        Err(error) => match error.kind {
            ErrorKind::Invalid(errors) => {
                let form = Form::rejected(&req, sent, errors);
                done_page(&req, &place, &headers, (StatusCode::UNPROCESSABLE_ENTITY, &form)).await
            }
            // a second press, after the first was answered
            ErrorKind::Gone if req.person().is_some() => {
                Ok(page::redirect(&req.href(&format!("/inquiries/{}", place.thread_id))))
            }
            ErrorKind::Gone => {
                let lang = req.lang();
                let ways = ui::primary_link(&req.href("/sign-in"), a::sign_in_button(lang));
                Ok(message_page(&req, StatusCode::GONE, t::stay_over_title(lang), t::stay_over(lang), ways))
            }
            _ => Err(PageError(error)),
        },
    }
}
