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

/// The dial with its words; dashed and without figures below `least` threads. Never red.
fn clock(lang: Lang, record: &AnswerRecord, least: i64) -> AnyView {
    let Some(shown) = record.shown(least) else {
        return view! { <span class="clock none">{w::clock_pending(lang)}</span> }.into_any();
    };
    let hours = ((shown.mean_micros + HOUR - 1) / HOUR).clamp(1, 8);
    let time = duration(lang, shown.mean_micros);
    let (before, after) = s::clock_rate(lang);
    view! {
        <span class="clock" data-h=hours>
            <span>{s::clock_answer(lang)}" "<b>{time}</b>" · "{before}<b>{shown.rate_percent}"%"</b>{after}</span>
        </span>
    }
    .into_any()
}
