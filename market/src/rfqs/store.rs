//! Rows of requests.

use time::Date;
use uuid::Uuid;

use super::model::{RequestLine, RfqState, Visibility};
use crate::accounts::access::Object;
use crate::accounts::consent;
use crate::db::{DatabaseError, Handle, Tx};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::text;
use crate::time::Timestamp;

macro_rules! rfq_columns {
    () => {
        "r.id, r.buyer_id, r.state, r.title, r.body, r.lines, r.category, r.region, r.place, r.due_date, r.visibility, r.lang, r.created_at, \
         r.submitted_at, r.opened_at, r.closes_at, r.extended_at, r.closed_at, r.reason, r.answers, r.version, \
         (SELECT CAST(COUNT(*) AS BIGINT) FROM files f WHERE f.rfq_id = r.id) AS files"
    };
}
pub(super) use rfq_columns;

/// One request.
pub const FIND: &str = concat!("SELECT ", rfq_columns!(), " FROM rfqs r WHERE r.id = $1");
/// Requests of one buyer, the newest first.
pub const OWN: &str = concat!(
    "SELECT ",
    rfq_columns!(),
    " FROM rfqs r WHERE r.buyer_id = $1 ORDER BY r.created_at DESC, r.id LIMIT 100"
);
/// Requests of one buyer that may still be closed.
pub const OPEN_OF_BUYER: &str =
    "SELECT id FROM rfqs WHERE buyer_id = $1 AND state NOT IN ('closed', 'removed') ORDER BY id";
/// Everything a buyer ever asked for, for the copy of their data.
pub const WRITTEN_BY: &str = "SELECT title, body, lines, place, state, created_at FROM rfqs WHERE buyer_id = $1 ORDER BY created_at, id LIMIT 5000";
/// Requests that nobody confirmed, of a closed account.
pub const ERASE_DRAFTS: &str = "DELETE FROM rfq_drafts WHERE email = $1 AND rfq_id IS NULL";
/// Makes the address of a confirmed request nobody's.
pub const BLANK_DRAFTS: &str = "UPDATE rfq_drafts SET email = $2, content = '{}' WHERE email = $1";
/// A new request.
pub const INSERT: &str = "INSERT INTO rfqs (id, buyer_id, state, title, body, lines, category, region, place, due_date, visibility, lang, created_at, \
    submitted_at, answers, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, 0, 1)";
/// New words of one that came back, if it is still with its buyer.
pub const REWRITE: &str = "UPDATE rfqs SET title = $3, body = $4, lines = $5, category = $6, region = $7, place = $8, due_date = $9, visibility = $10, \
    submitted_at = $11, version = version + 1 WHERE id = $1 AND version = $2 AND state = 'draft'";
/// Keeps a changed state; changes no row when somebody else was faster.
pub const SAVE: &str = "UPDATE rfqs SET state = $3, opened_at = $4, closes_at = $5, extended_at = $6, closed_at = $7, reason = $8, \
    version = version + 1 WHERE id = $1 AND version = $2";
/// Takes one of the places for answers, if one is free.
pub const TAKE_PLACE: &str = "UPDATE rfqs SET answers = answers + 1, version = version + 1 WHERE id = $1 AND state = 'open' AND closes_at > $2 AND answers < $3";
/// Open requests whose days are over.
pub const DUE: &str =
    "SELECT id FROM rfqs WHERE state = 'open' AND closes_at <= $1 ORDER BY closes_at, id LIMIT 100";
/// Notes an invited vendor.
pub const INVITE: &str =
    "INSERT INTO rfq_invites (rfq_id, vendor_id) VALUES ($1, $2) ON CONFLICT (rfq_id, vendor_id) DO NOTHING";
