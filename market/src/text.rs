//! What a person typed, made safe to keep: composed (NFC), without control and direction-override
//! characters, trimmed, and measured in characters.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::error::Problem;

/// Characters that are seen nowhere and change how other text reads or compares: bidi marks, overrides and isolates,
/// zero-width marks, fillers of Hangul, byte-order mark, marks of annotations, tag characters. The two joiners that emoji and some
/// scripts need are none of them.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Signs that count as Hangul letters and look like a blank, which some write in place of one.
pub fn is_blank_letter(c: char) -> bool {
    matches!(c, '\u{3164}' | '\u{ffa0}')
}

/// What is kept nowhere: what is invisible, C0/C1 controls, line and paragraph separators, the two that are no characters.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
        || is_invisible(c)
}

/// Joiners and variation selectors: they change what stands before them, and alone they are nothing.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// Composed, after what is hidden went: what it held apart may belong together.
fn visible(input: &str) -> String {
    let blank = |c: char| if c == '\t' || is_blank_letter(c) { ' ' } else { c };
    let kept: String = input.chars().filter(|c| !is_hidden(*c)).map(blank).collect();
    if kept.chars().all(|c| is_joiner(c) || c.is_whitespace()) {
        return String::new();
    }
    if is_nfc(&kept) { kept } else { kept.nfc().collect() }
}

/// One line: composed, hidden characters removed, every run of white space one blank, trimmed.
pub fn line(input: &str) -> String {
    visible(input).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Several lines: like [`line()`], keeping line breaks (at most two in a row) and tabs as blanks.
pub fn block(input: &str) -> String {
    let clean = visible(&input.replace("\r\n", "\n").replace('\r', "\n"));
    let mut out = String::with_capacity(clean.len());
    let mut breaks = 0;
    for c in clean.chars() {
        if c == '\n' {
            breaks += 1;
            if breaks > 2 {
                continue;
            }
        } else {
            breaks = 0;
        }
        out.push(c);
    }
    out.trim().to_owned()
}

/// Half-width Latin, digits and signs: Korean keyboards write `ａ＠ｂ．ｋｒ` and `１，２７０` now and then.
pub fn half_width(input: &str) -> String {
    let fold = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    input.chars().map(fold).collect()
}

/// What is typed in figures, such as an amount or a number of something: one line in half width.
pub fn figures(input: &str) -> String {
    line(&half_width(input))
}

/// Length in characters, the unit of every limit that a person is told.
pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// A cleaned line of `min..=max` characters; `min` of 0 allows nothing.
pub fn line_within(input: &str, min: usize, max: usize) -> Result<String, Problem> {
    within(line(input), min, max)
}

/// The name of somebody or something: a cleaned line of `min..=max` characters with a letter or a digit; `min` of 0 allows nothing.
pub fn name_within(input: &str, min: usize, max: usize) -> Result<String, Problem> {
    let name = line_within(input, min, max)?;
    if name.is_empty() || name.chars().any(char::is_alphanumeric) {
        Ok(name)
    } else {
        Err(Problem::Rule("name.letters".into()))
    }
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
    let plain: String = figures(input).chars().filter(|c| !matches!(c, ',' | ' ')).collect();
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
    let clean = figures(input);
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
    fn what_nobody_sees_stays_in_no_text() {
        for c in "\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180e}\u{206a}\u{206b}\u{206c}\u{206d}\u{206e}\u{206f}".chars() {
            assert_eq!(line(&format!("볼{c}트")), "볼트", "{c:?}");
            assert_eq!(block(&format!("볼{c}트")), "볼트", "{c:?}");
        }
        for c in ['\u{3164}', '\u{ffa0}'] {
            assert_eq!(line(&format!("{c}육각{c}{c}볼트{c}")), "육각 볼트", "{c:?}");
            assert_eq!(block(&format!("{c}육각{c}볼트\n{c}")), "육각 볼트", "{c:?}");
        }
        for alone in
            ["\u{3164}", "\u{ffa0}\u{3164}", "\u{ad}", "\u{200d}", "\u{200c} \u{fe0f}", "\u{115f}\u{1160}"]
        {
            assert_eq!(line_within(alone, 1, 60), Err(Problem::Required), "{alone:?}");
            assert_eq!(block_within(alone, 1, 60), Err(Problem::Required), "{alone:?}");
        }
        // what was held apart is one syllable, and signs of several parts stay whole
        assert_eq!(line("\u{1112}\u{ad}\u{1161}"), "하");
        assert_eq!(line("👩\u{200d}🔧 می\u{200c}خواهم"), "👩\u{200d}🔧 می\u{200c}خواهم");
    }

    #[test]
    fn a_name_has_a_letter_or_a_digit() {
        for name in ["가온벼리볼트", "3M", "<b>&", "Ωhm"] {
            assert_eq!(name_within(name, 1, 60), Ok(name.into()), "{name}");
        }
        for wrong in ["...", "—", "👩\u{200d}🔧", "\u{2800}\u{2800}"] {
            assert_eq!(name_within(wrong, 1, 60), Err(Problem::Rule("name.letters".into())), "{wrong}");
        }
        assert_eq!(name_within("\u{3164}", 0, 60), Ok(String::new()));
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
        assert_eq!(whole_number("１，２７０", 1, 9_999), Ok(Some(1_270)), "in full width");
        assert_eq!(telephone("０３１－１２３－４５６７"), Ok("031-123-4567".into()));
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
