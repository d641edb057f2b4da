//! The session cookie: its name, how it is read, set and taken back.

use axum::response::Response;
use http::HeaderMap;
use market::accounts::sessions::ABSOLUTE;
use market::time::SECOND;

use crate::cookies;

/// Longest value that can be a token of ours.
const LONGEST: usize = 64;

/// Name of the cookie.
pub const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-session" } else { "session" }
}

/// The token a browser sent, if any.
pub fn read_token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    cookies::sent(headers, cookie_name(secure)).find(|value| !value.is_empty() && value.len() <= LONGEST)
}

/// The response with the cookie of a new session.
#[must_use]
pub fn set_cookie(response: Response, secure: bool, token: &str) -> Response {
    cookies::set(response, secure, cookie_name(secure), token, ABSOLUTE / SECOND)
}

/// The response with the cookie taken back.
#[must_use]
pub fn clear_cookie(response: Response, secure: bool) -> Response {
    cookies::set(response, secure, cookie_name(secure), "", 0)
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use http::{HeaderValue, header};

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
