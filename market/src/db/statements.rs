//! Every statement of the source, in one go: both engines understand it, and somebody runs it. Read from the text, so that
//! nobody has to remember a list.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::HashMap;
use std::path::Path;

use sqlx::{AssertSqlSafe, Executor as _, SqlSafeStr as _};

use super::{Handle as _, Link};
use crate::testing::{fresh_postgres, fresh_sqlite};

/// A table that is made for measuring the driver alone.
const BENCH: &str = "INTO bare (";

/// A constant that holds a statement.
struct Statement {
    place: String,
    name: String,
    /// None where it is put together from pieces.
    sql: Option<String>,
}

/// What is compiled into the program, without its tests.
struct Source {
    statements: Vec<Statement>,
    /// How often each name stands there.
    names: HashMap<String, usize>,
}

fn read_source() -> Source {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut source = Source { statements: Vec::new(), names: HashMap::new() };
    for folder in ["market/src", "app/src", "server/src"] {
        read_folder(&root.join(folder), &mut source);
    }
    source
}

fn read_folder(folder: &Path, source: &mut Source) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name == "tests" || name == "testing" || name.ends_with("_tests") {
            continue;
        }
        if path.is_dir() {
            read_folder(&path, source);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            // modules of tests without a file of their own stand at the end
            let text = text.split("\nmod tests {").next().unwrap_or_default();
            // whole files that only tests include say so with the reason of their expectations
            if !text.contains("#![expect(clippy::unwrap_used, reason = \"tests\")]") {
                read_text(text, &path.display().to_string(), source);
            }
        }
    }
}

fn read_text(text: &str, place: &str, source: &mut Source) {
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    for word in code.flat_map(|line| line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))) {
        if word.chars().all(is_part) && word.contains(|c: char| c.is_ascii_uppercase()) {
            *source.names.entry(word.to_owned()).or_default() += 1;
        }
    }
    for piece in text.split("const ").skip(1) {
        let Some((name, rest)) = piece.split_once(": &str =") else { continue };
        if !name.chars().all(is_part) {
            continue;
        }
        let rest = rest.trim_start();
        let first = rest.trim_start_matches("concat!(").trim_start();
        let sql = first.strip_prefix('"').map(literal);
        let begins = |word: &str| sql.as_ref().is_some_and(|sql| sql.trim_start().starts_with(word));
        let is_statement = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "].into_iter().any(begins)
            || first.contains("select_cards!") && first.starts_with("crate::");
        if is_statement {
            source.statements.push(Statement {
                place: place.to_owned(),
                name: name.to_owned(),
                sql: sql.filter(|_| rest.starts_with('"')),
            });
        }
    }
}

/// A text as the compiler reads it, from behind its first quote to its last.
fn literal(text: &str) -> String {
    let (mut out, mut chars) = (String::new(), text.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => match chars.next() {
                Some('\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
                Some('n') => out.push('\n'),
                Some('u') => {
                    let code: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                    out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                Some(other) => out.push(other),
                None => break,
            },
            other => out.push(other),
        }
    }
    out
}

#[test]
fn texts_are_read_as_the_compiler_does() {
    assert_eq!(literal("a \\\n    b\\\\ \\\"c\\\" \\u{1d}\" d"), "a b\\ \"c\" \u{1d}");
}

#[test]
fn somebody_runs_every_statement() {
    let source = read_source();
    assert!(source.statements.len() > 450, "{}", source.statements.len());
    let unused: Vec<_> = source
        .statements
        .iter()
        .filter(|statement| source.names.get(&statement.name).is_none_or(|times| *times < 2))
        .map(|statement| format!("{} {}", statement.place, statement.name))
        .collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[tokio::test]
async fn both_engines_understand_every_statement() {
    let source = read_source();
    let written = source.statements.iter().filter(|statement| statement.sql.is_some());
    assert!(written.count() > 400);
    let mut wrong = Vec::new();
    let sqlite = fresh_sqlite().await;
    let postgres = fresh_postgres().await;
    for test in std::iter::once(&sqlite).chain(&postgres) {
        let other = if test.db.is_postgres() { "_SQLITE" } else { "_POSTGRES" };
        let mut conn = test.db.read().await.unwrap();
        for statement in source.statements.iter().filter(|statement| !statement.name.ends_with(other)) {
            let Some(sql) = statement.sql.as_ref().filter(|sql| !sql.contains(BENCH)) else { continue };
            let sql = AssertSqlSafe(sql.clone()).into_sql_str();
            let refused = match conn.link() {
                Link::Sqlite(link) => link.prepare(sql).await.err(),
                Link::Postgres(link) => link.prepare(sql).await.err(),
            };
            wrong.extend(refused.map(|why| format!("{} {}: {why}", statement.place, statement.name)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    sqlite.remove().await;
    if let Some(postgres) = postgres {
        postgres.remove().await;
    }
}
