//! One form to several vendors: one thread each, all or none, also for guests.

use uuid::Uuid;

use super::ground::{Ground, add_vendor, ground, guest, link, words};
use crate::accounts::access::{Actor, VendorRole};
use crate::basket::service::{self as basket, Added, AddedAll};
use crate::both_databases;
use crate::cx::{Cx, Market};
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::InquiryDraft;
use crate::inquiries::links::open_link;
use crate::inquiries::service::thread_view;
use crate::inquiries::together::{
    BatchDraft, BatchOutcome, ItemDraft, batch_view, confirm_batch, open_batch, pending_batch, plan, send,
};
use crate::settings::Settings;
use crate::time::DAY;

fn item(listing_id: Uuid) -> ItemDraft {
    ItemDraft { listing_id, quantity: "500개".into(), spec: "SUS304".into(), ..ItemDraft::default() }
}

fn draft(common: InquiryDraft, listings: &[Uuid]) -> BatchDraft {
    BatchDraft { common, items: listings.iter().map(|id| item(*id)).collect() }
}

/// Two listings of two more vendors.
async fn others(g: &Ground) -> (Uuid, Uuid) {
    (add_vendor(&g.t, "other").await.1, add_vendor(&g.t, "third").await.1)
}

async fn sent(cx: &Cx, draft: &BatchDraft) -> Uuid {
    match send(cx, draft, cx.new_id()).await.unwrap() {
        BatchOutcome::Sent(id) => id,
        BatchOutcome::ConfirmationSent => panic!("a confirmed person needs no confirmation"),
    }
}

both_databases!(one_form_is_one_thread_for_each_vendor, |db: Db| async move {
    let g = ground(db).await;
    let (other, third) = others(&g).await;
    let cx = g.buyer().await;
    for listing in [g.listing, other, third] {
        assert_eq!(basket::add(&cx, listing).await.unwrap(), Added::Now);
    }
    assert_eq!(basket::add(&cx, other).await.unwrap(), Added::Before);
    let draft = draft(words("받을 곳은 시흥이에요"), &[g.listing, other, third]);
    let key = cx.new_id();
    let first = send(&cx, &draft, key).await.unwrap();
    assert_eq!(send(&cx, &draft, key).await.unwrap(), first, "the same form twice is sent once");
    let BatchOutcome::Sent(id) = first else { panic!("sent") };
    let view = batch_view(&cx, id).await.unwrap();
    assert_eq!(view.threads.len(), 3);
    assert_eq!(view.threads[0].lines[0].quantity, "500개");
    assert!(basket::contents(&cx, &[]).await.unwrap().is_empty(), "what was sent leaves the basket");
    let mails = g.mails("owner").await;
    assert!(mails[0].text.contains("SUS304") && mails[0].text.contains("시흥"));
    let open = plan(&cx, &draft).await.unwrap();
    assert_eq!(open.vendors[0].open.len(), 1, "an open thread about the same is pointed out");
    let stranger = g.t.as_person(g.t.add_person("stranger").await).await;
    assert_eq!(batch_view(&stranger, id).await.unwrap_err().kind, ErrorKind::NotFound);
});

both_databases!(listings_of_one_vendor_share_a_thread, |db: Db| async move {
    let g = ground(db).await;
    let (other, _) = others(&g).await;
    let cx = g.buyer().await;
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, "UPDATE listings SET vendor_id = $1 WHERE id = $2", g.vendor, other).unwrap();
    tx.commit().await.unwrap();
    let id = sent(&cx, &draft(words("?"), &[g.listing, other])).await;
    let view = batch_view(&cx, id).await.unwrap();
    assert_eq!((view.threads.len(), view.threads[0].lines.len()), (1, 2));
    assert_eq!(view.threads[0].subject, "육각볼트 외 1건");
});

