//! Featured slots: listings that curators put on the home page for a while. A slot shows nothing while its
//! listing may not be seen.

use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::accounts::access::{Object, Verb, demand};
use crate::audit;
use crate::calendar;
use crate::cx::Cx;
use crate::db::{Handle, Link, Tx};
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::lang::Lang;
use crate::text;
use crate::time::{DAY, Timestamp};

/// Longest time a slot is given, in days.
pub const DAYS_MAX: i64 = 90;
/// Longest note.
pub const NOTE_MAX: usize = 200;

/// A slot with its listing.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Slot {
    /// Identity.
    pub id: Uuid,
    /// What it shows.
    pub listing_id: Uuid,
    /// Place in the row.
    pub position: i64,
    /// Why it was chosen; for the team.
    pub note: String,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// Address of the listing.
    pub slug: String,
    title_ko: String,
    title_en: String,
    vendor_ko: String,
    vendor_en: String,
    /// Whether strangers may see the listing now.
    pub visible: bool,
}

impl Slot {
    /// Title of the listing in a language.
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title_ko, &self.title_en)
    }

    /// Name of the company in a language.
    pub fn vendor(&self, lang: Lang) -> &str {
        lang.pick(&self.vendor_ko, &self.vendor_en)
    }
}

/// A listing that could be featured.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Choice {
    /// Identity.
    pub id: Uuid,
    title_ko: String,
    title_en: String,
    name_ko: String,
    name_en: String,
}

impl Choice {
    /// Title of the listing in a language.
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title_ko, &self.title_en)
    }

    /// Name of the company in a language.
    pub fn vendor(&self, lang: Lang) -> &str {
        lang.pick(&self.name_ko, &self.name_en)
    }
}

/// A new slot, as typed.
#[derive(Clone, Debug, Default)]
pub struct SlotDraft {
    /// The listing's identity.
    pub listing: String,
    /// First day, `YYYY-MM-DD`; empty is today.
    pub starts: String,
    /// Last day.
    pub ends: String,
    /// Why it was chosen.
    pub note: String,
}

/// Where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// One place to the front.
    Earlier,
    /// One place to the back.
    Later,
}

/// Every slot that is running or will, in order.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`.
pub async fn list(cx: &Cx) -> Result<Vec<Slot>> {
    demand(&cx.actor, Verb::Feature, Object::Site)?;
    let mut db = cx.read().await?;
    slots(cx, &mut db).await
}

async fn slots(cx: &Cx, db: &mut impl Handle) -> Result<Vec<Slot>> {
    crate::fetch_all!(*db, Slot, store::SLOTS, cx.now())
}

/// Visible listings whose title or company contains `query`.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`.
pub async fn choices(cx: &Cx, query: &str) -> Result<Vec<Choice>> {
    demand(&cx.actor, Verb::Feature, Object::Site)?;
    let like = store::containing(&text::line(query).chars().take(100).collect::<String>());
    let mut db = cx.read().await?;
    crate::fetch_all!(db, Choice, store::CHOICES, cx.now(), &like)
}

/// Puts a listing on the home page, last in the row. Pressing twice finds the slot of the first press.
///
/// # Errors
/// `Invalid` for other days, a listing nobody may see, or a full row.
pub async fn add(cx: &Cx, draft: &SlotDraft) -> Result<Uuid> {
    demand(&cx.actor, Verb::Feature, Object::Site)?;
    let (listing, note, starts, ends) = checked(cx, draft)?;
    let mut tx = lock(cx).await?;
    if crate::fetch_optional!(tx, (Uuid,), store::IS_VISIBLE, cx.now(), listing)?.is_none() {
        return Err(Error::invalid("listing", Problem::Rule("slot.not_visible".into())));
    }
    let present = slots(cx, &mut tx).await?;
    if let Some(same) = present.iter().find(|slot| slot.listing_id == listing) {
        return Ok(same.id);
    }
    let overlapping = present.iter().filter(|slot| slot.starts_at < ends && slot.ends_at > starts).count();
    if overlapping >= cx.settings().home_slots {
        return Err(Error::invalid("listing", Problem::TooMany { max: cx.settings().home_slots }));
    }
    let id = cx.new_id();
    let position = present.last().map_or(1, |slot| slot.position + 1);
    crate::execute!(
        tx,
        store::ADD_SLOT,
        id,
        position,
        listing,
        &note,
        starts,
        ends,
        cx.actor.user_id(),
        cx.now()
    )?;
    audit::record(
        cx,
        &mut tx,
        "slot.add",
        ("slot", Some(id)),
        json!({ "listing": listing, "starts": starts, "ends": ends, "note": note }),
    )
    .await?;
    tx.commit().await?;
    Ok(id)
}

