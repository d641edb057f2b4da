//! The database: SQLite embedded by default, PostgreSQL to scale, one SQL text for both.
//!
//! Owns connecting, the read and write doors, transactions, migrations and error mapping. Queries
//! live beside their noun in `<noun>/store.rs` as constants, run through the macros of this module.

#[cfg(all(test, feature = "testing"))]
mod backfill;
mod connect;
mod errors;
mod inline;
pub mod macros;
mod migrate;
#[cfg(all(test, feature = "testing"))]
mod parity;
#[cfg(all(test, feature = "testing"))]
mod statements;
mod writer;

pub use connect::{Conn, Db, Handle, Link, Tx};
pub use errors::{DatabaseError, RACE, unique_violation};
pub use inline::{Arg, Readers};
pub use macros::{count_statement, counting_statements};
pub use migrate::{MigrationState, MigrationStatus};
pub use writer::Writer;
