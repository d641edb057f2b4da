//! The table of units: spellings, what a prefix means, and which unit answers for which.

use super::scales::{prefixed, rescaled};

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
    ("hp", "hp"),
    ("ps", "hp"),
    ("v", "v"),
    ("vac", "v"),
    ("vdc", "v"),
    ("volt", "v"),
    ("volts", "v"),
    ("a", "a"),
    ("amp", "a"),
    ("amps", "a"),
    ("hz", "hz"),
    ("khz", "khz"),
    ("mhz", "mhz"),
    ("ghz", "ghz"),
    ("ohm", "ohm"),
    ("f", "f"),
    ("farad", "f"),
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
    ("va", "va"),
    ("ph", "상"),
    ("kg/m3", "kg/m3"),
];

/// Nominal powers of motors: horses and kilowatts.
const HORSES: &[(&str, &str)] = &[
    ("1/4", "0.2"),
    ("1/2", "0.4"),
    ("1", "0.75"),
    ("2", "1.5"),
    ("3", "2.2"),
    ("5", "3.7"),
    ("7.5", "5.5"),
    ("10", "7.5"),
    ("15", "11"),
    ("20", "15"),
    ("25", "18.5"),
    ("30", "22"),
    ("40", "30"),
    ("50", "37"),
    ("60", "45"),
    ("75", "55"),
    ("100", "75"),
];

/// Steels that are also made with little carbon: behind such a number, L is no litre alone.
const LOW_CARBON: [&str; 7] = ["303", "304", "308", "309", "316", "317", "321"];

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
    ("밀리리터", "ml"),
    ("밀리", "미리"),
    ("센티", "cm"),
    ("미터", "m"),
    ("미리", "미리"),
    ("씨씨", "ml"),
    ("인치", "inch"),
    ("킬로", "kg"),
    ("키로", "kg"),
    ("그램", "g"),
    ("리터", "l"),
    ("리타", "l"),
    ("마력", "hp"),
    ("와트", "w"),
    ("패럿", "f"),
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
pub fn canonical(unit: &str) -> Option<String> {
    let listed = LATIN.iter().find(|(spelled, _)| *spelled == unit).map(|(_, one)| (*one).to_owned());
    let made = || prefixed(unit).map(|(letter, base)| format!("{letter}{base}"));
    listed.or_else(made).or_else(|| super::particles::is_quantity(unit).then(|| "ea".to_owned()))
}

/// The Hangul unit that a run begins with, and the rest of the run.
pub fn hangul(run: &str) -> Option<(&'static str, &str)> {
    if super::particles::is_quantity(run) {
        return Some(("ea", ""));
    }
    HANGUL.iter().find_map(|(spelled, one)| run.strip_prefix(spelled).map(|rest| (*one, rest)))
}

/// Whether this fraction is one of inches.
pub fn is_inch(fraction: &str) -> bool {
    fraction.split_once('/').is_some_and(|(_, under)| matches!(under, "2" | "4" | "8" | "16" | "32"))
}

/// Whether this may follow a unit.
pub fn is_tail(rest: &str) -> bool {
    TAILS.contains(&rest)
        || TAILS.iter().any(|tail| rest.strip_prefix(tail).is_some_and(super::particles::is_particle))
}

/// Index terms of one number.
pub fn terms(prefix: &str, number: &str, unit: &str) -> Vec<String> {
    let mut out = vec![format!("n:{number}")];
    out.extend(number.strip_prefix("1/").filter(|_| !is_inch(number)).map(|part| format!("n:{part}")));
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
        // people say it of lengths and of volumes
        "미리" => {
            add("mm");
            add("ml");
        }
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
        ("", "미리") => [
            forms("", number, "mm"),
            forms("", number, "ml").into_iter().map(|(f, q)| (f, q * 0.9)).collect(),
        ]
        .concat(),
        ("", "l") if LOW_CARBON.contains(&number) => vec![form("l", 1.0), form("sus", 0.9)],
        ("", "hp") => HORSES
            .iter()
            .filter(|(horses, _)| *horses == number)
            .map(|(_, kilowatts)| (format!("kw:{kilowatts}"), 0.9))
            .fold(vec![form("hp", 1.0)], |mut all, one| {
                all.extend(rescaled(one.0.trim_start_matches("kw:"), "kw", one.1));
                all.push(one);
                all
            }),
        ("", "kw" | "w") => {
            let kilowatts: Vec<String> = std::iter::once(format!("kw:{number}"))
                .filter(|_| unit == "kw")
                .chain(rescaled(number, unit, 1.0).into_iter().map(|(form, _)| form))
                .collect();
            let horses = HORSES.iter().filter(|(_, kw)| kilowatts.contains(&format!("kw:{kw}")));
            [vec![form(unit, 1.0)], rescaled(number, unit, 0.95)]
                .concat()
                .into_iter()
                .chain(horses.map(|(horses, _)| (format!("hp:{horses}"), 0.9)))
                .collect()
        }
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