both_databases!(all_or_none, |db: Db| async move {
    let g = ground(db).await;
    let (other, third) = others(&g).await;
    let cx = g.buyer().await;
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, "UPDATE listings SET state = 'hidden' WHERE id = $1", third).unwrap();
    tx.commit().await.unwrap();
    let mut wrong = draft(words("?"), &[g.listing, other, third]);
    wrong.items[0].quantity = String::new();
    wrong.items[1].due = "2020-01-01".into();
    let ErrorKind::Invalid(errors) = send(&cx, &wrong, cx.new_id()).await.unwrap_err().kind else {
        panic!("not invalid")
    };
    for field in ["quantity-1", "due-2", "quantity-3"] {
        assert!(errors.of(field).is_some(), "{field}");
    }
    g.t.join(g.buyer, g.vendor, VendorRole::Staff).await;
    let own = send(&g.buyer().await, &draft(words("?"), &[g.listing, other]), cx.new_id()).await;
    assert!(matches!(own.unwrap_err().kind, ErrorKind::Invalid(_)));
    assert!(send(&cx, &draft(words("?"), &[]), cx.new_id()).await.is_err());
    let mut db = cx.read().await.unwrap();
    let (threads,) = crate::fetch_one!(db, (i64,), "SELECT CAST(COUNT(*) AS BIGINT) FROM threads").unwrap();
    assert_eq!(threads, 0, "nobody was asked");
});

both_databases!(a_guest_confirms_the_whole_form_once, |db: Db| async move {
    let g = ground(db).await;
    let (other, third) = others(&g).await;
    let cx = g.t.visitor();
    let form = draft(guest("견본이 있나요?", "guest@example.test"), &[g.listing, other, third]);
    assert_eq!(send(&cx, &form, cx.new_id()).await.unwrap(), BatchOutcome::ConfirmationSent);
    let mails = g.mails("guest").await;
    assert_eq!((mails.len(), g.t.mailer.sent().len()), (1, 1), "one mail, to the guest alone");
    let token = link(&mails[0], "confirm-basket");
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, "UPDATE listings SET state = 'hidden' WHERE id = $1", third).unwrap();
    tx.commit().await.unwrap();
    let pending = pending_batch(&cx, &token).await.unwrap();
    assert_eq!((pending.gone, pending.sent, pending.plan.unwrap().vendors.len()), (1, false, 2));
    let confirmed = confirm_batch(&cx, &token).await.unwrap();
    let again = confirm_batch(&cx, &token).await.unwrap();
    assert_eq!(again.batch_id, confirmed.batch_id);
    assert!(pending_batch(&cx, &token).await.unwrap().sent);
    let view = open_batch(&cx, &confirmed.link).await.unwrap();
    assert_eq!(view.threads.len(), 2);
    for number in 1..=2 {
        let open = open_link(&cx, &format!("{}.{number}", confirmed.link)).await.unwrap();
        assert_eq!(open.thread.id, view.threads[number - 1].id);
        assert_eq!(thread_view(&open.cx, open.thread.id).await.unwrap().lines.len(), 1);
    }
    for wrong in ["", ".0", ".3", ".x"] {
        let kind = open_link(&cx, &format!("{}{wrong}", confirmed.link)).await.err().unwrap().kind;
        assert_eq!(kind, ErrorKind::NotFound, "{wrong}");
    }
    let mails = g.mails("guest").await;
    assert_eq!(mails.len(), 2, "one mail for the whole form");
    assert!(open_batch(&cx, &link(&mails[1], "b")).await.is_ok());
    g.t.clock.advance(91 * DAY);
    assert_eq!(open_batch(&cx, &confirmed.link).await.unwrap_err().kind, ErrorKind::Gone);
});

both_databases!(what_a_browser_collected_is_merged_once, |db: Db| async move {
    let g = ground(db).await;
    let (other, third) = others(&g).await;
    let cx = g.buyer().await;
    basket::add(&cx, other).await.unwrap();
    let kept = [other, third, cx.new_id()];
    for _ in 0..2 {
        basket::merge(&cx, g.buyer, &kept).await.unwrap();
    }
    let ids: Vec<Uuid> = basket::contents(&cx, &[]).await.unwrap().into_iter().map(|page| page.id).collect();
    assert_eq!(ids, [other, third]);
    assert_eq!(g.buyer().await.actor.person().unwrap().collected.len(), 2);
    basket::remove(&cx, other).await.unwrap();
    assert_eq!(basket::identities(&cx, &[]).await.unwrap(), [third]);
    assert_eq!(basket::identities(&g.t.visitor(), &kept).await.unwrap(), kept);
});

