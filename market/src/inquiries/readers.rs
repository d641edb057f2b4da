//! People to tell of a thread: the company's team, its buyer.

use uuid::Uuid;

use super::model::ThreadState;
use super::store::Thread;
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::Result;
use crate::lang::Lang;
use crate::time::{DAY, Timestamp};
use crate::zones::Zone;

/// Everybody in a company's team.
pub const TEAM: &str = "SELECT m.user_id, u.email, u.name, u.lang, u.email_confirmed_at, u.time_zone FROM vendor_members m JOIN users u ON u.id = m.user_id \
    WHERE m.vendor_id = $1 AND u.closed_at IS NULL ORDER BY m.created_at, m.user_id LIMIT 50";
/// Whether somebody is in a company's team.
pub const IS_MEMBER: &str = "SELECT m.user_id FROM vendor_members m JOIN users u ON u.id = m.user_id \
    WHERE m.vendor_id = $1 AND m.user_id = $2 AND u.closed_at IS NULL";
/// Somebody to write to.
pub const PERSON: &str = "SELECT id AS user_id, email, name, lang, email_confirmed_at, time_zone FROM users WHERE id = $1 AND closed_at IS NULL";

/// How the buyer of a thread is reached, for a year after it was told; nobody any more once the account is closed or one side
/// has blocked the other.
pub const CONTACT: &str = "SELECT u.name, u.company, u.email, u.phone FROM threads t JOIN users u ON u.id = t.buyer_id \
    WHERE t.id = $1 AND t.contact_shared_at > $2 AND u.closed_at IS NULL \
    AND NOT EXISTS (SELECT 1 FROM blocks k WHERE k.vendor_id = t.vendor_id AND k.buyer_id = t.buyer_id AND k.ended_at IS NULL)";

/// Days for which the vendor sees it.
pub const CONTACT_DAYS: i64 = 365;

/// How a buyer is reached; the vendor knows it once a quote was taken.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Contact {
    /// Name.
    pub name: String,
    /// Company.
    pub company: Option<String>,
    /// Address for mails.
    pub email: String,
    /// Telephone.
    pub phone: Option<String>,
}

/// Somebody to tell.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Reader {
    /// Identity.
    pub user_id: Uuid,
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    lang: String,
    /// When the address proved itself.
    pub email_confirmed_at: Option<Timestamp>,
    time_zone: Option<String>,
}

impl Reader {
    /// Language of their mails.
    pub fn lang(&self) -> Lang {
        Lang::from_code(&self.lang)
    }

    /// The call as one that this person reads: times in it are on their clock.
    pub(super) fn reads(&self, cx: &Cx) -> Cx {
        Cx { zone: Zone::chosen(self.time_zone.as_deref()), ..cx.clone() }
    }
}

pub(super) async fn team(db: &mut impl Handle, vendor: Uuid) -> Result<Vec<Reader>> {
    crate::fetch_all!(*db, Reader, TEAM, vendor)
}

pub(super) async fn person(db: &mut impl Handle, id: Uuid) -> Result<Option<Reader>> {
    crate::fetch_optional!(*db, Reader, PERSON, id)
}

/// How the buyer is reached, for both sides of a thread whose quote was taken.
pub(super) async fn contact(
    db: &mut impl Handle,
    thread: &Thread,
    now: Timestamp,
) -> Result<Option<Contact>> {
    if thread.state != ThreadState::Accepted {
        return Ok(None);
    }
    crate::fetch_optional!(*db, Contact, CONTACT, thread.id, now.plus(-CONTACT_DAYS * DAY))
}

/// Whether the buyer of a thread still writes to its vendor: neither closed the account nor is one side blocked.
pub const WRITES: &str = "SELECT t.id FROM threads t JOIN users u ON u.id = t.buyer_id WHERE t.id = $1 AND u.closed_at IS NULL \
    AND NOT EXISTS (SELECT 1 FROM blocks k WHERE k.vendor_id = t.vendor_id AND k.buyer_id = t.buyer_id AND k.ended_at IS NULL)";

pub(super) async fn buyer_writes(db: &mut impl Handle, thread: Uuid) -> Result<bool> {
    Ok(crate::fetch_optional!(*db, (Uuid,), WRITES, thread)?.is_some())
}

pub(super) async fn is_member(db: &mut impl Handle, vendor: Uuid, user: Uuid) -> Result<bool> {
    Ok(crate::fetch_optional!(*db, (Uuid,), IS_MEMBER, vendor, user)?.is_some())
}
