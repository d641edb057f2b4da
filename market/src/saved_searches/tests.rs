//! Saving, confirming, being told once, stopping: on both databases, and under any order of events.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod told_later;
mod told_once;

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::service::{self, Act};
use super::{Condition, SavedQuestion, ask, collect, confirm, demand, jobs, links, pending, store};
use crate::accounts::access::VendorRole;
use crate::both_databases;
use crate::catalog::browse::tests::Shop;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::outbox;
use crate::ports::Mail;
use crate::search::{Filters, feed};
use crate::testing::prepare_all;
use crate::time::{DAY, HOUR};

fn condition(text: &str) -> Condition {
    Condition {
        address: format!("/search?q={text}"),
        title: format!("‘{text}’"),
        question: SavedQuestion { text: text.into(), ..SavedQuestion::default() },
    }
}

/// The index follows, the questions are asked, the mails go.
async fn round(shop: &Shop) {
    feed::rebuild(&shop.0.market).await.unwrap();
    collect::run(&shop.0.market.system()).await.unwrap();
    outbox::drain(&shop.0.market).await.unwrap();
}

/// Makes a listing now.
async fn publish(shop: &Shop, vendor: Uuid, slug: &str) -> Uuid {
    shop.listing(vendor, slug, "published", 0).await
}

fn link(mail: &Mail, kind: &str) -> String {
    let (_, rest) = mail.text.split_once(&format!("/{kind}/")).unwrap();
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

async fn buyer(shop: &Shop, name: &str) -> Cx {
    let id = shop.0.add_person(name).await;
    shop.0.as_person(id).await
}

both_databases!(every_statement_is_understood, |db: Db| async move {
    let statements = [
        store::SAVE,
        store::COUNT_OTHERS,
        store::LIST,
        store::LIST_TOLD,
        store::PAUSE,
        store::PAUSE_ALL,
        store::RESUME,
        store::FORGET_WAITING,
        store::FORGET_STOPPED,
        store::IS_OWN,
        store::DELETE_MATCHES,
        store::DELETE,
        store::ERASE_DRAFTS,
        super::confirm::INSERT,
        super::confirm::FIND,
        super::confirm::CONFIRM,
        super::confirm::PURGE,
        links::INSERT,
        links::FIND,
        links::PURGE,
        collect::DUE,
        collect::FOUND,
        collect::ADD,
        collect::TURN,
        collect::CHECKED,
        collect::READERS,
        collect::OPEN_MAILING,
        collect::FILL_MAILING,
        jobs::MAILING,
        jobs::CONTENT,
        jobs::TELL,
        jobs::TOLD,
        jobs::UNTELL,
        jobs::DECIDED,
        jobs::SENT,
        jobs::RELEASE,
        jobs::RELEASE_ALL,
        jobs::DROP,
        demand::WATCHED,
        demand::WATCHING,
    ];
    prepare_all(&db, statements.into_iter().chain(store::ERASE)).await;
});

both_databases!(somebody_is_told_once_and_only_of_what_is_new, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    publish(&shop, vendor, "old").await;
    let cx = buyer(&shop, "buyer").await;
    let saved = service::save(&cx, &condition("제품")).await.unwrap();
    assert_eq!(service::save(&cx, &condition("제품")).await.unwrap(), saved, "pressed twice, saved once");
    round(&shop).await;
    assert!(shop.0.mailer.sent().is_empty(), "what was there before is no news");

    shop.0.clock.advance(HOUR);
    publish(&shop, vendor, "first").await;
    round(&shop).await;
    let mails = shop.0.mailer.sent();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("/listings/first") && !mails[0].text.contains("/listings/old"));
    let ends = mails[0].unsubscribe.clone().unwrap();
    assert!(ends.starts_with("http://127.0.0.1:3000/s/"), "{ends}");

    shop.0.clock.advance(HOUR);
    publish(&shop, vendor, "second").await;
    round(&shop).await;
    assert_eq!(shop.0.mailer.sent().len(), 1, "one mail a day");
    shop.0.clock.advance(DAY - 4 * HOUR);
    round(&shop).await;
    let mails = shop.0.mailer.sent();
    assert_eq!(mails.len(), 2);
    assert!(mails[1].text.contains("/listings/second") && !mails[1].text.contains("/listings/first"));

    service::act(&cx, saved, Act::Pause).await.unwrap();
    shop.0.clock.advance(DAY);
    publish(&shop, vendor, "third").await;
    round(&shop).await;
    service::act(&cx, saved, Act::Resume).await.unwrap();
    shop.0.clock.advance(DAY);
    round(&shop).await;
    assert_eq!(shop.0.mailer.sent().len(), 2, "what came during a pause is no news");
    let list = service::list_own(&cx).await.unwrap();
    assert_eq!((list.len(), list[0].mailed, list[0].found), (1, 2, 4));
    let other = buyer(&shop, "other").await;
    assert_eq!(service::act(&other, saved, Act::Delete).await.unwrap_err().kind, ErrorKind::NotFound);
    service::act(&cx, saved, Act::Delete).await.unwrap();
    assert!(service::list_own(&cx).await.unwrap().is_empty());
    let nothing = Condition { question: SavedQuestion::default(), ..condition("") };
    assert!(matches!(service::save(&cx, &nothing).await.unwrap_err().kind, ErrorKind::Invalid(_)));
});