both_databases!(several_are_put_in_at_once_or_none_of_them, |db: Db| async move {
    let g = ground(db.clone()).await;
    let (other, third) = others(&g).await;
    let cx = g.buyer().await;
    for _ in 0..2 {
        assert_eq!(basket::add_all(&cx, &[other, cx.new_id()]).await.unwrap(), AddedAll::Inside(1));
    }
    let both = [other, cx.new_id(), third];
    assert_eq!(
        basket::add_all(&cx, &both).await.unwrap(),
        AddedAll::Inside(2),
        "what is not there is left out"
    );
    assert_eq!(basket::add_all(&cx, &[]).await.unwrap(), AddedAll::Inside(0));
    assert_eq!(basket::identities(&cx, &[]).await.unwrap(), [other, third]);
    let flood: Vec<Uuid> = (0..21).map(|_| cx.new_id()).collect();
    assert_eq!(basket::add_all(&cx, &flood).await.unwrap(), AddedAll::TooMany);
    let guest = g.t.visitor();
    let (added, kept) = basket::with_all(&guest, &[third], &[other, third, g.listing]).await.unwrap();
    assert_eq!((added, kept), (AddedAll::Inside(3), vec![third, other, g.listing]));
    assert_eq!(basket::with_all(&guest, &[third], &flood).await.unwrap(), (AddedAll::TooMany, vec![third]));
    assert!(basket::add_all(&guest, &[other]).await.is_err(), "a basket is somebody's");
    let narrow = Settings { basket_items: 2, ..Settings::default() };
    let narrow = Market::new(db, g.t.market.ports().clone(), narrow).system();
    let cx = narrow.as_actor(Actor::clone(&cx.actor));
    assert_eq!(basket::add_all(&cx, &[g.listing]).await.unwrap(), AddedAll::TooMany);
    assert_eq!(
        basket::add_all(&cx, &[third, other]).await.unwrap(),
        AddedAll::Inside(2),
        "they are in already"
    );
    assert_eq!(basket::identities(&cx, &[]).await.unwrap(), [other, third]);
    let full = basket::with_all(&narrow, &[other, third], &[g.listing]).await.unwrap();
    assert_eq!(full, (AddedAll::TooMany, vec![other, third]));
});

both_databases!(a_guest_is_told_who_has_the_inquiry_and_who_not_yet, |db: Db| async move {
    let g = ground(db).await;
    let (other, third) = others(&g).await;
    let cx = g.t.visitor();
    let mut form = draft(guest("견본이 있나요?", "guest@example.test"), &[g.listing, other, third]);
    form.items[1].spec = "https://away.example.com/drawing".into();
    send(&cx, &form, cx.new_id()).await.unwrap();
    confirm_batch(&cx, &link(&g.mails("guest").await[0], "confirm-basket")).await.unwrap();
    let mail = g.mails("guest").await.pop().unwrap();
    assert!(mail.subject.contains("공급사 2곳에 문의를 전달했어요"), "{}", mail.subject);
    assert!(mail.text.contains("공급사 1곳에 보낼 문의는 담당자가 먼저 확인해요"), "{}", mail.text);

    let mut form = draft(guest("https://away.example.com", "guest2@example.test"), &[g.listing, other]);
    form.items[0].spec = "M8".into();
    send(&cx, &form, cx.new_id()).await.unwrap();
    confirm_batch(&cx, &link(&g.mails("guest2").await[0], "confirm-basket")).await.unwrap();
    let mail = g.mails("guest2").await.pop().unwrap();
    assert!(mail.subject.contains("공급사 2곳에 보낼 문의를 확인하고 있어요"), "{}", mail.subject);
    assert!(!mail.text.contains("전달했어요"), "{}", mail.text);
});
