//! `/inquiries/{id}/messages/{seq}/translate`, likewise behind a link: has one message translated and leads back to it. Without a
//! configured translator it does not exist.

use axum::extract::Path;
use market::ErrorKind;
use market::inquiries::links::LinkStanding;
use market::inquiries::service;

use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::Submitted;
use crate::inquiries::place::{Door, closed_link};
use crate::page;

/// For the signed-in.
pub async fn submit(Path((id, seq)): Path<(String, String)>, req: Req, _form: Submitted) -> PageResult {
    translate(req, Door::Own(id), &seq).await
}

/// Through a link.
pub async fn submit_link(
    Path((token, seq)): Path<(String, String)>,
    req: Req,
    _form: Submitted,
) -> PageResult {
    translate(req, Door::Link(token), &seq).await
}

async fn translate(req: Req, door: Door, seq: &str) -> PageResult {
    let seq = seq.parse().map_err(|_| PageError::from(ErrorKind::NotFound))?;
    let place = door.open(&req).await?;
    if place.standing != LinkStanding::Works {
        return Ok(closed_link(&req, place.standing));
    }
    service::translate_message(&place.cx, place.thread_id, seq).await?;
    Ok(page::redirect(&place.href(&req, &format!("#m-{seq}"))))
}
