//! `POST /basket/add`: puts a listing in, or all that were ticked, and goes back to where the button stood.

use axum::extract::State;
use market::ErrorKind;
use market::basket::service::{self, Added, AddedAll};
use market::inquiries::service::MOST_PAGES;
use uuid::Uuid;

use crate::basket::cookie;
use crate::basket::told::{self, PICK, Told};
use crate::context::{AppState, Req};
use crate::error::PageResult;
use crate::form::Submitted;
use crate::page;
use crate::ui::anchor;

/// Longest address to go back to: one of results may say much.
const LONGEST: usize = 2_500;
/// The button that puts in what was ticked.
pub const SEVERAL: &str = "several";

/// Puts it in. A full basket is shown instead of the page before.
pub async fn add(State(state): State<AppState>, req: Req, sent: Submitted) -> PageResult {
    let basket = req.href("/basket");
    let back = told::untold(&page::safe_next_within(sent.get("next"), &basket, LONGEST));
    if sent.has(SEVERAL) || sent.has(PICK) {
        return several(&state, &req, &sent, &back).await;
    }
    let listing = Uuid::parse_str(sent.get("listing")).map_err(|_| ErrorKind::NotFound)?;
    let back = format!("{back}#{}", anchor(listing));
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

/// Puts in what was ticked: all of it, or nothing where the basket does not hold it. What does not exist, or not any
/// more, is left out and counted.
async fn several(state: &AppState, req: &Req, sent: &Submitted, back: &str) -> PageResult {
    let (mut picks, strange) = picked(sent);
    let (added, kept) = if req.person().is_some() {
        (service::add_all(&req.cx, &picks).await?, None)
    } else {
        let (added, ids) = service::with_all(&req.cx, &req.kept, &picks).await?;
        (added, (ids != *req.kept).then_some(ids))
    };
    let told = match added {
        AddedAll::Inside(count) => Told::Added(count, strange + picks.len().saturating_sub(count)),
        AddedAll::TooMany => {
            picks.truncate(MOST_PAGES);
            Told::TooMany(picks)
        }
    };
    let response = page::redirect(&told.at(back));
    Ok(match kept {
        Some(ids) => cookie::write(response, state.secure_cookies, &ids),
        None => response,
    })
}

/// What was ticked, in the order of the page and each once, up to one more than any basket holds; and how much was sent
/// that names nothing.
fn picked(sent: &Submitted) -> (Vec<Uuid>, usize) {
    let mut picks = Vec::new();
    let mut strange = 0;
    for text in sent.all(PICK) {
        match Uuid::try_parse(text) {
            Ok(pick) if !picks.contains(&pick) && picks.len() <= MOST_PAGES => picks.push(pick),
            Ok(_) => {}
            Err(_) => strange += 1,
        }
    }
    (picks, strange)
}
