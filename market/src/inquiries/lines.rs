//! What a thread asks for line by line: listing, quantity, specification, target price, day. Only threads that
//! began in a basket have lines.

use std::collections::BTreeMap;

use time::Date;
use uuid::Uuid;

use crate::db::{Handle, Tx};
use crate::error::Result;
use crate::lang::Lang;
use crate::text;

/// Longest specification of a line, in characters.
pub const SPEC_MAX: usize = 300;
/// Longest target price of a line, in characters.
pub const TARGET_MAX: usize = 40;

/// A new line.
pub const INSERT: &str = "INSERT INTO thread_lines (thread_id, position, listing_id, title, quantity, spec, target_price, due_date) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
/// The lines of a thread in their order.
pub const LIST: &str = "SELECT l.listing_id, g.slug, l.title, l.quantity, l.spec, l.target_price, l.due_date, g.title_ko, g.title_en \
    FROM thread_lines l JOIN listings g ON g.id = l.listing_id WHERE l.thread_id = $1 ORDER BY l.position";

/// The lines of all threads of one form in their order.
pub const LIST_OF_BATCH: &str = "SELECT l.thread_id, l.listing_id, g.slug, l.title, l.quantity, l.spec, l.target_price, l.due_date, g.title_ko, g.title_en \
    FROM thread_lines l JOIN listings g ON g.id = l.listing_id JOIN threads t ON t.id = l.thread_id WHERE t.batch_id = $1 \
    ORDER BY l.thread_id, l.position";

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The listing.
    pub listing_id: Uuid,
    /// Address of the listing.
    pub slug: String,
    /// Its title when it was asked about.
    pub title: String,
    /// How much is needed, with the unit, as the buyer said it.
    pub quantity: String,
    /// What it has to be like; may be empty.
    pub spec: String,
    /// What the buyer hopes to pay, as said; may be empty.
    pub target_price: String,
    /// The day it is needed.
    pub due: Option<Date>,
}

#[derive(sqlx::FromRow)]
struct Row {
    listing_id: Uuid,
    slug: String,
    title: String,
    quantity: String,
    spec: String,
    target_price: String,
    due_date: Option<String>,
    title_ko: String,
    title_en: String,
}

impl Row {
    fn read_in(self, lang: Lang) -> Line {
        let title = in_words_of(lang, &self.title, (&self.title_ko, &self.title_en));
        Line { title, ..self.into() }
    }
}

#[derive(sqlx::FromRow)]
struct BatchRow {
    thread_id: Uuid,
    #[sqlx(flatten)]
    line: Row,
}

impl From<Row> for Line {
    fn from(row: Row) -> Self {
        Self {
            listing_id: row.listing_id,
            slug: row.slug,
            title: row.title,
            quantity: row.quantity,
            spec: row.spec,
            target_price: row.target_price,
            due: row.due_date.as_deref().and_then(text::day),
        }
    }
}

/// What a thread is called: its first title, and how many more.
pub(super) fn subject(lang: Lang, first: &str, lines: usize) -> String {
    match (lines.saturating_sub(1), lang) {
        (0, _) => first.to_owned(),
        (more, Lang::Ko) => format!("{first} 외 {more}건"),
        (more, Lang::En) => format!("{first} and {more} more"),
    }
}

/// A subject, or the title of a line, as it was written then, for a reader of `lang`: in their language where it is still the title
/// of its listing and that has one.
pub(crate) fn in_words_of(lang: Lang, stored: &str, titles: (&str, &str)) -> String {
    for title in [titles.0, titles.1] {
        let Some(rest) = stored.strip_prefix(title).filter(|_| !title.is_empty()) else { continue };
        if let Some(lines) = lines_of(rest) {
            return subject(lang, lang.pick(titles.0, titles.1), lines);
        }
    }
    stored.to_owned()
}

/// How many lines the end of a subject speaks of.
fn lines_of(rest: &str) -> Option<usize> {
    if rest.is_empty() {
        return Some(1);
    }
    let korean = rest.strip_prefix(" 외 ").and_then(|rest| rest.strip_suffix("건"));
    let english = rest.strip_prefix(" and ").and_then(|rest| rest.strip_suffix(" more"));
    korean.or(english)?.parse().ok().map(|more: usize| more + 1)
}

pub(super) async fn insert(tx: &mut Tx, thread: Uuid, lines: &[Line]) -> Result<()> {
    for (position, line) in (1_i64..).zip(lines) {
        let due = line.due.map(|day| day.to_string());
        crate::execute!(
            *tx,
            INSERT,
            thread,
            position,
            line.listing_id,
            &line.title,
            &line.quantity,
            &line.spec,
            &line.target_price,
            due
        )?;
    }
    Ok(())
}

/// The lines of a thread.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn of_thread(db: &mut impl Handle, thread: Uuid) -> Result<Vec<Line>> {
    Ok(crate::fetch_all!(*db, Row, LIST, thread)?.into_iter().map(Line::from).collect())
}

/// The lines of a thread for a reader of `lang`.
pub(super) async fn of_thread_for(db: &mut impl Handle, thread: Uuid, lang: Lang) -> Result<Vec<Line>> {
    Ok(crate::fetch_all!(*db, Row, LIST, thread)?.into_iter().map(|row| row.read_in(lang)).collect())
}

/// The lines of all threads of one form, by thread, for a reader of `lang`.
pub(super) async fn of_batch(
    db: &mut impl Handle,
    batch: Uuid,
    lang: Lang,
) -> Result<BTreeMap<Uuid, Vec<Line>>> {
    let mut lines: BTreeMap<Uuid, Vec<Line>> = BTreeMap::new();
    for row in crate::fetch_all!(*db, BatchRow, LIST_OF_BATCH, batch)? {
        lines.entry(row.thread_id).or_default().push(row.line.read_in(lang));
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_read_in_the_readers_language() {
        let bolt = ("육각볼트", "Hex bolt");
        let read = |lang, stored| in_words_of(lang, stored, bolt);
        assert_eq!(read(Lang::En, "육각볼트"), "Hex bolt");
        assert_eq!(read(Lang::En, "육각볼트 외 2건"), "Hex bolt and 2 more");
        assert_eq!(read(Lang::Ko, "Hex bolt and 2 more"), "육각볼트 외 2건");
        assert_eq!(read(Lang::Ko, "육각볼트"), "육각볼트");
        // called otherwise since, or without an English title: as it was written
        assert_eq!(read(Lang::En, "둥근볼트"), "둥근볼트");
        assert_eq!(read(Lang::En, "육각볼트 세트"), "육각볼트 세트");
        assert_eq!(in_words_of(Lang::En, "육각볼트", ("육각볼트", "")), "육각볼트");
    }
}
