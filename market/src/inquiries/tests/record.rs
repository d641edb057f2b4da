//! The four figures a vendor sees of a buyer.

use super::answering::quote;
use super::ground::{Ground, add_vendor, ground, to_others, words};
use crate::both_databases;
use crate::db::Db;
use crate::inquiries::reroute::ask_others;
use crate::inquiries::service::{
    BuyerRecord, accept, ask, ask_back, decline, decline_quote, reply, send_quote, thread_view,
};
use crate::inquiries::{DeclineDraft, QuestionDraft, deadlines};
use crate::time::{DAY, HOUR};

fn no(reason: &'static str) -> DeclineDraft {
    DeclineDraft { reason: reason.into(), note: String::new() }
}

async fn known(g: &Ground, seen_in: uuid::Uuid) -> BuyerRecord {
    thread_view(&g.owner().await, seen_in).await.unwrap().buyer.unwrap()
}

both_databases!(a_buyers_four_figures_are_what_happened, |db: Db| async move {
    let g = ground(db).await;
    add_vendor(&g.t, "other").await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    let asked = async || {
        g.t.clock.advance(2 * HOUR);
        g.asked().await
    };
    let record =
        |asked, answered, answered_back, awarded| BuyerRecord { asked, answered, answered_back, awarded };
    let silent = asked().await;
    assert_eq!(known(&g, silent).await, record(1, 0, 0, 0), "asked, and nothing came yet");
    let id = asked().await;
    reply(&owner, id, "곧 알려 드릴게요", owner.new_id()).await.unwrap();
    assert_eq!(known(&g, silent).await, record(2, 1, 0, 0), "the vendor's words are not the buyer's");
    reply(&buyer, id, "네", buyer.new_id()).await.unwrap();
    assert_eq!(known(&g, silent).await, record(2, 1, 1, 0));
    let id = asked().await;
    send_quote(&owner, id, &quote("96"), owner.new_id()).await.unwrap();
    assert_eq!(known(&g, silent).await, record(3, 2, 1, 0));
    accept(&buyer, id, 1, buyer.new_id()).await.unwrap();
    assert_eq!(known(&g, silent).await, record(3, 2, 2, 1), "a quote that was taken");
    let id = asked().await;
    send_quote(&owner, id, &quote("96"), owner.new_id()).await.unwrap();
    decline_quote(&buyer, id, &no("price"), buyer.new_id()).await.unwrap();
    assert_eq!(known(&g, silent).await, record(4, 3, 3, 1), "a decision is an answer");
    let id = asked().await;
    decline(&owner, id, &no("too_few"), owner.new_id()).await.unwrap();
    assert_eq!(known(&g, silent).await, record(5, 3, 3, 1), "a no waits for no answer");
    let other = thread_view(&buyer, id).await.unwrap().alternatives[0].id;
    ask_others(&buyer, id, to_others(&[other]), buyer.new_id()).await.unwrap();
    assert_eq!(
        known(&g, silent).await,
        record(6, 3, 3, 1),
        "asking others after it is one more question and no answer"
    );
    // held, of somebody else, or too long ago: none of it counts
    g.t.clock.advance(DAY);
    ask(&buyer, g.listing, &words("야 이 개새끼야"), buyer.new_id()).await.unwrap();
    let somebody = g.t.as_person(g.t.add_person("somebody").await).await;
    ask(&somebody, g.listing, &words("?"), somebody.new_id()).await.unwrap();
    assert_eq!(known(&g, silent).await, record(6, 3, 3, 1));
    g.t.clock.advance(725 * DAY);
    let fresh = g.asked().await;
    assert_eq!(known(&g, fresh).await.asked, 7);
    g.t.clock.advance(5 * DAY);
    assert_eq!(known(&g, fresh).await, record(1, 0, 0, 0), "24 months");
});

both_databases!(asking_others_after_ones_own_silence_is_no_answer, |db: Db| async move {
    let g = ground(db).await;
    let (_, other) = add_vendor(&g.t, "other").await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    let id = g.asked().await;
    ask_back(&owner, id, &QuestionDraft { body: "길이가요?".into() }, owner.new_id()).await.unwrap();
    g.t.clock.advance(60 * DAY);
    deadlines::run(&g.t.market.system()).await.unwrap();
    ask_others(&buyer, id, to_others(&[other]), buyer.new_id()).await.unwrap();
    let record = known(&g, id).await;
    assert_eq!((record.asked, record.answered, record.answered_back), (2, 1, 0));
});
