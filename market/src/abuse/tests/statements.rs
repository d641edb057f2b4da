//! Every statement of this noun, prepared on both databases.

use crate::abuse::{blocks, gate, held, reports, review};
use crate::both_databases;
use crate::db::Db;
use crate::inquiries::{response, store, withheld};
use crate::testing::prepare_all;

both_databases!(every_statement_prepares, |db: Db| async move {
    let statements = [
        gate::SENDER,
        gate::SENDER_TO,
        gate::ASKED,
        gate::ACTIVE_FILES,
        held::INSERT,
        held::FIND,
        held::DECIDE,
        held::END,
        held::DUE,
        held::OF_THREAD,
        held::COUNT_REFUSED,
        held::PURGE,
        held::TAKE_FILES,
        blocks::BETWEEN,
        blocks::CLOSED_VENDORS,
        blocks::INSERT,
        blocks::LIFT,
        blocks::OF_VENDOR,
        blocks::OF_BUYER,
        blocks::FIND,
        reports::INSERT,
        reports::FIND,
        reports::DECIDE,
        review::BUYER,
        review::VENDOR,
        review::VENDOR_NAME,
        store::FIND,
        store::SAVE,
        withheld::SET_WRITTEN,
        store::UNCOUNT,
        store::OPEN_OF_PAIR,
        response::CLOCKS,
        crate::curation::store::COUNTS,
        crate::curation::store::WAITING,
        crate::live::log::CONCERNED,
        crate::live::log::FOR_PERSON,
    ];
    prepare_all(&db, statements).await;
});
