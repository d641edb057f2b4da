//! Chapters of the federation and their officers. The command line makes chapters; admins give and take offices.

use serde_json::json;
use uuid::Uuid;

use super::access::{Object, Verb, demand};
use super::{roles, store};
use crate::audit;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::vendors::store::{self as vendors, Chapter};
use crate::{regions, text};

/// A chapter by its address.
pub const FIND: &str = "SELECT id, slug, name_ko, name_en, region FROM chapters WHERE slug = $1";
/// Makes a chapter.
pub const ADD: &str = "INSERT INTO chapters (id, slug, name_ko, name_en, region) VALUES ($1, $2, $3, $4, $5)";
/// Corrects a chapter.
pub const CORRECT: &str = "UPDATE chapters SET name_ko = $2, name_en = $3, region = $4 WHERE id = $1";
/// Gives an office; changes no row when it is there.
pub const APPOINT: &str = "INSERT INTO chapter_officers (chapter_id, user_id, granted_at) VALUES ($1, $2, $3) ON CONFLICT (chapter_id, user_id) DO NOTHING";
/// Takes an office away.
pub const DISMISS: &str = "DELETE FROM chapter_officers WHERE chapter_id = $1 AND user_id = $2";

/// A chapter as it is typed.
#[derive(Clone, Debug, Default)]
pub struct ChapterDraft {
    /// Address: small letters, digits and hyphens.
    pub slug: String,
    /// Korean name.
    pub name_ko: String,
    /// English name.
    pub name_en: String,
    /// Region: its code, address or Korean name.
    pub region: String,
}

/// What became of a chapter that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is new.
    Added,
    /// It was there with other names, or in another region.
    Corrected,
    /// It was there as it is.
    Unchanged,
}

struct Clean {
    slug: String,
    name_ko: String,
    name_en: String,
    region: &'static str,
}

fn checked(draft: &ChapterDraft) -> Result<Clean> {
    let mut errors = FieldErrors::new();
    let slug = errors.take("slug", slug_of(&draft.slug));
    let name_ko = errors.take("name_ko", text::name_within(&draft.name_ko, 2, 60));
    let name_en = errors.take("name_en", text::name_within(&draft.name_en, 2, 80));
    let region = errors.take("region", region_of(&draft.region));
    errors.into_result()?;
    let complete = || Some(Clean { slug: slug?, name_ko: name_ko?, name_en: name_en?, region: region? });
    complete().ok_or_else(|| Error::internal("a checked chapter is incomplete"))
}

fn slug_of(typed: &str) -> std::result::Result<String, Problem> {
    let slug = text::line_within(typed, 2, 40)?;
    let fits = slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits { Ok(slug) } else { Err(Problem::Rule("chapter.slug".into())) }
}

fn region_of(typed: &str) -> std::result::Result<&'static str, Problem> {
    let typed = text::line(typed);
    let named = || regions::all().iter().find(|sido| sido.short_ko == typed || sido.name_ko == typed);
    let found = regions::find(&typed).or_else(|| regions::find_by_slug(&typed)).or_else(named);
    found.map(|sido| sido.code).ok_or(Problem::NotChoice)
}

/// Every chapter, for whoever keeps the team.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`.
pub async fn chapters(cx: &Cx) -> Result<Vec<Chapter>> {
    demand(&cx.actor, Verb::KeepTeam, Object::Site)?;
    vendors::chapters(&mut cx.read().await?).await
}

/// Makes a chapter, or corrects the one with this address.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`; `Invalid` with every problem.
pub async fn write_chapter(cx: &Cx, draft: &ChapterDraft) -> Result<Written> {
    demand(&cx.actor, Verb::KeepTeam, Object::Site)?;
    let new = checked(draft)?;
    let mut tx = cx.write().await?;
    let known = find(&mut tx, &new.slug).await?;
    let (id, written) = match known {
        Some(known)
            if (&*known.name_ko, &*known.name_en, &*known.region)
                == (&*new.name_ko, &*new.name_en, new.region) =>
        {
            return Ok(Written::Unchanged);
        }
        Some(known) => {
            crate::execute!(tx, CORRECT, known.id, &new.name_ko, &new.name_en, new.region)?;
            (known.id, Written::Corrected)
        }
        None => {
            let id = cx.new_id();
            crate::execute!(tx, ADD, id, &new.slug, &new.name_ko, &new.name_en, new.region)?;
            (id, Written::Added)
        }
    };
    let action = if written == Written::Added { "chapter.add" } else { "chapter.edit" };
    let data = json!({ "slug": new.slug, "name": new.name_ko, "region": new.region });
    audit::record(cx, &mut tx, action, ("chapter", Some(id)), data).await?;
    tx.commit().await?;
    Ok(written)
}

async fn find(db: &mut impl Handle, slug: &str) -> Result<Option<Chapter>> {
    crate::fetch_optional!(*db, Chapter, FIND, slug)
}

async fn needed(tx: &mut Tx, slug: &str) -> Result<Chapter> {
    find(tx, &text::line(slug)).await?.ok_or_else(|| Error::invalid("chapter", Problem::NotChoice))
}

/// Makes whoever has this address an officer of a chapter; `false` when they were.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`; `Invalid` for a chapter or an account that there is not.
pub async fn appoint(cx: &Cx, email: &str, chapter: &str) -> Result<bool> {
    demand(&cx.actor, Verb::KeepTeam, Object::Site)?;
    let mut tx = cx.write().await?;
    let person = roles::known_person(&mut tx, email).await?;
    let chapter = needed(&mut tx, chapter).await?;
    if crate::execute!(tx, APPOINT, chapter.id, person.id, cx.now())? == 0 {
        return Ok(false);
    }
    record(cx, &mut tx, "officer.add", person.id, &chapter).await?;
    tx.commit().await?;
    Ok(true)
}

/// Takes the office in a chapter from whoever has this address; `false` when they had none.
///
/// # Errors
/// As [`appoint`].
pub async fn dismiss(cx: &Cx, email: &str, chapter: &str) -> Result<bool> {
    demand(&cx.actor, Verb::KeepTeam, Object::Site)?;
    let mut tx = cx.write().await?;
    let person = roles::known_person(&mut tx, email).await?;
    dismiss_in(cx, tx, person.id, chapter).await
}

/// Takes an office away; `false` when it was not there.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`; `NotFound` for nobody; `Invalid` for a chapter that there is not.
pub async fn take(cx: &Cx, person: Uuid, chapter: &str) -> Result<bool> {
    demand(&cx.actor, Verb::KeepTeam, Object::Site)?;
    let mut tx = cx.write().await?;
    store::find(&mut tx, person).await?.ok_or(ErrorKind::NotFound)?;
    dismiss_in(cx, tx, person, chapter).await
}

async fn dismiss_in(cx: &Cx, mut tx: Tx, person: Uuid, chapter: &str) -> Result<bool> {
    let chapter = needed(&mut tx, chapter).await?;
    if crate::execute!(tx, DISMISS, chapter.id, person)? == 0 {
        return Ok(false);
    }
    record(cx, &mut tx, "officer.remove", person, &chapter).await?;
    tx.commit().await?;
    Ok(true)
}

async fn record(cx: &Cx, tx: &mut Tx, action: &str, person: Uuid, chapter: &Chapter) -> Result<()> {
    audit::record(cx, tx, action, ("user", Some(person)), json!({ "chapter": chapter.slug })).await
}
