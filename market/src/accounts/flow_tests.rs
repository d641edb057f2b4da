//! The ways of people through their accounts, on both databases.
#![expect(clippy::unwrap_used, reason = "tests")]

use uuid::Uuid;

use super::access::{Actor, PlatformRole, VendorRole};
use super::model::{CONSENT_VERSION, ConsentKind, Guest, LinkState, Profile, SignUp, SignedIn};
use super::{service, sessions};
use crate::cx::Cx;
use crate::db::Db;
use crate::error::{Error, ErrorKind, Problem};
use crate::testing::{TestMarket, test_market};
use crate::time::{DAY, HOUR, MINUTE};
use crate::tokens::TokenKind;
use crate::{Lang, both_databases, outbox};

pub(crate) const PASSWORD: &str = "우리 공장 옆 은행나무";

/// What a sign-up form says.
pub(super) fn form(email: &str) -> SignUp {
    SignUp {
        email: email.into(),
        name: "김 하나".into(),
        password: PASSWORD.into(),
        consents: vec![ConsentKind::Terms, ConsentKind::Privacy],
        ..SignUp::default()
    }
}

/// Lets the worker mail, and gives the token of the newest link mailed to `email` under `path`.
pub(super) async fn mailed(t: &TestMarket, email: &str, path: &str) -> Option<String> {
    outbox::drain(&t.market).await.unwrap();
    let mails = t.mailer.sent_to(email);
    let (_, rest) = mails.iter().rev().find_map(|mail| mail.text.split_once(path))?;
    Some(rest.split_whitespace().next()?.to_owned())
}

pub(crate) async fn join(t: &TestMarket, email: &str) {
    let cx = t.visitor();
    service::sign_up(&cx, form(email), cx.new_id()).await.unwrap();
    let token = mailed(t, email, "/confirm/").await.unwrap();
    service::confirm_email(&cx, &token).await.unwrap();
}

pub(crate) async fn enter(t: &TestMarket, email: &str, password: &str) -> Cx {
    let SignedIn::Session(token) = service::sign_in(&t.visitor(), email, password, "test").await.unwrap()
    else {
        panic!("not confirmed")
    };
    as_token(t, &token).await.unwrap()
}

async fn as_token(t: &TestMarket, token: &str) -> Option<Cx> {
    let person = sessions::authenticate(&t.market, token).await.unwrap()?;
    Some(t.visitor().as_actor(Actor::Person(Box::new(person))))
}

fn rule(error: Error) -> (String, Problem) {
    let ErrorKind::Invalid(errors) = error.kind else { panic!("{error}") };
    let first = errors.0.first().unwrap().clone();
    (first.field.into_owned(), first.problem)
}

both_databases!(from_joining_to_leaving, |db: Db| async move {
    let t = test_market(db);
    join(&t, "hana@example.test").await;
    let SignedIn::Session(first) =
        service::sign_in(&t.visitor(), " HANA@example.test", PASSWORD, "Firefox").await.unwrap()
    else {
        panic!()
    };
    let phone = enter(&t, "hana@example.test", PASSWORD).await;
    let devices = service::list_devices(&phone).await.unwrap();
    assert_eq!(devices.len(), 2);
    let other = as_token(&t, &first).await.unwrap().actor.person().unwrap().session_id;
    service::revoke_device(&phone, other).await.unwrap();
    assert!(as_token(&t, &first).await.is_none());

    service::request_reset(&t.visitor(), "hana@example.test", Uuid::nil()).await.unwrap();
    let link = mailed(&t, "hana@example.test", "/reset/").await.unwrap();
    service::reset_password(&t.visitor(), &link, "another long passphrase").await.unwrap();
    assert!(service::list_devices(&phone).await.unwrap().is_empty(), "a reset ends every session");
    let again = service::reset_password(&t.visitor(), &link, "yet another passphrase").await;
    assert_eq!(again.unwrap_err().kind, ErrorKind::Gone, "a replayed link does nothing");

    let cx = enter(&t, "hana@example.test", "another long passphrase").await;
    assert_eq!(
        rule(service::withdraw(&cx, PASSWORD).await.unwrap_err()),
        ("password".into(), Problem::Rule("password.wrong".into()))
    );
    service::withdraw(&cx, "another long passphrase").await.unwrap();
    let gone = service::sign_in(&t.visitor(), "hana@example.test", "another long passphrase", "").await;
    assert_eq!(rule(gone.err().unwrap()), (String::new(), Problem::Rule("sign_in.wrong".into())));
    let id = cx.actor.user_id().unwrap();
    let mut db = t.market.db().read().await.unwrap();
    let (email, name): (String, String) =
        crate::fetch_one!(db, (String, String), "SELECT email, name FROM users WHERE id = $1", id).unwrap();
    assert!(email.ends_with("@closed.invalid") && !name.contains("하나"), "{email} {name}");
    assert!(
        crate::audit::list_for_object(&mut db, "user", id)
            .await
            .unwrap()
            .iter()
            .any(|row| row.action == "account.withdraw")
    );
    drop(db);
    join(&t, "hana@example.test").await;
    enter(&t, "hana@example.test", PASSWORD).await;
});

