//! One market with somebody in every role and something in every state, written by plain SQL so that no
//! verb has to work before the doors to it are tried.

use market::accounts::access::{PlatformRole, VendorRole};
use market::db::Db;
use market::time::DAY;
use market::tokens::{self, NewToken, TokenKind};
use uuid::Uuid;

use crate::browser::Browser;
use crate::testapp::TestApp;

/// Everybody who asks, in the order of the matrix.
pub const PEOPLE: [&str; 12] = [
    "anonymous",
    "buyer",
    "other_buyer",
    "staff",
    "manager",
    "owner",
    "other_vendor",
    "officer",
    "curator",
    "moderator",
    "finance",
    "admin",
];

/// The market of one test.
pub struct World {
    /// The site.
    pub app: TestApp,
    /// Identities by the names in [`PEOPLE`] (not `anonymous`).
    people: Vec<(&'static str, Uuid)>,
    /// The approved company, and another one.
    pub vendor: Uuid,
    /// A company that waits for a curator.
    pub applicant: Uuid,
    /// Published, of the vendor.
    pub listing: Uuid,
    /// Never shown, of the vendor.
    pub draft: Uuid,
    /// Waits for a curator.
    pub submitted: Uuid,
    /// A staged edit of [`Self::listing`].
    pub revision: Uuid,
    /// The buyer's question to the vendor.
    pub thread: Uuid,
    /// What the buyer sent with it.
    pub file: Uuid,
    /// A picture of the draft.
    pub media: Uuid,
    /// A saved search of the buyer.
    pub saved: Uuid,
    /// A synonym of the curators.
    pub rule: Uuid,
    /// The buyer's public request, open for answers.
    pub rfq: Uuid,
    /// Another one that waits for a curator.
    pub rfq_in_review: Uuid,
    /// An inquiry of the other buyer that is held.
    pub held: Uuid,
    /// A report of the vendor about the buyer's question.
    pub report: Uuid,
    /// Links of mails by what they are for.
    links: Vec<(&'static str, String)>,
}

/// Name of the picture.
pub const HASH: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

const CHAPTER: &str = "INSERT INTO chapters (id, slug, name_ko, name_en, region) VALUES ($1, 'gyeonggi', '경기연합회', 'Gyeonggi', '41')";
const OFFICER: &str = "INSERT INTO chapter_officers (chapter_id, user_id, granted_at) VALUES ($1, $2, $3)";
const VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, chapter_id, registry_status, submitted_at, approved_at, created_at, updated_at, version) \
    VALUES ($1, $2, $3, $4, $5, 'Hanbit Precision', '김대표', '41', '안산시 단원구 1', '031-400-0001', 'sales@example.test', '정밀 가공', '', $6, 'active', $7, $7, $7, $7, 1)";
const LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, specs, unit, \
    price_kind, price_currency, price_tiers, origin, hs_code, part_number, created_at, updated_at, submitted_at, first_published_at, published_at, free_until, version) \
    VALUES ($1, $2, $3, $4, 'fasteners.bolts.hex', '육각볼트 M8', 'Hex bolt M8', '스테인리스 육각볼트', 'Stainless hex bolt', '[]', '개', \
    'negotiable', 'KRW', '[]', '대한민국', '731815', 'HB-M8', $5, $5, $5, $6, $6, $7, 1)";
const REVISION: &str = "INSERT INTO listing_revisions (id, listing_id, base_version, content, state, author_id, created_at) VALUES ($1, $2, 1, $3, 'pending', $4, $5)";
const MEDIA: &str = "INSERT INTO media (id, vendor_id, hash, width, height, bytes, widths, created_at) VALUES ($1, $2, $3, 800, 600, 1000, $4, $5)";
const IMAGE: &str = "INSERT INTO listing_images (listing_id, media_id, position, alt_ko, alt_en) VALUES ($1, $2, 0, '볼트', '')";
const SLOT: &str = "INSERT INTO slots (id, place, position, listing_id, note, starts_at, ends_at, created_by, created_at) VALUES ($1, 'home', 0, $2, '', $3, $4, $5, $3)";
const RULE: &str = "INSERT INTO search_rules (seq, rule_id, version, kind, query, target, note, ended, at) VALUES (1, $1, 1, 'synonym', '복스', '소켓', '', FALSE, $2)";
const SAVED: &str = "INSERT INTO saved_searches (id, user_id, address, title, question, lang, mark, created_at) VALUES ($1, $2, '/search?q=bolt', 'bolt', '{\"text\":\"bolt\"}', 'ko', $3, $3)";
const THREAD: &str = "INSERT INTO threads (id, listing_id, vendor_id, buyer_id, state, subject, quantity, lang, due_at, created_at, last_message_at, \
    message_count, vendor_read_seq, buyer_read_seq, vendor_last_seq, buyer_last_seq, version) \
    VALUES ($1, $2, $3, $4, 'waiting_vendor', '육각볼트 M8', '100개', 'ko', $5, $6, $6, 1, 0, 1, 0, 1, 1)";
