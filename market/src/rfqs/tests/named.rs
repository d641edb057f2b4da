//! Vendors are invited by the names that buyers know.

use super::flow::{Ground, draft, ground, vendor};
use crate::both_databases;
use crate::db::Db;
use crate::error::{ErrorKind, Problem};
use crate::rfqs::service::{rfq_view, submit};
use crate::rfqs::{RfqDraft, RfqOutcome};

async fn rename(g: &Ground, slug: &str, ko: &str, en: &str) {
    let mut tx = g.t.market.system().write().await.unwrap();
    let sql = "UPDATE vendors SET name_ko = $2, name_en = $3 WHERE slug = $1";
    crate::execute!(tx, sql, slug, ko, en).unwrap();
    tx.commit().await.unwrap();
}

fn inviting(invited: &str) -> RfqDraft {
    RfqDraft { visibility: "invited".into(), invited: invited.into(), ..draft() }
}

both_databases!(companies_are_invited_by_name, |db: Db| async move {
    let g = ground(db).await;
    let names = [
        ("gaon", "(주)가온 벼리볼트", "Gaon Bolt Co., Ltd."),
        ("neoreun", "너른정밀", "Neoreun"),
        ("haneul", "하늘", "Sky"),
    ];
    for (slug, ko, en) in names {
        vendor(&g.t, slug).await;
        rename(&g, slug, ko, en).await;
    }
    let cx = g.as_(g.buyer).await;
    let typed = "가온벼리볼트\nNEOREUN ltd\n하늘 /vendors/haneul\n주식회사 너른 정밀";
    let RfqOutcome::Sent(id) = submit(&cx, &inviting(typed), cx.new_id()).await.unwrap() else {
        panic!("signed in")
    };
    let mut invited: Vec<String> =
        rfq_view(&cx, id).await.unwrap().invited.into_iter().map(|one| one.slug).collect();
    invited.sort();
    assert_eq!(invited, ["gaon", "haneul", "neoreun"], "each once");

    for (typed, rule) in [
        ("너른정밀\n가온", Some("rfq.invited.2")),
        ("%", Some("rfq.invited.1")),
        ("가온벼리볼트\n없는회사", Some("rfq.invited.2")),
        (" \n", None),
    ] {
        let error = submit(&cx, &inviting(typed), cx.new_id()).await.unwrap_err();
        let ErrorKind::Invalid(errors) = error.kind else { panic!("{typed}") };
        let wanted = rule.map_or(Problem::Required, |rule| Problem::Rule(rule.into()));
        assert_eq!(errors.of("invited"), Some(&wanted), "{typed}");
    }

    let typed = "없는회사\n가온벼리볼트\n아무도";
    let error = submit(&cx, &inviting(typed), cx.new_id()).await.unwrap_err();
    let ErrorKind::Invalid(errors) = error.kind else { panic!("two are nobody") };
    let said: Vec<String> = errors.0.iter().map(|error| format!("{:?}", error.problem)).collect();
    assert!(said.len() == 2 && said[0].contains("invited.1") && said[1].contains("invited.3"), "{said:?}");

    rename(&g, "haneul", "너른정밀", "Sky").await;
    let error = submit(&cx, &inviting("너른정밀"), cx.new_id()).await.unwrap_err();
    let ErrorKind::Invalid(errors) = error.kind else { panic!("two are called so") };
    assert_eq!(errors.of("invited"), Some(&Problem::Rule("rfq.invited_several.1".into())));
    submit(&cx, &inviting("/vendors/haneul"), cx.new_id()).await.unwrap();
});