/// Forgets whom a request invites.
pub const UNINVITE: &str = "DELETE FROM rfq_invites WHERE rfq_id = $1";
/// Addresses and names of the vendors invited.
pub const INVITED: &str = "SELECT v.id, v.slug, v.name_ko, v.name_en FROM rfq_invites i JOIN vendors v ON v.id = i.vendor_id WHERE i.rfq_id = $1 ORDER BY v.name_ko LIMIT 20";
/// An approved vendor by its address.
pub const VENDOR_BY_SLUG: &str = "SELECT v.id FROM vendors v WHERE v.slug = $1 AND v.state = 'approved'";
/// Companies that whoever has an address works for.
pub const COMPANIES_OF_ADDRESS: &str = "SELECT m.vendor_id FROM vendor_members m JOIN users u ON u.id = m.user_id WHERE u.email = $1 ORDER BY m.vendor_id";
/// Approved vendors whose name has these words. Asked when somebody hands in a request, at most once for each they invite.
pub const VENDORS_NAMED: &str = "SELECT v.id, v.name_ko, v.name_en FROM vendors v WHERE v.state = 'approved' \
    AND (lower(replace(replace(replace(v.name_ko, ' ', ''), '-', ''), '.', '')) LIKE $1 OR lower(replace(replace(replace(v.name_en, ' ', ''), '-', ''), '.', '')) LIKE $1) ORDER BY length(v.name_ko), v.id LIMIT 200";
/// The form that the threads of a request share.
pub const INSERT_BATCH: &str =
    "INSERT INTO inquiry_batches (id, buyer_id, lang, created_at) VALUES ($1, $2, $3, $4)";
/// Who asked, for those who may answer.
pub const BUYER: &str = "SELECT u.name, u.company, u.country, u.email_confirmed_at, \
    (SELECT CASE WHEN c.granted THEN c.version ELSE '' END FROM consents c \
     WHERE c.user_id = u.id AND c.kind = 'third_party' ORDER BY c.at DESC, c.id DESC LIMIT 1) AS agreed FROM users u WHERE u.id = $1";

/// One request.
#[derive(Clone, Debug)]
pub struct Rfq {
    /// Identity.
    pub id: Uuid,
    /// Who asks.
    pub buyer_id: Uuid,
    /// Where it stands.
    pub state: RfqState,
    /// What it is about.
    pub title: String,
    /// The buyer's words.
    pub body: String,
    /// What is needed, line by line.
    pub lines: Vec<RequestLine>,
    /// Category code.
    pub category: String,
    /// Region code; may be empty.
    pub region: String,
    /// Where it goes; may be empty.
    pub place: String,
    /// The day it is needed.
    pub due: Option<Date>,
    /// Who sees it.
    pub visibility: Visibility,
    /// Language it was written on.
    pub lang: Lang,
    /// When it was first written.
    pub created_at: Timestamp,
    /// When it was last handed in.
    pub submitted_at: Timestamp,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// When it ends by itself.
    pub closes_at: Option<Timestamp>,
    /// When days were added.
    pub extended_at: Option<Timestamp>,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
    /// Code of a close reason, or a curator's words.
    pub reason: Option<String>,
    /// Vendors who answered.
    pub answers: i64,
    /// Files that go with it.
    pub files: i64,
    /// Number of changes.
    pub version: i64,
}

