//! Deadlines, reminders, figures, asking somebody else.

use super::ground::{add_vendor, ground, link, words};
use crate::both_databases;
use crate::db::Db;
use crate::inquiries::deadlines::{expire_due, remind_due};
use crate::inquiries::links::{LinkStanding, open_link};
use crate::inquiries::response::{recompute_all, response_stats};
use crate::inquiries::service::{ask, ask_page_again, decline, reply, thread_view};
use crate::inquiries::{DeclineDraft, InquiryDraft, MessageKind, ThreadState};
use crate::inquiries::{confirm, deadlines, inbox, links, messages, page, response, similar, store, view};
use crate::testing::prepare_all;
use crate::time::{DAY, HOUR};

both_databases!(silence_ends_with_a_visible_outcome, |db: Db| async move {
    let g = ground(db).await;
    add_vendor(&g.t, "other").await;
    let id = g.asked().await;
    let token = link(&g.mails("owner").await[0], "a");
    g.t.clock.advance(3 * DAY + 8 * HOUR - 1);
    assert_eq!(expire_due(&g.t.market.system()).await.unwrap(), 0);
    g.t.clock.advance(1);
    assert_eq!(expire_due(&g.t.market.system()).await.unwrap(), 1);
    assert_eq!(expire_due(&g.t.market.system()).await.unwrap(), 0);
    let thread = g.thread(id).await;
    assert_eq!(
        (thread.state, thread.due_at, thread.overdue_at.is_some()),
        (ThreadState::Expired, None, true)
    );
    let view = thread_view(&g.buyer().await, id).await.unwrap();
    assert_eq!(view.alternatives.len(), 1);
    assert_eq!(view.messages.last().unwrap().kind, MessageKind::Expire);
    assert_eq!(open_link(&g.t.visitor(), &token).await.unwrap().standing, LinkStanding::Ended);
    assert!(g.mails("buyer").await.last().unwrap().text.contains("다른 공급사"));
    assert!(g.mails("owner").await.last().unwrap().subject.contains("기한이 지나"));
});

both_databases!(reminders_come_twice_and_stop_with_the_answer, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    assert_eq!(g.mails("owner").await.len(), 1);
    let system = g.t.market.system();
    assert_eq!(remind_due(&system).await.unwrap(), 0);
    g.t.clock.advance(2 * DAY);
    assert_eq!((remind_due(&system).await.unwrap(), remind_due(&system).await.unwrap()), (1, 0));
    assert_eq!(g.mails("owner").await.len(), 2);
    g.t.clock.advance(DAY);
    assert_eq!((remind_due(&system).await.unwrap(), remind_due(&system).await.unwrap()), (1, 0));
    let owner = g.owner().await;
    reply(&owner, id, "내일 답할게요", owner.new_id()).await.unwrap();
    assert_eq!(g.mails("owner").await.len(), 2, "answered between the reminder and its mail");
    assert_eq!(g.thread(id).await.state, ThreadState::WaitingBuyer);
});

both_databases!(asking_somebody_else_closes_the_old_thread, |db: Db| async move {
    let g = ground(db).await;
    let (_, other) = add_vendor(&g.t, "other").await;
    let id = g.asked().await;
    g.t.clock.advance(10 * DAY);
    expire_due(&g.t.market.system()).await.unwrap();
    let cx = g.buyer().await;
    let again = ask_page_again(&cx, id).await.unwrap();
    assert_eq!((again.body.as_str(), again.instead_of), ("단가를 알려 주세요", Some(id)));
    ask(&cx, other, &again, cx.new_id()).await.unwrap();
    assert_eq!(g.thread(id).await.state, ThreadState::Rerouted);
    let stranger = g.t.as_person(g.t.add_person("stranger").await).await;
    assert!(ask_page_again(&stranger, id).await.is_err());
    let theirs = g.asked().await;
    g.t.clock.advance(10 * DAY);
    expire_due(&g.t.market.system()).await.unwrap();
    let stranger = g.t.as_person(g.t.add_person("stranger2").await).await;
    let draft = InquiryDraft { instead_of: Some(theirs), ..words("?") };
    ask(&stranger, other, &draft, stranger.new_id()).await.unwrap();
    assert_eq!(
        g.thread(theirs).await.state,
        ThreadState::Expired,
        "the thread of somebody else stays as it is"
    );
});

