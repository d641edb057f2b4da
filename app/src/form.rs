//! Forms: what was sent, what was wrong with it, and the page that shows both again.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use market::{Cx, Error, ErrorKind, FieldErrors, Problem, idempotency};
use uuid::Uuid;

use crate::context::Req;
use crate::error::PageError;

/// Name of the hidden field that makes a double click harmless.
pub const IDEM: &str = market::idempotency::FIELD;

/// What a form sent, pair by pair, as typed. Bytes that are no UTF-8 become U+FFFD, which every text rule refuses.
#[derive(Clone, Debug, Default)]
pub struct Submitted(pub Vec<(String, String)>);

impl Submitted {
    /// What somebody typed. A NUL, which no database of ours can keep, is left out like the other control characters
    /// that text rules remove.
    pub fn typed(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (without_nul(name), without_nul(value))).collect())
    }

    /// The first value of a field; empty when absent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The first value of a field as an owned text.
    pub fn text(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    /// Every value of a field that may repeat.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether a box was ticked or a named button pressed.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// The idempotency key of the rendering.
    ///
    /// # Errors
    /// `Invalid` (rule `form.out_of_date`) when the form was not made by us: it comes back with a key of now.
    pub fn idem(&self) -> Result<Uuid, Error> {
        Uuid::parse_str(self.get(IDEM))
            .map_err(|_| Error::invalid(IDEM, Problem::Rule("form.out_of_date".into())))
    }

    /// Whether the form was made for the desk that is open now.
    ///
    /// # Errors
    /// `Conflict("vendor.desk_changed")` when somebody chose another company since.
    pub fn same_desk(&self, req: &Req) -> market::Result<()> {
        let made_for = Uuid::parse_str(self.get(DESK)).ok();
        if made_for.is_some() && made_for != desk_of(req) {
            return Err(Error::conflict("vendor.desk_changed"));
        }
        Ok(())
    }

    /// Does `work` once for this rendering: a second press is as fine as the first, other content comes back. What
    /// brings no key, such as a script of one's own, is done each time.
    ///
    /// # Errors
    /// `Invalid` when the same rendering comes back with other content; those of `work`.
    pub async fn once(
        &self,
        req: &Req,
        work: impl AsyncFnOnce(Cx) -> market::Result<()>,
    ) -> market::Result<()> {
        self.same_desk(req)?;
        let Ok(key) = self.idem() else { return work(req.cx.clone()).await };
        let typed: Vec<_> = self.0.iter().filter(|(name, _)| name != IDEM).collect();
        idempotency::once(&req.cx, key, &format!("{} {typed:?}", req.path), work).await
    }
}

/// Name of the hidden field that says to which company's desk a form belongs.
pub const DESK: &str = "desk";

/// The company whose desk a page belongs to: what was opened for one company must not be saved to another that was chosen,
/// joined or left since. Pages of one product know their company by the product.
pub fn desk_of(req: &Req) -> Option<Uuid> {
    let of_a_product = req.path.starts_with("/vendor/listings/") && &*req.path != "/vendor/listings/new";
    let at_a_desk =
        req.path.starts_with("/vendor/") && !of_a_product && !req.path.starts_with("/vendor/companies");
    req.person().filter(|_| at_a_desk)?.first_vendor()
}

/// The text without NUL.
pub fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "") } else { text }
}

impl<S: Send + Sync> FromRequest<S> for Submitted {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            PageError(Error::caused(ErrorKind::Invalid(FieldErrors::new()), rejection.to_string()))
        })?;
        Ok(Self::typed(form_urlencoded::parse(&bytes).into_owned()))
    }
}

/// A form on a page: values to show, problems to name, and the key of this rendering.
#[derive(Clone, Debug)]
pub struct Form {
    /// Values by field.
    pub values: Submitted,
    /// What is wrong.
    pub errors: FieldErrors,
    /// What is wrong with the whole, such as that it came too often.
    pub notice: Option<String>,
    /// Key of this rendering; kept when the same form comes back, so that a correction is not a new act.
    pub idem: Uuid,
    /// The desk it belongs to, see [`desk_of`].
    pub desk: Option<Uuid>,
    /// What its fields are called.
    pub names: Names,
}

/// What a field of a form is called on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The label, after the group the field stands in: `품목 2 · 단가`.
    pub label: String,
    /// Whether one chooses instead of typing.
    pub chosen: bool,
}

/// What the fields of a form are called: each tells when it is shown, and the summary of what is wrong repeats it. So the
/// summary is made after the fields; one that is made before falls back on the names that fields of that kind usually have.
#[derive(Clone, Debug, Default)]
pub struct Names {
    known: Arc<Mutex<Vec<(String, Name)>>>,
    group: Option<String>,
}

impl Names {
    fn tell(&self, field: &str, label: &str, chosen: bool) {
        let label =
            self.group.as_ref().map_or_else(|| label.to_owned(), |group| format!("{group} · {label}"));
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|(name, _)| name != field);
        known.push((field.to_owned(), Name { label, chosen }));
    }

    /// What a field is called, if it was shown.
    pub fn of(&self, field: &str) -> Option<Name> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().find(|(name, _)| name == field).map(|(_, name)| name.clone())
    }
}

impl Form {
    /// A fresh form with these values.
    pub fn fresh(req: &Req, values: Vec<(String, String)>) -> Self {
        Self {
            values: Submitted(values),
            errors: FieldErrors::new(),
            notice: None,
            idem: req.cx.new_id(),
            desk: desk_of(req),
            names: Names::default(),
        }
    }

    /// An empty form.
    pub fn empty(req: &Req) -> Self {
        Self::fresh(req, Vec::new())
    }

    /// The form as it was sent, with what was wrong. A refused attempt changed nothing, so the corrected
    /// one is a new act with a new key.
    pub fn rejected(req: &Req, values: Submitted, errors: FieldErrors) -> Self {
        Self { errors, ..Self::fresh(req, values.0) }
    }

    /// Whether it came back because something was wrong.
    pub fn is_refused(&self) -> bool {
        self.notice.is_some() || !self.errors.is_empty()
    }

    /// The same form for the fields of one group, such as a numbered line: the summary names them with it.
    #[must_use]
    pub fn within(&self, group: impl Into<String>) -> Self {
        let names = Names { group: Some(group.into()), ..self.names.clone() };
        Self { names, ..self.clone() }
    }

    /// Tells what a field is called that one types into.
    pub fn typed(&self, field: &str, label: &str) {
        self.names.tell(field, label, false);
    }

    /// Tells what a field is called of which one is chosen.
    pub fn choice(&self, field: &str, label: &str) {
        self.names.tell(field, label, true);
    }

    /// Value of a field.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name)
    }

    /// Problem of a field.
    pub fn problem(&self, name: &str) -> Option<&Problem> {
        self.errors.of(name)
    }

    /// Whether `name` holds `value` (radios, checkboxes, selects).
    pub fn chosen(&self, name: &str, value: &str) -> bool {
        self.values.all(name).any(|v| v == value)
    }
}

/// `Invalid` goes back to the form (`Err(errors)` inside `Ok`), everything else is an error page.
///
/// # Errors
/// Every kind but `Invalid`.
pub fn invalid_or<T>(result: market::Result<T>) -> Result<Result<T, FieldErrors>, PageError> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(error) => match error.kind {
            ErrorKind::Invalid(errors) => Ok(Err(errors)),
            _ => Err(PageError(error)),
        },
    }
}
