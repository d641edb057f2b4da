//! What got no answer goes on: up to three others with the reason why, one press, the first vendor told.

use uuid::Uuid;

use super::answering::quote;
use super::ground::{Ground, add_vendor, ground, link, to_others, words};
use crate::accounts::access::VendorRole;
use crate::both_databases;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::files::{sending, serving, upload};
use crate::inquiries::links::{LinkStanding, open_link};
use crate::inquiries::reroute::ask_others;
use crate::inquiries::service::{ask, ask_page, decline, send_quote, thread_view};
use crate::inquiries::store;
use crate::inquiries::together::{self, BatchDraft, BatchOutcome, BatchView, ItemDraft, batch_view};
use crate::inquiries::{AskOutcome, DeclineDraft, InquiryDraft, ThreadState};
use crate::notifications::NotificationKind;
use crate::notifications::service::list_notifications;
use crate::time::{DAY, HOUR};

/// A company with an owner; gives its listing and its identity.
async fn other(g: &Ground, name: &str) -> (Uuid, Uuid) {
    let (vendor, listing) = add_vendor(&g.t, name).await;
    let owner = g.t.add_person(name).await;
    g.t.join(owner, vendor, VendorRole::Owner).await;
    (listing, vendor)
}

async fn owner_of(g: &Ground, vendor: Uuid) -> Uuid {
    let mut db = g.t.market.system().read().await.unwrap();
    store::team(&mut db, vendor).await.unwrap()[0].user_id
}

async fn rests(g: &Ground, vendor: Uuid) {
    let owner = g.t.as_person(owner_of(g, vendor).await).await;
    let last = crate::calendar::seoul_date(owner.now().plus(30 * DAY).0);
    crate::vendors::service::set_holiday(&owner, vendor, &last.to_string()).await.unwrap();
}

/// The clock goes on until after the deadline, hour by hour, with all its work.
async fn lapses(g: &Ground) {
    for _ in 0..(5 * 24) {
        g.t.clock.advance(HOUR);
        crate::outbox::run_due_schedules(&g.t.market).await.unwrap();
        crate::outbox::drain(&g.t.market).await.unwrap();
    }
}

both_databases!(
    unanswered_for_three_working_days_others_are_offered_and_one_press_asks_them,
    |db: Db| async move {
        let g = ground(db).await;
        let mut open = Vec::new();
        for name in ["one", "two", "three", "four"] {
            open.push(other(&g, name).await.0);
        }
        let (_, resting) = other(&g, "resting").await;
        rests(&g, resting).await;
        let id = g.asked().await;
        lapses(&g).await;
        let thread = g.thread(id).await;
        assert_eq!(thread.state, ThreadState::Expired);
        assert!(thread.overdue_at.is_some());
        let buyer = g.buyer().await;
        let offered = thread_view(&buyer, id).await.unwrap().alternatives;
        assert_eq!(offered.len(), 3, "at most three, none of them resting");
        assert!(offered.iter().all(|one| open.contains(&one.id) && !one.region.is_empty()));
        assert!(
            thread_view(&g.owner().await, id).await.unwrap().alternatives.is_empty(),
            "the buyer's choice"
        );
        let none = ask_others(&buyer, id, to_others(&[]), buyer.new_id()).await.unwrap_err();
        assert!(matches!(none.kind, ErrorKind::Invalid(_)));
        let unoffered: Vec<Uuid> =
            open.iter().copied().filter(|id| offered.iter().all(|o| o.id != *id)).collect();
        let none = ask_others(&buyer, id, to_others(&unoffered), buyer.new_id()).await.unwrap_err();
        assert!(matches!(none.kind, ErrorKind::Invalid(_)), "only what was offered");
        let stranger = g.t.as_person(g.t.add_person("stranger").await).await;
        let chosen = [offered[0].id, offered[1].id];
        assert_eq!(
            ask_others(&stranger, id, to_others(&chosen), buyer.new_id()).await.unwrap_err().kind,
            ErrorKind::NotFound
        );
        let key = buyer.new_id();
        assert_eq!(ask_others(&buyer, id, to_others(&chosen), key).await.unwrap(), 2);
        assert_eq!(
            ask_others(&buyer, id, to_others(&chosen), key).await.unwrap(),
            2,
            "a second press is the first"
        );
        let again = ask_others(&buyer, id, to_others(&chosen), buyer.new_id()).await.unwrap_err();
        assert!(matches!(again.kind, ErrorKind::Conflict(_)));
        assert_eq!(g.thread(id).await.state, ThreadState::Rerouted);
        let told = g.mails("owner").await;
        assert!(
            told.iter().any(|mail| mail.subject.contains("다른")),
            "{:?}",
            told.last().map(|m| m.subject.clone())
        );
        let rows = list_notifications(&g.owner().await, 1, false).await.unwrap().rows;
        assert!(rows.iter().any(|row| row.kind == NotificationKind::InquiryRerouted));
        for one in &offered[..2] {
            let mails = g.mails(&one.name_ko).await;
            assert_eq!(mails.len(), 1, "{}", one.name_ko);
            assert!(mails[0].text.contains("단가를 알려 주세요"), "as it was asked");
        }
        assert_eq!(g.mails(&offered[2].name_ko).await.len(), 0, "not chosen");
    }
);

