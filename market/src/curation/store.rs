//! SQL of the inbox, of the slots and of the views of the record.

use uuid::Uuid;

use super::model::{InboxItem, Kind, KindCount};
use crate::db::{DatabaseError, Handle};
use crate::error::Result;
use crate::time::Timestamp;

/// Chapters an officer's scope can name at once.
pub const CHAPTERS_MAX: usize = 5;

/// Everything that waits within a scope: `$1` is true for the whole site, `$2` to `$6` are chapters.
macro_rules! waiting {
    () => {
        "SELECT 'vendor' AS kind, v.id AS id, v.name_ko AS title_ko, v.name_en AS title_en, v.id AS vendor_id, v.name_ko AS vendor_ko, \
           v.name_en AS vendor_en, v.state AS vendor_state, COALESCE(v.submitted_at, v.updated_at) AS since, v.version AS version FROM vendors v \
           WHERE v.state = 'in_review' AND (CAST($1 AS BOOLEAN) OR v.chapter_id IN ($2, $3, $4, $5, $6)) \
         UNION ALL SELECT 'vendor', v.id, v.name_ko, v.name_en, v.id, v.name_ko, v.name_en, v.state, v.staged_at, v.version FROM vendors v \
           WHERE v.staged_at IS NOT NULL AND v.state = 'approved' AND (CAST($1 AS BOOLEAN) OR v.chapter_id IN ($2, $3, $4, $5, $6)) \
         UNION ALL SELECT 'listing', l.id, l.title_ko, l.title_en, v.id, v.name_ko, v.name_en, v.state, COALESCE(l.submitted_at, l.updated_at), l.version \
           FROM listings l JOIN vendors v ON v.id = l.vendor_id \
           WHERE l.state = 'in_review' AND (CAST($1 AS BOOLEAN) OR v.chapter_id IN ($2, $3, $4, $5, $6)) \
         UNION ALL SELECT 'listing', l.id, l.title_ko, l.title_en, v.id, v.name_ko, v.name_en, v.state, l.pictures_changed_at, l.pictures_changed_at \
           FROM listings l JOIN vendors v ON v.id = l.vendor_id \
           WHERE l.pictures_changed_at IS NOT NULL AND l.state = 'published' AND (CAST($1 AS BOOLEAN) OR v.chapter_id IN ($2, $3, $4, $5, $6)) \
         UNION ALL SELECT 'revision', r.id, l.title_ko, l.title_en, v.id, v.name_ko, v.name_en, v.state, r.created_at, 0 \
           FROM listing_revisions r JOIN listings l ON l.id = r.listing_id JOIN vendors v ON v.id = l.vendor_id \
           WHERE r.state = 'pending' AND (CAST($1 AS BOOLEAN) OR v.chapter_id IN ($2, $3, $4, $5, $6)) \
         UNION ALL SELECT 'rfq', q.id, q.title, '', q.buyer_id, u.name, '', 'approved', q.submitted_at, q.version \
           FROM rfqs q JOIN users u ON u.id = q.buyer_id WHERE q.state = 'in_review' AND CAST($1 AS BOOLEAN) \
         UNION ALL SELECT 'held', h.id, h.title, '', h.id, COALESCE(v.name_ko, ''), COALESCE(v.name_en, ''), 'approved', h.written_at, 0 \
           FROM held_items h LEFT JOIN vendors v ON v.id = h.vendor_id WHERE h.state = 'waiting' AND CAST($1 AS BOOLEAN) \
         UNION ALL SELECT 'report', p.id, t.subject, '', v.id, v.name_ko, v.name_en, 'approved', p.created_at, 0 \
           FROM reports p JOIN threads t ON t.id = p.thread_id JOIN vendors v ON v.id = t.vendor_id WHERE p.state = 'open' AND CAST($1 AS BOOLEAN)"
    };
}

