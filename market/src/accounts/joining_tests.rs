//! The sign-up form pressed again, and the way back in for whom others shut out.

use super::flow_tests::{PASSWORD, enter, form, join, mailed};
use super::model::{ConsentKind, SignUp};
use super::passwords::counting_digests;
use super::service;
use crate::db::{Db, counting_statements};
use crate::testing::test_market;
use crate::time::HOUR;
use crate::{ErrorKind, both_databases, outbox};

both_databases!(a_second_press_that_says_something_else_is_not_swallowed, |db: Db| async move {
    let t = test_market(db);
    join(&t, "known@example.test").await;
    let cx = t.visitor();
    for (email, mails) in [("new@example.test", 1), ("known@example.test", 2)] {
        let key = cx.new_id();
        service::sign_up(&cx, form(email), key).await.unwrap();
        service::sign_up(&cx, form(email), key).await.unwrap();
        let mut wider = form(email);
        wider.consents.push(ConsentKind::Marketing);
        let other = SignUp { password: "another long passphrase".into(), ..form(email) };
        for changed in [wider, other] {
            let refused = service::sign_up(&cx, changed, key).await.unwrap_err();
            assert_eq!(refused.kind, crate::idempotency::replayed().kind, "{email}");
        }
        outbox::drain(&t.market).await.unwrap();
        assert_eq!(t.mailer.sent_to(email).len(), mails, "{email}");
        t.clock.advance(HOUR);
    }
    // sent once more from the form that came back, it is a new act, and its own link brings what it said
    let changed = SignUp {
        password: "another long passphrase".into(),
        consents: vec![ConsentKind::Terms, ConsentKind::Privacy, ConsentKind::Marketing],
        ..form("new@example.test")
    };
    service::sign_up(&cx, changed, cx.new_id()).await.unwrap();
    let token = mailed(&t, "new@example.test", "/confirm/").await.unwrap();
    service::confirm_email(&cx, &token).await.unwrap();
    enter(&t, "new@example.test", "another long passphrase").await;
});

both_databases!(a_new_password_by_mail_opens_what_guessing_closed, |db: Db| async move {
    let t = test_market(db);
    join(&t, "hana@example.test").await;
    let cx = t.visitor();
    for _ in 0..12 {
        assert!(service::sign_in(&cx, "hana@example.test", "wrong password", "").await.is_err());
    }
    let shut = service::sign_in(&cx, "hana@example.test", PASSWORD, "").await.err().unwrap();
    assert!(matches!(shut.kind, ErrorKind::TooMany { .. }), "{shut}");
    service::request_reset(&cx, "hana@example.test", cx.new_id()).await.unwrap();
    let link = mailed(&t, "hana@example.test", "/reset/").await.unwrap();
    service::reset_password(&cx, &link, "another long passphrase").await.unwrap();
    enter(&t, "hana@example.test", "another long passphrase").await;
    crate::testing::prepare_all(t.market.db(), [crate::throttle::FORGIVE]).await;
});

/// What one call costs: digests, statements, and the time until it is answered.
async fn cost<T>(work: impl Future<Output = T>) -> (u32, u32, std::time::Duration) {
    let started = tokio::time::Instant::now();
    let ((_, digests), statements) = counting_statements(counting_digests(work)).await;
    (digests, statements, started.elapsed())
}

/// Somebody known, a guest without a password, somebody who never confirmed the address, and nobody.
const ADDRESSES: [&str; 4] =
    ["known@example.test", "guest@example.test", "unproved@example.test", "nobody@example.test"];

both_databases!(a_known_address_costs_what_an_unknown_one_does, |db: Db| async move {
    let t = test_market(db);
    let cx = t.visitor();
    join(&t, ADDRESSES[0]).await;
    t.add_person("guest").await;
    service::sign_up(&cx, form(ADDRESSES[2]), cx.new_id()).await.unwrap();
    let (mut signing_in, mut resetting, mut confirming) = (Vec::new(), Vec::new(), Vec::new());
    for email in ADDRESSES {
        let (digests, statements, _) =
            cost(Box::pin(service::sign_in(&cx, email, "wrong passphrase", "test"))).await;
        signing_in.push((digests, statements));
        let (digests, statements, _) = cost(Box::pin(service::request_reset(&cx, email, cx.new_id()))).await;
        resetting.push((digests, statements));
        let (digests, statements, _) =
            cost(Box::pin(service::resend_confirmation(&cx, email, cx.new_id()))).await;
        confirming.push((digests, statements));
    }
    for (what, costs, digests) in
        [("signing in", signing_in, 1), ("reset", resetting, 0), ("confirmation", confirming, 0)]
    {
        let nobodys = *costs.last().unwrap();
        assert!(costs.iter().all(|cost| *cost == nobodys), "{what}: {costs:?}");
        assert!(nobodys.0 == digests && nobodys.1 > 0, "{what}: {nobodys:?}");
    }
    // a sign-up writes more for a new address: the same digest, and never sooner than all of them take
    for email in ADDRESSES {
        let (digests, _, took) = cost(Box::pin(service::sign_up(&cx, form(email), cx.new_id()))).await;
        assert_eq!(digests, 1, "{email}");
        assert!(took >= std::time::Duration::from_millis(250), "{email} is answered after {took:?}");
    }
});
