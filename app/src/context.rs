//! What a handler knows of its request: who asks, in which language, where, and how links are made.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::request::Parts;
use market::accounts::access::{Actor, Person};
use market::zones::Zone;
use market::{Cx, Lang, Market};

use crate::error::PageError;
use crate::form::{Submitted, without_nul};
use crate::page::KeptPages;

/// State of the router.
#[derive(Clone)]
pub struct AppState {
    /// The business.
    pub market: Market,
    /// Whether cookies may demand https (`__Host-`); off only on plain-http development addresses.
    pub secure_cookies: bool,
    /// Public pages of a moment ago.
    pub pages: Arc<KeptPages>,
}

impl AppState {
    /// The state of a site; public pages are `remembering` what they said a moment ago, or are made each time.
    pub fn new(market: Market, secure_cookies: bool, remembering: bool) -> Self {
        Self { market, secure_cookies, pages: Arc::new(KeptPages::new(remembering)) }
    }
}

impl axum::extract::FromRef<AppState> for Market {
    fn from_ref(state: &AppState) -> Self {
        state.market.clone()
    }
}

/// One request. Made by the outermost layer, taken by handlers as an extractor.
#[derive(Clone)]
pub struct Req {
    /// Context for the verbs of the business.
    pub cx: Cx,
    /// Path without the language prefix, e.g. `/listings/abc`.
    pub path: Arc<str>,
    /// Query string without `?`; empty when there is none.
    pub query: Arc<str>,
    /// Listings that the browser of somebody not signed in has collected.
    pub kept: Arc<[uuid::Uuid]>,
    /// Allows this response's scripts.
    pub nonce: Arc<str>,
    /// Public pages of a moment ago.
    pub pages: Arc<KeptPages>,
    /// The browser reads zstd.
    pub takes_zstd: bool,
}

impl Req {
    /// Language of the page.
    pub fn lang(&self) -> Lang {
        self.cx.lang
    }

    /// The signed-in person.
    pub fn person(&self) -> Option<&Person> {
        self.cx.actor.person()
    }

    /// Listings in the basket: the person's own, or what the browser of somebody not signed in has collected.
    pub fn collected(&self) -> &[uuid::Uuid] {
        self.person().map_or(&*self.kept, |person| &person.collected)
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.cx.actor
    }

    /// The same request as read by the clock of whoever a mail's link was sent to.
    #[must_use]
    pub fn on_clock(mut self, zone: &Zone) -> Self {
        self.cx.zone = zone.clone();
        self
    }

    /// `path` in the language of this page.
    pub fn href(&self, path: &str) -> String {
        href(self.cx.lang, path)
    }

    /// This page's own address, with its query, in this language.
    pub fn here(&self) -> String {
        self.here_in(self.cx.lang)
    }

    /// This page's own address, with its query, in another language.
    pub fn here_in(&self, lang: Lang) -> String {
        let path = href(lang, &self.path);
        if self.query.is_empty() { path } else { format!("{path}?{}", self.query) }
    }

    /// An address with the host, for canonical links, feeds and mails.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.cx.settings().public_url)
    }

    /// Pairs of the query string, decoded, without NUL.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        Submitted::typed(form_urlencoded::parse(self.query.as_bytes()).into_owned()).0
    }

    /// The first value of a name in the query string; empty when absent.
    pub fn query_value(&self, name: &str) -> String {
        form_urlencoded::parse(self.query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| without_nul(value.into_owned()))
            .unwrap_or_default()
    }
}

/// `path` in a language: `/en` before it, and no doubled slash for the home page.
pub fn href(lang: Lang, path: &str) -> String {
    match (lang.prefix(), path) {
        ("", _) => path.to_owned(),
        (prefix, "/") => prefix.to_owned(),
        (prefix, _) => format!("{prefix}{path}"),
    }
}

/// What the outermost layer put into the request.
impl<S: Send + Sync> FromRequestParts<S> for Req {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| PageError::from(market::Error::internal("request context missing")))
    }
}

/// Address of the client as the server saw or believed it (trusted proxies).
#[derive(Clone, Copy, Debug)]
pub struct ClientIp(pub IpAddr);

/// Identity of the request, also sent back as `x-request-id`.
#[derive(Clone, Debug)]
pub struct RequestId(pub Arc<str>);

/// Language taken from the path by the layer that removed the prefix.
#[derive(Clone, Copy, Debug)]
pub struct PathLang(pub Lang);
