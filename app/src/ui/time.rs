//! Moments and durations in words: the clock of Seoul in Korean, with KST beside it in English; for readers who go by another
//! clock, that one with its name, and beside a deadline the Korean time by which it is set.

use leptos::prelude::*;
use market::time::{DAY, HOUR, MINUTE};
use market::zones::Zone;
use market::{Lang, Timestamp};

use crate::i18n::common as w;

pub(super) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Name of a clock as it is shown.
pub fn zone_name(lang: Lang, zone: &Zone) -> String {
    if zone.is_seoul() { w::zone_korea(lang).to_owned() } else { zone.name().replace('_', " ") }
}

/// A date with the time of day, on the reader's clock.
pub fn date_time_in(lang: Lang, zone: &Zone, at: Timestamp) -> String {
    if zone.is_seoul() {
        return date_time(lang, at);
    }
    let there = zone.at(at);
    let date = day(lang, there.date());
    format!("{date} {:02}:{:02} {}", there.hour(), there.minute(), zone.abbreviation(at))
}

/// A deadline with the time of day: on the reader's clock, and by the Korean one that sets it.
pub fn deadline(lang: Lang, zone: &Zone, at: Timestamp) -> String {
    if zone.is_seoul() {
        return date_time(lang, at);
    }
    w::deadline_both(lang, &date_time_in(lang, zone, at), &date_time(lang, at))
}

/// The last day on which something holds; for readers on another clock, the moment at which it ends.
pub fn last_day(lang: Lang, zone: &Zone, at: Timestamp) -> String {
    if zone.is_seoul() { date(lang, at) } else { deadline(lang, zone, at) }
}

/// A `time` element with words of one's own.
pub fn stamp(at: Timestamp, words: String) -> AnyView {
    let machine = at.to_utc().format(&time::format_description::well_known::Rfc3339).unwrap_or_default();
    view! { <time datetime=machine>{words}</time> }.into_any()
}

/// A date: `2026. 11. 12.` or `12 Nov 2026`.
pub fn date(lang: Lang, at: Timestamp) -> String {
    day(lang, at.to_seoul().date())
}

/// A day of the calendar.
pub fn day(lang: Lang, day: time::Date) -> String {
    let month = u8::from(day.month());
    match lang {
        Lang::Ko => format!("{}. {month}. {}.", day.year(), day.day()),
        Lang::En => format!(
            "{} {} {}",
            day.day(),
            MONTHS.get(usize::from(month) - 1).copied().unwrap_or_default(),
            day.year()
        ),
    }
}

/// A date with the time of day.
pub fn date_time(lang: Lang, at: Timestamp) -> String {
    let day = at.to_seoul();
    let zone = if lang == Lang::En { " KST" } else { "" };
    format!("{} {:02}:{:02}{zone}", date(lang, at), day.hour(), day.minute())
}

/// How long ago, roughly; beyond a week the date.
pub fn ago(lang: Lang, at: Timestamp, now: Timestamp) -> String {
    match now.since(at) {
        past if past < MINUTE => w::just_now(lang).to_owned(),
        past if past < HOUR => w::minutes_ago(lang, past / MINUTE),
        past if past < DAY => w::hours_ago(lang, past / HOUR),
        past if past < 2 * DAY => w::a_day_ago(lang).to_owned(),
        past if past < 7 * DAY => w::days_ago(lang, past / DAY),
        _ => date(lang, at),
    }
}

/// A length of time, rounded up to minutes, hours or days.
pub fn duration(lang: Lang, micros: i64) -> String {
    match micros {
        m if m < HOUR => w::minutes(lang, (m / MINUTE).max(1)),
        m if m < 2 * DAY => w::hours(lang, (m + HOUR - 1) / HOUR),
        m => w::days(lang, (m + DAY - 1) / DAY),
    }
}

/// A `time` element: words for people, the exact moment for machines and on hover.
pub fn moment(lang: Lang, at: Timestamp, now: Timestamp) -> AnyView {
    moment_in(lang, &Zone::seoul(), at, now)
}

/// Within a thread: how long ago on the first day, from then on day and time, so that one can say what came first.
pub fn moment_said(lang: Lang, zone: &Zone, at: Timestamp, now: Timestamp) -> AnyView {
    let exact = date_time_in(lang, zone, at);
    let words = if now.since(at) < DAY { ago(lang, at, now) } else { short_in(lang, zone, at, now) };
    let machine = at.to_utc().format(&time::format_description::well_known::Rfc3339).unwrap_or_default();
    view! { <time datetime=machine title=exact>{words}</time> }.into_any()
}

/// Day and time on the reader's clock, without the year while that is the running one: `11. 28. 06:57`, `28 Nov 06:57 KST`.
fn short_in(lang: Lang, zone: &Zone, at: Timestamp, now: Timestamp) -> String {
    let full = date_time_in(lang, zone, at);
    let year = zone.at(at).year();
    if year != zone.at(now).year() {
        return full;
    }
    match lang {
        Lang::Ko => full.replacen(&format!("{year}. "), "", 1),
        Lang::En => full.replacen(&format!(" {year}"), "", 1),
    }
}

/// The same on the reader's clock; beyond a week the date and the time of day.
pub fn moment_in(lang: Lang, zone: &Zone, at: Timestamp, now: Timestamp) -> AnyView {
    let exact = date_time_in(lang, zone, at);
    let machine = at.to_utc().format(&time::format_description::well_known::Rfc3339).unwrap_or_default();
    let near = zone.is_seoul() || now.since(at) < 7 * DAY;
    let words = if near { ago(lang, at, now) } else { exact.clone() };
    view! { <time datetime=machine title=exact>{words}</time> }.into_any()
}
