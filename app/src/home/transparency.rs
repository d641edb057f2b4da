//! `GET /about/transparency`: figures computed at this moment from the market's own data.
//! Cache: private, revalidated (`page::render`).

use leptos::prelude::*;
use market::Lang;
use market::catalog::browse::{self, Figures};

use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::{common as w, home as h};
use crate::page::{self, Meta};
use crate::ui::{Crumb, breadcrumbs, duration, number};

/// The page of public figures.
pub async fn show(req: Req) -> PageResult {
    let figures = browse::figures(&req.cx).await?;
    let lang = req.lang();
    let meta = Meta::public(h::transparency_title(lang), h::transparency_lead(lang));
    Ok(page::render(&req, meta, view(&req, &figures)))
}

fn view(req: &Req, figures: &Figures) -> AnyView {
    let lang = req.lang();
    let title = h::transparency_title(lang);
    view! {
        {breadcrumbs(lang, vec![Crumb::link(w::home(lang), req.href("/")), Crumb::here(title)])}
        <div class="page-head"><h1>{title}</h1><p class="mute">{h::transparency_lead(lang)}</p></div>
        <section class="sec"><h2>{h::figure_answers(lang)}</h2>{answers(lang, figures)}</section>
        <section class="sec"><h2>{h::figure_market(lang)}</h2>{market(lang, figures)}</section>
        <section class="sec"><h2>{h::figure_queues(lang)}</h2>{queues(req, figures)}</section>
        <p class="small mute mt-5">{h::boost_revenue(lang)}</p>
    }
    .into_any()
}

fn stats(figures: Vec<(&'static str, String)>) -> AnyView {
    let lines = figures
        .into_iter()
        .map(|(term, value)| view! { <div class="stat"><dt>{term}</dt><dd class="v">{value}</dd></div> })
        .collect::<Vec<_>>();
    view! { <dl class="stats mt-3">{lines}</dl> }.into_any()
}

fn answers(lang: Lang, figures: &Figures) -> AnyView {
    let Some(median) = figures.median_micros else {
        return view! { <p class="mute mt-2">{h::figure_no_answers(lang)}</p> }.into_any();
    };
    stats(vec![
        (h::figure_asked(lang), number(figures.answers.asked)),
        (h::figure_answered(lang), number(figures.answers.answered)),
        (h::figure_share(lang), format!("{}%", figures.answers.percent())),
        (h::figure_median(lang), duration(lang, median)),
    ])
}

fn market(lang: Lang, figures: &Figures) -> AnyView {
    stats(vec![
        (h::figure_listings(lang), number(figures.listings)),
        (h::figure_listing_vendors(lang), number(figures.listing_vendors)),
        (h::figure_vendors(lang), number(figures.vendors)),
        (h::figure_hidden(lang), number(figures.hidden)),
    ])
}

fn queues(req: &Req, figures: &Figures) -> AnyView {
    let lang = req.lang();
    let now = req.cx.now();
    let lines = figures
        .queues
        .iter()
        .filter_map(|(code, count, oldest)| {
            let name = queue_name(lang, code)?;
            let age = oldest.map_or_else(|| h::nobody_waits(lang).to_owned(), |oldest| duration(lang, now.since(oldest).max(0)));
            Some(view! { <tr><th scope="row">{name}</th><td class="num">{number(*count)}</td><td class="num">{age}</td></tr> })
        })
        .collect::<Vec<_>>();
    view! {
        <table class="spec"><caption class="vh">{h::figure_queues(lang)}</caption>
            <thead><tr><th scope="col">{h::queue(lang)}</th><th scope="col" class="num">{h::waiting(lang)}</th><th scope="col" class="num">{h::oldest(lang)}</th></tr></thead>
            <tbody>{lines}</tbody></table>
    }
    .into_any()
}

fn queue_name(lang: Lang, code: &str) -> Option<&'static str> {
    match code {
        "listings" => Some(h::queue_listings(lang)),
        "vendors" => Some(h::queue_vendors(lang)),
        "revisions" => Some(h::queue_revisions(lang)),
        "held" => Some(h::queue_held(lang)),
        "reports" => Some(h::queue_reports(lang)),
        "threads" => Some(h::queue_threads(lang)),
        _ => None,
    }
}
