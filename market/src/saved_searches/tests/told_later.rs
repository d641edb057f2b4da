//! What cannot be told now is told later: hidden or stopped when the mail went, or a question that nobody could read.

use super::*;
use crate::catalog::browse::Card;
use crate::lang::Lang;
use crate::search::desk::live;
use crate::search::service::full_matches;

const HIDDEN: &str = "UPDATE listings SET state = 'hidden' WHERE id = $1";
const SHOWN: &str = "UPDATE listings SET state = 'published' WHERE id = $1";

/// The index follows, the questions are asked, the mails are decided; none goes.
async fn decide(shop: &Shop) {
    feed::rebuild(&shop.0.market).await.unwrap();
    collect::run(&shop.0.market.system()).await.unwrap();
}

fn names(mail: &Mail, slugs: [&str; 2]) -> [bool; 2] {
    slugs.map(|slug| mail.text.contains(&format!("/listings/{slug}")))
}

both_databases!(what_a_round_missed_before_the_mail_went_is_told_another_day, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    let cx = buyer(&shop, "buyer").await;
    service::save(&cx, &condition("제품")).await.unwrap();
    shop.0.clock.advance(HOUR);
    publish(&shop, vendor, "stays").await;
    let hides = publish(&shop, vendor, "hides").await;
    decide(&shop).await;
    // hidden after the mail was decided, and the next round notes that the question finds it no more
    shop.run(HIDDEN, hides).await;
    shop.0.clock.advance(HOUR);
    decide(&shop).await;
    outbox::drain(&shop.0.market).await.unwrap();
    let mails = shop.0.mailer.sent();
    assert_eq!(mails.len(), 1);
    assert_eq!(names(&mails[0], ["stays", "hides"]), [true, false]);
    shop.run(SHOWN, hides).await;
    shop.0.clock.advance(DAY);
    round(&shop).await;
    let mails = shop.0.mailer.sent();
    assert_eq!(mails.len(), 2, "it was never told, so it is news");
    assert_eq!(names(&mails[1], ["stays", "hides"]), [false, true]);
    shop.0.clock.advance(DAY);
    round(&shop).await;
    assert_eq!(shop.0.mailer.sent().len(), 2, "each of them once");
});

both_databases!(what_a_stopped_question_had_found_is_told_by_another, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    let cx = buyer(&shop, "buyer").await;
    let stops = service::save(&cx, &condition("alpha")).await.unwrap();
    service::save(&cx, &condition("beta")).await.unwrap();
    shop.0.clock.advance(HOUR);
    let alpha = publish(&shop, vendor, "alpha").await;
    publish(&shop, vendor, "beta").await;
    decide(&shop).await;
    service::act(&cx, stops, Act::Pause).await.unwrap();
    outbox::drain(&shop.0.market).await.unwrap();
    let mails = shop.0.mailer.sent();
    assert_eq!(mails.len(), 1);
    assert_eq!(names(&mails[0], ["alpha", "beta"]), [false, true]);
    // the question that runs finds it now as well
    shop.run("UPDATE listings SET title_ko = title_ko || ' beta' WHERE id = $1", alpha).await;
    shop.0.clock.advance(DAY);
    round(&shop).await;
    let mails = shop.0.mailer.sent();
    assert_eq!(mails.len(), 2);
    assert_eq!(names(&mails[1], ["alpha", "beta"]), [true, false]);
});

both_databases!(a_question_that_may_mean_a_region_waits_until_it_is_known, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    let text = "대전 제품 부산 부품 대구 자재";
    let question = SavedQuestion { text: text.into(), ..SavedQuestion::default() };
    let query = question.newest(Lang::Ko, 1, 20);
    let saved = Condition { question, ..condition("regions") };
    service::save(&buyer(&shop, "buyer").await, &saved).await.unwrap();
    shop.0.clock.advance(HOUR);
    let listing = publish(&shop, vendor, "named").await;
    let other = publish(&shop, shop.vendor("w").await, "theirs").await;
    for listing in [listing, other] {
        shop.run("UPDATE listings SET title_ko = '대전 제품 부산 부품 대구 자재' WHERE id = $1", listing)
            .await;
    }
    feed::rebuild(&shop.0.market).await.unwrap();

    let (cx, rules) = (shop.visitor(), live::current(&shop.0.market));
    let count = |found: Option<(Vec<Card>, bool)>| found.map(|(cards, _)| cards.len());
    // each pair alone would be known in time, all of them are not
    shop.0.search.set_pair_millis(350);
    assert_eq!(count(full_matches(&cx, &query, &rules).await.unwrap()), None);
    let refused = collect::run(&shop.0.market.system()).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Unavailable, "what is not known is not taken for nothing");
    shop.0.search.set_pair_millis(0);
    assert_eq!(count(full_matches(&cx, &query, &rules).await.unwrap()), Some(2));
    round(&shop).await;
    assert_eq!(shop.0.mailer.sent().len(), 1);
});
