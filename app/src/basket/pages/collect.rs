//! `POST /basket/add`: puts a listing in and goes back to where the button stood.

use axum::extract::State;
use market::ErrorKind;
use market::basket::service::{self, Added};
use uuid::Uuid;

use crate::basket::cookie;
use crate::context::{AppState, Req};
use crate::error::PageResult;
use crate::form::Submitted;
use crate::page;
use crate::ui::anchor;

/// Puts it in. A full basket is shown instead of the page before.
pub async fn add(State(state): State<AppState>, req: Req, sent: Submitted) -> PageResult {
    let listing = Uuid::parse_str(sent.get("listing")).map_err(|_| ErrorKind::NotFound)?;
    let basket = req.href("/basket");
    let back = page::safe_next(sent.get("next"), &basket);
    let back = format!("{}#{}", back.split('#').next().unwrap_or_default(), anchor(listing));
    let full = format!("{basket}?full=1");
    if req.person().is_some() {
        let added = service::add(&req.cx, listing).await?;
        return Ok(page::redirect(if added == Added::Full { &full } else { &back }));
    }
    service::demand_shown(&req.cx, listing).await?;
    let mut ids = req.kept.to_vec();
    if !ids.contains(&listing) {
        if ids.len() >= req.cx.settings().basket_items {
            return Ok(page::redirect(&full));
        }
        ids.push(listing);
    }
    Ok(cookie::write(page::redirect(&back), state.secure_cookies, &ids))
}
