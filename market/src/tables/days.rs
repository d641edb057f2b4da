//! Declared days off: imported as text, kept, and laid over the built-in calendar in every process.

use serde_json::json;

use crate::accounts::access::{Object, Verb, demand};
use crate::audit;
use crate::calendar::{self, DeclaredDay, HolidayKind};
use crate::cx::{Cx, Market};
use crate::error::{Error, Problem, Result};

/// Most lines of one import.
const MOST: usize = 1_000;

/// Every declared day.
pub const LIST: &str = "SELECT day, kind, name_ko, name_en FROM calendar_days ORDER BY day";
/// Keeps a day, or corrects it.
pub const KEEP: &str = "INSERT INTO calendar_days (day, kind, name_ko, name_en, set_at) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (day) DO UPDATE SET kind = excluded.kind, name_ko = excluded.name_ko, name_en = excluded.name_en, set_at = excluded.set_at";

type Row = (String, String, String, String);

/// The declared days, earliest first.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn declared_days(market: &Market) -> Result<Vec<DeclaredDay>> {
    let mut db = market.db().read().await?;
    let rows = crate::fetch_all!(db, Row, LIST)?;
    let read = |(day, kind, name_ko, name_en): Row| {
        let kind = HolidayKind::from_code(&kind);
        Some(DeclaredDay { date: crate::text::day(&day)?, kind, name_ko, name_en })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Lays the declared days over the built-in ones in this process; at the start and every minute.
///
/// # Errors
/// `Unavailable` when the database is away; the days laid before stay.
pub async fn load(market: &Market) -> Result<()> {
    calendar::declare(&declared_days(market).await?);
    Ok(())
}

/// Imports days, all or none; gives how many. A day that is known is corrected, so importing twice is importing once.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`; `Invalid` with the rule `days.line.N` naming the first line that is no day.
pub async fn import_days(cx: &Cx, text: &str) -> Result<usize> {
    demand(&cx.actor, Verb::KeepCalendar, Object::Site)?;
    let days = calendar::read_days(text)
        .map_err(|line| Error::invalid("days", Problem::Rule(format!("days.line.{line}").into())))?;
    if days.is_empty() {
        return Err(Error::invalid("days", Problem::Required));
    }
    if days.len() > MOST {
        return Err(Error::invalid("days", Problem::TooMany { max: MOST }));
    }
    let mut tx = cx.write().await?;
    for day in &days {
        let kind = day.kind.map_or("working", HolidayKind::code);
        crate::execute!(tx, KEEP, day.date.to_string(), kind, &day.name_ko, &day.name_en, cx.now())?;
    }
    audit::record(cx, &mut tx, "calendar.import", ("calendar", None), json!({ "days": days.len() })).await?;
    tx.commit().await?;
    load(&cx.market).await?;
    Ok(days.len())
}
