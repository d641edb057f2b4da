//! Hidden never leaks: whatever is hidden, suspended, in review or over (by a job or by the clock alone), and whatever is asked, nothing of it is shown or
//! counted; on the embedded engine and on the look-up in the database.

use std::collections::BTreeMap;

use app::page::encode;
use http::StatusCode;
use market::both_databases;
use market::db::Db;
use market::search::{FacetKind, Filters, SearchQuery, Sort, feed, service};
use market::time::{DAY, HOUR, Timestamp};
use uuid::Uuid;

use crate::browser::Browser;
use crate::testapp::TestApp;

const VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, intro_ko, \
    intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, $2, $2, 'approved', $3, '', '가', $4, '경기도 시흥시', '1', 'a@b.test', '', '', 'active', $5, $5, 1)";
const LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, specs, unit, price_kind, \
    price_minor, price_currency, price_tiers, origin, hs_code, part_number, created_at, updated_at, first_published_at, published_at, free_until, version) \
    VALUES ($1, $2, $3, 'published', $4, $5, 'Hex bolt', '', '', '[]', '개', 'public', $6, 'KRW', '[]', '', '', $3, $7, $7, $7, $7, $8, 1)";
const LISTING_STATE: &str = "UPDATE listings SET state = $2, free_until = $3 WHERE id = $1";
const VENDOR_STATE: &str = "UPDATE vendors SET state = $2, registry_status = $3 WHERE id = $1";
const VENDORS: usize = 5;
const EACH: usize = 4;
const REGIONS: [&str; 3] = ["41", "26", "11"];
const CATEGORIES: [&str; 2] = ["fasteners.bolts.hex", "fasteners.nuts.hex"];

/// The same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides as u64).unwrap()
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.roll(all.len())]
    }
}

struct Thing {
    id: Uuid,
    slug: String,
    vendor: usize,
    category: &'static str,
    /// Whether its state and its vendor's let it be seen while its time runs.
    may: bool,
    until: Timestamp,
    shown: bool,
}

struct Shop {
    vendors: Vec<(Uuid, String, bool)>,
    things: Vec<Thing>,
}

impl Shop {
    async fn open(app: &TestApp) -> Self {
        let cx = app.test.market.system();
        let mut shop = Self { vendors: Vec::new(), things: Vec::new() };
        let mut tx = cx.write().await.unwrap();
        for vendor in 0..VENDORS {
            let (id, slug) = (cx.new_id(), format!("firm-{vendor}-end"));
            let (name, region) = (format!("벼리{vendor}산업"), REGIONS[vendor % REGIONS.len()]);
            market::execute!(tx, VENDOR, id, slug.as_str(), name, region, cx.now()).unwrap();
            shop.vendors.push((id, slug, true));
            for number in 0..EACH {
                let category = CATEGORIES[number % CATEGORIES.len()];
                let (listing, slug) = (cx.new_id(), format!("zq{vendor}{number}k-end"));
                let title = format!("육각볼트 M{number} 비밀{vendor}{number}호");
                let (price, until) = (1_000 + i64::try_from(number).unwrap(), cx.now().plus(60 * DAY));
                market::execute!(
                    tx,
                    LISTING,
                    listing,
                    id,
                    slug.as_str(),
                    category,
                    title,
                    price,
                    cx.now(),
                    until
                )
                .unwrap();
                shop.things.push(Thing {
                    id: listing,
                    slug,
                    vendor,
                    category,
                    may: true,
                    until,
                    shown: true,
                });
            }
        }
        tx.commit().await.unwrap();
        shop
    }

    /// Turns things and firms into random states, noted in the log as the services note them.
    async fn turn(&mut self, app: &TestApp, dice: &mut Dice) {
        let cx = app.test.market.system();
        let mut tx = cx.write().await.unwrap();
        for (id, _, shown) in &mut self.vendors {
            let state = dice.one_of(&[
                "approved",
                "approved",
                "approved",
                "approved",
                "suspended",
                "in_review",
                "closed",
            ]);
            let registry = dice.one_of(&["active", "active", "active", "active", "active", "closed"]);
            *shown = state == "approved" && registry == "active";
            market::execute!(tx, VENDOR_STATE, *id, state, registry).unwrap();
        }
        for thing in &mut self.things {
            let state = dice.one_of(&[
                "published",
                "published",
                "published",
                "published",
                "published",
                "hidden",
                "in_review",
                "draft",
                "archived",
            ]);
            // over, over in an hour, or running on
            thing.until = cx.now().plus([0, HOUR, HOUR, 60 * DAY, 60 * DAY, 60 * DAY][dice.roll(6)]);
            thing.may = state == "published" && self.vendors[thing.vendor].2;
            market::execute!(tx, LISTING_STATE, thing.id, state, thing.until).unwrap();
            market::catalog::changes::note(&cx, &mut tx, thing.id).await.unwrap();
        }
        tx.commit().await.unwrap();
        self.look_at_the_clock(cx.now());
    }