fn checked(cx: &Cx, draft: &SlotDraft) -> Result<(Uuid, String, Timestamp, Timestamp)> {
    let mut errors = FieldErrors::new();
    let listing =
        errors.take("listing", Uuid::parse_str(draft.listing.trim()).map_err(|_| Problem::Required));
    let now = cx.now();
    let starts =
        errors.take("starts", if draft.starts.trim().is_empty() { Ok(now) } else { day(&draft.starts, 0) });
    let ends = errors.take("ends", day(&draft.ends, 24));
    let note = errors.take("note", text::line_within(&draft.note, 0, NOTE_MAX));
    if let (Some(starts), Some(ends)) = (starts, ends)
        && (ends <= starts || ends <= now || ends.since(starts) > (DAYS_MAX + 1) * DAY)
    {
        errors.add("ends", Problem::Rule("slot.days".into()));
    }
    errors.into_result()?;
    Ok((
        listing.ok_or(ErrorKind::Internal)?,
        note.ok_or(ErrorKind::Internal)?,
        starts.ok_or(ErrorKind::Internal)?,
        ends.ok_or(ErrorKind::Internal)?,
    ))
}

fn day(input: &str, hour: i64) -> std::result::Result<Timestamp, Problem> {
    let date = text::day(input.trim()).ok_or_else(|| Problem::Rule("slot.days".into()))?;
    Ok(Timestamp(calendar::seoul_micros(date, hour)))
}

/// Takes a slot off the home page; one that is off already is fine.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`.
pub async fn remove(cx: &Cx, id: Uuid) -> Result<()> {
    demand(&cx.actor, Verb::Feature, Object::Site)?;
    let mut tx = lock(cx).await?;
    if crate::execute!(tx, store::REMOVE_SLOT, id, cx.now())? == 0 {
        return Ok(());
    }
    audit::record(cx, &mut tx, "slot.remove", ("slot", Some(id)), json!({})).await?;
    tx.commit().await
}

/// Moves a slot by one place.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`, `NotFound`.
pub async fn shift(cx: &Cx, id: Uuid, direction: Shift) -> Result<()> {
    demand(&cx.actor, Verb::Feature, Object::Site)?;
    let mut tx = lock(cx).await?;
    let mut order: Vec<Uuid> = slots(cx, &mut tx).await?.into_iter().map(|slot| slot.id).collect();
    let from = order.iter().position(|slot| *slot == id).ok_or(ErrorKind::NotFound)?;
    let to = match direction {
        Shift::Earlier => from.saturating_sub(1),
        Shift::Later => (from + 1).min(order.len().saturating_sub(1)),
    };
    if from == to {
        return Ok(());
    }
    order.swap(from, to);
    for (position, slot) in (1_i64..).zip(order) {
        crate::execute!(tx, store::PLACE_SLOT, slot, position)?;
    }
    audit::record(cx, &mut tx, "slot.move", ("slot", Some(id)), json!({ "to": to + 1 })).await?;
    tx.commit().await
}

/// A transaction in which nobody else arranges slots.
async fn lock(cx: &Cx) -> Result<Tx> {
    let mut tx = cx.write().await?;
    if let Link::Postgres(link) = tx.link() {
        sqlx::query(store::LOCK_SLOTS_POSTGRES).execute(link).await?;
    }
    Ok(tx)
}
