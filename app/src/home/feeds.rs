//! `GET /feeds/listings.xml`: the newest listings as RSS 2.0. Cache: public, ten minutes.

use std::fmt::Write as _;

use axum::response::{IntoResponse, Response};
use http::header;
use market::catalog::browse::{self, Card};
use time::format_description::well_known::Rfc2822;

use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::home as h;
use crate::page::escape;
use crate::ui::by;

/// Items in the feed.
const ITEMS: i64 = 50;

/// The feed in the language of the address.
pub async fn listings(req: Req) -> PageResult {
    let cards = browse::newest(&req.cx, ITEMS, 0).await?;
    Ok(xml("application/rss+xml; charset=utf-8", rss(&req, &cards)))
}

/// A document for machines that anybody may keep for ten minutes.
pub(super) fn xml(kind: &'static str, body: String) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=600")], body).into_response()
}

fn rss(req: &Req, cards: &[Card]) -> String {
    let lang = req.lang();
    let mut out = String::with_capacity(1024 + cards.len() * 512);
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>{}</title><link>{}</link><description>{}</description><language>{}</language><atom:link href=\"{}\" rel=\"self\" type=\"application/rss+xml\"/>",
        escape(h::feed_title(lang)),
        escape(&req.absolute(&req.href("/"))),
        escape(h::feed_description(lang)),
        lang.code(),
        escape(&req.absolute(&req.href("/feeds/listings.xml")))
    );
    for card in cards {
        let link = escape(&req.absolute(&req.href(&format!("/listings/{}", card.slug))));
        let at = card.first_published_at.to_seoul().format(&Rfc2822).unwrap_or_default();
        let _ = write!(
            out,
            "<item><title>{}</title><link>{link}</link><guid isPermaLink=\"false\">{}</guid><pubDate>{at}</pubDate><description>{}</description></item>",
            escape(card.title(lang)),
            card.id,
            escape(&by(lang, &card.vendor))
        );
    }
    out.push_str("</channel></rss>");
    out
}
