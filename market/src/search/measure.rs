//! Sizes, ratings and numbers: one grammar for documents and questions. Numbers never match loosely: what is indexed
//! is the unit with the exact number (`dn:15`), so D15 and D150 share nothing.

use super::{
    particles,
    pieces::{Piece, Token, tokens},
    scales, units,
};

/// A part of a question that asks for a number: any of the forms answers it, the first best.
pub type Ask = Vec<(String, f32)>;

/// One number or dimension found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Bytes of the text, from.
    pub start: usize,
    /// Bytes of the text, to.
    pub end: usize,
    /// Index terms when it stands in a document.
    pub terms: Vec<String>,
    /// What it asks for when it stands in a question; empty for quantities.
    pub asks: Vec<Ask>,
    /// A number without any unit.
    pub bare: bool,
}

#[derive(Debug, Clone, Default)]
struct Factor {
    prefix: &'static str,
    number: String,
    unit: String,
    start: usize,
    end: usize,
}

/// All measures of a cleaned text, in order, not overlapping.
pub fn measures(text: &str) -> Vec<Measure> {
    let tokens = tokens(text);
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match chain(&tokens, i) {
            Some((factors, next)) => {
                out.extend(measure(&factors));
                i = next.max(i + 1);
            }
            None => i = skip(&tokens, i),
        }
    }
    out
}

