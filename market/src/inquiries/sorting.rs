//! Order in the inbox: labels and who of the team takes care (the vendor's side alone), and the archive (each side
//! for itself). None of it is seen by the other side.

use serde_json::json;
use uuid::Uuid;

use super::model::Side;
use super::store::{self, Thread};
use crate::accounts::access::{self, Verb};
use crate::audit;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::text;

/// Longest label, in characters.
pub const LABEL_MAX: usize = 30;
/// Labels of one company.
pub const MOST_LABELS: usize = 50;

/// Who of the team takes care; only somebody of the team can.
pub const ASSIGN: &str = "UPDATE threads SET assignee_id = $2 WHERE id = $1 AND (CAST($2 AS UUID) IS NULL \
    OR EXISTS (SELECT 1 FROM vendor_members m WHERE m.vendor_id = threads.vendor_id AND m.user_id = $2))";
/// Puts a thread into the vendor's archive or takes it out.
pub const ARCHIVE_FOR_VENDOR: &str = "UPDATE threads SET vendor_archived_at = $2 WHERE id = $1";
/// Puts a thread into the buyer's archive or takes it out.
pub const ARCHIVE_FOR_BUYER: &str = "UPDATE threads SET buyer_archived_at = $2 WHERE id = $1";
/// The labels of a company.
pub const LABELS: &str = "SELECT id, name FROM vendor_labels WHERE vendor_id = $1 ORDER BY name, id LIMIT 50";
/// A new label; a name that exists stays one.
pub const NEW_LABEL: &str = "INSERT INTO vendor_labels (id, vendor_id, name, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (vendor_id, name) DO NOTHING";
/// Takes every label off a thread.
pub const CLEAR: &str = "DELETE FROM thread_labels WHERE thread_id = $1";
/// Puts a label of the thread's own company on it.
pub const PUT: &str = "INSERT INTO thread_labels (thread_id, label_id) SELECT t.id, l.id FROM threads t JOIN vendor_labels l ON l.vendor_id = t.vendor_id \
    WHERE t.id = $1 AND l.id = $2";
/// How a thread of a company is sorted: the company's labels, whether the thread has them, and the team.
pub const OF_THREAD: &str = "SELECT 'label' AS kind, l.id, l.name, CAST(CASE WHEN x.thread_id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS chosen FROM vendor_labels l \
    LEFT JOIN thread_labels x ON x.label_id = l.id AND x.thread_id = $2 WHERE l.vendor_id = $1 \
    UNION ALL SELECT 'member', u.id, u.name, CAST(0 AS BIGINT) FROM vendor_members m JOIN users u ON u.id = m.user_id WHERE m.vendor_id = $1 AND u.closed_at IS NULL \
    ORDER BY kind, name, id LIMIT 100";
/// The labels of all companies of one person.
pub const OF_PERSON: &str = "SELECT l.id, l.name FROM vendor_labels l JOIN vendor_members m ON m.vendor_id = l.vendor_id AND m.user_id = $1 ORDER BY l.name, l.id LIMIT 100";

/// A label of a company.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Label {
    /// Identity.
    pub id: Uuid,
    /// The word.
    pub name: String,
}

/// How the vendor's team has sorted a thread.
#[derive(Clone, Debug, Default)]
pub struct Sorted {
    /// Labels of the company.
    pub labels: Vec<Label>,
    /// Those of the thread.
    pub chosen: Vec<Uuid>,
    /// The team: identity and name.
    pub team: Vec<(Uuid, String)>,
    /// Who takes care.
    pub assignee: Option<Uuid>,
}

/// How a thread is to be sorted, as typed.
#[derive(Clone, Debug, Default)]
pub struct SortDraft {
    /// Identity of a colleague; empty for nobody.
    pub assignee: String,
    /// Identities of labels.
    pub labels: Vec<String>,
    /// A new label; may stay empty.
    pub new_label: String,
}

pub(super) async fn of_thread(db: &mut impl Handle, thread: &Thread) -> Result<Sorted> {
    type Row = (String, Uuid, String, i64);
    let mut sorted = Sorted { assignee: thread.assignee_id, ..Sorted::default() };
    for (kind, id, name, chosen) in crate::fetch_all!(*db, Row, OF_THREAD, thread.vendor_id, thread.id)? {
        if kind == "member" {
            sorted.team.push((id, name));
        } else {
            sorted.chosen.extend((chosen == 1).then_some(id));
            sorted.labels.push(Label { id, name });
        }
    }
    Ok(sorted)
}

