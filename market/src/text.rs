//! What a person typed, made safe to keep: composed (NFC), without control and direction-override
//! characters, trimmed, and measured in characters.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::error::Problem;

/// Characters that change how other text reads or are invisible: C0/C1 controls, bidi overrides and
/// isolates, zero-width marks, byte-order mark, the two that are no characters, line and paragraph separators, tag characters.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// One line: composed, hidden characters removed, every run of white space one blank, trimmed.
pub fn line(input: &str) -> String {
    let composed = compose(input);
    let visible: String = composed
        .chars()
        .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
        .filter(|c| !is_hidden(*c))
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Several lines: like [`line()`], keeping line breaks (at most two in a row) and tabs as blanks.
pub fn block(input: &str) -> String {
    let composed = compose(&input.replace("\r\n", "\n").replace('\r', "\n"));
    let mut out = String::with_capacity(composed.len());
    let mut breaks = 0;
    for c in composed.chars().filter(|c| !is_hidden(*c)) {
        if c == '\n' {
            breaks += 1;
            if breaks > 2 {
                continue;
            }
        } else {
            breaks = 0;
        }
        out.push(if c == '\t' { ' ' } else { c });
    }
    out.trim().to_owned()
}

fn compose(input: &str) -> String {
    if is_nfc(input) { input.to_owned() } else { input.nfc().collect() }
}

/// Length in characters, the unit of every limit that a person is told.
pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// A cleaned line of `min..=max` characters; `min` of 0 allows nothing.
pub fn line_within(input: &str, min: usize, max: usize) -> Result<String, Problem> {
    within(line(input), min, max)
}

/// A cleaned text of several lines with `min..=max` characters.
pub fn block_within(input: &str, min: usize, max: usize) -> Result<String, Problem> {
    within(block(input), min, max)
}

fn within(clean: String, min: usize, max: usize) -> Result<String, Problem> {
    let actual = length(&clean);
    if clean.contains('\u{fffd}') {
        // what a decoder left of bytes that were no UTF-8 (CP949 from an old program, for example)
        return Err(Problem::Rule("text.unreadable".into()));
    }
    if actual == 0 && min > 0 {
        return Err(Problem::Required);
    }
    if actual > max {
        return Err(Problem::TooLong { max, actual });
    }
    if actual < min {
        return Err(Problem::TooShort { min });
    }
    Ok(clean)
}

/// A whole number a person typed, thousands separators allowed, within `min..=max`. Empty is `None`.
pub fn whole_number(input: &str, min: i64, max: i64) -> Result<Option<i64>, Problem> {
    let plain: String = line(input).chars().filter(|c| !matches!(c, ',' | ' ')).collect();
    if plain.is_empty() {
        return Ok(None);
    }
    let (digits, less) = plain.strip_prefix(['-', '−']).map_or((&*plain, false), |rest| (rest, true));
    if digits.is_empty() || digits.len() > 18 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Problem::NotNumber);
    }
    // below zero is a number, and never one that is asked for here
    if less {
        return Err(Problem::OutOfRange { min, max });
    }
    let number: i64 = plain.parse().map_err(|_| Problem::NotNumber)?;
    if (min..=max).contains(&number) { Ok(Some(number)) } else { Err(Problem::OutOfRange { min, max }) }
}

/// A web address of http or https, at most 200 characters; empty is `None`.
pub fn web_address(input: &str) -> Result<Option<String>, Problem> {
    let text = line_within(input, 0, 200)?;
    if text.is_empty() {
        return Ok(None);
    }
    let rest =
        text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or(Problem::NotUrl)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plausible = host.contains('.')
        && !host.starts_with('.')
        && !host.contains(['@', ' ', '<', '>', '"', '\\'])
        && !text.contains(['<', '>', '"', ' ', '\\']);
    if plausible { Ok(Some(text)) } else { Err(Problem::NotUrl) }
}

/// A day written `YYYY-MM-DD`, as date fields send it.
pub fn day(input: &str) -> Option<time::Date> {
    time::Date::parse(input, time::macros::format_description!("[year]-[month]-[day]")).ok()
}

/// A telephone number as typed, digits kept with `+` and `-`: 7 to 15 digits.
pub fn telephone(input: &str) -> Result<String, Problem> {
    let clean = line(input);
    if clean.is_empty() {
        return Err(Problem::Required);
    }
    let digits = clean.chars().filter(char::is_ascii_digit).count();
    let shaped = clean.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '.'));
    if shaped && (7..=15).contains(&digits) && clean.len() <= 30 { Ok(clean) } else { Err(Problem::NotPhone) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composes_and_strips() {
        assert_eq!(line("\u{1112}\u{1161}\u{11ab}\u{202e}글\0\t x "), "한글 x");
        assert_eq!(block("a\r\n\r\n\r\n\r\nb\u{200b}"), "a\n\nb");
    }

    #[test]
    fn keeps_jamo_of_initial_search() {
        assert_eq!(line("ㅅㅌㅇ"), "ㅅㅌㅇ");
    }

    #[test]
    fn measures_in_characters() {
        assert_eq!(line_within("가나다", 1, 3), Ok("가나다".into()));
        assert_eq!(line_within("가나다라", 1, 3), Err(Problem::TooLong { max: 3, actual: 4 }));
        assert_eq!(line_within(" \u{feff}", 1, 3), Err(Problem::Required));
    }

    #[test]
    fn what_is_below_zero_is_told_its_range() {
        assert_eq!(whole_number("1,270", 1, 9_999), Ok(Some(1_270)));
        assert_eq!(whole_number("-3", 1, 180), Err(Problem::OutOfRange { min: 1, max: 180 }));
        for wrong in ["-", "--3", "-3일", "3.5", "1e9"] {
            assert_eq!(whole_number(wrong, 1, 180), Err(Problem::NotNumber), "{wrong}");
        }
    }

    #[test]
    fn refuses_addresses_that_run_code() {
        for wrong in [
            "javascript:alert(1)",
            "https://a b.kr",
            "https://x",
            "data:text/html,x",
            "https://a.kr/\"><script>",
        ] {
            assert_eq!(web_address(wrong), Err(Problem::NotUrl), "{wrong}");
        }
        assert_eq!(web_address("https://example.kr/a?b=c"), Ok(Some("https://example.kr/a?b=c".into())));
    }
}
