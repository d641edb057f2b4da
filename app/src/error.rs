//! From a failed verb to a page: status, words, a way on. Causes are logged once, here, and never shown.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, Method, StatusCode, header};
use leptos::prelude::*;
use market::{Error, ErrorKind};

use crate::context::Req;
use crate::i18n::{common as w, conflicts};
use crate::page::{self, Meta};
use crate::ui::link_button;

/// What handlers give back.
pub type PageResult = Result<Response, PageError>;

/// A failed handler. Becomes a bare response that carries its kind; the outermost layer, which knows the
/// person's language, turns it into a page.
#[derive(Debug)]
pub struct PageError(pub Error);

impl From<Error> for PageError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<ErrorKind> for PageError {
    fn from(kind: ErrorKind) -> Self {
        Self(Error::new(kind))
    }
}

/// Marks a response whose page is still to be made.
#[derive(Clone, Debug)]
pub struct Failed(pub ErrorKind);

/// The status of a kind.
pub const fn status_of(kind: &ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::Gone => StatusCode::GONE,
        ErrorKind::NotSignedIn => StatusCode::UNAUTHORIZED,
        ErrorKind::Forbidden => StatusCode::FORBIDDEN,
        ErrorKind::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict(_) => StatusCode::CONFLICT,
        ErrorKind::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
        ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        log(&self.0);
        let mut response = status_of(&self.0.kind).into_response();
        if let ErrorKind::TooMany { retry_after } = self.0.kind {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
        }
        response.extensions_mut().insert(Failed(self.0.kind));
        response
    }
}

/// Seconds after which a part that was away is usually back.
const BACK_SOON: HeaderValue = HeaderValue::from_static("5");

fn log(error: &Error) {
    match error.kind {
        ErrorKind::Internal => tracing::error!(error = %error, "request failed"),
        ErrorKind::Unavailable | ErrorKind::StorageFull => tracing::warn!(error = %error, "a part is away"),
        _ => tracing::debug!(error = %error, "request refused"),
    }
}

