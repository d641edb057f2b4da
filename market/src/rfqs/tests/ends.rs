//! How a request ends for everybody: one quote is taken, it is removed, its days go on.

use uuid::Uuid;

use super::flow::{Ground, ground, link, quote, vendor};
use crate::accounts::access::VendorRole;
use crate::both_databases;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::service as threads;
use crate::inquiries::{DeclineDraft, ThreadState};
use crate::rfqs::RfqState;
use crate::rfqs::links::open_answer;
use crate::rfqs::service::{Decision, answer, answer_page, close, decide, extend};
use crate::time::DAY;

/// A request that two vendors answered; gives it, their owners and their threads.
async fn answered_twice(g: &Ground) -> (Uuid, [(Uuid, Uuid); 2]) {
    let (one, two) = (vendor(&g.t, "gaon").await, vendor(&g.t, "neoreun").await);
    let id = g.opened().await;
    let mut found = Vec::new();
    for (owner, listing) in [one, two] {
        let cx = g.as_(owner).await;
        let thread = answer(&cx, id, &listing.to_string(), &quote("96"), cx.new_id()).await.unwrap();
        found.push((owner, thread));
    }
    (id, [found[0], found[1]])
}

both_databases!(only_one_quote_of_a_request_is_taken, |db: Db| async move {
    let g = ground(db).await;
    let (id, [(_, first), (_, second)]) = answered_twice(&g).await;
    let (one, two) = (g.as_(g.buyer).await, g.as_(g.buyer).await);
    let (a, b) = tokio::join!(
        threads::accept(&one, first, 1, one.new_id()),
        threads::accept(&two, second, 1, two.new_id())
    );
    assert_eq!(g.state(id).await, RfqState::Closed, "before any job ran");
    let lost = match (a, b) {
        (Ok(()), Err(lost)) | (Err(lost), Ok(())) => lost,
        other => panic!("{other:?}"),
    };
    assert_eq!(lost.kind, ErrorKind::Conflict("rfq.awarded".into()));
    g.mails("buyer").await;
    let mut states = Vec::new();
    for thread in [first, second] {
        states.push(threads::thread_view(&one, thread).await.unwrap().thread.state);
    }
    states.sort_by_key(|state| state.code());
    assert_eq!(states, [ThreadState::Accepted, ThreadState::Declined]);
});

both_databases!(who_works_for_two_companies_answers_for_the_one_that_was_meant, |db: Db| async move {
    let g = ground(db).await;
    let (person, first_listing) = vendor(&g.t, "gaon").await;
    let (_, second_listing) = vendor(&g.t, "neoreun").await;
    let cx = g.t.market.system();
    let mut tx = cx.write().await.unwrap();
    let (second,) =
        crate::fetch_one!(tx, (Uuid,), "SELECT vendor_id FROM listings WHERE id = $1", second_listing)
            .unwrap();
    // so that the first company is not told
    crate::execute!(tx, "UPDATE listings SET category = 'chemicals' WHERE id = $1", first_listing).unwrap();
    tx.commit().await.unwrap();
    g.t.join(person, second, VendorRole::Staff).await;
    let id = g.opened().await;
    let open = open_answer(&g.t.visitor(), &link(&g.mails("gaon").await[0], "q")).await.unwrap();
    assert_eq!(open.vendor_id, Some(second));
    let offer = answer_page(&open.cx, id).await.unwrap().offer;
    assert_eq!(offer.products.iter().map(|product| product.id).collect::<Vec<_>>(), [second_listing]);
    let foreign = answer(&open.cx, id, &first_listing.to_string(), &quote("96"), cx.new_id()).await;
    assert!(matches!(foreign.unwrap_err().kind, ErrorKind::Invalid(_)), "not for the other company");
    let thread = answer(&open.cx, id, &second_listing.to_string(), &quote("96"), cx.new_id()).await.unwrap();
    let me = g.as_(person).await;
    assert_eq!(threads::thread_view(&me, thread).await.unwrap().thread.vendor_id, second);
    let again = answer_page(&open.cx, id).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::Conflict("rfq.answered".into()));
    // the other company answers for itself
    let offer = answer_page(&me, id).await.unwrap().offer;
    assert_eq!(offer.products.iter().map(|product| product.id).collect::<Vec<_>>(), [first_listing]);
    let twice = answer(&me, id, &second_listing.to_string(), &quote("96"), cx.new_id()).await;
    assert_eq!(twice.unwrap_err().kind, ErrorKind::Conflict("rfq.answered".into()));
    answer(&me, id, &first_listing.to_string(), &quote("96"), cx.new_id()).await.unwrap();
});

