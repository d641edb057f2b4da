//! The words of the site, Korean first. One file per noun; each entry is a function of the language,
//! so a missing translation does not compile.

pub mod common;
mod josa;
pub mod problems;

#[cfg(feature = "ssr")]
pub mod abuse;
#[cfg(feature = "ssr")]
pub mod accounts;
#[cfg(feature = "ssr")]
pub mod basket;
pub mod catalog;
#[cfg(feature = "ssr")]
pub mod conflicts;
#[cfg(feature = "ssr")]
pub mod consent;
#[cfg(feature = "ssr")]
pub mod countries;
#[cfg(feature = "ssr")]
pub mod curation;
#[cfg(feature = "ssr")]
pub mod files;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
pub mod inquiries;
#[cfg(feature = "ssr")]
pub mod listing;
#[cfg(feature = "ssr")]
pub mod live;
#[cfg(feature = "ssr")]
pub mod media;
#[cfg(feature = "ssr")]
pub mod notifications;
#[cfg(feature = "ssr")]
pub mod people;
#[cfg(feature = "ssr")]
pub mod quotes;
#[cfg(feature = "ssr")]
pub mod reroute;
#[cfg(feature = "ssr")]
pub mod rfqs;
#[cfg(feature = "ssr")]
pub mod saved_searches;
#[cfg(feature = "ssr")]
pub mod search;
#[cfg(feature = "ssr")]
pub mod search_desk;
pub mod search_page;
#[cfg(feature = "ssr")]
pub mod suggest;
#[cfg(feature = "ssr")]
pub mod tables;
#[cfg(feature = "ssr")]
pub mod threads;
#[cfg(feature = "ssr")]
pub mod vendors;

pub use josa::josa;
pub use market::Lang;

/// Defines words: `name = "한국어", "English";` gives `name(lang) -> &'static str`;
/// `name(count: usize) = "{count}개", "{count} items";` gives `name(lang, count) -> String`. English that is another one for one
/// of a thing stands before it: `name(count: usize) = "{count}개", one(count) "{count} item", "{count} items";`.
#[macro_export]
macro_rules! words {
    () => {};
    ($name:ident = $ko:literal, $en:literal; $($rest:tt)*) => {
        #[doc = $ko]
        pub const fn $name(lang: $crate::i18n::Lang) -> &'static str {
            match lang { $crate::i18n::Lang::Ko => $ko, $crate::i18n::Lang::En => $en }
        }
        $crate::words! { $($rest)* }
    };
    ($name:ident ( $($arg:ident : $ty:ty),+ ) = $ko:literal, $en:literal; $($rest:tt)*) => {
        #[doc = $ko]
        pub fn $name(lang: $crate::i18n::Lang, $($arg: $ty),+) -> String {
            match lang { $crate::i18n::Lang::Ko => format!($ko), $crate::i18n::Lang::En => format!($en) }
        }
        $crate::words! { $($rest)* }
    };
    ($name:ident ( $($arg:ident : $ty:ty),+ ) = $ko:literal, one($by:ident) $one:literal, $en:literal; $($rest:tt)*) => {
        #[doc = $ko]
        pub fn $name(lang: $crate::i18n::Lang, $($arg: $ty),+) -> String {
            match lang {
                $crate::i18n::Lang::Ko => format!($ko),
                $crate::i18n::Lang::En if $crate::i18n::Counted::is_one(&$by) => format!($one),
                $crate::i18n::Lang::En => format!($en),
            }
        }
        $crate::words! { $($rest)* }
    };
}

/// A number of things, as a number or as it is written for people.
pub trait Counted {
    /// Whether it is one of them.
    fn is_one(&self) -> bool;
}

impl Counted for i64 {
    fn is_one(&self) -> bool {
        *self == 1
    }
}

impl Counted for usize {
    fn is_one(&self) -> bool {
        *self == 1
    }
}

impl Counted for &str {
    fn is_one(&self) -> bool {
        *self == "1"
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
