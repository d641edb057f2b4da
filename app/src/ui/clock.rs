//! The response clock: how fast and how often a vendor answers.

use leptos::prelude::*;
use market::Lang;
use market::catalog::browse::AnswerRecord;
use market::time::HOUR;

use super::duration;
use crate::i18n::common as w;
use crate::i18n::search as s;

/// The dial with its words; dashed and without figures below `least` threads. Never red.
pub fn clock(lang: Lang, record: &AnswerRecord, least: i64) -> AnyView {
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
