//! From a document to index terms. The same functions make the terms of a question, so both always meet.

use super::{
    clean::{clean, is_word, squash},
    codes,
    condition_words::bare_region,
    grams::{grams, initials, syllable_pairs},
    hangul, head, measure,
    model::SearchDoc,
    scales, sound,
};

/// Where a term stands. Engines keep one inverted list per field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Whole words of titles and part number.
    Title,
    /// Neighbouring syllables of titles, with positions, running on over blanks.
    TitleGram,
    /// Whole words of category names.
    Category,
    /// Neighbouring syllables of category names.
    CategoryGram,
    /// Whole words of everything else.
    Body,
    /// Neighbouring syllables of everything else.
    BodyGram,
    /// Numbers with units.
    Spec,
    /// Neighbouring triples of part numbers without hyphens, with positions.
    Code,
    /// Part numbers without hyphens, whole.
    CodeWhole,
    /// Neighbouring initials, with positions.
    Initials,
    /// Words and their endings in letters, for unfinished syllables and slips.
    Letters,
    /// Words and their endings as they sound.
    Sound,
    /// Consonants of whole words in either script.
    Skeleton,
    /// Words of the region; and names of regions in titles, each with the word behind it ([`place_pair`]);
    /// and what the vendor is certified for ([`badge_term`]).
    Region,
}

impl Field {
    /// Every field, in index order.
    pub const ALL: [Self; 14] = [
        Self::Title,
        Self::TitleGram,
        Self::Category,
        Self::CategoryGram,
        Self::Body,
        Self::BodyGram,
        Self::Spec,
        Self::Code,
        Self::CodeWhole,
        Self::Initials,
        Self::Letters,
        Self::Sound,
        Self::Skeleton,
        Self::Region,
    ];

    /// Name in the index.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::TitleGram => "title_gram",
            Self::Category => "category",
            Self::CategoryGram => "category_gram",
            Self::Body => "body",
            Self::BodyGram => "body_gram",
            Self::Spec => "spec",
            Self::Code => "code",
            Self::CodeWhole => "code_whole",
            Self::Initials => "initials",
            Self::Letters => "letters",
            Self::Sound => "sound",
            Self::Skeleton => "skeleton",
            Self::Region => "region_word",
        }
    }

    /// Whether positions matter.
    pub const fn has_positions(self) -> bool {
        matches!(self, Self::TitleGram | Self::CategoryGram | Self::BodyGram | Self::Code | Self::Initials)
    }
}

/// A term at its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Text of the term.
    pub text: String,
    /// Position; only neighbours have neighbouring positions.
    pub position: usize,
}

/// All terms of a document by field, and the number of title words.
#[derive(Debug, Clone, Default)]
pub struct DocTerms {
    /// Terms by field, each list ordered by position.
    pub fields: Vec<(Field, Vec<Term>)>,
    /// Length of the title, for preferring short titles.
    pub title_len: u32,
}

/// Longest run of syllables that is taken apart into endings.
const LONGEST_RUN: usize = 14;

/// Terms of a document.
pub fn doc_terms(doc: &SearchDoc) -> DocTerms {
    let titles = [clean(&doc.title_ko), clean(&doc.title_en), clean(&doc.part_number)];
    let title = distinct(&titles);
    let category = clean(&doc.category_names);
    let pieces: Vec<String> = pieces(&doc.category_names).collect();
    let [description, specs, keywords] = [&doc.description, &doc.specs, &doc.keywords].map(|t| clean(t));
    let [unit, hs_code, vendor_ko, vendor_en] =
        [&doc.unit, &doc.hs_code, &doc.vendor_ko, &doc.vendor_en].map(|t| clean(t));
    let body = [&description, &specs, &keywords, &unit, &hs_code, &vendor_ko, &vendor_en]
        .map(String::as_str)
        .join(" ; ");
    let named = format!("{title} ; {category}");
    let sizes = sizes(&title, &format!("{specs} ; {keywords}"), &description);
    let (mut codes, joined) = (codes(&title), codes::joined(&title));
    codes.extend(joined.iter().filter(|both| both.open).map(|both| both.code.clone()));
    let fields = vec![
        (Field::Title, unplaced(words(&title).into_iter().chain(head::terms(&titles[0], &titles[1])))),
        (Field::TitleGram, grams(&title)),
        (
            Field::Category,
            unplaced(words(&category).into_iter().chain(pieces.iter().map(|p| format!("={p}")))),
        ),
        (Field::CategoryGram, grams(&category)),
        (Field::Body, unplaced(words(&body))),
        (Field::BodyGram, syllable_pairs(&body)),
        (Field::Spec, unplaced(sizes)),
        (
            Field::Code,
            codes.iter().enumerate().flat_map(|(i, code)| triples(&format!("^{code}$"), i * 100)).collect(),
        ),
        (Field::CodeWhole, unplaced(codes.into_iter().chain(joined.into_iter().map(|both| both.code)))),
        (Field::Initials, [initials(&title, "", 0), initials(&category, "c", 10_000)].concat()),
        (Field::Letters, unplaced(endings(&named, 2).map(|run| hangul::letters(&run)))),
        (
            Field::Sound,
            unplaced(
                endings(&title, 1)
                    .map(|run| sound::key(&run))
                    .filter(|k| k.len() >= 2)
                    .chain(pieces.iter().map(|p| format!("={}", sound::key(p))))
                    .chain(endings(&category, 2).map(|run| format!("c{}", sound::key(&run)))),
            ),
        ),
        (
            Field::Skeleton,
            unplaced(
                runs(&named).into_iter().map(|run| sound::skeleton(&stem(&run))).filter(|s| s.len() >= 3),
            ),
        ),
        (
            Field::Region,
            unplaced(
                region_words(&clean(&doc.region_names))
                    .into_iter()
                    .chain(place_pairs(&title))
                    .chain(doc.badges.iter().chain(&doc.certificates).map(|code| badge_term(code))),
            ),
        ),
    ];
    DocTerms { fields, title_len: u32::try_from(words(&titles[0]).len()).unwrap_or(u32::MAX) }
}