both_databases!(nobody_learns_who_has_an_account, |db: Db| async move {
    let t = test_market(db);
    join(&t, "known@example.test").await;
    let cx = t.visitor();
    let wrong = |email: &'static str| {
        let cx = cx.clone();
        async move { rule(service::sign_in(&cx, email, "wrong password", "").await.err().unwrap()) }
    };
    assert_eq!(wrong("known@example.test").await, wrong("nobody@example.test").await);
    assert!(service::sign_up(&cx, form("known@example.test"), cx.new_id()).await.is_ok());
    outbox::drain(&t.market).await.unwrap();
    assert_eq!(t.mailer.sent_to("known@example.test").last().unwrap().subject, "이미 가입한 주소예요");
    let before = t.mailer.sent().len();
    assert!(service::request_reset(&cx, "nobody@example.test", cx.new_id()).await.is_ok());
    assert!(service::resend_confirmation(&cx, "nobody@example.test", cx.new_id()).await.is_ok());
    assert!(service::resend_confirmation(&cx, "known@example.test", cx.new_id()).await.is_ok());
    outbox::drain(&t.market).await.unwrap();
    assert_eq!(t.mailer.sent().len(), before, "no mail to strangers, none to the proved");
    assert!(
        enter(&t, "known@example.test", PASSWORD).await.actor.person().is_some(),
        "joining again changed nothing"
    );
});

both_databases!(an_unproved_address_opens_nothing, |db: Db| async move {
    let t = test_market(db);
    let cx = t.visitor();
    let idem = cx.new_id();
    service::sign_up(&cx, form("new@example.test"), idem).await.unwrap();
    service::sign_up(&cx, form("new@example.test"), idem).await.unwrap();
    let first = mailed(&t, "new@example.test", "/confirm/").await.unwrap();
    assert_eq!(t.mailer.sent().len(), 1, "a double click mails once");
    let signed = service::sign_in(&cx, "new@example.test", PASSWORD, "").await.unwrap();
    assert!(matches!(signed, SignedIn::Unconfirmed));
    let second = mailed(&t, "new@example.test", "/confirm/").await.unwrap();
    assert_ne!(first, second);
    assert_eq!(service::link_state(&cx, TokenKind::ConfirmEmail, &first).await.unwrap(), LinkState::Live);
    assert_eq!(
        service::link_state(&cx, TokenKind::ConfirmEmail, "guess").await.unwrap_err().kind,
        ErrorKind::NotFound
    );
    t.clock.advance(3 * DAY);
    assert_eq!(service::link_state(&cx, TokenKind::ConfirmEmail, &first).await.unwrap(), LinkState::Expired);
    assert_eq!(service::confirm_email(&cx, &first).await.unwrap_err().kind, ErrorKind::Gone);
    service::resend_confirmation(&cx, "new@example.test", cx.new_id()).await.unwrap();
    let third = mailed(&t, "new@example.test", "/confirm/").await.unwrap();
    service::confirm_email(&cx, &third).await.unwrap();
    service::confirm_email(&cx, &third).await.unwrap();
    enter(&t, "new@example.test", PASSWORD).await;
});

