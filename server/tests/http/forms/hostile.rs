//! Every field of every form with what nobody should type: nothing breaks, nothing comes back as markup, a refusal says
//! where, keeps what was typed and changes nothing.

use std::fmt::Write as _;

use http::StatusCode;
use market::both_databases;
use market::db::Db;

use super::table::{CASES, Case, Kind};
use super::twice::text_of;
use super::{Ground, Press};
use crate::browser::Page;

/// What is typed. Bytes, because not everything that arrives is UTF-8.
const HOSTILE: &[(&str, &[u8])] = &[
    ("nothing", b""),
    ("markup", b"\"><script>alert(1)</script><img src=x onerror=alert(1)>'"),
    ("SQL", b"'); DROP TABLE users; --' OR '1'='1"),
    ("control characters and NUL", b"a\0b\x01\x07\x1b[31m\x7f\xc2\x85c\r\nX: y"),
    ("CP949", b"\xb0\xa1\xb3\xaa\xb4\xd9 \xc6\xaf"),
    ("decomposed", "\u{1100}\u{1161}\u{11a8}\u{1107}\u{1169}\u{11af}\u{1110}\u{1173}".as_bytes()),
    ("bidi and emoji", "\u{202e}gpj.exe\u{202c}\u{2066}🔩👩\u{200d}🔧\u{1f1f0}\u{1f1f7}\u{feff}".as_bytes()),
    ("a number beyond all", b"-99999999999999999999999999.0000000000000000000000000001e400"),
    ("another place", b"https://evil.example/\\..//../../etc/passwd"),
];

/// Fields that name a thing: what is not there does not exist.
const NAMES: [&str; 11] =
    ["block", "listing", "person", "vendor", "slot", "job", "kind", "search", "id", "days", "session"];
/// Fields in which a browser sends what the form was made from; what does not fit is answered as stale.
const VERSIONS: [&str; 2] = ["version", "revision"];
/// Fields that nobody sees.
const HIDDEN: [&str; 12] =
    ["lines", "then", "act", "action", "send", "row", "all", "next", "state", "until", "quoting", "q"];

fn allowed(field: &str, status: StatusCode) -> bool {
    match status {
        StatusCode::OK | StatusCode::SEE_OTHER | StatusCode::UNPROCESSABLE_ENTITY => true,
        StatusCode::NOT_FOUND => NAMES.contains(&field) || HIDDEN.contains(&field),
        StatusCode::CONFLICT => VERSIONS.contains(&field),
        _ => false,
    }
}

