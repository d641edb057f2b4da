//! A listing stands once in all mails to a person, also when the question that told it is deleted.

use super::*;
use crate::accounts::service as accounts;
use crate::outbox::Job as _;

const RENAME: &str = "UPDATE listings SET title_ko = title_ko || ' 개정' WHERE id = $1";
/// As if it were put up once more, so that it is newer than every question.
const ANEW: &str = "UPDATE listings SET published_at = published_at + 172800000000 WHERE id = $1";
const TOLD: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM alert_told WHERE user_id = $1";

/// In how many mails it stands.
fn told(shop: &Shop, slug: &str) -> usize {
    shop.0.mailer.sent().iter().map(|mail| mail.text.matches(&format!("/listings/{slug}\n")).count()).sum()
}

/// A buyer with a question, and a company that has nothing yet.
struct Asking {
    shop: Shop,
    vendor: Uuid,
    cx: Cx,
    me: Uuid,
    first: Uuid,
}

async fn asking(db: Db) -> Asking {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    let cx = buyer(&shop, "buyer").await;
    let me = cx.actor.signed_in().unwrap().id;
    let first = service::save(&cx, &condition("제품")).await.unwrap();
    Asking { shop, vendor, cx, me, first }
}

async fn kept(shop: &Shop, user: Uuid) -> i64 {
    let mut db = shop.0.market.system().read().await.unwrap();
    crate::fetch_one!(db, (i64,), TOLD, user).unwrap().0
}

both_databases!(a_deleted_question_does_not_forget_what_it_told, |db: Db| async move {
    let Asking { shop, vendor, cx, me, first } = asking(db).await;
    let late = service::save(&cx, &condition("개정")).await.unwrap();
    shop.0.clock.advance(HOUR);
    let one = publish(&shop, vendor, "one").await;
    round(&shop).await;
    assert_eq!((told(&shop, "one"), kept(&shop, me).await), (1, 1));
    service::act(&cx, first, Act::Delete).await.unwrap();

    // another question, saved before it was published, finds it afterwards; and the same one is saved once more
    shop.run(RENAME, one).await;
    service::save(&cx, &condition("제품")).await.unwrap();
    shop.0.clock.advance(DAY);
    publish(&shop, vendor, "two").await;
    round(&shop).await;
    assert_eq!((told(&shop, "one"), told(&shop, "two")), (1, 1));
    // put up anew, it is newer than all questions, and known to the person all the same
    shop.run(ANEW, one).await;
    service::act(&cx, late, Act::Delete).await.unwrap();
    service::save(&cx, &condition("one")).await.unwrap();
    shop.0.clock.advance(2 * DAY);
    publish(&shop, vendor, "three").await;
    round(&shop).await;
    assert_eq!((told(&shop, "one"), told(&shop, "three"), kept(&shop, me).await), (1, 1, 3));
    // others were told nothing
    let other = buyer(&shop, "other").await;
    service::save(&other, &condition("one")).await.unwrap();
    shop.run("UPDATE saved_searches SET mark = 1 WHERE user_id = $1", other.actor.signed_in().unwrap().id)
        .await;
    shop.0.clock.advance(2 * HOUR);
    round(&shop).await;
    assert_eq!(told(&shop, "one"), 2);
});

both_databases!(what_went_is_told_although_its_end_was_not_noted, |db: Db| async move {
    let Asking { shop, vendor, cx, me, first } = asking(db).await;
    shop.0.clock.advance(HOUR);
    publish(&shop, vendor, "one").await;
    round(&shop).await;
    assert_eq!(told(&shop, "one"), 1);
    // as if the process had ended between handing the mail over and noting it, and the question is gone since
    shop.run("UPDATE alert_mailings SET sent_at = NULL WHERE user_id = $1", me).await;
    service::act(&cx, first, Act::Delete).await.unwrap();
    let mut db = shop.0.market.system().read().await.unwrap();
    let find = "SELECT id FROM alert_mailings WHERE user_id = $1";
    let (mailing_id,) = crate::fetch_one!(db, (Uuid,), find, me).unwrap();
    drop(db);
    jobs::SendAlert { mailing_id }.run(&shop.0.market.system()).await.unwrap();
    let again = service::save(&cx, &condition("제품")).await.unwrap();
    shop.run("UPDATE saved_searches SET mark = 1 WHERE id = $1", again).await;
    shop.0.clock.advance(DAY);
    round(&shop).await;
    assert_eq!((shop.0.mailer.sent().len(), kept(&shop, me).await), (1, 1));
});

both_databases!(a_mail_that_never_went_told_nothing, |db: Db| async move {
    let Asking { shop, vendor, cx, me, first } = asking(db).await;
    shop.0.clock.advance(HOUR);
    publish(&shop, vendor, "one").await;
    shop.0.mailer.set_away(true);
    round(&shop).await;
    service::act(&cx, first, Act::Delete).await.unwrap();
    let again = service::save(&cx, &condition("제품")).await.unwrap();
    shop.run("UPDATE saved_searches SET mark = 1 WHERE id = $1", again).await;
    // on the next day the mail that could not go is given up, and what it had is news
    shop.0.mailer.set_away(false);
    shop.0.clock.advance(DAY);
    outbox::drain(&shop.0.market).await.unwrap();
    assert_eq!((told(&shop, "one"), kept(&shop, me).await), (0, 0));
    round(&shop).await;
    round(&shop).await;
    assert_eq!((told(&shop, "one"), kept(&shop, me).await), (1, 1));
});

both_databases!(what_somebody_was_told_is_in_their_copy_and_goes_with_them, |db: Db| async move {
    let Asking { shop, vendor, cx, me, .. } = asking(db).await;
    shop.0.clock.advance(HOUR);
    publish(&shop, vendor, "one").await;
    round(&shop).await;
    let copy = accounts::export(&cx).await.unwrap();
    assert_eq!(copy["alerts_told"][0]["listing"], "one");
    let mut tx = cx.write().await.unwrap();
    store::erase(&mut tx, me, "buyer@example.test").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(kept(&shop, me).await, 0);
});
