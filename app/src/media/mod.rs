//! Pictures: `/media/{hash}/{width}`, with `.webp` or `.jpg` behind the width or chosen by `Accept`.
//!
//! Cache: for ever; the name is the content.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use market::media::{ImageFormat, ImageHash, ImageSlot, MediaRefusal};
use market::{ErrorKind, Market};

use crate::error::PageError;
use crate::routes::Routes;

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new().get("/media/{hash}/{width}", show)
}

async fn show(
    State(market): State<Market>,
    Path((hash, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let hash = ImageHash::parse(&hash).ok_or(ErrorKind::NotFound)?;
    let (width, named) = split(&file)?;
    let slot = ImageSlot::parse(width).ok_or(ErrorKind::NotFound)?;
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let format = named.unwrap_or_else(|| ImageFormat::for_accept(accept));
    let tag = format!("\"{}-{}\"", hash.as_str().get(..16).unwrap_or_default(), slot.file_name(format));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes()) {
        return Ok((
            StatusCode::NOT_MODIFIED,
            [(header::ETAG, tag), (header::CACHE_CONTROL, FOR_EVER.to_owned())],
        )
            .into_response());
    }
    let image =
        market.ports().media.open(&hash, slot, format).await.map_err(away)?.ok_or(ErrorKind::NotFound)?;
    let kind = image.format.content_type();
    let mut response = (
        [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CACHE_CONTROL, FOR_EVER.to_owned()),
            (header::ETAG, tag),
        ],
        image.bytes,
    )
        .into_response();
    if named.is_none() {
        response.headers_mut().insert(header::VARY, header::HeaderValue::from_static("Accept"));
    }
    Ok(response)
}

const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// `640`, `640.webp`, `640.jpg`.
fn split(file: &str) -> Result<(&str, Option<ImageFormat>), ErrorKind> {
    let Some((width, extension)) = file.split_once('.') else { return Ok((file, None)) };
    let format = ImageFormat::ALL.into_iter().find(|format| format.extension() == extension);
    format.map(|format| (width, Some(format))).ok_or(ErrorKind::NotFound)
}

fn away(refusal: MediaRefusal) -> PageError {
    PageError(market::Error::caused(ErrorKind::Unavailable, refusal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_endings_name_a_format() {
        assert_eq!(split("640").ok(), Some(("640", None)));
        assert_eq!(split("640.webp").ok(), Some(("640", Some(ImageFormat::Webp))));
        assert_eq!(split("640.jpg").ok(), Some(("640", Some(ImageFormat::Jpeg))));
        for wrong in ["640.png", "640.", ".webp.jpg", "640.webp.jpg"] {
            assert!(split(wrong).is_err(), "{wrong}");
        }
    }
}
