//! The whole service: routes, then the layers around them, outermost last.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use app::context::AppState;
use app::error::PageError;
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{Method, StatusCode};
use market::{Error, ErrorKind};
use metrics_exporter_prometheus::PrometheusHandle;
use tower::{ServiceBuilder, ServiceExt};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use super::layers::{TrustedProxies, attach, strip_language, with_guards};
use super::{compress, guesses, health, statics};

/// Largest form body. Uploads set their own limit on their route.
const BODY: usize = 512 * 1024;
/// Longest pause while a body arrives.
const BODY_PAUSE: Duration = Duration::from_secs(20);
/// Longest time for a whole request.
const REQUEST: Duration = Duration::from_mins(1);
/// Longest time for a request that brings files: ten large pictures over a line of 2 Mbit/s take a quarter of an hour. Pauses
/// are held to [`BODY_PAUSE`] there too.
const UPLOAD: Duration = Duration::from_mins(20);

/// The site. `site_root` holds the built files.
pub fn router(state: AppState, site_root: &Path, proxies: Vec<IpAddr>) -> Router {
    let proxies = TrustedProxies(Arc::from(proxies));
    let routes = app::routes::all();
    let uploads: Arc<[&'static str]> = routes.uploads().into();
    let pages = routes
        .into_router()
        // `Allow` is added by the router, the page by the layer that knows the language
        .method_not_allowed_fallback(async || StatusCode::METHOD_NOT_ALLOWED)
        .fallback_service(statics::fallback(site_root));
    let guarded = pages
        .layer(CatchPanicLayer::custom(panicked))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(from_fn_with_state(uploads, in_time))
        .layer(from_fn(guesses::counted))
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state((state.clone(), proxies), attach))
        .with_state(state.clone());
    let localised = ServiceBuilder::new().map_request(strip_language::<axum::body::Body>).service(guarded);
    Router::new()
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .route_layer(from_fn_with_state(state.clone(), with_guards))
        .with_state(state)
        .fallback_service(localised.map_err(|never| match never {}))
        .layer(compress::layer())
}

/// Ends a request that takes too long; one that brings files has longer.
async fn in_time(
    State(uploads): State<Arc<[&'static str]>>,
    route: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let brings_files =
        request.method() == Method::POST && route.is_some_and(|route| uploads.contains(&route.as_str()));
    let limit = if brings_files { UPLOAD } else { REQUEST };
    tokio::time::timeout(limit, next.run(request))
        .await
        .unwrap_or_else(|_| PageError::from(ErrorKind::Unavailable).into_response())
}

/// A panic is our fault and nobody else's problem: the person gets the page of an internal error.
fn panicked(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    PageError(Error::internal(text.unwrap_or_else(|| "panic".into()))).into_response()
}

/// The listener of its own for Prometheus.
pub fn metrics_router(handle: PrometheusHandle) -> Router {
    Router::new().route(
        "/metrics",
        get(move |_: Request| {
            let text = handle.render();
            async move { text }
        }),
    )
}
