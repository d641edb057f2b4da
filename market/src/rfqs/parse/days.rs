//! The day something is needed, out of words: `12월 20일까지`, `2주 내`, `by 20 Dec`, `다음 주 금요일`. `급해요` and
//! `ASAP` are no day.

use time::{Date, Duration, Month, Weekday};

use super::units::number;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [(&str, &str, Weekday); 7] = [
    ("월요일", "monday", Weekday::Monday),
    ("화요일", "tuesday", Weekday::Tuesday),
    ("수요일", "wednesday", Weekday::Wednesday),
    ("목요일", "thursday", Weekday::Thursday),
    ("금요일", "friday", Weekday::Friday),
    ("토요일", "saturday", Weekday::Saturday),
    ("일요일", "sunday", Weekday::Sunday),
];
/// Words beside a day that belong to it.
const BEFORE: [&str; 14] = [
    "납기",
    "납기:",
    "늦어도",
    "by",
    "until",
    "before",
    "due",
    "on",
    "within",
    "in",
    "the",
    "delivery",
    "needed",
    "till",
];
const AFTER: [&str; 12] =
    ["까지", "안에", "안으로", "이내", "이내로", "내", "내로", "납품", "전까지", "중", "안", "까지요"];

/// A day found in words, and which of the words said it.
pub type Found = (Date, std::ops::Range<usize>);

/// The first day that the words name.
pub fn find(words: &[String], today: Date, alone: bool) -> Option<Found> {
    (0..words.len()).find_map(|at| {
        let rest: Vec<&str> = words.iter().skip(at).map(String::as_str).collect();
        let (day, used) = here(&rest, today, alone && at == 0, &words[..at])?;
        let mut start = at;
        while start > 0 && BEFORE.contains(&words[start - 1].to_lowercase().as_str()) {
            start -= 1;
        }
        let mut end = at + used;
        while words.get(end).is_some_and(|word| AFTER.contains(&word.as_str())) {
            end += 1;
        }
        Some((day, start..end))
    })
}

fn here(rest: &[&str], today: Date, alone: bool, before: &[String]) -> Option<(Date, usize)> {
    let due = before.last().is_some_and(|word| word.starts_with("납기"));
    iso(rest, today, alone || due)
        .or_else(|| korean_month(rest, today))
        .or_else(|| korean_relative(rest, today, due))
        .or_else(|| english(rest, today))
        .or_else(|| english_relative(rest, today, before))
}

/// A word without the Korean end that makes it a term.
fn bare(word: &str) -> &str {
    ["까지요", "까지", "전까지", "안에", "이내", "내로", "내", ".", ")", "에"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word)
}

fn date(year: i32, month: u32, day: u32) -> Option<Date> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()
}

/// The next such day, this year or next.
fn coming(today: Date, month: u32, day: u32) -> Option<Date> {
    date(today.year(), month, day)
        .filter(|found| *found >= today)
        .or_else(|| date(today.year() + 1, month, day))
}

fn last_of(year: i32, month: u32) -> Option<Date> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(year, month, month.length(year)).ok()
}