both_databases!(a_removed_request_leaves_nobody_waiting, |db: Db| async move {
    let g = ground(db).await;
    let (id, [(_, first), (_, second)]) = answered_twice(&g).await;
    let (cx, curator) = (g.as_(g.buyer).await, g.as_(g.curator).await);
    let removed = DeclineDraft { reason: "removed".into(), note: String::new() };
    let own = threads::decline_quote(&cx, first, &removed, cx.new_id()).await.unwrap_err();
    assert!(matches!(own.kind, ErrorKind::Invalid(_)), "no buyer says so");
    decide(&curator, id, None, Decision::Remove("거래할 수 없는 물건이에요".into()), None).await.unwrap();
    let late = threads::accept(&cx, first, 1, cx.new_id()).await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::Conflict("rfq.ended".into()), "before any job ran");
    let told = g.mails("gaon").await;
    assert!(told.iter().any(|mail| mail.text.contains("견적요청이 내려갔어요")), "{told:?}");
    for thread in [first, second] {
        let left = threads::thread_view(&cx, thread).await.unwrap().thread;
        assert_eq!((left.state, left.decline_reason.as_deref()), (ThreadState::Declined, Some("removed")));
    }
});

both_databases!(the_link_to_answer_lives_as_long_as_the_request, |db: Db| async move {
    let g = ground(db).await;
    let (_, listing) = vendor(&g.t, "gaon").await;
    let (other, other_listing) = vendor(&g.t, "neoreun").await;
    let id = g.opened().await;
    let token = link(&g.mails("gaon").await[0], "q");
    let late = link(&g.mails("neoreun").await[0], "q");
    let cx = g.as_(g.buyer).await;
    g.t.clock.advance(13 * DAY);
    extend(&cx, id, cx.new_id()).await.unwrap();
    g.t.clock.advance(7 * DAY);
    let open = open_answer(&g.t.visitor(), &token).await.unwrap();
    answer(&open.cx, id, &listing.to_string(), &quote("96"), cx.new_id()).await.unwrap();
    // and not a moment longer
    let other_cx = g.as_(other).await;
    g.t.clock.advance(8 * DAY);
    let late = match open_answer(&g.t.visitor(), &late).await {
        Ok(open) => answer(&open.cx, id, &other_listing.to_string(), &quote("96"), cx.new_id()).await.err(),
        Err(error) => Some(error),
    };
    assert!(late.is_some());
    let late = answer(&other_cx, id, &other_listing.to_string(), &quote("96"), cx.new_id()).await;
    assert_eq!(late.unwrap_err().kind, ErrorKind::Conflict("rfq.over".into()));
});

both_databases!(no_quote_of_an_ended_request_is_taken, |db: Db| async move {
    let g = ground(db).await;
    let (id, [(_, first), _]) = answered_twice(&g).await;
    let cx = g.as_(g.buyer).await;
    close(&cx, id, "not_needed", cx.new_id()).await.unwrap();
    let late = threads::accept(&cx, first, 1, cx.new_id()).await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::Conflict("rfq.ended".into()));
});

both_databases!(what_is_taken_back_takes_the_link_to_the_request_along, |db: Db| async move {
    let g = ground(db).await;
    let (owner, listing) = vendor(&g.t, "gaon").await;
    vendor(&g.t, "neoreun").await;
    let id = g.opened().await;
    let forwarded = link(&g.mails("gaon").await[0], "q");
    let others = link(&g.mails("neoreun").await[0], "q");
    let (cx, key) = (open_answer(&g.t.visitor(), &forwarded).await.unwrap().cx, g.t.market.system().new_id());
    let thread = answer(&cx, id, &listing.to_string(), &quote("96"), key).await.unwrap();
    threads::revoke_links(&g.as_(owner).await, thread).await.unwrap();
    let gone = open_answer(&g.t.visitor(), &forwarded).await.map(|_| ()).unwrap_err();
    assert_eq!(gone.kind, ErrorKind::NotFound);
    open_answer(&g.t.visitor(), &others).await.unwrap();
});
