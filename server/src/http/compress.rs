//! Compression at run time: zstd, then brotli 1, then gzip 1. Default brotli costs three times the
//! rendering of a page; level 1 costs a fifth. Static files carry copies compressed once at the highest level.

use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

/// The layer for rendered pages.
pub fn layer() -> CompressionLayer<impl Predicate> {
    let worth_it = SizeAbove::new(1024)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("font/"));
    CompressionLayer::new()
        .zstd(true)
        .br(true)
        .gzip(true)
        .quality(CompressionLevel::Precise(1))
        .compress_when(worth_it)
}