both_databases!(asking_others_leaves_the_end_of_the_first_thread_where_it_was, |db: Db| async move {
    let g = ground(db).await;
    let (listing, _) = other(&g, "one").await;
    let id = g.asked().await;
    let mailed = link(&g.mails("owner").await[0], "a");
    lapses(&g).await;
    let ended = g.thread(id).await.closed_at;
    assert!(ended.is_some());
    assert_eq!(open_link(&g.t.visitor(), &mailed).await.unwrap().standing, LinkStanding::Ended);
    let buyer = g.buyer().await;
    ask_others(&buyer, id, to_others(&[listing]), buyer.new_id()).await.unwrap();
    let thread = g.thread(id).await;
    assert_eq!((thread.state, thread.closed_at), (ThreadState::Rerouted, ended));
    // nobody took the link back
    assert_eq!(open_link(&g.t.visitor(), &mailed).await.unwrap().standing, LinkStanding::Ended);
});

const MORE: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, specs, unit, price_kind, \
    price_currency, price_tiers, origin, hs_code, part_number, created_at, updated_at, published_at, free_until, version) \
    SELECT $2, vendor_id, $3, state, category, title_ko, title_en, description_ko, description_en, specs, unit, price_kind, price_currency, price_tiers, \
    origin, hs_code, part_number, created_at, updated_at, published_at, free_until, version FROM listings WHERE id = $1";

const SPECS: &str = "UPDATE listings SET specs = $2 WHERE id = $1";

both_databases!(the_most_alike_are_offered_first, |db: Db| async move {
    let g = ground(db).await;
    let spec = |values: [&str; 2]| {
        let [material, joint] = values;
        format!(
            r#"[{{"name_ko":"재질","name_en":"","value":"{material}","unit":""}},{{"name_ko":"연결","name_en":"","value":"{joint}","unit":""}}]"#
        )
    };
    let (flanged, maker) = other(&g, "flanged").await;
    let (threaded, _) = other(&g, "threaded").await;
    let second = g.t.market.system().new_id();
    let mut tx = g.t.market.system().write().await.unwrap();
    crate::execute!(tx, MORE, flanged, second, "second").unwrap();
    let all = [
        (g.listing, ["황동", "나사"]),
        (threaded, ["황동", "나사"]),
        (flanged, ["SUS316", "플랜지"]),
        (second, ["황동", "플랜지"]),
    ];
    for (listing, values) in all {
        crate::execute!(tx, SPECS, listing, spec(values)).unwrap();
    }
    tx.commit().await.unwrap();
    let id = g.asked().await;
    let owner = g.owner().await;
    let no = DeclineDraft { reason: "too_few".into(), note: String::new() };
    decline(&owner, id, &no, owner.new_id()).await.unwrap();
    let offered = thread_view(&g.buyer().await, id).await.unwrap().alternatives;
    let shown: Vec<_> = offered.iter().map(|one| (one.id, one.likeness.same, one.likeness.of)).collect();
    assert_eq!(shown, [(threaded, 2, 2), (second, 1, 2)], "of {maker} the product that is more like it");
    assert!(offered[0].fits());
});

