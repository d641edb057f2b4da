//! The federation's own people: roles and offices, given at the desk and on the command line.

use http::StatusCode;
use market::accounts::access::PlatformRole;
use market::both_databases;
use market::db::Db;

use crate::testapp::TestApp;

both_databases!(the_desk_gives_and_takes_roles, |db: Db| async move {
    let app = TestApp::new(db);
    let (me, mut admin) = app.team_member("admin", PlatformRole::Admin).await;
    let (id, mut mina) = app.person("mina").await;
    mina.get("/desk/inbox").await.expect(StatusCode::FORBIDDEN);
    let page = admin.get("/desk/people").await.expect(StatusCode::OK).says("연합회 사람").says("관리자");
    let fields = [("email", "mina@example.test"), ("role", "curator"), ("then", "ask")];
    // Enter asks first
    let asked = admin.post("/desk/people", &fields).await.expect(StatusCode::OK);
    asked.says("value=\"mina@example.test\"").says("<details open class=\"asked mt-5\"");
    mina.get("/desk/inbox").await.expect(StatusCode::FORBIDDEN);
    let idem = page.idem();
    let give = [("email", "mina@example.test"), ("role", "curator"), ("then", "grant"), ("idem", &*idem)];
    for _ in 0..2 {
        let done = admin.post("/desk/people", &give).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(done.location(), "/desk/people?done=given");
    }
    mina.get("/desk/inbox").await.expect(StatusCode::OK);
    mina.get("/desk/people").await.expect(StatusCode::FORBIDDEN);
    admin.get("/desk/people").await.expect(StatusCode::OK).says("mina@example.test").says("admin 님이 정함");
    admin.get("/desk/audit").await.expect(StatusCode::OK).says("역할을 줬어요").says("curator");
    let nobody = [("email", "nobody@example.test"), ("role", "curator"), ("then", "grant")];
    let refused = admin.post("/desk/people", &nobody).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("가입하고 이메일을 확인한 사람이 없어요").says("value=\"nobody@example.test\"");
    let (me, id) = (me.to_string(), id.to_string());
    let last = [("person", &*me), ("post", "admin"), ("then", "revoke")];
    let refused = admin.post("/desk/people", &last).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("관리자가 한 명뿐이라");
    let take = [("person", &*id), ("post", "curator"), ("then", "revoke")];
    admin.post("/desk/people", &take).await.expect(StatusCode::SEE_OTHER);
    mina.get("/desk/inbox").await.expect(StatusCode::FORBIDDEN);
    // an officer of a chapter that the command line made
    let add = server::admin::ChapterCommand::Add {
        slug: "gyeonggi".into(),
        name_ko: "경기연합회".into(),
        name_en: "Gyeonggi".into(),
        region: "gyeonggi".into(),
    };
    let run = server::admin::AdminCommand::Chapter { command: add };
    assert_eq!(server::admin::run(&app.test.market, run).await.unwrap(), "gyeonggi is new");
    let office = [("email", "mina@example.test"), ("role", "officer:gyeonggi"), ("then", "grant")];
    admin.post("/desk/people", &office).await.expect(StatusCode::SEE_OTHER);
    admin.get("/desk/people").await.expect(StatusCode::OK).says("경기연합회 임원");
    mina.get("/desk/inbox").await.expect(StatusCode::OK);
    let take = [("person", &*id), ("post", "officer:gyeonggi"), ("then", "revoke")];
    admin.post("/desk/people", &take).await.expect(StatusCode::SEE_OTHER);
    mina.get("/desk/inbox").await.expect(StatusCode::FORBIDDEN);
});

both_databases!(the_command_line_gives_roles_chapters_and_offices, |db: Db| async move {
    use server::admin::{AdminCommand as A, ChapterCommand, OfficerCommand, run};
    let app = TestApp::new(db);
    let (_, mut mina) = app.person("mina").await;
    let email = || "mina@example.test".to_owned();
    let market = &app.test.market;
    let grant = |role: &str| A::Grant { email: email(), role: role.into() };
    let revoke = |role: &str| A::Revoke { email: email(), role: role.into() };
    assert_eq!(run(market, grant("moderator")).await.unwrap(), "mina@example.test is now moderator");
    assert_eq!(run(market, grant("moderator")).await.unwrap(), "mina@example.test was already moderator");
    mina.get("/desk/inbox").await.expect(StatusCode::OK);
    assert_eq!(run(market, revoke("moderator")).await.unwrap(), "mina@example.test is no longer moderator");
    assert_eq!(run(market, revoke("moderator")).await.unwrap(), "mina@example.test was not moderator");
    mina.get("/desk/inbox").await.expect(StatusCode::FORBIDDEN);
    run(market, grant("admin")).await.unwrap();
    assert!(run(market, revoke("admin")).await.unwrap_err().contains("only admin"));
    assert!(run(market, grant("king")).await.unwrap_err().contains("curator, moderator, finance, admin"));
    let nobody = A::Grant { email: "nobody@example.test".into(), role: "curator".into() };
    assert!(run(market, nobody).await.unwrap_err().contains("Nobody has joined"));

    let list = || A::Chapter { command: ChapterCommand::List };
    assert_eq!(run(market, list()).await.unwrap(), "no chapters yet");
    let chapter = |slug: &str, region: &str| {
        let (name_ko, name_en) = ("경기연합회".into(), "Gyeonggi".into());
        let command = ChapterCommand::Add { slug: slug.into(), name_ko, name_en, region: region.into() };
        A::Chapter { command }
    };
    assert_eq!(run(market, chapter("gyeonggi", "경기")).await.unwrap(), "gyeonggi is new");
    assert_eq!(run(market, chapter("gyeonggi", "41")).await.unwrap(), "gyeonggi was there already");
    assert!(run(market, chapter("gyeonggi", "atlantis")).await.unwrap_err().contains("--region"));
    assert_eq!(run(market, list()).await.unwrap(), "gyeonggi\t41\t경기연합회\tGyeonggi");
    let officer = |add: bool, chapter: &str| {
        let (email, chapter) = (email(), chapter.to_owned());
        let command = if add {
            OfficerCommand::Add { email, chapter }
        } else {
            OfficerCommand::Remove { email, chapter }
        };
        A::Officer { command }
    };
    let said = run(market, officer(true, "gyeonggi")).await.unwrap();
    assert_eq!(said, "mina@example.test is now an officer of gyeonggi");
    assert!(run(market, officer(true, "seoul")).await.unwrap_err().contains("chapter list"));
    let said = run(market, officer(false, "gyeonggi")).await.unwrap();
    assert_eq!(said, "mina@example.test is no longer an officer of gyeonggi");
});

#[test]
fn the_commands_are_typed_as_the_manual_says() {
    use clap::Parser;
    let manual = include_str!("../../../docs/OPERATIONS.md");
    let typed = manual.lines().filter(|line| line.starts_with("server admin "));
    let typed: Vec<&str> = typed.filter_map(|line| line.split("   #").next()).collect();
    assert!(typed.len() >= 4, "{typed:?}");
    for line in typed {
        let words = line.split_whitespace().map(|word| word.trim_matches('"'));
        let parsed = server::commands::Cli::try_parse_from(words);
        assert!(parsed.is_ok(), "{line}: {parsed:?}");
    }
}
