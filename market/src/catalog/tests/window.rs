//! How the free window ends and is renewed.

use super::*;

both_databases!(the_window_ends_with_three_letters, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.published().await;
    let system = ground.test.market.system();
    let end = ground.listing(id).await.free_until.unwrap();
    assert_eq!(ground.mails().await.len(), 1);
    let mut told = Vec::new();
    for hour in (-15 * 24..=24).step_by(3) {
        ground.test.clock.set(end.plus(hour * HOUR));
        expiry::run(&system).await.unwrap();
        let mails = ground.mails().await;
        if mails.len() > told.len() + 1 {
            told.push((hour, mails.last().unwrap().clone()));
        }
        assert_eq!(
            ground.visibility(id).await,
            if hour < 0 { Visibility::Visible } else { Visibility::Gone }
        );
    }
    let hours: Vec<i64> = told.iter().map(|(hour, _)| *hour).collect();
    assert_eq!(hours, [-14 * 24, -3 * 24, 0], "{told:?}");
    assert_eq!(ground.listing(id).await.state, ListingState::Expired);
    service::renew(&ground.owner, id).await.unwrap();
    assert_eq!(ground.visibility(id).await, Visibility::Visible);
    assert_eq!(conflict(service::renew(&ground.owner, id).await), "renewal_too_early");
});

both_databases!(however_many_end_together_each_is_told, |db: Db| async move {
    let ground = Ground::new(db).await;
    let mut listings = Vec::new();
    for _ in 0..8 {
        listings.push(ground.published().await);
    }
    let end = ground.listing(listings[0]).await.free_until.unwrap();
    let before = ground.mails().await.len();
    for (days, letters) in [(14, 8), (14, 8), (3, 16), (0, 24)] {
        ground.test.clock.set(end.plus(-days * DAY));
        expiry::run(&ground.test.market.system()).await.unwrap();
        assert_eq!(ground.mails().await.len() - before, letters, "{days} days before");
    }
    for id in listings {
        assert_eq!(ground.listing(id).await.state, ListingState::Expired);
    }
});

both_databases!(a_silent_vendor_does_not_renew_for_free, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.published().await;
    let end = ground.listing(id).await.free_until.unwrap();
    ground.test.clock.set(end.plus(-DAY));
    let mut tx = ground.owner.write().await.unwrap();
    crate::execute!(tx, RECORD, ground.vendor, 6_i64).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(conflict(service::renew(&ground.owner, id).await), "renewal_rate");
});