/// `2026-12-15`, `2026.12.15`, `26/12/15`; month and day alone only where it is said to be a day.
fn iso(rest: &[&str], today: Date, alone: bool) -> Option<(Date, usize)> {
    let word = rest.first()?;
    let clean = bare(word).trim_start_matches('\'').trim_end_matches('.');
    let parts: Vec<u32> =
        clean.split(['-', '.', '/']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match parts.as_slice() {
        [y @ 2000..=2100, m, d] => Some((date(i32::try_from(*y).ok()?, *m, *d)?, 1)),
        [y @ 24..=60, m, d] => Some((date(2000 + i32::try_from(*y).ok()?, *m, *d)?, 1)),
        [m, d] if word.ends_with("까지") || (alone && rest.len() == 1) => Some((coming(today, *m, *d)?, 1)),
        _ => None,
    }
}

/// `12월 20일`, `12월 초`, `12월말`, `내년 1월 15일`, `다음달 5일`, `12월 둘째 주`, `15일까지`, `이번 달 말`, `연말`.
fn korean_month(rest: &[&str], today: Date) -> Option<(Date, usize)> {
    let joined = rest.iter().take(4).copied().collect::<Vec<_>>().join(" ");
    let mut text = joined.as_str();
    let year = match text.strip_prefix("내년").map(str::trim_start) {
        Some(after) => {
            text = after;
            Some(today.year() + 1)
        }
        None => None,
    };
    let used = |left: &str| {
        let taken = joined.len() - left.len();
        let boundary = joined[taken..].find(' ').map_or(joined.len(), |more| taken + more);
        joined[..boundary].split(' ').count()
    };
    if let Some(left) = text.strip_prefix("연말").or_else(|| text.strip_prefix("년말")) {
        return Some((date(year.unwrap_or(today.year()), 12, 31)?, used(left)));
    }
    let this = u32::from(u8::from(today.month()));
    for (word, month) in
        [("이번 달", this), ("이번달", this), ("이달", this), ("다음 달", this + 1), ("다음달", this + 1)]
    {
        let Some(left) = text.strip_prefix(word) else { continue };
        let (year, month) = if month > 12 { (today.year() + 1, 1) } else { (today.year(), month) };
        let (day, left) = part_of_month(left.trim_start(), year, month)?;
        return Some((day, used(left)));
    }
    if let Some(left) = text.strip_prefix("월말") {
        return Some((last_of(today.year(), this)?, used(left)));
    }
    let (digits, left) = number(text)?;
    let count: u32 = digits.parse().ok()?;
    if let Some(left) = left.strip_prefix('일') {
        let named = left.starts_with("까지") || left.starts_with(" 까지");
        return (named && year.is_none())
            .then(|| day_alone(today, count))
            .flatten()
            .map(|day| (day, used(left)));
    }
    let left = left.strip_prefix('월')?;
    let in_year = year.unwrap_or_else(|| if count < this { today.year() + 1 } else { today.year() });
    let (day, left) = part_of_month(left.trim_start(), in_year, count)?;
    let day = if year.is_none() && day < today { part_again(day)? } else { day };
    Some((day, used(left)))
}

fn part_again(day: Date) -> Option<Date> {
    date(day.year() + 1, u32::from(u8::from(day.month())), u32::from(day.day()))
}

fn day_alone(today: Date, day: u32) -> Option<Date> {
    let this = u32::from(u8::from(today.month()));
    date(today.year(), this, day).filter(|found| *found >= today).or_else(|| {
        if this == 12 { date(today.year() + 1, 1, day) } else { date(today.year(), this + 1, day) }
    })
}

fn part_of_month(text: &str, year: i32, month: u32) -> Option<(Date, &str)> {
    for (word, day) in [("초순", 10), ("초", 10), ("중순", 20)] {
        if let Some(left) = text.strip_prefix(word) {
            return Some((date(year, month, day)?, left));
        }
    }
    for word in ["하순", "말"] {
        if let Some(left) = text.strip_prefix(word) {
            return Some((last_of(year, month)?, left));
        }
    }
    for (word, week) in [("첫째 주", 0), ("둘째 주", 1), ("셋째 주", 2), ("넷째 주", 3)] {
        if let Some(left) = text.strip_prefix(word) {
            let first = date(year, month, 1)?;
            let sunday = first + Duration::days(i64::from(7 - first.weekday().number_from_monday()));
            return Some((sunday + Duration::weeks(week), left));
        }
    }
    let (digits, left) = number(text)?;
    Some((date(year, month, digits.parse().ok()?)?, left.strip_prefix('일')?))
}

/// `2주 내`, `납기 3주`, `열흘 안에`, `한 달 안에`, `내일`, `다음 주 금요일`, `월요일까지`.
fn korean_relative(rest: &[&str], today: Date, due: bool) -> Option<(Date, usize)> {
    let word = bare(rest.first()?);
    match word {
        "오늘" => return Some((today, 1)),
        "내일" => return Some((today + Duration::days(1), 1)),
        "모레" => return Some((today + Duration::days(2), 1)),
        _ => {}
    }
    let limit = |at: usize| {
        due || rest.get(at - 1).is_some_and(|word| bare(word) != *word)
            || rest
                .get(at)
                .is_some_and(|word| ["안", "내", "이내", "까지"].iter().any(|end| word.starts_with(end)))
    };
    if word == "열흘" && limit(1) {
        return Some((today + Duration::days(10), 1));
    }
    if word == "보름" && limit(1) {
        return Some((today + Duration::days(15), 1));
    }
    if word == "한" && rest.get(1).is_some_and(|next| bare(next) == "달") && limit(2) {
        return Some((today + Duration::days(30), 2));
    }
    if word == "한달" && limit(1) {
        return Some((today + Duration::days(30), 1));
    }
    if let Some((digits, unit)) = number(word) {
        let count: i64 = digits.parse().ok().filter(|count| (1..=400).contains(count))?;
        let days = match unit {
            "일" => 1,
            "주" | "주일" | "주간" => 7,
            "개월" | "달" => 30,
            _ => return None,
        };
        return limit(1).then(|| (today + Duration::days(count * days), 1));
    }
    weekday(rest, today)
}

fn weekday(rest: &[&str], today: Date) -> Option<(Date, usize)> {
    let first = *rest.first()?;
    let (skip, next_week) = match (first, rest.get(1).copied()) {
        ("다음", Some("주")) => (2, Some(true)),
        ("이번", Some("주")) => (2, Some(false)),
        ("다음주", _) => (1, Some(true)),
        ("이번주", _) => (1, Some(false)),
        _ => (0, None),
    };
    let word = bare(rest.get(skip)?);
    let (.., day) = WEEKDAYS.iter().find(|(ko, ..)| *ko == word)?;
    let monday = today - Duration::days(i64::from(today.weekday().number_days_from_monday()));
    let at = |weeks: i64| {
        monday + Duration::weeks(weeks) + Duration::days(i64::from(day.number_days_from_monday()))
    };
    let found = match next_week {
        Some(next) => at(i64::from(next)),
        None if at(0) > today => at(0),
        None => at(1),
    };
    Some((found, skip + 1))
}

fn month(word: &str) -> Option<u32> {
    let low = word.trim_end_matches(['.', ',']).to_lowercase();
    let short: String = low.chars().take(3).collect();
    if low.len() < 3 || !low.chars().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let at = MONTHS.iter().position(|month| *month == short)?;
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    (low == short || low == "sept" || full.get(at) == Some(&low.as_str()))
        .then(|| u32::try_from(at).unwrap_or(0) + 1)
}

fn ordinal(word: &str) -> Option<u32> {
    let word = word.trim_end_matches(['.', ',']);
    let (digits, tail) = number(word)?;
    ["", "st", "nd", "rd", "th"]
        .contains(&tail)
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|day| (1..=31).contains(day))
}

