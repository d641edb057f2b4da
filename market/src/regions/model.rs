//! What a region is.

/// A province or metropolitan city. Compare by `code`.
#[derive(Debug, PartialEq, Eq)]
pub struct Sido {
    /// Two-digit administrative code of today.
    pub code: &'static str,
    /// For addresses and query strings.
    pub slug: &'static str,
    /// Full Korean name: 경기도.
    pub name_ko: &'static str,
    /// What people write in lists: 경기.
    pub short_ko: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Slug of the [`Group`] it belongs to.
    pub group: &'static str,
    /// Other names and former codes.
    pub aliases: Vec<&'static str>,
}

/// A city, county or district below a province.
#[derive(Debug, PartialEq, Eq)]
pub struct Sigungu {
    /// Five-digit code.
    pub code: &'static str,
    /// Code of its province.
    pub sido: &'static str,
    /// Korean name, with its city where it has one: 수원시 장안구.
    pub name_ko: &'static str,
    /// Romanised name, smallest part first.
    pub name_en: &'static str,
}

/// Provinces that are promoted, counted and served together: one regional centre each.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    /// For addresses and query strings.
    pub slug: &'static str,
    /// Korean name.
    pub name_ko: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Codes of its provinces.
    pub sido: &'static [&'static str],
}
