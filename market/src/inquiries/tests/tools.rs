//! Correcting, quoting, keeping drafts, sorting, archiving, reusing words, reading marks, staying signed in.

use uuid::Uuid;

use super::ground::{Ground, add_vendor, ground, link};
use crate::accounts::access::VendorRole;
use crate::both_databases;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::links::open_link;
use crate::inquiries::service::{
    self, InboxFilter, SavedDraft, SortDraft, archive_thread, delete_reply, drop_draft, edit_message, inbox,
    keep_draft, kept_draft, offer_stay, open_offer, reply, reply_to, save_reply, saved_replies, sort_thread,
    take_offer, thread_view,
};
use crate::inquiries::{Side, ThreadState, edits, keeping, reads, saved, sorting, stay};
use crate::testing::prepare_all;
use crate::time::{HOUR, MINUTE, SECOND, Timestamp};

fn of(side: Side) -> InboxFilter {
    InboxFilter {
        side,
        state: None,
        archived: false,
        label: None,
        mine: false,
        words: String::new(),
        page: 1,
    }
}

both_databases!(words_are_corrected_for_five_minutes, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    g.t.clock.advance(5 * MINUTE);
    edit_message(&buyer, id, 1, "단가와 납기를 알려 주세요").await.unwrap();
    edit_message(&buyer, id, 1, "단가와 납기를 알려 주세요").await.unwrap();
    assert_eq!(edit_message(&owner, id, 1, "x").await.unwrap_err().kind, ErrorKind::NotFound);
    let view = thread_view(&owner, id).await.unwrap();
    assert_eq!(view.messages[0].body, "단가와 납기를 알려 주세요");
    assert!(view.messages[0].edited_at.is_some());
    assert_eq!(view.earlier.len(), 1, "the same words again are no correction");
    assert_eq!(view.earlier[0].body, "단가를 알려 주세요");
    g.t.clock.advance(SECOND);
    let late = edit_message(&buyer, id, 1, "늦었어요").await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::Conflict("message.closed".into()));
    let stranger = g.t.as_person(g.t.add_person("stranger").await).await;
    assert_eq!(edit_message(&stranger, id, 1, "x").await.unwrap_err().kind, ErrorKind::NotFound);
});

both_databases!(an_answer_names_the_message_it_answers, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let owner = g.owner().await;
    reply_to(&owner, id, "96원이에요", Some(1), owner.new_id()).await.unwrap();
    let view = thread_view(&owner, id).await.unwrap();
    assert_eq!(view.messages[1].quoting, Some(1));
    let none = reply_to(&owner, id, "?", Some(9), owner.new_id()).await.unwrap_err();
    assert!(matches!(none.kind, ErrorKind::Invalid(_)));
});

both_databases!(a_draft_belongs_to_one_person_and_step, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    let fields = vec![("body".to_owned(), "쓰다 만 글".to_owned())];
    keep_draft(&owner, id, "reply", &fields).await.unwrap();
    keep_draft(&owner, id, "reply", &fields).await.unwrap();
    let token = link(&g.mails("owner").await[0], "a");
    let phone = open_link(&g.t.visitor(), &token).await.unwrap();
    assert_eq!(
        kept_draft(&phone.cx, id, "reply").await.unwrap().unwrap().fields,
        fields,
        "the same person's phone"
    );
    assert_eq!(kept_draft(&owner, id, "quote").await.unwrap(), None);
    assert_eq!(kept_draft(&buyer, id, "reply").await.unwrap(), None, "nobody else reads it");
    drop_draft(&phone.cx, id, "reply").await.unwrap();
    assert_eq!(kept_draft(&owner, id, "reply").await.unwrap(), None);
    let stranger = g.t.as_person(g.t.add_person("stranger").await).await;
    assert_eq!(keep_draft(&stranger, id, "reply", &fields).await.unwrap_err().kind, ErrorKind::NotFound);
});

both_databases!(marks_say_who_has_read_how_far, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    let token = link(&g.mails("owner").await[0], "a");
    open_link(&g.t.visitor(), &token).await.unwrap();
    assert!(thread_view(&buyer, id).await.unwrap().reads.is_empty(), "opening a link is not reading");
    service::mark_read(&owner, &g.thread(id).await, 1).await.unwrap();
    let marks = thread_view(&buyer, id).await.unwrap().reads;
    assert_eq!((marks.len(), marks[0].seq, marks[0].name.as_str()), (1, 1, "owner"));
    reply(&buyer, id, "언제쯤요?", buyer.new_id()).await.unwrap();
    assert_eq!(thread_view(&buyer, id).await.unwrap().reads[0].seq, 1, "not read yet");
    let known = thread_view(&owner, id).await.unwrap().buyer.unwrap();
    assert_eq!((known.asked, known.answered, known.awarded), (1, 0, 0));
    assert_eq!(thread_view(&buyer, id).await.unwrap().buyer, None);
});

