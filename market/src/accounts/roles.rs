//! Roles in the federation's team: who has which, and how they are given and taken. Admins at the desk and the command line
//! do so; one admin always stays. Offices in chapters are in [`super::offices`].

use serde_json::json;
use uuid::Uuid;

use super::access::{Object, PlatformRole, Verb, demand};
use super::model::User;
use super::{rules, store};
use crate::audit;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::time::Timestamp;

/// Everybody with a role or an office, the longest-serving first.
pub const TEAM: &str = "SELECT u.id, u.name, u.email, r.role AS word, '' AS chapter, r.granted_at, g.name AS giver \
    FROM user_roles r JOIN users u ON u.id = r.user_id LEFT JOIN users g ON g.id = r.granted_by WHERE u.closed_at IS NULL \
    UNION ALL SELECT u.id, u.name, u.email, 'officer', c.slug, o.granted_at, NULL \
    FROM chapter_officers o JOIN users u ON u.id = o.user_id JOIN chapters c ON c.id = o.chapter_id WHERE u.closed_at IS NULL \
    ORDER BY 6, 1, 4, 5 LIMIT 2000";
/// Takes a role away.
pub const REVOKE: &str = "DELETE FROM user_roles WHERE user_id = $1 AND role = $2";
/// Lets no other transaction give or take admins before this one ends (PostgreSQL locks the rows; SQLite has one writer).
pub const HOLD_ADMINS: &str = "UPDATE user_roles SET granted_at = granted_at WHERE role = 'admin'";

/// One role or office of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Post {
    /// A role in the federation's team.
    Role(PlatformRole),
    /// An officer of the chapter with this address.
    Officer(String),
}

impl Post {
    /// The word in forms: `curator`, `officer:gyeonggi`.
    pub fn code(&self) -> String {
        match self {
            Self::Role(role) => role.code().to_owned(),
            Self::Officer(chapter) => format!("officer:{chapter}"),
        }
    }

    /// Reads [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        match code.strip_prefix("officer:") {
            Some(chapter) => Some(Self::Officer(chapter.to_owned())),
            None => PlatformRole::from_code(code).map(Self::Role),
        }
    }
}

/// A post that somebody has.
#[derive(Clone, Debug)]
pub struct Held {
    /// Which.
    pub post: Post,
    /// Since when.
    pub since: Timestamp,
    /// Who gave it; none for the command line.
    pub giver: Option<String>,
}

/// Somebody of the federation's team.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// Identity.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// What they are.
    pub posts: Vec<Held>,
}

type Row = (Uuid, String, String, String, String, Timestamp, Option<String>);

/// Everybody with a role or an office.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`.
pub async fn team(cx: &Cx) -> Result<Vec<Colleague>> {
    demand(&cx.actor, Verb::KeepTeam, Object::Site)?;
    let rows = crate::fetch_all!(cx.read().await?, Row, TEAM)?;
    let mut team: Vec<Colleague> = Vec::new();
    for (id, name, email, word, chapter, since, giver) in rows {
        let post = if word == "officer" { Some(Post::Officer(chapter)) } else { Post::from_code(&word) };
        let Some(post) = post else { continue };
        let held = Held { post, since, giver };
        match team.iter_mut().find(|known| known.id == id) {
            Some(known) => known.posts.push(held),
            None => team.push(Colleague { id, name, email, posts: vec![held] }),
        }
    }
    Ok(team)
}

/// The account that a role may be given to: one whose address has proved itself.
///
/// # Errors
/// `Invalid` beside the address.
pub(super) async fn known_person(tx: &mut Tx, email: &str) -> Result<User> {
    let email = rules::email(email).map_err(|problem| Error::invalid("email", problem))?;
    let person = store::find_by_email(tx, &email).await?;
    person
        .filter(|person| person.email_confirmed_at.is_some())
        .ok_or_else(|| Error::invalid("email", Problem::Rule("role.no_account".into())))
}

/// Gives a role to whoever has this address; `false` when they had it.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`; `Invalid` for a role or an account that there is not.
pub async fn grant(cx: &Cx, email: &str, role: &str) -> Result<bool> {
    demand(&cx.actor, Verb::KeepTeam, Object::Site)?;
    let role = role_of(role)?;
    let mut tx = cx.write().await?;
    let person = known_person(&mut tx, email).await?;
    let given = give(cx, &mut tx, person.id, role).await?;
    tx.commit().await?;
    Ok(given)
}

fn role_of(role: &str) -> Result<PlatformRole> {
    PlatformRole::from_code(role).ok_or_else(|| Error::invalid("role", Problem::NotChoice))
}

/// Writes a role with who gave it, and says so in the record; `false` when it was there.
pub(super) async fn give(cx: &Cx, tx: &mut Tx, person: Uuid, role: PlatformRole) -> Result<bool> {
    let giver = cx.actor.user_id();
    if crate::execute!(*tx, store::GRANT_ROLE, person, role.code(), cx.now(), giver)? == 0 {
        return Ok(false);
    }
    audit::record(cx, tx, "role.grant", ("user", Some(person)), json!({ "role": role.code() })).await?;
    Ok(true)
}

/// Takes a role from whoever has this address; `false` when they did not have it.
///
/// # Errors
/// As [`take`]; `Invalid` for an account that there is not.
pub async fn revoke(cx: &Cx, email: &str, role: &str) -> Result<bool> {
    demand(&cx.actor, Verb::KeepTeam, Object::Site)?;
    let role = role_of(role)?;
    let mut tx = cx.write().await?;
    let person = known_person(&mut tx, email).await?;
    let taken = take_in(cx, &mut tx, person.id, role).await?;
    tx.commit().await?;
    Ok(taken)
}

/// Takes a role away; `false` when it was not there.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`; `NotFound` for nobody; `Invalid` (rule `role.last_admin`) when nobody would be admin any more.
pub async fn take(cx: &Cx, person: Uuid, role: PlatformRole) -> Result<bool> {
    demand(&cx.actor, Verb::KeepTeam, Object::Site)?;
    let mut tx = cx.write().await?;
    store::find(&mut tx, person).await?.ok_or(ErrorKind::NotFound)?;
    let taken = take_in(cx, &mut tx, person, role).await?;
    tx.commit().await?;
    Ok(taken)
}

async fn take_in(cx: &Cx, tx: &mut Tx, person: Uuid, role: PlatformRole) -> Result<bool> {
    if role == PlatformRole::Admin {
        crate::execute!(*tx, HOLD_ADMINS)?;
        let (others,): (i64,) = crate::fetch_one!(*tx, (i64,), store::OTHER_ADMINS, person)?;
        if others == 0 {
            return Err(Error::invalid("role", Problem::Rule("role.last_admin".into())));
        }
    }
    if crate::execute!(*tx, REVOKE, person, role.code())? == 0 {
        return Ok(false);
    }
    audit::record(cx, tx, "role.revoke", ("user", Some(person)), json!({ "role": role.code() })).await?;
    Ok(true)
}