both_databases!(wrong_forms_are_told_everything_at_once, |db: Db| async move {
    let t = test_market(db);
    let cx = t.visitor();
    let error = service::sign_up(
        &cx,
        SignUp { name: "\u{202e}".into(), email: "x".into(), password: "short".into(), ..SignUp::default() },
        cx.new_id(),
    )
    .await;
    let ErrorKind::Invalid(errors) = error.unwrap_err().kind else { panic!() };
    let fields: Vec<_> = errors.0.iter().map(|e| e.field.as_ref()).collect();
    assert_eq!(fields, ["name", "email", "password", "terms", "privacy"]);
});

both_databases!(guessing_is_slowed_down, |db: Db| async move {
    let t = test_market(db);
    join(&t, "hana@example.test").await;
    let mut cx = t.visitor();
    cx.ip = Some([192, 0, 2, 1].into());
    for _ in 0..3 {
        for _ in 0..9 {
            assert!(service::sign_in(&cx, "hana@example.test", "wrong password", "").await.is_err());
        }
        enter(&t, "hana@example.test", PASSWORD).await;
        t.clock.advance(15 * MINUTE);
    }
    for _ in 0..10 {
        rule(service::sign_in(&cx, "hana@example.test", "wrong password", "").await.err().unwrap());
    }
    for email in ["hana@example.test", "HANA@example.test"] {
        let locked = service::sign_in(&t.visitor(), email, PASSWORD, "").await.err().unwrap();
        assert!(
            matches!(locked.kind, ErrorKind::TooMany { retry_after } if (1..=901).contains(&retry_after)),
            "{locked}"
        );
    }
    for number in 0..20 {
        rule(
            service::sign_in(&cx, &format!("n{number}@example.test"), "wrong password", "")
                .await
                .err()
                .unwrap(),
        );
    }
    let network = service::sign_in(&cx, "other@example.test", "wrong password", "").await.err().unwrap();
    assert!(matches!(network.kind, ErrorKind::TooMany { .. }), "one network tries many accounts");
    t.clock.advance(15 * MINUTE);
    enter(&t, "hana@example.test", PASSWORD).await;
    for _ in 0..5 {
        service::request_reset(&cx, "victim@example.test", cx.new_id()).await.unwrap();
    }
    let flood = service::request_reset(&cx, "victim@example.test", cx.new_id()).await.unwrap_err();
    assert!(matches!(flood.kind, ErrorKind::TooMany { .. }));
});

both_databases!(signing_in_gives_a_new_session, |db: Db| async move {
    let t = test_market(db);
    join(&t, "hana@example.test").await;
    let SignedIn::Session(planted) =
        service::sign_in(&t.visitor(), "hana@example.test", PASSWORD, "").await.unwrap()
    else {
        panic!()
    };
    let cx = as_token(&t, &planted).await.unwrap();
    let SignedIn::Session(fresh) = service::sign_in(&cx, "hana@example.test", PASSWORD, "").await.unwrap()
    else {
        panic!()
    };
    assert_ne!(planted, fresh);
    assert!(as_token(&t, &planted).await.is_none(), "the token from before signing in is worth nothing");
    let cx = as_token(&t, &fresh).await.unwrap();
    service::sign_out(&cx).await.unwrap();
    service::sign_out(&cx).await.unwrap();
    assert!(as_token(&t, &fresh).await.is_none());
});

