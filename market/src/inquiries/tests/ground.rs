//! A vendor with a team and a listing, a buyer, and ways to read mails.

use uuid::Uuid;

use crate::accounts::access::VendorRole;
use crate::cx::Cx;
use crate::db::Db;
use crate::inquiries::reroute::Others;
use crate::inquiries::service::ask;
use crate::inquiries::store::{self, Thread};
use crate::inquiries::{AskOutcome, InquiryDraft};
use crate::ports::Mail;
use crate::settings::Settings;
use crate::testing::{TestMarket, test_market_with};
use crate::time::DAY;
use crate::vendors::BusinessNumber;

const NEW_VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, $2, $4, 'approved', $2, $2, '', '11', '', '', '', '', '', 'active', $3, $3, 1)";
const NEW_LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, \
    specs, unit, price_kind, price_currency, price_tiers, origin, hs_code, part_number, created_at, updated_at, published_at, free_until, version) \
    VALUES ($1, $2, $3, 'published', 'bolts', '육각볼트', 'Hex bolt', '', '', '[]', '개', 'negotiable', 'KRW', '[]', '', '', '', $4, $4, $4, $5, 1)";

pub(crate) struct Ground {
    pub t: TestMarket,
    pub vendor: Uuid,
    pub listing: Uuid,
    pub owner: Uuid,
    pub buyer: Uuid,
}

pub(crate) async fn ground(db: Db) -> Ground {
    ground_with(db, Settings::default()).await
}

/// The same with other figures.
pub(crate) async fn ground_with(db: Db, settings: Settings) -> Ground {
    let t = test_market_with(db, settings);
    let (owner, buyer) = (t.add_person("owner").await, t.add_person("buyer").await);
    let (vendor, listing) = add_vendor(&t, "gaon").await;
    t.join(owner, vendor, VendorRole::Owner).await;
    Ground { t, vendor, listing, owner, buyer }
}

/// A number of its own for each vendor, with a right check digit.
fn business_number(vendor: Uuid) -> String {
    // identities count up in their high half
    let nine = 100_000_000 + (vendor.as_u128() >> 80) % 100_000_000;
    let numbers = (0..10).map(|check| format!("{nine}{check}"));
    numbers.into_iter().find(|number| BusinessNumber::parse(number).is_ok()).unwrap()
}

/// A vendor with one published listing; gives both identities.
pub(crate) async fn add_vendor(t: &TestMarket, name: &str) -> (Uuid, Uuid) {
    let cx = t.market.system();
    let (vendor, listing, now) = (cx.new_id(), cx.new_id(), cx.now());
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, NEW_VENDOR, vendor, name, now, business_number(vendor)).unwrap();
    crate::execute!(tx, NEW_LISTING, listing, vendor, name, now, now.plus(900 * DAY)).unwrap();
    tx.commit().await.unwrap();
    (vendor, listing)
}

pub(crate) fn words(body: &str) -> InquiryDraft {
    InquiryDraft { body: body.into(), quantity: "2,000개".into(), agreed: true, ..InquiryDraft::default() }
}

/// Others to ask the same, by somebody who agreed before.
pub(crate) fn to_others(listings: &[Uuid]) -> Others<'_> {
    Others { listings, agreed: false }
}

pub(crate) fn guest(body: &str, email: &str) -> InquiryDraft {
    InquiryDraft { email: email.into(), name: "김구매".into(), ..words(body) }
}

impl Ground {
    pub(crate) async fn buyer(&self) -> Cx {
        self.t.as_person(self.buyer).await
    }

    pub(crate) async fn owner(&self) -> Cx {
        self.t.as_person(self.owner).await
    }

    /// The buyer asks; gives the thread.
    pub(crate) async fn asked(&self) -> Uuid {
        let cx = self.buyer().await;
        match ask(&cx, self.listing, &words("단가를 알려 주세요"), cx.new_id()).await.unwrap() {
            AskOutcome::Thread(id) => id,
            AskOutcome::ConfirmationSent => panic!("a confirmed person needs no confirmation"),
        }
    }

    pub(crate) async fn thread(&self, id: Uuid) -> Thread {
        let mut db = self.t.market.system().read().await.unwrap();
        store::find(&mut db, id).await.unwrap().unwrap()
    }

    /// Does everything that waits, and gives what was mailed to an address so far.
    pub(crate) async fn mails(&self, name: &str) -> Vec<Mail> {
        let done = crate::outbox::drain(&self.t.market).await.unwrap();
        assert_eq!(done.failed, 0);
        self.t.mailer.sent_to(&format!("{name}@example.test"))
    }
}

/// The text of the first link of a kind in a mail.
pub(crate) fn link(mail: &Mail, kind: &str) -> String {
    let (_, rest) = mail.text.split_once(&format!("/{kind}/")).unwrap();
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}
