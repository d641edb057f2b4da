//! Links from mails carry a secret in their address. A wrong one counts against the network it came from, whatever it was meant
//! to open: one place for every route with a `{token}`, so that none is forgotten.

use app::context::Req;
use app::error::PageError;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use market::inquiries::links::count_guess;

/// Runs the handler; where its link led to nothing, that is counted, and too many are told to wait.
pub async fn counted(route: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let opens = route.is_some_and(|route| route.as_str().contains("{token}"));
    let cx = request.extensions().get::<Req>().filter(|_| opens).map(|req| req.cx.clone());
    let response = next.run(request).await;
    match cx {
        Some(cx) if response.status() == StatusCode::NOT_FOUND => match count_guess(&cx).await {
            Ok(()) => response,
            Err(error) => PageError(error).into_response(),
        },
        _ => response,
    }
}
