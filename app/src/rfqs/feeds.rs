//! `/feeds/rfqs.xml` and `/feeds/rfqs.json`: open public requests for machines. Nothing says who asks. Cache: public,
//! ten minutes.

use std::fmt::Write as _;

use axum::response::{IntoResponse, Response};
use http::header;
use market::catalog::taxonomy;
use market::regions;
use market::rfqs::service;
use market::rfqs::store::Rfq;
use serde_json::json;
use time::format_description::well_known::{Rfc2822, Rfc3339};

use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::rfqs as w;
use crate::page::escape;

/// Items in a feed.
const ITEMS: i64 = 50;

fn open(kind: &'static str, body: String) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=600")], body).into_response()
}

fn address(req: &Req, rfq: &Rfq) -> String {
    req.absolute(&req.href(&format!("/rfqs/{}", rfq.id)))
}

fn summary(req: &Req, rfq: &Rfq) -> String {
    let mut parts: Vec<String> = rfq.lines.iter().map(|line| line.words(req.lang())).collect();
    parts.extend(rfq.due.map(|day| format!("{} {day}", w::fact_due(req.lang()))));
    let region = regions::find(&rfq.region).map(|sido| req.lang().pick(sido.short_ko, sido.name_en));
    parts.extend(region.map(|region| format!("{} {region}", w::fact_place(req.lang()))));
    parts.join(" · ")
}

/// RSS 2.0.
pub async fn rss(req: Req) -> PageResult {
    let rfqs = service::newest(&req.cx, ITEMS).await?;
    let lang = req.lang();
    let mut out = String::new();
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>{}</title><link>{}</link><description>{}</description><language>{}</language><atom:link href=\"{}\" rel=\"self\" type=\"application/rss+xml\"/>",
        escape(w::feed_title(lang)),
        escape(&req.absolute(&req.href("/rfqs"))),
        escape(w::description(lang)),
        lang.code(),
        escape(&req.absolute(&req.href("/feeds/rfqs.xml")))
    );
    for rfq in &rfqs {
        let at = rfq.opened_at.and_then(|at| at.to_seoul().format(&Rfc2822).ok()).unwrap_or_default();
        let href = escape(&address(&req, rfq));
        let _ = write!(
            out,
            "<item><title>{}</title><link>{href}</link><guid>{href}</guid><description>{}</description><pubDate>{at}</pubDate></item>",
            escape(&rfq.title),
            escape(&summary(&req, rfq))
        );
    }
    out.push_str("</channel></rss>");
    Ok(open("application/rss+xml; charset=utf-8", out))
}

/// JSON Feed 1.1, with the lines as data.
pub async fn json(req: Req) -> PageResult {
    let rfqs = service::newest(&req.cx, ITEMS).await?;
    let lang = req.lang();
    let moment = |at: Option<market::Timestamp>| at.and_then(|at| at.to_seoul().format(&Rfc3339).ok());
    let items: Vec<serde_json::Value> = rfqs
        .iter()
        .map(|rfq| {
            let href = address(&req, rfq);
            json!({
                "id": href, "url": href, "title": rfq.title, "content_text": summary(&req, rfq), "language": rfq.lang.code(),
                "date_published": moment(rfq.opened_at),
                "tags": [taxonomy::find(&rfq.category).map_or("", |found| found.name(lang))],
                "_request": {
                    "category": rfq.category, "region": rfq.region, "needed_by": rfq.due.map(|day| day.to_string()),
                    "closes": moment(rfq.closes_at), "quotes": rfq.answers, "lines": rfq.lines,
                },
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": w::feed_title(lang), "language": lang.code(),
        "home_page_url": req.absolute(&req.href("/rfqs")), "feed_url": req.absolute(&req.href("/feeds/rfqs.json")), "items": items,
    });
    Ok(open("application/feed+json; charset=utf-8", feed.to_string()))
}
