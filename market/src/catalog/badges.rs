//! Badges and certificates that buyers filter by: codes, names, and how a vendor's own wording is recognised.

use crate::lang::Lang;

/// One badge or certificate. Compare by `code`.
#[derive(Debug, PartialEq, Eq)]
pub struct Badge {
    /// What addresses and the search index carry.
    pub code: &'static str,
    /// Korean name.
    pub name_ko: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// How the squeezed, lower-case name of such a certificate begins.
    pub begins: &'static str,
    /// A standard (ISO, KS); otherwise a status of the company.
    pub standard: bool,
}

impl Badge {
    /// Name in this language.
    pub const fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ko => self.name_ko,
            Lang::En => self.name_en,
        }
    }
}

macro_rules! rows {
    ($($code:literal $begins:literal $standard:literal, $ko:literal, $en:literal;)+) => {
        &[$(Badge { code: $code, begins: $begins, standard: $standard, name_ko: $ko, name_en: $en },)+]
    };
}

/// SQL that is true when one of the codes between commas in `$codes` is what the squeezed name `$name` stands for, as
/// [`recognise`] reads it.
#[cfg(feature = "backend")]
macro_rules! named_badge {
    ($codes:literal, $name:literal) => {
        $crate::catalog::badges::with_badges!([$crate::catalog::badges::any_named] $codes $name)
    };
}

#[cfg(feature = "backend")]
macro_rules! any_named {
    ($codes:literal $name:literal $($code:literal $begins:literal $standard:literal, $ko:literal, $en:literal;)+) => {
        concat!("(FALSE" $(, " OR (", $codes, " LIKE '%,", $code, ",%' AND ", $name, " LIKE '", $begins, "%' AND (NOT ", $standard,
            " OR 'abcdefghijklmnopqrstuvwxyz' NOT LIKE '%' || substr(", $name, " || '-', length('", $begins, "') + 1, 1) || '%'))")+, ")")
    };
}

macro_rules! with_badges {
    ([$($then:tt)+] $($more:literal)*) => { $($then)+! { $($more)*
    "venture" "벤처" false, "벤처기업", "Venture company";
    "innobiz" "이노비즈" false, "이노비즈", "Inno-Biz";
    "mainbiz" "메인비즈" false, "메인비즈", "Main-Biz";
    "root" "뿌리" false, "뿌리기업", "Root industry company";
    "women" "여성기업" false, "여성기업", "Women-owned company";
    "disabled" "장애인" false, "장애인기업", "Disabled-owned company";
    "social" "사회적" false, "사회적기업", "Social enterprise";
    "materials" "소재" false, "소재·부품·장비 전문기업", "Materials and parts specialist";
    "export" "수출" false, "수출유망기업", "Promising exporter";
    "lab" "기업부설" false, "기업부설연구소", "Company research lab";
    "iso9001" "iso9001" true, "ISO 9001", "ISO 9001";
    "iso14001" "iso14001" true, "ISO 14001", "ISO 14001";
    "iso45001" "iso45001" true, "ISO 45001", "ISO 45001";
    "iso13485" "iso13485" true, "ISO 13485", "ISO 13485";
    "iso22000" "iso22000" true, "ISO 22000", "ISO 22000";
    "iatf16949" "iatf" true, "IATF 16949", "IATF 16949";
    "ks" "ks" true, "KS 인증", "KS mark";
    "kc" "kc" true, "KC 인증", "KC mark";
    "ce" "ce" true, "CE", "CE";
    "ul" "ul" true, "UL", "UL";
    "haccp" "haccp" true, "HACCP", "HACCP";
    "gmp" "gmp" true, "GMP", "GMP";
    } };
}

const BADGES: &[Badge] = with_badges!([rows]);

#[cfg(feature = "backend")]
pub(crate) use {any_named, named_badge, with_badges};

/// Every badge and certificate that can be filtered by, in the order in which they are shown.
pub fn all() -> &'static [Badge] {
    BADGES
}

/// The badge with this code.
pub fn find(code: &str) -> Option<&'static Badge> {
    BADGES.iter().find(|badge| badge.code == code)
}

/// What a certificate's name stands for: `ISO 9001:2015` is `iso9001`. Free wording stays free: `None`.
pub fn recognise(name: &str) -> Option<&'static Badge> {
    let squeezed: String =
        name.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect();
    BADGES.iter().find(|badge| {
        squeezed.strip_prefix(badge.begins).is_some_and(|rest| {
            // `ks` begins "KS 인증", not "ksp"
            !badge.begins.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphabetic())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wording_is_recognised() {
        let code = |name| recognise(name).map(|badge| badge.code);
        assert_eq!(code("ISO 9001:2015"), Some("iso9001"));
        assert_eq!(code("벤처기업확인서"), Some("venture"));
        assert_eq!(code("Ks 표시 인증"), Some("ks"));
        assert_eq!(code("KSP 성적서"), None);
        assert_eq!(code("우리 회사 상장"), None);
        assert_eq!(code("이노비즈 (AA)"), Some("innobiz"));
    }

    #[test]
    fn codes_are_unique() {
        for (at, badge) in BADGES.iter().enumerate() {
            // what SQL takes for the same
            assert_eq!(badge.standard, badge.begins.is_ascii(), "{}", badge.code);
            assert_eq!(BADGES.iter().position(|other| other.code == badge.code), Some(at));
        }
    }
}
