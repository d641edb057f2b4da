//! From a view to a response: the document around it, its head, the headers.

mod kept;
mod packed;

use std::fmt::Write as _;
use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos::tachys::view::Position;
use market::Lang;

use crate::assets;
use crate::context::{Req, href};
use crate::i18n::common as w;
use crate::layout;

use kept::Words;

pub use kept::KeptPages;

/// Bytes that most pages stay below.
const PAGE: usize = 48 * 1024;

/// How wide a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// Everything public, and the vendor's desk.
    #[default]
    Usual,
    /// The federation's desk.
    Wide,
    /// One thread, a notice, a long form without advice.
    Text,
    /// Sign-in and the like.
    Form,
}

impl Width {
    /// Class of the `main` element.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Usual => "wrap",
            Self::Wide => "wrap wrap-wide",
            Self::Text => "wrap wrap-text",
            Self::Form => "wrap wrap-form",
        }
    }
}

/// Structured data as it stands in a page. `<` never appears inside, so the text cannot close its element.
#[derive(Clone, Debug)]
pub struct JsonLd(Arc<str>);

impl From<serde_json::Value> for JsonLd {
    fn from(data: serde_json::Value) -> Self {
        Self(data.to_string().replace('<', "\\u003c").into())
    }
}

/// What the head of a page says.
#[derive(Clone, Debug, Default)]
pub struct Meta {
    /// Title without the site's name.
    pub title: String,
    /// One or two sentences for search engines; empty leaves it out.
    pub description: String,
    /// Path that search engines should remember, without language prefix; empty: this page's path without query.
    pub canonical: String,
    /// Keeps the page out of search engines and shared caches.
    pub private: bool,
    /// Asks search engines not to list it (thin or filtered pages), cacheable all the same.
    pub noindex: bool,
    /// Address of the `OpenGraph` picture (absolute path).
    pub image: Option<String>,
    /// Structured data.
    pub json_ld: Vec<JsonLd>,
    /// Whether islands stand on the page; without them no script of ours is loaded.
    pub islands: bool,
    /// How wide it is.
    pub width: Width,
}

impl Meta {
    /// A public page.
    pub fn public(title: impl Into<String>, description: impl Into<String>) -> Self {
        Self { title: title.into(), description: description.into(), ..Self::default() }
    }

    /// A page of one person, or an error: never listed, never cached.
    pub fn private(title: impl Into<String>) -> Self {
        Self { title: title.into(), private: true, ..Self::default() }
    }

    /// The same with another width.
    #[must_use]
    pub fn wide(self, width: Width) -> Self {
        Self { width, ..self }
    }

    /// The same with islands on the page.
    #[must_use]
    pub fn with_islands(self) -> Self {
        Self { islands: true, ..self }
    }
}

/// A page with status 200.
pub fn render(req: &Req, meta: Meta, main: AnyView) -> Response {
    render_status(req, StatusCode::OK, meta, main)
}

/// A page with another status.
pub fn render_status(req: &Req, status: StatusCode, meta: Meta, main: AnyView) -> Response {
    render_with(req, status, meta, || main)
}

/// A page whose view needs the reactive owner while it is made (islands do).
pub fn render_with(req: &Req, status: StatusCode, meta: Meta, main: impl FnOnce() -> AnyView) -> Response {
    let html = html(req, &meta, main);
    answer(req, status, cache_policy(req, &meta), html.into_response())
}

/// A page that shows `data` and, of the request, only its address and language: nothing of who asks but what the frame
/// around every page says. It is put into words again only when they would be other words (`page::kept`).
pub fn render_kept<D>(
    req: &Req,
    data: D,
    meta: impl FnOnce(&D) -> Meta,
    view: impl FnOnce(&D) -> AnyView,
) -> Response
where
    D: PartialEq + Send + Sync + 'static,
{
    let mut policy = PUBLIC;
    let words = kept::words(req, data, |data| {
        let meta = meta(data);
        policy = cache_policy(req, &meta);
        html(req, &meta, || view(data))
    });
    let (packed, body) = match words {
        Words::Made(made) => (false, made.into_bytes()),
        Words::Known(known) => match req.takes_zstd.then(|| known.fill_packed(req)).flatten() {
            Some(packed) => (true, packed),
            None => (false, known.fill(req)),
        },
    };
    let mut response = answer(req, StatusCode::OK, policy, body.into_response());
    if packed {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("zstd"));
        headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    response
}

fn html(req: &Req, meta: &Meta, main: impl FnOnce() -> AnyView) -> String {
    let mut out = String::with_capacity(PAGE);
    opening(&mut out, req, meta);
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    owner.with(|| {
        let body = layout::body(req, meta.width, main());
        body.to_html_with_buf(&mut out, &mut Position::FirstChild, true, false, Vec::new());
    });
    drop(owner);
    scripts(&mut out, req, meta);
    out.push_str("</html>");
    out
}

fn answer(req: &Req, status: StatusCode, policy: HeaderValue, mut response: Response) -> Response {
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, policy);
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(&req.nonce)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Pages that show nobody.
const PUBLIC: HeaderValue = HeaderValue::from_static("private, no-cache");

/// Public pages of visitors may be kept by the browser for the back button and revalidated; everything
/// that shows a person is never stored.
fn cache_policy(req: &Req, meta: &Meta) -> HeaderValue {
    if meta.private || req.person().is_some() {
        HeaderValue::from_static("private, no-store")
    } else {
        PUBLIC
    }
}

fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}

fn opening(out: &mut String, req: &Req, meta: &Meta) {
    let _ = write!(
        out,
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
        req.lang().code()
    );
    head(out, req, meta);
    out.push_str("</head>");
}

fn head(out: &mut String, req: &Req, meta: &Meta) {
    let assets = assets::current();
    let title = escape(&meta.title);
    let site = w::site_name(req.lang());
    let _ = write!(
        out,
        "<title>{title} · {site}</title><link rel=\"stylesheet\" href=\"{}\"><link rel=\"preload\" as=\"font\" type=\"font/woff2\" href=\"{}\" crossorigin><link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"><link rel=\"apple-touch-icon\" href=\"/apple-touch-icon.png\"><meta name=\"color-scheme\" content=\"light dark\">",
        assets.css, assets.font
    );
    if meta.private || meta.noindex {
        out.push_str("<meta name=\"robots\" content=\"noindex\">");
    }
    if !meta.description.is_empty() {
        let _ = write!(out, "<meta name=\"description\" content=\"{}\">", escape(&meta.description));
    }
    if !meta.private {
        alternates(out, req, meta);
        open_graph(out, req, meta, &title);
    }
    for JsonLd(data) in &meta.json_ld {
        let _ = write!(out, "<script type=\"application/ld+json\">{data}</script>");
    }
}

fn alternates(out: &mut String, req: &Req, meta: &Meta) {
    let path = if meta.canonical.is_empty() { &*req.path } else { meta.canonical.as_str() };
    let address = |lang| escape(&req.absolute(&href(lang, path)));
    let _ = write!(
        out,
        "<link rel=\"canonical\" href=\"{}\"><link rel=\"alternate\" hreflang=\"ko\" href=\"{}\"><link rel=\"alternate\" hreflang=\"en\" href=\"{}\"><link rel=\"alternate\" hreflang=\"x-default\" href=\"{}\"><link rel=\"alternate\" type=\"application/rss+xml\" href=\"{}\" title=\"{}\">",
        address(req.lang()),
        address(Lang::Ko),
        address(Lang::En),
        address(Lang::Ko),
        req.href("/feeds/listings.xml"),
        w::site_name(req.lang())
    );
}

fn open_graph(out: &mut String, req: &Req, meta: &Meta, title: &str) {
    let path = if meta.canonical.is_empty() { &*req.path } else { meta.canonical.as_str() };
    let _ = write!(
        out,
        "<meta property=\"og:type\" content=\"website\"><meta property=\"og:site_name\" content=\"{}\"><meta property=\"og:title\" content=\"{title}\"><meta property=\"og:description\" content=\"{}\"><meta property=\"og:url\" content=\"{}\">",
        w::site_name(req.lang()),
        escape(&meta.description),
        escape(&req.absolute(&href(req.lang(), path)))
    );
    if let Some(image) = &meta.image {
        let _ = write!(
            out,
            "<meta property=\"og:image\" content=\"{}\"><meta name=\"twitter:card\" content=\"summary_large_image\">",
            escape(&req.absolute(image))
        );
    }
}

/// Links are fetched while the finger is still on the glass; islands start when the page is idle.
fn scripts(out: &mut String, req: &Req, meta: &Meta) {
    let nonce = &req.nonce;
    if !meta.private {
        let _ = write!(
            out,
            "<script type=\"speculationrules\" nonce=\"{nonce}\">{{\"prefetch\":[{{\"where\":{{\"and\":[{{\"href_matches\":\"/*\"}},{{\"not\":{{\"href_matches\":\"/(a|sign-out|files|media|api|en/a|en/sign-out)/*\"}}}}]}},\"eagerness\":\"moderate\"}}]}}</script>"
        );
    }
    if meta.islands {
        let assets = assets::current();
        let _ = write!(
            out,
            "<link rel=\"modulepreload\" href=\"{js}\"><script type=\"module\" nonce=\"{nonce}\">const start=async()=>{{const m=await import(\"{js}\");await m.default({{module_or_path:\"{wasm}\"}});m.hydrate();for(const el of document.querySelectorAll(\"leptos-island\")){{const f=m[el.dataset.component];if(f)await f(el);else console.error(\"no island \"+el.dataset.component)}}document.documentElement.dataset.islands=\"ready\"}};\"requestIdleCallback\" in window?requestIdleCallback(start,{{timeout:1500}}):start()</script>",
            js = assets.js,
            wasm = assets.wasm
        );
    }
}

/// Text for an attribute, or for an element whose content the view layer does not escape itself.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text for a query string.
pub fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// After a successful write: the browser fetches the next page (303).
pub fn redirect(to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    response
        .headers_mut()
        .insert(header::LOCATION, HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/")));
    response
}

/// For an address that has moved for good (301).
pub fn moved(to: &str) -> Response {
    let mut response = StatusCode::MOVED_PERMANENTLY.into_response();
    response
        .headers_mut()
        .insert(header::LOCATION, HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/")));
    response
}

/// A path of ours to go to next, or `fallback`: no other host, no scheme, no backslash, no control characters.
pub fn safe_next(next: &str, fallback: &str) -> String {
    safe_next_within(next, fallback, 500)
}

/// The same for addresses that say more, such as those of results with many conditions.
pub fn safe_next_within(next: &str, fallback: &str, most: usize) -> String {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\n', '\r', '\t'])
        && next.is_ascii()
        && next.len() <= most;
    if ours { next.to_owned() } else { fallback.to_owned() }
}
