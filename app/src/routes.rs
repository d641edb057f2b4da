//! Every address of the site, recorded while it is registered so that the authorisation matrix can ask
//! for each one.

use std::sync::LazyLock;

use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodFilter, on};
use http::Method;

use crate::context::AppState;

/// A router that remembers its addresses.
#[derive(Default)]
pub struct Routes {
    router: Router<AppState>,
    list: Vec<(Method, &'static str)>,
    uploads: Vec<&'static str>,
}

impl Routes {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Registers a page.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.add(Method::GET, MethodFilter::GET, path, handler)
    }

    /// Registers what a form posts to.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.add(Method::POST, MethodFilter::POST, path, handler)
    }

    /// Registers what a form with files posts to, which is given the time that a slow line needs for them.
    #[must_use]
    pub fn post_files<H, T>(mut self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.uploads.push(path);
        self.post(path, handler)
    }

    fn add<H, T>(mut self, method: Method, filter: MethodFilter, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.list.push((method, path));
        self.router = self.router.route(path, on(filter, handler));
        self
    }

    /// Adds another noun's addresses.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.list.extend(other.list);
        self.uploads.extend(other.uploads);
        self
    }

    /// Every method and address.
    pub fn list(&self) -> &[(Method, &'static str)] {
        &self.list
    }

    /// Addresses that take files.
    pub fn uploads(&self) -> &[&'static str] {
        &self.uploads
    }

    /// The router itself.
    pub fn into_router(self) -> Router<AppState> {
        self.router
    }
}

/// Addresses that can be opened.
static PAGES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let routes = all();
    routes.list.iter().filter(|(method, _)| *method == Method::GET).map(|(_, path)| *path).collect()
});

/// The page to come back to after something was posted to `path`: itself, or the nearest one above that can be opened.
pub fn page_above(path: &str) -> &str {
    let mut rest = path;
    while !rest.is_empty() {
        if PAGES.iter().any(|pattern| fits(pattern, rest)) {
            return rest;
        }
        rest = rest.rsplit_once('/').map_or("", |(above, _)| above);
    }
    "/"
}

/// Whether a page stands at this address.
pub fn is_page(path: &str) -> bool {
    PAGES.iter().any(|pattern| fits(pattern, path))
}

fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern
            .iter()
            .zip(&path)
            .all(|(expected, part)| (expected.starts_with('{') && !part.is_empty()) || expected == part)
}

/// Every address of the site.
pub fn all() -> Routes {
    Routes::new()
        .and(crate::home::routes())
        .and(crate::search::routes())
        .and(crate::catalog::routes())
        .and(crate::vendors::routes())
        .and(crate::inquiries::routes())
        .and(crate::abuse::routes())
        .and(crate::basket::routes())
        .and(crate::rfqs::routes())
        .and(crate::accounts::routes())
        .and(crate::notifications::routes())
        .and(crate::curation::routes())
        .and(crate::media::routes())
        .and(crate::saved_searches::routes())
        .and(crate::files::routes())
        .and(crate::live::routes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posted_address_leads_back_to_a_page() {
        assert_eq!(page_above("/account/privacy/export"), "/account/privacy");
        assert_eq!(page_above("/vendor/listings/1/images/2"), "/vendor/listings/1/images");
        assert_eq!(page_above("/account"), "/account");
        assert_eq!(page_above("/sign-out"), "/");
        for (_, path) in all().list().iter().filter(|(method, _)| *method == Method::POST) {
            let back = page_above(path);
            assert!(PAGES.iter().any(|pattern| fits(pattern, back)), "{path} leads to {back}");
        }
    }
}
