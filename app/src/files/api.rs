//! What the script of the composer talks to: announce a file, send its pieces, ask how far it is. JSON; a file that is
//! kept comes back as finished HTML.

use axum::response::Response;
use futures_util::StreamExt as _;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use market::files::{FileRefusal, Held, UploadError, upload};
use market::{Cx, ErrorKind};
use serde_json::json as value;

use super::{Answer, Body, composer, file_id, json};
use crate::abuse::parts::too_many;
use crate::context::Req;
use crate::error::{PageError, status_of};
use crate::form::Submitted;
use crate::i18n::files as w;

/// `POST /files`: `name` and `size`; gives the identity.
pub async fn begin(req: &Req, cx: &Cx, sent: &Submitted) -> Answer {
    let Ok(size) = sent.get("size").parse::<u64>() else {
        return Err(ErrorKind::Invalid(market::FieldErrors::new()).into());
    };
    match upload::begin(cx, sent.get("name"), Some(size)).await {
        Ok(id) => Ok(json(StatusCode::OK, &value!({ "id": id, "offset": 0 }))),
        Err(error) => refused(req, error),
    }
}

/// `GET /files/{id}/progress`: where to go on after a dropped connection.
pub async fn progress(req: &Req, cx: &Cx, id: &str) -> Answer {
    match upload::progress(cx, file_id(id)?).await {
        Ok(held) => Ok(held_answer(req, cx, &held)),
        Err(error) => refused(req, error),
    }
}

/// `POST /files/{id}/bytes?offset=`: one piece, as it is.
pub async fn bytes(req: &Req, cx: &Cx, id: &str, body: Body) -> Answer {
    let offset = req.query_value("offset").parse().unwrap_or(0);
    match receive(cx, file_id(id)?, offset, body).await {
        Ok(held) => Ok(held_answer(req, cx, &held)),
        Err(error) => refused(req, error),
    }
}

async fn receive(cx: &Cx, id: uuid::Uuid, offset: u64, body: Body) -> Result<Held, UploadError> {
    let mut receiving = upload::open(cx, id, offset).await?;
    let mut pieces = body.into_body().into_data_stream();
    while let Some(piece) = pieces.next().await {
        // the sender is gone; what arrived stays, and the next piece goes behind it
        let piece = piece.map_err(|error| market::Error::caused(ErrorKind::Unavailable, error))?;
        if let Err(refusal) = receiving.write(&piece).await {
            if !refusal.is_fault() {
                receiving.abandon(cx).await?;
            }
            return Err(refusal.into());
        }
    }
    receiving.finish(cx).await
}

fn held_answer(req: &Req, cx: &Cx, held: &Held) -> Response {
    let body = match held {
        Held::Receiving(offset) => value!({ "offset": offset }),
        Held::Kept(file) => {
            let item = Owner::new_root(None)
                .with(|| composer::item(req, &composer::files_at(cx, req), file).to_html());
            value!({ "id": file.id, "item": item })
        }
    };
    json(StatusCode::OK, &body)
}

fn refused(req: &Req, error: UploadError) -> Answer {
    match error {
        UploadError::Offset(offset) => Ok(json(StatusCode::CONFLICT, &value!({ "offset": offset }))),
        UploadError::Refused(refusal) => {
            let status = status_of_refusal(&refusal);
            Ok(json(status, &value!({ "message": w::refusal(req.lang(), &refusal) })))
        }
        UploadError::Failed(error) => {
            let status = status_of(&error.kind);
            if status.is_server_error() {
                return Err(PageError(error));
            }
            tracing::debug!(error = %error, "upload refused");
            let mut body = value!({ "message": w::not_now(req.lang()) });
            let mut retry = None;
            if let Some((seconds, text)) = too_many(req.lang(), &error) {
                body = value!({ "message": text });
                retry = Some(seconds);
            }
            let mut response = json(status, &body);
            if let Some(seconds) = retry {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            Ok(response)
        }
    }
}

/// Faults are logged here; the file's own faults are its sender's business.
pub(super) fn status_of_refusal(refusal: &FileRefusal) -> StatusCode {
    if !refusal.is_fault() {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    tracing::warn!(error = %refusal, "file not stored");
    StatusCode::SERVICE_UNAVAILABLE
}
