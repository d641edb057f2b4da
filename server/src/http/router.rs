//! The whole service: routes, then the layers around them, outermost last.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use app::context::AppState;
use app::error::PageError;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use market::{Error, ErrorKind};
use metrics_exporter_prometheus::PrometheusHandle;
use tower::{ServiceBuilder, ServiceExt};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use super::layers::{TrustedProxies, attach, strip_language};
use super::{compress, health, statics};

/// Largest form body. Uploads set their own limit on their route.
const BODY: usize = 512 * 1024;
/// Longest pause while a body arrives.
const BODY_PAUSE: Duration = Duration::from_secs(20);
/// Longest time for a whole request.
const REQUEST: Duration = Duration::from_mins(1);

/// The site. `site_root` holds the built files.
pub fn router(state: AppState, site_root: &Path, proxies: Vec<IpAddr>) -> Router {
    let proxies = TrustedProxies(Arc::from(proxies));
    let pages = app::routes::all()
        .into_router()
        .method_not_allowed_fallback(async || PageError::from(ErrorKind::NotFound))
        .fallback_service(statics::fallback(site_root));
    let guarded = pages
        .layer(CatchPanicLayer::custom(panicked))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(TimeoutLayer::with_status_code(http::StatusCode::SERVICE_UNAVAILABLE, REQUEST))
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state((state.clone(), proxies), attach))
        .with_state(state.clone());
    let localised = ServiceBuilder::new().map_request(strip_language::<axum::body::Body>).service(guarded);
    Router::new()
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .with_state(state)
        .fallback_service(localised.map_err(|never| match never {}))
        .layer(compress::layer())
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
