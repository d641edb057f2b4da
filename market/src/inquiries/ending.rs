//! How a thread ends when one side wants to hear no more from the other: with an outcome both sides can see, and without
//! naming the block.

use uuid::Uuid;

use super::act::{self, Step};
use super::model::{DeclineReason, MessageKind, Side};
use super::rules::{self, Action};
use super::store::Thread;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;

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
