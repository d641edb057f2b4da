//! A refused form of asking: what its page says about it when it comes back with everything that was typed.

use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use market::{ErrorKind, FieldErrors, Lang};

use crate::abuse::parts;
use crate::error::PageError;
use crate::i18n::{abuse, inquiries as w};

/// What was wrong, for the form that comes back.
pub struct Refusal {
    /// Status of the page.
    pub status: StatusCode,
    /// What is wrong by field.
    pub errors: FieldErrors,
    /// What is wrong with the whole.
    pub notice: Option<String>,
    retry_after: Option<u64>,
}

impl Refusal {
    /// From an error of asking.
    ///
    /// # Errors
    /// Every kind that is no fault of the form.
    pub fn of(lang: Lang, error: market::Error) -> Result<Self, PageError> {
        let whole = |status, notice| Self {
            status,
            errors: FieldErrors::new(),
            notice: Some(notice),
            retry_after: None,
        };
        if let Some((seconds, notice)) = parts::too_many(lang, &error) {
            return Ok(Self { retry_after: Some(seconds), ..whole(StatusCode::TOO_MANY_REQUESTS, notice) });
        }
        Ok(match error.kind {
            ErrorKind::Invalid(errors) => {
                Self { status: StatusCode::UNPROCESSABLE_ENTITY, errors, notice: None, retry_after: None }
            }
            ErrorKind::Conflict(rule) if rule == "inquiry.own_listing" => {
                whole(StatusCode::CONFLICT, w::own_listing(lang).to_owned())
            }
            ErrorKind::Conflict(rule) if rule == "block.theirs" => {
                whole(StatusCode::CONFLICT, abuse::not_taking_vendor(lang).to_owned())
            }
            ErrorKind::Conflict(rule) if rule == "block.own" => {
                whole(StatusCode::CONFLICT, abuse::own_block(lang).to_owned())
            }
            _ => return Err(PageError(error)),
        })
    }

    /// The form's page with the header that tells programs when to come again.
    #[must_use]
    pub fn tell(&self, mut page: Response) -> Response {
        if let Some(seconds) = self.retry_after {
            page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        page
    }
}
