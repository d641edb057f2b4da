//! The curators' desk of search: what was asked, and the rules made of it. Private, never cached.

mod editor;
mod preview;
mod questions;
mod rule;
mod rules;

use leptos::prelude::*;

use crate::context::Req;
use crate::i18n::search_desk as w;
use crate::routes::Routes;

/// Addresses below `/desk/search`.
pub fn routes() -> Routes {
    Routes::new()
        .get("/desk/search", questions::show)
        .get("/desk/search/rules", rules::show)
        .get("/desk/search/rules/new", editor::show)
        .post("/desk/search/rules/new", editor::submit)
        .get("/desk/search/rules/{id}", rule::show)
        .post("/desk/search/rules/{id}", rule::submit)
}

/// The two sections of this desk, beside the title.
fn sections(req: &Req) -> AnyView {
    let lang = req.lang();
    let entry = |path: &str, label: &'static str| {
        let here = (&*req.path == path).then_some("page");
        view! { <a href=req.href(path) aria-current=here>{label}</a> }
    };
    view! {
        <nav class="seg" aria-label=w::sections(lang)>
            {entry("/desk/search", w::to_questions(lang))}
            {entry("/desk/search/rules", w::to_rules(lang))}
        </nav>
    }
    .into_any()
}