both_databases!(a_changed_password_signs_the_others_out, |db: Db| async move {
    let t = test_market(db);
    join(&t, "hana@example.test").await;
    let (one, two) =
        (enter(&t, "hana@example.test", PASSWORD).await, enter(&t, "hana@example.test", PASSWORD).await);
    let key = one.new_id();
    let wrong =
        service::change_password(&one, "not this one", "another long passphrase", key).await.unwrap_err();
    assert_eq!(rule(wrong), ("current_password".into(), Problem::Rule("password.wrong".into())));
    service::change_password(&one, PASSWORD, "another long passphrase", key).await.unwrap();
    service::change_password(&one, PASSWORD, "another long passphrase", key).await.unwrap();
    let other = service::change_password(&one, PASSWORD, "yet another passphrase", key).await.unwrap_err();
    assert_eq!(other.kind, crate::idempotency::replayed().kind);
    let left = service::list_devices(&one).await.unwrap();
    assert_eq!(left.iter().map(|d| d.id).collect::<Vec<_>>(), [one.actor.person().unwrap().session_id]);
    let foreign = service::revoke_device(&one, two.actor.person().unwrap().session_id).await.unwrap_err();
    assert_eq!(foreign.kind, ErrorKind::NotFound);
    assert_eq!(service::revoke_other_devices(&one).await.unwrap(), 0);
    assert!(mailed(&t, "hana@example.test", "/reset").await.is_some(), "the owner is told");
    let mails = t.mailer.sent_to("hana@example.test");
    let told = mails.iter().filter(|mail| mail.text.contains("/reset")).count();
    assert_eq!(told, 1, "a second press of the button tells nobody again");
});

both_databases!(consents_are_kept_with_version_and_time, |db: Db| async move {
    let t = test_market(db);
    join(&t, "hana@example.test").await;
    let cx = enter(&t, "hana@example.test", PASSWORD).await;
    let given = service::list_consents(&cx).await.unwrap();
    assert_eq!(given.iter().filter(|c| c.granted).count(), 2, "what was not ticked is stored as no");
    assert_eq!(given.len(), 4);
    service::change_consent(&cx, ConsentKind::Marketing, true).await.unwrap();
    service::change_consent(&cx, ConsentKind::Marketing, true).await.unwrap();
    t.clock.advance(HOUR);
    service::change_consent(&cx, ConsentKind::Marketing, false).await.unwrap();
    let history = service::list_consents(&cx).await.unwrap();
    assert_eq!(history.len(), 6);
    assert!(
        history.first().is_some_and(|c| c.kind == "marketing" && !c.granted && c.version == CONSENT_VERSION)
    );
    assert!(matches!(
        service::change_consent(&cx, ConsentKind::Terms, false).await.unwrap_err().kind,
        ErrorKind::Conflict(_)
    ));
    let copy = service::export(&cx).await.unwrap();
    assert_eq!(copy["account"]["email"], "hana@example.test");
    assert_eq!(copy["consents"].as_array().unwrap().len(), 6);
    assert!(!copy.to_string().contains("argon2"), "no digest leaves the house");
    let profile = Profile {
        name: "김 둘".into(),
        phone: "031-123-4567".into(),
        company: String::new(),
        lang: "en".into(),
        time_zone: "Europe/Berlin".into(),
    };
    service::update_profile(&cx, &profile).await.unwrap();
    let user = service::find_own(&cx).await.unwrap();
    assert_eq!(
        (user.name.as_str(), user.phone.as_deref(), user.company, user.lang.as_str()),
        ("김 둘", Some("031-123-4567"), None, "en")
    );
    assert_eq!(user.time_zone.as_deref(), Some("Europe/Berlin"));
    let nowhere = Profile { time_zone: "../etc".into(), ..profile };
    assert!(matches!(service::update_profile(&cx, &nowhere).await.unwrap_err().kind, ErrorKind::Invalid(_)));
    assert!(matches!(service::find_own(&t.visitor()).await.unwrap_err().kind, ErrorKind::NotSignedIn));
});

