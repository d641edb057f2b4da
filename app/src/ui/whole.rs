//! Words that stay on one line where it holds them: dates with what hangs on them, ranges and short codes in names.

use leptos::prelude::*;

use super::time::MONTHS;

/// A sentence whose dates are not broken: `2026. 12. 2. 18:00까지예요.`, `2 Dec 2026 18:00 KST`.
pub fn dated(text: &str) -> AnyView {
    shown(text, date)
}

/// A name whose ranges and codes are not broken: `0–25mm`, `Ex d IIC T6`.
pub fn kept(text: &str) -> AnyView {
    shown(text, code)
}

fn shown(text: &str, found: fn(&[&str]) -> usize) -> AnyView {
    let parts = parts(text, found);
    if parts.iter().all(|(whole, _)| !whole) {
        return text.to_owned().into_any();
    }
    let view = |(whole, part): (bool, String)| {
        if whole { view! { <span class="whole">{part}</span> }.into_any() } else { part.into_any() }
    };
    parts.into_iter().map(view).collect::<Vec<_>>().into_any()
}

/// The text in pieces, each with whether it stays together; `found` tells how many words from here on do.
fn parts(text: &str, found: fn(&[&str]) -> usize) -> Vec<(bool, String)> {
    let words: Vec<&str> = text.split(' ').collect();
    let mut parts = Vec::new();
    let mut loose = String::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        if at > 0 {
            loose.push(' ');
        }
        let count = found(rest);
        let piece = rest.iter().take(count.max(1)).copied().collect::<Vec<_>>().join(" ");
        if count == 0 {
            loose.push_str(&piece);
        } else {
            if !loose.is_empty() {
                parts.push((false, std::mem::take(&mut loose)));
            }
            parts.push((true, piece));
        }
        at += count.max(1);
    }
    if !loose.is_empty() {
        parts.push((false, loose));
    }
    parts
}

/// How many of the first words are a date, with the time of day and what hangs on it.
fn date(words: &[&str]) -> usize {
    match words {
        [year, month, day, rest @ ..]
            if year.len() == 5
                && numbered(year, 4)
                && numbered(month, 2)
                && day.split_once('.').is_some_and(|(n, _)| number(n, 2)) =>
        {
            3 + usize::from(day.ends_with('.') && rest.first().is_some_and(|word| clock(word)))
        }
        [day, month, year, rest @ ..]
            if number(day, 2) && MONTHS.contains(month) && year.get(..4).is_some_and(|n| number(n, 4)) =>
        {
            let timed = year.len() == 4 && rest.first().is_some_and(|word| clock(word));
            let zoned = timed && rest.get(1).is_some_and(|word| word.starts_with("KST"));
            3 + usize::from(timed) + usize::from(zoned)
        }
        _ => 0,
    }
}

/// How many of the first words are a range or belong to one code.
fn code(words: &[&str]) -> usize {
    let range = words.first().and_then(|word| word.split_once('–'));
    let digit = |c: char| c.is_ascii_digit();
    if range.is_some_and(|(from, to)| from.ends_with(digit) && to.starts_with(digit)) {
        return 1;
    }
    let begins = words.first().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
    if !begins {
        return 0;
    }
    let short = |word: &&&str| {
        (1..=3).contains(&word.len())
            && word.chars().all(|c| c.is_ascii_alphanumeric())
            && (word.len() == 1 || word.chars().any(|c| c.is_ascii_digit() || c.is_ascii_uppercase()))
    };
    match words.iter().take_while(short).count() {
        1 => 0,
        count => count,
    }
}

/// `12.`
fn numbered(word: &str, most: usize) -> bool {
    word.strip_suffix('.').is_some_and(|digits| number(digits, most))
}

fn number(word: &str, most: usize) -> bool {
    (1..=most).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `18:00` and what hangs on it.
fn clock(word: &str) -> bool {
    word.split_once(':').is_some_and(|(hour, _)| number(hour, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces that stay together, in brackets.
    fn marked(text: &str, found: fn(&[&str]) -> usize) -> String {
        parts(text, found)
            .into_iter()
            .map(|(whole, part)| if whole { format!("[{part}]") } else { part })
            .collect()
    }

    #[test]
    fn dates_stay_together_with_what_hangs_on_them() {
        let cases = [
            ("기한은 2026. 12. 2. 18:00까지예요. 그때까지", "기한은 [2026. 12. 2. 18:00까지예요.] 그때까지"),
            (
                "2026. 11. 26.부터 2026. 11. 27.까지 쉬어요.",
                "[2026. 11. 26.부터] [2026. 11. 27.까지] 쉬어요.",
            ),
            ("due by 2 Dec 2026 18:00 KST. If", "due by [2 Dec 2026 18:00 KST.] If"),
            ("until 10 Dec 2026; answers", "until [10 Dec 2026;] answers"),
            ("기한은 오늘 18시까지예요.", "기한은 오늘 18시까지예요."),
            ("", ""),
        ];
        for (text, shown) in cases {
            assert_eq!(marked(text, date), shown);
        }
    }

    #[test]
    fn ranges_and_codes_stay_together() {
        let cases = [
            ("다이얼게이지 0–25mm 0.001mm 문의", "다이얼게이지 [0–25mm] 0.001mm 문의"),
            ("LED 방폭등 30W Ex d IIC T6 벽부형", "LED 방폭등 30W [Ex d IIC T6] 벽부형"),
            ("육각볼트 M12×100 SUS304", "육각볼트 M12×100 SUS304"),
            ("Set of 3 – new", "Set of 3 – new"),
        ];
        for (text, shown) in cases {
            assert_eq!(marked(text, code), shown);
        }
    }
}