/// Terms of sizes. What running text says of a quantity that the title names is no size of the goods: a can of 1 l is
/// none of 18 because eighteen are the smallest order.
fn sizes(title: &str, stated: &str, told: &str) -> Vec<String> {
    let named: Vec<measure::Measure> = measure::measures(title);
    let quantities: Vec<&str> =
        named.iter().flat_map(|m| &m.terms).filter_map(|term| scales::quantity(term)).collect();
    let other = |m: &measure::Measure| {
        !m.terms.iter().filter_map(|term| scales::quantity(term)).any(|one| quantities.contains(&one))
    };
    let mut all: Vec<String> = named.iter().flat_map(|m| m.terms.clone()).collect();
    all.extend(measure::measures(stated).into_iter().flat_map(|m| m.terms));
    all.extend(measure::measures(told).into_iter().filter(other).flat_map(|m| m.terms));
    all
}

/// Names of regions in a cleaned title, each with the word right behind it: only a blank or a hyphen may stand between.
fn place_pairs(title: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut before: Option<&str> = None;
    for piece in title.split([' ', '-']).filter(|piece| !piece.is_empty()) {
        if let Some(name) = before.filter(|_| piece.starts_with(is_word)) {
            out.extend(place_pair(name, piece));
        }
        before = piece.ends_with(is_word).then(|| piece.rsplit(|c: char| !is_word(c)).next()).flatten();
        before = before.filter(|name| bare_region(name));
    }
    out
}

/// The term of a region's name with the word behind it, both cleaned. No other term has a blank.
pub fn place_pair(name: &str, next: &str) -> Option<String> {
    let next = next.split(|c: char| !is_word(c)).find(|word| !word.is_empty())?;
    Some(format!("{name} {}", stem(next)))
}

/// The term of a certificate or status of the vendor; no word has this sign.
pub fn badge_term(code: &str) -> String {
    format!("#{code}")
}

/// The names of the categories, each whole and without blanks.
fn pieces(names: &str) -> impl Iterator<Item = String> {
    names.split(['>', ';', '/', '\n', '\t']).map(|name| squash(&clean(name))).filter(|p| !p.is_empty())
}

fn distinct(texts: &[String]) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for text in texts {
        if !text.is_empty() && !kept.contains(&text.as_str()) {
            kept.push(text);
        }
    }
    kept.join(" ; ")
}

fn unplaced(texts: impl IntoIterator<Item = String>) -> Vec<Term> {
    let mut all: Vec<String> = texts.into_iter().filter(|t| !t.is_empty() && t.len() <= 200).collect();
    all.sort();
    all.dedup();
    all.into_iter().enumerate().map(|(position, text)| Term { text, position }).collect()
}

/// Words of a cleaned text: as they stand, and their parts of one script; Latin words by their stem.
pub fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for word in text.split(|c: char| !is_word(c)).filter(|w| !w.is_empty()) {
        out.push(if word.is_ascii() { stem(word) } else { word.to_owned() });
        let parts = scripts(word);
        if parts.len() > 1 {
            out.extend(parts.into_iter().filter(|p| !p.starts_with(|c: char| c.is_ascii_digit())).map(stem));
        }
    }
    out.extend(hyphenated(text));
    out
}

/// Latin words with hyphens, also without them: f-cv as fcv, t-bar as tbar.
fn hyphenated(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !is_word(c) && c != '-')
        .filter(|word| word.contains('-') && word.bytes().all(|b| b == b'-' || b.is_ascii_alphabetic()))
        .map(|word| word.replace('-', ""))
        .filter(|word| (2..=12).contains(&word.len()))
}