/// How many of each kind wait, and since when.
pub const COUNTS: &str = concat!(
    "SELECT w.kind, CAST(COUNT(*) AS BIGINT), MIN(w.since) FROM (",
    waiting!(),
    ") w GROUP BY w.kind"
);
/// A page of what waits, the oldest first.
pub const WAITING: &str = concat!(
    "SELECT w.kind, w.id, w.title_ko, w.title_en, w.vendor_id, w.vendor_ko, w.vendor_en, w.vendor_state, w.since, w.version FROM (",
    waiting!(),
    ") w WHERE (CAST($7 AS TEXT) IS NULL OR w.kind = $7) ORDER BY w.since, w.id LIMIT $8 OFFSET $9"
);
/// Decisions of one person since a moment.
pub const DECIDED_BY: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_log WHERE actor_id = $1 AND at >= $2 AND action IN \
    ('vendor.approve', 'vendor.return', 'vendor.reject', 'vendor.edit_applied', 'vendor.edit_declined', 'listing.approve', 'listing.pictures_seen', 'listing.return', 'listing.hide', 'revision.applied', 'revision.declined', 'rfq.open', 'rfq.return', 'rfq.remove', \
    'held.release', 'held.refuse', 'report.uphold', 'report.dismiss')";
/// Listings whose title or company matches, for hiding and showing; within the scope of `$1` to `$6`.
pub const FIND_LISTINGS: &str = "SELECT l.id, l.state, l.title_ko, l.title_en, v.name_ko, v.name_en, l.updated_at \
    FROM listings l JOIN vendors v ON v.id = l.vendor_id WHERE (CAST($1 AS BOOLEAN) OR v.chapter_id IN ($2, $3, $4, $5, $6)) \
    AND l.state <> 'draft' AND (LOWER(l.title_ko) LIKE $7 ESCAPE '!' OR LOWER(l.title_en) LIKE $7 ESCAPE '!' OR LOWER(v.name_ko) LIKE $7 ESCAPE '!') \
    ORDER BY l.updated_at DESC, l.id DESC LIMIT 50";
/// Name of a chapter.
pub const CHAPTER_NAME: &str = "SELECT name_ko, name_en FROM chapters WHERE id = $1";
/// How the company stands, for somebody who decides about one of its listings.
pub const VENDOR_FACTS: &str = "SELECT v.approved_at, v.registry_status, s.asked, s.answered_in_time, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM listings l WHERE l.vendor_id = v.id AND l.state = 'published') AS published \
    FROM vendors v LEFT JOIN vendor_response_stats s ON s.vendor_id = v.id WHERE v.id = $1";
/// What happened to one thing, newest first, with the names of those who did it.
pub const HISTORY: &str = "SELECT a.seq, a.at, a.actor_kind, a.action, a.object_kind, a.object_id, a.data, u.name AS actor_name \
    FROM audit_log a LEFT JOIN users u ON u.id = a.actor_id WHERE a.object_kind = $1 AND a.object_id = $2 \
    AND a.action <> 'personal_data.read' AND a.action <> 'listing.save' ORDER BY a.seq DESC LIMIT 30";
/// A page of the record before a position.
pub const RECORD: &str = "SELECT a.seq, a.at, a.actor_kind, a.action, a.object_kind, a.object_id, a.data, u.name AS actor_name \
    FROM audit_log a LEFT JOIN users u ON u.id = a.actor_id WHERE a.seq < $1 ORDER BY a.seq DESC LIMIT 50";

/// What is on the home page or will be, in order; `$1` is the time.
pub const SLOTS: &str = concat!(
    "SELECT s.id, s.listing_id, s.position, s.note, s.starts_at, s.ends_at, l.slug, l.title_ko, l.title_en, v.name_ko AS vendor_ko, \
     v.name_en AS vendor_en, (",
    crate::visible_listings!(),
    ") AS visible FROM slots s JOIN listings l ON l.id = s.listing_id JOIN vendors v ON v.id = l.vendor_id \
     WHERE s.place = 'home' AND s.removed_at IS NULL AND s.ends_at > $1 ORDER BY s.position, s.id"
);
/// Whether strangers may see a listing now.
pub const IS_VISIBLE: &str = concat!(
    "SELECT l.id FROM listings l JOIN vendors v ON v.id = l.vendor_id WHERE l.id = $2 AND ",
    crate::visible_listings!()
);
/// Listings to choose from: visible ones whose title or company matches.
pub const CHOICES: &str = concat!(
    "SELECT l.id, l.title_ko, l.title_en, v.name_ko, v.name_en FROM listings l JOIN vendors v ON v.id = l.vendor_id WHERE ",
    crate::visible_listings!(),
    " AND (LOWER(l.title_ko) LIKE $2 ESCAPE '!' OR LOWER(l.title_en) LIKE $2 ESCAPE '!' OR LOWER(v.name_ko) LIKE $2 ESCAPE '!') \
     ORDER BY l.published_at DESC, l.id DESC LIMIT 10"
);
/// Puts a listing on the home page.
pub const ADD_SLOT: &str = "INSERT INTO slots (id, place, position, listing_id, note, starts_at, ends_at, created_by, created_at) \
    VALUES ($1, 'home', $2, $3, $4, $5, $6, $7, $8)";