    /// Listings end by the clock alone: nobody writes, no job runs.
    fn look_at_the_clock(&mut self, now: Timestamp) {
        for thing in &mut self.things {
            thing.shown = thing.may && thing.until > now;
        }
    }

    fn region(thing: &Thing) -> &'static str {
        REGIONS[thing.vendor % REGIONS.len()]
    }

    fn shown(&self, meets: impl Fn(&Thing) -> bool) -> usize {
        self.things.iter().filter(|thing| thing.shown && meets(thing)).count()
    }

    fn leaks(&self, text: &str, from: &str) {
        for thing in self.things.iter().filter(|thing| !thing.shown) {
            assert!(!text.contains(&thing.slug), "{} of {from} is hidden", thing.slug);
        }
        for (_, slug, _) in self.vendors.iter().filter(|(_, _, shown)| !shown) {
            assert!(!text.contains(slug.as_str()), "{slug} of {from} is hidden");
        }
    }
}

/// Everything that machines and people read in lists.
async fn pages(shop: &Shop, browser: &mut Browser) {
    let mut addresses: Vec<String> =
        ["/", "/feeds/listings.xml", "/sitemap.xml", "/categories/hex-bolts", "/en/search"]
            .map(str::to_owned)
            .to_vec();
    let index = browser.get("/sitemap.xml").await.expect(StatusCode::OK).body;
    addresses.extend(
        index
            .split("/sitemaps/")
            .skip(1)
            .map(|rest| format!("/sitemaps/{}", rest.split('<').next().unwrap())),
    );
    // similar products and others of the same supplier
    addresses.extend(shop.things.iter().filter(|t| t.shown).map(|t| format!("/listings/{}", t.slug)));
    addresses.extend(shop.vendors.iter().filter(|v| v.2).map(|v| format!("/vendors/{}", v.1)));
    for address in addresses {
        let page = browser.get(&address).await.expect(StatusCode::OK);
        shop.leaks(&page.body, &address);
    }
    for (place, thing) in shop.things.iter().enumerate().filter(|(_, thing)| !thing.shown).take(6) {
        let page = browser.get(&format!("/listings/{}", thing.slug)).await;
        assert!(matches!(page.status, StatusCode::GONE | StatusCode::NOT_FOUND), "{place}: {}", page.status);
        let mut others = page.body.replace(&thing.slug, "");
        if let Some(vendor) = shop.vendors.get(thing.vendor) {
            others = others.replace(&vendor.1, "");
        }
        shop.leaks(&others, &thing.slug);
    }
}

/// Questions, conditions and beginnings of words at random.
async fn questions(shop: &Shop, browser: &mut Browser, dice: &mut Dice) {
    for _ in 0..24 {
        let thing = &shop.things[dice.roll(shop.things.len())];
        let own = [
            "육각볼트".to_owned(),
            "ㅇㄱㅂㅌ".to_owned(),
            "비밀".to_owned(),
            format!("벼리{}산업", thing.vendor),
            thing.slug.clone(),
            thing.slug[..4].to_owned(),
            format!("비밀{}", &thing.slug[2..4]),
            "hex bolt".to_owned(),
            String::new(),
        ];
        let words = &own[dice.roll(own.len())];
        let more = dice.one_of(&[
            "",
            "&region=gyeonggi",
            "&region=busan&region=seoul",
            "&category=hex-bolts",
            "&price_max=1002&sort=price",
            "&page=2",
            "&literal=1",
            "&sort=new",
        ]);
        let address = format!("/search?q={}{more}", encode(words));
        let page = browser.get(&address).await;
        assert!(page.status == StatusCode::OK || page.status == StatusCode::SEE_OTHER, "{address}");
        // what was typed stands in the box and in links of the page
        let typed = page.body.replace(&encode(words), "").replace(&format!("‘{words}’"), "");
        let typed =
            typed.replace(&format!("value=\"{words}\""), "").replace(&format!("{words} 검색 결과"), "");
        let said = if words.starts_with("zq") { links(&typed) } else { typed };
        shop.leaks(&said, &address);
        let lines = browser.get(&format!("/api/suggest?q={}", encode(words))).await.expect(StatusCode::OK);
        shop.leaks(&lines.body, words);
    }
}

/// Only where the page's links to products and suppliers lead.
fn links(body: &str) -> String {
    body.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|to| !to.contains("q="))
        .collect()
}

