//! What everybody sees of a request, and what only those who may answer see.

use super::flow::{draft, ground, vendor};
use crate::both_databases;
use crate::db::Db;
use crate::rfqs::RfqDraft;
use crate::rfqs::service::{BoardFilter, Decision, board, decide, newest, rfq_view};

both_databases!(own_words_and_the_place_are_for_those_who_may_answer, |db: Db| async move {
    let g = ground(db).await;
    let (owner, _) = vendor(&g.t, "gaon").await;
    let pasted = "성적서가 필요해요\n김구매 과장 010-1234-5678, 경기도 시흥시 공단1대로 1";
    let id = g.handed_in(&RfqDraft { body: pasted.into(), ..draft() }).await;
    let curator = g.as_(g.curator).await;
    decide(&curator, id, None, Decision::Open, None).await.unwrap();
    let all = BoardFilter { page: 1, ..BoardFilter::default() };
    let stranger = g.as_(g.t.add_person("stranger").await).await;
    for cx in [g.t.visitor(), stranger] {
        let view = rfq_view(&cx, id).await.unwrap();
        assert_eq!((view.rfq.body.as_str(), view.rfq.place.as_str(), view.reduced), ("", "", true));
        assert_eq!(view.rfq.region, "41", "the province is for everybody");
        for rfq in board(&cx, &all).await.unwrap().rows.into_iter().chain(newest(&cx, 10).await.unwrap()) {
            assert_eq!((rfq.body.as_str(), rfq.place.as_str()), ("", ""));
        }
    }
    for cx in [g.as_(owner).await, g.as_(g.buyer).await, curator] {
        let view = rfq_view(&cx, id).await.unwrap();
        assert_eq!((view.rfq.body.as_str(), view.rfq.place.as_str()), (pasted, "시화공단"));
        assert!(!view.reduced);
    }
});