both_databases!(two_questions_of_one_person_tell_a_listing_once, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    let cx = buyer(&shop, "buyer").await;
    let wide = service::save(&cx, &condition("제품")).await.unwrap();
    shop.0.clock.advance(HOUR);
    publish(&shop, vendor, "both").await;
    // found by the second one too, which is saved before the mail is decided, and in one mail once
    shop.0.clock.advance(-HOUR);
    service::save(&cx, &condition("both")).await.unwrap();
    shop.0.clock.advance(HOUR);
    round(&shop).await;
    let told =
        |mails: &[Mail]| mails.iter().map(|mail| mail.text.matches("/listings/both").count()).sum::<usize>();
    assert_eq!((shop.0.mailer.sent().len(), told(&shop.0.mailer.sent())), (1, 1));
    // a third one finds it another day, and the one that told it is deleted
    shop.0.clock.advance(DAY);
    shop.run("UPDATE listings SET title_ko = title_ko || ' 개정' WHERE vendor_id = $1", vendor).await;
    let late = service::save(&cx, &condition("개정")).await.unwrap();
    shop.run("UPDATE saved_searches SET mark = 1 WHERE id = $1", late).await;
    round(&shop).await;
    service::act(&cx, wide, Act::Delete).await.unwrap();
    shop.0.clock.advance(DAY);
    round(&shop).await;
    assert_eq!(told(&shop.0.mailer.sent()), 1, "told already");
});

both_databases!(what_is_hidden_before_sending_is_not_told, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    let cx = buyer(&shop, "buyer").await;
    service::save(&cx, &condition("제품")).await.unwrap();
    shop.0.clock.advance(HOUR);
    let (hidden, seen) = (publish(&shop, vendor, "hides").await, publish(&shop, vendor, "stays").await);
    feed::rebuild(&shop.0.market).await.unwrap();
    collect::run(&shop.0.market.system()).await.unwrap();
    shop.run("UPDATE listings SET state = 'hidden' WHERE id = $1", hidden).await;
    outbox::drain(&shop.0.market).await.unwrap();
    let mails = shop.0.mailer.sent();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("/listings/stays") && !mails[0].text.contains("/listings/hides"));
    // shown again: it was never told, so it is news another day
    shop.run("UPDATE listings SET state = 'published' WHERE id = $1", hidden).await;
    shop.0.clock.advance(DAY);
    round(&shop).await;
    assert!(shop.0.mailer.sent()[1].text.contains("/listings/hides"));
    // a mail of which nothing is left is none
    shop.0.clock.advance(DAY);
    let last = publish(&shop, vendor, "last").await;
    feed::rebuild(&shop.0.market).await.unwrap();
    collect::run(&shop.0.market.system()).await.unwrap();
    shop.run(
        "UPDATE vendors SET state = 'suspended' WHERE id = (SELECT vendor_id FROM listings WHERE id = $1)",
        last,
    )
    .await;
    outbox::drain(&shop.0.market).await.unwrap();
    assert_eq!(shop.0.mailer.sent().len(), 2);
    let _ = seen;
});

