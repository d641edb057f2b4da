//! The home page, what the site says about itself, and what it tells machines: feeds, sitemaps, robots.

mod about;
mod feeds;
mod front;
#[cfg(test)]
mod policy_tests;
mod sitemaps;
mod transparency;

use crate::routes::Routes;

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new()
        .get("/", front::show)
        .get("/about", about::guide)
        .get("/about/terms", about::terms)
        .get("/about/privacy", about::privacy)
        .get("/about/intermediary", about::intermediary)
        .get("/about/transparency", transparency::show)
        .get("/feeds/listings.xml", feeds::listings)
        .get("/sitemap.xml", sitemaps::index)
        .get("/sitemaps/{file}", sitemaps::file)
        .get("/robots.txt", sitemaps::robots)
}