both_databases!(files_day_and_price_go_along, |db: Db| async move {
    let g = ground(db).await;
    let mut offered = Vec::new();
    for name in ["one", "two"] {
        offered.push(other(&g, name).await.0);
    }
    let buyer = g.buyer().await;
    let due = crate::calendar::seoul_date(buyer.now().plus(20 * DAY).0).to_string();
    // by basket, with all that a line may say
    let item = ItemDraft {
        listing_id: g.listing,
        quantity: "500개".into(),
        spec: "SUS304".into(),
        target_price: "1,200원".into(),
        due: due.clone(),
    };
    let form = BatchDraft {
        common: InquiryDraft { quantity: String::new(), ..words("견적 부탁드려요") },
        items: vec![item],
    };
    let BatchOutcome::Sent(batch) = together::send(&buyer, &form, buyer.new_id()).await.unwrap() else {
        panic!("sent")
    };
    let of_basket = batch_view(&buyer, batch).await.unwrap().threads[0].id;
    // and alone, with a drawing
    let key = buyer.new_id();
    let file = upload::begin(&buyer, "도면.pdf", None).await.unwrap();
    let mut receiving = upload::open(&buyer, file, 0).await.unwrap();
    receiving.write(b"%PDF-1.4\n<< /Type /Page >>\n%%EOF").await.unwrap();
    receiving.finish(&buyer).await.unwrap();
    sending::hold(&buyer, key, &[file]).await.unwrap();
    let AskOutcome::Thread(alone) = ask(&buyer, g.listing, &words("?"), key).await.unwrap() else {
        panic!("asked")
    };
    let owner = g.owner().await;
    for (id, listing) in [(of_basket, offered[0]), (alone, offered[1])] {
        let no = DeclineDraft { reason: "too_few".into(), note: String::new() };
        decline(&owner, id, &no, owner.new_id()).await.unwrap();
        assert_eq!(ask_others(&buyer, id, to_others(&[listing]), buyer.new_id()).await.unwrap(), 1);
    }
    let mails = g.mails("one").await;
    for said in ["500개", "SUS304", "1,200원", &due, "견적 부탁드려요"] {
        assert!(mails[0].text.contains(said), "{said}: {}", mails[0].text);
    }
    let token = link(&g.mails("two").await[0], "a");
    let open = crate::inquiries::links::open_link(&g.t.visitor(), &token).await.unwrap();
    let view = thread_view(&open.cx, open.thread.id).await.unwrap();
    let [copy] = view.files.as_slice() else { panic!("{:?}", view.files) };
    assert_eq!((copy.name.as_str(), copy.message_id), ("도면.pdf", Some(view.messages[0].id)));
    assert_eq!(serving::open(&open.cx, copy.id).await.unwrap().open.bytes, 32);
    // the first vendor's own goes without the other's
    let mut tx = g.t.market.system().write().await.unwrap();
    crate::execute!(tx, "DELETE FROM files WHERE id = $1", file).unwrap();
    tx.commit().await.unwrap();
    crate::files::jobs::sweep(&g.t.market.system()).await.unwrap();
    assert!(serving::open(&open.cx, copy.id).await.is_ok());
});

both_databases!(many_listings_of_one_vendor_crowd_nobody_out, |db: Db| async move {
    let g = ground(db).await;
    for name in ["one", "two"] {
        other(&g, name).await;
    }
    g.t.clock.advance(HOUR);
    // the newest, so first of all
    let (listing, _) = other(&g, "large").await;
    let cx = g.t.market.system();
    let mut tx = cx.write().await.unwrap();
    for n in 0..30 {
        crate::execute!(tx, MORE, listing, cx.new_id(), format!("large-{n}")).unwrap();
    }
    tx.commit().await.unwrap();
    let id = g.asked().await;
    let owner = g.owner().await;
    let no = DeclineDraft { reason: "too_few".into(), note: String::new() };
    decline(&owner, id, &no, owner.new_id()).await.unwrap();
    let offered = thread_view(&g.buyer().await, id).await.unwrap().alternatives;
    let names: Vec<_> = offered.iter().map(|one| one.name_ko.as_str()).collect();
    assert_eq!((names.len(), names[0]), (3, "large"), "{names:?}");
    assert!(names.contains(&"one") && names.contains(&"two"), "{names:?}");
});

both_databases!(a_decline_offers_others_at_once_and_whom_one_asked_is_left_out, |db: Db| async move {
    let g = ground(db).await;
    let (asked, _) = other(&g, "asked").await;
    let (fresh, _) = other(&g, "fresh").await;
    let id = g.asked().await;
    let buyer = g.buyer().await;
    assert!(thread_view(&buyer, id).await.unwrap().alternatives.is_empty(), "while it waits, it waits");
    let AskOutcome::Thread(_) = ask(&buyer, asked, &words("이것도요"), buyer.new_id()).await.unwrap()
    else {
        panic!("a confirmed person needs no confirmation")
    };
    let owner = g.owner().await;
    let no = DeclineDraft { reason: "too_few".into(), note: String::new() };
    decline(&owner, id, &no, owner.new_id()).await.unwrap();
    let offered = thread_view(&buyer, id).await.unwrap().alternatives;
    assert_eq!(offered.iter().map(|one| one.id).collect::<Vec<_>>(), [fresh]);
    assert_eq!(ask_others(&buyer, id, to_others(&[fresh]), buyer.new_id()).await.unwrap(), 1);
    assert_eq!(g.thread(id).await.state, ThreadState::Rerouted);
});

