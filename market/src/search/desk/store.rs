//! Rows of rules. Versions are only added; the newest one of a rule counts.

use uuid::Uuid;

use super::rules::{Rule, RuleKind};
use crate::db::{DatabaseError, Handle, Tx};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::time::Timestamp;

macro_rules! newest {
    () => {
        "r.version = (SELECT MAX(o.version) FROM search_rules o WHERE o.rule_id = r.rule_id)"
    };
}

macro_rules! columns {
    () => {
        "SELECT r.seq, r.rule_id, r.version, r.kind, r.query, r.target, r.listing_id, r.note, r.expires_at, r.ended, r.at, \
         u.name AS author, l.title_ko, l.title_en, l.slug FROM search_rules r LEFT JOIN users u ON u.id = r.author_id \
         LEFT JOIN listings l ON l.id = r.listing_id "
    };
}

/// Number of the last change.
pub const VERSION: &str = "SELECT version FROM search_rules_state WHERE id = 1";
/// The next number; whoever takes it holds others up until the end of the transaction.
pub const NEXT: &str = "UPDATE search_rules_state SET version = version + 1 WHERE id = 1 RETURNING version";
/// Rules in force at `$1`, the last changed first.
pub const IN_FORCE: &str = concat!(
    "SELECT r.rule_id, r.kind, r.query, r.target, r.listing_id, r.expires_at FROM search_rules r WHERE ",
    newest!(),
    " AND NOT r.ended AND (r.expires_at IS NULL OR r.expires_at > $1) ORDER BY r.seq DESC LIMIT 2000"
);
/// Every rule as it is now, the last changed first; `$1` narrows to a kind.
pub const LIST: &str = concat!(
    columns!(),
    "WHERE ",
    newest!(),
    " AND (CAST($1 AS TEXT) IS NULL OR r.kind = $1) ORDER BY r.ended, r.seq DESC LIMIT 500"
);
/// Every version of one rule, the newest first.
pub const VERSIONS: &str = concat!(columns!(), "WHERE r.rule_id = $1 ORDER BY r.version DESC LIMIT 100");
/// Adds a version.
pub const ADD: &str = "INSERT INTO search_rules (seq, rule_id, version, kind, query, target, listing_id, note, expires_at, ended, author_id, at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/// One version of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Identity of the rule.
    pub rule_id: Uuid,
    /// Number, from 1.
    pub version: i64,
    /// What it does.
    pub kind: RuleKind,
    /// Question, word or phrase.
    pub query: String,
    /// Words or path.
    pub target: String,
    /// The recommended listing.
    pub listing_id: Option<Uuid>,
    /// Why; for the team.
    pub note: String,
    /// Until when.
    pub expires_at: Option<Timestamp>,
    /// Taken back.
    pub ended: bool,
    /// When this version was made.
    pub at: Timestamp,
    /// By whom; none for the site itself.
    pub author: Option<String>,
    /// Korean and English title of the listing.
    pub title: Option<(String, String)>,
    /// Address of the listing.
    pub slug: Option<String>,
}

impl Version {
    /// Whether it acts at `now`.
    pub fn acts(&self, now: Timestamp) -> bool {
        !self.ended && self.expires_at.is_none_or(|end| end > now)
    }

    /// Title of the listing in a language.
    pub fn listing_title(&self, lang: Lang) -> Option<&str> {
        self.title.as_ref().map(|(ko, en)| lang.pick(ko, en))
    }

    /// The rule of this version.
    pub fn rule(&self) -> Rule {
        Rule {
            id: self.rule_id,
            kind: self.kind,
            query: self.query.clone(),
            target: self.target.clone(),
            listing: self.listing_id,
            expires_at: self.expires_at,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    rule_id: Uuid,
    version: i64,
    kind: String,
    query: String,
    target: String,
    listing_id: Option<Uuid>,
    note: String,
    expires_at: Option<Timestamp>,
    ended: bool,
    at: Timestamp,
    author: Option<String>,
    title_ko: Option<String>,
    title_en: Option<String>,
    slug: Option<String>,
}

fn kind(code: &str) -> Result<RuleKind> {
    RuleKind::from_code(code)
        .ok_or_else(|| DatabaseError { table: "search_rules", column: "kind", value: code.to_owned() }.into())
}

impl TryFrom<Row> for Version {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            rule_id: row.rule_id,
            version: row.version,
            kind: kind(&row.kind)?,
            query: row.query,
            target: row.target,
            listing_id: row.listing_id,
            note: row.note,
            expires_at: row.expires_at,
            ended: row.ended,
            at: row.at,
            author: row.author,
            title: row.title_ko.zip(row.title_en),
            slug: row.slug,
        })
    }
}

/// Rules in force.
pub(super) async fn in_force(db: &mut impl Handle, now: Timestamp) -> Result<Vec<Rule>> {
    type InForce = (Uuid, String, String, String, Option<Uuid>, Option<Timestamp>);
    let rows = crate::fetch_all!(*db, InForce, IN_FORCE, now)?;
    rows.into_iter()
        .map(|(id, code, query, target, listing, expires_at)| {
            Ok(Rule { id, kind: kind(&code)?, query, target, listing, expires_at })
        })
        .collect()
}

/// Every rule as it is now.
pub(super) async fn list(db: &mut impl Handle, of: Option<RuleKind>) -> Result<Vec<Version>> {
    let rows = crate::fetch_all!(*db, Row, LIST, of.map(RuleKind::code))?;
    rows.into_iter().map(Version::try_from).collect()
}

/// Every version of a rule, the newest first.
pub(super) async fn versions(db: &mut impl Handle, rule: Uuid) -> Result<Vec<Version>> {
    crate::fetch_all!(*db, Row, VERSIONS, rule)?.into_iter().map(Version::try_from).collect()
}

/// Adds a version of a rule.
pub(super) async fn add(tx: &mut Tx, rule: &Rule, stamp: &Stamp<'_>) -> Result<()> {
    let (seq,) = crate::fetch_one!(*tx, (i64,), NEXT)?;
    crate::execute!(
        *tx,
        ADD,
        seq,
        rule.id,
        stamp.version,
        rule.kind.code(),
        &rule.query,
        &rule.target,
        rule.listing,
        stamp.note,
        rule.expires_at,
        stamp.ended,
        stamp.author,
        stamp.at
    )?;
    Ok(())
}

/// What a version says besides its rule.
pub(super) struct Stamp<'a> {
    pub version: i64,
    pub note: &'a str,
    pub ended: bool,
    pub author: Option<Uuid>,
    pub at: Timestamp,
}