/// Labels that the signed-in person may filter by.
///
/// # Errors
/// `NotSignedIn`.
pub async fn labels(cx: &Cx) -> Result<Vec<Label>> {
    let me = cx.actor.signed_in()?.id;
    let mut db = cx.read().await?;
    crate::fetch_all!(db, Label, OF_PERSON, me)
}

async fn opened(cx: &Cx, tx: &mut Tx, id: Uuid, verb: Verb) -> Result<Thread> {
    cx.actor.signed_in()?;
    let thread = store::find(tx, id).await?.ok_or(ErrorKind::NotFound)?;
    access::demand_own(&cx.actor, verb, thread.object())?;
    Ok(thread)
}

/// Sorts a thread: who takes care, which labels. What is sent is what holds afterwards.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for other companies; `Invalid` for somebody outside the team, or a label of nobody.
pub async fn sort_thread(cx: &Cx, id: Uuid, draft: &SortDraft) -> Result<()> {
    let mut tx = cx.write().await?;
    let thread = opened(cx, &mut tx, id, Verb::AnswerThread).await?;
    let assignee = match draft.assignee.as_str() {
        "" => None,
        text => Some(Uuid::parse_str(text).map_err(|_| Error::invalid("assignee", Problem::NotChoice))?),
    };
    if crate::execute!(tx, ASSIGN, id, assignee)? == 0 {
        return Err(Error::invalid("assignee", Problem::NotChoice));
    }
    let mut chosen: Vec<Uuid> = draft.labels.iter().filter_map(|label| Uuid::parse_str(label).ok()).collect();
    chosen.extend(new_label(cx, &mut tx, &thread, &draft.new_label).await?);
    chosen.sort_unstable();
    chosen.dedup();
    crate::execute!(tx, CLEAR, id)?;
    for label in chosen.iter().take(MOST_LABELS) {
        if crate::execute!(tx, PUT, id, *label)? == 0 {
            return Err(Error::invalid("labels", Problem::NotChoice));
        }
    }
    let details = json!({ "assignee": assignee, "labels": chosen.len() });
    audit::record(cx, &mut tx, "thread.sort", ("thread", Some(id)), details).await?;
    tx.commit().await
}

async fn new_label(cx: &Cx, tx: &mut Tx, thread: &Thread, typed: &str) -> Result<Option<Uuid>> {
    let name =
        text::line_within(typed, 0, LABEL_MAX).map_err(|problem| Error::invalid("new_label", problem))?;
    if name.is_empty() {
        return Ok(None);
    }
    let known = crate::fetch_all!(*tx, Label, LABELS, thread.vendor_id)?;
    if let Some(label) = known.iter().find(|label| label.name == name) {
        return Ok(Some(label.id));
    }
    if known.len() >= MOST_LABELS {
        return Err(Error::invalid("new_label", Problem::TooMany { max: MOST_LABELS }));
    }
    let id = cx.new_id();
    if crate::execute!(*tx, NEW_LABEL, id, thread.vendor_id, &name, cx.now())? == 0 {
        return Err(Error::conflict("thread.changed"));
    }
    Ok(Some(id))
}

/// Archives a thread for one's own side, or takes it out. It comes back by itself when the other side writes.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for strangers.
pub async fn archive_thread(cx: &Cx, id: Uuid, away: bool) -> Result<()> {
    let mut tx = cx.write().await?;
    let thread = opened(cx, &mut tx, id, Verb::ReadThread).await?;
    let side = thread.side_of(&cx.actor);
    let sql = if side == Side::Vendor { ARCHIVE_FOR_VENDOR } else { ARCHIVE_FOR_BUYER };
    crate::execute!(tx, sql, id, away.then(|| cx.now()))?;
    let details = json!({ "side": side.code(), "away": away });
    audit::record(cx, &mut tx, "thread.archive", ("thread", Some(id)), details).await?;
    tx.commit().await
}
