//! One sheet with the silhouette of every family, so that a list repeats no drawing. Kept by browsers for
//! a year: its address changes with its content.

use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::response::{IntoResponse, Response};
use http::header;
use market::catalog::drawing::{Family, icon_svg};

struct Sheet {
    svg: String,
    address: String,
}

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    let mut svg = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">");
    for family in Family::ALL {
        let icon = icon_svg(family);
        let body = icon.split_once('>').map_or("", |(_, rest)| rest).trim_end_matches("</svg>");
        let _ = write!(svg, "<symbol id=\"{}\" viewBox=\"40 30 320 240\">{body}</symbol>", family.code());
    }
    svg.push_str("</svg>");
    let hash = svg.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    Sheet { svg, address: format!("/drawings.svg?v={hash:016x}") }
});

/// Address of the sheet; `#code` of a family names its part.
pub fn address() -> &'static str {
    &SHEET.address
}

/// `GET /drawings.svg`.
pub async fn show() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, SHEET.svg.as_str()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_is_on_the_sheet() {
        for family in Family::ALL {
            assert!(SHEET.svg.contains(&format!("id=\"{}\"", family.code())));
        }
        assert_eq!(SHEET.svg.matches("<symbol").count(), SHEET.svg.matches("</symbol>").count());
    }
}
