//! `GET /api/suggest?q=`: the list under the search box, as JSON of plain text; and the marks by which the script
//! (`browser/suggest.js`) finds its place. Cache: everybody gets the same, for half a minute.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use market::catalog::taxonomy;
use market::search::suggest::{self, SuggestedListing, Suggestions};
use market::{ErrorKind, Lang};
use serde_json::{Value, json};

use crate::assets;
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::i18n::suggest as w;
use crate::page::encode;

/// The lines for what was typed so far.
pub async fn lines(req: Req) -> PageResult {
    match suggest::suggest(&req.cx, &req.query_value("q")).await {
        Ok(found) => {
            Ok(answer(StatusCode::OK, "public, max-age=30", &json!({ "groups": groups(&req, &found) })))
        }
        Err(error) => match error.kind {
            ErrorKind::TooMany { retry_after } => {
                let when = crate::abuse::parts::wait(req.lang(), retry_after);
                let message = crate::i18n::common::error_too_many_text(req.lang(), &when);
                let body = json!({ "groups": [], "message": message });
                let mut response = answer(StatusCode::TOO_MANY_REQUESTS, "no-store", &body);
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
                Ok(response)
            }
            _ => Err(PageError(error)),
        },
    }
}

fn answer(status: StatusCode, keep: &'static str, body: &Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, keep)];
    (status, headers, body.to_string()).into_response()
}

/// Groups that have lines, in the order in which they are shown.
fn groups(req: &Req, found: &Suggestions) -> Value {
    let lang = req.lang();
    let query = |words: &String| {
        let address = format!("{}?q={}", req.href("/search"), encode(words));
        json!({ "text": words, "note": "", "href": address, "query": true })
    };
    let vendor = |vendor: &market::search::vendor_names::NamedVendor| {
        let name = lang.pick(&vendor.name_ko, &vendor.name_en);
        let place = crate::ui::place(lang, &vendor.region, &vendor.address);
        line(name, &place, &req.href(&format!("/vendors/{}", vendor.slug)))
    };
    let all = [
        (w::parts(lang), found.parts.iter().map(|part| listing(req, &part.part_number, part)).collect()),
        (w::queries(lang), found.queries.iter().map(query).collect()),
        (w::categories(lang), found.categories.iter().map(|one| category(req, one)).collect()),
        (w::listings(lang), found.listings.iter().map(|one| product(req, one)).collect()),
        (w::vendors(lang), found.vendors.iter().map(vendor).collect::<Vec<Value>>()),
    ];
    all.into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(label, lines)| json!({ "label": label, "lines": lines }))
        .collect()
}

fn line(text: &str, note: &str, href: &str) -> Value {
    json!({ "text": text, "note": note, "href": href })
}

fn category(req: &Req, category: &taxonomy::Category) -> Value {
    let lang = req.lang();
    let above: Vec<&str> = taxonomy::ancestors(category.code).into_iter().map(|one| one.name(lang)).collect();
    line(category.name(lang), &above.join(" › "), &req.href(&format!("/categories/{}", category.slug)))
}

fn product(req: &Req, found: &SuggestedListing) -> Value {
    let name = req.lang().pick(&found.vendor_ko, &found.vendor_en);
    line(title(req.lang(), found), name, &req.href(&format!("/listings/{}", found.slug)))
}

fn listing(req: &Req, part: &str, found: &SuggestedListing) -> Value {
    line(part, title(req.lang(), found), &req.href(&format!("/listings/{}", found.slug)))
}

fn title(lang: Lang, found: &SuggestedListing) -> &str {
    lang.pick(&found.title_ko, &found.title_en)
}

/// What the script says and where it asks, for the form of the search box.
pub fn words(req: &Req) -> String {
    let lang = req.lang();
    let words = json!({
        "address": req.href("/api/suggest"),
        "list": w::list(lang),
        "recent": w::recent(lang),
        "forget": w::forget(lang),
        "forgetAll": w::forget_all(lang),
        "forgotten": w::forgotten(lang),
        "count": w::count(lang),
        "none": w::none(lang),
    });
    words.to_string()
}

/// Inside that form: fetches the script when somebody goes into the box, and nothing before. What did not come, because the page
/// was left or the network is away, is fetched the next time; until then the box is a form.
pub fn loader(req: &Req) -> AnyView {
    let script = format!(
        "const f=document.querySelector(\"form[data-suggest]\"),i=f.elements.q,s=()=>import(\"{}\").then(m=>m.start(f),w),\
         w=()=>i.addEventListener(\"focus\",s,{{once:true}});document.activeElement===i?s():w()",
        assets::current().suggest
    );
    view! { <script type="module" nonce=req.nonce.to_string() inner_html=script></script> }.into_any()
}