both_databases!(who_cannot_be_written_to_silences_nobody, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let staff = g.t.add_person("staff").await;
    g.t.join(staff, g.vendor, VendorRole::Staff).await;
    let draft = SortDraft { assignee: staff.to_string(), ..SortDraft::default() };
    sort_thread(&g.owner().await, id, &draft).await.unwrap();
    let reaches = async |before: usize| g.mails("owner").await.len() > before;
    let before = g.mails("owner").await.len();
    reply(&g.buyer().await, id, "치수를 덧붙여요", g.buyer().await.new_id()).await.unwrap();
    assert!(!reaches(before).await, "whoever took it over is written to");
    let mut tx = g.t.market.system().write().await.unwrap();
    crate::execute!(tx, "UPDATE users SET email_confirmed_at = NULL WHERE id = $1", staff).unwrap();
    tx.commit().await.unwrap();
    reply(&g.buyer().await, id, "도면도 있어요", g.buyer().await.new_id()).await.unwrap();
    assert!(reaches(before).await, "nobody else is told");
});

both_databases!(a_team_sorts_its_threads, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let staff = g.t.add_person("staff").await;
    g.t.join(staff, g.vendor, VendorRole::Staff).await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    let draft = SortDraft { assignee: staff.to_string(), new_label: "급함".into(), ..SortDraft::default() };
    sort_thread(&owner, id, &draft).await.unwrap();
    let sorted = thread_view(&owner, id).await.unwrap().sorted.unwrap();
    assert_eq!((sorted.assignee, sorted.labels.len(), sorted.chosen.len()), (Some(staff), 1, 1));
    let label = sorted.labels[0].id;
    assert!(thread_view(&buyer, id).await.unwrap().sorted.is_none(), "the other side sees none of it");
    assert_eq!(sort_thread(&buyer, id, &draft).await.unwrap_err().kind, ErrorKind::NotFound);
    let outside = SortDraft { assignee: g.buyer.to_string(), ..SortDraft::default() };
    assert!(matches!(sort_thread(&owner, id, &outside).await.unwrap_err().kind, ErrorKind::Invalid(_)));
    let labelled = inbox(&owner, &InboxFilter { label: Some(label), ..of(Side::Vendor) }).await.unwrap();
    assert_eq!(labelled.total, 1);
    assert_eq!(inbox(&owner, &InboxFilter { mine: true, ..of(Side::Vendor) }).await.unwrap().total, 0);
    let colleague = g.t.as_person(staff).await;
    assert_eq!(inbox(&colleague, &InboxFilter { mine: true, ..of(Side::Vendor) }).await.unwrap().total, 1);
    g.mails("owner").await;
    let (before, theirs) = (g.mails("owner").await.len(), g.mails("staff").await.len());
    reply(&buyer, id, "급해요", buyer.new_id()).await.unwrap();
    assert_eq!(g.mails("owner").await.len(), before, "the mail is for whoever takes care");
    assert_eq!(g.mails("staff").await.len(), theirs + 1);
    let (other, _) = add_vendor(&g.t, "other").await;
    let stranger = g.t.add_person("stranger").await;
    g.t.join(stranger, other, VendorRole::Owner).await;
    let stranger = g.t.as_person(stranger).await;
    assert_eq!(sort_thread(&stranger, id, &draft).await.unwrap_err().kind, ErrorKind::NotFound);
});

both_databases!(the_archive_is_of_one_side_and_opens_with_the_next_words, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    archive_thread(&owner, id, true).await.unwrap();
    assert_eq!(inbox(&owner, &of(Side::Vendor)).await.unwrap().total, 0);
    assert_eq!(inbox(&owner, &InboxFilter { archived: true, ..of(Side::Vendor) }).await.unwrap().total, 1);
    assert_eq!(inbox(&buyer, &of(Side::Buyer)).await.unwrap().total, 1);
    reply(&owner, id, "곧 답할게요", owner.new_id()).await.unwrap();
    assert!(g.thread(id).await.vendor_archived_at.is_some(), "one's own words leave it there");
    reply(&buyer, id, "네", buyer.new_id()).await.unwrap();
    assert_eq!(g.thread(id).await.vendor_archived_at, None);
});