/// Turns a marked response into a page (or a redirect to the sign-in page).
pub fn finish(req: &Req, method: &Method, failed: &ErrorKind) -> Response {
    if *failed == ErrorKind::NotSignedIn {
        return page::redirect(&format!(
            "{}?next={}",
            req.href("/sign-in"),
            page::encode(&after_sign_in(req, method))
        ));
    }
    let lang = req.lang();
    let link = link_of_mail(&req.path).filter(|_| *failed == ErrorKind::NotFound);
    let (title, text) = match link {
        Some(link) => (w::error_link_title(lang), link.text(lang).to_owned()),
        None => words(lang, failed),
    };
    let way_on = link.map(|link| link.way_on(req));
    let retry_after = match failed {
        ErrorKind::TooMany { retry_after } => Some(HeaderValue::from(*retry_after)),
        ErrorKind::Unavailable => Some(BACK_SOON),
        _ => None,
    };
    let number = (*failed == ErrorKind::Internal).then(|| w::error_request_number(lang, &req.cx.request_id));
    let mut response = failure_page(req, status_of(failed), (title, text), number, way_on);
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

/// The page for what came from a page of another site, or from a browser that hides where it came from. Nobody's rights are at
/// fault, and nothing was done.
pub fn finish_foreign(req: &Req) -> Response {
    let lang = req.lang();
    let words = (w::error_foreign_title(lang), w::error_foreign_text(lang).to_owned());
    failure_page(req, StatusCode::FORBIDDEN, words, None, None)
}

/// The page for an address that exists and is not asked for in this way.
pub fn finish_method(req: &Req) -> Response {
    let lang = req.lang();
    let words = (w::error_method_title(lang), w::error_method_text(lang).to_owned());
    failure_page(req, StatusCode::METHOD_NOT_ALLOWED, words, None, None)
}

fn failure_page(
    req: &Req,
    status: StatusCode,
    (title, text): (&'static str, String),
    number: Option<String>,
    first: Option<AnyView>,
) -> Response {
    let lang = req.lang();
    let home = req.href("/");
    let search = req.href("/search");
    let meta = Meta::private(title);
    let view = view! {
        <section class="empty page-error">
            <p class="tag">{status.as_u16()}</p>
            <h1>{title}</h1>
            <p>{text}</p>
            {number.map(|number| view! { <p class="muted mono">{number}</p> })}
            <p class="actions">{first} {link_button(&search, w::error_go_search(lang))} {link_button(&home, w::error_go_home(lang))}</p>
        </section>
    };
    page::render_status(req, status, meta, view.into_any())
}

/// Where a link of a mail leads. One that opens nothing was cut, is old, or was never one; which of these is told to nobody.
#[derive(Clone, Copy)]
enum MailLink {
    /// To what also stands in the inbox.
    Inbox,
    Confirm,
    Reset,
    Notices,
}

fn link_of_mail(path: &str) -> Option<MailLink> {
    const STARTS: [(&str, MailLink); 12] = [
        ("/a/", MailLink::Inbox),
        ("/b/", MailLink::Inbox),
        ("/q/", MailLink::Inbox),
        ("/r/", MailLink::Inbox),
        ("/confirm-inquiry/", MailLink::Inbox),
        ("/confirm-basket/", MailLink::Inbox),
        ("/confirm-rfq/", MailLink::Inbox),
        ("/confirm/", MailLink::Confirm),
        ("/reset/", MailLink::Reset),
        ("/confirm-alert/", MailLink::Notices),
        ("/s/", MailLink::Notices),
        ("/n/", MailLink::Notices),
    ];
    STARTS.iter().find(|(start, _)| path.starts_with(start)).map(|(_, link)| *link)
}

impl MailLink {
    fn text(self, lang: market::Lang) -> &'static str {
        match self {
            Self::Inbox => w::error_link_text(lang),
            Self::Confirm => w::error_confirm_link(lang),
            Self::Reset => w::error_reset_link(lang),
            Self::Notices => w::error_notice_link(lang),
        }
    }

    fn way_on(self, req: &Req) -> AnyView {
        let lang = req.lang();
        let (path, label) = match self {
            Self::Inbox => ("/inquiries", crate::i18n::inquiries::go_inbox(lang)),
            Self::Confirm => ("/sign-up/done", crate::i18n::accounts::resend_button(lang)),
            Self::Reset => ("/reset", w::error_go_reset(lang)),
            Self::Notices => ("/account/notifications", w::error_go_notices(lang)),
        };
        crate::ui::primary_link(&req.href(path), label)
    }
}

/// Where to go on after signing in. What was posted is gone by then, so the way leads to a page that can be opened.
fn after_sign_in(req: &Req, method: &Method) -> String {
    if *method == Method::GET || *method == Method::HEAD {
        return req.here();
    }
    let page = crate::routes::page_above(&req.path);
    if *page == *req.path { req.here() } else { req.href(page) }
}

fn words(lang: market::Lang, failed: &ErrorKind) -> (&'static str, String) {
    match failed {
        ErrorKind::NotFound | ErrorKind::NotSignedIn => {
            (w::error_not_found_title(lang), w::error_not_found_text(lang).into())
        }
        ErrorKind::Gone => (w::error_gone_title(lang), w::error_gone_text(lang).into()),
        ErrorKind::Forbidden => (w::error_forbidden_title(lang), w::error_forbidden_text(lang).into()),
        ErrorKind::Invalid(_) => (w::error_invalid_title(lang), w::error_invalid_text(lang).into()),
        ErrorKind::Conflict(rule) => {
            let text = conflicts::conflict(lang, rule).unwrap_or_else(|| w::error_conflict_text(lang));
            (w::error_conflict_title(lang), text.into())
        }
        ErrorKind::TooMany { retry_after } => (
            w::error_too_many_title(lang),
            w::error_too_many_text(lang, &crate::abuse::parts::wait(lang, *retry_after)),
        ),
        ErrorKind::Unavailable => (w::error_unavailable_title(lang), w::error_unavailable_text(lang).into()),
        ErrorKind::StorageFull => (w::error_unavailable_title(lang), w::error_storage_text(lang).into()),
        ErrorKind::Internal => (w::error_internal_title(lang), w::error_internal_text(lang).into()),
    }
}
