//! The form that a guest sent, for the same browser until the address has confirmed itself: where the mail went is said, and a
//! mistyped address is corrected in the form as it was filled in. A cookie holds a secret and nothing else.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::response::Response;
use http::StatusCode;
use http::request::Parts;
use leptos::prelude::*;
use market::inquiries::typed::{self, Typed};

use crate::context::{AppState, Req};
use crate::cookies;
use crate::error::PageError;
use crate::form::{IDEM, Submitted};
use crate::i18n::inquiries as w;
use crate::inquiries::form::TRAP;
use crate::inquiries::place::column;
use crate::ui;

/// Name in the address of a form that is to be corrected.
pub const FIX: &str = "fix";
/// Seconds the browser keeps the secret.
const MAX_AGE: i64 = 24 * 60 * 60;

/// Name of the cookie.
const fn name(secure: bool) -> &'static str {
    if secure { "__Host-typed" } else { "typed" }
}

/// What the browser of a request may have left.
pub struct Left {
    secret: Option<String>,
    secure: bool,
}

impl FromRequestParts<AppState> for Left {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Self::Rejection> {
        let secure = state.secure_cookies;
        let secret = cookies::sent(&parts.headers, name(secure)).next().map(ToOwned::to_owned);
        Ok(Self { secret: secret.filter(|secret| !secret.is_empty()), secure })
    }
}

impl Left {
    /// Keeps what was sent from the form at `path`; members, whose address we know, lose nothing anyway.
    ///
    /// # Errors
    /// A part that is away.
    pub async fn keep(
        &self,
        req: &Req,
        path: &str,
        sent: &Submitted,
        response: Response,
    ) -> Result<Response, PageError> {
        let Ok(key) = sent.idem() else { return Ok(response) };
        if req.person().is_some() {
            return Ok(response);
        }
        // what no person sees is not given back to one
        let shown = sent.0.iter().filter(|(name, _)| name != IDEM && name != TRAP);
        let fields = shown.cloned().collect();
        let typed = Typed { email: market::text::line(sent.get("email")), fields };
        let secret = typed::keep(&req.cx, path, &typed, (key, self.secret.as_deref())).await?;
        Ok(match secret {
            Some(secret) => cookies::set(response, self.secure, name(self.secure), &secret, MAX_AGE),
            None => response,
        })
    }

    /// What was sent from the form at `path`.
    ///
    /// # Errors
    /// A part that is away.
    pub async fn at(&self, req: &Req, path: &str) -> Result<Option<Typed>, PageError> {
        match self.secret.as_deref().filter(|_| req.person().is_none()) {
            Some(secret) => Ok(typed::kept(&req.cx, path, secret).await?),
            None => Ok(None),
        }
    }

    /// The same, where the address asks for the form to be corrected.
    ///
    /// # Errors
    /// A part that is away.
    pub async fn to_correct(&self, req: &Req, path: &str) -> Result<Option<Submitted>, PageError> {
        if req.query_value(FIX).is_empty() {
            return Ok(None);
        }
        Ok(self.at(req, path).await?.map(|typed| Submitted(typed.fields)))
    }

    /// Forgets it: the address has confirmed itself.
    ///
    /// # Errors
    /// A part that is away.
    pub async fn forget(&self, req: &Req, response: Response) -> Result<Response, PageError> {
        let Some(secret) = &self.secret else { return Ok(response) };
        typed::forget(&req.cx, secret).await?;
        Ok(cookies::set(response, self.secure, name(self.secure), "", 0))
    }
}

/// Where guests look next: to which address the mail went, and the way back to the form at `path`.
pub fn mail_page(
    req: &Req,
    typed: Option<&Typed>,
    path: &str,
    (title, text): (&str, &str),
    ways: AnyView,
) -> Response {
    let lang = req.lang();
    let to = typed.map(|typed| {
        let email = typed.email.clone();
        view! { <dl class="kv mt-4"><dt>{w::check_mail_to(lang)}</dt><dd class="long"><b>{email}</b></dd></dl> }
    });
    let correct =
        typed.map(|_| ui::link_button(&req.href(&format!("{path}?{FIX}=1")), w::check_mail_fix(lang)));
    let content = view! {
        <h1>{title.to_owned()}</h1>
        {to}
        <p class="mt-3">{text.to_owned()}</p>
        <p class="line mt-6">{correct} {ways}</p>
    };
    column(req, StatusCode::OK, title, content.into_any())
}
