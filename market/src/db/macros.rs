//! The query macros: one SQL text with `$1` placeholders, run on whichever engine the handle is.
//!
//! `fetch_one!(db, Row, SQL, arg, …)` and its siblings take any [`Handle`](super::Handle). Arguments
//! are evaluated once, in the arm that runs. Each counts as one statement (see [`count_statement`]).

/// Runs a query that must give exactly one row.
#[macro_export]
macro_rules! fetch_one {
    ($db:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        $crate::run_query!($db, $row, fetch_one, $sql $(, $arg)*)
    };
}

/// Runs a query that gives one row or none.
#[macro_export]
macro_rules! fetch_optional {
    ($db:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        $crate::run_query!($db, $row, fetch_optional, $sql $(, $arg)*)
    };
}

/// Runs a query that gives any number of rows.
#[macro_export]
macro_rules! fetch_all {
    ($db:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        $crate::run_query!($db, $row, fetch_all, $sql $(, $arg)*)
    };
}

/// Runs a statement; gives the number of rows it changed.
#[macro_export]
macro_rules! execute {
    ($db:expr, $sql:expr $(, $arg:expr)* $(,)?) => {{
        $crate::db::count_statement();
        match $crate::db::Handle::link(&mut $db) {
            $crate::db::Link::Sqlite(link) => {
                sqlx::query($sql)$(.bind($arg))*.execute(link).await.map(|done| done.rows_affected()).map_err($crate::Error::from)
            }
            $crate::db::Link::Postgres(link) => {
                sqlx::query($sql)$(.bind($arg))*.execute(link).await.map(|done| done.rows_affected()).map_err($crate::Error::from)
            }
        }
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! run_query {
    ($db:expr, $row:ty, $how:ident, $sql:expr $(, $arg:expr)*) => {{
        $crate::db::count_statement();
        match $crate::db::Handle::link(&mut $db) {
            $crate::db::Link::Sqlite(link) => {
                sqlx::query_as::<sqlx::Sqlite, $row>($sql)$(.bind($arg))*.$how(link).await.map_err($crate::Error::from)
            }
            $crate::db::Link::Postgres(link) => {
                sqlx::query_as::<sqlx::Postgres, $row>($sql)$(.bind($arg))*.$how(link).await.map_err($crate::Error::from)
            }
        }
    }};
}

tokio::task_local! {
    static STATEMENTS: std::cell::Cell<u32>;
}

/// Counts one statement of the current task; a no-op outside [`counting_statements`].
pub fn count_statement() {
    let _ = STATEMENTS.try_with(|count| count.set(count.get() + 1));
}

/// Runs `work` and tells how many SQL statements it issued (the ceilings per page are tests).
pub async fn counting_statements<T>(work: impl Future<Output = T>) -> (T, u32) {
    STATEMENTS
        .scope(std::cell::Cell::new(0), async {
            let out = work.await;
            (out, STATEMENTS.with(std::cell::Cell::get))
        })
        .await
}
