//! The two languages of the site: Korean at the root, English under `/en`.

use serde::{Deserialize, Serialize};

/// A language of the site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Korean, the default.
    #[default]
    Ko,
    /// English.
    En,
}

impl Lang {
    /// A number of days in words: `1일`, `1 day`, `2 days`.
    pub fn days(self, count: i64) -> String {
        match self {
            Self::Ko => format!("{count}일"),
            Self::En if count == 1 => "1 day".to_owned(),
            Self::En => format!("{count} days"),
        }
    }

    /// The BCP 47 code, also what the database stores.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
        }
    }

    /// The language of a stored code; anything unknown is Korean.
    pub fn from_code(code: &str) -> Self {
        if code == "en" { Self::En } else { Self::Ko }
    }

    /// What stands before every path of this language: nothing, or `/en`.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Ko => "",
            Self::En => "/en",
        }
    }

    /// `ko` or `en` text, whichever this language wants; falls back to the other when empty.
    pub fn pick<'a>(self, ko: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::En if !en.is_empty() => en,
            Self::Ko if ko.is_empty() => en,
            _ => ko,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_is_one_day() {
        assert_eq!(
            (Lang::En.days(1), Lang::En.days(2), Lang::En.days(0)),
            ("1 day".into(), "2 days".into(), "0 days".into())
        );
        assert_eq!(Lang::Ko.days(1), "1일");
    }
}