/// Totals and facets are exactly what may be seen.
async fn counts(app: &TestApp, shop: &Shop, degraded: bool) {
    let cx = app.test.market.system();
    let ask = async |filters: Filters, text: &str| {
        let facets = FacetKind::ALL.to_vec();
        let query =
            SearchQuery { text: text.into(), filters, facets, sort: Sort::Newest, ..SearchQuery::default() };
        let found = Box::pin(service::search(&cx, query)).await.unwrap();
        assert_eq!(found.degraded, degraded);
        found
    };
    for text in ["", "육각볼트"] {
        let all = ask(Filters::default(), text).await;
        assert_eq!(all.total.count as usize, shop.shown(|_| true), "{text:?}");
        for region in REGIONS {
            let filters = Filters { region: vec![region.into()], ..Filters::default() };
            let found = ask(filters, text).await;
            let there = shop.shown(|thing| Shop::region(thing) == region);
            assert_eq!(found.total.count as usize, there, "{text:?} in {region}");
            if degraded {
                assert!(found.facets.iter().all(|facet| facet.values.is_empty()));
                continue;
            }
            let counted = |kind: FacetKind| -> BTreeMap<String, usize> {
                let facet = found.facets.iter().find(|facet| facet.facet == kind).unwrap();
                facet.values.iter().map(|(code, count)| (code.clone(), *count as usize)).collect()
            };
            for other in REGIONS {
                let there = shop.shown(|thing| Shop::region(thing) == other);
                let counts = counted(FacetKind::Region);
                assert_eq!(counts.get(other).copied().unwrap_or_default(), there, "{text:?}");
            }
            for category in CATEGORIES {
                let there = shop.shown(|t| Shop::region(t) == region && t.category == category);
                let counts = counted(FacetKind::Category);
                assert_eq!(counts.get(category).copied().unwrap_or_default(), there, "{text:?}");
            }
        }
    }
}

/// What the home page and the directory count is what the database counts.
async fn categories(app: &TestApp) {
    let cx = app.test.market.system();
    let mut counted = market::catalog::browse::category_counts(&cx).await.unwrap();
    counted.sort_unstable();
    assert_eq!(market::search::counts::by_category(&cx).await.unwrap(), counted);
}

both_databases!(whatever_is_hidden_stays_hidden_whatever_is_asked, |db: Db| async move {
    let app = TestApp::with_engine(db.clone(), "hidden");
    let mut shop = Shop::open(&app).await;
    feed::catch_up(&app.test.market).await.unwrap();
    // a second process whose engine is away looks into the database
    let plain = TestApp::new(db);
    plain.test.search.set_away(true);
    let (_, mut buyer) = app.person("buyer").await;
    buyer.post("/saved-searches", &[("state", "q=육각볼트")]).await.expect(StatusCode::SEE_OTHER);
    buyer.post("/saved-searches", &[("state", "region=gyeonggi")]).await.expect(StatusCode::SEE_OTHER);
    let (mut dice, mut ended) = (Dice(11), 0);
    for _ in 0..4 {
        // found while they could be seen, hidden before the mail is written
        app.test.clock.advance(DAY);
        plain.test.clock.advance(DAY);
        renew(&app, &shop).await;
        market::saved_searches::collect::run(&app.test.market.system()).await.unwrap();
        shop.turn(&app, &mut dice).await;
        feed::catch_up(&app.test.market).await.unwrap();
        let told = app.test.mailer.sent().len();
        app.work().await;
        for mail in app.test.mailer.sent().iter().skip(told) {
            shop.leaks(&mail.text, "an alert");
        }
        let (mut browser, mut other) = (app.visitor(), plain.visitor());
        counts(&app, &shop, false).await;
        counts(&plain, &shop, true).await;
        categories(&app).await;
        Box::pin(categories(&plain)).await;
        questions(&shop, &mut browser, &mut dice).await;
        questions(&shop, &mut other, &mut dice).await;
        pages(&shop, &mut browser).await;
        // some end while nobody looks after them; the same is asked again, so answers that were kept are asked for
        app.test.clock.advance(HOUR);
        plain.test.clock.advance(HOUR);
        let before = shop.shown(|_| true);
        shop.look_at_the_clock(app.test.market.now());
        ended += before - shop.shown(|_| true);
        counts(&app, &shop, false).await;
        counts(&plain, &shop, true).await;
        categories(&app).await;
        questions(&shop, &mut browser, &mut dice).await;
        pages(&shop, &mut browser).await;
    }
    assert!(ended > 2, "{ended} ended by the clock");
    assert!(!app.test.mailer.sent().is_empty(), "alerts were written");
});

const RENEWED: &str = "UPDATE listings SET published_at = $2 WHERE id = $1 AND state = 'published'";

/// What is published is news again.
async fn renew(app: &TestApp, shop: &Shop) {
    let cx = app.test.market.system();
    let mut tx = cx.write().await.unwrap();
    for thing in &shop.things {
        market::execute!(tx, RENEWED, thing.id, cx.now()).unwrap();
        market::catalog::changes::note(&cx, &mut tx, thing.id).await.unwrap();
    }
    tx.commit().await.unwrap();
    feed::catch_up(&app.test.market).await.unwrap();
}
