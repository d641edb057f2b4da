//! Files of somebody whose address has not confirmed itself: they wait with the form they came with, are nobody's until then,
//! and are swept with what is never confirmed.

use std::sync::Arc;

use uuid::Uuid;

use super::store;
use crate::accounts::access::Actor;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::Result;
use crate::inquiries::links::network_mark;
use crate::throttle::Limit;
use crate::time::HOUR;

/// In whose name they wait: an account that nobody can sign in with (migration 0014).
pub const NOBODY: Uuid = Uuid::from_u128(0x8000_8000_0000_0000_0001);
/// Files from one address in an hour; a form holds ten.
const PER_HOUR: u32 = 20;
/// The day's volume of all of them together, in that of one person.
pub(super) const VOLUMES: u64 = 20;

/// Makes the files of a form their sender's own.
pub const TAKE_OVER: &str =
    "UPDATE files SET uploader_id = $1 WHERE form_key = $2 AND uploader_id = $3 AND message_id IS NULL";

/// The call as one that sends files: the person's own, or that of a guest, whose files are nobody's yet.
pub fn sender(cx: &Cx) -> Cx {
    match &*cx.actor {
        Actor::Person(person) if person.email_confirmed => cx.clone(),
        Actor::Visitor | Actor::Person(_) => {
            let guest = Actor::Link { thread_id: Uuid::nil(), user_id: NOBODY, vendor_id: None };
            Cx { actor: Arc::new(guest), ..cx.clone() }
        }
        _ => cx.clone(),
    }
}

/// Whether a call sends files as a guest.
pub fn is_guest(cx: &Cx) -> bool {
    cx.actor.user_id() == Some(NOBODY)
}

/// How many files one address may send.
pub(super) fn limit(cx: &Cx) -> Limit {
    let from = cx.ip.map(network_mark).unwrap_or_default();
    Limit { bucket: format!("file:guest:{from}"), max: PER_HOUR, window: HOUR }
}

/// Names of the files that wait with a form.
pub(crate) async fn names(db: &mut impl Handle, form_key: Uuid) -> Result<Vec<String>> {
    let files = crate::fetch_all!(*db, store::FormFile, store::OF_FORM, form_key, NOBODY)?;
    Ok(files.into_iter().map(|file| file.name).collect())
}

/// The address has confirmed itself: the files of the form are its owner's from now on.
pub(crate) async fn take_over(tx: &mut Tx, form_key: Uuid, owner: Uuid) -> Result<()> {
    crate::execute!(*tx, TAKE_OVER, owner, form_key, NOBODY).map(|_| ())
}
