//! The inbox: threads of one person, asked by them or of their companies.

use uuid::Uuid;

use super::lines;
use super::model::{Side, ThreadState};
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::Result;
use crate::lang::Lang;
use crate::time::Timestamp;

/// Threads on one page.
pub const PER_PAGE: i64 = 20;

/// What a page of the inbox narrows by: state, archive, label, who takes care, words anywhere in the thread.
macro_rules! narrowed {
    ($archived:literal) => {
        concat!(
            "(CAST($2 AS TEXT) IS NULL OR t.state = $2) AND (CASE WHEN t.",
            $archived,
            " IS NULL THEN 0 ELSE 1 END) = CAST($3 AS BIGINT) \
            AND (CAST($4 AS UUID) IS NULL OR EXISTS (SELECT 1 FROM thread_labels tl WHERE tl.thread_id = t.id AND tl.label_id = $4)) \
            AND (CAST($5 AS UUID) IS NULL OR t.assignee_id = $5) \
            AND (CAST($6 AS TEXT) IS NULL OR lower(t.subject) LIKE lower($6) ESCAPE '\\' OR lower(t.quantity) LIKE lower($6) ESCAPE '\\' \
            OR EXISTS (SELECT 1 FROM messages w WHERE w.thread_id = t.id AND lower(w.body) LIKE lower($6) ESCAPE '\\') "
        )
    };
}

/// One of a thread's labels, by its place in their order.
macro_rules! label {
    ($place:literal) => {
        concat!(
            "(SELECT vl.name FROM thread_labels tl JOIN vendor_labels vl ON vl.id = tl.label_id WHERE tl.thread_id = t.id \
            ORDER BY vl.name, vl.id LIMIT 1 OFFSET ",
            $place,
            ")"
        )
    };
}

/// What a line of a company's inbox shows.
macro_rules! received {
    () => {
        concat!(
            "SELECT p.total, t.id, t.state, t.subject, l.title_ko, l.title_en, t.quantity, t.due_at, t.overdue_at, t.last_message_at, \
            b.name AS other_ko, b.name AS other_en, COALESCE(b.company, '') AS other_company, \
            CASE WHEN t.buyer_last_seq > t.vendor_read_seq THEN 1 ELSE 0 END AS unread, CAST(0 AS BIGINT) AS undelivered, \
            (SELECT a.name FROM users a WHERE a.id = t.assignee_id) AS assignee, ",
            label!("0"),
            " AS label_1, ",
            label!("1"),
            " AS label_2, ",
            label!("2"),
            " AS label_3 "
        )
    };
}

/// The order of a page: what is one's own turn first, the soonest due before the others, then what was last written.
macro_rules! order {
    ($own:literal) => {
        concat!(
            " ORDER BY CASE WHEN t.state IN (",
            $own,
            ") THEN 0 ELSE 1 END, CASE WHEN t.state IN (",
            $own,
            ") THEN t.due_at END NULLS LAST, t.last_message_at DESC, t.id DESC"
        )
    };
}

/// The inbox as it comes: what one company of a person has not archived, at most narrowed by state. What is not its turn
/// stands in an index in the order of the page, so that a page costs the same however many of these there are.
macro_rules! as_it_comes {
    () => {
        "FROM threads t JOIN vendor_members m ON m.vendor_id = t.vendor_id AND m.user_id = $1 \
        WHERE t.vendor_id = $2 AND t.vendor_archived_at IS NULL AND t.withheld_at IS NULL AND (CAST($3 AS TEXT) IS NULL OR t.state = $3)"
    };
}

