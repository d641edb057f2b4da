//! How a thread ends when one side wants to hear no more from the other: with an outcome both sides can see, and without
//! naming the block.

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
