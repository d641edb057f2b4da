//! People who have no account any more or never had one: sign-ups that no address proved, and guests of whose inquiries nothing is
//! left. Their name, address, password, consents and traces go; an empty row stays, as after leaving, because records point at it.
//! Nobody who belongs to a company, asked something, is told of searches or is signed in is forgotten.

use serde_json::json;
use uuid::Uuid;

use super::{BATCH, THREAD_YEARS, UNPROVED_DAYS, gone, years_ago};
use crate::accounts::store;
use crate::audit;
use crate::cx::Cx;
use crate::error::Result;
use crate::time::{DAY, Timestamp};

/// Nothing hangs on the person.
macro_rules! alone {
    () => {
        "users.closed_at IS NULL \
         AND NOT EXISTS (SELECT 1 FROM vendor_members m WHERE m.user_id = users.id) \
         AND NOT EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = users.id) \
         AND NOT EXISTS (SELECT 1 FROM chapter_officers o WHERE o.user_id = users.id) \
         AND NOT EXISTS (SELECT 1 FROM team_invitations i WHERE i.invited_by = users.id) \
         AND NOT EXISTS (SELECT 1 FROM threads t WHERE t.buyer_id = users.id) \
         AND NOT EXISTS (SELECT 1 FROM rfqs q WHERE q.buyer_id = users.id) \
         AND NOT EXISTS (SELECT 1 FROM saved_searches a WHERE a.user_id = users.id) \
         AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.user_id = users.id)"
    };
}

/// Signed up before one moment, with no link to prove the address that lived after another.
macro_rules! unproved {
    () => {
        concat!(
            "users.email_confirmed_at IS NULL AND users.created_at < $1 \
             AND NOT EXISTS (SELECT 1 FROM one_time_tokens k WHERE k.user_id = users.id AND k.kind = 'confirm_email' AND k.expires_at > $2) AND ",
            alone!()
        )
    };
}

/// Came once as a guest, and not since a moment.
macro_rules! guests {
    () => {
        concat!(
            "users.password_hash IS NULL AND users.email_confirmed_at < $1 AND users.updated_at < $1 AND ",
            alone!()
        )
    };
}

/// The oldest sign-ups that no address proved.
pub const UNPROVED: &str = concat!(
    "SELECT users.id FROM users WHERE ",
    unproved!(),
    " ORDER BY users.created_at, users.id LIMIT $3"
);
/// Takes the row of one, so that its link proves nothing meanwhile.
pub const TAKE_UNPROVED: &str =
    concat!("UPDATE users SET updated_at = updated_at WHERE ", unproved!(), " AND users.id = $3");
/// The oldest guests of whom nothing is left.
pub const GUESTS: &str =
    concat!("SELECT users.id FROM users WHERE ", guests!(), " ORDER BY users.updated_at, users.id LIMIT $2");
/// Takes the row of one, so that nothing new hangs on it meanwhile.
pub const TAKE_GUEST: &str =
    concat!("UPDATE users SET updated_at = updated_at WHERE ", guests!(), " AND users.id = $2");

/// Forgets sign-ups that no address proved, and guests of whom nothing is left; gives how many.
pub(super) async fn forget(cx: &Cx) -> Result<u64> {
    let now = cx.now();
    // the link lived one day less
    let (joined, linked) = (now.plus(-UNPROVED_DAYS * DAY), now.plus(-DAY));
    let asked = years_ago(now, THREAD_YEARS);
    let (unproved, guests) = {
        let mut db = cx.read().await?;
        (
            crate::fetch_all!(db, (Uuid,), UNPROVED, joined, linked, BATCH)?,
            crate::fetch_all!(db, (Uuid,), GUESTS, asked, BATCH)?,
        )
    };
    let mut forgotten = 0;
    for (id,) in unproved {
        forgotten += gone("sign-up", sign_up(cx, id, (joined, linked)).await)?;
    }
    for (id,) in guests {
        forgotten += gone("guest", guest(cx, id, asked).await)?;
    }
    Ok(forgotten)
}

async fn sign_up(cx: &Cx, id: Uuid, (joined, linked): (Timestamp, Timestamp)) -> Result<bool> {
    let mut tx = cx.write().await?;
    if crate::execute!(tx, TAKE_UNPROVED, joined, linked, id)? == 0 {
        return Ok(false);
    }
    store::forget(&mut tx, id, cx.now()).await?;
    audit::record(cx, &mut tx, "account.forget", ("user", Some(id)), json!({ "was": "unproved" })).await?;
    tx.commit().await?;
    Ok(true)
}

async fn guest(cx: &Cx, id: Uuid, before: Timestamp) -> Result<bool> {
    let mut tx = cx.write().await?;
    if crate::execute!(tx, TAKE_GUEST, before, id)? == 0 {
        return Ok(false);
    }
    store::forget(&mut tx, id, cx.now()).await?;
    audit::record(cx, &mut tx, "account.forget", ("user", Some(id)), json!({ "was": "guest" })).await?;
    tx.commit().await?;
    Ok(true)
}
