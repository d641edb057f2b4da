//! Compression at run time: zstd, then brotli 1, then gzip 1. Default brotli costs three times the
//! rendering of a page; level 1 costs a fifth. Static files carry copies compressed once at the highest level.

use http::{Extensions, HeaderMap, StatusCode, Version, header};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

/// Files to be saved are compressed in themselves, and their length tells how far a download is.
fn shown_not_saved(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::CONTENT_DISPOSITION)
}

/// The layer for rendered pages.
pub fn layer() -> CompressionLayer<impl Predicate> {
    let worth_it = SizeAbove::new(1024)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("font/"))
        .and(shown_not_saved);
    CompressionLayer::new()
        .zstd(true)
        .br(true)
        .gzip(true)
        .quality(CompressionLevel::Precise(1))
        .compress_when(worth_it)
}