/// Takes one off.
pub const REMOVE_SLOT: &str = "UPDATE slots SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL";
/// Moves one.
pub const PLACE_SLOT: &str = "UPDATE slots SET position = $2 WHERE id = $1 AND removed_at IS NULL";
/// One arranger of the slots at a time; SQLite has one writer anyway.
pub const LOCK_SLOTS_POSTGRES: &str = "SELECT pg_advisory_xact_lock(7006)";

/// What somebody of the team may see: the whole site, or the companies of some chapters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The whole site.
    pub everything: bool,
    /// Chapters, at most [`CHAPTERS_MAX`].
    pub chapters: Vec<Uuid>,
}

impl Scope {
    pub(super) fn chapter(&self, index: usize) -> Uuid {
        self.chapters.get(index).copied().unwrap_or_default()
    }
}

#[derive(sqlx::FromRow)]
struct ItemRow {
    kind: String,
    id: Uuid,
    title_ko: String,
    title_en: String,
    vendor_id: Uuid,
    vendor_ko: String,
    vendor_en: String,
    vendor_state: String,
    since: Timestamp,
    version: i64,
}

fn kind(code: &str) -> Result<Kind> {
    Ok(Kind::from_code(code).ok_or_else(|| DatabaseError {
        table: "inbox",
        column: "kind",
        value: code.to_owned(),
    })?)
}

/// How many of each kind wait within a scope.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn counts(db: &mut impl Handle, scope: &Scope) -> Result<Vec<KindCount>> {
    let c = |index| scope.chapter(index);
    let rows = crate::fetch_all!(
        *db,
        (String, i64, Option<Timestamp>),
        COUNTS,
        scope.everything,
        c(0),
        c(1),
        c(2),
        c(3),
        c(4)
    )?;
    let mut found = Kind::ALL.map(|kind| KindCount { kind, count: 0, oldest: None });
    for (code, count, oldest) in rows {
        let kind = kind(&code)?;
        found
            .iter_mut()
            .filter(|row| row.kind == kind)
            .for_each(|row| *row = KindCount { kind, count, oldest });
    }
    Ok(found.to_vec())
}

/// A page of what waits, the oldest first.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn waiting(
    db: &mut impl Handle,
    scope: &Scope,
    of: Option<Kind>,
    limit: i64,
    offset: i64,
) -> Result<Vec<InboxItem>> {
    let c = |index| scope.chapter(index);
    let rows = crate::fetch_all!(
        *db,
        ItemRow,
        WAITING,
        scope.everything,
        c(0),
        c(1),
        c(2),
        c(3),
        c(4),
        of.map(Kind::code),
        limit,
        offset
    )?;
    rows.into_iter()
        .map(|row| {
            Ok(InboxItem {
                kind: kind(&row.kind)?,
                id: row.id,
                title_ko: row.title_ko,
                title_en: row.title_en,
                vendor_id: row.vendor_id,
                vendor_ko: row.vendor_ko,
                vendor_en: row.vendor_en,
                vendor_state: row.vendor_state,
                since: row.since,
                version: row.version,
            })
        })
        .collect()
}

/// A pattern for LIKE that finds `text` anywhere, its own wildcards taken literally (`ESCAPE '!'`).
pub fn containing(text: &str) -> String {
    format!("%{}%", text.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}
