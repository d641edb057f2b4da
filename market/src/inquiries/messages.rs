//! The messages of a thread: rows, and the stretches of them that are read at once.

use uuid::Uuid;

use super::model::{MessageKind, QUOTE_LAPSED, Side};
use super::quote::Quote;
use crate::db::Handle;
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::time::Timestamp;

/// Messages on one page of a thread.
pub const PER_PAGE: i64 = 100;
/// Messages read at once where all are wanted.
const AT_ONCE: i64 = 500;

/// The columns of a [`Message`] and where they stand.
macro_rules! message_columns {
    ($condition:literal) => {
        concat!(
            "SELECT m.id, m.seq, m.side, m.kind, m.body, m.data, m.created_at, m.author_id, m.edited_at, m.lang, u.name AS author \
            FROM messages m LEFT JOIN users u ON u.id = m.author_id WHERE m.thread_id = $1 AND ",
            $condition
        )
    };
}

/// The last messages of a thread before a position, the newest first.
pub const BEFORE: &str = message_columns!("m.seq < $2 ORDER BY m.seq DESC LIMIT $3");
/// The first messages of a thread behind a position, the oldest first.
pub const AFTER: &str = message_columns!("m.seq > $2 ORDER BY m.seq LIMIT $3");
/// The newest quotes of a thread, the newest first: the one on the table and the one it replaced.
pub const QUOTES: &str = message_columns!("m.kind = 'quote' ORDER BY m.seq DESC LIMIT 2");
/// The newest quote of a thread.
pub const NEWEST_QUOTE: &str =
    "SELECT data FROM messages WHERE thread_id = $1 AND kind = 'quote' ORDER BY seq DESC LIMIT 1";

/// Which messages of a thread are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// The last page of them.
    Newest,
    /// The last page of those before a position.
    Before(i64),
    /// All behind a position.
    After(i64),
    /// All.
    Whole,
}

/// One message.
#[derive(Clone, Debug)]
pub struct Message {
    /// Identity.
    pub id: Uuid,
    /// Position in the thread, from 1.
    pub seq: i64,
    /// Who wrote it.
    pub side: Side,
    /// What it is.
    pub kind: MessageKind,
    /// The words.
    pub body: String,
    /// The quote, when it is one.
    pub quote: Option<Quote>,
    /// Code of the reason, when it is a no.
    pub reason: Option<String>,
    /// When.
    pub created_at: Timestamp,
    /// Name of the person.
    pub author: Option<String>,
    /// The person.
    pub author_id: Option<Uuid>,
    /// When its words were last corrected.
    pub edited_at: Option<Timestamp>,
    /// Position of the message it answers.
    pub quoting: Option<i64>,
    /// Whether the company's greeting wrote it, and no person.
    pub automatic: bool,
    /// The language it is written in, where that is known.
    pub lang: Option<Lang>,
}

impl Message {
    /// Whether it tells that a quote holds no more.
    pub fn tells_lapse(&self) -> bool {
        self.kind == MessageKind::Expire && self.reason.as_deref() == Some(QUOTE_LAPSED)
    }
}

#[derive(sqlx::FromRow)]
struct MessageRow {
    id: Uuid,
    seq: i64,
    side: String,
    kind: String,
    body: String,
    data: String,
    created_at: Timestamp,
    author_id: Option<Uuid>,
    edited_at: Option<Timestamp>,
    lang: Option<String>,
    author: Option<String>,
}

/// What a message holds besides words.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct MessageData {
    /// A quote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
    /// Code of a reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Position of the message it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quoting: Option<i64>,
    /// Written by the company's greeting.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub automatic: bool,
}

impl TryFrom<MessageRow> for Message {
    type Error = Error;

    fn try_from(row: MessageRow) -> Result<Self> {
        let data: MessageData = serde_json::from_str(&row.data)?;
        let lang = row.lang.as_deref().map(Lang::from_code).or_else(|| super::tongue::detect(&row.body));
        Ok(Self {
            lang,
            id: row.id,
            seq: row.seq,
            side: Side::stored(&row.side, "messages", "side")?,
            kind: MessageKind::stored(&row.kind, "messages", "kind")?,
            body: row.body,
            quote: data.quote,
            reason: data.reason,
            created_at: row.created_at,
            author: row.author,
            author_id: row.author_id,
            edited_at: row.edited_at,
            quoting: data.quoting,
            automatic: data.automatic,
        })
    }
}

/// Some messages of a thread, oldest first.
pub(crate) async fn stretch(db: &mut impl Handle, thread: Uuid, which: Stretch) -> Result<Vec<Message>> {
    let before = match which {
        Stretch::Newest => i64::MAX,
        Stretch::Before(seq) => seq,
        Stretch::After(seq) => return all_after(db, thread, seq).await,
        Stretch::Whole => return all_after(db, thread, 0).await,
    };
    let mut rows = crate::fetch_all!(*db, MessageRow, BEFORE, thread, before, PER_PAGE)?;
    rows.reverse();
    rows.into_iter().map(Message::try_from).collect()
}

async fn all_after(db: &mut impl Handle, thread: Uuid, seq: i64) -> Result<Vec<Message>> {
    let (mut all, mut after): (Vec<Message>, i64) = (Vec::new(), seq);
    loop {
        let rows = crate::fetch_all!(*db, MessageRow, AFTER, thread, after, AT_ONCE)?;
        let read = i64::try_from(rows.len()).unwrap_or(AT_ONCE);
        for row in rows {
            all.push(Message::try_from(row)?);
        }
        after = all.last().map_or(after, |message| message.seq);
        if read < AT_ONCE {
            return Ok(all);
        }
    }
}

/// The message at a position.
pub(crate) async fn at(db: &mut impl Handle, thread: Uuid, seq: i64) -> Result<Option<Message>> {
    let row = crate::fetch_optional!(*db, MessageRow, AFTER, thread, seq.saturating_sub(1), 1_i64)?;
    row.filter(|row| row.seq == seq).map(Message::try_from).transpose()
}

/// The messages with the newest quotes of a thread, up to two, the newest first.
pub(super) async fn newest_quotes(db: &mut impl Handle, thread: Uuid) -> Result<Vec<Message>> {
    crate::fetch_all!(*db, MessageRow, QUOTES, thread)?.into_iter().map(Message::try_from).collect()
}

/// The quote on the table, whether it still holds or not.
pub(super) async fn newest_quote(db: &mut impl Handle, thread: Uuid) -> Result<Option<Quote>> {
    let Some((data,)) = crate::fetch_optional!(*db, (String,), NEWEST_QUOTE, thread)? else {
        return Ok(None);
    };
    Ok(serde_json::from_str::<MessageData>(&data)?.quote)
}
