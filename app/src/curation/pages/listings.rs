//! `/desk/listings`: finding a listing to hide or show it. Private, never cached.

use leptos::prelude::*;
use market::curation::inbox::{self, FoundListing};

use crate::context::Req;
use crate::curation::frame;
use crate::error::PageResult;
use crate::i18n::curation as w;
use crate::page;
use crate::ui::{empty, moment};

/// What was found; without words the listings touched last.
pub async fn show(req: Req) -> PageResult {
    let query = req.query_value("q");
    let found = inbox::find_listings(&req.cx, &query).await?;
    let lang = req.lang();
    let rows = found.iter().map(|listing| row(&req, listing)).collect::<Vec<_>>();
    let list = if found.is_empty() {
        empty(w::search_none_title(lang), w::search_none_text(lang), None)
    } else {
        view! {
            <table class="queue mt-4">
                <caption>{w::search_caption(lang, found.len())}</caption>
                <thead><tr><th scope="col">{w::listing_title(lang)}</th><th scope="col">{w::column_state(lang)}</th><th scope="col" class="num">{w::column_changed(lang)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let content = view! {
        <form class="filters" action=req.href("/desk/listings") role="search" aria-label=w::search_label(lang)>
            <label class="vh" for="desk-q">{w::search_label(lang)}</label>
            <input class="in" id="desk-q" name="q" type="search" maxlength="100" value=query placeholder=w::search_label(lang) />
            <button class="btn">{w::search_button(lang)}</button>
        </form>
        {list}
    };
    Ok(page::render(
        &req,
        frame::meta(w::search_title(lang)),
        frame::desk(&req, w::search_title(lang), None, content.into_any()),
    ))
}

fn row(req: &Req, listing: &FoundListing) -> AnyView {
    let lang = req.lang();
    let href = req.href(&format!("/desk/listings/{}", listing.id));
    view! {
        <tr>
            <td><a href=href lang=crate::ui::tongue(lang, listing.title(lang))>{listing.title(lang).to_owned()}</a><br /><span class="mute">{listing.vendor(lang).to_owned()}</span></td>
            <td><span class="tag">{w::listing_state(lang, &listing.state)}</span></td>
            <td class="num">{moment(lang, listing.updated_at, req.cx.now())}</td>
        </tr>
    }
    .into_any()
}
