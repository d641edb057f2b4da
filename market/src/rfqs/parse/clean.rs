//! One spelling: widths, signs of times and diameter, thousands, Korean multiples; then rows and pieces of rows.

use super::units;

/// Rows of a text without the marks of lists and without greetings.
pub fn rows(text: &str) -> Vec<String> {
    let narrow: String = text.chars().map(narrow).collect();
    narrow
        .lines()
        .map(|row| {
            let row = row
                .trim()
                .trim_start_matches([
                    '-', '•', '·', '*', '▶', '○', '●', '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩',
                ])
                .trim();
            numbered(row).to_owned()
        })
        .filter(|row| !row.is_empty())
        .collect()
}

fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '✕' | '✖' | '╳' => '×',
        'ø' | 'Ø' | 'φ' | 'ϕ' | '∅' | '⌀' => 'Φ',
        '”' | '“' | '″' => '"',
        '’' | '‘' => '\'',
        _ => c,
    }
}

/// `1. 육각볼트`, `2) 너트` without the number.
fn numbered(row: &str) -> &str {
    let Some((digits, rest)) = units::number(row) else { return row };
    let mark = rest.strip_prefix(['.', ')']).filter(|after| after.starts_with(' '));
    match mark {
        Some(after) if digits.len() <= 2 && !digits.contains('.') => after.trim_start(),
        _ => row,
    }
}

/// The pieces of a row between commas, slashes and pluses, each in one spelling.
pub fn pieces(row: &str) -> Vec<String> {
    let chars: Vec<char> = row.chars().collect();
    let mut pieces = vec![String::new()];
    let mut depth = 0_i32;
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
        let after = chars.get(at + 1).copied().unwrap_or(' ');
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        let splits = match c {
            ',' | '，' => !(before.is_ascii_digit() && after.is_ascii_digit()),
            ';' => true,
            '/' | '+' | '-' | '–' => depth <= 0 && before == ' ' && after == ' ',
            '.' => after == ' ' && (!before.is_ascii() || before.is_ascii_lowercase()),
            _ => false,
        };
        if splits {
            pieces.push(String::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(if matches!(c, '(' | ')') { ' ' } else { *c });
        }
    }
    pieces.iter().map(|piece| spell(piece)).filter(|piece| !piece.is_empty()).collect()
}

fn spell(piece: &str) -> String {
    let piece = numbers(piece);
    let piece = times(&piece);
    let mut words: Vec<String> = Vec::new();
    for word in piece.split_whitespace() {
        let word = multiples(word);
        let glued = words.last_mut().filter(|last| glues(last, &word));
        match glued {
            Some(last) => last.push_str(&word),
            None => words.push(word),
        }
    }
    words.join(" ")
}

/// `M 8` is `M8`, `SUS 304` is `SUS304`, `파이 80` is `Φ80`, `Φ 80` is `Φ80`.
fn glues(last: &str, word: &str) -> bool {
    let number = word.starts_with(|c: char| c.is_ascii_digit());
    let low = last.to_lowercase();
    number && (matches!(low.as_str(), "m" | "sus" | "sts" | "Φ" | "φ" | "ø" | "sch") || last == "Φ")
}

fn multiples(word: &str) -> String {
    if let Some((number, rest)) = units::korean_number(word)
        && (rest.is_empty() || units::find(rest).is_some())
    {
        return format!("{number}{rest}");
    }
    let thousands = word.strip_suffix(['k', 'K']).filter(|_| word.ends_with('k'));
    match thousands {
        Some(digits)
            if digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.is_empty() =>
        {
            format!("{digits}000")
        }
        _ => word.to_owned(),
    }
}

/// `2,000` and `2 000` are 2000; `2,5` is 2.5.
fn numbers(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        let run = (1..=4).take_while(|ahead| digit(at + ahead)).count();
        if *c == ',' && at > 0 && digit(at - 1) {
            if run != 3 {
                out.push('.');
            }
            continue;
        }
        let lone = (1..=3).take_while(|back| at >= *back && digit(at - back)).count();
        let starts = at < lone + 1 || chars.get(at - lone - 1).is_none_or(|c| *c == ' ');
        if *c == ' '
            && run == 3
            && (1..=3).contains(&lone)
            && starts
            && chars.get(at + 4).is_some_and(|c| *c == ' ')
        {
            continue;
        }
        out.push(*c);
    }
    out
}

/// Every sign of times between sizes is `×` without blanks; before a counted number it is nothing.
fn times(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        if !matches!(c, 'x' | 'X' | '*' | '×') {
            out.push(*c);
            at += 1;
            continue;
        }
        let left = out.trim_end();
        let rest: String = chars.iter().skip(at + 1).collect();
        let right = rest.trim_start();
        let left_size = left.ends_with(|c: char| c.is_ascii_digit() || c == '"')
            || left.rsplit(' ').next().is_some_and(|word| {
                word.starts_with(|c: char| c.is_ascii_digit() || c == 'Φ')
                    && word.chars().rev().take(2).any(|c| c.is_ascii_alphabetic())
            });
        let right_size = right.starts_with(|c: char| c.is_ascii_digit() || c == 'Φ');
        if left_size && right_size {
            if counted(right) && left.len() < out.len() {
                out.push(' ');
            } else {
                out.truncate(left.len());
                out.push('×');
                at += 1 + (rest.chars().count() - right.chars().count());
                continue;
            }
        } else if *c == '×'
            || (left_size
                && rest.starts_with(' ')
                && left.len() < out.len()
                && left.rsplit(' ').next() == Some(left))
        {
            // `10 x solenoid valve`: a count of things
            out.push_str("×ea ");
        } else {
            out.push(*c);
        }
        at += 1;
    }
    out
}

/// Whether a number with a counted unit starts here.
fn counted(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let Some((_, rest)) = words.next().and_then(units::number) else { return false };
    let unit = if rest.is_empty() { words.next().unwrap_or_default() } else { rest };
    units::find(unit).is_some_and(|(_, class)| class == units::Class::Count)
}
