//! Into a company's team by invitation: an owner asks an address, and whoever proves it says yes or no. Nobody works for
//! a company they did not agree to, and the answer to an invitation tells nothing about who has an account.

use serde_json::json;
use uuid::Uuid;

use super::model::VendorState;
use super::team::{self, HOLD, MEMBERS_MAX};
use super::{letters, service, store};
use crate::accounts::access::{Person, VendorRole, Verb};
use crate::accounts::model::User;
use crate::accounts::{limits, rules, store as accounts};
use crate::audit;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::notifications::letter::{self, Recipient};
use crate::outbox::When;
use crate::throttle::{self, Limit};
use crate::time::{DAY, HOUR, Timestamp};

/// How long an invitation can be accepted.
pub const LIFE: i64 = 14 * DAY;
/// Addresses a company may invite in an hour.
const PER_HOUR: u32 = 20;
/// The same in a day: a team and a half.
const PER_DAY: u32 = 45;
/// Invitations one address is mailed in a day, whoever sends them.
const PER_ADDRESS: u32 = 3;

/// Keeps an invitation; a second one to the same address takes the place of the first.
pub const KEEP: &str = "INSERT INTO team_invitations (vendor_id, email, role, invited_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6) \
    ON CONFLICT (vendor_id, email) DO UPDATE SET role = excluded.role, invited_by = excluded.invited_by, created_at = excluded.created_at, expires_at = excluded.expires_at";
/// Open invitations of a company.
pub const OF_COMPANY: &str = "SELECT email, role, expires_at FROM team_invitations WHERE vendor_id = $1 AND expires_at > $2 ORDER BY created_at, email";
/// Open invitations to an address.
pub const TO_ADDRESS: &str = "SELECT i.vendor_id, v.name_ko, v.name_en, i.role, i.expires_at, COALESCE(u.name, '') AS invited_by FROM team_invitations i JOIN vendors v ON v.id = i.vendor_id \
    LEFT JOIN users u ON u.id = i.invited_by WHERE i.email = $1 AND i.expires_at > $2 AND v.state <> 'closed' ORDER BY i.created_at, i.vendor_id";
/// Takes an invitation back, or notes that it was answered.
pub const DROP: &str = "DELETE FROM team_invitations WHERE vendor_id = $1 AND email = $2";
/// What somebody who leaves has invited does not stand without them.
pub const DROP_OF: &str = "DELETE FROM team_invitations WHERE vendor_id = $1 AND invited_by = $2";
/// Forgets invitations that ended.
pub const PURGE: &str = "DELETE FROM team_invitations WHERE expires_at < $1";
/// Takes back what somebody invited whose account is closed.
pub const ERASE_BY: &str = "DELETE FROM team_invitations WHERE invited_by = $1";
/// Forgets an address.
pub const ERASE: &str = "DELETE FROM team_invitations WHERE email = $1";
/// The companies somebody works for.
pub const COMPANIES: &str = "SELECT m.vendor_id, v.name_ko, v.name_en, v.state, m.role FROM vendor_members m JOIN vendors v ON v.id = m.vendor_id \
    WHERE m.user_id = $1 ORDER BY m.created_at, m.vendor_id";
/// Notes whose desk somebody wants to see.
pub const CHOOSE_DESK: &str = "UPDATE users SET desk_vendor_id = $2 WHERE id = $1";

/// An invitation as the company sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Invited {
    /// Who was asked.
    pub email: String,
    /// As what.
    pub role: String,
    /// Until when they may say yes.
    pub expires_at: Timestamp,
}

/// An invitation as the one who was asked sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Invitation {
    /// The company.
    pub vendor_id: Uuid,
    /// Its name in Korean.
    pub name_ko: String,
    /// Its name in English.
    pub name_en: String,
    /// As what.
    pub role: String,
    /// Until when.
    pub expires_at: Timestamp,
    /// Who of the company asked.
    pub invited_by: String,
}

/// A company somebody works for.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Company {
    /// The company.
    pub vendor_id: Uuid,
    /// Its name in Korean.
    pub name_ko: String,
    /// Its name in English.
    pub name_en: String,
    /// Where the company stands.
    pub state: String,
    /// The person's role there.
    pub role: String,
}