const MESSAGE: &str = "INSERT INTO messages (id, thread_id, seq, side, author_id, kind, body, data, created_at) VALUES ($1, $2, 1, 'buyer', $3, 'text', '납기가 언제인가요?', '{}', $4)";
const FILE: &str = "INSERT INTO files (id, stored_as, name, uploader_id, thread_id, message_id, bytes, state, kind, active, scan, created_at, attached_at) \
    SELECT $1, 'stored', '도면.pdf', $3, $2, m.id, 8, 'kept', 'pdf', 1 = 0, 'off', $4, $4 FROM messages m WHERE m.thread_id = $2";
const NOTIFICATION: &str = "INSERT INTO notifications (id, user_id, kind, subject_kind, subject_id, data, created_at) VALUES ($1, $2, 'inquiry_answered', 'thread', $3, '{}', $4)";
const RFQ: &str = "INSERT INTO rfqs (id, buyer_id, state, title, body, lines, category, region, place, visibility, lang, created_at, submitted_at, \
    opened_at, closes_at, answers, version) VALUES ($1, $2, $3, '육각볼트 M8 2,000개', '', '[{\"item\":\"육각볼트\"}]', 'fasteners.bolts.hex', '41', '', 'public', 'ko', $4, $4, $5, $6, 0, 1)";
const HELD: &str = "INSERT INTO held_items (id, kind, thread_id, sender_id, vendor_id, title, reasons, content, written_at, due_at, state) \
    VALUES ($1, 'inquiry', $2, $3, $4, '납기가 언제인가요?', 'link', '{}', $5, $6, 'waiting')";
const REPORT: &str = "INSERT INTO reports (id, thread_id, by_side, reporter_id, reason, note, state, created_at) VALUES ($1, $2, 'vendor', $3, 'spam', '', 'open', $4)";
const DEAD_JOB: &str = "INSERT INTO outbox (id, topic, payload, created_at, available_at, attempts, dead_at, last_error) VALUES ($1, 'mail.send', '{}', $2, $2, 10, $2, 'refused')";

impl World {
    /// Everything, on a fresh database.
    pub async fn new(db: Db) -> Self {
        let app = TestApp::new(db);
        let cx = app.test.market.system();
        let (vendor, other_vendor, applicant, chapter) = (cx.new_id(), cx.new_id(), cx.new_id(), cx.new_id());
        let mut people = Vec::new();
        for name in PEOPLE.into_iter().skip(1) {
            people.push((name, app.test.add_person(name).await));
        }
        let mut world = Self {
            people,
            vendor,
            applicant,
            listing: cx.new_id(),
            draft: cx.new_id(),
            submitted: cx.new_id(),
            revision: cx.new_id(),
            thread: cx.new_id(),
            file: cx.new_id(),
            media: cx.new_id(),
            rule: cx.new_id(),
            saved: cx.new_id(),
            rfq: cx.new_id(),
            rfq_in_review: cx.new_id(),
            held: cx.new_id(),
            report: cx.new_id(),
            links: Vec::new(),
            app,
        };
        world.companies(other_vendor, chapter).await;
        world.roles(other_vendor, chapter).await;
        world.goods().await;
        world.talk().await;
        world.requests().await;
        world.waiting().await;
        world.mails().await;
        world
    }

