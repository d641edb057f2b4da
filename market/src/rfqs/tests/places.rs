//! The last place on the board, and whose request it is.

use super::flow::{draft, ground, ground_with, link, quote, vendor};
use crate::accounts::access::VendorRole;
use crate::both_databases;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::rfqs::links::open_answer;
use crate::rfqs::service::{Decision, answer, answer_page, decide, rfq_view, submit};
use crate::rfqs::{RfqDraft, RfqState};

const THREADS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM threads WHERE batch_id = $1";
const OWN: &str = "SELECT vendor_id FROM listings WHERE id = $1";

both_databases!(two_vendors_at_the_last_of_ten_places, |db: Db| async move {
    let g = ground_with(db, 10).await;
    let mut vendors = Vec::new();
    for n in 0..11 {
        let (owner, listing) = vendor(&g.t, &format!("v{n}")).await;
        vendors.push((g.as_(owner).await, listing.to_string()));
    }
    for _ in 0..2 {
        let id = g.opened().await;
        let (ten, quote) = (vendors.len() - 2, quote("96"));
        for (cx, listing) in &vendors[..ten] {
            answer(cx, id, listing, &quote, cx.new_id()).await.unwrap();
        }
        let ((one, first), (two, second)) = (&vendors[ten], &vendors[ten + 1]);
        let (a, b) = tokio::join!(
            answer(one, id, first, &quote, one.new_id()),
            answer(two, id, second, &quote, two.new_id())
        );
        let lost = match (a, b) {
            (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
            other => panic!("{other:?}"),
        };
        assert_eq!(lost.kind, ErrorKind::Conflict("rfq.over".into()));
        let mut db = one.read().await.unwrap();
        assert_eq!(crate::fetch_one!(db, (i64,), THREADS, id).unwrap().0, 10);
        let rfq = crate::rfqs::store::find(&mut db, id).await.unwrap().unwrap();
        assert_eq!((rfq.answers, rfq.state), (10, RfqState::Filled));
    }
});

both_databases!(a_colleagues_request_is_not_answered, |db: Db| async move {
    let g = ground(db).await;
    let (owner, listing) = vendor(&g.t, "own").await;
    let (_, _) = vendor(&g.t, "other").await;
    let mut db = g.t.market.system().read().await.unwrap();
    let (company,) = crate::fetch_one!(db, (uuid::Uuid,), OWN, listing).unwrap();
    drop(db);
    let form = RfqDraft { visibility: "invited".into(), invited: "own\nother".into(), ..draft() };
    // invited before the buyer joined the company
    let id = g.handed_in(&form).await;
    g.t.join(g.buyer, company, VendorRole::Staff).await;
    let buyer = g.as_(g.buyer).await;
    let refused = submit(&buyer, &form, buyer.new_id()).await.unwrap_err().kind;
    assert!(format!("{refused:?}").contains("rfq.invited_own"), "{refused:?}");
    decide(&g.as_(g.curator).await, id, None, Decision::Open, None).await.unwrap();
    assert_eq!((g.mails("own").await.len(), g.mails("other").await.len()), (0, 1));
    let cx = g.as_(owner).await;
    assert_eq!(answer_page(&cx, id).await.unwrap_err().kind, ErrorKind::NotFound);
    let tried = answer(&cx, id, &listing.to_string(), &quote("96"), cx.new_id()).await;
    assert_eq!(tried.unwrap_err().kind, ErrorKind::NotFound);
    let open = g.opened().await;
    let tried = answer(&cx, open, &listing.to_string(), &quote("96"), cx.new_id()).await;
    assert_eq!(tried.unwrap_err().kind, ErrorKind::NotFound);
    assert!(rfq_view(&cx, open).await.unwrap().buyer.is_none());
});

both_databases!(who_works_for_two_companies_is_told_for_each, |db: Db| async move {
    let g = ground(db).await;
    let (one, first) = vendor(&g.t, "one").await;
    let (_, second) = vendor(&g.t, "two").await;
    let mut db = g.t.market.system().read().await.unwrap();
    let (company,) = crate::fetch_one!(db, (uuid::Uuid,), OWN, second).unwrap();
    drop(db);
    g.t.join(one, company, VendorRole::Staff).await;
    let id = g.opened().await;
    let mails = g.mails("one").await;
    assert_eq!(mails.len(), 2, "a mail for each");
    for (name, listing) in [("one", first), ("two", second)] {
        let mail = mails.iter().find(|mail| mail.text.contains(&format!("{name} 이름으로"))).unwrap();
        let open = open_answer(&g.t.visitor(), &link(mail, "q")).await.unwrap();
        answer(&open.cx, id, &listing.to_string(), &quote("96"), open.cx.new_id()).await.unwrap();
    }
});
