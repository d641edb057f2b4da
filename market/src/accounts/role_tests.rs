//! Giving and taking roles and offices, on both databases.
#![expect(clippy::unwrap_used, reason = "tests")]

use uuid::Uuid;

use super::access::PlatformRole;
use super::offices::{self, ChapterDraft, Written};
use super::roles::{self, Post};
use crate::both_databases;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::{ErrorKind, Problem};
use crate::testing::{TestMarket, test_market};

const RECORDED: &str = "SELECT action, data FROM audit_log WHERE action LIKE 'role.%' OR action LIKE 'officer.%' OR action LIKE 'chapter.%' ORDER BY seq";
const GIVERS: &str = "SELECT granted_by FROM user_roles WHERE user_id = $1 AND role = $2";
const UNCONFIRM: &str = "UPDATE users SET email_confirmed_at = NULL WHERE id = $1";

async fn admin(t: &TestMarket) -> Cx {
    let id = t.add_person("admin").await;
    t.grant(id, PlatformRole::Admin).await;
    t.as_person(id).await
}

async fn recorded(cx: &Cx) -> Vec<String> {
    let rows = crate::fetch_all!(cx.read().await.unwrap(), (String, String), RECORDED).unwrap();
    rows.into_iter().map(|(action, _)| action).collect()
}

fn problem(error: crate::Error, field: &str) -> Problem {
    match error.kind {
        ErrorKind::Invalid(errors) => errors.of(field).unwrap().clone(),
        other => panic!("{other:?}"),
    }
}

async fn roles_of(t: &TestMarket, id: Uuid) -> Vec<PlatformRole> {
    t.as_person(id).await.actor.person().unwrap().roles.clone()
}

both_databases!(a_role_is_given_once_and_taken_once, |db: Db| async move {
    let t = test_market(db);
    let admin = admin(&t).await;
    let id = t.add_person("mina").await;
    assert!(roles::grant(&admin, " Mina@Example.Test ", "curator").await.unwrap());
    assert!(!roles::grant(&admin, "mina@example.test", "curator").await.unwrap(), "again is fine");
    assert!(roles::grant(&t.market.system(), "mina@example.test", "finance").await.unwrap());
    assert_eq!(roles_of(&t, id).await.len(), 2);
    let mut db = admin.read().await.unwrap();
    let by = crate::fetch_one!(db, (Option<Uuid>,), GIVERS, id, "curator").unwrap().0;
    assert_eq!(by, admin.actor.user_id());
    assert_eq!(
        crate::fetch_one!(db, (Option<Uuid>,), GIVERS, id, "finance").unwrap().0,
        None,
        "command line"
    );
    drop(db);
    let team = roles::team(&admin).await.unwrap();
    let mina = team.iter().find(|person| person.id == id).unwrap();
    assert_eq!(mina.posts.len(), 2);
    assert_eq!(mina.posts.iter().filter(|held| held.giver.as_deref() == Some("admin")).count(), 1);
    assert!(roles::revoke(&admin, "mina@example.test", "curator").await.unwrap());
    assert!(!roles::take(&admin, id, PlatformRole::Curator).await.unwrap(), "again is fine");
    assert_eq!(roles_of(&t, id).await, [PlatformRole::Finance]);
    assert_eq!(recorded(&admin).await, ["role.grant", "role.grant", "role.revoke"], "what changed, no more");
});

