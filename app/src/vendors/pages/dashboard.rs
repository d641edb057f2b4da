//! The desk of a company that is in: waiting inquiries first, then four figures, what to do, its listings.

use leptos::prelude::*;
use market::catalog::ListingSummary;
use market::saved_searches::demand::Demand;
use market::time::DAY;
use market::vendors::dashboard::{Dashboard, Figures, WaitingThread};
use market::{Timestamp, catalog::ListingState};

use super::holiday;
use crate::context::Req;
use crate::i18n::countries;
use crate::i18n::curation::listing_state;
use crate::i18n::vendors as w;
use crate::ui::{ago, date, date_time, duration, empty, icon, primary_link};
use crate::vendors::{demand, frame};

/// The whole page; `before` says why nothing is visible, if so.
pub fn view(req: &Req, desk: &Dashboard, demand: &Demand, before: Option<AnyView>) -> AnyView {
    let lang = req.lang();
    let name = lang.pick(&desk.vendor.profile.name_ko, &desk.vendor.profile.name_en).to_owned();
    view! {
        <div class="split cols-nav">
            {frame::menu(req)}
            <div>
                <div class="line between"><h1 class="t-xl">{name}</h1><p class="line">{standing(req, desk)}</p></div>
                {before.map(|notice| view! { <div class="mt-4">{notice}</div> })}
                {waiting(req, desk)}
                {figures(req, &desk.figures)}
                {demand::section(req, demand)}
                {todo(req, desk)}
                {listings(req, desk)}
            </div>
        </div>
    }
    .into_any()
}

fn days_until(end: Timestamp, now: Timestamp) -> i64 {
    (end.since(now) + DAY - 1) / DAY
}

fn standing(req: &Req, desk: &Dashboard) -> AnyView {
    let lang = req.lang();
    let away = holiday::running(req, &desk.vendor)
        .map(|until| w::holiday_until(lang, &date(lang, holiday::last_day(until))));
    let left = desk.figures.next_end.map(|end| w::free_window_left(lang, days_until(end, req.cx.now())));
    view! {
        {left.map(|text| view! { <span class="tag tag-ok">{text}</span> })}
        {away.map(|text| view! { <span class="tag tag-warn">{text}</span> })}
        <a href=req.href("/vendor/holiday")>{w::set_holiday(lang)}</a>
    }
    .into_any()
}

fn waiting(req: &Req, desk: &Dashboard) -> AnyView {
    let lang = req.lang();
    if desk.waiting.is_empty() {
        return view! {
            <section class="sec">
                <div class="sec-head"><h2>{w::waiting_none_title(lang)}</h2><a href=req.href("/inquiries")>{w::waiting_all(lang)}</a></div>
                <p class="mute">{w::waiting_none_text(lang)}</p>
            </section>
        }
        .into_any();
    }
    let oldest = desk.figures.oldest_waiting.map(|at| w::waiting_oldest(lang, &ago(lang, at, req.cx.now())));
    let rows = desk.waiting.iter().map(|thread| waiting_row(req, thread)).collect::<Vec<_>>();
    view! {
        <section class="sec">
            <div class="sec-head"><h2>{w::waiting_title(lang, desk.figures.waiting)}</h2><a href=req.href("/inquiries")>{w::waiting_all(lang)}</a></div>
            {oldest.map(|text| view! { <p class="small mute">{text}</p> })}
            <ul class="lines">{rows}</ul>
        </section>
    }
    .into_any()
}