/// Asks an address into the team and mails it, whether it has an account or not.
///
/// # Errors
/// `Invalid` for an address, role or a full team, or somebody who is in it; `NotFound` for another's company; `TooMany`
/// after many invitations by a company or to an address.
pub async fn invite(cx: &Cx, vendor_id: Uuid, email: &str, role: &str) -> Result<()> {
    cx.actor.signed_in()?;
    let bucket = |span: &str| format!("team:add:{span}:{vendor_id}");
    count(cx, vec![limit(bucket("hour"), PER_HOUR, HOUR), limit(bucket("day"), PER_DAY, DAY)]).await?;
    let mut errors = FieldErrors::new();
    let email = errors.take("email", rules::email(email)).unwrap_or_default();
    let role = errors.take("role", VendorRole::from_code(role).ok_or(Problem::NotChoice));
    errors.into_result()?;
    let role = role.unwrap_or(VendorRole::Staff);
    let mut tx = cx.write().await?;
    let vendor = service::own(cx, &mut tx, vendor_id, Verb::OwnVendor).await?;
    if vendor.state == VendorState::Closed {
        return Err(Error::conflict("vendor.out_of_sight"));
    }
    crate::execute!(tx, HOLD, vendor_id)?;
    let by = cx.actor.signed_in()?.id;
    make_sure_of_room(cx, &mut tx, vendor_id, (by, &email)).await?;
    throttle::hit(&mut tx, cx.now(), &[limits::by_address("team", &email, PER_ADDRESS, DAY)]).await?;
    let (now, until) = (cx.now(), cx.now().plus(LIFE));
    crate::execute!(tx, KEEP, vendor_id, &email, role.code(), by, now, until)?;
    let known = accounts::find_by_email(&mut tx, &email).await?;
    let lang = known.as_ref().map_or(cx.lang, User::lang);
    let company = lang.pick(&vendor.profile.name_ko, &vendor.profile.name_en);
    let letter = letters::invited_to_team(lang, company, &cx.settings().public_url);
    let name = known.map_or_else(|| email.clone(), |user| user.name);
    letter::post(cx, &mut tx, &Recipient { email, name, lang }, &letter, When::default()).await?;
    record(cx, &mut tx, "vendor.member_invite", vendor_id, json!({ "role": role.code() })).await?;
    tx.commit().await
}

/// Members and open invitations together fit the team; somebody who is in it needs none. Whoever was taken off the team
/// at this very moment invites nobody.
async fn make_sure_of_room(cx: &Cx, tx: &mut Tx, vendor_id: Uuid, (by, email): (Uuid, &str)) -> Result<()> {
    let team = store::team(tx, vendor_id).await?;
    let owner = VendorRole::Owner.code();
    if !team.iter().any(|member| member.id == by && member.role == owner) {
        return Err(ErrorKind::NotFound.into());
    }
    if team.iter().any(|member| member.email == email) {
        return Err(Error::invalid("email", Problem::Rule("vendor.already_member".into())));
    }
    let open = crate::fetch_all!(*tx, Invited, OF_COMPANY, vendor_id, cx.now())?;
    let others = open.iter().filter(|other| other.email != email).count();
    if team.len() + others >= MEMBERS_MAX {
        return Err(Error::invalid("email", Problem::TooMany { max: MEMBERS_MAX }));
    }
    Ok(())
}

const fn limit(bucket: String, max: u32, window: i64) -> Limit {
    Limit { bucket, max, window }
}

/// Counted in a transaction of its own, so that refused tries count too.
async fn count(cx: &Cx, limits: Vec<Limit>) -> Result<()> {
    let mut tx = cx.write_beside().await?;
    let counted = throttle::hit(&mut tx, cx.now(), &limits).await;
    tx.commit().await?;
    counted
}

/// Open invitations of a company, for its owners.
///
/// # Errors
/// `NotFound` for everybody else.
pub async fn of_company(cx: &Cx, vendor_id: Uuid) -> Result<Vec<Invited>> {
    let mut db = cx.read().await?;
    service::own(cx, &mut db, vendor_id, Verb::OwnVendor).await?;
    crate::fetch_all!(db, Invited, OF_COMPANY, vendor_id, cx.now())
}

/// Takes an invitation back; one that is answered or over is gone anyway.
///
/// # Errors
/// `NotFound` for another's company.
pub async fn cancel(cx: &Cx, vendor_id: Uuid, email: &str) -> Result<()> {
    let mut tx = cx.write().await?;
    service::own(cx, &mut tx, vendor_id, Verb::OwnVendor).await?;
    crate::execute!(tx, HOLD, vendor_id)?;
    if crate::execute!(tx, DROP, vendor_id, email)? > 0 {
        record(cx, &mut tx, "vendor.member_uninvite", vendor_id, json!({})).await?;
    }
    tx.commit().await
}