/// As a browser reads it.
fn plain(page: &str) -> String {
    page.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// What is wrong with an answer; nothing as a rule.
fn judge(field: &str, typed: &[u8], page: &Page) -> Result<(), String> {
    if !allowed(field, page.status) {
        return Err(format!("{} {}", page.status, text_of(&page.body)));
    }
    if page.body.contains("<script>alert") || page.body.contains("<img src=x") {
        return Err("markup comes back as markup".into());
    }
    let to = page.location();
    if page.status == StatusCode::SEE_OTHER && (!to.starts_with('/') || to.starts_with("//")) {
        return Err(format!("leads to {to}"));
    }
    if page.status != StatusCode::UNPROCESSABLE_ENTITY {
        return Ok(());
    }
    if page.headers.get("content-type").is_some_and(|kind| kind == "application/json") {
        return Ok(());
    }
    if !page.body.contains("role=\"alert\"") && !page.body.contains("<h1>") {
        return Err("nobody is told what is wrong".into());
    }
    let shown = page.body.contains(&format!("id=\"{field}\"")) && !field.contains("password");
    if !shown {
        return Ok(());
    }
    if !page.body.contains(&format!("id=\"{field}-err\"")) && !page.body.contains("id=\"images-err\"") {
        return Err(format!("nothing beside the field: {}", text_of(&page.body)));
    }
    let typed = String::from_utf8_lossy(typed).replace('\0', "");
    if is_typed(&page.body, field) && !plain(&page.body).contains(&typed) {
        return Err("what was typed is lost".into());
    }
    Ok(())
}

/// Whether a field is one to type in; what cannot be chosen cannot come back chosen.
fn is_typed(page: &str, field: &str) -> bool {
    let Some(at) = page.find(&format!("id=\"{field}\"")) else { return false };
    let tag = &page[page[..at].rfind('<').unwrap_or(0)..];
    let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
    let choice = ["radio", "checkbox", "hidden"].iter().any(|kind| tag.contains(&format!("type=\"{kind}\"")));
    tag.starts_with("<textarea") || (tag.starts_with("<input") && !choice)
}

async fn sweep(ground: &mut Ground, case: &Case, typed: &[(&str, &[u8])], problems: &mut String) {
    for (field, _) in case.body {
        let mut ready: Option<Press> = None;
        let mut before = super::kept::Contents::new();
        for (what, bytes) in typed {
            if ready.is_none() {
                ready = Some(ground.ready(case).await);
                before = ground.kept.contents().await;
            }
            let page = ready.as_ref().unwrap().clone().send_with(field, bytes).await;
            if let Err(why) = judge(field, bytes, &page) {
                _ = writeln!(problems, "{} as {}, {what} in {field}: {why}", case.route, case.who);
            }
            if page.status == StatusCode::SEE_OTHER || page.status == StatusCode::OK {
                ready = None;
                continue;
            }
            let after = ground.kept.contents().await;
            if after != before {
                let difference = super::kept::difference(&before, &after);
                _ = writeln!(
                    problems,
                    "{} as {}, {what} in {field}: refused, yet\n{difference}",
                    case.route, case.who
                );
                ready = None;
            }
        }
    }
}

async fn swept(db: Db, part: usize) {
    let typed: Vec<(&str, &[u8])> = if db.is_postgres() {
        // what SQLite takes and PostgreSQL may not
        HOSTILE
            .iter()
            .filter(|(_, bytes)| {
                std::str::from_utf8(bytes).is_err() || bytes.contains(&0) || bytes.starts_with(b"-")
            })
            .copied()
            .collect()
    } else {
        HOSTILE.iter().copied().chain([("very much", LONG.as_bytes())]).collect()
    };
    let mut ground = Ground::new(db).await;
    let mut problems = String::new();
    for case in CASES.iter().filter(|case| case.kind != Kind::Picture).skip(part).step_by(PARTS) {
        sweep(&mut ground, case, &typed, &mut problems).await;
    }
    assert!(problems.is_empty(), "{problems}");
}

const PARTS: usize = 2;
/// Longer than any field may be, shorter than a form may be.
static LONG: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| "가".repeat(20_000));

both_databases!(strings_that_broke_others_break_no_name, |db: Db| async move {
    let ground = Ground::new(db).await;
    let list: Vec<String> = serde_json::from_str(include_str!("../../fixtures/hostile/blns.json")).unwrap();
    let mut buyer = ground.browser("buyer");
    for text in &list {
        let fields = [("name", text.as_str()), ("phone", ""), ("company", text.as_str()), ("lang", "ko")];
        let page = buyer.post("/account", &fields).await;
        let taken = page.status == StatusCode::SEE_OTHER;
        assert!(taken || page.status == StatusCode::UNPROCESSABLE_ENTITY, "{text:?}: {}", page.status);
        let shown = if taken { buyer.get("/account").await.expect(StatusCode::OK) } else { page };
        for markup in ["<script>alert", "<img src=x", "<svg>", "onerror=alert(1)>", "<iframe"] {
            assert!(!shown.body.contains(markup), "{text:?} comes back as markup");
        }
    }
});

both_databases!(hostile_input_in_one_half_of_the_forms, |db: Db| swept(db, 0));
both_databases!(hostile_input_in_the_other_half, |db: Db| swept(db, 1));
