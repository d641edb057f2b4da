//! Limits of people nobody has answered yet: fewer threads a day for each of them, and fewer in an hour for one vendor
//! from all of them together, so that many fresh accounts cannot bury it.

use uuid::Uuid;

use super::gate::{self, Sender};
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::throttle::Limit;
use crate::time::{DAY, HOUR};

/// The limits of a sender known as `sender` who asks `vendors`; none for people somebody has answered.
pub(crate) async fn of_newcomer(
    cx: &Cx,
    tx: &mut Tx,
    who: (Option<Uuid>, &str),
    vendors: &[Uuid],
) -> Result<Vec<Limit>> {
    let known = match who.0 {
        Some(id) => gate::sender(cx, tx, id).await?.is_some_and(|sender: Sender| !sender.is_new(cx)),
        None => false,
    };
    if known {
        return Ok(Vec::new());
    }
    let settings = cx.settings();
    // one form to several vendors counts once: it is what we ask people to use
    let mut limits = vec![Limit {
        bucket: format!("newcomer:day:{}", who.1),
        max: settings.threads_per_newcomer_day,
        window: DAY,
    }];
    limits.extend(vendors.iter().map(|vendor| Limit {
        bucket: format!("newcomer:vendor:{vendor}"),
        max: settings.newcomer_threads_per_vendor_hour,
        window: HOUR,
    }));
    Ok(limits)
}
