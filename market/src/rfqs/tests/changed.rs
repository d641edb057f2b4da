//! A guest confirms days later: what changed meanwhile stops nobody.

use super::flow::{Ground, draft, ground, link, vendor};
use crate::accounts::access::VendorRole;
use crate::both_databases;
use crate::db::Db;
use crate::rfqs::links::open_own;
use crate::rfqs::service::{confirm_rfq, pending_rfq, resubmit, rfq_view, submit};
use crate::rfqs::{RfqDraft, RfqState};

/// The token with which a guest confirms a request that invites two vendors.
async fn asked(g: &Ground) -> String {
    for name in ["gaon", "neoreun"] {
        vendor(&g.t, name).await;
    }
    let form = RfqDraft {
        email: "guest@example.test".into(),
        name: "김구매".into(),
        visibility: "invited".into(),
        invited: "gaon\n/vendors/neoreun".into(),
        ..draft()
    };
    let cx = g.t.visitor();
    submit(&cx, &form, cx.new_id()).await.unwrap();
    link(&g.mails("guest").await[0], "confirm-rfq")
}

async fn suspend(g: &Ground, slug: &str) {
    let mut tx = g.t.market.system().write().await.unwrap();
    crate::execute!(tx, "UPDATE vendors SET state = 'suspended' WHERE slug = $1", slug).unwrap();
    tx.commit().await.unwrap();
}

both_databases!(an_invited_vendor_that_is_gone_is_left_out, |db: Db| async move {
    let g = ground(db).await;
    let (token, cx) = (asked(&g).await, g.t.visitor());
    assert_eq!(pending_rfq(&cx, &token).await.unwrap().dropped, Vec::<String>::new());
    suspend(&g, "neoreun").await;
    let pending = pending_rfq(&cx, &token).await.unwrap();
    assert_eq!((pending.dropped, pending.complete), (vec!["/vendors/neoreun".to_owned()], true));
    let confirmed = confirm_rfq(&cx, &token).await.unwrap();
    assert!(confirmed.complete);
    assert_eq!(g.state(confirmed.rfq_id).await, RfqState::InReview);
    let open = open_own(&cx, &confirmed.link).await.unwrap();
    let invited = rfq_view(&open.cx, open.rfq_id).await.unwrap().invited;
    assert_eq!(invited.iter().map(|one| one.slug.as_str()).collect::<Vec<_>>(), ["gaon"]);
});

both_databases!(the_guests_own_company_is_left_out, |db: Db| async move {
    let g = ground(db).await;
    let (token, cx) = (asked(&g).await, g.t.visitor());
    let mut db = g.t.market.system().read().await.unwrap();
    let own = "SELECT id FROM vendors WHERE slug = 'neoreun'";
    let (company,) = crate::fetch_one!(db, (uuid::Uuid,), own).unwrap();
    drop(db);
    let guest = g.t.add_person("guest").await;
    g.t.join(guest, company, VendorRole::Staff).await;
    let pending = pending_rfq(&cx, &token).await.unwrap();
    assert_eq!((pending.dropped, pending.complete), (vec!["/vendors/neoreun".to_owned()], true));
});

both_databases!(with_all_of_them_gone_the_guest_chooses_again, |db: Db| async move {
    let g = ground(db).await;
    let (token, cx) = (asked(&g).await, g.t.visitor());
    for slug in ["gaon", "neoreun"] {
        suspend(&g, slug).await;
    }
    assert!(!pending_rfq(&cx, &token).await.unwrap().complete);
    let confirmed = confirm_rfq(&cx, &token).await.unwrap();
    assert!(!confirmed.complete, "nobody it was not meant for sees it");
    let again = confirm_rfq(&cx, &token).await.unwrap();
    assert_eq!((again.rfq_id, again.complete), (confirmed.rfq_id, false), "a second press is the first");
    assert_eq!(g.state(confirmed.rfq_id).await, RfqState::Draft);
    let mails = g.mails("guest").await;
    assert!(mails[1].text.contains("다시 골라 주세요"), "{}", mails[1].text);
    let open = open_own(&cx, &link(&mails[1], "r")).await.unwrap();
    let view = rfq_view(&open.cx, open.rfq_id).await.unwrap();
    assert_eq!((view.rfq.title, view.rfq.body), (draft().title, draft().body), "nothing typed is lost");
    resubmit(&open.cx, open.rfq_id, &draft(), (cx.new_id(), &[])).await.unwrap();
    assert_eq!(g.state(open.rfq_id).await, RfqState::InReview);
});