both_databases!(a_guest_confirms_first_and_stops_with_one_press, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    let cx = shop.visitor();
    let idem = cx.new_id();
    ask(&cx, &condition("제품"), "Guest@Example.test", idem).await.unwrap();
    ask(&cx, &condition("제품"), "guest@example.test", idem).await.unwrap();
    outbox::drain(&shop.0.market).await.unwrap();
    let mails = shop.0.mailer.sent();
    assert_eq!(mails.len(), 1, "one confirmation, and nothing else");
    let secret = link(&mails[0], "confirm-alert");
    shop.0.clock.advance(HOUR);
    publish(&shop, vendor, "early").await;
    round(&shop).await;
    assert_eq!(shop.0.mailer.sent().len(), 1, "an unconfirmed address gets nothing");

    assert!(!pending(&cx, &secret).await.unwrap().confirmed);
    confirm(&cx, &secret).await.unwrap();
    let manage = confirm(&cx, &secret).await.unwrap();
    assert!(pending(&cx, &secret).await.unwrap().confirmed);
    assert_eq!(links::open(&cx, &manage).await.unwrap().len(), 1, "confirmed twice, saved once");
    shop.0.clock.advance(HOUR);
    publish(&shop, vendor, "late").await;
    round(&shop).await;
    let mails = shop.0.mailer.sent_to("guest@example.test");
    assert_eq!(mails.len(), 2);
    assert!(mails[1].text.contains("/listings/late") && !mails[1].text.contains("/listings/early"));

    let secret_of_mail = link(&mails[1], "s");
    assert!(links::open(&cx, &secret_of_mail).await.unwrap()[0].paused_at.is_none(), "opening stops nothing");
    links::unsubscribe(&cx, &secret_of_mail).await.unwrap();
    links::unsubscribe(&cx, &secret_of_mail).await.unwrap();
    shop.0.clock.advance(DAY);
    publish(&shop, vendor, "never").await;
    round(&shop).await;
    assert_eq!(shop.0.mailer.sent_to("guest@example.test").len(), 2);
    let other = buyer(&shop, "other").await;
    let theirs = service::save(&other, &condition("제품")).await.unwrap();
    let refused = links::act(&cx, &secret_of_mail, theirs, Act::Delete).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::NotFound, "a link manages the alerts of its person only");
    assert_eq!(links::open(&cx, "guess").await.unwrap_err().kind, ErrorKind::NotFound);
    shop.0.clock.advance(3 * DAY);
    assert_eq!(pending(&cx, &secret).await.unwrap_err().kind, ErrorKind::Gone);
});

both_databases!(vendors_see_demand_of_three_and_more, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    let owner = shop.0.add_person("owner").await;
    shop.0.join(owner, vendor, VendorRole::Owner).await;
    let listing = publish(&shop, vendor, "watched").await;
    let cx = shop.0.as_person(owner).await;
    service::save(&cx, &condition("제품")).await.unwrap();
    for name in ["a", "b"] {
        service::save(&buyer(&shop, name).await, &condition("제품")).await.unwrap();
    }
    round(&shop).await;
    assert_eq!(demand::of_vendor(&cx, vendor).await.unwrap().people, None, "two people and the team itself");
    service::save(&buyer(&shop, "c").await, &condition("제품")).await.unwrap();
    round(&shop).await;
    assert_eq!(demand::of_vendor(&cx, vendor).await.unwrap().people, Some(3));
    assert_eq!(demand::of_listings(&cx, vendor).await.unwrap(), [(listing, 3)]);
    let stranger = buyer(&shop, "d").await;
    assert_eq!(demand::of_vendor(&stranger, vendor).await.unwrap_err().kind, ErrorKind::NotFound);
});

both_databases!(nothing_is_told_while_the_engine_is_away, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    service::save(&buyer(&shop, "buyer").await, &condition("제품")).await.unwrap();
    shop.0.clock.advance(HOUR);
    publish(&shop, vendor, "new").await;
    feed::rebuild(&shop.0.market).await.unwrap();
    shop.0.search.set_away(true);
    assert_eq!(collect::run(&shop.0.market.system()).await.unwrap_err().kind, ErrorKind::Unavailable);
    shop.0.search.set_away(false);
    // the transport is away as well: the mail goes when it is back, once
    shop.0.mailer.set_away(true);
    round(&shop).await;
    shop.0.mailer.set_away(false);
    shop.0.clock.advance(2 * HOUR);
    outbox::drain(&shop.0.market).await.unwrap();
    outbox::drain(&shop.0.market).await.unwrap();
    assert_eq!(shop.0.mailer.sent().len(), 1);
});