/// Threads of one company as they come: of those that wait for it a piece, then a piece of the others.
pub const RECEIVED_AS_THEY_COME: &str = concat!(
    received!(),
    "FROM (SELECT o.id, CAST(0 AS BIGINT) AS total FROM (SELECT t.id ",
    as_it_comes!(),
    " AND t.state = 'waiting_vendor' ORDER BY t.due_at NULLS LAST, t.last_message_at DESC, t.id DESC LIMIT $4 OFFSET $5) o UNION ALL \
    SELECT r.id, CAST(0 AS BIGINT) AS total FROM (SELECT t.id ",
    as_it_comes!(),
    " AND t.state <> 'waiting_vendor' ORDER BY t.last_message_at DESC, t.id DESC LIMIT $6 OFFSET $7) r) p \
    JOIN threads t ON t.id = p.id JOIN users b ON b.id = t.buyer_id JOIN listings l ON l.id = t.listing_id",
    order!("'waiting_vendor'")
);
/// How many these are, and how many of them wait for the company.
pub const COUNT_AS_THEY_COME: &str = concat!(
    "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN t.state = 'waiting_vendor' THEN 1 ELSE 0 END), 0) AS BIGINT) ",
    as_it_comes!()
);
/// Threads of the companies of one person, with the number of all: words are looked for once.
pub const RECEIVED: &str = concat!(
    received!(),
    "FROM (SELECT t.id, CAST(COUNT(*) OVER () AS BIGINT) AS total FROM threads t JOIN vendor_members m ON m.vendor_id = t.vendor_id AND m.user_id = $1 AND t.withheld_at IS NULL JOIN users b ON b.id = t.buyer_id WHERE ",
    narrowed!("vendor_archived_at"),
    "OR lower(b.name) LIKE lower($6) ESCAPE '\\' OR lower(b.company) LIKE lower($6) ESCAPE '\\')",
    order!("'waiting_vendor'"),
    " LIMIT $7 OFFSET $8) p JOIN threads t ON t.id = p.id JOIN users b ON b.id = t.buyer_id JOIN listings l ON l.id = t.listing_id",
    order!("'waiting_vendor'")
);
/// Threads that one person asked, with the number of all.
pub const SENT: &str = concat!(
    "SELECT p.total, t.id, t.state, t.subject, l.title_ko, l.title_en, t.quantity, t.due_at, t.overdue_at, t.last_message_at, \
    v.name_ko AS other_ko, v.name_en AS other_en, '' AS other_company, \
    CASE WHEN t.vendor_last_seq > t.buyer_read_seq THEN 1 ELSE 0 END AS unread, \
    CASE WHEN t.withheld_at IS NULL THEN CAST(0 AS BIGINT) ELSE CAST(1 AS BIGINT) END AS undelivered, \
    CAST(NULL AS TEXT) AS assignee, CAST(NULL AS TEXT) AS label_1, CAST(NULL AS TEXT) AS label_2, CAST(NULL AS TEXT) AS label_3 \
    FROM (SELECT t.id, CAST(COUNT(*) OVER () AS BIGINT) AS total FROM threads t JOIN vendors v ON v.id = t.vendor_id WHERE t.buyer_id = $1 AND ",
    narrowed!("buyer_archived_at"),
    "OR lower(v.name_ko) LIKE lower($6) ESCAPE '\\' OR lower(v.name_en) LIKE lower($6) ESCAPE '\\')",
    order!("'waiting_buyer', 'quoted'"),
    " LIMIT $7 OFFSET $8) p JOIN threads t ON t.id = p.id JOIN vendors v ON v.id = t.vendor_id JOIN listings l ON l.id = t.listing_id",
    order!("'waiting_buyer', 'quoted'")
);
/// How many the companies have.
pub const COUNT_RECEIVED: &str = concat!(
    "SELECT CAST(COUNT(*) AS BIGINT) FROM threads t JOIN vendor_members m ON m.vendor_id = t.vendor_id AND m.user_id = $1 AND t.withheld_at IS NULL JOIN users b ON b.id = t.buyer_id WHERE ",
    narrowed!("vendor_archived_at"),
    "OR lower(b.name) LIKE lower($6) ESCAPE '\\' OR lower(b.company) LIKE lower($6) ESCAPE '\\')"
);
/// How many one person asked.
pub const COUNT_SENT: &str = concat!(
    "SELECT CAST(COUNT(*) AS BIGINT) FROM threads t JOIN vendors v ON v.id = t.vendor_id WHERE t.buyer_id = $1 AND ",
    narrowed!("buyer_archived_at"),
    "OR lower(v.name_ko) LIKE lower($6) ESCAPE '\\' OR lower(v.name_en) LIKE lower($6) ESCAPE '\\')"
);
/// Unread threads on both sides, and those not put away that wait for the person's answer.
pub const UNREAD: &str = "SELECT \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM threads t JOIN vendor_members m ON m.vendor_id = t.vendor_id AND m.user_id = $1 AND t.withheld_at IS NULL \
        WHERE t.buyer_last_seq > t.vendor_read_seq), \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM threads t WHERE t.buyer_id = $1 AND t.vendor_last_seq > t.buyer_read_seq), \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM threads t JOIN vendor_members m ON m.vendor_id = t.vendor_id AND m.user_id = $1 AND t.withheld_at IS NULL \
        WHERE t.state = 'waiting_vendor' AND t.vendor_archived_at IS NULL), \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM threads t WHERE t.buyer_id = $1 AND t.state IN ('waiting_buyer', 'quoted') AND t.buyer_archived_at IS NULL)";

