//! Every form of the site with a body that is taken, driven from the list of routes: a form that is added later and is
//! missing here fails.

mod before;
mod ceilings;
mod hostile;
mod kept;
mod table;
mod twice;

use std::collections::BTreeMap;

use http::Method;
use market::db::Db;
use market::time::DAY;
use uuid::Uuid;

use crate::browser::{Browser, Page, form_urlencoded};
use crate::world::{PEOPLE, World};
use kept::Kept;
use table::{CASES, Case, Kind, NOT_PRESSED};

/// The world of the forms, the people in it, and the way back to how it was.
pub struct Ground {
    pub world: World,
    browsers: Vec<(&'static str, Browser)>,
    pub kept: Kept,
    values: BTreeMap<&'static str, String>,
}

const OTHER_LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, specs, unit, \
    price_kind, price_currency, price_tiers, origin, hs_code, part_number, created_at, updated_at, submitted_at, first_published_at, published_at, free_until, version) \
    SELECT $1, m.vendor_id, 'bolt-9', 'published', 'fasteners.bolts.hex', '육각볼트 M10', 'Hex bolt M10', '육각볼트', 'Hex bolt', '[]', '개', \
    'negotiable', 'KRW', '[]', '대한민국', '731815', 'DS-M10', $3, $3, $3, $3, $3, $4, 1 FROM vendor_members m WHERE m.user_id = $2";
const JOB: &str = "SELECT id FROM outbox WHERE dead_at IS NOT NULL";
const SLOT: &str = "SELECT id FROM slots";
const PASSWORD: &str = "UPDATE users SET password_hash = $1";

impl Ground {
    pub async fn new(db: Db) -> Self {
        let world = World::new(db).await;
        let cx = world.app.test.market.system();
        let (other, now) = (cx.new_id(), cx.now());
        let hash = market::accounts::passwords::hash(&cx, "우리 공장 옆 은행나무".into()).await.unwrap();
        let mut tx = cx.write().await.unwrap();
        market::execute!(tx, OTHER_LISTING, other, world.id("other_vendor"), now, now.plus(60 * DAY))
            .unwrap();
        market::execute!(tx, PASSWORD, hash).unwrap();
        market::execute!(tx, "UPDATE search_rules_state SET version = 1").unwrap();
        let (job,) = market::fetch_one!(tx, (Uuid,), JOB).unwrap();
        let (slot,) = market::fetch_one!(tx, (Uuid,), SLOT).unwrap();
        tx.commit().await.unwrap();
        let mut browsers = Vec::new();
        for name in PEOPLE {
            browsers.push((name, world.browser(name).await));
        }
        let day = |days: i64| market::calendar::seoul_date(now.plus(days * DAY).0).to_string();
        let values = BTreeMap::from([
            ("listing", world.listing.to_string()),
            ("other_listing", other.to_string()),
            ("submitted", world.submitted.to_string()),
            ("media", world.media.to_string()),
            ("staff", world.id("staff").to_string()),
            ("curator", world.id("curator").to_string()),
            ("vendor", world.vendor.to_string()),
            ("job", job.to_string()),
            ("slot", slot.to_string()),
            ("now", now.0.to_string()),
            ("today", day(0)),
            ("soon", day(20)),
        ]);
        let kept = Kept::new(cx).await;
        Self { world, browsers, kept, values }
    }

    pub fn browser(&self, name: &str) -> Browser {
        self.browsers.iter().find(|(known, _)| *known == name).map(|(_, browser)| browser.clone()).unwrap()
    }

    /// The text with the things of this world in place of `{names}`.
    pub fn fill(&self, text: &str, more: &BTreeMap<&'static str, String>) -> String {
        self.values
            .iter()
            .chain(more)
            .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// Everything before the press: the world as it was, what has to come first, and who presses what where.
    pub async fn ready(&mut self, case: &Case) -> Press {
        self.kept.put_back().await;
        let mut browser = self.browser(case.who);
        let more = before::take(self, case.before, &mut browser).await;
        let mut path = case.route.to_owned();
        for (parameter, value) in
            [("{token}", more.get("token")), ("{id}", more.get("id")), ("{seq}", Some(&"1".to_owned()))]
        {
            if let Some(value) = value {
                path = path.replace(parameter, value);
            }
        }
        if path.contains('{') {
            path = self.world.path(case.route);
        }
        let path = path + &self.fill(case.query, &more);
        let mut body: Vec<(String, String)> =
            case.body.iter().map(|(name, value)| ((*name).to_owned(), self.fill(value, &more))).collect();
        if case.kind != Kind::Bare {
            body.push(("idem".to_owned(), self.world.app.test.market.system().new_id().to_string()));
        }
        Press { browser, path, body, kind: case.kind }
    }
}

/// One press of a form.
#[derive(Clone)]
pub struct Press {
    pub browser: Browser,
    pub path: String,
    pub body: Vec<(String, String)>,
    kind: Kind,
}

impl Press {
    /// Sends it.
    pub async fn send(&mut self) -> Page {
        if self.kind == Kind::Picture {
            return self.browser.post_raw(&self.path, "multipart/form-data; boundary=XX", picture()).await;
        }
        let fields: Vec<(&str, &str)> =
            self.body.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let bytes = form_urlencoded(&fields).into_bytes();
        self.browser.post_raw(&self.path, "application/x-www-form-urlencoded", bytes).await
    }

    /// Sends it with these bytes in a field.
    pub async fn send_with(mut self, field: &str, bytes: &[u8]) -> Page {
        use std::fmt::Write as _;
        let rest: Vec<(&str, &str)> = self
            .body
            .iter()
            .filter(|(name, _)| name != field)
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let mut body = form_urlencoded(&rest);
        _ = write!(body, "&{field}=");
        for byte in bytes {
            _ = write!(body, "%{byte:02X}");
        }
        self.browser.post_raw(&self.path, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    /// The same with another value in a field.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.body.retain(|(known, _)| known != name);
        other.body.push((name.to_owned(), value.to_owned()));
        other
    }
}

fn picture() -> Vec<u8> {
    let head = "--XX\r\nContent-Disposition: form-data; name=\"images\"; filename=\"bolt.png\"\r\nContent-Type: image/png\r\n\r\n";
    [head.as_bytes(), &[7; 5_000], b"\r\n--XX--\r\n"].concat()
}

#[test]
fn every_form_of_the_site_is_in_the_table() {
    let posts: Vec<&str> = app::routes::all()
        .list()
        .iter()
        .filter(|(method, _)| *method == Method::POST)
        .map(|(_, route)| *route)
        .collect();
    let missing: Vec<&&str> = posts
        .iter()
        .filter(|route| {
            !CASES.iter().any(|case| case.route == **route)
                && !NOT_PRESSED.iter().any(|(known, _)| known == *route)
        })
        .collect();
    assert!(missing.is_empty(), "forms without a body that is taken: {missing:?}");
    let known = CASES.iter().map(|case| case.route).chain(NOT_PRESSED.iter().map(|(route, _)| *route));
    let gone: Vec<&str> = known.filter(|route| !posts.contains(route)).collect();
    assert!(gone.is_empty(), "rows of forms that are gone: {gone:?}");
}
