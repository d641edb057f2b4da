//! Of whom one blocks the other, they do not meet in public requests either: however the vendor would have heard of it.

use uuid::Uuid;

use super::flow::{Ground, SAVED, draft, ground, vendor};
use crate::both_databases;
use crate::db::Db;
use crate::rfqs::RfqDraft;
use crate::rfqs::service::{Decision, decide};

const BLOCK: &str = "INSERT INTO blocks (id, vendor_id, buyer_id, by_side, created_by, created_at) \
    SELECT $1, l.vendor_id, $3, 'vendor', $3, $4 FROM listings l WHERE l.id = $2";

/// The vendor of a listing wants to hear no more of the buyer.
async fn blocks(g: &Ground, listing: Uuid) {
    let cx = g.t.market.system();
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, BLOCK, cx.new_id(), listing, g.buyer, cx.now()).unwrap();
    tx.commit().await.unwrap();
}

both_databases!(saved_demand_does_not_reach_over_a_block, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.market.system();
    for name in ["watcher", "blocker"] {
        let (owner, listing) = vendor(&g.t, name).await;
        let question = serde_json::json!({ "text": "육각볼트" }).to_string();
        let mut tx = cx.write().await.unwrap();
        crate::execute!(tx, "UPDATE listings SET category = 'chemicals' WHERE id = $1", listing).unwrap();
        crate::execute!(tx, SAVED, cx.new_id(), owner, name, &question, cx.now(), None::<crate::Timestamp>)
            .unwrap();
        tx.commit().await.unwrap();
        if name == "blocker" {
            blocks(&g, listing).await;
        }
    }
    g.opened().await;
    assert_eq!((g.mails("watcher").await.len(), g.mails("blocker").await.len()), (1, 0));
});

both_databases!(an_invitation_does_not_reach_over_a_block, |db: Db| async move {
    let g = ground(db).await;
    let (_, listing) = vendor(&g.t, "blocker").await;
    vendor(&g.t, "gaon").await;
    vendor(&g.t, "gone").await;
    let form = RfqDraft { visibility: "invited".into(), invited: "gaon\nblocker\ngone".into(), ..draft() };
    let id = g.handed_in(&form).await;
    blocks(&g, listing).await;
    let mut tx = g.t.market.system().write().await.unwrap();
    crate::execute!(tx, "UPDATE vendors SET state = 'suspended' WHERE slug = 'gone'").unwrap();
    tx.commit().await.unwrap();
    decide(&g.as_(g.curator).await, id, None, Decision::Open, None).await.unwrap();
    for (name, told) in [("gaon", 1), ("blocker", 0), ("gone", 0)] {
        assert_eq!(g.mails(name).await.len(), told, "{name}");
    }
});
