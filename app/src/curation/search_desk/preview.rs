//! The effect of a rule: the same question without and with it, side by side.

use leptos::prelude::*;
use market::catalog::browse::ListingCard;
use market::search::desk::service::Preview;
use market::search::service::ResultsPage;

use crate::context::Req;
use crate::i18n::search_desk as w;
use crate::search::results::total;
use crate::ui::{Tone, by, notice};

/// Both sides.
pub fn view(req: &Req, preview: &Preview) -> AnyView {
    let lang = req.lang();
    let (before, after) = (&preview.before, &preview.after);
    let same = before.cards == after.cards
        && before.pinned == after.pinned
        && before.redirect == after.redirect
        && before.total == after.total;
    let unchanged = same.then(|| notice(Tone::Warn, w::nothing_changes(lang)));
    view! {
        <section class="block" id="effect" aria-label=w::preview_title(lang, &preview.sample)>
            <h2 class="t-l">{w::preview_title(lang, &preview.sample)}</h2>
            {unchanged}
            <div class="split cols-half mt-4">
                {side(req, w::before(lang), before, after, w::gone(lang), "tag tag-warn")}
                {side(req, w::after(lang), after, before, w::newly(lang), "tag tag-ok")}
            </div>
        </section>
    }
    .into_any()
}

fn side(
    req: &Req,
    title: &'static str,
    shown: &ResultsPage,
    other: &ResultsPage,
    word: &'static str,
    class: &'static str,
) -> AnyView {
    let lang = req.lang();
    let leads = shown.redirect.as_deref().map(|path| notice(Tone::Info, w::leads_to(lang, path)));
    let known = |card: &ListingCard| other.cards.iter().chain(&other.pinned).any(|found| found.id == card.id);
    let mut lines: Vec<AnyView> = Vec::new();
    for (card, pinned) in
        shown.pinned.iter().map(|card| (card, true)).chain(shown.cards.iter().map(|card| (card, false)))
    {
        let changed = (!known(card)).then(|| view! { " "<span class=class>{word}</span> });
        let recommended =
            pinned.then(|| view! { <span class="tag tag-info">{w::recommended(lang)}</span>" " });
        lines.push(view! {
            <li>{recommended}<a href=req.href(&format!("/listings/{}", card.slug))>{card.title(lang).to_owned()}</a>{changed}<br /><span class="small mute">{by(lang, &card.vendor)}</span></li>
        }.into_any());
    }
    let list = if lines.is_empty() {
        view! { <p class="mute">{w::nothing_found(lang)}</p> }.into_any()
    } else {
        view! { <ol class="lines plain">{lines}</ol> }.into_any()
    };
    view! {
        <div>
            <h3 class="t-m">{title}</h3>
            <p class="small mute mb-2">{w::products(lang, &total(shown.total))}</p>
            {leads}
            {list}
        </div>
    }
    .into_any()
}
