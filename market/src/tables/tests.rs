//! Rates and declared days on both databases: who may keep them, what they refuse, what they change.
use super::days::{declared_days, import_days};
use super::rates::{RateDraft, list_rates, newest_rates, set_rate};
use super::{days, rates};
use crate::accounts::access::{PlatformRole, VendorRole};
use crate::both_databases;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::money::{Currency, Money};
use crate::testing::{prepare_all, test_market};
use crate::vendors::days_off;

fn rate(won: &str, as_of: &str) -> RateDraft {
    RateDraft { currency: "USD".into(), as_of: as_of.into(), won: won.into(), source: "한국은행".into() }
}

both_databases!(rates_are_kept_by_finance_and_never_made_up, |db: Db| async move {
    let t = test_market(db);
    let (finance, buyer) = (t.add_person("finance").await, t.add_person("buyer").await);
    t.grant(finance, PlatformRole::Finance).await;
    let (finance, buyer) = (t.as_person(finance).await, t.as_person(buyer).await);
    assert!(newest_rates(&mut finance.read().await.unwrap()).await.unwrap().is_empty());
    set_rate(&finance, &rate("1,380.5", "2026-11-23")).await.unwrap();
    set_rate(&finance, &rate("1381.25", "2026-11-24")).await.unwrap();
    set_rate(&finance, &rate("1381.25", "2026-11-24")).await.unwrap();
    assert_eq!(list_rates(&finance).await.unwrap().len(), 2);
    let newest = newest_rates(&mut finance.read().await.unwrap()).await.unwrap();
    assert_eq!(newest.len(), 1);
    let dollars = Money { minor: 12_345, currency: Currency::Usd };
    assert_eq!(newest[0].in_won(dollars), Some(Money::won(170_515)));
    assert_eq!(newest[0].in_won(Money::won(1)), None);
    for wrong in [
        rate("0", "2026-11-24"),
        rate("-1", "2026-11-24"),
        rate("1", "2026-11-25"),
        rate("1", "2020-01-01"),
        RateDraft { currency: "KRW".into(), ..rate("1", "2026-11-24") },
    ] {
        assert!(
            matches!(set_rate(&finance, &wrong).await.unwrap_err().kind, ErrorKind::Invalid(_)),
            "{wrong:?}"
        );
    }
    assert_eq!(set_rate(&buyer, &rate("1", "2026-11-24")).await.unwrap_err().kind, ErrorKind::Forbidden);
});

both_databases!(declared_days_are_imported_all_or_none, |db: Db| async move {
    let t = test_market(db);
    let (admin, buyer) = (t.add_person("admin").await, t.add_person("buyer").await);
    t.grant(admin, PlatformRole::Admin).await;
    let (admin, buyer) = (t.as_person(admin).await, t.as_person(buyer).await);
    let good = "2032-05-06\tsubstitute\t대체공휴일\tSubstitute holiday";
    assert!(matches!(
        import_days(&admin, &format!("{good}\nsoon\tpublic\tx\tx")).await.unwrap_err().kind,
        ErrorKind::Invalid(_)
    ));
    assert!(declared_days(&t.market).await.unwrap().is_empty());
    assert_eq!(import_days(&admin, good).await.unwrap(), 1);
    assert_eq!(import_days(&admin, good).await.unwrap(), 1);
    assert_eq!(declared_days(&t.market).await.unwrap().len(), 1);
    assert_eq!(import_days(&buyer, good).await.unwrap_err().kind, ErrorKind::Forbidden);
});

const VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, registry_status, created_at, updated_at, version) VALUES ($1, 'v', 'v', 'approved', 'v', 'v', '', '11', '', '', '', '', '', 'active', $2, $2, 1)";

both_databases!(days_off_move_deadlines_when_said_before, |db: Db| async move {
    let t = test_market(db);
    let (owner, staff) = (t.add_person("owner").await, t.add_person("staff").await);
    let system = t.market.system();
    let vendor = system.new_id();
    let mut tx = system.write().await.unwrap();
    crate::execute!(tx, VENDOR, vendor, system.now()).unwrap();
    tx.commit().await.unwrap();
    t.join(owner, vendor, VendorRole::Owner).await;
    t.join(staff, vendor, VendorRole::Staff).await;
    let (owner, staff) = (t.as_person(owner).await, t.as_person(staff).await);
    let due = |days| {
        let cx = system.clone();
        async move { days_off::due(&mut cx.read().await.unwrap(), vendor, cx.now(), days).await.unwrap() }
    };
    // Tuesday; Friday at 18:00 without, the next Tuesday with Thursday and Friday off
    let usual = due(3).await;
    days_off::add_days_off(&owner, vendor, "2026-11-26", "2026-11-27", "창립기념일").await.unwrap();
    days_off::add_days_off(&owner, vendor, "2026-11-26", "2026-11-27", "창립기념일").await.unwrap();
    let moved = due(3).await;
    assert_eq!(moved.since(usual), 4 * crate::time::DAY);
    let listed = days_off::list_days_off(&staff, vendor).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert!(
        !listed[0].holds(listed[0].first, listed[0].said_at.plus(-1)),
        "nothing for whoever asked before"
    );
    assert_eq!(
        days_off::add_days_off(&staff, vendor, "2026-12-01", "", "").await.unwrap_err().kind,
        ErrorKind::NotFound
    );
    for (first, last) in [("2026-11-01", ""), ("2026-12-10", "2026-12-01"), ("2029-01-01", ""), ("soon", "")]
    {
        assert!(
            matches!(
                days_off::add_days_off(&owner, vendor, first, last, "").await.unwrap_err().kind,
                ErrorKind::Invalid(_)
            ),
            "{first}"
        );
    }
    assert!(
        matches!(
            days_off::add_days_off(&owner, vendor, "2026-12-01", "2027-02-26", "").await.unwrap_err().kind,
            ErrorKind::Invalid(_)
        ),
        "no quarter of a year"
    );
    days_off::end_days_off(&owner, vendor, listed[0].id).await.unwrap();
    t.clock.advance(1);
    assert_eq!(due(3).await, usual);
});

both_databases!(every_statement_prepares, |db: Db| async move {
    let statements = [
        days::LIST,
        days::KEEP,
        rates::KEEP,
        rates::LIST,
        rates::NEWEST,
        days_off::LIST,
        days_off::INSERT,
        days_off::END,
        days_off::END_HOLIDAY,
    ];
    prepare_all(&db, statements).await;
});
