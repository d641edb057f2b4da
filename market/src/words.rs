//! Enumerations that are stored as words: one list gives the type, its values, the word in the database and
//! the way back, so that none of the four can be forgotten.

/// Defines such an enumeration: `stored_words! { /// Doc. Name { /// Doc. Variant => "word", … } }`.
/// Values compare in the order in which they stand.
macro_rules! stored_words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident => $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$item])* $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in the database.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value of a stored word.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($word => Some(Self::$variant),)+ _ => None }
            }

            /// The value of a word that stands in the database.
            ///
            /// # Errors
            /// `Internal` with table, column and word when the code does not know it.
            #[cfg(feature = "backend")]
            pub fn stored(code: &str, table: &'static str, column: &'static str) -> $crate::error::Result<Self> {
                let unknown = || $crate::db::DatabaseError { table, column, value: code.to_owned() };
                Ok(Self::from_code(code).ok_or_else(unknown)?)
            }
        }
    };
}

pub(crate) use stored_words;
