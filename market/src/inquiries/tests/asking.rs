//! Asking as a member and as a guest; replays, limits, what may not be asked.

use super::ground::{add_vendor, ground, guest, link, words};
use crate::accounts::access::VendorRole;
use crate::both_databases;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::links::open_link;
use crate::inquiries::model::Side;
use crate::inquiries::service::{InboxFilter, ask, confirm_inquiry, inbox, pending_inquiry, thread_view};
use crate::inquiries::{AskOutcome, ThreadState};
use crate::time::{DAY, HOUR};

fn every(side: Side, state: Option<ThreadState>) -> InboxFilter {
    InboxFilter { side, state, archived: false, label: None, mine: false, words: String::new(), page: 1 }
}

both_databases!(a_member_asks_and_the_team_is_mailed, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let thread = g.thread(id).await;
    assert_eq!((thread.state, thread.message_count), (ThreadState::WaitingVendor, 1));
    assert_eq!(thread.due_at, Some(thread.created_at.plus(3 * DAY + 8 * HOUR)));
    let mails = g.mails("owner").await;
    assert_eq!(mails.len(), 1);
    for way in ["/quote", "/ask", "/decline"] {
        assert!(mails[0].text.contains(way), "{way}");
    }
    let owner = g.owner().await;
    let page = inbox(&owner, &every(Side::Vendor, None)).await.unwrap();
    assert_eq!((page.total, page.unread.received, page.unread.to_answer), (1, 1, 1));
    assert!(page.rows[0].unread);
    assert_eq!(owner.actor.person().unwrap().unread, 1);
    let sent = inbox(&g.buyer().await, &every(Side::Buyer, Some(ThreadState::WaitingVendor))).await.unwrap();
    assert_eq!((sent.total, sent.rows[0].unread), (1, false));
});

both_databases!(the_same_form_twice_is_one_thread, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.buyer().await;
    let key = cx.new_id();
    let first = ask(&cx, g.listing, &words("얼마예요?"), key).await.unwrap();
    assert_eq!(ask(&cx, g.listing, &words("얼마예요?"), key).await.unwrap(), first);
    let other = ask(&cx, g.listing, &words("다른 말"), key).await.unwrap_err();
    assert_eq!(other.kind, crate::idempotency::replayed().kind);
    assert_ne!(ask(&cx, g.listing, &words("얼마예요?"), cx.new_id()).await.unwrap(), first);
});

both_databases!(a_guest_confirms_before_anybody_hears_of_it, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    let outcome =
        ask(&cx, g.listing, &guest("견본이 있나요?", "Guest@example.test"), cx.new_id()).await.unwrap();
    assert_eq!(outcome, AskOutcome::ConfirmationSent);
    let mails = g.mails("guest").await;
    assert_eq!((mails.len(), g.t.mailer.sent().len()), (1, 1), "one mail, to the guest alone");
    let token = link(&mails[0], "confirm-inquiry");
    for _ in 0..2 {
        let pending = pending_inquiry(&cx, &token).await.unwrap();
        assert_eq!(
            (pending.body.as_str(), pending.sent),
            ("견본이 있나요?", false),
            "opening changes nothing"
        );
    }
    let confirmed = confirm_inquiry(&cx, &token).await.unwrap();
    let again = confirm_inquiry(&cx, &token).await.unwrap();
    assert_eq!(again.thread_id, confirmed.thread_id);
    assert!(pending_inquiry(&cx, &token).await.unwrap().sent);
    let open = open_link(&cx, &confirmed.link).await.unwrap();
    assert!(!open.vendor_side);
    assert_eq!(thread_view(&open.cx, confirmed.thread_id).await.unwrap().messages.len(), 1);
    assert_eq!(g.mails("owner").await.len(), 1);
    let mails = g.mails("guest").await;
    assert_eq!(mails.len(), 2);
    assert!(open_link(&cx, &link(&mails[1], "a")).await.is_ok());
});

both_databases!(old_confirmations_and_guesses_do_nothing, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    ask(&cx, g.listing, &guest("?", "guest@example.test"), cx.new_id()).await.unwrap();
    let token = link(&g.mails("guest").await[0], "confirm-inquiry");
    assert_eq!(confirm_inquiry(&cx, "guess").await.unwrap_err().kind, ErrorKind::NotFound);
    g.t.clock.advance(4 * DAY);
    assert_eq!(confirm_inquiry(&cx, &token).await.unwrap_err().kind, ErrorKind::Gone);
    assert_eq!(g.mails("owner").await.len(), 0);
});

