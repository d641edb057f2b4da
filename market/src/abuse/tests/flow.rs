//! Held, handed over, turned away; and the figures of vendors, which none of it moves.

use uuid::Uuid;

use crate::abuse::release::{self, Decision, decide};
use crate::abuse::{HeldKind, HeldState, HoldReason, held, review};
use crate::accounts::access::PlatformRole;
use crate::both_databases;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::service::{ask, inbox, reply, thread_view, withdraw};
use crate::inquiries::tests::ground::{Ground, add_vendor, ground, guest, link, to_others, words};
use crate::inquiries::{AskOutcome, Side, ThreadState, response};
use crate::time::{DAY, HOUR};

pub(super) const LETTER: &str = "안녕하세요. 귀사의 무궁한 발전을 기원합니다. 저희는 해외 판로 개척을 돕는 회사로, 이번 달에만 특별한 조건을 드리고 있습니다.";
pub(super) const WAITING: &str = "SELECT id FROM held_items WHERE state = 'waiting' ORDER BY written_at, id";

pub(super) async fn waiting(g: &Ground) -> Vec<Uuid> {
    let mut db = g.t.market.system().read().await.unwrap();
    crate::fetch_all!(db, (Uuid,), WAITING).unwrap().into_iter().map(|(id,)| id).collect()
}

pub(super) async fn curator(g: &Ground) -> Cx {
    let id = g.t.add_person("curator").await;
    g.t.grant(id, PlatformRole::Curator).await;
    g.t.as_person(id).await
}

pub(super) async fn ask_about(cx: &Cx, listing: Uuid, body: &str) -> Uuid {
    match ask(cx, listing, &words(body), cx.new_id()).await.unwrap() {
        AskOutcome::Thread(id) => id,
        AskOutcome::ConfirmationSent => panic!("a confirmed person needs no confirmation"),
    }
}

/// Threads the owner's inbox shows.
async fn received(g: &Ground) -> usize {
    let filter = crate::inquiries::service::InboxFilter {
        side: Side::Vendor,
        state: None,
        archived: false,
        label: None,
        mine: false,
        words: String::new(),
        page: 1,
    };
    inbox(&g.owner().await, &filter).await.unwrap().rows.len()
}

both_databases!(a_newcomers_link_is_looked_at_first, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.buyer().await;
    let thread = ask_about(&cx, g.listing, "단가표는 bit.ly/abc 에 있어요").await;
    let view = thread_view(&cx, thread).await.unwrap();
    assert_eq!(view.thread.state, ThreadState::New);
    assert!(view.thread.withheld_at.is_some() && view.thread.due_at.is_some());
    let hidden = thread_view(&g.owner().await, thread).await.unwrap_err();
    assert_eq!(hidden.kind, ErrorKind::NotFound, "the vendor does not know of it");
    assert_eq!(received(&g).await, 0);
    assert!(g.mails("owner").await.is_empty());
    let item = waiting(&g).await[0];
    let desk = curator(&g).await;
    let seen = review::held(&desk, item).await.unwrap();
    assert_eq!(seen.held.reasons, [HoldReason::Link]);
    assert!(seen.words.contains("bit.ly") && seen.sender.is_some());
    let stranger = review::held(&cx, item).await.unwrap_err();
    assert_eq!(stranger.kind, ErrorKind::Forbidden);
    g.t.clock.advance(DAY);
    g.t.grant(g.buyer, PlatformRole::Curator).await;
    let own = decide(&g.buyer().await, item, Decision::Release, None).await.unwrap_err();
    assert_eq!(own.kind, ErrorKind::Conflict("desk.own_company".into()), "nobody releases their own words");
    decide(&desk, item, Decision::Release, Some(desk.new_id())).await.unwrap();
    let again = decide(&desk, item, Decision::Release, Some(desk.new_id())).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::Conflict("held.decided".into()));
    let now = g.thread(thread).await;
    assert_eq!(now.state, ThreadState::WaitingVendor);
    assert_eq!(
        now.created_at.plus(DAY),
        now.delivered_at.unwrap(),
        "it keeps the time at which it was asked"
    );
    assert!(now.due_at.unwrap() > now.delivered_at.unwrap().plus(DAY), "the vendor has all of its days");
    assert_eq!(received(&g).await, 1);
    assert_eq!(g.mails("owner").await.len(), 1);
    assert!(g.mails("buyer").await.iter().any(|mail| mail.subject.contains("전달했어요")));
});

