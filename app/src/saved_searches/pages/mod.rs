//! One file per page of saved searches. All private, never cached.

pub mod confirm;
pub mod link;
pub mod list;
pub mod save;

use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;

use crate::context::Req;
use crate::page::{self, Meta, Width};

/// A page of one column whose address may carry a secret: no other page is told it.
fn column(req: &Req, status: StatusCode, title: &str, content: AnyView) -> Response {
    let meta = Meta::private(title).wide(Width::Text);
    let view = view! { <h1>{title.to_owned()}</h1>{content} };
    let mut response = page::render_status(req, status, meta, view.into_any());
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
