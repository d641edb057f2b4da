//! Links of mails: what lay beside them goes when they end, they themselves some time later.

use super::{BATCH, LINK_DAYS};
use crate::cx::Cx;
use crate::error::Result;
use crate::time::DAY;

/// Forgets what a sign-up said beside a link that ended unused, its password above all.
pub const EMPTY: &str = "UPDATE one_time_tokens SET payload = '{}' WHERE expires_at <= $1 AND payload <> '{}' \
    AND kind IN ('confirm_email', 'reset_password')";
/// Forgets links that ended long ago.
pub const FORGET: &str = "DELETE FROM one_time_tokens WHERE id IN (SELECT id FROM one_time_tokens WHERE expires_at < $1 \
    ORDER BY expires_at, id LIMIT $2)";

/// Batches of one turn; each is a transaction.
const ROUNDS: u32 = 25;

/// Forgets links that ended; gives how many.
pub(super) async fn forget(cx: &Cx) -> Result<u64> {
    let mut tx = cx.write().await?;
    crate::execute!(tx, EMPTY, cx.now())?;
    tx.commit().await?;
    let mut forgotten = 0;
    for _ in 0..ROUNDS {
        let mut tx = cx.write().await?;
        let some = crate::execute!(tx, FORGET, cx.now().plus(-LINK_DAYS * DAY), BATCH)?;
        tx.commit().await?;
        forgotten += some;
        if some < BATCH.unsigned_abs() {
            break;
        }
    }
    Ok(forgotten)
}