fn waiting_row(req: &Req, thread: &WaitingThread) -> AnyView {
    let lang = req.lang();
    let now = req.cx.now();
    let href = req.href(&format!("/inquiries/{}", thread.id));
    let title = format!("{} {}", thread.subject, thread.quantity).trim().to_owned();
    let country = thread.country.as_deref().map(|code| countries::name(lang, code));
    let mut about: Vec<String> = [thread.company.as_deref(), country]
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .collect();
    if thread.lang == "en" {
        about.push(w::lang_of_buyer_en(lang).to_owned());
    }
    about.push(ago(lang, thread.last_message_at, now));
    let due = thread.due_at.map(|due| {
        let left = due.since(now);
        let class = if left < DAY / 4 {
            "tag tag-danger"
        } else if left < DAY {
            "tag tag-warn"
        } else {
            "tag"
        };
        let text =
            if left <= 0 { w::overdue(lang).to_owned() } else { w::due_by(lang, &date_time(lang, due)) };
        view! { <span class=class>{icon("clock")}{text}</span> }
    });
    view! {
        <li class="line between">
            <span class="grow"><a class="main-link" href=href.clone()>{title}</a><br /><span class="small mute">{about.join(" · ")}</span></span>
            <span class="line">{due}<a class="btn btn-s" href=href aria-label=w::answer_to(lang, &thread.subject)>{w::answer(lang)}</a></span>
        </li>
    }
    .into_any()
}

fn figures(req: &Req, f: &Figures) -> AnyView {
    let lang = req.lang();
    let now = req.cx.now();
    let least = req.cx.settings().stats_min_threads;
    let answers = f.answers(least);
    let (rate, unit, detail) = match answers {
        Some(answers) => {
            let time = answers
                .mean_micros
                .map(|micros| format!(" · {}", w::figure_time(lang, &duration(lang, micros))))
                .unwrap_or_default();
            (
                answers.rate.to_string(),
                "%",
                format!("{}{time}", w::figure_answers_detail(lang, answers.asked, answers.in_time)),
            )
        }
        None => (w::figure_pending(lang).to_owned(), "", w::figure_pending_detail(lang, least)),
    };
    let window = f.next_end.map(|end| days_until(end, now));
    let (days, days_unit) = window.map_or_else(
        || (w::figure_window_none(lang).to_owned(), ""),
        |days| (days.to_string(), w::figure_window_unit(lang, days)),
    );
    let window_detail =
        f.next_end.map_or_else(|| w::figure_window_none_detail(lang).to_owned(), |end| date(lang, end));
    let waiting_detail =
        f.oldest_waiting.map(|at| w::waiting_oldest(lang, &ago(lang, at, now))).unwrap_or_default();
    view! {
        <section class="sec">
            <div class="sec-head"><h2>{w::figures_title(lang)}</h2></div>
            <dl class="stats">
                {stat(w::figure_visible(lang), f.visible.to_string(), w::figure_visible_unit(lang), w::figure_visible_of(lang, f.listings))}
                {stat(w::figure_waiting(lang), f.waiting.to_string(), w::figure_waiting_unit(lang), waiting_detail)}
                {stat(w::figure_answers(lang), rate, unit, detail)}
                {stat(w::figure_window(lang), days, days_unit, window_detail)}
            </dl>
        </section>
    }
    .into_any()
}

fn stat(label: &'static str, value: String, unit: &'static str, detail: String) -> AnyView {
    view! {
        <div class="stat"><dt>{label}</dt><dd class="v">{value}<span class="u">{unit}</span></dd><dd class="d">{detail}</dd></div>
    }
    .into_any()
}