both_databases!(words_are_found_in_own_threads_only, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    reply(&owner, id, "A2-70 재질이에요 100%", owner.new_id()).await.unwrap();
    let found = |words: &str, side| InboxFilter { words: words.into(), ..of(side) };
    for words in ["a2-70", "육각", "100%", "2,000개"] {
        assert_eq!(inbox(&buyer, &found(words, Side::Buyer)).await.unwrap().total, 1, "{words}");
        assert_eq!(inbox(&owner, &found(words, Side::Vendor)).await.unwrap().total, 1, "{words}");
    }
    assert_eq!(inbox(&owner, &found("buyer", Side::Vendor)).await.unwrap().total, 1, "the buyer's name");
    for words in ["a_-70", "1%0", "없는 말"] {
        assert_eq!(inbox(&buyer, &found(words, Side::Buyer)).await.unwrap().total, 0, "{words}");
    }
    let stranger = g.t.as_person(g.t.add_person("stranger").await).await;
    assert_eq!(inbox(&stranger, &found("재질", Side::Buyer)).await.unwrap().total, 0);
});

async fn greeting(g: &Ground) -> Uuid {
    let owner = g.owner().await;
    let draft =
        SavedDraft { title: "인사".into(), body: "고맙습니다. 곧 답할게요".into(), greets: true };
    save_reply(&owner, g.vendor, None, &draft).await.unwrap()
}

both_databases!(a_greeting_answers_nothing, |db: Db| async move {
    let g = ground(db).await;
    let first = greeting(&g).await;
    let owner = g.owner().await;
    let twice = SavedDraft { title: "인사".into(), body: "또".into(), greets: false };
    assert!(matches!(
        save_reply(&owner, g.vendor, None, &twice).await.unwrap_err().kind,
        ErrorKind::Invalid(_)
    ));
    let second = SavedDraft { title: "휴가".into(), body: "다음 주에 답해요".into(), greets: true };
    save_reply(&owner, g.vendor, None, &second).await.unwrap();
    let known = saved_replies(&owner, g.vendor).await.unwrap();
    assert_eq!(known.iter().filter(|reply| reply.greets).count(), 1, "at most one greets");
    let id = g.asked().await;
    let thread = g.thread(id).await;
    assert_eq!((thread.state, thread.message_count), (ThreadState::WaitingVendor, 2));
    assert_eq!((thread.first_answered_at, thread.vendor_last_seq), (None, 0), "no answer for the figures");
    let view = thread_view(&g.buyer().await, id).await.unwrap();
    assert!(view.messages[1].automatic && view.messages[1].body == "다음 주에 답해요");
    assert_eq!(g.mails("owner").await.len(), 1, "the vendor is mailed as without it");
    reply(&owner, id, "96원이에요", owner.new_id()).await.unwrap();
    assert!(g.thread(id).await.first_answered_at.is_some());
    let buyer = g.buyer().await;
    assert_eq!(saved_replies(&buyer, g.vendor).await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(delete_reply(&buyer, g.vendor, first).await.unwrap_err().kind, ErrorKind::NotFound);
    delete_reply(&owner, g.vendor, first).await.unwrap();
    delete_reply(&owner, g.vendor, first).await.unwrap();
});

both_databases!(a_browser_that_answered_may_stay_once, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let token = link(&g.mails("owner").await[0], "a");
    let phone = open_link(&g.t.visitor(), &token).await.unwrap().cx;
    let offer = offer_stay(&phone).await.unwrap();
    assert_eq!(
        open_offer(&phone, id, &offer).await.unwrap(),
        None,
        "an account without a password is no account yet"
    );
    let cx = g.t.market.system();
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, "UPDATE users SET password_hash = 'x' WHERE id = $1", g.owner).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(open_offer(&phone, id, &offer).await.unwrap().as_deref(), Some("owner"));
    let unasked = take_offer(&phone, id, &offer, false, "test").await.unwrap_err();
    assert!(matches!(unasked.kind, ErrorKind::Invalid(_)), "only with a yes");
    let session = take_offer(&phone, id, &offer, true, "test").await.unwrap();
    let known = crate::accounts::sessions::authenticate(&g.t.market, &session).await.unwrap().unwrap();
    assert_eq!(known.id, g.owner);
    assert_eq!(take_offer(&phone, id, &offer, true, "test").await.unwrap_err().kind, ErrorKind::Gone, "once");
    assert_eq!(
        take_offer(&phone, id, &token, true, "test").await.unwrap_err().kind,
        ErrorKind::Gone,
        "not the link"
    );
    let old = offer_stay(&phone).await.unwrap();
    g.t.clock.advance(16 * MINUTE);
    assert_eq!(
        take_offer(&phone, id, &old, true, "test").await.unwrap_err().kind,
        ErrorKind::Gone,
        "for minutes"
    );
    g.t.grant(g.owner, crate::accounts::access::PlatformRole::Curator).await;
    let fresh = offer_stay(&phone).await.unwrap();
    assert_eq!(open_offer(&phone, id, &fresh).await.unwrap(), None, "the team signs in with passwords");
});

