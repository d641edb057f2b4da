//! The one inbox: everything that waits for the federation's team, the oldest first.

use super::model::{InboxItem, Kind, KindCount};
use super::store::{self, Scope};
use crate::accounts::access::{Actor, Object, Verb, can, demand};
use crate::calendar;
use crate::cx::Cx;
use crate::error::Result;
use crate::lang::Lang;
use crate::text;
use crate::time::Timestamp;
use uuid::Uuid;

/// Rows of a page.
pub const PER_PAGE: i64 = 20;

/// One page of the inbox.
#[derive(Clone, Debug)]
pub struct Inbox {
    /// Every kind with its count and age.
    pub counts: Vec<KindCount>,
    /// The rows.
    pub rows: Vec<InboxItem>,
    /// Everything that waits of the kinds shown.
    pub total: i64,
    /// What this person decided today.
    pub decided_today: i64,
}

/// What the actor may see of what waits: the whole site for the team, their own chapters for officers,
/// nothing for those whose desk is another one.
pub fn scope(actor: &Actor) -> Scope {
    let everything = can(actor, Verb::DecideListing, Object::Site);
    let chapters = actor
        .person()
        .map(|person| person.officer_of.iter().take(store::CHAPTERS_MAX).copied().collect())
        .unwrap_or_default();
    Scope { everything, chapters }
}

/// One page of what waits; `of` narrows it to a kind.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`.
pub async fn open(cx: &Cx, of: Option<Kind>, page: i64) -> Result<Inbox> {
    demand(&cx.actor, Verb::OpenDesk, Object::Site)?;
    let scope = scope(&cx.actor);
    let mut db = cx.read().await?;
    let counts = store::counts(&mut db, &scope).await?;
    let total = counts.iter().filter(|row| of.is_none_or(|kind| row.kind == kind)).map(|row| row.count).sum();
    let offset = (page.max(1) - 1).saturating_mul(PER_PAGE);
    let rows = store::waiting(&mut db, &scope, of, PER_PAGE, offset).await?;
    let midnight = calendar::seoul_micros(cx.now().to_seoul().date(), 0);
    let (decided_today,) =
        crate::fetch_one!(db, (i64,), store::DECIDED_BY, cx.actor.user_id().unwrap_or_default(), midnight)?;
    Ok(Inbox { counts, rows, total, decided_today })
}

/// A listing found by the team.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FoundListing {
    /// Identity.
    pub id: Uuid,
    /// Word of its state.
    pub state: String,
    title_ko: String,
    title_en: String,
    name_ko: String,
    name_en: String,
    /// When it changed last.
    pub updated_at: Timestamp,
}

impl FoundListing {
    /// Title in a language.
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title_ko, &self.title_en)
    }

    /// Name of the company in a language.
    pub fn vendor(&self, lang: Lang) -> &str {
        lang.pick(&self.name_ko, &self.name_en)
    }
}

/// Listings (other than drafts) whose title or company contains `query`, the last touched first.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`.
pub async fn find_listings(cx: &Cx, query: &str) -> Result<Vec<FoundListing>> {
    demand(&cx.actor, Verb::OpenDesk, Object::Site)?;
    let scope = scope(&cx.actor);
    let c = |index| scope.chapter(index);
    let like = store::containing(&text::line(query).chars().take(100).collect::<String>());
    let mut db = cx.read().await?;
    crate::fetch_all!(
        db,
        FoundListing,
        store::FIND_LISTINGS,
        scope.everything,
        c(0),
        c(1),
        c(2),
        c(3),
        c(4),
        &like
    )
}
