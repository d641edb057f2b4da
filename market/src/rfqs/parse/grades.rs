//! Grades: materials, strengths, classes of pressure and protection, standards.

/// Words that are a grade as they stand (upper case).
const WORDS: [&str; 47] = [
    "SUS",
    "STS",
    "SPCC",
    "SPHC",
    "SGCC",
    "SECC",
    "EGI",
    "HDG",
    "NBR",
    "EPDM",
    "FKM",
    "VITON",
    "PTFE",
    "POM",
    "PEEK",
    "ABS",
    "PP",
    "PE",
    "HDPE",
    "LDPE",
    "PC",
    "PET",
    "PA6",
    "PA66",
    "PVDF",
    "UHMW",
    "EPS",
    "JIS",
    "ASTM",
    "ANSI",
    "DIN",
    "GF30",
    "GF20",
    "GF15",
    "MC나일론",
    "티타늄",
    "GCD",
    "FRP",
    "GRP",
    "SCS13",
    "SCS14",
    "CR",
    "EVA",
    "TPU",
    "CPVC",
    "KS",
    "ASME",
];
/// Bare numbers that name an alloy or a strength of bolts.
const BARE: [&str; 20] = [
    "304", "304L", "316", "316L", "321", "310S", "430", "4.8", "5.8", "6.8", "8.8", "10.9", "12.9", "1050",
    "5052", "5083", "6061", "6063", "7075", "2024",
];
/// Letters before digits: `SS400`, `SCM435`, `FCD450`, `C3604`, `E7018`, `IP65`, `PN16`, `SD400`.
const SERIES: [(&str, usize, usize); 26] = [
    ("SS", 3, 3),
    ("SM", 3, 3),
    ("SCM", 3, 3),
    ("SKD", 2, 2),
    ("SKH", 1, 2),
    ("SNCM", 3, 3),
    ("SPV", 3, 3),
    ("STPG", 3, 3),
    ("STKM", 2, 3),
    ("SPP", 2, 3),
    ("SGT", 3, 3),
    ("SRT", 3, 3),
    ("SD", 3, 3),
    ("FCD", 3, 3),
    ("FC", 3, 3),
    ("GC", 3, 3),
    ("ADC", 1, 2),
    ("AC", 1, 1),
    ("C", 4, 4),
    ("E", 4, 4),
    ("IP", 2, 2),
    ("PN", 1, 3),
    ("HRC", 2, 2),
    ("AL", 4, 4),
    ("GR", 1, 1),
    ("Q", 3, 3),
];
const STAINLESS: [&str; 9] =
    ["스텐", "스덴", "스뎅", "스테인리스", "스테인레스", "스테인레스강", "스테인리스강", "STAINLESS", "INOX"];

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The grade that a word is, in one spelling.
pub fn find(word: &str) -> Option<String> {
    let up = word.trim_matches(|c| matches!(c, '.' | ',' | ':')).to_uppercase();
    if WORDS.contains(&up.as_str()) || BARE.contains(&up.as_str()) {
        return Some(up);
    }
    stainless(&up)
        .or_else(|| series(&up))
        .or_else(|| pressure(&up))
        .or_else(|| bolts(&up))
        .or_else(|| alloy(&up))
        .or_else(|| (up.starts_with("GR.") && up.len() <= 5).then(|| word.to_owned()))
}

/// `스텐 304`: the word before a number of the 300s or 400s.
pub fn after_stainless(before: &str, word: &str) -> Option<String> {
    let number = stainless_number(word)?;
    STAINLESS.contains(&before.to_uppercase().as_str()).then(|| format!("SUS{number}"))
}

fn stainless_number(text: &str) -> Option<String> {
    let up = text.to_uppercase();
    let head = up.get(..3)?;
    (digits(head)
        && head.starts_with(['2', '3', '4', '6'])
        && up[3..].chars().all(|c| c.is_ascii_uppercase())
        && up.len() <= 6)
        .then_some(up)
}

fn stainless(up: &str) -> Option<String> {
    let rest = ["SUS", "STS"]
        .iter()
        .find_map(|lead| up.strip_prefix(lead))
        .or_else(|| STAINLESS.iter().find_map(|lead| up.strip_prefix(lead)))?;
    stainless_number(rest.trim_start_matches('-')).map(|number| format!("SUS{number}"))
}

fn series(up: &str) -> Option<String> {
    let (head, tail) = up.split_once('-').map_or((up, ""), |(head, tail)| (head, tail));
    let letters: String = head.chars().take_while(char::is_ascii_uppercase).collect();
    let rest = head.get(letters.len()..)?;
    let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let end = rest.get(number.len()..)?;
    let (_, least, most) = SERIES.iter().find(|(name, ..)| *name == letters)?;
    let fits = (*least..=*most).contains(&number.len())
        && end.len() <= 2
        && end.chars().all(|c| c.is_ascii_uppercase());
    let tempered = tail.is_empty() || (tail.starts_with(['T', 'H', 'O']) && tail.len() <= 4);
    (fits && tempered).then(|| if letters == "GR" { format!("Gr{number}") } else { up.to_owned() })
}

/// `S45C`, `10K`, `1000WOG`, `A106`.
fn pressure(up: &str) -> Option<String> {
    let inner = |lead: &str, tail: &str| {
        up.strip_prefix(lead).and_then(|rest| rest.strip_suffix(tail)).filter(|text| digits(text))
    };
    let steel = inner("S", "C").is_some_and(|text| text.len() == 2);
    let class = inner("", "K").is_some_and(|text| matches!(text, "5" | "10" | "16" | "20" | "30" | "40"));
    let wog = inner("", "WOG").is_some();
    let astm = inner("A", "").is_some_and(|text| text.len() == 3);
    (steel || class || wog || astm).then(|| up.to_owned())
}

/// `A2-70`, `A4-80`.
fn bolts(up: &str) -> Option<String> {
    let (class, strength) = up.split_once('-')?;
    let class = class.strip_prefix('A')?;
    (class.len() == 1 && digits(class) && strength.len() == 2 && digits(strength)).then(|| up.to_owned())
}

/// `6061-T6`.
fn alloy(up: &str) -> Option<String> {
    let (number, temper) = up.split_once('-')?;
    (number.len() == 4 && digits(number) && temper.starts_with(['T', 'H', 'O']) && temper.len() <= 4)
        .then(|| up.to_owned())
}
