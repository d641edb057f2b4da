//! A company's team: who works for it, and in which role. Only owners change it, everybody may leave, and one owner always
//! stays until the company is closed. How people come into it is told in `invitations`.

use serde_json::json;
use uuid::Uuid;

use super::invitations::DROP_OF;
use super::model::VendorState;
use super::service;
use super::store::{self, TeamMember};
use crate::accounts::access::{VendorRole, Verb};
use crate::audit;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, Problem, Result};

/// Most people in a team.
pub const MEMBERS_MAX: usize = 30;

/// Keeps others from changing the team until this transaction ends (PostgreSQL locks the row; SQLite has one writer).
pub const HOLD: &str = "UPDATE vendors SET updated_at = updated_at WHERE id = $1";
/// Gives a member another role.
pub const SET_ROLE: &str = "UPDATE vendor_members SET role = $3 WHERE vendor_id = $1 AND user_id = $2";
/// Takes a member off the team.
pub const REMOVE_MEMBER: &str = "DELETE FROM vendor_members WHERE vendor_id = $1 AND user_id = $2";

/// The team, for everybody in it.
///
/// # Errors
/// `NotSignedIn`, `NotFound`.
pub async fn list(cx: &Cx, vendor_id: Uuid) -> Result<Vec<TeamMember>> {
    let mut db = cx.read().await?;
    service::own(cx, &mut db, vendor_id, Verb::OpenVendorDesk).await?;
    store::team(&mut db, vendor_id).await
}

/// Gives a member another role.
///
/// # Errors
/// `Invalid` when nobody would be owner any more; `NotFound` for another's company or somebody not in the team.
pub async fn change_role(cx: &Cx, vendor_id: Uuid, person: Uuid, role: &str) -> Result<()> {
    let role = VendorRole::from_code(role).ok_or_else(|| Error::invalid("role", Problem::NotChoice))?;
    let mut tx = hold(cx, vendor_id, person, (Verb::OwnVendor, role == VendorRole::Owner)).await?;
    crate::execute!(tx, SET_ROLE, vendor_id, person, role.code())?;
    if role != VendorRole::Owner {
        crate::execute!(tx, DROP_OF, vendor_id, person)?;
    }
    audit::record(
        cx,
        &mut tx,
        "vendor.member_role",
        ("vendor", Some(vendor_id)),
        json!({ "person": person, "role": role.code() }),
    )
    .await?;
    tx.commit().await
}

/// Takes a member off the team: owners anybody, everybody themselves.
///
/// # Errors
/// `Invalid` when nobody would be owner any more; `NotFound` for another's company or somebody not in the team.
pub async fn remove(cx: &Cx, vendor_id: Uuid, person: Uuid) -> Result<()> {
    // nobody is kept in a team
    let leaves = cx.actor.user_id() == Some(person);
    let verb = if leaves { Verb::OpenVendorDesk } else { Verb::OwnVendor };
    let mut tx = hold(cx, vendor_id, person, (verb, false)).await?;
    crate::execute!(tx, REMOVE_MEMBER, vendor_id, person)?;
    crate::execute!(tx, DROP_OF, vendor_id, person)?;
    audit::record(
        cx,
        &mut tx,
        "vendor.member_remove",
        ("vendor", Some(vendor_id)),
        json!({ "person": person }),
    )
    .await?;
    tx.commit().await
}

/// A transaction in which nobody else changes the team, after making sure that an owner stays.
async fn hold(cx: &Cx, vendor_id: Uuid, person: Uuid, (verb, stays_owner): (Verb, bool)) -> Result<Tx> {
    let mut tx = cx.write().await?;
    let closed = service::own(cx, &mut tx, vendor_id, verb).await?.state == VendorState::Closed;
    crate::execute!(tx, HOLD, vendor_id)?;
    let team = store::team(&mut tx, vendor_id).await?;
    let member = team.iter().find(|member| member.id == person).ok_or(ErrorKind::NotFound)?;
    let owner = VendorRole::Owner.code();
    let others = team.iter().filter(|other| other.id != person && other.role == owner).count();
    // nothing is left to own of a company that is closed
    if member.role == owner && !stays_owner && others == 0 && !closed {
        return Err(Error::invalid("role", Problem::Rule("vendor.last_owner".into())));
    }
    Ok(tx)
}

/// Whether a chapter exists.
pub(super) async fn chapter_exists(db: &mut impl Handle, chapter: Option<Uuid>) -> Result<()> {
    let Some(chapter) = chapter else { return Ok(()) };
    let known = store::chapters(db).await?;
    if known.iter().any(|row| row.id == chapter) {
        Ok(())
    } else {
        Err(Error::invalid("chapter", Problem::NotChoice))
    }
}
