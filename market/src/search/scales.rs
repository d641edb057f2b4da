//! Units of one quantity, by table and by prefix: what the same size is called in the others.

/// Spellings of prefixes before units of one quantity. Letters are folded: of milli and mega the base decides.
const PREFIXES: &[(&str, &str, f64)] = &[
    ("p", "p", 1e-12),
    ("n", "n", 1e-9),
    ("u", "u", 1e-6),
    ("μ", "u", 1e-6),
    ("m", "m", 1e-3),
    ("k", "k", 1e3),
];

/// Units that take prefixes, and those prefixes that are usual before them.
const BASES: &[(&str, &str)] =
    &[("f", "pnum"), ("h", "num"), ("v", "mk"), ("a", "umk"), ("w", "mk"), ("va", "k"), ("ohm", "k")];

/// The letter of a prefix and the unit behind it: `uf`, `μf`.
pub(super) fn prefixed(unit: &str) -> Option<(&'static str, &'static str)> {
    PREFIXES.iter().find_map(|(spelled, letter, _)| {
        let rest = unit.strip_prefix(spelled)?;
        let (base, _) = BASES.iter().find(|(name, usual)| *name == rest && usual.contains(letter))?;
        Some((*letter, *base))
    })
}

/// The same size with other prefixes: the names of the units and their factors.
fn prefixes(unit: &str) -> Vec<(String, f64)> {
    let Some((_, base)) = prefixed(unit).or_else(|| BASES.iter().find(|b| b.0 == unit).map(|b| ("", b.0)))
    else {
        return Vec::new();
    };
    let usual = BASES.iter().find(|(name, _)| *name == base).map_or("", |(_, letters)| letters);
    let one = PREFIXES.iter().filter(|(_, letter, _)| usual.contains(letter));
    let mut out: Vec<(String, f64)> =
        one.map(|(_, letter, factor)| (format!("{letter}{base}"), *factor)).collect();
    out.dedup();
    out.push((base.to_owned(), 1.0));
    out
}

/// Units of one quantity with their factors.
const SCALES: &[&[(&str, f64)]] = &[
    &[("um", 0.001), ("mm", 1.0), ("cm", 10.0), ("m", 1000.0), ("km", 1e6)],
    &[("mm2", 1.0), ("cm2", 100.0), ("m2", 1e6)],
    &[("g", 1.0), ("kg", 1000.0), ("ton", 1e6)],
    &[("ml", 1.0), ("l", 1000.0), ("m3", 1e6)],
    &[("hz", 1.0), ("khz", 1e3), ("mhz", 1e6), ("ghz", 1e9)],
    &[("pa", 1.0), ("kpa", 1e3), ("bar", 1e5), ("mpa", 1e6)],
];

/// A length in millimetres, when the unit is another usual one of dimensions.
pub(super) fn in_millimetres(number: &str, unit: &str) -> Option<String> {
    let named = matches!(unit, "cm" | "m").then(|| rescaled(number, unit, 1.0))?;
    named.iter().find_map(|(form, _)| form.strip_prefix("mm:").map(str::to_owned))
}

/// The same size in the other units of its quantity, written without needless zeros. Sizes that nobody would write
/// (a bolt of 0.01 m) are left out.
pub(super) fn rescaled(number: &str, unit: &str, quality: f32) -> Vec<(String, f32)> {
    let Ok(value) = number.parse::<f64>() else { return Vec::new() };
    let listed = SCALES.iter().find(|scale| scale.iter().any(|(name, _)| *name == unit));
    let scale: Vec<(String, f64)> = listed.map_or_else(
        || prefixes(unit),
        |scale| scale.iter().map(|(name, factor)| ((*name).to_owned(), *factor)).collect(),
    );
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

/// The quantity of an index term (`l:18` and `ml:500` are one); nothing for numbers alone and for sides of dimensions.
pub(super) fn quantity(term: &str) -> Option<&str> {
    let (unit, _) = term.split_once(':')?;
    if matches!(unit, "n" | "d" | "dn2" | "dim" | "ea") {
        return None;
    }
    let first = |scale: &&[(&'static str, f64)]| scale.first().map(|(name, _)| *name);
    let scale = SCALES.iter().find(|scale| scale.iter().any(|(name, _)| *name == unit));
    Some(scale.and_then(first).or_else(|| prefixed(unit).map(|(_, base)| base)).unwrap_or(unit))
}