both_databases!(those_asked_instead_stand_in_the_same_grid, |db: Db| async move {
    let g = ground(db).await;
    for name in ["one", "two", "three", "four"] {
        other(&g, name).await;
    }
    let (second, second_vendor) = other(&g, "second").await;
    let buyer = g.buyer().await;
    let item = |listing_id| ItemDraft { listing_id, quantity: "2,000개".into(), ..ItemDraft::default() };
    let common = InquiryDraft { quantity: String::new(), ..words("단가를 알려 주세요") };
    let draft = BatchDraft { common, items: vec![item(g.listing), item(second)] };
    let BatchOutcome::Sent(form) = together::send(&buyer, &draft, buyer.new_id()).await.unwrap() else {
        panic!("a confirmed person needs no confirmation")
    };
    let thread = |view: &BatchView, vendor: &str| {
        view.threads.iter().find(|thread| thread.vendor_slug == vendor).map(|thread| thread.id)
    };
    let before = batch_view(&buyer, form).await.unwrap();
    let second_owner = g.t.as_person(owner_of(&g, second_vendor).await).await;
    let quoted = thread(&before, "second").unwrap();
    send_quote(&second_owner, quoted, &quote("1,200"), second_owner.new_id()).await.unwrap();
    // forms are written thread by thread, each a little later than the one before
    let mut tx = buyer.write().await.unwrap();
    crate::execute!(tx, "UPDATE threads SET created_at = created_at + 1 WHERE id <> $1", quoted).unwrap();
    tx.commit().await.unwrap();
    let owner = g.owner().await;
    let declined = thread(&before, "gaon").unwrap();
    let no = DeclineDraft { reason: "too_few".into(), note: String::new() };
    decline(&owner, declined, &no, owner.new_id()).await.unwrap();

    let offered = thread_view(&buyer, declined).await.unwrap().alternatives;
    assert_eq!(offered.len(), 3);
    assert!(offered.iter().all(|one| one.id != second), "whom the same form asked is not offered again");
    assert_eq!(ask_others(&buyer, declined, to_others(&[offered[0].id]), buyer.new_id()).await.unwrap(), 1);
    let after = batch_view(&buyer, form).await.unwrap();
    assert_eq!(after.threads.len(), 3, "one more in the same form");
    let fresh = after.threads.last().unwrap();
    assert_eq!(fresh.name_ko, offered[0].name_ko, "behind the others: numbers in links stay");
    assert_eq!(after.threads.iter().filter(|thread| thread.quote.is_some()).count(), 1);
    let mails = g.mails("buyer").await;
    let told = mails.iter().find(|mail| mail.subject.contains("견적")).unwrap();
    assert!(told.text.contains("/b/"), "the mail of a quote leads to all of them: {}", told.text);

    // what was asked alone gets a form of its own when several are asked instead
    let alone = g.asked().await;
    decline(&owner, alone, &no, owner.new_id()).await.unwrap();
    let offered = thread_view(&buyer, alone).await.unwrap().alternatives;
    let chosen: Vec<Uuid> = offered.iter().take(2).map(|one| one.id).collect();
    assert_eq!(ask_others(&buyer, alone, to_others(&chosen), buyer.new_id()).await.unwrap(), 2);
    assert_eq!(batch_view(&buyer, form).await.unwrap().threads.len(), 3, "and none of somebody else's");
});

both_databases!(a_company_that_rests_says_so_before_it_is_asked, |db: Db| async move {
    let g = ground(db).await;
    rests(&g, g.vendor).await;
    let page = ask_page(&g.buyer().await, "gaon").await.unwrap();
    let now = g.t.market.now();
    let due = page.ahead().due(now, 3);
    assert!(due > now.plus(30 * DAY) && page.ahead().until(now, due).len() == 1);
    let id = g.asked().await;
    assert_eq!(g.thread(id).await.due_at, Some(due), "what was said is what holds");
});
