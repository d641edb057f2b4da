//! Every address of the site, recorded while it is registered so that the authorisation matrix can ask
//! for each one.

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
        self
    }

    /// Every method and address.
    pub fn list(&self) -> &[(Method, &'static str)] {
        &self.list
    }

    /// The router itself.
    pub fn into_router(self) -> Router<AppState> {
        self.router
    }
}

/// Every address of the site.
pub fn all() -> Routes {
    Routes::new()
        .and(crate::home::routes())
        .and(crate::search::routes())
        .and(crate::catalog::routes())
        .and(crate::vendors::routes())
        .and(crate::inquiries::routes())
        .and(crate::basket::routes())
        .and(crate::accounts::routes())
        .and(crate::notifications::routes())
        .and(crate::curation::routes())
        .and(crate::media::routes())
        .and(crate::saved_searches::routes())
        .and(crate::files::routes())
        .and(crate::live::routes())
}
