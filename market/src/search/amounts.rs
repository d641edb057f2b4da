//! Amounts and counts in the words of conditions: 5만, 1만5천, 50k, 삼만오천, 일주일, 열흘. Texts have no blanks.

/// `5만`, `1만5천`, `1.5만`, `50000`, `50k`; without any digit also `삼만`, `오천`, `만`.
pub(super) fn amount(text: &str) -> Option<i64> {
    if text.bytes().any(|b| b.is_ascii_digit()) { in_digits(text) } else { spelled(text) }
}

/// The letters behind the first digits: what the number before a range leaves out (10~20만).
pub(super) fn first_unit(text: &str) -> &str {
    let behind = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let end = behind.find(|c: char| c.is_ascii_digit()).unwrap_or(behind.len());
    behind.get(..end).unwrap_or_default()
}

fn in_digits(text: &str) -> Option<i64> {
    const UNITS: [(&str, i64); 6] =
        [("억", 100_000_000), ("만", 10_000), ("천", 1_000), ("백", 100), ("k", 1_000), ("m", 1_000_000)];
    let mut rest = text;
    let mut sum = 0_i64;
    let mut last = i64::MAX;
    while !rest.is_empty() {
        let digits = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').count();
        let (number, behind) = rest.split_at(digits);
        if digits == 0 || digits > 13 {
            return None;
        }
        let thousandths = thousandths(number)?;
        let mut unit = 1;
        rest = behind;
        // 5백만 is five times a hundred times ten thousand
        while let Some((word, size)) = UNITS.iter().find(|(word, _)| rest.starts_with(word)) {
            unit = i64::checked_mul(unit, *size)?;
            rest = rest.strip_prefix(word)?;
        }
        if unit >= last || (unit == 1 && thousandths % 1000 != 0) {
            return None;
        }
        last = unit;
        sum = sum.checked_add(thousandths.checked_mul(unit)? / 1000)?;
    }
    (last != i64::MAX).then_some(sum)
}

fn thousandths(number: &str) -> Option<i64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if part.len() > 3 || part.contains('.') || whole.is_empty() {
        return None;
    }
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(part)
}

/// A number written out in Korean: tens, hundreds and thousands inside of 만 and 억, each falling; one is left out.
fn spelled(text: &str) -> Option<i64> {
    const DIGITS: [char; 9] = ['일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];
    let (mut total, mut part, mut digit) = (0_i64, 0_i64, None);
    let (mut large, mut small) = (i64::MAX, i64::MAX);
    for c in text.chars() {
        if let Some(at) = DIGITS.iter().position(|known| *known == c) {
            if digit.is_some() {
                return None;
            }
            digit = Some(i64::try_from(at + 1).ok()?);
            continue;
        }
        let (unit, groups) = match c {
            '십' => (10, false),
            '백' => (100, false),
            '천' => (1_000, false),
            '만' => (10_000, true),
            '억' => (100_000_000, true),
            _ => return None,
        };
        let falling = if groups { &mut large } else { &mut small };
        if unit >= *falling {
            return None;
        }
        *falling = unit;
        if groups {
            let count = part + digit.take().unwrap_or(0);
            total += count.max(1) * unit;
            (part, small) = (0, i64::MAX);
        } else {
            part += digit.take().unwrap_or(1) * unit;
        }
    }
    (!text.is_empty()).then_some(total + part + digit.unwrap_or(0))
}

/// A whole number in digits.
pub(super) fn count(text: &str) -> Option<i64> {
    let digits: usize = text.chars().take_while(char::is_ascii_digit).count();
    if digits == 0 || digits > 9 || digits != text.len() {
        return None;
    }
    text.parse().ok()
}

/// A number of days: `7일`, `2주`, `일주일`, `한달`, `열흘`.
pub(super) fn days(text: &str) -> Option<i64> {
    const NAMES: [(&str, i64); 11] = [
        ("하루", 1),
        ("이틀", 2),
        ("사흘", 3),
        ("나흘", 4),
        ("닷새", 5),
        ("엿새", 6),
        ("이레", 7),
        ("여드레", 8),
        ("아흐레", 9),
        ("열흘", 10),
        ("보름", 15),
    ];
    const NATIVE: [(&str, i64); 8] =
        [("한", 1), ("두", 2), ("세", 3), ("석", 3), ("네", 4), ("넉", 4), ("다섯", 5), ("여섯", 6)];
    const UNITS: [(&str, i64); 12] = [
        ("일", 1),
        ("영업일", 1),
        ("주일", 7),
        ("주", 7),
        ("개월", 30),
        ("달", 30),
        ("days", 1),
        ("day", 1),
        ("weeks", 7),
        ("week", 7),
        ("months", 30),
        ("month", 30),
    ];
    let listed = |list: &[(&str, i64)], word: &str| {
        list.iter().find(|(known, _)| *known == word).map(|(_, number)| *number)
    };
    let number = |word: &str| count(word).or_else(|| listed(&NATIVE, word)).or_else(|| spelled(word));
    listed(&NAMES, text).or_else(|| {
        UNITS.iter().find_map(|(unit, length)| {
            let number = number(text.strip_suffix(unit)?)?;
            (number <= 3_650).then_some(number * length)
        })
    })
}
