//! The authorisation matrix: every address of the site, asked for by everybody.
//!
//! One row an address, one column a person, in the order of [`PEOPLE`]. A `POST` carries an empty form.
//!
//! | sign | meaning |
//! |---|---|
//! | `+` | a page |
//! | `r` | done, and on to another page: a redirect |
//! | `v` | the form comes back with what is wrong: 422; 400 or 415 for a script |
//! | `c` | not any more, or not yet: 409 |
//! | `g` | over: 410 |
//! | `m` | too many: 429 |
//! | `>` | sign in first: 303 to `/sign-in`, 401 for a script |
//! | `x` | known, but not for you: 403 |
//! | `0` | does not exist for you: 404 |

use std::collections::BTreeSet;
use std::fmt::Write as _;

use http::{Method, StatusCode};
use market::both_databases;
use market::db::Db;

use crate::browser::Page;
use crate::matrix_table::ROWS;
use crate::world::{PEOPLE, World};

fn sign(page: &Page) -> Result<char, String> {
    let to = page.location();
    match page.status {
        StatusCode::SEE_OTHER if to.starts_with("/sign-in?next=") => Ok('>'),
        // a script is told so in a status, not led to a page
        StatusCode::UNAUTHORIZED => Ok('>'),
        StatusCode::FORBIDDEN => Ok('x'),
        StatusCode::NOT_FOUND => Ok('0'),
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Ok('v')
        }
        StatusCode::CONFLICT => Ok('c'),
        StatusCode::GONE => Ok('g'),
        StatusCode::TOO_MANY_REQUESTS => Ok('m'),
        status if status.is_success() => Ok('+'),
        status if status.is_redirection() => Ok('r'),
        status => Err(format!("{status}")),
    }
}

async fn actual(world: &World, method: &Method, route: &str) -> Result<String, String> {
    let path = world.path(route);
    let mut row = String::new();
    for name in PEOPLE {
        let mut browser = world.browser(name).await;
        let page =
            if *method == Method::GET { browser.get(&path).await } else { browser.post(&path, &[]).await };
        let sign =
            sign(&page).map_err(|status| format!("{method} {path} as {name}: {status}\n{}", page.body))?;
        row.push(sign);
        row.push(' ');
    }
    Ok(row.trim_end().to_owned())
}

/// Reading first: what a `POST` changes must not change what others see. What takes links back comes last.
fn in_order(mut routes: Vec<(Method, &'static str)>) -> Vec<(Method, &'static str)> {
    routes.sort_by_key(|(method, route)| (*method != Method::GET, route.ends_with("/links")));
    routes
}

both_databases!(every_door_opens_for_whom_it_should, |db: Db| async move {
    let world = World::new(db).await;
    let mut problems = String::new();
    for (method, route) in in_order(app::routes::all().list().to_vec()) {
        let expected = ROWS.iter().find(|row| row.0 == method.as_str() && row.1 == route).map(|row| row.2);
        match (actual(&world, &method, route).await, expected) {
            (Ok(row), Some(expected)) if row == expected => {}
            (Ok(row), Some(expected)) => {
                _ = writeln!(problems, "(\"{method}\", \"{route}\", \"{row}\"),   expected \"{expected}\"");
            }
            (Ok(row), None) => _ = writeln!(problems, "(\"{method}\", \"{route}\", \"{row}\"),   missing"),
            (Err(failure), _) => _ = writeln!(problems, "{failure}"),
        }
    }
    assert!(problems.is_empty(), "{PEOPLE:?}\n{problems}");
});

#[test]
fn the_table_names_each_address_once_and_no_other() {
    let known: BTreeSet<(String, &str)> =
        app::routes::all().list().iter().map(|(method, route)| (method.to_string(), *route)).collect();
    let rows: BTreeSet<(String, &str)> = ROWS.iter().map(|row| (row.0.to_owned(), row.1)).collect();
    assert_eq!(rows.len(), ROWS.len(), "a row stands twice");
    assert_eq!(
        rows.difference(&known).collect::<Vec<_>>(),
        Vec::<&(String, &str)>::new(),
        "rows of addresses that are gone"
    );
}
