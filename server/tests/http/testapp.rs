//! `TestApp`: the whole site for one test, and sessions of the people in it.

use std::path::Path;
use std::sync::Arc;

use app::context::AppState;
use axum::Router;
use market::accounts::access::{PlatformRole, VendorRole};
use market::accounts::sessions;
use market::db::Db;
use market::ports::CatalogSearch;
use market::search::Weights;
use market::settings::Settings;
use market::testing::{TestMarket, test_market, test_market_with};
use market::{Market, Ports};
use server::adapters::tantivy::TantivyCatalog;
use uuid::Uuid;

use crate::browser::Browser;

/// The site on a fresh database.
pub struct TestApp {
    /// The marketplace and its fakes.
    pub test: TestMarket,
    /// The real router.
    pub router: Router,
}

impl TestApp {
    /// The site on `db`.
    pub fn new(db: Db) -> Self {
        Self::with_settings(db, Settings::default())
    }

    /// The same with other figures.
    pub fn with_settings(db: Db, settings: Settings) -> Self {
        let test = test_market_with(db, settings);
        let state = AppState::new(test.market.clone(), false, true);
        let router = server::http::router(state, Path::new("tests/http/site"), Vec::new());
        Self { test, router }
    }

    /// The same with the embedded search engine, whose index lives in a folder of this name for as long as the process.
    pub fn with_engine(db: Db, name: &str) -> Self {
        let kind = if db.is_postgres() { "postgres" } else { "sqlite" };
        let folder = std::env::temp_dir().join(format!("market-{name}-{}-{kind}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let engine = TantivyCatalog::open(&folder, Weights::default()).expect("an index");
        Self::with_search(db, Arc::new(engine))
    }

    /// The same with this search engine.
    pub fn with_search(db: Db, search: Arc<dyn CatalogSearch>) -> Self {
        let mut test = test_market(db.clone());
        let ports = Ports { search, ..test.market.ports().clone() };
        test.market = Market::new(db, ports, test.market.settings().clone());
        let state = AppState::new(test.market.clone(), false, true);
        let router = server::http::router(state, Path::new("tests/http/site"), Vec::new());
        Self { test, router }
    }

    /// The same putting every page into words for its request.
    pub fn forgetting_pages(self) -> Self {
        let state = AppState::new(self.test.market.clone(), false, false);
        let router = server::http::router(state, Path::new("tests/http/site"), Vec::new());
        Self { router, ..self }
    }

    /// Somebody nobody knows.
    pub fn visitor(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// A browser in which `user_id` is signed in.
    pub async fn signed_in(&self, user_id: Uuid) -> Browser {
        let cx = self.test.market.system();
        let mut tx = cx.write().await.expect("a transaction");
        let token = sessions::open(&cx, &mut tx, user_id, "test browser").await.expect("a session");
        tx.commit().await.expect("the session is kept");
        Browser::new(self.router.clone()).with_cookie("session", &token)
    }

    /// A new person with a confirmed address, signed in.
    pub async fn person(&self, name: &str) -> (Uuid, Browser) {
        let id = self.test.add_person(name).await;
        (id, self.signed_in(id).await)
    }

    /// A new member of the federation's team, signed in.
    pub async fn team_member(&self, name: &str, role: PlatformRole) -> (Uuid, Browser) {
        let id = self.test.add_person(name).await;
        self.test.grant(id, role).await;
        (id, self.signed_in(id).await)
    }

    /// A new member of a company, signed in.
    pub async fn colleague(&self, name: &str, vendor_id: Uuid, role: VendorRole) -> (Uuid, Browser) {
        let id = self.test.add_person(name).await;
        self.test.join(id, vendor_id, role).await;
        (id, self.signed_in(id).await)
    }

    /// Does everything that waits in the outbox.
    pub async fn work(&self) {
        market::outbox::drain(&self.test.market).await.expect("the worker runs");
    }
}
