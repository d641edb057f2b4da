//! What can go wrong, split in two: a kind that a person may be told, and a cause for the log.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Result of every verb of the business.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failed verb: what the person may know, and why it really happened.
#[derive(Debug)]
pub struct Error {
    /// What the person may be told.
    pub kind: ErrorKind,
    limit: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What the person may be told. Carries no text: words are the app's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ErrorKind {
    /// No such thing, or it is not theirs to know about.
    NotFound,
    /// It existed and is over (expired, closed for good).
    Gone,
    /// Signing in comes first.
    NotSignedIn,
    /// Signed in, but this is not theirs to do.
    Forbidden,
    /// Something typed cannot be taken.
    Invalid(FieldErrors),
    /// Somebody else was faster, or the state no longer allows it. The word names which rule.
    Conflict(Cow<'static, str>),
    /// Too often.
    TooMany {
        /// Seconds until it may work again.
        retry_after: u64,
    },
    /// A part we depend on is away.
    Unavailable,
    /// No room left to store anything; reading still works.
    StorageFull,
    /// Our fault.
    Internal,
}

/// One field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Name of the form field; empty for the form as a whole.
    pub field: Cow<'static, str>,
    /// What is wrong.
    pub problem: Problem,
}

/// Everything wrong with one form, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(pub Vec<FieldError>);

/// What can be wrong with a value. Translated beside the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// Nothing was given.
    Required,
    /// Longer than `max` characters; `actual` were given.
    TooLong {
        /// Allowed characters.
        max: usize,
        /// Given characters.
        actual: usize,
    },
    /// Shorter than `min` characters.
    TooShort {
        /// Needed characters.
        min: usize,
    },
    /// Not a whole number from `min` to `max`.
    OutOfRange {
        /// Smallest allowed value.
        min: i64,
        /// Largest allowed value.
        max: i64,
    },
    /// Not a number at all.
    NotNumber,
    /// Not one of the choices offered.
    NotChoice,
    /// Not an e-mail address.
    NotEmail,
    /// Not a telephone number.
    NotPhone,
    /// Not a web address (http or https).
    NotUrl,
    /// Not an amount of money.
    NotMoney,
    /// More than `max` items.
    TooMany {
        /// Allowed items.
        max: usize,
    },
    /// A consent that is needed was not given.
    MustAgree,
    /// A rule of one noun, named by a stable word such as `business_number.check`.
    Rule(Cow<'static, str>),
}

impl FieldErrors {
    /// No complaint so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a complaint about `field`.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, problem: Problem) {
        self.0.push(FieldError { field: field.into(), problem });
    }

    /// The value, or its problem noted under `field`.
    pub fn take<T>(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        value: std::result::Result<T, Problem>,
    ) -> Option<T> {
        value.map_err(|problem| self.add(field, problem)).ok()
    }

    /// The first complaint about `field`.
    pub fn of(&self, field: &str) -> Option<&Problem> {
        self.0.iter().find(|e| e.field == field).map(|e| &e.problem)
    }

    /// True when nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `Err(Invalid)` when anything was noted.
    pub fn into_result(self) -> Result<()> {
        if self.is_empty() { Ok(()) } else { Err(Error::new(ErrorKind::Invalid(self))) }
    }
}

impl Error {
    /// An error without a cause worth logging.
    pub fn new(kind: ErrorKind) -> Self {
        Self { kind, limit: None, source: None }
    }

    /// An error with the cause for the log.
    pub fn caused(kind: ErrorKind, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { kind, limit: None, source: Some(source.into()) }
    }

    /// Our fault, with the cause for the log.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::caused(ErrorKind::Internal, source)
    }

    /// One field is wrong.
    pub fn invalid(field: impl Into<Cow<'static, str>>, problem: Problem) -> Self {
        let mut errors = FieldErrors::new();
        errors.add(field, problem);
        Self::new(ErrorKind::Invalid(errors))
    }

    /// The state no longer allows it; `rule` is a stable word for the app to translate.
    pub fn conflict(rule: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Conflict(rule.into()))
    }

    /// Too often, by the limit of this name (`thread:sender`): pages say what it limits.
    pub fn too_often(limit: impl Into<String>, retry_after: u64) -> Self {
        Self { kind: ErrorKind::TooMany { retry_after }, limit: Some(limit.into()), source: None }
    }

    /// Name of the limit that was reached, if it is one.
    pub fn limit(&self) -> Option<&str> {
        self.limit.as_deref()
    }

    /// The cause for the log.
    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        self.source.as_deref()
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.source {
            Some(source) => write!(f, "{:?}: {source}", self.kind),
            None => write!(f, "{:?}", self.kind),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|e| e as &(dyn std::error::Error + 'static))
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self::new(kind)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}
