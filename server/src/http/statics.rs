//! Files of the built site, compressed copies preferred. Names under `/pkg`, and of fonts and icons, carry a hash of
//! their content, so they may be kept for ever.

use std::path::Path;

use app::context::Req;
use app::error::PageError;
use axum::Router;
use axum::response::IntoResponse;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use market::ErrorKind;
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// Kept for a year without asking.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Kept for an hour, then asked for again.
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// Everything no route knows: a file of the site, or the page that says there is none.
pub fn fallback(site_root: &Path) -> Router {
    let files = ServeDir::new(site_root)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_zstd()
        .precompressed_gzip()
        .fallback(tower::service_fn(|_: Request<axum::body::Body>| async {
            Ok(PageError::from(ErrorKind::NotFound).into_response())
        }));
    Router::new().fallback_service(tower::service_fn(move |request: Request<axum::body::Body>| {
        let files = files.clone();
        let policy = policy_of(request.uri().path());
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        let nothing = is_a_note(request.uri().path()) || !reads;
        let meant = request.extensions().get::<Req>().filter(|_| reads).and_then(without_slash);
        async move {
            if let Some(there) = meant {
                return Ok(there);
            }
            if nothing {
                return Ok(PageError::from(ErrorKind::NotFound).into_response());
            }
            files
                .oneshot(request)
                .await
                .map(|response| with_policy(response.map(axum::body::Body::new), policy))
        }
    }))
}

/// A page whose address somebody wrote with a slash behind it stands without: there it is sent on to, for good.
fn without_slash(req: &Req) -> Option<Response<axum::body::Body>> {
    let page = req.path.strip_suffix('/').filter(|page| app::routes::is_page(page))?;
    let query = if req.query.is_empty() { String::new() } else { format!("?{}", req.query) };
    let to = HeaderValue::from_str(&format!("{}{query}", req.href(page))).ok()?;
    let mut response = StatusCode::PERMANENT_REDIRECT.into_response();
    response.headers_mut().insert(header::LOCATION, to);
    Some(response)
}

/// What the build notes beside the files for itself, however it is written: no file of the site needs `%` in its name.
fn is_a_note(path: &str) -> bool {
    path == "/manifest.json" || path.contains('%') || path.split('/').any(|segment| segment.starts_with('.'))
}

fn policy_of(path: &str) -> HeaderValue {
    if path.starts_with("/pkg/") || carries_a_hash(path) { FOR_EVER } else { AN_HOUR }
}

/// `/fonts/pretendard/0.0123456789ab.woff2`: what the build named after its content.
fn carries_a_hash(path: &str) -> bool {
    let mut parts = path.rsplit('/').next().unwrap_or_default().rsplit('.');
    let (_ending, hash, name) = (parts.next(), parts.next(), parts.next());
    name.is_some() && hash.is_some_and(|hash| hash.len() == 12 && hash.chars().all(|c| c.is_ascii_hexdigit()))
}

fn with_policy(mut response: Response<axum::body::Body>, policy: HeaderValue) -> Response<axum::body::Body> {
    if response.status().is_success() || response.status() == http::StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(header::CACHE_CONTROL, policy);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_after_its_content_is_kept_for_ever() {
        for path in [
            "/pkg/market.0123456789ab.css",
            "/pkg/snippets/a-0123456789abcdef/b.js",
            "/fonts/yunghap-sans.0123456789ab.woff2",
            "/fonts/pretendard/0.0123456789ab.woff2",
            "/icons.0123456789ab.svg",
        ] {
            assert_eq!(policy_of(path), FOR_EVER, "{path}");
        }
        for path in
            ["/fonts/yunghap-sans.woff2", "/fonts/OFL.txt", "/icons.svg", "/favicon.svg", "/0123456789ab.svg"]
        {
            assert_eq!(policy_of(path), AN_HOUR, "{path}");
        }
    }
}