/// Steps over one piece; over a whole part number when letters and digits touch.
fn skip(tokens: &[Token<'_>], i: usize) -> usize {
    let mut next = i + 1;
    let glued =
        |at: usize| matches!(tokens.get(at).map(|t| t.piece), Some(Piece::Latin(_) | Piece::Number(_)));
    if glued(i) {
        while glued(next) {
            next += 1;
        }
    }
    next
}

/// Factors joined by crosses, beginning here, and the token behind them.
fn chain(tokens: &[Token<'_>], at: usize) -> Option<(Vec<Factor>, usize)> {
    let (first, mut next) = factor(tokens, at, true)?;
    let mut factors = vec![first];
    while factors.len() < 6 {
        let mut ahead = next;
        while tokens.get(ahead).is_some_and(|t| t.piece == Piece::Gap) {
            ahead += 1;
        }
        if tokens.get(ahead).map(|t| t.piece) != Some(Piece::Sign('×')) {
            break;
        }
        ahead += 1;
        while tokens.get(ahead).is_some_and(|t| t.piece == Piece::Gap) {
            ahead += 1;
        }
        let Some((more, after)) = factor(tokens, ahead, false) else { break };
        factors.push(more);
        next = after;
    }
    Some((factors, next))
}

fn factor(tokens: &[Token<'_>], at: usize, first: bool) -> Option<(Factor, usize)> {
    let mut i = at;
    let start = tokens.get(i)?.start;
    // k-630, and letters of an unfinished syllable before a number (a part number on the other keyboard): no measure
    if let Some(Piece::Sign(c)) = at.checked_sub(1).and_then(|before| tokens.get(before)).map(|t| t.piece) {
        let hyphenated = c == '-'
            && matches!(
                at.checked_sub(2).and_then(|i| tokens.get(i)).map(|t| t.piece),
                Some(Piece::Latin(_))
            );
        if super::hangul::is_letter(c) || hyphenated {
            return None;
        }
    }
    let mut prefix = "";
    match tokens.get(i)?.piece {
        Piece::Latin(letters) => {
            // a letter glued to what stands before is the end of a longer word
            prefix = units::prefix(letters)?;
            i += 1;
            if matches!(tokens.get(i).map(|t| t.piece), Some(Piece::Sign('#'))) && prefix == "s" {
                prefix = "sch";
                i += 1;
            } else if prefix == "s" {
                return None;
            }
        }
        Piece::Sign('#') => {
            prefix = "#";
            i += 1;
        }
        Piece::Number(_) => {}
        _ => return None,
    }
    let Piece::Number(digits) = tokens.get(i)?.piece else { return None };
    let (number, after) = fraction(tokens, i, digits);
    let (unit, next) = unit(tokens, after, &number);
    let glued_code = prefix.is_empty()
        && first
        && unit.is_empty()
        && matches!(tokens.get(next).map(|t| t.piece), Some(Piece::Latin(_)));
    let end = tokens.get(next.saturating_sub(1)).map_or(start, |t| t.end);
    // letters follow the number of a prefixed one: D15T is a code unless a unit was read
    let coded = !prefix.is_empty()
        && unit.is_empty()
        && matches!(tokens.get(next).map(|t| t.piece), Some(Piece::Latin(_)));
    (!glued_code && !coded).then_some((Factor { prefix, number, unit, start, end }, next))
}

/// 1/2, 1-1/2, ratios (1/50, 1:50) and plain numbers.
fn fraction(tokens: &[Token<'_>], i: usize, digits: &str) -> (String, usize) {
    let sign = |at: usize, c: char| tokens.get(at).map(|t| t.piece) == Some(Piece::Sign(c));
    let number = |at: usize| match tokens.get(at).map(|t| t.piece) {
        Some(Piece::Number(n)) => Some(n),
        _ => None,
    };
    let part = |at: usize| {
        let (over, under) = (number(at)?, number(at + 2)?);
        let small: u32 = over.parse().ok()?;
        let fraction = format!("{over}/{under}");
        let inch =
            sign(at + 1, '/') && units::is_inch(&fraction) && under.parse::<u32>().is_ok_and(|u| small < u);
        inch.then_some(fraction)
    };
    if let Some(fraction) = part(i) {
        return (fraction, i + 3);
    }
    // a gear of 1:50; what goes on behind it is a date or a row of numbers
    let alone = |at: usize| !sign(at, '/') && !sign(at, ':');
    if digits == "1" && (sign(i + 1, '/') || sign(i + 1, ':')) && alone(i + 3) && before(i, &alone) {
        let ratio = number(i + 2).filter(|n| n.parse::<u32>().is_ok_and(|n| (2..=9_999).contains(&n)));
        if let Some(ratio) = ratio {
            return (format!("1/{ratio}"), i + 3);
        }
    }
    let gap = tokens.get(i + 1).is_some_and(|t| t.piece == Piece::Gap || t.piece == Piece::Sign('-'));
    if let (true, Some(fraction)) = (gap && digits.len() < 3, part(i + 2)) {
        return (format!("{digits}-{fraction}"), i + 5);
    }
    (plain(digits), i + 1)
}

/// Whether this holds for the token before.
fn before(at: usize, holds: &dyn Fn(usize) -> bool) -> bool {
    at.checked_sub(1).is_none_or(holds)
}

/// One spelling of a number: no thousands commas, no trailing zeros behind the point.
fn plain(digits: &str) -> String {
    let bare: String = digits.chars().filter(|c| *c != ',').collect();
    if bare.contains('.') {
        return bare.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    bare
}

/// The unit behind a number and the token behind it.
fn unit(tokens: &[Token<'_>], at: usize, number: &str) -> (String, usize) {
    let mut i = at;
    if tokens.get(i).is_some_and(|t| t.piece == Piece::Gap) {
        // "10 kg" but not "10 a b": only units of two letters or more may stand apart
        match tokens.get(i + 1).map(|t| t.piece) {
            Some(Piece::Latin(l)) if l.len() > 1 && units::canonical(l).is_some() && ends(tokens, i + 2) => {
                i += 1;
            }
            _ => return (String::new(), at),
        }
    }
    match tokens.get(i).map(|t| t.piece) {
        Some(Piece::Sign('"')) => ("inch".to_owned(), i + 1),
        Some(Piece::Sign('%')) => ("%".to_owned(), i + 1),
        Some(Piece::Sign('°')) => (
            "c".to_owned(),
            if matches!(tokens.get(i + 1).map(|t| t.piece), Some(Piece::Latin("c"))) { i + 2 } else { i + 1 },
        ),
        Some(Piece::Sign('#')) => ("#".to_owned(), i + 1),
        Some(Piece::Latin(letters)) => latin_unit(tokens, i, letters, number),
        Some(Piece::Hangul(run)) => hangul_unit(tokens, i, run, at),
        _ => (String::new(), at),
    }
}

/// Whether a word ends before this token.
fn ends(tokens: &[Token<'_>], at: usize) -> bool {
    !matches!(tokens.get(at).map(|t| t.piece), Some(Piece::Latin(_) | Piece::Number(_)))
}

fn latin_unit(tokens: &[Token<'_>], i: usize, letters: &str, number: &str) -> (String, usize) {
    let powered = match tokens.get(i + 1).map(|t| t.piece) {
        Some(Piece::Number(power @ ("2" | "3"))) if matches!(letters, "m" | "mm" | "cm" | "km") => {
            Some(power)
        }
        _ => None,
    };
    let (mut unit, mut next) = match powered {
        Some(power) => (format!("{letters}{power}"), i + 2),
        None => (letters.to_owned(), i + 1),
    };
    if !ends(tokens, next) && !matches!(tokens.get(next).map(|t| t.piece), Some(Piece::Sign('×'))) {
        return (String::new(), i);
    }
    let piece = |at: usize| tokens.get(at).map(|t| t.piece);
    if let (
        Some(Piece::Sign('/')),
        Some(Piece::Latin(below @ ("m" | "cm" | "mm" | "h" | "min" | "s" | "l"))),
    ) = (piece(next), piece(next + 1))
    {
        let power = match piece(next + 2) {
            Some(Piece::Number(p @ ("2" | "3"))) => p,
            _ => "",
        };
        unit = format!("{unit}/{below}{power}");
        next += if power.is_empty() { 2 } else { 3 };
    }
    match units::canonical(&unit) {
        Some(known) => (known, next),
        None if unit.len() <= 3 && number.len() <= 4 => (unit, next),
        None => (String::new(), i),
    }
}

fn hangul_unit(tokens: &[Token<'_>], i: usize, run: &str, at: usize) -> (String, usize) {
    if particles::is_particle(run) && units::hangul(run).is_none_or(|(_, rest)| !rest.is_empty()) {
        return (String::new(), i + 1);
    }
    let known = units::hangul(run)
        .filter(|(_, rest)| rest.is_empty() || particles::is_particle(rest) || units::is_tail(rest));
    match known {
        Some((unit, _)) => (unit.to_owned(), i + 1),
        // an unknown short counter is its own unit: 50회선, 3연
        None if run.chars().count() <= 2 && ends(tokens, i + 1) => (run.to_owned(), i + 1),
        None => (String::new(), at),
    }
}

fn measure(factors: &[Factor]) -> Option<Measure> {
    let (first, last) = (factors.first()?, factors.last()?);
    let mut terms = Vec::new();
    for (i, factor) in factors.iter().enumerate() {
        terms.extend(units::terms(factor.prefix, &factor.number, &factor.unit));
        if factors.len() > 1 {
            terms.push(format!("d:{}", factor.number));
            if i > 0 && first.prefix == "dn" && factor.unit.is_empty() {
                terms.push(format!("dn2:{}", factor.number));
            }
        }
    }
    terms.extend(dims(factors));
    if factors.len() == 1 && first.unit == "각" {
        terms.push(format!("dim:{0}x{0}", first.number));
    }
    terms.sort();
    terms.dedup();
    let bare = factors.len() == 1 && first.prefix.is_empty() && first.unit.is_empty();
    Some(Measure { start: first.start, end: last.end, terms, asks: asks(factors), bare })
}

fn dims(factors: &[Factor]) -> Vec<String> {
    let numbers: Vec<&str> = factors.iter().map(|f| f.number.as_str()).collect();
    let mut out = Vec::new();
    for numbers in std::iter::once(numbers)
        .chain(scaled(factors).as_ref().map(|all| all.iter().map(String::as_str).collect()))
    {
        for width in 2..=numbers.len() {
            out.extend(numbers.windows(width).map(|w| format!("dim:{}", w.join("x"))));
        }
    }
    out
}

/// The sides in millimetres, when all are in the unit of the last and that is a larger one.
fn scaled(factors: &[Factor]) -> Option<Vec<String>> {
    let unit = factors.last().map(|last| last.unit.as_str())?;
    let alike = factors.iter().all(|f| f.prefix.is_empty() && (f.unit.is_empty() || f.unit == unit));
    let sides = factors.iter().map(|f| scales::in_millimetres(&f.number, unit));
    if alike && factors.len() > 1 { sides.collect() } else { None }
}

fn asks(factors: &[Factor]) -> Vec<Ask> {
    let Some(first) = factors.first() else { return Vec::new() };
    let uniform = first.prefix.is_empty()
        && factors
            .iter()
            .all(|f| f.unit.is_empty() || factors.last().is_some_and(|l| l.unit == f.unit && f.unit != "t"));
    if factors.len() > 1 && uniform {
        let whole: Vec<&str> = factors.iter().map(|f| f.number.as_str()).collect();
        let mut ways = vec![(format!("dim:{}", whole.join("x")), 1.0)];
        if let Some(sides) = scaled(factors) {
            let metres = factors.last().is_some_and(|last| last.unit == "m");
            ways.retain_mut(|(_, quality)| {
                // the last of two may be a length of cable whose unit nobody repeats
                *quality = 0.9;
                metres
            });
            ways.insert(0, (format!("dim:{}", sides.join("x")), 1.0));
        }
        return vec![ways];
    }
    let mut out: Vec<Ask> = Vec::new();
    for (i, factor) in factors.iter().enumerate() {
        if particles::is_quantity(&factor.unit) {
            continue;
        }
        let mut forms = units::forms(factor.prefix, &factor.number, &factor.unit);
        if i > 0 && factor.unit.is_empty() && factor.prefix.is_empty() {
            forms = vec![(format!("d:{}", factor.number), 1.0)];
            if first.prefix == "dn" {
                forms.insert(0, (format!("dn2:{}", factor.number), 1.0));
            }
        }
        out.push(forms);
    }
    out
}

#[cfg(test)]
#[path = "measure_tests.rs"]
mod tests;
