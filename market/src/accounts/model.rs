//! People and what they agreed to, as plain types.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::lang::Lang;
use crate::time::Timestamp;

/// Version of the texts that people agree to; stored beside every answer.
pub const CONSENT_VERSION: &str = "2026-12";

/// What a person may agree to. Each is asked on its own and none is ticked beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentKind {
    /// The terms of use (needed).
    Terms,
    /// Collection and use of personal data (needed).
    Privacy,
    /// Handing who asks and what they ask to the vendors that are asked (free here; needed to ask, see `accounts::consent`).
    ThirdParty,
    /// News and offers by mail (free).
    Marketing,
}

impl ConsentKind {
    /// All kinds in the order of the forms.
    pub const ALL: [Self; 4] = [Self::Terms, Self::Privacy, Self::ThirdParty, Self::Marketing];

    /// The word in the database and the name of the form field.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::Privacy => "privacy",
            Self::ThirdParty => "third_party",
            Self::Marketing => "marketing",
        }
    }

    /// The kind of a stored word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether an account cannot be without it.
    pub const fn is_needed(self) -> bool {
        matches!(self, Self::Terms | Self::Privacy)
    }
}

/// What a person types to join.
#[derive(Clone, Default)]
pub struct SignUp {
    /// Address, as typed.
    pub email: String,
    /// Name, as typed.
    pub name: String,
    /// Password, as typed.
    pub password: String,
    /// The boxes that were ticked.
    pub consents: Vec<ConsentKind>,
    /// A field no person sees.
    pub trap: String,
}

/// A person who asks without an account. Every value is cleaned already.
#[derive(Clone, Debug)]
pub struct Guest {
    /// Address, as [`super::rules::email`] gives it.
    pub email: String,
    /// Name.
    pub name: String,
    /// Company, if told.
    pub company: Option<String>,
    /// Country, if told.
    pub country: Option<String>,
    /// Language they read.
    pub lang: Lang,
}

/// What a person may change about themselves, as typed.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Name.
    pub name: String,
    /// Telephone number; may stay empty.
    pub phone: String,
    /// Company; may stay empty.
    pub company: String,
    /// Language of mails, as its code.
    pub lang: String,
    /// Name of the clock they go by; empty for that of Seoul.
    pub time_zone: String,
}

/// An account.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "backend", derive(sqlx::FromRow))]
pub struct User {
    /// Identity.
    pub id: Uuid,
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Telephone number.
    pub phone: Option<String>,
    /// Company, as told.
    pub company: Option<String>,
    /// Country, as told.
    pub country: Option<String>,
    /// Language of mails, as its code.
    pub lang: String,
    /// Digest of the password; none for guests.
    pub password_hash: Option<String>,
    /// When the address was proved.
    pub email_confirmed_at: Option<Timestamp>,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Name of the clock they go by; none for that of Seoul.
    pub time_zone: Option<String>,
}

impl User {
    /// Language of mails to this person.
    pub fn lang(&self) -> Lang {
        Lang::from_code(&self.lang)
    }
}

/// An answer to a question of consent. The newest of each kind counts.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "backend", derive(sqlx::FromRow))]
pub struct Consent {
    /// The word of its kind.
    pub kind: String,
    /// Version of the text that was shown.
    pub version: String,
    /// Yes or no.
    pub granted: bool,
    /// When.
    pub at: Timestamp,
}

/// What a mailed link is worth now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// It works.
    Live,
    /// It was used.
    Used,
    /// Its time is over.
    Expired,
}

/// Outcome of a sign-in whose password was right.
#[derive(Clone)]
pub enum SignedIn {
    /// The token for the cookie.
    Session(String),
    /// The address was never proved; the mail went out again.
    Unconfirmed,
}

/// Why an account cannot be closed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The person is the only owner of this company (Korean and English name).
    SoleOwner(String, String),
    /// The person is the only admin.
    LastAdmin,
}
