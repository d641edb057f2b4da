//! Who an approved company is waits for a curator.

use super::*;

fn wanted() -> VendorDraft {
    VendorDraft {
        name_ko: "온나라볼트".into(),
        intro_ko: "너트도 만듭니다. 작은 수량도 받습니다.".into(),
        ..draft(NUMBERS[0])
    }
}

both_databases!(who_an_approved_company_is_waits_for_a_curator, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.approved().await;
    let edit = |vendor: crate::vendors::Vendor, draft: VendorDraft| {
        let owner = s.owner.clone();
        async move { service::update_profile(&owner, id, vendor.version, &draft).await }
    };
    let read = async || service::find_own(&s.owner, id).await.unwrap();
    edit(read().await, wanted()).await.unwrap();
    let now = read().await;
    assert_eq!(now.profile.name_ko, "가온벼리볼트", "what was approved is shown");
    assert!(now.profile.intro_ko.starts_with("너트도"), "what is free shows at once");
    assert_eq!((now.wanted().name_ko.as_str(), now.profile.certificates.len()), ("온나라볼트", 1));
    let waiting = crate::curation::inbox::open(&s.curator, None, 1).await.unwrap();
    assert_eq!(waiting.rows.iter().map(|row| (row.id, row.version)).collect::<Vec<_>>(), [(id, now.version)]);

    let silent = staged::decide(&s.curator, id, None, staged::Decision::Decline(" ".into()), None).await;
    assert!(matches!(silent.unwrap_err().kind, ErrorKind::Invalid(_)));
    for cx in [&s.owner, &s.test.visitor()] {
        assert!(staged::decide(cx, id, None, staged::Decision::Apply, None).await.is_err());
    }
    // the page was read, then the company changed its mind: what nobody read is not applied
    edit(now.clone(), VendorDraft { name_ko: "또 다른 이름".into(), ..wanted() }).await.unwrap();
    let unread = staged::decide(&s.curator, id, Some(now.version), staged::Decision::Apply, None).await;
    assert_eq!(unread.unwrap_err().kind, ErrorKind::Conflict("decision.stale".into()));

    let decline = staged::Decision::Decline("등록증의 이름과 달라요".into());
    staged::decide(&s.curator, id, Some(read().await.version), decline, None).await.unwrap();
    let now = read().await;
    assert!(now.staged.is_none() && now.profile.name_ko == "가온벼리볼트");
    crate::outbox::drain(&s.test.market).await.unwrap();
    assert!(
        s.test.mailer.sent_to("owner@example.test").iter().any(|mail| mail.text.contains("등록증의 이름"))
    );

    edit(now, VendorDraft { chapter: String::new(), certificates: String::new(), ..wanted() }).await.unwrap();
    let key = Some(s.curator.new_id());
    let version = Some(read().await.version);
    staged::decide(&s.curator, id, version, staged::Decision::Apply, key).await.unwrap();
    staged::decide(&s.curator, id, version, staged::Decision::Apply, key).await.unwrap();
    let now = read().await;
    assert_eq!((now.profile.name_ko.as_str(), now.profile.certificates.len()), ("온나라볼트", 0));
    assert_eq!(now.state, VendorState::Approved);

    // taken back by writing what is shown
    edit(now, draft(NUMBERS[0])).await.unwrap();
    let shown = VendorDraft { certificates: String::new(), ..wanted() };
    edit(read().await, shown).await.unwrap();
    assert!(read().await.staged.is_none());
    assert!(crate::curation::inbox::open(&s.curator, None, 1).await.unwrap().rows.is_empty());

    service::decide(&s.curator, id, None, VendorAction::Suspend, "가격이 사실과 달라요", None).await.unwrap();
    let out = edit(read().await, wanted()).await.unwrap_err();
    assert_eq!(out.kind, ErrorKind::Conflict("vendor.out_of_sight".into()));
});