impl Rfq {
    /// A request of `(buyer, state)` that says nothing yet, written in `(language, moment)`.
    pub(super) const fn begun(id: Uuid, of: (Uuid, RfqState), written: (Lang, Timestamp)) -> Self {
        Self {
            id,
            buyer_id: of.0,
            state: of.1,
            title: String::new(),
            body: String::new(),
            lines: Vec::new(),
            category: String::new(),
            region: String::new(),
            place: String::new(),
            due: None,
            visibility: Visibility::Public,
            lang: written.0,
            created_at: written.1,
            submitted_at: written.1,
            opened_at: None,
            closes_at: None,
            extended_at: None,
            closed_at: None,
            reason: None,
            answers: 0,
            files: 0,
            version: 1,
        }
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    buyer_id: Uuid,
    state: String,
    title: String,
    body: String,
    lines: String,
    category: String,
    region: String,
    place: String,
    due_date: Option<String>,
    visibility: String,
    lang: String,
    created_at: Timestamp,
    submitted_at: Timestamp,
    opened_at: Option<Timestamp>,
    closes_at: Option<Timestamp>,
    extended_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    reason: Option<String>,
    answers: i64,
    files: i64,
    version: i64,
}

impl TryFrom<Row> for Rfq {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let unknown = |column, value: &str| DatabaseError { table: "rfqs", column, value: value.to_owned() };
        Ok(Self {
            id: row.id,
            buyer_id: row.buyer_id,
            state: RfqState::from_code(&row.state).ok_or_else(|| unknown("state", &row.state))?,
            title: row.title,
            body: row.body,
            lines: serde_json::from_str(&row.lines)?,
            category: row.category,
            region: row.region,
            place: row.place,
            due: row.due_date.as_deref().and_then(text::day),
            visibility: Visibility::from_code(&row.visibility)
                .ok_or_else(|| unknown("visibility", &row.visibility))?,
            lang: Lang::from_code(&row.lang),
            created_at: row.created_at,
            submitted_at: row.submitted_at,
            opened_at: row.opened_at,
            closes_at: row.closes_at,
            extended_at: row.extended_at,
            closed_at: row.closed_at,
            reason: row.reason,
            answers: row.answers,
            files: row.files,
            version: row.version,
        })
    }
}

impl Rfq {
    /// What access decides about: as a thread between its buyer and `vendor`.
    pub(super) fn object(&self, vendor_id: Uuid) -> Object {
        Object::Thread { thread_id: self.id, vendor_id, buyer_id: self.buyer_id }
    }

    /// Whether vendors may answer at `now`.
    pub fn takes_answers(&self, now: Timestamp) -> bool {
        self.state == RfqState::Open && self.closes_at.is_some_and(|end| end > now)
    }
}

/// A vendor named by a buyer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Invited {
    /// Identity.
    pub id: Uuid,
    /// Address of its page.
    pub slug: String,
    /// Korean name.
    pub name_ko: String,
    /// English name.
    pub name_en: String,
}

/// Who asks, as those see who may answer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Buyer {
    /// Name.
    pub name: String,
    /// Company.
    pub company: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// When the address proved itself.
    pub email_confirmed_at: Option<Timestamp>,
    /// What their newest answer about vendors agreed to.
    agreed: Option<String>,
}

impl Buyer {
    /// Whether they have to agree before vendors learn who asks.
    pub fn asks_consent(&self) -> bool {
        !consent::counts(self.agreed.as_deref())
    }
}

/// One request.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn find(db: &mut impl Handle, id: Uuid) -> Result<Option<Rfq>> {
    crate::fetch_optional!(*db, Row, FIND, id)?.map(Rfq::try_from).transpose()
}

pub(super) async fn insert(tx: &mut Tx, rfq: &Rfq) -> Result<()> {
    let lines = serde_json::to_string(&rfq.lines)?;
    crate::execute!(
        *tx,
        INSERT,
        rfq.id,
        rfq.buyer_id,
        rfq.state.code(),
        &rfq.title,
        &rfq.body,
        &lines,
        &rfq.category,
        &rfq.region,
        &rfq.place,
        rfq.due.map(|day| day.to_string()),
        rfq.visibility.code(),
        rfq.lang.code(),
        rfq.created_at
    )?;
    Ok(())
}

/// Keeps a changed state.
pub(super) async fn save(tx: &mut Tx, rfq: &mut Rfq) -> Result<()> {
    let changed = crate::execute!(
        *tx,
        SAVE,
        rfq.id,
        rfq.version,
        rfq.state.code(),
        rfq.opened_at,
        rfq.closes_at,
        rfq.extended_at,
        rfq.closed_at,
        rfq.reason.as_deref()
    )?;
    if changed == 0 {
        return Err(Error::conflict("thread.changed"));
    }
    rfq.version += 1;
    Ok(())
}