fn todo(req: &Req, desk: &Dashboard) -> AnyView {
    let lang = req.lang();
    let f = &desk.figures;
    let mut rows = Vec::new();
    let mut push =
        |count: i64, title: String, text: &'static str, path: &'static str, label: &'static str| {
            if count > 0 {
                rows.push(todo_row(req, title, text, path, label));
            }
        };
    push(
        f.returned,
        w::todo_returned(lang, f.returned),
        w::todo_returned_text(lang),
        "/vendor/listings?state=changes_requested",
        w::todo_fix(lang),
    );
    push(
        f.ending,
        w::todo_ending(lang, f.ending),
        w::todo_ending_text(lang),
        "/vendor/listings?state=published",
        w::todo_renew(lang),
    );
    push(
        f.expired,
        w::todo_expired(lang, f.expired),
        w::todo_expired_text(lang),
        "/vendor/listings?state=expired",
        w::todo_renew(lang),
    );
    push(
        f.without_picture,
        w::todo_pictures(lang, f.without_picture),
        w::todo_pictures_text(lang),
        "/vendor/listings?state=published",
        w::todo_add(lang),
    );
    push(
        f.drafts,
        w::todo_drafts(lang, f.drafts),
        w::todo_drafts_text(lang),
        "/vendor/listings?state=draft",
        w::todo_fix(lang),
    );
    let nameless = i64::from(desk.vendor.profile.name_en.is_empty());
    push(
        nameless,
        w::todo_english(lang).to_owned(),
        w::todo_english_text(lang),
        "/vendor/profile",
        w::todo_fix(lang),
    );
    let content = if rows.is_empty() {
        view! { <p class="mute">{w::todo_none(lang)}</p> }.into_any()
    } else {
        view! { <ul class="lines">{rows}</ul> }.into_any()
    };
    view! { <section class="sec"><div class="sec-head"><h2>{w::todo_title(lang)}</h2></div>{content}</section> }.into_any()
}

fn todo_row(
    req: &Req,
    title: String,
    text: &'static str,
    path: &'static str,
    label: &'static str,
) -> AnyView {
    let spoken = format!("{label}: {title}");
    view! {
        <li class="line between">
            <span class="grow">{title}<br /><span class="small mute">{text}</span></span>
            <a class="btn btn-s" href=req.href(path) aria-label=spoken>{label}</a>
        </li>
    }
    .into_any()
}

fn listings(req: &Req, desk: &Dashboard) -> AnyView {
    let lang = req.lang();
    let content = if desk.listings.is_empty() {
        let next = primary_link(&req.href("/vendor/listings/new"), w::listings_new(lang));
        empty(w::listings_none_title(lang), w::listings_none_text(lang), Some(next))
    } else {
        let rows = desk.listings.iter().map(|listing| listing_row(req, listing)).collect::<Vec<_>>();
        view! {
            <table class="queue">
                <caption class="vh">{w::listings_title(lang, desk.figures.listings)}</caption>
                <thead><tr>
                    <th scope="col">{w::column_listing(lang)}</th><th scope="col">{w::column_state(lang)}</th>
                    <th scope="col" class="num">{w::column_threads(lang)}</th><th scope="col">{w::column_end(lang)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="mt-3"><a href=req.href("/vendor/listings")>{w::listings_all(lang)}</a></p>
        }
        .into_any()
    };
    view! {
        <section class="sec">
            <div class="sec-head"><h2>{w::listings_title(lang, desk.figures.listings)}</h2><a href=req.href("/vendor/listings/new")>{w::listings_new(lang)}</a></div>
            {content}
        </section>
    }
    .into_any()
}

fn listing_row(req: &Req, listing: &ListingSummary) -> AnyView {
    let lang = req.lang();
    let title =
        Some(listing.title(lang)).filter(|title| !title.is_empty()).unwrap_or(w::untitled(lang)).to_owned();
    let class = match listing.state {
        ListingState::Published => "tag tag-ok",
        ListingState::ChangesRequested | ListingState::Expired => "tag tag-warn",
        ListingState::Hidden => "tag tag-danger",
        ListingState::InReview => "tag tag-info",
        ListingState::Draft | ListingState::Archived => "tag",
    };
    let end = listing.free_until.map(|end| date(lang, end)).unwrap_or_default();
    view! {
        <tr>
            <td><a href=req.href(&format!("/vendor/listings/{}", listing.id))>{title}</a></td>
            <td class="wide"><span class=class>{listing_state(lang, listing.state.code())}</span></td>
            <td class="num"><span class="phone-only">{w::column_threads(lang)}" "</span>{listing.threads}</td>
            <td class="wide">{end}</td>
        </tr>
    }
    .into_any()
}
