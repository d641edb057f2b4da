//! Every statement of the catalogue, prepared on both databases.

use super::*;
use crate::testing::prepare_all;

both_databases!(every_statement_prepares, |db: Db| async move {
    let statements = [
        store::FIND,
        store::FIND_OWN,
        store::FIND_BY_SLUG,
        store::FIND_MOVED,
        store::VENDOR_OF,
        store::VENDOR_STATE,
        store::INSERT,
        store::UPDATE_CONTENT,
        store::UPDATE_STATE,
        store::KEEP_SLUG,
        shelf::COUNT_BY_STATE,
        shelf::LIST_OF_VENDOR,
        changes::NOTE,
        changes::NOTE_OF_VENDOR,
        store::RESPONSE_RECORD,
        revisions::FIND,
        revisions::FIND_PENDING,
        revisions::FIND_LAST,
        revisions::INSERT,
        revisions::DECIDE,
        revisions::RENAME,
        images::LIST,
        images::INSERT_MEDIA,
        images::FIND_MEDIA,
        images::ATTACH,
        images::DETACH,
        images::PLACE,
        images::DESCRIBE,
        images::DELETE_UNUSED,
        crate::catalog::unused_images::KEPT,
        images::HOLD,
        images::UNSEEN,
        images::SEEN,
        expiry::ENDING,
        letters::TEAM,
        letters::TOLD,
    ];
    prepare_all(&db, statements).await;
});
