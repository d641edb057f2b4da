//! Days on which one company rests: days off said ahead, and a 휴무. Said beforehand, they move the company's deadlines and stop
//! its response clock; said afterwards, they change nothing that was asked before.

use serde_json::json;
use time::Date;
use uuid::Uuid;

use crate::accounts::access::{Object, Verb, demand_own};
use crate::audit;
use crate::calendar;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::text;
use crate::time::{DAY, Timestamp};

/// Working days a company may take off in any twelve months.
pub const MOST_IN_A_YEAR: usize = 25;
/// What a 휴무 is stored as.
const HOLIDAY: &str = "holiday";
/// How far ahead they may lie, in days.
const AHEAD: i64 = 400;
/// Longest note, in characters.
pub const NOTE_MAX: usize = 60;

/// Days that are not over, and those of the last year for the figures; what was said last comes first.
pub const LIST: &str = "SELECT id, first_day, last_day, note, created_at, ended_at, kind FROM vendor_days_off \
    WHERE vendor_id = $1 AND last_day >= $2 ORDER BY created_at DESC, id LIMIT 500";
/// New ones.
pub const INSERT: &str = "INSERT INTO vendor_days_off (id, vendor_id, first_day, last_day, note, created_by, created_at, kind) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
/// The 휴무 of a company that reached beyond a day, each with the moment it ended or would end now.
pub const RESTED: &str = "SELECT first_day, last_day, MAX(COALESCE(ended_at, CAST($3 AS BIGINT))) FROM vendor_days_off \
    WHERE vendor_id = $1 AND kind = 'holiday' AND last_day >= $2 GROUP BY first_day, last_day";
/// Takes them back.
pub const END: &str = "UPDATE vendor_days_off SET ended_at = $3 WHERE id = $1 AND vendor_id = $2 AND kind = 'days' AND ended_at IS NULL";
/// Ends a running 휴무.
pub const END_HOLIDAY: &str =
    "UPDATE vendor_days_off SET ended_at = $2 WHERE vendor_id = $1 AND kind = 'holiday' AND ended_at IS NULL";

/// Some days off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaysOff {
    /// Identity.
    pub id: Uuid,
    /// The first one.
    pub first: Date,
    /// The last one.
    pub last: Date,
    /// Why; may be empty.
    pub note: String,
    /// When they were said.
    pub said_at: Timestamp,
    /// When they were taken back.
    pub ended_at: Option<Timestamp>,
    /// Whether they are a 휴무, set and ended on the company's page.
    pub holiday: bool,
}

impl DaysOff {
    /// Whether the company rests on a day, for whoever asked at `asked`.
    pub fn holds(&self, date: Date, asked: Timestamp) -> bool {
        self.first <= date
            && date <= self.last
            && self.said_at <= asked
            && self.ended_at.is_none_or(|ended| ended > asked)
    }
}

type Row = (Uuid, String, String, String, Timestamp, Option<Timestamp>, String);

/// The days off of a company whose last one is not before `from`, its 휴무 among them.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn of_vendor(db: &mut impl Handle, vendor: Uuid, from: Date) -> Result<Vec<DaysOff>> {
    let rows = crate::fetch_all!(*db, Row, LIST, vendor, from.to_string())?;
    let read = |(id, first, last, note, said_at, ended_at, kind): Row| {
        let holiday = kind == HOLIDAY;
        Some(DaysOff {
            id,
            first: text::day(&first)?,
            last: text::day(&last)?,
            note,
            said_at,
            ended_at,
            holiday,
        })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// The deadline of a company for what it is asked now: working days, without its own days off.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn due(db: &mut impl Handle, vendor: Uuid, now: Timestamp, days: u16) -> Result<Timestamp> {
    let off = of_vendor(db, vendor, calendar::seoul_date(now.0)).await?;
    let closed = |date: Date| off.iter().any(|days| days.holds(date, now));
    Ok(Timestamp(calendar::add_business_days_except(now.0, days.max(1), closed)))
}

/// Notes that a company is away until a moment, or no more: what was said before ends, so that what is asked from now on
/// counts by what stands on its page now.
///
/// # Errors
/// `Invalid` for more than a company may rest in a year: whoever rests for ever has no deadlines.
pub(super) async fn note_holiday(
    cx: &Cx,
    tx: &mut Tx,
    vendor: Uuid,
    (before, until): (Option<Timestamp>, Option<Timestamp>),
) -> Result<()> {
    crate::execute!(*tx, END_HOLIDAY, vendor, cx.now())?;
    let Some(until) = until else { return Ok(()) };
    let (me, now) = (cx.actor.signed_in()?.id, cx.now());
    // it ends at midnight: its last day is the one before
    let (first, last) = (calendar::seoul_date(now.0), calendar::seoul_date(until.0 - 1));
    let mut rests = rested(tx, vendor, now).await?;
    rests.push((first, last));
    // one that runs may always be made shorter
    let shorter = before.is_some_and(|before| until < before);
    if !shorter && most_in_a_year(rests) > cx.settings().holiday_days_per_year {
        return Err(Error::invalid("holiday_until", Problem::Rule("vendor.holiday_too_many".into())));
    }
    let (first, last) = (first.to_string(), last.to_string());
    crate::execute!(*tx, INSERT, cx.new_id(), vendor, first, last, "", me, now, HOLIDAY)?;
    Ok(())
}