/// A small deterministic generator.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

const HIDE: [&str; 3] = [
    "UPDATE listings SET state = 'hidden' WHERE id = $1",
    "UPDATE listings SET state = 'published' WHERE id = $1",
    "UPDATE listings SET state = 'expired' WHERE id = $1",
];

/// One event of many kinds; gives the slugs that are hidden when a mail could go.
async fn happen(
    shop: &Shop,
    dice: &mut Dice,
    people: &[Cx],
    vendor: Uuid,
    listings: &mut Vec<(Uuid, String, bool)>,
) {
    match dice.roll(10) {
        0..=2 => {
            let slug = format!("n{}x", listings.len());
            let id = publish(shop, vendor, &slug).await;
            listings.push((id, slug, true));
        }
        3 | 4 if !listings.is_empty() => {
            let (at, to) = (dice.roll(listings.len()), dice.roll(3));
            listings[at].2 = to == 1;
            shop.run(HIDE[to], listings[at].0).await;
        }
        5 => {
            let cx = &people[dice.roll(people.len())];
            let text = ["제품", "n1"][dice.roll(2)];
            service::save(cx, &condition(text)).await.unwrap();
        }
        6 => {
            let cx = &people[dice.roll(people.len())];
            let own = service::list_own(cx).await.unwrap();
            if !own.is_empty() {
                let (search, act) =
                    (&own[dice.roll(own.len())], [Act::Pause, Act::Resume, Act::Delete][dice.roll(3)]);
                service::act(cx, search.id, act).await.unwrap();
            }
        }
        7 => shop.0.mailer.set_away(dice.roll(2) == 0),
        _ => shop.0.clock.advance(i64::try_from(dice.roll(15)).unwrap() * HOUR),
    }
}

both_databases!(under_any_order_of_events_nothing_is_told_twice, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    let people = [buyer(&shop, "one").await, buyer(&shop, "two").await];
    let mut listings = Vec::new();
    let mut told: HashSet<(String, String)> = HashSet::new();
    let mut days: HashMap<(String, i64), usize> = HashMap::new();
    let (mut dice, mut read) = (Dice(11), 0);
    for _ in 0..240 {
        happen(&shop, &mut dice, &people, vendor, &mut listings).await;
        if dice.roll(3) == 0 {
            feed::rebuild(&shop.0.market).await.unwrap();
        }
        collect::run(&shop.0.market.system()).await.unwrap();
        if dice.roll(2) == 0 {
            outbox::drain(&shop.0.market).await.unwrap();
        }
        let mails = shop.0.mailer.sent();
        for mail in mails.iter().skip(read) {
            let day = crate::search::log::day_of(shop.0.market.now());
            *days.entry((mail.to.clone(), day)).or_default() += 1;
            for section in mail.text.split("‘").skip(1) {
                for line in section.lines().filter(|line| line.trim_start().starts_with("http")) {
                    let Some((_, slug)) = line.split_once("/listings/") else { continue };
                    let visible = listings.iter().any(|(_, known, shown)| known == slug && *shown);
                    assert!(visible, "{slug} may not be seen and was mailed");
                    // whichever of the person's questions found it
                    assert!(
                        told.insert((mail.to.clone(), slug.to_owned())),
                        "{slug} was mailed twice to {}",
                        mail.to
                    );
                }
            }
        }
        read = mails.len();
    }
    assert!(told.len() > 20, "{} tellings prove nothing", told.len());
    assert!(days.values().all(|count| *count == 1), "{days:?}");
    let mut db = shop.0.market.system().read().await.unwrap();
    let twice = "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT user_id, day FROM alert_mailings GROUP BY user_id, day HAVING COUNT(*) > 1) x";
    assert_eq!(crate::fetch_one!(db, (i64,), twice).unwrap().0, 0);
});

#[test]
fn a_saved_question_is_asked_again_as_it_was() {
    let filters = Filters { region: vec!["41".into()], ..Filters::default() };
    let question = SavedQuestion { text: "볼트".into(), literal: true, filters };
    let stored = serde_json::to_string(&question).unwrap();
    assert_eq!(store::question(&stored).unwrap(), question);
    assert!(SavedQuestion::default().is_empty() && !question.is_empty());
}
