//! A thread of many messages: the newest are shown, the others page by page, all of them in a record; the quote on the table is
//! the newest one, however long ago it came.

use super::answering::quote;
use super::ground::ground;
use crate::both_databases;
use crate::db::Db;
use crate::inquiries::export;
use crate::inquiries::messages::PER_PAGE;
use crate::inquiries::service::{Stretch, reply, reply_to, send_quote, thread_stretch, thread_view};
use crate::time::{HOUR, SECOND};

both_databases!(what_is_new_is_shown_and_what_is_old_is_reached, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    for price in ["96", "95"] {
        send_quote(&owner, id, &quote(price), owner.new_id()).await.unwrap();
    }
    let count = 2 * PER_PAGE + 30;
    for n in 4..count {
        g.t.clock.advance(5 * SECOND);
        reply(&buyer, id, &format!("{n}번째"), buyer.new_id()).await.unwrap();
    }
    g.t.clock.advance(HOUR);
    reply_to(&buyer, id, "처음 견적에 답해요", Some(2), buyer.new_id()).await.unwrap();
    let seqs = |view: &crate::inquiries::service::ThreadView| {
        let first = view.messages.first().unwrap().seq;
        (
            first,
            view.messages.last().unwrap().seq,
            view.messages.windows(2).all(|two| two[0].seq + 1 == two[1].seq),
        )
    };
    let view = thread_view(&owner, id).await.unwrap();
    assert_eq!(seqs(&view), (count - PER_PAGE + 1, count, true), "the newest");
    assert_eq!(view.messages.last().unwrap().body, "처음 견적에 답해요");
    assert_eq!(
        view.answered.iter().map(|message| message.seq).collect::<Vec<_>>(),
        [2],
        "what it answers is there, too"
    );
    assert_eq!(view.quote.as_ref().unwrap().version, 2);
    assert_eq!(view.quotes.len(), 2, "with the one it replaced");
    let mut before = view.earlier_before();
    let mut pages = 1;
    while let Some(seq) = before {
        let page = thread_stretch(&buyer, id, Stretch::Before(seq)).await.unwrap();
        assert_eq!(page.messages.last().unwrap().seq, seq - 1);
        assert!(page.has_newer() && page.quote.as_ref().unwrap().version == 2);
        (before, pages) = (page.earlier_before(), pages + 1);
    }
    assert_eq!(pages, 3);
    let news = thread_stretch(&buyer, id, Stretch::After(count - 2)).await.unwrap();
    assert_eq!(seqs(&news), (count - 1, count, true));
    let whole = thread_stretch(&buyer, id, Stretch::Whole).await.unwrap();
    assert_eq!(seqs(&whole), (1, count, true));
    let json = export::as_json(&whole);
    assert_eq!(json["messages"].as_array().unwrap().len(), usize::try_from(count).unwrap());
});