both_databases!(what_is_refused_reaches_nobody_and_says_why, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.buyer().await;
    let thread = ask_about(&cx, g.listing, "야 이 개새끼야").await;
    let (item, desk) = (waiting(&g).await[0], curator(&g).await);
    let empty = decide(&desk, item, Decision::Refuse(" ".into()), None).await.unwrap_err();
    assert!(matches!(empty.kind, ErrorKind::Invalid(_)));
    decide(&desk, item, Decision::Refuse("욕설을 빼고 다시 적어 주세요".into()), None).await.unwrap();
    let view = thread_view(&cx, thread).await.unwrap();
    assert_eq!(view.thread.state, ThreadState::Expired);
    assert!(view.alternatives.is_empty(), "nobody else is offered what was refused");
    assert!(view.messages.iter().any(|message| message.body.contains("욕설을 빼고")));
    assert!(g.mails("owner").await.is_empty());
    assert!(g.mails("buyer").await.iter().any(|mail| mail.text.contains("욕설을 빼고")));
    let others =
        crate::inquiries::reroute::ask_others(&cx, thread, to_others(&[]), cx.new_id()).await.unwrap_err();
    assert!(matches!(others.kind, ErrorKind::Conflict(_)), "{others}");
});

both_databases!(the_same_letter_to_many_is_held_from_the_fifth_on, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.buyer().await;
    let mut states = Vec::new();
    for n in 0..6 {
        let (_, listing) = add_vendor(&g.t, &format!("v{n}")).await;
        let letter = LETTER.replace("귀사", &format!("회사{n}"));
        let thread = ask_about(&cx, listing, &letter).await;
        states.push(g.thread(thread).await.state);
        g.t.clock.advance(HOUR);
    }
    let (new, waiting_vendor) = (ThreadState::New, ThreadState::WaitingVendor);
    assert_eq!(states, [waiting_vendor, waiting_vendor, waiting_vendor, waiting_vendor, new, new]);
    // its own vendor once more, and something else to somebody new
    let again = ask_about(&cx, g.listing, "육각볼트 M10 단가를 알려 주세요").await;
    assert_eq!(g.thread(again).await.state, waiting_vendor);
});

both_databases!(nobody_waits_for_a_desk_that_sleeps, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.buyer().await;
    let soft = ask_about(&cx, g.listing, "도면은 bit.ly/abc 에 있어요").await;
    let hard = ask_about(&cx, g.listing, "씨발 답 좀 하라고").await;
    let called_off = ask_about(&cx, g.listing, "사진은 bit.ly/def 에 있어요").await;
    withdraw(&cx, called_off, cx.new_id()).await.unwrap();
    assert!(g.mails("owner").await.is_empty(), "what was never handed over is not called off to the vendor");
    assert_eq!(waiting(&g).await.len(), 2);
    g.t.clock.advance(8 * DAY);
    crate::inquiries::deadlines::run(&g.t.market.system()).await.unwrap();
    assert_eq!(g.thread(soft).await.state, ThreadState::WaitingVendor);
    assert_eq!(g.thread(hard).await.state, ThreadState::Expired);
    assert_eq!(g.thread(called_off).await.state, ThreadState::Withdrawn);
    assert!(waiting(&g).await.is_empty());
    assert_eq!(release::run_due(&g.t.market.system()).await.unwrap(), 0);
});

both_databases!(a_held_message_is_put_in_with_its_own_time, |db: Db| async move {
    let g = ground(db).await;
    let thread = g.asked().await;
    let cx = g.buyer().await;
    let key = cx.new_id();
    reply(&cx, thread, "자료는 t.me/abc 에 있어요", key).await.unwrap();
    reply(&cx, thread, "자료는 t.me/abc 에 있어요", key).await.unwrap();
    let items = waiting(&g).await;
    assert_eq!(items.len(), 1, "a second press holds nothing twice");
    let mine = thread_view(&cx, thread).await.unwrap();
    assert!(mine.held[0].state == HeldState::Waiting && mine.messages.len() == 1);
    assert!(thread_view(&g.owner().await, thread).await.unwrap().held.is_empty());
    let written = cx.now();
    g.t.clock.advance(3 * HOUR);
    decide(&curator(&g).await, items[0], Decision::Release, None).await.unwrap();
    let view = thread_view(&g.owner().await, thread).await.unwrap();
    assert_eq!((view.messages[1].created_at, view.messages[1].author_id), (written, Some(g.buyer)));
    let mut db = cx.read().await.unwrap();
    let item = held::find(&mut db, items[0]).await.unwrap().unwrap();
    assert_eq!((item.kind, item.state), (HeldKind::Message, HeldState::Released));
});

