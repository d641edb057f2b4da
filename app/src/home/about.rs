//! What the site says about itself: guide, terms, privacy, intermediary notice. Texts stand beside this file,
//! in both languages, in Markdown. Cache: private, revalidated (`page::render`).

use axum::response::Response;
use leptos::prelude::*;
use market::Lang;
use market::catalog::markdown;

use crate::context::Req;
use crate::i18n::{common as w, home as h};
use crate::page::{self, Meta};
use crate::ui::{Crumb, breadcrumbs};

/// Characters of the text for search engines.
const SUMMARY: usize = 150;

macro_rules! text {
    ($lang:expr, $name:literal) => {
        match $lang {
            Lang::Ko => include_str!(concat!("texts/", $name, ".ko.md")),
            Lang::En => include_str!(concat!("texts/", $name, ".en.md")),
        }
    };
}

/// How the market works.
pub async fn guide(req: Req) -> Response {
    let lang = req.lang();
    show(&req, h::about_title(lang), text!(lang, "guide"))
}

/// Terms of use.
pub async fn terms(req: Req) -> Response {
    let lang = req.lang();
    show(&req, h::terms_title(lang), text!(lang, "terms"))
}

/// Privacy policy.
pub async fn privacy(req: Req) -> Response {
    let lang = req.lang();
    show(&req, h::privacy_title(lang), text!(lang, "privacy"))
}

/// What an intermediary is and is not.
pub async fn intermediary(req: Req) -> Response {
    let lang = req.lang();
    let text = checks(lang, req.cx.market.ports().registry.is_there());
    show(&req, h::intermediary_title(lang), &text)
}

/// The notice with how companies are checked here: nothing is claimed that nobody does.
fn checks(lang: Lang, registry_is_asked: bool) -> String {
    let checked = if registry_is_asked { h::registry_asked(lang) } else { h::registry_looked_at(lang) };
    text!(lang, "intermediary").replace("{registry}", checked)
}

fn show(req: &Req, title: &'static str, text: &str) -> Response {
    let meta = Meta::public(title, markdown::summary(text, SUMMARY));
    page::render(req, meta, view(req, title, text))
}

fn view(req: &Req, title: &'static str, text: &str) -> AnyView {
    let lang = req.lang();
    let html = levels(&markdown::to_html(text));
    view! {
        {breadcrumbs(lang, vec![Crumb::link(w::home(lang), req.href("/")), Crumb::here(title)])}
        <article class="prose"><h1>{title}</h1><div inner_html=html></div></article>
        {others(req)}
    }
    .into_any()
}

/// These pages have no section around their text, so its headings begin at level 2.
fn levels(html: &str) -> String {
    html.replace("<h3>", "<h2>").replace("</h3>", "</h2>").replace("<h4>", "<h3>").replace("</h4>", "</h3>")
}

fn others(req: &Req) -> AnyView {
    let lang = req.lang();
    let pages = [
        ("/about", h::about_title(lang)),
        ("/about/transparency", h::transparency_title(lang)),
        ("/about/intermediary", h::intermediary_title(lang)),
        ("/about/terms", h::terms_title(lang)),
        ("/about/privacy", h::privacy_title(lang)),
    ];
    let links = pages
        .into_iter()
        .map(|(path, label)| view! { <li><a class="chip" href=req.href(path) aria-current=(&*req.path == path).then_some("page")>{label}</a></li> })
        .collect::<Vec<_>>();
    view! { <nav class="sec" aria-label=h::about_title(lang)><ul class="chips">{links}</ul></nav> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notice_claims_no_check_that_nobody_makes() {
        for lang in [Lang::Ko, Lang::En] {
            let (asked, not) = (checks(lang, true), checks(lang, false));
            assert!(asked.contains(h::registry_asked(lang)) && !asked.contains('{'));
            assert!(not.contains(h::registry_looked_at(lang)) && !not.contains(h::registry_asked(lang)));
        }
    }
}
