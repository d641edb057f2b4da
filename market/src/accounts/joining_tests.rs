//! The sign-up form pressed again, and the way back in for whom others shut out.

use super::flow_tests::{PASSWORD, enter, form, join, mailed};
use super::model::{ConsentKind, SignUp};
use super::service;
use crate::db::Db;
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
