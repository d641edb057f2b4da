//! What the browser of somebody not signed in has collected: identities of listings in a cookie.
//!
//! They grant nothing (every reader asks the visibility rule again), so they are not signed; the prefix of the
//! name keeps neighbouring hosts from planting one, and what is not an identity is not read.

use axum::response::Response;
use http::HeaderMap;
use market::accounts::sessions;
use market::basket::service;
use market::inquiries::service::MOST_PAGES;
use uuid::Uuid;

use crate::context::Req;
use crate::cookies;
use crate::error::PageError;

/// Seconds the browser keeps it.
const MAX_AGE: i64 = 30 * 24 * 60 * 60;

/// Name of the cookie.
pub const fn name(secure: bool) -> &'static str {
    if secure { "__Host-basket" } else { "basket" }
}

/// What a browser sent, each identity once, at most as many as a basket holds.
pub fn read(headers: &HeaderMap, secure: bool) -> Vec<Uuid> {
    let value = cookies::sent(headers, name(secure)).next().unwrap_or_default();
    let mut ids = Vec::new();
    for id in value.split('.').filter_map(|text| Uuid::try_parse(text).ok()).take(MOST_PAGES) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// The response with the cookie of these identities; none takes it back.
#[must_use]
pub fn write(response: Response, secure: bool, ids: &[Uuid]) -> Response {
    let value: Vec<String> = ids.iter().map(|id| id.simple().to_string()).collect();
    let age = if ids.is_empty() { 0 } else { MAX_AGE };
    cookies::set(response, secure, name(secure), &value.join("."), age)
}

/// Moves what was collected into the basket of whoever just signed in with `token`.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn hand_over(
    req: &Req,
    response: Response,
    secure: bool,
    token: &str,
) -> Result<Response, PageError> {
    if req.kept.is_empty() {
        return Ok(response);
    }
    if let Some(person) = sessions::authenticate(&req.cx.market, token).await? {
        service::merge(&req.cx, person.id, &req.kept).await?;
    }
    Ok(write(response, secure, &[]))
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use http::{HeaderValue, header};

    use super::*;

    #[test]
    fn reads_back_what_it_wrote_and_nothing_else() {
        let ids = [Uuid::from_u128(1), Uuid::from_u128(2)];
        let response = write(().into_response(), true, &ids);
        let cookie = response.headers().get(header::SET_COOKIE).unwrap().to_str().unwrap().to_owned();
        let sent = cookie.split(';').next().unwrap();
        let headers =
            |text: &str| HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(text).unwrap())]);
        assert_eq!(read(&headers(sent), true), ids);
        assert!(read(&headers(sent), false).is_empty());
        assert!(read(&headers("basket=x.1.%00"), false).is_empty());
        let many = (0..99_u128).map(|n| Uuid::from_u128(n).to_string()).collect::<Vec<_>>().join(".");
        assert_eq!(read(&headers(&format!("basket={many}")), false).len(), MOST_PAGES);
    }
}