both_databases!(a_guest_becomes_a_member_by_the_mailed_link, |db: Db| async move {
    let t = test_market(db);
    let cx = t.visitor();
    let guest = Guest {
        email: "guest@example.test".into(),
        name: "Ann".into(),
        company: Some("Ann Ltd".into()),
        country: None,
        lang: Lang::En,
    };
    let mut tx = cx.write().await.unwrap();
    let id = service::ensure_guest(&cx, &mut tx, &guest).await.unwrap();
    assert_eq!(
        service::ensure_guest(&cx, &mut tx, &Guest { name: "Eve".into(), ..guest }).await.unwrap(),
        id
    );
    let proved = Guest {
        email: "guest@example.test".into(),
        name: "Ann".into(),
        company: Some("Ann Ltd".into()),
        country: None,
        lang: Lang::En,
    };
    assert_eq!(service::prove_guest(&cx, &mut tx, &proved).await.unwrap(), id);
    tx.commit().await.unwrap();
    assert!(
        service::sign_in(&cx, "guest@example.test", PASSWORD, "").await.is_err(),
        "no password, no way in"
    );
    service::sign_up(&cx, form("guest@example.test"), cx.new_id()).await.unwrap();
    assert!(
        service::sign_in(&cx, "guest@example.test", PASSWORD, "").await.is_err(),
        "the form alone proves nothing"
    );
    let link = mailed(&t, "guest@example.test", "/reset/").await.unwrap();
    service::reset_password(&cx, &link, PASSWORD).await.unwrap();
    let cx = enter(&t, "guest@example.test", PASSWORD).await;
    let user = service::find_own(&cx).await.unwrap();
    assert_eq!((user.id, user.name.as_str(), user.company.as_deref()), (id, "김 하나", Some("Ann Ltd")));
    assert_eq!(service::list_consents(&cx).await.unwrap().len(), 4);
});

const ADD_VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, intro_ko, intro_en, \
    registry_status, created_at, updated_at, version) VALUES ($1, 'v', '1', 'approved', '가온', 'Gaon', '', '', '', '', '', '', '', 'unknown', 0, 0, 1)";

both_databases!(a_company_keeps_an_owner, |db: Db| async move {
    let t = test_market(db);
    join(&t, "owner@example.test").await;
    let cx = enter(&t, "owner@example.test", PASSWORD).await;
    let (vendor, second) = (cx.new_id(), t.add_person("second").await);
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, ADD_VENDOR, vendor).unwrap();
    tx.commit().await.unwrap();
    t.join(cx.actor.user_id().unwrap(), vendor, VendorRole::Owner).await;
    t.join(second, vendor, VendorRole::Manager).await;
    assert_eq!(service::obstacles(&cx).await.unwrap().len(), 1);
    assert_eq!(
        rule(service::withdraw(&cx, PASSWORD).await.unwrap_err()).1,
        Problem::Rule("withdraw.sole_owner".into())
    );
    let third = t.add_person("third").await;
    t.join(third, vendor, VendorRole::Owner).await;
    service::withdraw(&cx, PASSWORD).await.unwrap();
});

both_databases!(the_command_line_makes_admins, |db: Db| async move {
    let t = test_market(db);
    assert_eq!(
        service::create_admin(&t.visitor(), "root@example.test", "R").await.unwrap_err().kind,
        ErrorKind::Forbidden
    );
    let cx = t.market.system();
    let link = service::create_admin(&cx, "root@example.test", "관리자").await.unwrap();
    let again = service::create_admin(&cx, "root@example.test", "관리자").await.unwrap();
    assert_ne!(link, again);
    let (_, token) = again.rsplit_once('/').unwrap();
    service::reset_password(&t.visitor(), token, PASSWORD).await.unwrap();
    let admin = enter(&t, "root@example.test", PASSWORD).await;
    assert_eq!(admin.actor.person().unwrap().roles, [PlatformRole::Admin]);
    assert_eq!(
        rule(service::withdraw(&admin, PASSWORD).await.unwrap_err()).1,
        Problem::Rule("withdraw.last_admin".into())
    );
});