/// Which threads to list.
#[derive(Clone, Debug)]
pub struct InboxFilter {
    /// `Vendor` for what the person's companies got, `Buyer` for what the person asked.
    pub side: Side,
    /// Only threads in this state.
    pub state: Option<ThreadState>,
    /// What was put away instead of what was not.
    pub archived: bool,
    /// Only threads with this label.
    pub label: Option<Uuid>,
    /// Only threads that the person takes care of.
    pub mine: bool,
    /// Only threads in which this stands: subject, messages, names. Empty for all.
    pub words: String,
    /// Page, from 1.
    pub page: u32,
}

/// A thread in the inbox.
#[derive(Clone, Debug)]
pub struct InboxRow {
    /// The thread.
    pub id: Uuid,
    /// Where it stands.
    pub state: ThreadState,
    /// Title of the listing.
    pub subject: String,
    /// How much is needed; may be empty.
    pub quantity: String,
    /// When the state ends by itself.
    pub due_at: Option<Timestamp>,
    /// When the vendor's time ran out.
    pub overdue_at: Option<Timestamp>,
    /// When something was last written.
    pub last_message_at: Timestamp,
    /// Korean name of the other side.
    pub other_ko: String,
    /// English name of the other side.
    pub other_en: String,
    /// Company of the buyer; may be empty.
    pub other_company: String,
    /// Whether something new was written.
    pub unread: bool,
    /// Whether it was not handed over, or not yet.
    pub undelivered: bool,
    /// Who of the company takes care of it.
    pub assignee: Option<String>,
    /// The first three of its labels.
    pub labels: Vec<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    total: i64,
    id: Uuid,
    state: String,
    subject: String,
    title_ko: String,
    title_en: String,
    quantity: String,
    due_at: Option<Timestamp>,
    overdue_at: Option<Timestamp>,
    last_message_at: Timestamp,
    other_ko: String,
    other_en: String,
    other_company: String,
    unread: i32,
    undelivered: i64,
    assignee: Option<String>,
    label_1: Option<String>,
    label_2: Option<String>,
    label_3: Option<String>,
}

/// Counts over the whole inbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Unread {
    /// Threads of the person's companies with something new.
    pub received: i64,
    /// Threads the person asked with something new.
    pub sent: i64,
    /// Threads that wait for the person's companies.
    pub to_answer: i64,
    /// Threads that wait for the person as the buyer.
    pub to_decide: i64,
}

/// One page of the inbox.
#[derive(Clone, Debug)]
pub struct Inbox {
    /// Those of one's own turn first, the soonest due before the others; then the last written.
    pub rows: Vec<InboxRow>,
    /// How many there are with this filter.
    pub total: i64,
    /// Counts over the whole inbox.
    pub unread: Unread,
}

/// A page of the signed-in person's inbox.
///
/// # Errors
/// `NotSignedIn`.
pub async fn inbox(cx: &Cx, filter: &InboxFilter) -> Result<Inbox> {
    let me = cx.actor.signed_in()?;
    let mut db = cx.read().await?;
    let (total, rows) = match me.memberships.as_slice() {
        [one] if filter.as_it_comes() => as_it_comes(&mut db, (me.id, one.vendor_id), filter).await?,
        _ => narrowed(&mut db, me.id, filter).await?,
    };
    let rows = rows.into_iter().map(|row| row.read_in(cx.lang)).collect::<Result<_>>()?;
    Ok(Inbox { rows, total, unread: unread_of(&mut db, me.id).await? })
}

