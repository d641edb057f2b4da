//! Every form pressed twice: the second press answers as the first and writes nothing; the same form with other content
//! is told so and comes back.

use std::fmt::Write as _;

use http::StatusCode;
use market::both_databases;
use market::db::Db;

use super::kept::difference;
use super::table::{CASES, Kind};
use super::{Ground, Press};

async fn pressed_twice(ground: &mut Ground, case: &super::Case) -> Result<(), String> {
    let mut press = ground.ready(case).await;
    let before = ground.kept.contents().await;
    let first = press.send().await;
    if !(first.status == StatusCode::SEE_OTHER || first.status.is_success()) {
        return Err(format!("the body is not taken: {} {}", first.status, text_of(&first.body)));
    }
    let mut between = ground.kept.contents().await;
    if case.writes && before == between {
        return Err("the first press leaves nothing".into());
    }
    let second = press.send().await;
    let mut after = ground.kept.contents().await;
    for table in case.opens {
        // only digests of links are kept: who comes again gets another way in
        between.remove(*table);
        after.remove(*table);
    }
    if between != after {
        return Err(format!("the second press writes:\n{}", difference(&between, &after)));
    }
    let led_there =
        case.then.map_or(second.location() == first.location(), |to| second.location().starts_with(to));
    if second.status != first.status || !led_there {
        return Err(format!(
            "first {} {}, then {} {} {}",
            first.status,
            first.location(),
            second.status,
            second.location(),
            text_of(&second.body)
        ));
    }
    Ok(())
}

async fn other_content(ground: &Ground, press: &Press, field: (&str, &str)) -> Result<(), String> {
    let value = ground.fill(field.1, &std::collections::BTreeMap::new());
    let before = ground.kept.contents().await;
    let page = press.with(field.0, &value).send().await;
    let after = ground.kept.contents().await;
    if before != after {
        return Err(format!("other content writes:\n{}", difference(&before, &after)));
    }
    if page.status != StatusCode::UNPROCESSABLE_ENTITY
        || !(page.body.contains("다른 내용을 한 번 더 보냈어요") || page.body.contains("이미 견적을 냈어요"))
    {
        return Err(format!("other content: {} {} {}", page.status, page.location(), text_of(&page.body)));
    }
    let secret = field.0.contains("password");
    let shown = page.body.contains(&format!("name=\"{}\"", field.0));
    if shown && !secret && !page.body.contains(&app::page::escape(&value)) {
        return Err(format!("what was typed in {} is lost", field.0));
    }
    Ok(())
}

/// The words of a page, for a message.
pub fn text_of(body: &str) -> String {
    let main = body.split("<main").nth(1).unwrap_or(body);
    let mut words = String::new();
    for piece in main.split('<') {
        words.push_str(piece.split_once('>').map_or("", |(_, text)| text));
        words.push(' ');
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(600).collect()
}

/// Forms that need no key: what they do is the same once or twice.
const KEYLESS: [&str; 5] =
    ["/sign-out", "/basket/add", "/account/privacy/export", "/desk/machinery", "/images"];

/// Forms of a page that would not notice a second press.
fn without_key(page: &str) -> Vec<String> {
    let forms = page.split("<form ").skip(1).map(|rest| rest.split("</form>").next().unwrap_or(rest));
    let posting =
        forms.filter(|form| form.split('>').next().is_some_and(|tag| tag.contains("method=\"post\"")));
    let keyless = posting.filter(|form| !form.contains("name=\"idem\""));
    let actions =
        keyless.map(|form| form.split("action=\"").nth(1).unwrap_or("").split('"').next().unwrap_or(""));
    actions.filter(|to| !KEYLESS.iter().any(|known| to.ends_with(known))).map(str::to_owned).collect()
}

both_databases!(every_form_shown_carries_its_key, |db: Db| async move {
    let ground = Ground::new(db).await;
    let mut problems = String::new();
    for (_, route) in app::routes::all().list().iter().filter(|(method, _)| *method == http::Method::GET) {
        let path = ground.world.path(route);
        for name in ["anonymous", "buyer", "owner", "curator", "admin"] {
            let page = ground.browser(name).get(&path).await;
            for action in without_key(&page.body) {
                _ = writeln!(problems, "{route} as {name}: a form to {action}");
            }
        }
    }
    assert!(problems.is_empty(), "{problems}");
});

both_databases!(every_form_pressed_twice_is_done_once, |db: Db| async move {
    let mut ground = Ground::new(db).await;
    let mut problems = String::new();
    for case in CASES {
        if let Err(why) = pressed_twice(&mut ground, case).await {
            _ = writeln!(problems, "{} as {}: {why}", case.route, case.who);
        }
    }
    assert!(problems.is_empty(), "{problems}");
});

both_databases!(the_same_form_with_other_content_comes_back, |db: Db| async move {
    let mut ground = Ground::new(db).await;
    let mut problems = String::new();
    for case in CASES.iter().filter(|case| case.kind == Kind::Form) {
        let Some(field) = case.other else { continue };
        let press = ground.ready(case).await;
        let mut press = press;
        press.send().await;
        if let Err(why) = other_content(&ground, &press, field).await {
            _ = writeln!(problems, "{} as {}: {why}", case.route, case.who);
        }
    }
    assert!(problems.is_empty(), "{problems}");
});

/// Both presses arrive before either is answered: whoever is second waits and hears the same.
async fn pressed_at_once(ground: &mut Ground, case: &super::Case) -> Result<(), String> {
    let press = ground.ready(case).await;
    let (mut one, mut two) = (press.clone(), press.clone());
    let (first, second) = tokio::join!(one.send(), two.send());
    for page in [&first, &second] {
        if !(page.status == StatusCode::SEE_OTHER || page.status.is_success()) {
            return Err(format!("{} {}", page.status, text_of(&page.body)));
        }
    }
    let same = first.location() == second.location();
    // for those that leave, whoever is second is nobody any more
    let elsewhere = [&first, &second]
        .into_iter()
        .filter(|page| case.then.is_some_and(|to| page.location().starts_with(to)));
    if !same && elsewhere.count() == 0 {
        return Err(format!("{} and {}", first.location(), second.location()));
    }
    let mut between = ground.kept.contents().await;
    one.send().await;
    let mut after = ground.kept.contents().await;
    for table in case.opens {
        between.remove(*table);
        after.remove(*table);
    }
    if between == after {
        Ok(())
    } else {
        Err(format!("a third press writes:\n{}", difference(&between, &after)))
    }
}

both_databases!(two_presses_at_the_same_moment_are_one, |db: Db| async move {
    let mut ground = Ground::new(db).await;
    let mut problems = String::new();
    for case in CASES.iter().filter(|case| case.kind == Kind::Form) {
        if let Err(why) = pressed_at_once(&mut ground, case).await {
            _ = writeln!(problems, "{} as {}: {why}", case.route, case.who);
        }
    }
    assert!(problems.is_empty(), "{problems}");
});
