//! The table of units: spellings, what a prefix means, and which unit answers for which.

/// Pipe sizes: inches and the nominal diameter in millimetres.
const INCHES: &[(&str, &str)] = &[
    ("1/8", "6"),
    ("1/4", "8"),
    ("3/8", "10"),
    ("1/2", "15"),
    ("3/4", "20"),
    ("1", "25"),
    ("1-1/4", "32"),
    ("1-1/2", "40"),
    ("2", "50"),
    ("2-1/2", "65"),
    ("3", "80"),
    ("4", "100"),
    ("5", "125"),
    ("6", "150"),
    ("8", "200"),
    ("10", "250"),
    ("12", "300"),
    ("14", "350"),
    ("16", "400"),
    ("20", "500"),
];

const LATIN: &[(&str, &str)] = &[
    ("mm", "mm"),
    ("cm", "cm"),
    ("m", "m"),
    ("km", "km"),
    ("um", "um"),
    ("μm", "um"),
    ("in", "inch"),
    ("inch", "inch"),
    ("inches", "inch"),
    ("t", "t"),
    ("thk", "t"),
    ("kg", "kg"),
    ("kgs", "kg"),
    ("k", "kg"),
    ("kgf", "kg"),
    ("kgf/cm2", "kg"),
    ("kg/cm2", "kg"),
    ("g", "g"),
    ("ton", "ton"),
    ("tons", "ton"),
    ("l", "l"),
    ("lt", "l"),
    ("ltr", "l"),
    ("liter", "l"),
    ("litre", "l"),
    ("liters", "l"),
    ("ml", "ml"),
    ("cc", "ml"),
    ("mm2", "mm2"),
    ("sq", "mm2"),
    ("sqmm", "mm2"),
    ("m2", "m2"),
    ("m3", "m3"),
    ("cm2", "cm2"),
    ("cm3", "ml"),
    ("w", "w"),
    ("kw", "kw"),
    ("mw", "mw"),
    ("hp", "hp"),
    ("ps", "hp"),
    ("v", "v"),
    ("vac", "v"),
    ("vdc", "v"),
    ("volt", "v"),
    ("volts", "v"),
    ("kv", "kv"),
    ("mv", "mv"),
    ("a", "a"),
    ("amp", "a"),
    ("amps", "a"),
    ("ma", "ma"),
    ("ua", "ua"),
    ("hz", "hz"),
    ("khz", "khz"),
    ("mhz", "mhz"),
    ("ghz", "ghz"),
    ("ohm", "ohm"),
    ("kohm", "kohm"),
    ("pa", "pa"),
    ("kpa", "kpa"),
    ("mpa", "mpa"),
    ("bar", "bar"),
    ("psi", "psi"),
    ("c", "c"),
    ("deg", "c"),
    ("p", "p"),
    ("pole", "p"),
    ("poles", "p"),
    ("pin", "pin"),
    ("pins", "pin"),
    ("bit", "bit"),
    ("ch", "ch"),
    ("rpm", "rpm"),
    ("db", "db"),
    ("kva", "kva"),
    ("va", "va"),
    ("ph", "상"),
    ("kg/m3", "kg/m3"),
];

/// Longest first where one begins another.
const HANGUL: &[(&str, &str)] = &[
    ("밀리미터", "mm"),
    ("센티미터", "cm"),
    ("킬로그램", "kg"),
    ("킬로와트", "kw"),
    ("제곱미터", "m2"),
    ("세제곱미터", "m3"),
    ("평방미터", "m2"),
    ("스퀘어", "mm2"),
    ("밀리", "mm"),
    ("센티", "cm"),
    ("미터", "m"),
    ("미리", "mm"),
    ("인치", "inch"),
    ("킬로", "kg"),
    ("키로", "kg"),
    ("그램", "g"),
    ("리터", "l"),
    ("리타", "l"),
    ("마력", "hp"),
    ("와트", "w"),
    ("볼트", "v"),
    ("암페어", "a"),
    ("헤르츠", "hz"),
    ("회선", "회선"),
    ("회로", "회로"),
    ("채널", "ch"),
    ("비트", "bit"),
    ("헤베", "m2"),
    ("루베", "m3"),
    ("파이", "φ"),
    ("톤", "ton"),
    ("극", "p"),
    ("핀", "pin"),
    ("구", "구"),
    ("로", "로"),
    ("급", "급"),
    ("종", "종"),
    ("호", "호"),
    ("상", "상"),
    ("각", "각"),
    ("도", "c"),
    ("단", "단"),
    ("연", "연"),
    ("배", "배"),
    ("열", "열"),
];

/// What may follow a Hangul unit without being part of another word.
const TAILS: &[&str] = &["짜리", "용", "형", "식", "급", "이상", "이하", "정도", "규격", "제품"];

/// The prefix these letters are, when they are one.
pub fn prefix(letters: &str) -> Option<&'static str> {
    match letters {
        // hd, shd: deformed bars of high strength
        "d" | "dn" | "φ" | "phi" | "dia" | "hd" | "shd" => Some("dn"),
        "m" => Some("m"),
        "s" => Some("s"),
        "sch" => Some("sch"),
        "t" | "thk" => Some("t"),
        "pn" => Some("pn"),
        "sus" | "sts" | "ss" => Some("sus"),
        "x" => Some(""),
        _ => None,
    }
}

