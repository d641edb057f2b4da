//! Cookies of ours: read by name, set, taken back.
//!
//! Over https their names begin with `__Host-`, which browsers only take with `Secure`, `Path=/` and no domain, so
//! that no neighbouring host can plant one. On plain-http development addresses the bare name stands.

use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};

/// The values that a browser sent under `name`, in its order.
pub fn sent<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(move |(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The response with one more cookie, out of reach of scripts; `max_age` in seconds, 0 takes it back.
#[must_use]
pub fn set(mut response: Response, secure: bool, name: &str, value: &str, max_age: i64) -> Response {
    let demand = if secure { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{demand}");
    if let Ok(mut cookie) = HeaderValue::from_str(&cookie) {
        cookie.set_sensitive(true);
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
