//! The verbs: saving a question, stopping it, letting it run again, deleting it. By its owner, or by whoever holds the
//! link of a mail that went to the owner.

use serde_json::json;
use uuid::Uuid;

use super::model::{Condition, SavedSearch};
use super::store;
use crate::audit;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, Problem, Result};

/// What to do with a saved search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// No more mails for now.
    Pause,
    /// Mails again.
    Resume,
    /// Gone for good.
    Delete,
}

impl Act {
    /// The act of a word in a form.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "pause" => Some(Self::Pause),
            "resume" => Some(Self::Resume),
            "delete" => Some(Self::Delete),
            _ => None,
        }
    }

    const fn action(self) -> &'static str {
        match self {
            Self::Pause => "saved_search.pause",
            Self::Resume => "saved_search.resume",
            Self::Delete => "saved_search.delete",
        }
    }
}

/// Saves a question of the signed-in person: one press. Pressing again changes nothing, and lets a stopped one run again.
///
/// # Errors
/// `NotSignedIn`; `Invalid` for a question about everything, or one too many.
pub async fn save(cx: &Cx, condition: &Condition) -> Result<Uuid> {
    let me = cx.actor.signed_in()?.id;
    let mut tx = cx.write().await?;
    let id = add(cx, &mut tx, me, condition).await?;
    tx.commit().await?;
    Ok(id)
}

pub(super) async fn add(cx: &Cx, tx: &mut Tx, user: Uuid, condition: &Condition) -> Result<Uuid> {
    check(condition)?;
    let (others,) = crate::fetch_one!(*tx, (i64,), store::COUNT_OTHERS, user, &condition.address)?;
    let most = cx.settings().saved_searches;
    if usize::try_from(others).unwrap_or(usize::MAX) >= most {
        return Err(Error::invalid("", Problem::TooMany { max: most }));
    }
    let id = store::save(cx, tx, user, condition, cx.lang.code()).await?;
    audit::record(
        cx,
        tx,
        "saved_search.add",
        ("saved_search", Some(id)),
        json!({ "address": condition.address }),
    )
    .await?;
    Ok(id)
}

/// A question about everything would be a mail about everything.
pub(super) fn check(condition: &Condition) -> Result<()> {
    if condition.question.is_empty() || condition.address.is_empty() {
        return Err(Error::invalid("", Problem::Rule("saved_search.nothing_asked".into())));
    }
    Ok(())
}

/// What the signed-in person saved.
///
/// # Errors
/// `NotSignedIn`.
pub async fn list_own(cx: &Cx) -> Result<Vec<SavedSearch>> {
    let me = cx.actor.signed_in()?.id;
    store::list(&mut cx.read().await?, me).await
}

/// Does something with an own saved search; what is done already is fine.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for somebody else's.
pub async fn act(cx: &Cx, id: Uuid, act: Act) -> Result<()> {
    let me = cx.actor.signed_in()?.id;
    act_for(cx, me, id, act).await
}

pub(super) async fn act_for(cx: &Cx, user: Uuid, id: Uuid, act: Act) -> Result<()> {
    let mut tx = cx.write().await?;
    if crate::fetch_optional!(tx, (Uuid,), store::IS_OWN, id, user)?.is_none() {
        return Err(ErrorKind::NotFound.into());
    }
    let changed = match act {
        Act::Pause => crate::execute!(tx, store::PAUSE, id, user, cx.now())? == 1,
        Act::Resume => store::resume(&mut tx, user, id, cx.now()).await?,
        Act::Delete => {
            crate::execute!(tx, store::DELETE_MATCHES, id, user)?;
            crate::execute!(tx, store::DELETE, id, user)? == 1
        }
    };
    if changed {
        audit::record(cx, &mut tx, act.action(), ("saved_search", Some(id)), json!({ "owner": user }))
            .await?;
    }
    tx.commit().await
}

/// Stops every mail of a person; what is stopped already is fine.
pub(super) async fn stop_all(cx: &Cx, user: Uuid) -> Result<()> {
    let mut tx = cx.write().await?;
    if crate::execute!(tx, store::PAUSE_ALL, user, cx.now())? > 0 {
        audit::record(cx, &mut tx, "saved_search.unsubscribe", ("user", Some(user)), json!({})).await?;
    }
    tx.commit().await
}
