//! From what a buyer types to a request, naming every field that is wrong.

use time::Date;
use uuid::Uuid;

use super::invited;
use super::model::{RequestLine, RfqDraft, Visibility};
use super::parse::{MOST_LINES, TEXT_MAX, units};
use super::store;
use crate::accounts::consent;
use crate::calendar;
use crate::catalog::taxonomy;
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{FieldErrors, Problem, Result};
use crate::inquiries::offered::{GuestFields, guest_fields};
use crate::regions;
use crate::text;
use crate::time::{DAY, Timestamp};

/// The furthest day that may be asked for, in days.
const DUE_MAX: i64 = 730;

/// A request that may be kept.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub title: String,
    pub body: String,
    pub lines: Vec<RequestLine>,
    pub due: Option<Date>,
    pub place: String,
    pub region: String,
    pub category: String,
    pub visibility: Visibility,
    pub invited: Vec<Uuid>,
    pub guest: Option<GuestFields>,
}

/// Of whom a request is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asks {
    /// Whether they say who they are.
    pub guest: bool,
    /// Whether they have to agree that vendors learn who asks.
    pub consent: bool,
}

/// Checks everything. Fields of lines are numbered from 1: `item-1`.
///
/// # Errors
/// `Invalid` with every field that is wrong.
pub(super) async fn check(cx: &Cx, db: &mut impl Handle, draft: &RfqDraft, asks: Asks) -> Result<Checked> {
    let mut errors = FieldErrors::new();
    let checked = check_into(cx, db, (draft, asks.guest), &mut errors).await?;
    consent::demand(asks.consent, draft.agreed, &mut errors);
    if let Some(person) = cx.actor.person()
        && checked.invited.iter().any(|vendor| person.role_in(*vendor).is_some())
    {
        errors.add("invited", Problem::Rule("rfq.invited_own".into()));
    }
    errors.into_result()?;
    Ok(checked)
}

/// A request that was right when it was typed, some days later.
#[derive(Clone, Debug)]
pub(super) struct Later {
    /// What is left of it.
    pub checked: Checked,
    /// Invited vendors that may not quote any more, as typed.
    pub dropped: Vec<String>,
    /// Whether it can be handed in as it stands; else somebody has to choose anew.
    pub complete: bool,
}

/// Checks what a guest with this address confirms: a day that passed, vendors that may not quote any more, and the guest's own
/// companies are left out.
pub(super) async fn later(
    cx: &Cx,
    db: &mut impl Handle,
    (mut draft, email): (RfqDraft, &str),
) -> Result<Later> {
    if draft.due < calendar::seoul_date(cx.now().0).to_string() {
        draft.due.clear();
    }
    let own = crate::fetch_all!(*db, (Uuid,), store::COMPANIES_OF_ADDRESS, email)?;
    let (mut kept, mut dropped) = (Vec::new(), Vec::new());
    for (_, row) in invited::rows(&draft.invited) {
        match invited::meant(db, row).await?.as_slice() {
            [one] if !own.contains(&(*one,)) => kept.push(row.to_owned()),
            _ => dropped.push(row.to_owned()),
        }
    }
    draft.invited = kept.join("\n");
    let mut errors = FieldErrors::new();
    let checked = check_into(cx, db, (&draft, false), &mut errors).await?;
    Ok(Later { checked, dropped, complete: errors.is_empty() })
}

async fn check_into(
    cx: &Cx,
    db: &mut impl Handle,
    typed: (&RfqDraft, bool),
    errors: &mut FieldErrors,
) -> Result<Checked> {
    let (draft, guest) = typed;
    let lines = lines(draft, errors);
    let visibility = Visibility::from_code(&draft.visibility);
    if visibility.is_none() {
        errors.add("visibility", Problem::Required);
    }
    let visibility = visibility.unwrap_or(Visibility::Public);
    let invited = if visibility == Visibility::Invited {
        invited::find(db, &draft.invited).await?.unwrap_or_else(|wrong| {
            for problem in wrong {
                errors.add("invited", problem);
            }
            Vec::new()
        })
    } else {
        Vec::new()
    };
    let checked = Checked {
        title: errors.take("title", text::line_within(&draft.title, 2, 100)).unwrap_or_default(),
        body: errors.take("body", text::block_within(&draft.body, 0, TEXT_MAX)).unwrap_or_default(),
        lines,
        due: errors.take("due", due(&draft.due, cx.now())).flatten(),
        place: errors.take("place", text::line_within(&draft.place, 0, 100)).unwrap_or_default(),
        region: errors.take("region", region(&draft.region)).unwrap_or_default(),
        category: errors.take("category", category(&draft.category)).unwrap_or_default(),
        visibility,
        invited,
        guest: guest.then(|| {
            let typed = (&*draft.email, &*draft.name, &*draft.company, &*draft.country);
            guest_fields(typed, draft.agreed, errors)
        }),
    };
    Ok(checked)
}

fn lines(draft: &RfqDraft, errors: &mut FieldErrors) -> Vec<RequestLine> {
    let mut lines = Vec::new();
    for (number, typed) in (1..).zip(&draft.lines) {
        if typed.is_empty() {
            continue;
        }
        let name = |field: &str| format!("{field}-{number}");
        let mut take = |field: &str, typed: &str, least: usize, most: usize| {
            errors.take(name(field), text::line_within(typed, least, most)).unwrap_or_default()
        };
        let item = take("item", &typed.item, 1, 120);
        let grade = take("grade", &typed.grade, 0, 80);
        let dimension = take("dimension", &typed.dimension, 0, 120);
        let quantity = errors.take(name("quantity"), quantity(&typed.quantity)).unwrap_or_default();
        let unit = if typed.unit.is_empty() || units::all().any(|(code, ..)| code == typed.unit) {
            typed.unit.clone()
        } else {
            errors.add(name("unit"), Problem::NotChoice);
            String::new()
        };
        lines.push(RequestLine { item, quantity, unit, grade, dimension });
    }
    if lines.is_empty() {
        errors.add("item-1", Problem::Required);
    }
    if lines.len() > MOST_LINES {
        errors.add("item-1", Problem::TooMany { max: MOST_LINES });
    }
    lines
}

fn quantity(typed: &str) -> Result<String, Problem> {
    let clean: String = text::figures(typed).chars().filter(|c| !matches!(c, ',' | ' ')).collect();
    if clean.is_empty() {
        return Ok(clean);
    }
    match units::number(&clean) {
        Some((digits, "")) if digits.len() <= 13 => Ok(units::plain(digits)),
        _ => Err(Problem::NotNumber),
    }
}

fn due(typed: &str, now: Timestamp) -> Result<Option<Date>, Problem> {
    let clean = text::line(typed);
    if clean.is_empty() {
        return Ok(None);
    }
    let wrong = || Problem::Rule("basket.due".into());
    let day = text::day(&clean).ok_or_else(wrong)?;
    let last = calendar::seoul_date(now.plus(DUE_MAX.saturating_mul(DAY)).0);
    if (calendar::seoul_date(now.0)..=last).contains(&day) { Ok(Some(day)) } else { Err(wrong()) }
}

fn region(code: &str) -> Result<String, Problem> {
    if code.is_empty() || regions::find(code).is_some() {
        Ok(code.to_owned())
    } else {
        Err(Problem::NotChoice)
    }
}

fn category(code: &str) -> Result<String, Problem> {
    if code.is_empty() {
        return Err(Problem::Required);
    }
    taxonomy::find(code).map(|found| found.code.to_owned()).ok_or(Problem::NotChoice)
}