both_databases!(figures_follow_the_threads, |db: Db| async move {
    let g = ground(db).await;
    for n in 0..5 {
        let id = g.asked().await;
        if n < 4 {
            let owner = g.owner().await;
            g.t.clock.advance(HOUR);
            decline(
                &owner,
                id,
                &DeclineDraft { reason: "too_few".into(), note: String::new() },
                owner.new_id(),
            )
            .await
            .unwrap();
        }
        g.t.clock.advance(7 * DAY);
    }
    g.mails("owner").await;
    let mut db = g.t.market.system().read().await.unwrap();
    let kept = response_stats(&mut db, g.vendor).await.unwrap();
    assert_eq!((kept.asked, kept.answered_in_time), (5, 4), "counted as the threads changed");
    recompute_all(&g.t.market.system()).await.unwrap();
    let nightly = response_stats(&mut db, g.vendor).await.unwrap();
    assert_eq!((nightly.asked, nightly.answered_in_time, nightly.mean_micros), (5, 4, Some(HOUR)));
    assert_eq!(nightly, kept, "counting anew equals counting along");
    assert_eq!(nightly.shown(5).unwrap().rate_percent, 80);
});

both_databases!(every_statement_is_valid, |db: Db| async move {
    let statements = [
        store::FIND,
        store::INSERT,
        store::SAVE,
        store::READ_BY_VENDOR,
        store::READ_BY_BUYER,
        deadlines::SET_REMINDER,
        store::INSERT_MESSAGE,
        messages::BEFORE,
        messages::AFTER,
        messages::QUOTES,
        messages::NEWEST_QUOTE,
        crate::inquiries::together::draft::OWN_COMPANIES,
        store::TEAM,
        store::IS_MEMBER,
        store::PERSON,
        deadlines::DUE,
        deadlines::LAPSED,
        crate::inquiries::jobs::OF_BATCH,
        deadlines::TO_REMIND,
        store::OPEN_OF_BUYER,
        page::ASK_PAGE,
        page::ASK_PAGE_BY_ID,
        confirm::INSERT,
        confirm::FIND,
        confirm::CONFIRM,
        confirm::PURGE,
        inbox::RECEIVED,
        inbox::RECEIVED_AS_THEY_COME,
        inbox::COUNT_AS_THEY_COME,
        inbox::SENT,
        inbox::COUNT_RECEIVED,
        inbox::COUNT_SENT,
        inbox::UNREAD,
        links::FIND_ANY,
        links::OF_BATCH,
        links::REVOKE_ANSWERS,
        crate::inquiries::lines::INSERT,
        crate::inquiries::lines::LIST,
        crate::inquiries::lines::LIST_OF_BATCH,
        crate::inquiries::together::send::INSERT,
        crate::inquiries::several::ASK_PAGES_BY_ID,
        crate::inquiries::together::plan::OPEN_THREADS,
        crate::inquiries::together::draft::INSERT,
        crate::inquiries::together::draft::FIND,
        crate::inquiries::together::draft::CONFIRM,
        crate::inquiries::together::draft::PURGE,
        crate::inquiries::together::view::FIND,
        crate::inquiries::together::view::THREADS,
        crate::inquiries::together::view::QUOTES,
        crate::basket::store::ADD,
        crate::basket::store::REMOVE,
        crate::basket::store::LIST,
        response::CLOCKS,
        response::KEEP,
        response::FIND,
        response::VENDORS,
        similar::LIST,
        crate::inquiries::reroute::IS_REQUEST,
        view::PAGE,
        crate::notifications::store::INSERT,
        crate::notifications::store::LIST,
        crate::notifications::store::COUNT,
        crate::notifications::store::UNREAD,
        crate::notifications::store::READ_UNTIL,
        crate::notifications::store::READ_ONE,
        crate::notifications::store::READ_ABOUT,
    ];
    prepare_all(&db, statements).await;
});
