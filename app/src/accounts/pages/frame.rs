//! The two frames of these pages: one narrow column for forms of a single purpose, and the account with its menu.

use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;

use crate::context::Req;
use crate::error::PageResult;
use crate::form::{Form, Submitted};
use crate::i18n::accounts as w;
use crate::inquiries::refusal::Refusal;
use crate::page::{self, Meta};

/// One heading, one form, other ways below a line.
pub fn narrow(req: &Req, status: StatusCode, title: &str, content: AnyView) -> Response {
    let view = view! {
        <div class="auth">
            <h1>{title.to_owned()}</h1>
            {content}
        </div>
    };
    let mut response = page::render_status(req, status, Meta::private(title), view.into_any());
    // addresses of these pages carry links that work once: no other page is told them
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// A refused form once more, with what was typed and with what was wrong or how long to wait. Passwords are never sent back.
///
/// # Errors
/// Every kind that is no fault of the form.
pub fn again(
    req: &Req,
    typed: Submitted,
    error: market::Error,
    show: impl FnOnce(StatusCode, &Form) -> Response,
) -> PageResult {
    let refusal = Refusal::of(req.lang(), error)?;
    let form = Form { notice: refusal.notice.clone(), ..Form::rejected(req, typed, refusal.errors.clone()) };
    Ok(refusal.tell(show(refusal.status, &form)))
}

/// Other ways on, below the form.
pub fn other_ways(links: Vec<(String, &'static str)>) -> AnyView {
    let links = links
        .into_iter()
        .map(|(href, label)| view! { <li><a href=href>{label}</a></li> })
        .collect::<Vec<_>>();
    view! { <div class="auth-other"><ul>{links}</ul></div> }.into_any()
}

/// A page of the account beside its menu. `path` is the address of the menu's entry.
pub fn account(req: &Req, status: StatusCode, title: &str, content: AnyView) -> Response {
    let lang = req.lang();
    let entries = [
        ("/account", w::nav_profile(lang)),
        ("/account/searches", crate::i18n::saved_searches::list_title(lang)),
        ("/account/notifications", crate::i18n::notifications::settings_title(lang)),
        ("/account/password", w::nav_password(lang)),
        ("/account/devices", w::nav_devices(lang)),
        ("/account/blocks", crate::i18n::abuse::blocks_title(lang)),
        ("/account/privacy", w::nav_privacy(lang)),
    ];
    let entries = entries
        .into_iter()
        .map(|(path, label)| {
            // leaving stands under privacy, where it is found
            let inside = path == "/account/privacy" && &*req.path == "/account/withdraw";
            let here = if *req.path == *path { Some("page") } else { inside.then_some("true") };
            view! { <li><a href=req.href(path) aria-current=here>{label}</a></li> }
        })
        .collect::<Vec<_>>();
    let view = view! {
        <div class="split cols-nav">
            <nav class="kinds" aria-label=w::nav_label(lang)><ul>{entries}</ul></nav>
            <div class="account">
                <h1>{title.to_owned()}</h1>
                {content}
            </div>
        </div>
    };
    page::render_status(req, status, Meta::private(title), view.into_any())
}
