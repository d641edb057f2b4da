//! The market (everything the verbs need) and the context of one call (who asks, in which language).

use std::net::IpAddr;
use std::sync::Arc;

use crate::accounts::access::Actor;
use crate::db::{Conn, Db, Tx};
use crate::error::Result;
use crate::idempotency::FormKey;
use crate::lang::Lang;
use crate::ports::{
    CatalogSearch, Clock, FileStore, Ids, Mailer, MediaStore, Registry, Scanner, Talker, Translator,
};
use crate::settings::Settings;
use crate::time::{SECOND, Timestamp};
use crate::zones::Zone;

/// The implementations behind the ports, chosen by the running program (or a test).
#[derive(Clone)]
pub struct Ports {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes identifiers and secrets.
    pub ids: Arc<dyn Ids>,
    /// Sends mail.
    pub mailer: Arc<dyn Mailer>,
    /// Looks up business numbers.
    pub registry: Arc<dyn Registry>,
    /// Keeps images.
    pub media: Arc<dyn MediaStore>,
    /// Keeps private files.
    pub files: Arc<dyn FileStore>,
    /// Looks for viruses.
    pub scanner: Arc<dyn Scanner>,
    /// Finds listings.
    pub search: Arc<dyn CatalogSearch>,
    /// Sends messages on the telephone.
    pub talk: Arc<dyn Talker>,
    /// Translates messages.
    pub translator: Arc<dyn Translator>,
}

/// The marketplace: database, ports and settings. Cheap to clone.
#[derive(Clone)]
pub struct Market(Arc<Inner>);

struct Inner {
    db: Db,
    ports: Ports,
    settings: Settings,
    search_log: crate::search::log::Waiting,
    search_rules: crate::search::desk::live::Live,
    suggest_state: crate::search::suggest::State,
    live: crate::live::Hub,
}

impl Market {
    /// Puts the parts together.
    pub fn new(db: Db, ports: Ports, settings: Settings) -> Self {
        Self(Arc::new(Inner {
            db,
            ports,
            settings,
            search_log: crate::search::log::Waiting::default(),
            search_rules: crate::search::desk::live::Live::default(),
            suggest_state: crate::search::suggest::State::default(),
            live: crate::live::Hub::default(),
        }))
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The ports.
    pub fn ports(&self) -> &Ports {
        &self.0.ports
    }

    /// The figures that may be configured.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Searches that wait to be logged.
    pub(crate) fn search_log(&self) -> &crate::search::log::Waiting {
        &self.0.search_log
    }

    /// The curators' rules of search, as this process knows them.
    pub(crate) fn search_rules(&self) -> &crate::search::desk::live::Live {
        &self.0.search_rules
    }

    /// What the list under the search box remembers between two keys.
    pub(crate) fn suggest_state(&self) -> &crate::search::suggest::State {
        &self.0.suggest_state
    }

    /// Who looks on in this process.
    pub fn live(&self) -> &crate::live::Hub {
        &self.0.live
    }

    /// The time by the clock port.
    pub fn now(&self) -> Timestamp {
        self.0.ports.clock.now()
    }

    /// A context in which somebody asks who is not known yet.
    pub fn visitor(&self, lang: Lang, ip: Option<IpAddr>, request_id: Arc<str>) -> Cx {
        Cx { actor: Arc::new(Actor::Visitor), lang, ip, request_id, ..self.system() }
    }

    /// A context in which the site itself acts (worker, seeding, command line).
    pub fn system(&self) -> Cx {
        Cx {
            market: self.clone(),
            actor: Arc::new(Actor::system()),
            lang: Lang::Ko,
            zone: Zone::seoul(),
            ip: None,
            request_id: "system".into(),
            form: None,
        }
    }
}

/// One call: who asks, from where, in which language, on which market.
#[derive(Clone)]
pub struct Cx {
    /// The marketplace.
    pub market: Market,
    /// Who asks.
    pub actor: Arc<Actor>,
    /// Language of the page.
    pub lang: Lang,
    /// The clock the reader goes by.
    pub zone: Zone,
    /// Address of the client, for limits only; never logged or stored.
    pub ip: Option<IpAddr>,
    /// Identifies the request in the log and on error pages.
    pub request_id: Arc<str>,
    /// The form behind the call; set by [`crate::idempotency::once`].
    pub form: Option<Arc<FormKey>>,
}

impl Cx {
    /// The time by the clock port.
    pub fn now(&self) -> Timestamp {
        self.market.now()
    }

    /// The second that is running. Lists of public pages and questions to the search engine compare ends of windows with
    /// it: within a second they ask the same (see `db::inline`), and a window ends on the second, so no other moment of
    /// it would answer otherwise.
    pub fn this_second(&self) -> Timestamp {
        let now = self.now().0;
        Timestamp(now - now.rem_euclid(SECOND))
    }

    /// A fresh identifier (`UUIDv7`).
    pub fn new_id(&self) -> uuid::Uuid {
        self.market.ports().ids.new_id()
    }

    /// A connection for reading.
    ///
    /// # Errors
    /// `Unavailable` when the database is away.
    pub async fn read(&self) -> Result<Conn> {
        self.market.db().read().await
    }

    /// A transaction for writing. The first one of a call that a form made keeps the form's key.
    ///
    /// # Errors
    /// `Unavailable` when the database is away; see [`crate::idempotency::once`].
    pub async fn write(&self) -> Result<Tx> {
        let mut tx = self.write_beside().await?;
        if let Some(form) = &self.form {
            form.keep_once(&mut tx, self.now()).await?;
        }
        Ok(tx)
    }

    /// A transaction that stands whatever becomes of the call, such as the count of a try.
    ///
    /// # Errors
    /// `Unavailable` when the database is away.
    pub async fn write_beside(&self) -> Result<Tx> {
        self.market.db().write().await
    }

    /// The same call as made by a form.
    pub(crate) fn with_form(&self, form: FormKey) -> Self {
        Self { form: Some(Arc::new(form)), ..self.clone() }
    }

    /// The configured figures.
    pub fn settings(&self) -> &Settings {
        self.market.settings()
    }

    /// The same call as somebody else.
    #[must_use]
    pub fn as_actor(&self, actor: Actor) -> Self {
        Self { actor: Arc::new(actor), ..self.clone() }
    }
}
