//! Nobody asks the company they work for: not as a guest, not in a basket, not where others are offered.

use super::ground::{add_vendor, ground, guest, link, words};
use crate::accounts::access::VendorRole;
use crate::both_databases;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::service::{ask, confirm_inquiry, decline, thread_view};
use crate::inquiries::together::{BatchDraft, ItemDraft, confirm_batch, open_batch, pending_batch, send};
use crate::inquiries::{AskOutcome, DeclineDraft};

const THREADS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM threads";

async fn threads(g: &super::ground::Ground) -> i64 {
    let mut db = g.t.market.system().read().await.unwrap();
    crate::fetch_one!(db, (i64,), THREADS).unwrap().0
}

fn own() -> ErrorKind {
    ErrorKind::Conflict("inquiry.own_listing".into())
}

both_databases!(the_guest_door_is_no_way_to_ask_oneself, |db: Db| async move {
    let g = ground(db).await;
    let visitor = g.t.visitor();
    let form = guest("단가를 알려 주세요", "owner@example.test");
    assert_eq!(
        ask(&visitor, g.listing, &form, visitor.new_id()).await.unwrap(),
        AskOutcome::ConfirmationSent
    );
    let token = link(&g.mails("owner").await[0], "confirm-inquiry");
    assert_eq!(confirm_inquiry(&visitor, &token).await.unwrap_err().kind, own());
    assert_eq!(threads(&g).await, 0);
});

both_databases!(a_guests_basket_leaves_the_own_company_out, |db: Db| async move {
    let g = ground(db).await;
    let (other, listing) = add_vendor(&g.t, "other").await;
    let visitor = g.t.visitor();
    let item = |listing_id| ItemDraft { listing_id, quantity: "1".into(), ..ItemDraft::default() };
    let common = guest("단가를 알려 주세요", "owner@example.test");
    let both = BatchDraft { common: common.clone(), items: vec![item(g.listing), item(listing)] };
    send(&visitor, &both, visitor.new_id()).await.unwrap();
    let token = link(&g.mails("owner").await[0], "confirm-basket");
    let pending = pending_batch(&visitor, &token).await.unwrap();
    assert_eq!((pending.left_out.len(), pending.plan.unwrap().vendors.len(), pending.gone), (1, 1, 0));
    let sent = confirm_batch(&visitor, &token).await.unwrap();
    let view = open_batch(&visitor, &sent.link).await.unwrap();
    assert_eq!(view.threads.len(), 1);
    let mut db = g.t.market.system().read().await.unwrap();
    let asked = crate::fetch_all!(db, (uuid::Uuid,), "SELECT vendor_id FROM threads").unwrap();
    assert_eq!(asked, [(other,)]);
    drop(db);
    let alone = BatchDraft { common, items: vec![item(g.listing)] };
    send(&visitor, &alone, visitor.new_id()).await.unwrap();
    let mails = g.mails("owner").await;
    let last = mails.iter().rev().find(|mail| mail.text.contains("/confirm-basket/")).unwrap();
    let token = link(last, "confirm-basket");
    assert_eq!(pending_batch(&visitor, &token).await.unwrap_err().kind, own());
    assert_eq!(confirm_batch(&visitor, &token).await.unwrap_err().kind, own());
});

both_databases!(the_own_company_is_not_offered, |db: Db| async move {
    let g = ground(db).await;
    let (own_vendor, own_listing) = add_vendor(&g.t, "own").await;
    g.t.join(g.buyer, own_vendor, VendorRole::Staff).await;
    let (_, other) = add_vendor(&g.t, "other").await;
    let buyer = g.buyer().await;
    assert_eq!(ask(&buyer, own_listing, &words("?"), buyer.new_id()).await.unwrap_err().kind, self::own());
    let id = g.asked().await;
    let owner = g.owner().await;
    let no = DeclineDraft { reason: "too_few".into(), note: String::new() };
    decline(&owner, id, &no, owner.new_id()).await.unwrap();
    let offered = thread_view(&buyer, id).await.unwrap().alternatives;
    assert_eq!(offered.iter().map(|one| one.id).collect::<Vec<_>>(), [other]);
});

both_databases!(whoever_rests_today_is_not_offered, |db: Db| async move {
    let g = ground(db).await;
    let (resting, _) = add_vendor(&g.t, "resting").await;
    let manager = g.t.add_person("manager").await;
    g.t.join(manager, resting, VendorRole::Owner).await;
    let manager = g.t.as_person(manager).await;
    let today = crate::calendar::seoul_date(manager.now().0).to_string();
    let id = g.asked().await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    let no = DeclineDraft { reason: "too_few".into(), note: String::new() };
    decline(&owner, id, &no, owner.new_id()).await.unwrap();
    let offered = async || thread_view(&buyer, id).await.unwrap().alternatives.len();
    assert_eq!(offered().await, 1);
    crate::vendors::days_off::add_days_off(&manager, resting, &today, "", "").await.unwrap();
    assert_eq!(offered().await, 0, "off today");
    let days = crate::vendors::days_off::list_days_off(&manager, resting).await.unwrap()[0].id;
    crate::vendors::days_off::end_days_off(&manager, resting, days).await.unwrap();
    assert_eq!(offered().await, 1, "taken back");
});
