//! The session cookie: its name, how it is read, set and taken back.
//!
//! Over https it is `__Host-session`, which browsers only take with `Secure`, `Path=/` and no domain, so that
//! no neighbouring host can plant one. On plain-http development addresses it is `session`.

use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};
use market::accounts::sessions::ABSOLUTE;
use market::time::SECOND;

/// Longest value that can be a token of ours.
const LONGEST: usize = 64;

/// Name of the cookie.
pub const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-session" } else { "session" }
}

/// The token a browser sent, if any.
pub fn read_token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    let name = cookie_name(secure);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty() && value.len() <= LONGEST)
        .map(|(_, value)| value)
}

/// The response with the cookie of a new session.
#[must_use]
pub fn set_cookie(response: Response, secure: bool, token: &str) -> Response {
    with_cookie(response, secure, token, ABSOLUTE / SECOND)
}

/// The response with the cookie taken back.
#[must_use]
pub fn clear_cookie(response: Response, secure: bool) -> Response {
    with_cookie(response, secure, "", 0)
}

fn with_cookie(mut response: Response, secure: bool, value: &str, max_age: i64) -> Response {
    let demand = if secure { "; Secure" } else { "" };
    let cookie =
        format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{demand}", cookie_name(secure));
    if let Ok(mut cookie) = HeaderValue::from_str(&cookie) {
        cookie.set_sensitive(true);
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;

    fn headers(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(cookie).unwrap())])
    }

    #[test]
    fn reads_the_right_cookie_only() {
        assert_eq!(read_token(&headers("a=b; session=tok; c"), false), Some("tok"));
        assert_eq!(read_token(&headers("a=b; session=tok"), true), None);
        assert_eq!(read_token(&headers("__Host-session=tok"), true), Some("tok"));
        assert_eq!(read_token(&headers(&format!("session={}", "x".repeat(65))), false), None);
        assert_eq!(read_token(&HeaderMap::new(), false), None);
    }

    #[test]
    fn sets_what_browsers_demand_of_a_host_cookie() {
        let response = set_cookie(().into_response(), true, "tok");
        let cookie = response.headers().get(header::SET_COOKIE).unwrap().to_str().unwrap();
        assert_eq!(cookie, "__Host-session=tok; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000; Secure");
        let cleared = clear_cookie(().into_response(), false);
        assert_eq!(
            cleared.headers().get(header::SET_COOKIE).unwrap(),
            "session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
    }
}