/// Runs of one script: syllables, Latin letters, digits, others.
pub fn scripts(word: &str) -> Vec<&str> {
    let class = |c: char| match c {
        c if hangul::is_hangul(c) => 0,
        c if c.is_ascii_digit() => 1,
        c if c.is_alphabetic() => 2,
        _ => 3,
    };
    let mut out = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (i, c) in word.char_indices() {
        if last.is_some_and(|l| l != class(c)) {
            out.extend(word.get(start..i));
            start = i;
        }
        last = Some(class(c));
    }
    out.extend(word.get(start..).filter(|rest| !rest.is_empty()));
    out
}

/// English words without the endings that do not change the thing: screws, welding, welded.
pub fn stem(word: &str) -> String {
    if !word.is_ascii() || word.bytes().any(|b| b.is_ascii_digit()) || word.len() < 4 {
        return word.to_owned();
    }
    let cut = |w: &str, ending: &str, room: usize| {
        w.strip_suffix(ending).filter(|s| s.len() >= room).map(str::to_owned)
    };
    let singular = if let Some(s) = cut(word, "ies", 3) {
        format!("{s}y")
    } else if ["sses", "xes", "ches", "shes", "zes"].iter().any(|e| word.ends_with(e)) {
        word.get(..word.len() - 2).unwrap_or(word).to_owned()
    } else if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        word.to_owned()
    } else {
        cut(word, "s", 3).unwrap_or_else(|| word.to_owned())
    };
    let base = cut(&singular, "ing", 4).or_else(|| cut(&singular, "ed", 4)).unwrap_or(singular);
    if base.len() >= 5 { base.strip_suffix('e').unwrap_or(&base).to_owned() } else { base }
}

/// Runs of one script in a text, Hangul or Latin.
fn runs(text: &str) -> Vec<String> {
    text.split(|c: char| !is_word(c))
        .flat_map(scripts)
        .filter(|r| !r.starts_with(|c: char| c.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

/// Every Hangul word and what remains of it from each syllable on, at least `shortest` syllables long.
fn endings(text: &str, shortest: usize) -> impl Iterator<Item = String> {
    let runs: Vec<Vec<char>> = runs(text)
        .iter()
        .map(|r| r.chars().filter(|c| hangul::is_hangul(*c)).take(LONGEST_RUN).collect())
        .collect();
    runs.into_iter().flat_map(move |run| {
        let count = (run.len() + 1).saturating_sub(shortest);
        (0..count).map(move |i| run.iter().skip(i).collect()).collect::<Vec<String>>()
    })
}

/// Part numbers of a text, without hyphens: at least three signs, one of them a digit.
pub fn codes(text: &str) -> Vec<String> {
    let mut out: Vec<String> = text
        .split(|c: char| {
            c == ' ' || matches!(c, ',' | '(' | ')' | ';' | '[' | ']' | '"') || hangul::is_hangul(c)
        })
        .map(|word| squash(word).replace(|c: char| !c.is_ascii(), ""))
        .filter(|code| (3..=40).contains(&code.len()) && code.bytes().any(|b| b.is_ascii_digit()))
        .collect();
    out.dedup();
    out
}

/// Three neighbouring signs each, at growing positions.
pub fn triples(code: &str, base: usize) -> Vec<Term> {
    let bytes: Vec<char> = code.chars().collect();
    bytes.windows(3).enumerate().map(|(i, w)| Term { text: w.iter().collect(), position: base + i }).collect()
}

/// Region words as people write them: 경기도 also as 경기, 화성시 also as 화성.
pub fn region_words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for word in text.split(|c: char| !is_word(c)).filter(|w| !w.is_empty()) {
        out.push(region_word(word));
    }
    out
}

/// The short name of a region word.
pub fn region_word(word: &str) -> String {
    const NAMES: &[(&str, &str)] = &[
        ("경상북도", "경북"),
        ("경상남도", "경남"),
        ("전라북도", "전북"),
        ("전북특별자치도", "전북"),
        ("전라남도", "전남"),
        ("충청북도", "충북"),
        ("충청남도", "충남"),
        ("강원특별자치도", "강원"),
        ("강원도", "강원"),
        ("제주특별자치도", "제주"),
        ("제주도", "제주"),
        ("경기도", "경기"),
        ("서울특별시", "서울"),
        ("서울시", "서울"),
        ("seoul", "서울"),
        ("busan", "부산"),
        ("daegu", "대구"),
        ("incheon", "인천"),
        ("gwangju", "광주"),
        ("daejeon", "대전"),
        ("ulsan", "울산"),
        ("sejong", "세종"),
        ("gyeonggi", "경기"),
        ("gangwon", "강원"),
        ("jeju", "제주"),
        ("세종특별자치시", "세종"),
    ];
    if let Some((_, short)) = NAMES.iter().find(|(long, _)| *long == word) {
        return (*short).to_owned();
    }
    for ending in ["특별자치도", "특별자치시", "광역시", "특별시", "시", "군", "구"] {
        if let Some(short) = word.strip_suffix(ending).filter(|s| s.chars().count() >= 2) {
            return short.to_owned();
        }
    }
    word.to_owned()
}

#[cfg(test)]
#[path = "terms_tests.rs"]
mod tests;
