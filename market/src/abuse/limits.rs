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
        Some(id) => gate::sender(cx, tx, id).await?,
        None => None,
    };
    Ok(of_known(cx, known.as_ref(), who.1, vendors))
}

/// The same of somebody whom the caller has looked up.
pub(crate) fn of_known(cx: &Cx, known: Option<&Sender>, who: &str, vendors: &[Uuid]) -> Vec<Limit> {
    if known.is_some_and(|sender| !sender.is_new(cx)) {
        return Vec::new();
    }
    let settings = cx.settings();
    // one form to several vendors counts once: it is what we ask people to use
    let mut limits = vec![Limit {
        bucket: format!("newcomer:day:{who}"),
        max: settings.threads_per_newcomer_day,
        window: DAY,
    }];
    limits.extend(vendors.iter().map(|vendor| Limit {
        bucket: format!("newcomer:vendor:{vendor}"),
        max: settings.newcomer_threads_per_vendor_hour,
        window: HOUR,
    }));
    limits
}
