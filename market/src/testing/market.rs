//! A whole marketplace for one test: a real database, fakes at every port, a clock that stands still.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test whose ground is missing must stop at once"
)]

use std::sync::Arc;

use uuid::Uuid;

use super::{
    CountingIds, FakeFiles, FakeMailer, FakeMedia, FakeRegistry, FakeScanner, FakeSearch, FakeTalker,
    FakeTranslator, FixedClock,
};
use crate::accounts::access::{Actor, PlatformRole, VendorRole};
use crate::accounts::model::ConsentKind;
use crate::accounts::{sessions, store};
use crate::cx::{Cx, Market, Ports};
use crate::db::Db;
use crate::settings::Settings;

/// A marketplace and the fakes behind its ports.
pub struct TestMarket {
    /// The marketplace.
    pub market: Market,
    /// Its clock.
    pub clock: Arc<FixedClock>,
    /// What was mailed.
    pub mailer: Arc<FakeMailer>,
    /// The registry of business numbers.
    pub registry: Arc<FakeRegistry>,
    /// The search engine.
    pub search: Arc<FakeSearch>,
    /// The images.
    pub media: Arc<FakeMedia>,
    /// The private files.
    pub files: Arc<FakeFiles>,
    /// The virus scanner.
    pub scanner: Arc<FakeScanner>,
    /// What was sent to telephones; off until a test switches it on.
    pub talk: Arc<FakeTalker>,
    /// The translator; off until a test switches it on.
    pub translator: Arc<FakeTranslator>,
}

/// A marketplace on `db` with the usual figures.
pub fn test_market(db: Db) -> TestMarket {
    test_market_with(db, Settings::default())
}

/// A marketplace on `db` with other figures.
pub fn test_market_with(db: Db, settings: Settings) -> TestMarket {
    let (clock, mailer, registry) =
        (Arc::new(FixedClock::default()), Arc::new(FakeMailer::default()), Arc::new(FakeRegistry::default()));
    let (search, media) = (Arc::new(FakeSearch::default()), Arc::new(FakeMedia::default()));
    let (files, scanner) = (Arc::new(FakeFiles::default()), Arc::new(FakeScanner::default()));
    let (talk, translator) = (Arc::new(FakeTalker::default()), Arc::new(FakeTranslator::default()));
    let ports = Ports {
        clock: clock.clone(),
        ids: Arc::new(CountingIds::default()),
        mailer: mailer.clone(),
        registry: registry.clone(),
        media: media.clone(),
        files: files.clone(),
        scanner: scanner.clone(),
        search: search.clone(),
        talk: talk.clone(),
        translator: translator.clone(),
    };
    TestMarket {
        market: Market::new(db, ports, settings),
        clock,
        mailer,
        registry,
        search,
        media,
        files,
        scanner,
        talk,
        translator,
    }
}

const INSERT_USER: &str = "INSERT INTO users (id, email, name, lang, email_confirmed_at, created_at, updated_at, is_demo) \
    VALUES ($1, $2, $3, 'ko', $4, $4, $4, $5)";
const GRANT_ROLE: &str = "INSERT INTO user_roles (user_id, role, granted_at) VALUES ($1, $2, $3)";
const JOIN_VENDOR: &str =
    "INSERT INTO vendor_members (vendor_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)";

impl TestMarket {
    /// A context of nobody known.
    pub fn visitor(&self) -> Cx {
        self.market.system().as_actor(Actor::Visitor)
    }

    /// A person with a confirmed address `<name>@example.test` and no password, who has agreed that vendors learn who asks.
    pub async fn add_person(&self, name: &str) -> Uuid {
        let (cx, id) = (self.market.system(), self.add_silent_person(name).await);
        let mut tx = cx.write().await.expect("a transaction");
        store::insert_consent(&cx, &mut tx, id, ConsentKind::ThirdParty, true).await.expect("a consent");
        tx.commit().await.expect("a consent is kept");
        id
    }

    /// The same of somebody who was never asked about vendors.
    pub async fn add_silent_person(&self, name: &str) -> Uuid {
        let cx = self.market.system();
        let id = cx.new_id();
        let mut tx = cx.write().await.expect("a transaction");
        crate::execute!(tx, INSERT_USER, id, format!("{name}@example.test"), name, cx.now(), false)
            .expect("a person");
        tx.commit().await.expect("a person is kept");
        id
    }

    /// Gives a person a role in the federation's team.
    pub async fn grant(&self, user_id: Uuid, role: PlatformRole) {
        let cx = self.market.system();
        let mut tx = cx.write().await.expect("a transaction");
        crate::execute!(tx, GRANT_ROLE, user_id, role.code(), cx.now()).expect("a role");
        tx.commit().await.expect("a role is kept");
    }

    /// Makes a person a member of a company.
    pub async fn join(&self, user_id: Uuid, vendor_id: Uuid, role: VendorRole) {
        let cx = self.market.system();
        let mut tx = cx.write().await.expect("a transaction");
        crate::execute!(tx, JOIN_VENDOR, vendor_id, user_id, role.code(), cx.now()).expect("a membership");
        tx.commit().await.expect("a membership is kept");
    }

    /// Signs a person in and gives the context of their calls, with the roles they have now.
    pub async fn as_person(&self, user_id: Uuid) -> Cx {
        let cx = self.market.system();
        let mut tx = cx.write().await.expect("a transaction");
        let token = sessions::open(&cx, &mut tx, user_id, "test").await.expect("a session");
        tx.commit().await.expect("a session is kept");
        let person = sessions::authenticate(&self.market, &token)
            .await
            .expect("the database answers")
            .expect("the session is known");
        cx.as_actor(Actor::Person(Box::new(person)))
    }
}
