//! `/rfqs/mine`: requests of the signed-in person in every state. Never cached.

use http::StatusCode;
use leptos::prelude::*;
use market::rfqs::service;

use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::rfqs as w;
use crate::inquiries::place::column;
use crate::rfqs::parts;
use crate::ui;

/// The newest first.
pub async fn show(req: Req) -> PageResult {
    let own = service::own(&req.cx).await?;
    let lang = req.lang();
    let rows = own.iter().map(|rfq| parts::row(&req, rfq)).collect::<Vec<_>>();
    let post = ui::primary_link(&req.href("/rfqs/new"), w::post(lang));
    let list = if rows.is_empty() {
        ui::empty(w::own_empty_title(lang), w::own_empty_text(lang), Some(post))
    } else {
        view! { <p class="line mb-4">{post}</p><ul class="lines">{rows}</ul> }.into_any()
    };
    let content = view! {
        <div class="page-head"><h1>{w::own(lang)}</h1></div>
        {list}
        <p class="mt-4"><a href=req.href("/rfqs")>{w::board_all(lang)}</a></p>
    };
    Ok(column(&req, StatusCode::OK, w::own(lang), content.into_any()))
}
