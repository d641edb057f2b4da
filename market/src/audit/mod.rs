//! The append-only, hash-chained record of who did what: one row in the transaction of every state
//! change and of every reading of somebody's personal data.

mod chain;

pub use chain::{AuditEntry, Verification, list_for_object, lock, record, record_two, verify};