both_databases!(an_offer_to_stay_is_not_guessed_without_end, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let token = link(&g.mails("owner").await[0], "a");
    let from = crate::Cx { ip: "203.0.113.8".parse().ok(), ..g.t.visitor() };
    let phone = open_link(&from, &token).await.unwrap().cx;
    let own = offer_stay(&phone).await.unwrap();
    for _ in 0..40 {
        // the page after an answer, seen again and again by somebody without a password
        assert_eq!(open_offer(&phone, id, &own).await.unwrap(), None);
    }
    let mut last = None;
    for n in 0..31 {
        let guess = format!("guess{n}");
        let answer = take_offer(&phone, id, &guess, true, "test").await;
        last = answer.err().filter(|error| error.kind != ErrorKind::Gone);
        assert_eq!(last.is_some(), n == 30, "guess {n}");
    }
    assert!(matches!(last.unwrap().kind, ErrorKind::TooMany { .. }));
});

both_databases!(every_statement_prepares, |db: Db| async move {
    let statements = [
        edits::FIND,
        edits::KEEP_OLD,
        edits::REPLACE,
        edits::LIST,
        keeping::KEEP,
        keeping::FIND,
        keeping::DROP,
        keeping::PURGE,
        reads::NOTE,
        reads::LIST,
        saved::LIST,
        saved::INSERT,
        saved::UPDATE,
        saved::DELETE,
        saved::HUSH,
        saved::GREETING,
        saved::COUNT_GREETING,
        sorting::ASSIGN,
        sorting::ARCHIVE_FOR_VENDOR,
        sorting::ARCHIVE_FOR_BUYER,
        sorting::LABELS,
        sorting::NEW_LABEL,
        sorting::CLEAR,
        sorting::PUT,
        sorting::OF_THREAD,
        sorting::OF_PERSON,
        stay::INSERT,
        stay::FIND,
        stay::USE,
        stay::PURGE,
    ];
    prepare_all(&db, statements).await;
});

both_databases!(a_page_of_the_inbox_takes_four_statements, |db: Db| async move {
    let g = ground(db).await;
    g.asked().await;
    let owner = g.owner().await;
    let (rows, statements) = crate::db::counting_statements(async {
        let page = inbox(&owner, &of(Side::Vendor)).await.unwrap();
        service::labels(&owner).await.unwrap();
        page.rows.len()
    })
    .await;
    assert_eq!((rows, statements), (1, 4));
});

both_databases!(what_waits_for_oneself_stands_first_the_soonest_before_the_others, |db: Db| async move {
    let g = ground(db).await;
    let (early, late, over) = (g.asked().await, g.asked().await, g.asked().await);
    let now = g.t.market.system().now();
    let set = async |id: Uuid, state: &str, due: Option<Timestamp>, at: i64| {
        let mut tx = g.t.market.system().write().await.unwrap();
        let sql = "UPDATE threads SET state = $2, due_at = $3, last_message_at = $4 WHERE id = $1";
        crate::execute!(tx, sql, id, state, due, now.plus(at)).unwrap();
        tx.commit().await.unwrap();
    };
    // the last written would come first: over, late, early
    set(early, "waiting_vendor", Some(now.plus(HOUR)), 0).await;
    set(late, "waiting_vendor", Some(now.plus(2 * HOUR)), 1).await;
    set(over, "expired", None, 2).await;
    let owner = g.owner().await;
    let shown = async |cx: &Cx, filter: InboxFilter| {
        inbox(cx, &filter).await.unwrap().rows.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let words = InboxFilter { words: "단가".into(), ..of(Side::Vendor) };
    for filter in [of(Side::Vendor), words] {
        assert_eq!(shown(&owner, filter).await, [early, late, over]);
    }
    let waiting = InboxFilter { state: Some(ThreadState::WaitingVendor), ..of(Side::Vendor) };
    assert_eq!(shown(&owner, waiting).await, [early, late]);
    assert!(shown(&owner, InboxFilter { page: 2, ..of(Side::Vendor) }).await.is_empty());
    let buyer = g.buyer().await;
    assert_eq!(shown(&buyer, of(Side::Buyer)).await, [over, late, early], "nothing waits for the buyer");
    set(early, "quoted", Some(now.plus(2 * HOUR)), 0).await;
    set(late, "waiting_buyer", Some(now.plus(HOUR)), 1).await;
    assert_eq!(shown(&buyer, of(Side::Buyer)).await, [late, early, over]);
});
