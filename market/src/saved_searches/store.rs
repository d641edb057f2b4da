//! SQL of saved searches.

use uuid::Uuid;

use super::model::{Condition, SavedQuestion, SavedSearch};
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::Result;
use crate::time::Timestamp;

/// Saves a question; one that is saved already runs again from now on.
pub const SAVE: &str = "INSERT INTO saved_searches (id, user_id, address, title, question, lang, mark, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (user_id, address) DO UPDATE SET \
    title = excluded.title, question = excluded.question, lang = excluded.lang, \
    mark = CASE WHEN saved_searches.paused_at IS NULL THEN saved_searches.mark ELSE excluded.mark END, paused_at = NULL RETURNING id";
/// How many other questions a person has saved.
pub const COUNT_OTHERS: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM saved_searches WHERE user_id = $1 AND address <> $2";
/// A person's saved questions, the newest first.
pub const LIST: &str = "SELECT s.id, s.address, s.title, s.created_at, s.checked_at, s.paused_at, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM saved_search_matches m WHERE m.search_id = s.id AND m.matches) AS found, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM saved_search_matches m WHERE m.search_id = s.id AND m.mailing_id IS NOT NULL AND NOT m.known) AS mailed \
    FROM saved_searches s WHERE s.user_id = $1 ORDER BY s.created_at DESC, s.id DESC";
/// What a person was told by mail, and when, for the copy of what is kept about them.
pub const LIST_TOLD: &str = "SELECT l.slug, l.title_ko, a.created_at FROM alert_told t JOIN alert_mailings a ON a.id = t.mailing_id \
    JOIN listings l ON l.id = t.listing_id WHERE t.user_id = $1 ORDER BY a.created_at, l.slug";
/// Stops one; `$2` is the owner.
pub const PAUSE: &str =
    "UPDATE saved_searches SET paused_at = $3 WHERE id = $1 AND user_id = $2 AND paused_at IS NULL";
/// Stops all of a person.
pub const PAUSE_ALL: &str =
    "UPDATE saved_searches SET paused_at = $2 WHERE user_id = $1 AND paused_at IS NULL";
/// Lets one run again; what was published meanwhile is no news.
pub const RESUME: &str = "UPDATE saved_searches SET paused_at = NULL, mark = $3 WHERE id = $1 AND user_id = $2 AND paused_at IS NOT NULL";
/// What waited for a mail when it was stopped is no news any more.
pub const FORGET_WAITING: &str =
    "UPDATE saved_search_matches SET known = TRUE WHERE search_id = $1 AND mailing_id IS NULL";
/// The same before one that was stopped is saved again.
pub const FORGET_STOPPED: &str = "UPDATE saved_search_matches SET known = TRUE WHERE mailing_id IS NULL \
    AND search_id IN (SELECT id FROM saved_searches WHERE user_id = $1 AND address = $2 AND paused_at IS NOT NULL)";
/// Whether a question is a person's own.
pub const IS_OWN: &str = "SELECT id FROM saved_searches WHERE id = $1 AND user_id = $2";
/// What a question found.
pub const DELETE_MATCHES: &str = "DELETE FROM saved_search_matches WHERE search_id IN (SELECT id FROM saved_searches WHERE id = $1 AND user_id = $2)";
/// The question itself.
pub const DELETE: &str = "DELETE FROM saved_searches WHERE id = $1 AND user_id = $2";
/// Traces of a person who leaves, erased one after the other.
pub const ERASE: [&str; 5] = [ERASE_MATCHES, ERASE_SEARCHES, ERASE_LINKS, ERASE_TOLD, ERASE_MAILINGS];
/// What their questions found.
pub const ERASE_MATCHES: &str =
    "DELETE FROM saved_search_matches WHERE search_id IN (SELECT id FROM saved_searches WHERE user_id = $1)";
/// Their questions.
pub const ERASE_SEARCHES: &str = "DELETE FROM saved_searches WHERE user_id = $1";
/// Links of their mails.
pub const ERASE_LINKS: &str = "DELETE FROM alert_links WHERE user_id = $1";
/// What they were told.
pub const ERASE_TOLD: &str = "DELETE FROM alert_told WHERE user_id = $1";
/// On which days they were mailed.
pub const ERASE_MAILINGS: &str = "DELETE FROM alert_mailings WHERE user_id = $1";
/// Questions of an address that were never confirmed, or were.
pub const ERASE_DRAFTS: &str = "DELETE FROM saved_search_drafts WHERE email = $1";

/// Saves a question of a person; gives its identity.
pub(super) async fn save(
    cx: &Cx,
    tx: &mut Tx,
    user: Uuid,
    condition: &Condition,
    lang: &str,
) -> Result<Uuid> {
    let question = serde_json::to_string(&condition.question)?;
    crate::execute!(*tx, FORGET_STOPPED, user, &condition.address)?;
    let (id,) = crate::fetch_one!(
        *tx,
        (Uuid,),
        SAVE,
        cx.new_id(),
        user,
        &condition.address,
        &condition.title,
        &question,
        lang,
        cx.now()
    )?;
    Ok(id)
}

pub(super) async fn list(db: &mut impl Handle, user: Uuid) -> Result<Vec<SavedSearch>> {
    crate::fetch_all!(*db, SavedSearch, LIST, user)
}

/// A question as stored.
pub(super) fn question(json: &str) -> Result<SavedQuestion> {
    Ok(serde_json::from_str(json)?)
}

/// Erases what belongs to a person who leaves.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn erase(tx: &mut Tx, user: Uuid, email: &str) -> Result<()> {
    for erase in ERASE {
        crate::execute!(*tx, erase, user)?;
    }
    crate::execute!(*tx, ERASE_DRAFTS, email)?;
    Ok(())
}

/// Lets a stopped question run again.
pub(super) async fn resume(tx: &mut Tx, user: Uuid, id: Uuid, now: Timestamp) -> Result<bool> {
    let resumed = crate::execute!(*tx, RESUME, id, user, now)? == 1;
    if resumed {
        crate::execute!(*tx, FORGET_WAITING, id)?;
    }
    Ok(resumed)
}
