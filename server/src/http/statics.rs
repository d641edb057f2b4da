//! Files of the built site, compressed copies preferred. Names under `/pkg` carry a hash of their content,
//! so they may be kept for ever.

use std::path::Path;

use app::error::PageError;
use axum::Router;
use axum::response::IntoResponse;
use http::{HeaderValue, Request, Response, header};
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
        let note = is_a_note(request.uri().path());
        async move {
            if note {
                return Ok(PageError::from(ErrorKind::NotFound).into_response());
            }
            files
                .oneshot(request)
                .await
                .map(|response| with_policy(response.map(axum::body::Body::new), policy))
        }
    }))
}

/// What the build notes beside the files for itself, however it is written: no file of the site needs `%` in its name.
fn is_a_note(path: &str) -> bool {
    path == "/manifest.json" || path.contains('%') || path.split('/').any(|segment| segment.starts_with('.'))
}

fn policy_of(path: &str) -> HeaderValue {
    let hashed = path.starts_with("/pkg/") || path.starts_with("/fonts/") || path.starts_with("/icons.");
    if hashed { FOR_EVER } else { AN_HOUR }
}

fn with_policy(mut response: Response<axum::body::Body>, policy: HeaderValue) -> Response<axum::body::Body> {
    if response.status().is_success() || response.status() == http::StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(header::CACHE_CONTROL, policy);
    }
    response
}