both_databases!(a_guest_fills_in_every_field, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    let draft = crate::inquiries::InquiryDraft {
        country: "Korea".into(),
        email: "x".into(),
        ..crate::inquiries::InquiryDraft::default()
    };
    let ErrorKind::Invalid(errors) = ask(&cx, g.listing, &draft, cx.new_id()).await.unwrap_err().kind else {
        panic!("not invalid")
    };
    for field in ["body", "email", "name", "country"] {
        assert!(errors.of(field).is_some(), "{field}");
    }
    let long = words(&"가".repeat(4_001));
    let ErrorKind::Invalid(errors) =
        ask(&g.buyer().await, g.listing, &long, cx.new_id()).await.unwrap_err().kind
    else {
        panic!("not invalid")
    };
    assert!(errors.of("body").is_some());
});

both_databases!(who_fills_in_the_trap_gets_a_friendly_answer, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    let draft =
        crate::inquiries::InquiryDraft { trap: "http://spam".into(), ..guest("buy", "guest@example.test") };
    assert_eq!(ask(&cx, g.listing, &draft, cx.new_id()).await.unwrap(), AskOutcome::ConfirmationSent);
    assert_eq!(g.mails("guest").await.len(), 0);
});

both_databases!(five_threads_an_hour, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.buyer().await;
    for _ in 0..5 {
        ask(&cx, g.listing, &words("?"), cx.new_id()).await.unwrap();
    }
    let kind = ask(&cx, g.listing, &words("?"), cx.new_id()).await.unwrap_err().kind;
    assert!(matches!(kind, ErrorKind::TooMany { retry_after: 1..=3601 }), "{kind:?}");
    g.t.clock.advance(HOUR);
    ask(&cx, g.listing, &words("?"), cx.new_id()).await.unwrap();
    let other = g.t.as_person(g.t.add_person("other").await).await;
    ask(&other, g.listing, &words("?"), cx.new_id()).await.unwrap();
});

both_databases!(what_is_not_shown_cannot_be_asked_about, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.buyer().await;
    assert_eq!(ask(&cx, cx.new_id(), &words("?"), cx.new_id()).await.unwrap_err().kind, ErrorKind::NotFound);
    g.t.clock.advance(901 * DAY);
    let cx = g.buyer().await;
    assert_eq!(ask(&cx, g.listing, &words("?"), cx.new_id()).await.unwrap_err().kind, ErrorKind::Gone);
    let (vendor, listing) = add_vendor(&g.t, "own").await;
    g.t.join(g.buyer, vendor, VendorRole::Staff).await;
    let own = ask(&g.buyer().await, listing, &words("?"), cx.new_id()).await.unwrap_err();
    assert_eq!(own.kind, ErrorKind::Conflict("inquiry.own_listing".into()));
});

both_databases!(who_leaves_leaves_nobody_waiting, |db: Db| async move {
    let g = ground(db).await;
    let (one, two) = (g.asked().await, g.asked().await);
    let cx = g.buyer().await;
    let mut tx = cx.write().await.unwrap();
    assert_eq!(crate::inquiries::service::withdraw_all(&cx, &mut tx, g.buyer).await.unwrap(), 2);
    assert_eq!(crate::inquiries::service::withdraw_all(&cx, &mut tx, g.buyer).await.unwrap(), 0);
    tx.commit().await.unwrap();
    for id in [one, two] {
        assert_eq!(g.thread(id).await.state, ThreadState::Withdrawn);
    }
    let told = g.mails("owner").await;
    assert!(told.iter().any(|mail| mail.subject.contains("거뒀")), "{told:?}");
});

both_databases!(asking_takes_few_statements, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.buyer().await;
    let draft = words("M8 볼트 단가와 납기를 알려 주세요");
    let asks = ask(&cx, g.listing, &draft, cx.new_id());
    let (asked, statements) = crate::db::counting_statements(Box::pin(asks)).await;
    assert!(matches!(asked.unwrap(), AskOutcome::Thread(_)));
    // whoever asks waits for each of them: one for the files of the form, the rest in the one transaction
    assert!(statements <= 14, "{statements}");
});