both_databases!(a_guest_is_told_what_is_true, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    let draft = guest("도면은 bit.ly/abc 에 있어요", "guest@example.test");
    ask(&cx, g.listing, &draft, cx.new_id()).await.unwrap();
    let token = link(&g.mails("guest").await[0], "confirm-inquiry");
    let sent = crate::inquiries::service::confirm_inquiry(&cx, &token).await.unwrap();
    assert_eq!(g.thread(sent.thread_id).await.state, ThreadState::New);
    let mails = g.mails("guest").await;
    assert!(mails.iter().any(|mail| mail.subject.contains("확인하고 있어요")), "{mails:?}");
    assert!(mails.iter().all(|mail| !mail.subject.contains("전달했어요")));
    decide(&curator(&g).await, waiting(&g).await[0], Decision::Release, None).await.unwrap();
    assert!(g.mails("guest").await.iter().any(|mail| mail.subject.contains("전달했어요")));
});

both_databases!(a_correction_is_no_way_around, |db: Db| async move {
    let g = ground(db).await;
    let (thread, cx) = (g.asked().await, g.buyer().await);
    let edit = crate::inquiries::service::edit_message(&cx, thread, 1, "bit.ly/abc 를 보세요").await;
    assert!(matches!(edit.unwrap_err().kind, ErrorKind::Invalid(_)));
    crate::inquiries::service::edit_message(&cx, thread, 1, "단가와 납기를 알려 주세요").await.unwrap();
});

both_databases!(who_was_answered_is_no_newcomer, |db: Db| async move {
    let g = ground(db).await;
    let (thread, cx) = (g.asked().await, g.buyer().await);
    reply(&g.owner().await, thread, "네, 만들 수 있어요", cx.new_id()).await.unwrap();
    let next = ask_about(&cx, g.listing, "도면은 bit.ly/abc 에 있어요").await;
    assert_eq!(g.thread(next).await.state, ThreadState::WaitingVendor);
});

async fn figures(g: &Ground) -> crate::inquiries::stats::ResponseStats {
    let cx = g.t.market.system();
    let mut tx = cx.write().await.unwrap();
    let stats = response::recompute(&cx, &mut tx, g.vendor).await.unwrap();
    tx.commit().await.unwrap();
    stats
}

both_databases!(time_at_the_desk_is_nobodys_lateness, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.buyer().await;
    let thread = ask_about(&cx, g.listing, "도면은 bit.ly/abc 에 있어요").await;
    g.t.clock.advance(6 * DAY);
    decide(&curator(&g).await, waiting(&g).await[0], Decision::Release, None).await.unwrap();
    assert_eq!(figures(&g).await.asked, 0, "just handed over");
    g.t.clock.advance(HOUR);
    reply(&g.owner().await, thread, "네, 만들 수 있어요", cx.new_id()).await.unwrap();
    let stats = figures(&g).await;
    assert_eq!((stats.asked, stats.answered_in_time), (1, 1));
    assert!(stats.mean_micros.unwrap() <= HOUR, "counted from when the vendor could know");
});

both_databases!(neither_spam_nor_a_burst_moves_the_figures, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.buyer().await;
    let honest = g.asked().await;
    reply(&g.owner().await, honest, "네", cx.new_id()).await.unwrap();
    let other = g.t.add_person("other").await;
    let other_cx = g.t.as_person(other).await;
    let unanswered = ask_about(&other_cx, g.listing, "납기가요?").await;
    g.t.clock.advance(10 * DAY);
    let before = figures(&g).await;
    assert_eq!((before.asked, before.answered_in_time), (2, 1));
    // a burst of somebody new counts as one; what is held, refused or blocked counts for nobody
    let burst = g.t.as_person(g.t.add_person("burst").await).await;
    for _ in 0..5 {
        ask_about(&burst, g.listing, "?").await;
    }
    let spammer = g.t.as_person(g.t.add_person("spammer").await).await;
    ask_about(&spammer, g.listing, "bit.ly/spam").await;
    let insult = ask_about(&spammer, g.listing, "씨발").await;
    let nuisance = g.t.as_person(g.t.add_person("nuisance").await).await;
    let nuisance = ask_about(&nuisance, g.listing, "광고입니다").await;
    crate::abuse::blocks::block(&g.owner().await, nuisance).await.unwrap();
    assert_eq!(g.thread(nuisance).await.state, ThreadState::VendorDeclined);
    for item in waiting(&g).await {
        let _ = decide(&g.t.market.system(), item, Decision::Refuse("광고".into()), None).await;
    }
    assert_eq!(g.thread(insult).await.state, ThreadState::Expired);
    g.t.clock.advance(10 * DAY);
    let after = figures(&g).await;
    assert_eq!((after.asked, after.answered, after.answered_in_time), (3, 1, 1), "one for the whole burst");
    // blocking afterwards does not take lateness away
    crate::abuse::blocks::block(&g.owner().await, unanswered).await.unwrap();
    assert_eq!(figures(&g).await.asked, 3);
});
