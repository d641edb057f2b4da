//! Blocks and reports of either side.

use super::flow::{ask_about, curator, waiting};
use crate::abuse::reports::{self, Decision, ReportDraft, decide, report};
use crate::abuse::{ReportReason, ReportState, blocks, review};
use crate::accounts::access::{PlatformRole, VendorRole};
use crate::both_databases;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::service::{ask, reply, thread_view};
use crate::inquiries::tests::ground::{add_vendor, ground, words};
use crate::inquiries::{Side, ThreadState};
use crate::time::DAY;

fn blocked(kind: &ErrorKind, rule: &'static str) {
    assert_eq!(*kind, ErrorKind::Conflict(rule.into()));
}

both_databases!(a_vendor_blocks_a_buyer, |db: Db| async move {
    let g = ground(db).await;
    let (thread, cx, owner) = (g.asked().await, g.buyer().await, g.owner().await);
    let stranger = g.t.as_person(g.t.add_person("stranger").await).await;
    assert_eq!(blocks::block(&stranger, thread).await.unwrap_err().kind, ErrorKind::NotFound);
    blocks::block(&owner, thread).await.unwrap();
    blocks::block(&owner, thread).await.unwrap();
    let view = thread_view(&cx, thread).await.unwrap();
    assert_eq!(view.thread.state, ThreadState::VendorDeclined, "the buyer is not left waiting");
    assert!(!view.blocked, "and not told of the block");
    blocked(&ask(&cx, g.listing, &words("?"), cx.new_id()).await.unwrap_err().kind, "block.theirs");
    let (_, other) = add_vendor(&g.t, "other").await;
    ask_about(&cx, other, "다른 회사에는 물을 수 있어요").await;
    let list = blocks::of_vendor(&owner, g.vendor).await.unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(blocks::unblock(&cx, list[0].id).await.unwrap_err().kind, ErrorKind::NotFound);
    blocks::unblock(&owner, list[0].id).await.unwrap();
    blocks::unblock(&owner, list[0].id).await.unwrap();
    assert_eq!(blocks::unblock(&owner, cx.new_id()).await.unwrap_err().kind, ErrorKind::NotFound);
    ask_about(&cx, g.listing, "다시 여쭤요").await;
    blocks::block(&owner, thread).await.unwrap();
    blocks::unblock(&owner, list[0].id).await.unwrap();
    assert_eq!(
        blocks::of_vendor(&owner, g.vendor).await.unwrap().len(),
        1,
        "lifting the old one leaves the new one"
    );
    blocks::unblock_in_thread(&owner, thread).await.unwrap();
    let mut db = cx.read().await.unwrap();
    let thread = crate::inquiries::store::find(&mut db, thread).await.unwrap().unwrap();
    assert!(thread.uncounted_at.is_some(), "blocked in time: it counts for nobody");
});

both_databases!(what_was_held_before_a_block_does_not_slip_through, |db: Db| async move {
    let g = ground(db).await;
    let (cx, owner) = (g.buyer().await, g.owner().await);
    let open = g.asked().await;
    let held = ask_about(&cx, g.listing, "도면은 bit.ly/abc 에 있어요").await;
    blocks::block(&owner, open).await.unwrap();
    assert_eq!(g.thread(held).await.state, ThreadState::New, "the vendor knows nothing of it");
    let release = crate::abuse::release::Decision::Release;
    crate::abuse::release::decide(&curator(&g).await, waiting(&g).await[0], release, None).await.unwrap();
    assert_eq!(g.thread(held).await.state, ThreadState::Expired);
    assert_eq!(thread_view(&owner, held).await.unwrap_err().kind, ErrorKind::NotFound);
});

