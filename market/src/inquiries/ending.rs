//! How a thread ends when one side wants to hear no more from the other: with an outcome both sides can see, and without
//! naming the block.

use uuid::Uuid;

use super::act::{self, Step};
use super::model::{DeclineReason, MessageKind, Side};
use super::rules::{self, Action};
use super::store::{self, Thread};
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{ErrorKind, Result};

/// The vendor says no, the buyer calls it off.
pub(crate) async fn end_for_block(cx: &Cx, tx: &mut Tx, thread: &mut Thread, side: Side) -> Result<()> {
    let step = if side == Side::Vendor {
        let words = thread.lang.pick(
            "이 문의는 더 진행하지 않기로 했어요.",
            "We have decided not to continue with this inquiry.",
        );
        Step {
            reason: Some(DeclineReason::Other.code().to_owned()),
            ..Step::new(Action::VendorDecline, MessageKind::Decline, words.to_owned())
        }
    } else {
        Step::new(Action::Withdraw, MessageKind::Withdraw, String::new())
    };
    if rules::find(thread.state, step.action).is_none() {
        return Ok(());
    }
    act::take(cx, tx, thread, step).await
}

/// Threads of a company that are not over.
pub const OPEN_OF_VENDOR: &str = "SELECT id FROM threads WHERE vendor_id = $1 AND state IN ('new', 'waiting_vendor', 'waiting_buyer', 'quoted') ORDER BY id";

/// The threads that end with a company that closes, held for this transaction.
///
/// # Errors
/// `Unavailable` when the database is away.
pub(crate) async fn open_of_vendor(tx: &mut Tx, vendor: Uuid) -> Result<Vec<(Uuid,)>> {
    let open = crate::fetch_all!(*tx, (Uuid,), OPEN_OF_VENDOR, vendor)?;
    hold(tx, &open).await?;
    Ok(open)
}

/// Ends the threads of a company that closes: their buyers are told, and offered others. What was never handed over ends as
/// unanswered. The caller has authorised it.
///
/// # Errors
/// `Conflict` when somebody writes at the same moment.
pub(crate) async fn end_for_closing(cx: &Cx, tx: &mut Tx, threads: &[(Uuid,)]) -> Result<()> {
    for (id,) in threads {
        let mut thread = store::find(tx, *id).await?.ok_or(ErrorKind::NotFound)?;
        let step = if rules::find(thread.state, Action::VendorDecline).is_some() {
            let words = thread.lang.pick(
                "회사가 문을 닫아 더 진행할 수 없어요.",
                "The company has closed, so this cannot go on.",
            );
            Step {
                reason: Some(DeclineReason::Other.code().to_owned()),
                ..Step::new(Action::VendorDecline, MessageKind::Decline, words.to_owned())
            }
        } else {
            Step::new(Action::Expire, MessageKind::Expire, String::new())
        };
        // nobody of the company wrote it
        act::take_for(cx, tx, &mut thread, (step, None)).await?;
    }
    Ok(())
}

/// Makes others who change a thread wait; see [`hold`].
pub const HOLD: &str = "UPDATE threads SET version = version WHERE id = $1";

/// Takes the rows of several threads that one transaction will change, in one order for everybody. Whoever writes into a
/// thread holds its row and then waits for the lock of the log; with the log in hand, a transaction must wait for no row.
/// SQLite has one writer anyway.
///
/// # Errors
/// `Unavailable` when the database is away.
pub(crate) async fn hold(tx: &mut Tx, threads: &[(Uuid,)]) -> Result<()> {
    if !matches!(tx, Tx::Postgres(_)) {
        return Ok(());
    }
    let mut ids: Vec<Uuid> = threads.iter().map(|(id,)| *id).collect();
    ids.sort_unstable();
    for id in ids {
        crate::execute!(*tx, HOLD, id)?;
    }
    Ok(())
}
