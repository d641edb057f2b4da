//! The response clock: how fast and how often a vendor answers.

use leptos::prelude::*;
use market::Lang;
use market::catalog::browse::AnswerRecord;
use market::time::HOUR;
use time::Date;

use super::{day, duration};
use crate::i18n::common as w;
use crate::i18n::search as s;

/// How a vendor answers; while it rests, until when.
pub fn answers(lang: Lang, rests_until: Option<Date>, record: &AnswerRecord, least: i64) -> AnyView {
    match rests_until {
        Some(day_off) => {
            view! { <span class="clock none">{w::rests_until(lang, &day(lang, day_off))}</span> }.into_any()
        }
        None => clock(lang, record, least),
    }
}

/// The same in a column whose heading says what it is about: the words around the figures are spoken, not shown.
pub fn answers_cell(lang: Lang, rests_until: Option<Date>, record: &AnswerRecord, least: i64) -> AnyView {
    let Some(shown) = record.shown(least).filter(|_| rests_until.is_none()) else {
        return answers(lang, rests_until, record, least);
    };
    let time = duration(lang, shown.mean_micros);
    let (before, after) = s::clock_rate(lang);
    view! {
        <span class="clock" data-h=dial(shown.mean_micros)>
            <span class="nb"><span class="vh">{s::clock_answer(lang)}" "</span><b>{time}</b>" · "<span class="vh">{before}</span><b>{shown.rate_percent}"%"</b><span class="vh">{after}</span></span>
        </span>
    }
    .into_any()
}

/// Hours on the dial.
fn dial(mean_micros: i64) -> i64 {
    ((mean_micros + HOUR - 1) / HOUR).clamp(1, 8)
}

/// The dial with its words; dashed and without figures below `least` threads. Never red.
fn clock(lang: Lang, record: &AnswerRecord, least: i64) -> AnyView {
    let Some(shown) = record.shown(least) else {
        return view! { <span class="clock none">{w::clock_pending(lang)}</span> }.into_any();
    };
    let time = duration(lang, shown.mean_micros);
    let (before, after) = s::clock_rate(lang);
    view! {
        <span class="clock" data-h=dial(shown.mean_micros)>
            <span>{s::clock_answer(lang)}" "<b>{time}</b>" · "{before}<b>{shown.rate_percent}"%"</b>{after}</span>
        </span>
    }
    .into_any()
}