both_databases!(a_buyer_blocks_a_vendor, |db: Db| async move {
    let g = ground(db).await;
    let (thread, cx, owner) = (g.asked().await, g.buyer().await, g.owner().await);
    reply(&owner, thread, "저희 신제품도 보세요", cx.new_id()).await.unwrap();
    blocks::block(&cx, thread).await.unwrap();
    assert_eq!(g.thread(thread).await.state, ThreadState::Withdrawn);
    assert!(thread_view(&cx, thread).await.unwrap().blocked);
    let write = reply(&owner, thread, "한 말씀만 더요", cx.new_id()).await.unwrap_err();
    assert!(matches!(write.kind, ErrorKind::Conflict(_)));
    blocked(&ask(&cx, g.listing, &words("?"), cx.new_id()).await.unwrap_err().kind, "block.own");
    assert_eq!(blocks::of_buyer(&cx).await.unwrap().len(), 1);
    blocks::unblock_in_thread(&cx, thread).await.unwrap();
    ask_about(&cx, g.listing, "다시 여쭤요").await;
});

both_databases!(a_report_is_looked_at_and_answered, |db: Db| async move {
    let g = ground(db).await;
    let (thread, owner) = (g.asked().await, g.owner().await);
    let empty = report(&owner, thread, &ReportDraft::default(), owner.new_id()).await.unwrap_err();
    assert!(matches!(empty.kind, ErrorKind::Invalid(_)));
    let draft = ReportDraft { reason: "spam".into(), block: true, ..ReportDraft::default() };
    let key = owner.new_id();
    report(&owner, thread, &draft, key).await.unwrap();
    report(&owner, thread, &draft, key).await.unwrap();
    report(&owner, thread, &draft, owner.new_id()).await.unwrap();
    assert!(thread_view(&owner, thread).await.unwrap().reported);
    let desk = curator(&g).await;
    let inbox = crate::curation::inbox::open(&desk, Some(crate::curation::Kind::Report), 1).await.unwrap();
    assert_eq!(inbox.rows.len(), 1, "three presses, one report");
    let id = inbox.rows[0].id;
    let seen = review::report(&desk, id).await.unwrap();
    assert_eq!((seen.report.reason, seen.report.by_side), (ReportReason::Spam, Side::Vendor));
    assert_eq!((seen.about.reported, seen.about.blocked_by), (1, 1));
    // whoever is a side of it decides nothing about it
    for (person, works) in [(g.buyer, false), (g.t.add_person("partial").await, true)] {
        g.t.grant(person, PlatformRole::Curator).await;
        if works {
            g.t.join(person, g.vendor, VendorRole::Staff).await;
        }
        let own = decide(&g.t.as_person(person).await, id, (Decision::Uphold, ""), None).await.unwrap_err();
        blocked(&own.kind, "desk.own_company");
    }
    decide(&desk, id, (Decision::Uphold, "광고가 맞아요"), None).await.unwrap();
    let again = decide(&desk, id, (Decision::Dismiss, "아니에요"), None).await.unwrap_err();
    blocked(&again.kind, "report.decided");
    assert!(g.thread(thread).await.uncounted_at.is_some());
    assert!(g.mails("owner").await.iter().any(|mail| mail.subject.contains("신고를 확인했어요")));
    assert!(
        g.mails("buyer").await.iter().all(|mail| !mail.text.contains("신고")),
        "nobody is told who it was"
    );
    // what the same sender asks others is looked at for a while
    let (_, other) = add_vendor(&g.t, "other").await;
    let cx = g.buyer().await;
    let next = ask_about(&cx, other, "이번에도 광고예요").await;
    assert_eq!(g.thread(next).await.state, ThreadState::New);
    assert_eq!(waiting(&g).await.len(), 1);
    g.t.clock.advance(91 * DAY);
    let cx = g.buyer().await;
    let later = ask_about(&cx, other, "단가를 알려 주세요").await;
    assert_eq!(g.thread(later).await.state, ThreadState::WaitingVendor);
    let mut db = cx.read().await.unwrap();
    let kept = reports::find(&mut db, id).await.unwrap().unwrap();
    assert_eq!(kept.state, ReportState::Upheld);
});
