//! Both engines have the same tables: columns, what may be missing, keys and indexes.

use std::collections::{BTreeMap, BTreeSet};

use crate::testing::{fresh_postgres, fresh_sqlite};

const COLUMNS_SQLITE: &str = "SELECT m.name, c.name, c.type, c.\"notnull\" OR c.pk > 0 FROM sqlite_schema m \
    JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations'";
const COLUMNS_POSTGRES: &str = "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT), \
    CAST(CASE WHEN is_nullable = 'NO' THEN 1 ELSE 0 END AS BIGINT) \
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'";
/// Keys and indexes, each as a line: table, columns, what it asks, and its name unless the engine gave it one. A primary key
/// may be the row's own number, which has no index in SQLite.
const INDEXES_SQLITE: &str = "SELECT m.name || '(' || (SELECT group_concat(x.name || CASE WHEN x.desc THEN ' desc' ELSE '' END, ',') \
    FROM (SELECT COALESCE(i.name, '?') AS name, i.desc FROM pragma_index_xinfo(l.name) i WHERE i.\"key\" ORDER BY i.seqno) x) || ')' \
    || CASE WHEN l.\"unique\" THEN ' unique' ELSE '' END || CASE WHEN l.partial THEN ' partial' ELSE '' END \
    || CASE WHEN l.origin = 'c' THEN ' ' || l.name ELSE '' END \
    FROM sqlite_schema m JOIN pragma_index_list(m.name) l WHERE m.type = 'table' AND m.name <> '_sqlx_migrations' AND l.origin <> 'pk' \
    UNION ALL SELECT k.table_name || '(' || group_concat(k.name, ',') || ') primary' FROM (SELECT m.name AS table_name, c.name \
    FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' \
    AND m.name <> '_sqlx_migrations' AND c.pk > 0 ORDER BY m.name, c.pk) k GROUP BY k.table_name";
const INDEXES_POSTGRES: &str = "SELECT t.relname || '(' || (SELECT string_agg(COALESCE(a.attname, '?') \
    || CASE WHEN (x.indoption[k.place - 1] & 1) = 1 THEN ' desc' ELSE '' END, ',' ORDER BY k.place) \
    FROM unnest(x.indkey) WITH ORDINALITY k(number, place) \
    LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.number AND k.number <> 0) || ')' \
    || CASE WHEN x.indisprimary THEN ' primary' WHEN x.indisunique THEN ' unique' ELSE '' END \
    || CASE WHEN x.indpred IS NULL THEN '' ELSE ' partial' END \
    || CASE WHEN EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype IN ('p', 'u')) THEN '' ELSE ' ' || i.relname END \
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid \
    JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = 'public' AND t.relname <> '_sqlx_migrations'";

type Row = (String, String, String, i64);
type Columns = BTreeMap<(String, String), (&'static str, bool)>;

fn columns(rows: Vec<Row>) -> Columns {
    let described = |(table, column, kind, required): Row| ((table, column), (family(&kind), required == 1));
    rows.into_iter().map(described).collect()
}

/// What a column holds, whatever the engine calls it.
fn family(kind: &str) -> &'static str {
    match kind.to_ascii_lowercase().as_str() {
        "bigint" | "integer" => "number",
        "text" => "text",
        "blob" | "uuid" | "bytea" => "bytes",
        "boolean" => "truth",
        "double precision" | "real" => "fraction",
        _ => "unknown",
    }
}

#[tokio::test]
async fn both_engines_have_the_same_tables() {
    let Some(postgres) = fresh_postgres().await else { return };
    let sqlite = fresh_sqlite().await;
    let mut conn = sqlite.db.read().await.unwrap();
    let one = columns(crate::fetch_all!(conn, Row, COLUMNS_SQLITE).unwrap());
    let one_indexes = crate::fetch_all!(conn, (String,), INDEXES_SQLITE).unwrap();
    drop(conn);
    let mut conn = postgres.db.read().await.unwrap();
    let other = columns(crate::fetch_all!(conn, Row, COLUMNS_POSTGRES).unwrap());
    let other_indexes = crate::fetch_all!(conn, (String,), INDEXES_POSTGRES).unwrap();
    drop(conn);
    assert!(one.len() > 400, "{}", one.len());
    assert!(one.values().all(|(family, _)| *family != "unknown"), "{one:?}");
    let differing: Vec<_> = one.iter().filter(|(column, kind)| other.get(*column) != Some(kind)).collect();
    assert!(
        differing.is_empty() && one.len() == other.len(),
        "{differing:?}, {} and {}",
        one.len(),
        other.len()
    );
    let one: BTreeSet<String> = one_indexes.into_iter().map(|(line,)| line).collect();
    let other: BTreeSet<String> = other_indexes.into_iter().map(|(line,)| line).collect();
    assert!(one.len() > 150, "{}", one.len());
    assert!(one == other, "{:?}", one.symmetric_difference(&other).collect::<Vec<_>>());
    sqlite.remove().await;
    postgres.remove().await;
}