/// The one spelling of a Latin unit.
pub fn canonical(unit: &str) -> Option<&'static str> {
    LATIN
        .iter()
        .find(|(spelled, _)| *spelled == unit)
        .map(|(_, one)| *one)
        .or_else(|| super::particles::is_quantity(unit).then_some("ea"))
}

/// The Hangul unit that a run begins with, and the rest of the run.
pub fn hangul(run: &str) -> Option<(&'static str, &str)> {
    if super::particles::is_quantity(run) {
        return Some(("ea", ""));
    }
    HANGUL.iter().find_map(|(spelled, one)| run.strip_prefix(spelled).map(|rest| (*one, rest)))
}

/// Whether this may follow a unit.
pub fn is_tail(rest: &str) -> bool {
    TAILS.contains(&rest)
        || TAILS.iter().any(|tail| rest.strip_prefix(tail).is_some_and(super::particles::is_particle))
}

/// Index terms of one number.
pub fn terms(prefix: &str, number: &str, unit: &str) -> Vec<String> {
    let mut out = vec![format!("n:{number}")];
    let mut add = |unit: &str| out.push(format!("{unit}:{number}"));
    if !prefix.is_empty() {
        add(prefix);
    }
    match unit {
        "" => {}
        "a" => {
            add("a");
            add("dn");
        }
        "φ" => add("dn"),
        "kg/m3" => {
            add("kg/m3");
            add("kg");
        }
        unit => add(unit),
    }
    if unit == "inch" {
        out.extend(INCHES.iter().find(|(inch, _)| *inch == number).map(|(_, dn)| format!("dn:{dn}")));
    }
    out
}

/// What answers a question for one number, best first.
pub fn forms(prefix: &str, number: &str, unit: &str) -> Vec<(String, f32)> {
    let form = |unit: &str, weight: f32| (format!("{unit}:{number}"), weight);
    match (prefix, unit) {
        ("dn", _) | ("", "φ") => vec![form("dn", 1.0), form("mm", 0.7)],
        ("t", _) | ("", "t") => vec![form("t", 1.0), form("mm", 0.95), form("d", 0.8)],
        ("sus", _) => vec![form("sus", 1.0), form("n", 0.9)],
        ("", "") => vec![form("n", 1.0)],
        ("", "mm") => {
            let mut out = vec![form("mm", 1.0), form("t", 0.95), form("dn", 0.9), form("d", 0.9)];
            out.extend(rescaled(number, "mm", 0.95));
            out
        }
        // frame and trip of a breaker are ratings too
        ("", "a") => [
            vec![form("a", 1.0), form("dn", 1.0), form("at", 0.95), form("af", 0.95)],
            rescaled(number, "a", 0.95),
        ]
        .concat(),
        ("", "inch") => {
            let metric =
                INCHES.iter().find(|(inch, _)| *inch == number).map(|(_, dn)| (format!("dn:{dn}"), 0.95));
            std::iter::once(form("inch", 1.0)).chain(metric).collect()
        }
        ("", "각") => vec![(format!("dim:{number}x{number}"), 1.0), form("각", 1.0)],
        ("", "ton") => [vec![form("ton", 1.0), form("t", 0.9)], rescaled(number, "ton", 0.95)].concat(),
        ("", unit) => [vec![form(unit, 1.0)], rescaled(number, unit, 0.95)].concat(),
        (prefix, _) => vec![form(prefix, 1.0)],
    }
}

/// Units of one quantity with their factors.
const SCALES: &[&[(&str, f64)]] = &[
    &[("um", 0.001), ("mm", 1.0), ("cm", 10.0), ("m", 1000.0), ("km", 1e6)],
    &[("mm2", 1.0), ("cm2", 100.0), ("m2", 1e6)],
    &[("g", 1.0), ("kg", 1000.0), ("ton", 1e6)],
    &[("ml", 1.0), ("l", 1000.0), ("m3", 1e6)],
    &[("mw", 0.001), ("w", 1.0), ("kw", 1000.0)],
    &[("va", 1.0), ("kva", 1000.0)],
    &[("mv", 0.001), ("v", 1.0), ("kv", 1000.0)],
    &[("ua", 1e-6), ("ma", 0.001), ("a", 1.0)],
    &[("hz", 1.0), ("khz", 1e3), ("mhz", 1e6), ("ghz", 1e9)],
    &[("ohm", 1.0), ("kohm", 1000.0)],
    &[("pa", 1.0), ("kpa", 1e3), ("bar", 1e5), ("mpa", 1e6)],
];

/// The same size in the other units of its quantity, written without needless zeros. Sizes that nobody would write
/// (a bolt of 0.01 m) are left out.
fn rescaled(number: &str, unit: &str, quality: f32) -> Vec<(String, f32)> {
    let Ok(value) = number.parse::<f64>() else { return Vec::new() };
    let Some(scale) = SCALES.iter().find(|scale| scale.iter().any(|(name, _)| *name == unit)) else {
        return Vec::new();
    };
    let Some((_, own)) = scale.iter().find(|(name, _)| *name == unit) else { return Vec::new() };
    scale
        .iter()
        .filter(|(name, _)| *name != unit)
        .map(|(name, factor)| (name, value * own / factor))
        .filter(|(_, size)| (0.001..1e7).contains(size))
        .map(|(name, size)| {
            let text = format!("{size:.6}");
            (format!("{name}:{}", text.trim_end_matches('0').trim_end_matches('.')), quality)
        })
        .collect()
}