impl InboxFilter {
    fn skip(&self) -> i64 {
        i64::from(self.page.max(1) - 1) * PER_PAGE
    }

    fn as_it_comes(&self) -> bool {
        self.side == Side::Vendor
            && !self.archived
            && !self.mine
            && self.label.is_none()
            && pattern(&self.words).is_none()
    }
}

async fn as_it_comes(
    db: &mut impl Handle,
    who: (Uuid, Uuid),
    filter: &InboxFilter,
) -> Result<(i64, Vec<Row>)> {
    let ((me, vendor), state) = (who, filter.state.map(ThreadState::code));
    let (total, own) = crate::fetch_one!(*db, (i64, i64), COUNT_AS_THEY_COME, me, vendor, state)?;
    let skip = filter.skip();
    // the page goes over those that wait, then over the others
    let (own_skip, own_most) = (skip.min(own), (own - skip).clamp(0, PER_PAGE));
    let (skip, most) = ((skip - own).max(0), PER_PAGE - own_most);
    let rows = crate::fetch_all!(
        *db,
        Row,
        RECEIVED_AS_THEY_COME,
        me,
        vendor,
        state,
        own_most,
        own_skip,
        most,
        skip
    )?;
    Ok((total, rows))
}

async fn narrowed(db: &mut impl Handle, me: Uuid, filter: &InboxFilter) -> Result<(i64, Vec<Row>)> {
    let (list, count) =
        if filter.side == Side::Vendor { (RECEIVED, COUNT_RECEIVED) } else { (SENT, COUNT_SENT) };
    let state = filter.state.map(ThreadState::code);
    let (archived, label, mine) = (i64::from(filter.archived), filter.label, filter.mine.then_some(me));
    let pattern = pattern(&filter.words);
    let words = pattern.as_deref();
    let skip = filter.skip();
    let rows = crate::fetch_all!(*db, Row, list, me, state, archived, label, mine, words, PER_PAGE, skip)?;
    let total = match rows.first() {
        Some(row) => row.total,
        None if skip == 0 => 0,
        // behind the last page, no row tells how many there are
        None => crate::fetch_one!(*db, (i64,), count, me, state, archived, label, mine, words)?.0,
    };
    Ok((total, rows))
}

/// Words as a pattern for LIKE; none when nothing is looked for.
fn pattern(words: &str) -> Option<String> {
    let words: String = crate::text::line(words).chars().take(100).collect();
    let escaped = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    (!words.is_empty()).then(|| format!("%{escaped}%"))
}

impl Row {
    fn read_in(self, lang: Lang) -> Result<InboxRow> {
        Ok(InboxRow {
            id: self.id,
            state: ThreadState::stored(&self.state, "threads", "state")?,
            subject: lines::in_words_of(lang, &self.subject, (&self.title_ko, &self.title_en)),
            quantity: self.quantity,
            due_at: self.due_at,
            overdue_at: self.overdue_at,
            last_message_at: self.last_message_at,
            other_ko: self.other_ko,
            other_en: self.other_en,
            other_company: self.other_company,
            unread: self.unread == 1,
            undelivered: self.undelivered == 1,
            assignee: self.assignee,
            labels: [self.label_1, self.label_2, self.label_3].into_iter().flatten().collect(),
        })
    }
}

/// Counts over the signed-in person's whole inbox.
///
/// # Errors
/// `NotSignedIn`.
pub async fn unread_threads(cx: &Cx) -> Result<Unread> {
    let me = cx.actor.signed_in()?.id;
    unread_of(&mut cx.read().await?, me).await
}

async fn unread_of(db: &mut impl Handle, me: Uuid) -> Result<Unread> {
    let (received, sent, to_answer, to_decide) = crate::fetch_one!(*db, (i64, i64, i64, i64), UNREAD, me)?;
    Ok(Unread { received, sent, to_answer, to_decide })
}
