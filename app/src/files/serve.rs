//! `/files/{id}`: a file as it was sent, to be saved and never shown as a page of ours; `/files/{id}/preview`: its small
//! picture. Never cached: who may read is asked anew each time.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use market::files::{disposition, serving};
use market::ports::files::Reader;
use market::{Cx, ErrorKind};
use tokio::io::AsyncReadExt as _;

use super::file_id;
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::i18n::files as w;
use crate::inquiries::place::message_page;
use crate::ui;

/// Bytes sent at once.
const PIECE: usize = 64 * 1024;

/// The file.
pub async fn file(req: &Req, cx: &Cx, id: &str) -> PageResult {
    let served = match serving::open(cx, file_id(id)?).await {
        Ok(served) => served,
        Err(error) => return withheld(req, error),
    };
    let mut response = Body::from_stream(pieces(served.open.reader)).into_response();
    let headers = response.headers_mut();
    guard(headers, served.file.kind.content_type());
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(served.open.bytes));
    let disposition = HeaderValue::from_str(&disposition(&served.file.name));
    headers
        .insert(header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment")));
    Ok(response)
}

/// Its small picture.
pub async fn preview(cx: &Cx, id: &str) -> PageResult {
    let picture = serving::open_preview(cx, file_id(id)?).await?;
    let mut response = picture.into_response();
    guard(response.headers_mut(), "image/webp");
    Ok(response)
}

/// Whatever the bytes are, no browser runs them as ours.
fn guard(headers: &mut HeaderMap, kind: &'static str) {
    let mut put = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    put(header::CONTENT_TYPE, kind);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'");
    put(header::CACHE_CONTROL, "private, no-store");
    put(header::REFERRER_POLICY, "no-referrer");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
}

fn pieces(reader: Reader) -> impl futures_util::Stream<Item = std::io::Result<Bytes>> + Send {
    stream::try_unfold(reader, |mut reader| async move {
        let mut piece = vec![0; PIECE];
        let read = reader.read(&mut piece).await?;
        piece.truncate(read);
        Ok((read > 0).then(|| (Bytes::from(piece), reader)))
    })
}

fn withheld(req: &Req, error: market::Error) -> PageResult {
    let ErrorKind::Conflict(rule) = &error.kind else { return Err(PageError(error)) };
    let lang = req.lang();
    let (title, text) = if rule == "file.infected" {
        (w::infected_title(lang), w::infected_text(lang))
    } else {
        (w::waiting_title(lang), w::waiting_text(lang))
    };
    let ways = ui::primary_link(&req.href("/inquiries"), crate::i18n::inquiries::go_inbox(lang));
    Ok(message_page(req, StatusCode::CONFLICT, title, text, ways) as Response)
}
