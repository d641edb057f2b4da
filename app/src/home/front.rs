//! `GET /`: the home page. Cache: private, revalidated (`page::render`).

use leptos::prelude::*;
use market::catalog::browse::{self, Card, ListingCard, Pulse};
use market::catalog::drawing::Family;
use market::catalog::taxonomy::{self, Category};
use market::search::counts;
use serde_json::json;

use crate::catalog::pages::categories::{Counts, entry};
use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::rfqs as r;
use crate::i18n::{common as w, home as h, search as s};
use crate::page::{self, Meta};
use crate::ui::{card, card_with_clock, duration, number, silhouette};

/// Categories with a drawing; the others follow in the directory.
const DRAWN: usize = 16;
/// Listings in each list.
const LISTED: i64 = 6;

#[derive(PartialEq)]
struct Front {
    counts: Vec<(String, i64)>,
    pulse: Pulse,
    featured: Vec<Card>,
    newest: Vec<Card>,
    fast: Vec<Card>,
}

/// The home page.
pub async fn show(req: Req) -> PageResult {
    let cx = &req.cx;
    let front = Front {
        counts: counts::by_category(cx).await?,
        pulse: browse::pulse(cx).await?,
        featured: browse::featured(cx).await?,
        newest: browse::newest(cx, LISTED, 0).await?,
        fast: browse::fast_answering(cx, LISTED).await?,
    };
    Ok(page::render_kept(&req, front, |_| meta(&req), |front| view(&req, front)))
}

fn meta(req: &Req) -> Meta {
    let lang = req.lang();
    Meta {
        json_ld: vec![site(req).into()],
        image: Some("/og.png".into()),
        ..Meta::public(w::tagline(lang), h::description(lang))
    }
}

fn site(req: &Req) -> serde_json::Value {
    let search = format!("{}?q={{words}}", req.absolute(&req.href("/search")));
    json!({
        "@context": "https://schema.org", "@type": "WebSite", "name": w::site_name(req.lang()), "url": req.absolute(&req.href("/")),
        "potentialAction": {"@type": "SearchAction", "target": {"@type": "EntryPoint", "urlTemplate": search}, "query-input": "required name=words"},
    })
}

fn view(req: &Req, front: &Front) -> AnyView {
    let lang = req.lang();
    let days = req.cx.settings().free_window_days;
    view! {
        <section class="split cols-aside-l">
            <div class="stack"><h1 class="t-3xl">{h::heading_first(lang)}<br />{h::heading_second(lang)}</h1>
                <p class="mute lead">{h::lead(lang)}</p>{examples(req)}</div>
            {pulse(req, &front.pulse)}
        </section>
        {categories(req, &Counts::from_leaves(&front.counts))}
        {list(req, h::featured(lang), None, &front.featured, card)}
        {list(req, h::newest(lang), Some(("/search?sort=new", h::all_newest(lang))), &front.newest, card)}
        {list(req, h::fast(lang), None, &front.fast, card_with_clock)}
        <section class="sec block split cols-end">
            <div class="stack gap-2"><h2>{r::post_title(lang)}</h2><p class="mute">{r::post_text(lang, req.cx.settings().rfq_days, req.cx.settings().rfq_answers)}</p></div>
            <div class="line"><a class="btn btn-big" href=req.href("/rfqs/new")>{r::post(lang)}</a><a class="btn btn-big" href=req.href("/rfqs")>{r::board_all(lang)}</a></div>
        </section>
        <section class="sec block split cols-end">
            <div class="stack gap-2"><h2>{h::free_heading(lang, days)}</h2><p class="mute">{h::free_text(lang, days, req.cx.settings().renewal_response_rate)}</p></div>
            <div class="line"><a class="btn btn-primary btn-big" href=req.href("/vendor")>{h::free_button(lang)}</a></div>
        </section>
    }
    .into_any()
}

fn examples(req: &Req) -> AnyView {
    let lang = req.lang();
    let links = h::EXAMPLES
        .iter()
        .map(|(ko, en)| {
            let words = lang.pick(ko, en).to_owned();
            let href = format!("{}?q={}", req.href("/search"), page::encode(&words));
            view! { <li><a class="chip" href=href>{words}</a></li> }
        })
        .collect::<Vec<_>>();
    view! { <ul class="chips" aria-label=h::examples(lang)>{links}</ul> }.into_any()
}

/// How the market answers; only when there is something to say.
fn pulse(req: &Req, pulse: &Pulse) -> Option<AnyView> {
    let lang = req.lang();
    let enough = pulse.answers.asked >= req.cx.settings().stats_min_threads.max(1);
    let mean = pulse.mean_micros.filter(|_| enough)?;
    let share = pulse.answers.percent();
    let view = view! {
        <aside aria-labelledby="pulse"><h2 id="pulse" class="t-m">{h::pulse(lang)}</h2>
            <dl class="stats mt-2">
                <div class="stat"><dt>{h::answered(lang)}</dt><dd class="v">{share}<span class="u">"%"</span></dd><dd class="d">{h::answered_of(lang, &number(pulse.answers.asked), &number(pulse.answers.answered))}</dd></div>
                <div class="stat"><dt>{h::first_answer(lang)}</dt><dd class="v">{duration(lang, mean)}</dd><dd class="d">{h::business_time(lang)}</dd></div>
            </dl>
            <p class="small mt-2"><a href=req.href("/about/transparency")>{h::all_figures(lang)}</a></p></aside>
    };
    Some(view.into_any())
}

fn categories(req: &Req, counts: &Counts) -> AnyView {
    let lang = req.lang();
    let mut roots: Vec<&'static Category> = taxonomy::roots().collect();
    roots.sort_by_key(|root| std::cmp::Reverse(counts.of(root.code)));
    let rest = roots.split_off(DRAWN.min(roots.len()));
    let drawn = roots.into_iter().map(|root| tile(req, root, counts.of(root.code))).collect::<Vec<_>>();
    let rest = rest.into_iter().map(|root| entry(req, root, counts.of(root.code))).collect::<Vec<_>>();
    view! {
        <section class="sec"><div class="sec-head"><h2>{w::categories(lang)}</h2><a href=req.href("/categories")>{s::all_categories(lang)}</a></div>
            <ul class="cards eight">{drawn}</ul><ul class="dir mt-5">{rest}</ul></section>
    }
    .into_any()
}

fn tile(req: &Req, root: &Category, count: i64) -> AnyView {
    let lang = req.lang();
    let href = req.href(&format!("/categories/{}", root.slug));
    view! { <li class="card">{silhouette(Family::for_category(root.code))}<h3><a href=href>{root.name(lang)}</a></h3><p class="by">{h::count(lang, &number(count))}</p></li> }
        .into_any()
}

fn list(
    req: &Req,
    title: &'static str,
    more: Option<(&str, &'static str)>,
    cards: &[Card],
    one: fn(&Req, &ListingCard) -> AnyView,
) -> Option<AnyView> {
    if cards.is_empty() {
        return None;
    }
    let more = more.map(|(path, label)| view! { <a href=req.href(path)>{label}</a> });
    let cards = cards.iter().map(|card| one(req, card)).collect::<Vec<_>>();
    Some(view! { <section class="sec"><div class="sec-head"><h2>{title}</h2>{more}</div><ul class="cards">{cards}</ul></section> }.into_any())
}