/// The days on which a company was on 휴무 within the last year; one that was cut short lasted to that day.
async fn rested(tx: &mut Tx, vendor: Uuid, now: Timestamp) -> Result<Vec<(Date, Date)>> {
    let year = calendar::seoul_date(now.plus(-365 * DAY).0).to_string();
    let rows = crate::fetch_all!(*tx, (String, String, Timestamp), RESTED, vendor, year, now)?;
    let lasted = |(first, last, ended): (String, String, Timestamp)| {
        Some((text::day(&first)?, text::day(&last)?.min(calendar::seoul_date(ended.0))))
    };
    Ok(rows.into_iter().filter_map(lasted).collect())
}

fn object(vendor_id: Uuid) -> Object {
    Object::Vendor { vendor_id, chapter_id: None }
}

/// The days off of a company that are not over and not taken back, for its team.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for others.
pub async fn list_days_off(cx: &Cx, vendor: Uuid) -> Result<Vec<DaysOff>> {
    demand_own(&cx.actor, Verb::OpenVendorDesk, object(vendor))?;
    let mut db = cx.read().await?;
    let mut days = of_vendor(&mut db, vendor, calendar::seoul_date(cx.now().0)).await?;
    days.retain(|days| days.ended_at.is_none() && !days.holiday);
    days.sort_by_key(|days| (days.first, days.id));
    Ok(days)
}

/// Says that the company rests on some days. The same days again change nothing.
///
/// # Errors
/// `Invalid` by field; `NotFound` for others' companies.
pub async fn add_days_off(cx: &Cx, vendor: Uuid, first: &str, last: &str, note: &str) -> Result<()> {
    demand_own(&cx.actor, Verb::EditVendor, object(vendor))?;
    let today = calendar::seoul_date(cx.now().0);
    let mut errors = FieldErrors::new();
    let wrong = || Problem::Rule("days_off.range".into());
    let end = calendar::seoul_date(cx.now().plus(AHEAD * DAY).0);
    let first = errors.take(
        "first",
        text::day(&text::line(first)).filter(|day| *day >= today && *day <= end).ok_or_else(wrong),
    );
    let last = match text::line(last) {
        empty if empty.is_empty() => first,
        typed => errors.take(
            "last",
            text::day(&typed)
                .filter(|day| first.is_none_or(|first| *day >= first) && *day <= end)
                .ok_or_else(wrong),
        ),
    };
    let note = errors.take("note", text::line_within(note, 0, NOTE_MAX)).unwrap_or_default();
    errors.into_result()?;
    let (Some(first), Some(last)) = (first, last) else { return Err(ErrorKind::Internal.into()) };
    let mut tx = cx.write().await?;
    let year = calendar::seoul_date(cx.now().plus(-365 * DAY).0);
    let known = of_vendor(&mut tx, vendor, year).await?;
    let mut known: Vec<_> =
        known.into_iter().filter(|days| days.ended_at.is_none() && !days.holiday).collect();
    if known.iter().any(|days| days.first == first && days.last == last) {
        return Ok(());
    }
    let id = cx.new_id();
    known.push(DaysOff {
        id,
        first,
        last,
        note: note.clone(),
        said_at: cx.now(),
        ended_at: None,
        holiday: false,
    });
    if most_in_a_year(known.iter().map(|days| (days.first, days.last))) > MOST_IN_A_YEAR {
        return Err(Error::invalid("last", Problem::Rule("days_off.too_many".into())));
    }
    let me = cx.actor.signed_in()?.id;
    crate::execute!(
        tx,
        INSERT,
        id,
        vendor,
        first.to_string(),
        last.to_string(),
        &note,
        me,
        cx.now(),
        "days"
    )?;
    let details = json!({ "first": first.to_string(), "last": last.to_string() });
    audit::record(cx, &mut tx, "vendor.days_off", ("vendor", Some(vendor)), details).await?;
    tx.commit().await
}

/// The most working days off in any twelve months.
fn most_in_a_year(all: impl IntoIterator<Item = (Date, Date)>) -> usize {
    let mut days: Vec<Date> = Vec::new();
    for (first, last) in all {
        let mut day = Some(first);
        while let Some(at) = day.filter(|at| *at <= last) {
            if calendar::is_business_day(at) {
                days.push(at);
            }
            day = at.next_day();
        }
    }
    days.sort_unstable();
    days.dedup();
    days.iter()
        .map(|from| days.iter().filter(|day| *day >= from && (**day - *from).whole_days() < 365).count())
        .max()
        .unwrap_or(0)
}

/// Takes days off back; they still count for what was asked before.
///
/// # Errors
/// `NotFound` for others' companies.
pub async fn end_days_off(cx: &Cx, vendor: Uuid, id: Uuid) -> Result<()> {
    demand_own(&cx.actor, Verb::EditVendor, object(vendor))?;
    let mut tx = cx.write().await?;
    if crate::execute!(tx, END, id, vendor, cx.now())? == 1 {
        audit::record(cx, &mut tx, "vendor.days_off_end", ("vendor", Some(vendor)), json!({ "days": id }))
            .await?;
    }
    tx.commit().await
}