/// What the signed-in person is invited to. Only a confirmed address is theirs to answer for.
///
/// # Errors
/// `NotSignedIn`.
pub async fn mine(cx: &Cx) -> Result<Vec<Invitation>> {
    let me = cx.actor.signed_in()?;
    if !me.email_confirmed {
        return Ok(Vec::new());
    }
    let mut db = cx.read().await?;
    crate::fetch_all!(db, Invitation, TO_ADDRESS, &me.email, cx.now())
}

/// The companies the signed-in person works for, in the order in which they joined.
///
/// # Errors
/// `NotSignedIn`.
pub async fn companies(cx: &Cx) -> Result<Vec<Company>> {
    let me = cx.actor.signed_in()?;
    let mut db = cx.read().await?;
    crate::fetch_all!(db, Company, COMPANIES, me.id)
}

/// Says yes: from now on the person works for the company, and its desk is the one they see. Saying it twice is fine.
///
/// # Errors
/// `NotFound` without an open invitation to the person's confirmed address; `Conflict("vendor.team_full")`.
pub async fn accept(cx: &Cx, vendor_id: Uuid) -> Result<()> {
    let me = confirmed(cx)?;
    let mut tx = cx.write().await?;
    if me.role_in(vendor_id).is_none() {
        crate::execute!(tx, HOLD, vendor_id)?;
        let open = crate::fetch_all!(tx, Invitation, TO_ADDRESS, &me.email, cx.now())?;
        let open = open.into_iter().find(|open| open.vendor_id == vendor_id).ok_or(ErrorKind::NotFound)?;
        let team = store::team(&mut tx, vendor_id).await?;
        if team.len() >= MEMBERS_MAX {
            return Err(Error::conflict("vendor.team_full"));
        }
        if team.iter().all(|member| member.id != me.id) {
            crate::execute!(tx, store::INSERT_MEMBER, vendor_id, me.id, &open.role, cx.now())?;
            record(
                cx,
                &mut tx,
                "vendor.member_add",
                vendor_id,
                json!({ "person": me.id, "role": open.role }),
            )
            .await?;
        }
    }
    crate::execute!(tx, DROP, vendor_id, &me.email)?;
    crate::execute!(tx, CHOOSE_DESK, me.id, vendor_id)?;
    tx.commit().await
}

/// Says no, or takes no notice of an invitation that is gone.
///
/// # Errors
/// `NotSignedIn`, `Forbidden` before the address is confirmed.
pub async fn decline(cx: &Cx, vendor_id: Uuid) -> Result<()> {
    let me = confirmed(cx)?;
    let mut tx = cx.write().await?;
    if crate::execute!(tx, DROP, vendor_id, &me.email)? > 0 {
        record(cx, &mut tx, "vendor.member_declined", vendor_id, json!({})).await?;
    }
    tx.commit().await
}

/// Shows the desk of another company the person works for, from now on.
///
/// # Errors
/// `NotFound` for a company they do not work for.
pub async fn choose_desk(cx: &Cx, vendor_id: Uuid) -> Result<()> {
    let me = cx.actor.signed_in()?;
    me.role_in(vendor_id).ok_or(ErrorKind::NotFound)?;
    let mut tx = cx.write().await?;
    crate::execute!(tx, CHOOSE_DESK, me.id, vendor_id)?;
    tx.commit().await
}

/// Leaves a company, whichever desk is open.
///
/// # Errors
/// As [`team::remove`].
pub async fn leave(cx: &Cx, vendor_id: Uuid) -> Result<()> {
    team::remove(cx, vendor_id, cx.actor.signed_in()?.id).await
}

fn confirmed(cx: &Cx) -> Result<&Person> {
    let me = cx.actor.signed_in()?;
    if me.email_confirmed { Ok(me) } else { Err(ErrorKind::Forbidden.into()) }
}

async fn record(
    cx: &Cx,
    tx: &mut Tx,
    action: &'static str,
    vendor_id: Uuid,
    what: serde_json::Value,
) -> Result<()> {
    audit::record(cx, tx, action, ("vendor", Some(vendor_id)), what).await
}