/// `20 Dec`, `Dec 10`, `12 December 2026`, `end of January`.
fn english(rest: &[&str], today: Date) -> Option<(Date, usize)> {
    let low = rest.first()?.to_lowercase();
    if low == "end" && rest.get(1) == Some(&"of") {
        let found = month(rest.get(2)?)?;
        let year = if found < u32::from(u8::from(today.month())) { today.year() + 1 } else { today.year() };
        return Some((last_of(year, found)?, 3));
    }
    let (day, month) = match (ordinal(rest.first()?), month(rest.first()?)) {
        (Some(day), None) => (day, month(rest.get(1)?)?),
        (None, Some(month)) => (ordinal(rest.get(1)?)?, month),
        _ => return None,
    };
    match rest
        .get(2)
        .and_then(|year| year.trim_end_matches('.').parse::<i32>().ok())
        .filter(|year| (2020..2100).contains(year))
    {
        Some(year) => Some((date(year, month, day)?, 3)),
        None => Some((coming(today, month, day)?, 2)),
    }
}

/// `within 30 days`, `in 3 weeks`, `tomorrow`, `next Friday`.
fn english_relative(rest: &[&str], today: Date, before: &[String]) -> Option<(Date, usize)> {
    let low = rest.first()?.to_lowercase();
    if low == "tomorrow" {
        return Some((today + Duration::days(1), 1));
    }
    if let Some((.., day)) = WEEKDAYS.iter().find(|(_, en, _)| *en == low) {
        let named = before
            .last()
            .is_some_and(|word| matches!(word.to_lowercase().as_str(), "next" | "by" | "this" | "before"));
        let ahead = i64::from((day.number_from_monday() + 7 - today.weekday().number_from_monday()) % 7);
        return named.then(|| (today + Duration::days(if ahead == 0 { 7 } else { ahead }), 1));
    }
    let led = before.last().is_some_and(|word| matches!(word.to_lowercase().as_str(), "in" | "within"));
    let count: i64 = low.parse().ok().filter(|count| led && (1..=400).contains(count))?;
    let days = match rest.get(1)?.trim_end_matches(['.', ',']).to_lowercase().as_str() {
        "day" | "days" => 1,
        "week" | "weeks" => 7,
        "month" | "months" => 30,
        _ => return None,
    };
    Some((today + Duration::days(count * days), 2))
}