    /// Identity of one of [`PEOPLE`].
    pub fn id(&self, name: &str) -> Uuid {
        self.people
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, id)| *id)
            .expect("somebody of the world")
    }

    /// A browser with a fresh session of one of [`PEOPLE`].
    pub async fn browser(&self, name: &str) -> Browser {
        if name == "anonymous" { self.app.visitor() } else { self.app.signed_in(self.id(name)).await }
    }

    async fn requests(&self) {
        let cx = self.app.test.market.system();
        let now = cx.now();
        let mut tx = cx.write().await.unwrap();
        for (id, state, opened) in [(self.rfq, "open", Some(now)), (self.rfq_in_review, "in_review", None)] {
            let closes = opened.map(|at| at.plus(14 * DAY));
            market::execute!(tx, RFQ, id, self.id("buyer"), state, now, opened, closes).unwrap();
        }
        let batch = market::rfqs::store::INSERT_BATCH;
        market::execute!(tx, batch, self.rfq, self.id("buyer"), "ko", now).unwrap();
        tx.commit().await.unwrap();
    }

    async fn waiting(&self) {
        let cx = self.app.test.market.system();
        let (now, thread, buyer) = (cx.now(), cx.new_id(), self.id("other_buyer"));
        let mut tx = cx.write().await.unwrap();
        market::execute!(tx, THREAD, thread, self.listing, self.vendor, buyer, now.plus(2 * DAY), now)
            .unwrap();
        market::execute!(tx, "UPDATE threads SET state = 'new', withheld_at = $2 WHERE id = $1", thread, now)
            .unwrap();
        market::execute!(tx, MESSAGE, cx.new_id(), thread, buyer, now).unwrap();
        market::execute!(tx, HELD, self.held, thread, buyer, self.vendor, now, now.plus(2 * DAY)).unwrap();
        market::execute!(tx, REPORT, self.report, self.thread, self.id("owner"), now).unwrap();
        tx.commit().await.unwrap();
    }

    async fn companies(&self, other_vendor: Uuid, chapter: Uuid) {
        let cx = self.app.test.market.system();
        let mut tx = cx.write().await.unwrap();
        market::execute!(tx, CHAPTER, chapter).unwrap();
        for (id, slug, number, state, name) in [
            (self.vendor, "hanbit-1", "1248100998", "approved", "한빛정밀"),
            (other_vendor, "daesung-2", "2208162517", "approved", "대성산업"),
            (self.applicant, "saebom-3", "1018116293", "in_review", "새봄테크"),
        ] {
            market::execute!(tx, VENDOR, id, slug, number, state, name, chapter, cx.now()).unwrap();
        }
        tx.commit().await.unwrap();
    }

    async fn roles(&self, other_vendor: Uuid, chapter: Uuid) {
        let test = &self.app.test;
        test.join(self.id("staff"), self.vendor, VendorRole::Staff).await;
        test.join(self.id("manager"), self.vendor, VendorRole::Manager).await;
        test.join(self.id("owner"), self.vendor, VendorRole::Owner).await;
        test.join(self.id("other_vendor"), other_vendor, VendorRole::Owner).await;
        test.grant(self.id("curator"), PlatformRole::Curator).await;
        test.grant(self.id("moderator"), PlatformRole::Moderator).await;
        test.grant(self.id("finance"), PlatformRole::Finance).await;
        test.grant(self.id("admin"), PlatformRole::Admin).await;
        let cx = test.market.system();
        let mut tx = cx.write().await.unwrap();
        market::execute!(tx, OFFICER, chapter, self.id("officer"), cx.now()).unwrap();
        tx.commit().await.unwrap();
    }

    async fn goods(&self) {
        let cx = self.app.test.market.system();
        let (now, end) = (cx.now(), cx.now().plus(60 * DAY));
        let mut tx = cx.write().await.unwrap();
        for (id, slug, state, shown) in [
            (self.listing, "bolt-1", "published", true),
            (self.draft, "bolt-2", "draft", false),
            (self.submitted, "bolt-3", "in_review", false),
        ] {
            market::execute!(
                tx,
                LISTING,
                id,
                self.vendor,
                slug,
                state,
                now,
                shown.then_some(now),
                shown.then_some(end)
            )
            .unwrap();
        }
        let content = serde_json::json!({ "category": "fasteners.bolts.hex", "title_ko": "육각볼트 M8 개정", "description_ko": "개정", "unit": "개", "origin": "대한민국" });
        market::execute!(
            tx,
            REVISION,
            self.revision,
            self.listing,
            content.to_string(),
            self.id("owner"),
            now
        )
        .unwrap();
        market::execute!(tx, MEDIA, self.media, self.vendor, HASH, "[]", now).unwrap();
        market::execute!(tx, IMAGE, self.draft, self.media).unwrap();
        market::execute!(tx, RULE, self.rule, now).unwrap();
        market::execute!(tx, SLOT, cx.new_id(), self.listing, now, end, self.id("curator")).unwrap();
        market::execute!(
            tx,
            "INSERT INTO search_changes (listing_id, at) VALUES ($1, $2)",
            self.listing,
            now
        )
        .unwrap();
        tx.commit().await.unwrap();
    }

    async fn talk(&self) {
        let cx = self.app.test.market.system();
        let (now, buyer) = (cx.now(), self.id("buyer"));
        let mut tx = cx.write().await.unwrap();
        market::execute!(tx, THREAD, self.thread, self.listing, self.vendor, buyer, now.plus(3 * DAY), now)
            .unwrap();
        market::execute!(tx, MESSAGE, cx.new_id(), self.thread, buyer, now).unwrap();
        market::execute!(tx, FILE, self.file, self.thread, buyer, now).unwrap();
        self.app.test.files.put("stored", b"%PDF-1.7");
        market::execute!(tx, SAVED, self.saved, buyer, now).unwrap();
        market::execute!(tx, NOTIFICATION, cx.new_id(), buyer, self.thread, now).unwrap();
        market::execute!(tx, DEAD_JOB, cx.new_id(), now).unwrap();
        tx.commit().await.unwrap();
    }

    async fn mails(&mut self) {
        let cx = self.app.test.market.system();
        let mut tx = cx.write().await.unwrap();
        for (name, kind, person, subject) in [
            ("confirm", TokenKind::ConfirmEmail, "buyer", None),
            ("reset", TokenKind::ResetPassword, "buyer", None),
            ("answer", TokenKind::AnswerThread, "owner", Some(self.thread)),
            ("read", TokenKind::ReadThread, "buyer", Some(self.thread)),
        ] {
            let payload = if name == "confirm" {
                serde_json::json!({ "email": "buyer@example.test" })
            } else {
                serde_json::json!({})
            };
            let new = NewToken {
                kind,
                user_id: Some(self.id(person)),
                subject_id: subject,
                payload: payload.to_string(),
                expires_at: cx.now().plus(30 * DAY),
            };
            self.links.push((name, tokens::issue(&cx, &mut tx, new).await.unwrap()));
        }
        tx.commit().await.unwrap();
    }

    /// Text of a mail's link.
    pub fn link(&self, name: &str) -> &str {
        self.links
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, text)| text.as_str())
            .expect("a link of the world")
    }

    /// `route` with the things of this world in place of its parameters. The first row that fits decides.
    pub fn path(&self, route: &str) -> String {
        let id = |id: Uuid| id.to_string();
        let table: Vec<(&str, Vec<String>)> = vec![
            ("/sitemaps/{", vec!["listings-1.xml".into()]),
            ("/confirm-inquiry/{", vec!["no-such-link".into()]),
            ("/confirm-basket/{", vec!["no-such-link".into()]),
            ("/b/{", vec!["no-such-link".into()]),
            ("/confirm-rfq/{", vec!["no-such-link".into()]),
            ("/q/{", vec!["no-such-link".into()]),
            ("/r/{", vec!["no-such-link".into()]),
            ("/n/{", vec!["no-such-link".into()]),
            ("/rfqs/{", vec![id(self.rfq)]),
            ("/desk/rfqs/{", vec![id(self.rfq_in_review)]),
            ("/together/{", vec![id(self.thread)]),
            ("/api/listings/{", vec![id(self.draft), id(self.media)]),
            ("/listings/{", vec!["bolt-1".into()]),
            ("/vendors/{", vec!["hanbit-1".into()]),
            ("/categories/{", vec!["hex-bolts".into()]),
            ("/inquiries/{id}/messages/{", vec![id(self.thread), "1".into()]),
            ("/a/{token}/messages/{", vec![self.link("answer").into(), "1".into()]),
            ("/inquiries/{", vec![id(self.thread)]),
            ("/files/{", vec![id(self.file)]),
            ("/a/{", vec![self.link("answer").into(), id(self.file)]),
            ("/reset/{", vec![self.link("reset").into()]),
            ("/confirm/{", vec![self.link("confirm").into()]),
            ("/vendor/companies/{", vec![id(self.vendor)]),
            ("/vendor/listings/{", vec![id(self.draft), id(self.media)]),
            ("/media/{", vec![HASH.into(), "640".into()]),
            ("/desk/held/{", vec![id(self.held)]),
            ("/desk/reports/{", vec![id(self.report)]),
            ("/desk/vendors/{", vec![id(self.applicant)]),
            ("/desk/listings/{", vec![id(self.submitted)]),
            ("/desk/revisions/{", vec![id(self.revision)]),
            ("/desk/search/rules/{", vec![id(self.rule)]),
            ("/saved-searches/{", vec![id(self.saved)]),
            ("/confirm-alert/{", vec!["no-such-link".into()]),
            ("/s/{", vec!["no-such-link".into()]),
        ];
        let values = table
            .iter()
            .find(|(prefix, _)| route.starts_with(prefix))
            .map_or(&[][..], |(_, values)| values.as_slice());
        fill(route, values)
    }
}

/// Parameters in order; one more than there are values gets the last value again.
fn fill(route: &str, values: &[String]) -> String {
    let mut nth = 0;
    let parts: Vec<&str> = route.split('/').collect();
    parts
        .into_iter()
        .map(|part| match part.find('{') {
            None => part.to_owned(),
            Some(at) => {
                let value = values
                    .get(nth)
                    .or(values.last())
                    .unwrap_or_else(|| panic!("{route}: World::path does not know what its parameter means"));
                nth += 1;
                let end = part.find('}').unwrap();
                format!("{}{value}{}", &part[..at], &part[end + 1..])
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}