both_databases!(one_admin_always_stays, |db: Db| async move {
    let t = test_market(db);
    let first = admin(&t).await;
    let id = first.actor.user_id().unwrap();
    let last = Problem::Rule("role.last_admin".into());
    assert_eq!(problem(roles::take(&first, id, PlatformRole::Admin).await.unwrap_err(), "role"), last);
    let system = t.market.system();
    assert_eq!(
        problem(roles::revoke(&system, "admin@example.test", "admin").await.unwrap_err(), "role"),
        last
    );
    let other = t.add_person("other").await;
    roles::grant(&first, "other@example.test", "admin").await.unwrap();
    let second = t.as_person(other).await;
    // each takes the other's role at the same moment
    let (one, two) = tokio::join!(
        roles::take(&first, other, PlatformRole::Admin),
        roles::take(&second, id, PlatformRole::Admin)
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    let left = [roles_of(&t, id).await, roles_of(&t, other).await].concat();
    assert_eq!(left, [PlatformRole::Admin]);
});

both_databases!(only_admins_give_and_only_to_people_that_there_are, |db: Db| async move {
    let t = test_market(db);
    let admin = admin(&t).await;
    let curator = t.add_person("curator").await;
    t.grant(curator, PlatformRole::Curator).await;
    let curator = t.as_person(curator).await;
    let forbidden = |result: crate::Result<bool>| assert_eq!(result.unwrap_err().kind, ErrorKind::Forbidden);
    forbidden(roles::grant(&curator, "curator@example.test", "admin").await);
    forbidden(roles::take(&curator, admin.actor.user_id().unwrap(), PlatformRole::Admin).await);
    forbidden(offices::appoint(&curator, "curator@example.test", "gyeonggi").await);
    assert_eq!(roles::team(&curator).await.unwrap_err().kind, ErrorKind::Forbidden);
    assert_eq!(roles::team(&t.visitor()).await.unwrap_err().kind, ErrorKind::NotSignedIn);
    assert_eq!(
        problem(roles::grant(&admin, "curator@example.test", "king").await.unwrap_err(), "role"),
        Problem::NotChoice
    );
    let nobody = Problem::Rule("role.no_account".into());
    assert_eq!(
        problem(roles::grant(&admin, "no@example.test", "curator").await.unwrap_err(), "email"),
        nobody
    );
    let unproved = t.add_person("unproved").await;
    let mut tx = admin.write().await.unwrap();
    crate::execute!(tx, UNCONFIRM, unproved).unwrap();
    tx.commit().await.unwrap();
    let typed = roles::grant(&admin, "unproved@example.test", "curator").await.unwrap_err();
    assert_eq!(problem(typed, "email"), nobody, "anybody may have typed the address");
    assert_eq!(
        roles::take(&admin, Uuid::from_u128(7), PlatformRole::Curator).await.unwrap_err().kind,
        ErrorKind::NotFound
    );
});

both_databases!(chapters_and_their_officers, |db: Db| async move {
    let t = test_market(db);
    let cx = t.market.system();
    let mut draft = ChapterDraft {
        slug: "gyeonggi".into(),
        name_ko: "경기연합회".into(),
        name_en: "Gyeonggi Chapter".into(),
        region: "경기".into(),
    };
    assert_eq!(offices::write_chapter(&cx, &draft).await.unwrap(), Written::Added);
    assert_eq!(offices::write_chapter(&cx, &draft).await.unwrap(), Written::Unchanged);
    draft.name_en = "Gyeonggi".into();
    draft.region = "41".into();
    assert_eq!(offices::write_chapter(&cx, &draft).await.unwrap(), Written::Corrected);
    let wrong = ChapterDraft { slug: "경기".into(), region: "화성".into(), ..draft.clone() };
    let refused = offices::write_chapter(&cx, &wrong).await.unwrap_err();
    let ErrorKind::Invalid(errors) = &refused.kind else { panic!("{refused:?}") };
    assert!(errors.of("slug").is_some() && errors.of("region") == Some(&Problem::NotChoice));
    let chapters = offices::chapters(&cx).await.unwrap();
    assert_eq!(chapters.len(), 1);
    let chapter = chapters.first().unwrap();
    assert_eq!((&*chapter.name_en, &*chapter.region), ("Gyeonggi", "41"));

    let id = t.add_person("officer").await;
    assert!(offices::appoint(&cx, "officer@example.test", "gyeonggi").await.unwrap());
    assert!(!offices::appoint(&cx, "officer@example.test", "gyeonggi").await.unwrap());
    assert_eq!(t.as_person(id).await.actor.person().unwrap().officer_of, [chapter.id]);
    let nowhere = offices::appoint(&cx, "officer@example.test", "atlantis").await.unwrap_err();
    assert_eq!(problem(nowhere, "chapter"), Problem::NotChoice);
    let team = roles::team(&cx).await.unwrap();
    let held = &team.first().unwrap().posts.first().unwrap().post;
    assert_eq!(held, &Post::Officer("gyeonggi".into()));
    assert_eq!(Post::from_code(&held.code()).as_ref(), Some(held));
    assert!(offices::dismiss(&cx, "officer@example.test", "gyeonggi").await.unwrap());
    assert!(!offices::take(&cx, id, "gyeonggi").await.unwrap());
    assert!(t.as_person(id).await.actor.person().unwrap().officer_of.is_empty());
    assert_eq!(recorded(&cx).await, ["chapter.add", "chapter.edit", "officer.add", "officer.remove"]);
});
