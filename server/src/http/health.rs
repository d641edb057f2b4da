//! Health: `/livez` says that the process runs, `/readyz` that it can work.

use app::context::AppState;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

/// No i/o: only a hung process fails this.
pub async fn livez() -> &'static str {
    "ok"
}

/// Database and its migrations; the search engine may be away (there is a fallback) and is only mentioned.
pub async fn readyz(State(state): State<AppState>) -> Response {
    let database = match state.market.db().is_migrated().await {
        Ok(true) => "ok",
        Ok(false) => "not migrated",
        Err(_) => "away",
    };
    let search = if state.market.ports().search.health().await.is_ok() { "ok" } else { "away" };
    let status = if database == "ok" { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = serde_json::json!({ "database": database, "search": search });
    (status, axum::Json(body)).into_response()
}
