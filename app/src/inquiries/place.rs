//! From where a thread is opened: by somebody signed in (`/inquiries/{id}`) or through a mail's link
//! (`/a/{token}`). Everything after that is the same.

use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use market::inquiries::links::{LinkStanding, open_link};
use market::{Cx, ErrorKind};
use uuid::Uuid;

use crate::abuse::parts::{blocked, too_many};
use crate::context::Req;
use crate::error::PageError;
use crate::i18n::{abuse as a, inquiries as w};
use crate::page::{self, Meta};
use crate::ui;

/// How somebody came.
#[derive(Clone, Debug)]
pub enum Door {
    /// Signed in; the thread's identity as it stands in the address.
    Own(String),
    /// Through a link; its text.
    Link(String),
}

/// A thread that is open for somebody.
pub struct Place {
    /// The call as whoever opened it.
    pub cx: Cx,
    /// The thread.
    pub thread_id: Uuid,
    /// Path of its pages, without language.
    pub base: String,
    /// Whether it was opened through a link.
    pub by_link: bool,
    /// What became of the link.
    pub standing: LinkStanding,
}

impl Door {
    /// Opens the thread.
    ///
    /// # Errors
    /// `NotFound` for guesses, `NotSignedIn` for visitors without a link.
    pub async fn open(self, req: &Req) -> Result<Place, PageError> {
        match self {
            Self::Own(id) => {
                let thread_id = Uuid::parse_str(&id).map_err(|_| PageError::from(ErrorKind::NotFound))?;
                req.actor().signed_in()?;
                let base = format!("/inquiries/{thread_id}");
                Ok(Place {
                    cx: req.cx.clone(),
                    thread_id,
                    base,
                    by_link: false,
                    standing: LinkStanding::Works,
                })
            }
            Self::Link(token) => {
                let open = open_link(&req.cx, &token).await?;
                Ok(Place {
                    cx: open.cx,
                    thread_id: open.thread.id,
                    base: format!("/a/{token}"),
                    by_link: true,
                    standing: open.standing,
                })
            }
        }
    }
}

impl Place {
    /// Path of the addresses of its files.
    pub fn files_at(&self, req: &Req) -> String {
        let path = if self.by_link { format!("{}/files", self.base) } else { "/files".to_owned() };
        req.href(&path)
    }

    /// Path of the page on which the threads of its form stand side by side; a link to one thread alone opens no others.
    pub fn together(&self, form: Uuid) -> Option<String> {
        if !self.by_link {
            return Some(format!("/together/{form}"));
        }
        let (secret, _) = self.base.strip_prefix("/a/")?.split_once('.')?;
        Some(format!("/b/{secret}"))
    }

    /// Address of one of the thread's pages.
    pub fn href(&self, req: &Req, tail: &str) -> String {
        req.href(&format!("{}{tail}", self.base))
    }
}

/// A page in one column, kept out of search engines; no other site learns its address.
pub fn column(req: &Req, status: StatusCode, title: &str, content: AnyView) -> Response {
    let view = view! { <div class="column">{content}</div> };
    wide(req, status, title, view.into_any())
}

/// A page in full width, otherwise like [`column()`].
pub fn wide(req: &Req, status: StatusCode, title: &str, content: AnyView) -> Response {
    let mut response = page::render_status(req, status, Meta::private(title), content);
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// A column with a heading, a sentence and ways on.
pub fn message_page(req: &Req, status: StatusCode, title: &str, text: &str, ways: AnyView) -> Response {
    let view = view! {
        <h1>{title.to_owned()}</h1>
        <p class="mt-3">{text.to_owned()}</p>
        <p class="line mt-6">{ways}</p>
    };
    column(req, status, title, view.into_any())
}

/// The page of a link that no longer opens its thread.
pub fn closed_link(req: &Req, standing: LinkStanding) -> Response {
    let lang = req.lang();
    let (title, text) = match standing {
        LinkStanding::Expired => (w::link_expired_title(lang), w::link_expired_text(lang)),
        LinkStanding::Revoked => (w::link_revoked_title(lang), w::link_revoked_text(lang)),
        LinkStanding::Taken => (w::link_taken_title(lang), w::link_taken_text(lang)),
        _ => (w::link_ended_title(lang), w::link_ended_text(lang)),
    };
    let ways = view! { {ui::primary_link(&req.href("/inquiries"), w::go_inbox(lang))} {ui::link_button(&req.href("/search"), w::find_products(lang))} };
    message_page(req, StatusCode::GONE, title, text, ways.into_any())
}

/// The page for whoever may not write to the other side.
pub fn not_taking(req: &Req, rule: &str) -> Response {
    let lang = req.lang();
    let text = blocked(lang, rule).unwrap_or_default();
    let ways = view! { {ui::primary_link(&req.href("/search"), w::find_products(lang))} {ui::link_button(&req.href("/rfqs/new"), crate::i18n::rfqs::post(lang))} };
    message_page(req, StatusCode::CONFLICT, a::not_taking_title(lang), text, ways.into_any())
}

/// What a limit says to a guest who confirms; the button of the page works again later.
///
/// # Errors
/// Everything that is no limit.
pub fn busy(req: &Req, error: market::Error, page: &str) -> Result<Response, PageError> {
    let lang = req.lang();
    let Some((seconds, text)) = too_many(lang, &error) else { return Err(PageError(error)) };
    let ways = ui::primary_link(&req.href(page), w::confirm_button(lang));
    let mut page = message_page(req, StatusCode::TOO_MANY_REQUESTS, a::busy_title(lang), &text, ways);
    page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    Ok(page)
}

/// The page of a guest's confirmation that is over.
pub fn confirmation_gone(req: &Req) -> Response {
    let lang = req.lang();
    let ways = ui::primary_link(&req.href("/search"), w::find_products(lang));
    message_page(req, StatusCode::GONE, w::confirm_gone_title(lang), w::confirm_gone_text(lang), ways)
}
