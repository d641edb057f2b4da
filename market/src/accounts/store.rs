//! Rows of people, consents and roles. Addresses come in as [`super::rules::email`] gives them.

use uuid::Uuid;

use super::model::{Consent, ConsentKind, Guest, User};
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::Result;
use crate::lang::Lang;
use crate::time::Timestamp;

/// An account by identity.
pub const FIND: &str = "SELECT id, email, name, phone, company, country, lang, password_hash, email_confirmed_at, created_at, closed_at, time_zone \
    FROM users WHERE id = $1 AND closed_at IS NULL";
/// An account by address.
pub const FIND_BY_EMAIL: &str = "SELECT id, email, name, phone, company, country, lang, password_hash, email_confirmed_at, created_at, closed_at, time_zone \
    FROM users WHERE email = $1 AND closed_at IS NULL";
/// Makes an account; changes no row when the address is known.
pub const INSERT: &str = "INSERT INTO users (id, email, name, phone, company, country, lang, password_hash, created_at, updated_at, is_demo) \
    VALUES ($1, $2, $3, NULL, $4, $5, $6, $7, $8, $8, FALSE) ON CONFLICT (email) DO NOTHING";
/// Makes what an unproved sign-up said about a person what the proved owner of the address said.
pub const FORGET_UNPROVED: &str = "UPDATE users SET name = $2, phone = NULL, company = $3, country = $4, lang = $5, password_hash = NULL, updated_at = $6 \
    WHERE id = $1 AND email_confirmed_at IS NULL";
/// Takes the password of an unproved sign-up away.
pub const FORGET_PASSWORD: &str =
    "UPDATE users SET password_hash = NULL, updated_at = $2 WHERE id = $1 AND email_confirmed_at IS NULL";
/// What the sign-up whose link was pressed said.
pub const APPLY_SIGN_UP: &str = "UPDATE users SET name = $2, lang = $3, password_hash = $4, updated_at = $5 WHERE id = $1 AND closed_at IS NULL";
/// Answers that nobody proved.
pub const FORGET_CONSENTS: &str = "DELETE FROM consents WHERE user_id = $1";
/// Sets the password.
pub const SET_PASSWORD: &str =
    "UPDATE users SET password_hash = $2, updated_at = $3 WHERE id = $1 AND closed_at IS NULL";
/// Notes that the address was proved.
pub const CONFIRM: &str = "UPDATE users SET email_confirmed_at = $2, updated_at = $2 WHERE id = $1 AND email_confirmed_at IS NULL AND closed_at IS NULL";
/// Changes what a person says about themselves.
pub const UPDATE_PROFILE: &str = "UPDATE users SET name = $2, phone = $3, company = $4, lang = $5, updated_at = $6, time_zone = $7 WHERE id = $1 AND closed_at IS NULL";
/// Erases the person; the row stays because messages and records point at it.
pub const CLOSE: &str = "UPDATE users SET email = $2, name = $3, phone = NULL, company = NULL, country = NULL, password_hash = NULL, \
    email_confirmed_at = NULL, time_zone = NULL, talk_since = NULL, desk_vendor_id = NULL, updated_at = $4, closed_at = $4 WHERE id = $1 AND closed_at IS NULL";
/// Keeps an answer to a question of consent.
pub const INSERT_CONSENT: &str =
    "INSERT INTO consents (id, user_id, kind, version, granted, at) VALUES ($1, $2, $3, $4, $5, $6)";
/// Every answer of a person, the newest first.
pub const LIST_CONSENTS: &str =
    "SELECT kind, version, granted, at FROM consents WHERE user_id = $1 ORDER BY at DESC, id DESC LIMIT 500";
/// Companies that would be without an owner.
pub const SOLE_OWNED: &str = "SELECT v.name_ko, v.name_en FROM vendor_members m JOIN vendors v ON v.id = m.vendor_id \
    WHERE m.user_id = $1 AND m.role = 'owner' AND v.state NOT IN ('closed', 'rejected') AND NOT EXISTS (\
    SELECT 1 FROM vendor_members o WHERE o.vendor_id = m.vendor_id AND o.role = 'owner' AND o.user_id <> $1) ORDER BY v.name_ko";
/// Admins beside a person.
pub const OTHER_ADMINS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM user_roles r JOIN users u ON u.id = r.user_id \
    WHERE r.role = 'admin' AND r.user_id <> $1 AND u.closed_at IS NULL";
/// Whether a person is admin.
pub const IS_ADMIN: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM user_roles WHERE role = 'admin' AND user_id = $1";
/// Gives a role; changes no row when it is there.
pub const GRANT_ROLE: &str = "INSERT INTO user_roles (user_id, role, granted_at, granted_by) VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, role) DO NOTHING";
/// Companies of a person.
pub const LIST_MEMBERSHIPS: &str = "SELECT v.name_ko, m.role, m.created_at FROM vendor_members m JOIN vendors v ON v.id = m.vendor_id \
    WHERE m.user_id = $1 ORDER BY m.created_at, v.id";
/// What a person wrote in conversations.
pub const LIST_WRITTEN: &str = "SELECT t.subject, m.body, m.created_at FROM messages m JOIN threads t ON t.id = m.thread_id \
    WHERE m.author_id = $1 ORDER BY m.created_at, m.id LIMIT 20000";
/// Traces of a closed account, erased one after the other.
pub const ERASE: [&str; 9] = [
    ERASE_SESSIONS,
    ERASE_MEMBERSHIPS,
    ERASE_ROLES,
    ERASE_OFFICES,
    ERASE_NOTIFICATIONS,
    ERASE_TOKENS,
    ERASE_BASKET,
    ERASE_ANSWERS,
    crate::vendors::invitations::ERASE_BY,
];
/// What an address sent and nobody confirmed, the links to it, and to which teams it is invited.
pub const ERASE_UNSENT: [&str; 6] = [
    ERASE_LINKS,
    ERASE_DRAFTS,
    crate::inquiries::together::draft::ERASE_DRAFTS,
    crate::rfqs::store::ERASE_DRAFTS,
    crate::inquiries::typed::ERASE,
    crate::vendors::invitations::ERASE,
];
/// Makes the address of what was confirmed nobody's.
pub const BLANK: [&str; 3] =
    [BLANK_DRAFTS, crate::inquiries::together::draft::BLANK_DRAFTS, crate::rfqs::store::BLANK_DRAFTS];
/// Sessions with what browsers said about themselves.
pub const ERASE_SESSIONS: &str = "DELETE FROM sessions WHERE user_id = $1";
/// Memberships in companies.
pub const ERASE_MEMBERSHIPS: &str = "DELETE FROM vendor_members WHERE user_id = $1";
/// Roles in the federation's team.
pub const ERASE_ROLES: &str = "DELETE FROM user_roles WHERE user_id = $1";
/// Offices in chapters.
pub const ERASE_OFFICES: &str = "DELETE FROM chapter_officers WHERE user_id = $1";
/// Notifications.
pub const ERASE_NOTIFICATIONS: &str = "DELETE FROM notifications WHERE user_id = $1";
/// Links in mails.
pub const ERASE_TOKENS: &str = "DELETE FROM one_time_tokens WHERE user_id = $1";
/// What lay in the basket.
pub const ERASE_BASKET: &str = "DELETE FROM basket_items WHERE user_id = $1";
/// Answers that were begun and not sent.
pub const ERASE_ANSWERS: &str = "DELETE FROM answer_drafts WHERE user_id = $1";
/// Links to forms of an address, confirmed or not.
pub const ERASE_LINKS: &str = "DELETE FROM one_time_tokens WHERE subject_id IN (SELECT id FROM inquiry_drafts WHERE email = $1 \
    UNION ALL SELECT id FROM batch_drafts WHERE email = $1 UNION ALL SELECT id FROM rfq_drafts WHERE email = $1)";
/// Questions that were never confirmed.
pub const ERASE_DRAFTS: &str = "DELETE FROM inquiry_drafts WHERE email = $1 AND thread_id IS NULL";
/// Makes the address of a confirmed question nobody's.
pub const BLANK_DRAFTS: &str = "UPDATE inquiry_drafts SET email = $2, content = '{}' WHERE email = $1";

/// An open account.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn find(db: &mut impl Handle, id: Uuid) -> Result<Option<User>> {
    crate::fetch_optional!(*db, User, FIND, id)
}

/// An open account by its address.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn find_by_email(db: &mut impl Handle, email: &str) -> Result<Option<User>> {
    crate::fetch_optional!(*db, User, FIND_BY_EMAIL, email)
}

/// Makes an account and tells its id; `None` when the address is known.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn insert(
    cx: &Cx,
    tx: &mut Tx,
    person: &Guest,
    password_hash: Option<&str>,
) -> Result<Option<Uuid>> {
    let id = cx.new_id();
    let (company, country) = (person.company.as_deref(), person.country.as_deref());
    let made = crate::execute!(
        *tx,
        INSERT,
        id,
        &person.email,
        &person.name,
        company,
        country,
        person.lang.code(),
        password_hash,
        cx.now()
    )?;
    Ok((made == 1).then_some(id))
}

/// Two sign-ups wait for the same address: neither counts until the link of one of them is pressed.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn forget_password(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<()> {
    crate::execute!(*tx, FORGET_PASSWORD, id, now)?;
    crate::execute!(*tx, FORGET_CONSENTS, id)?;
    Ok(())
}

/// Drops the password, name and consents of a sign-up that its address never proved. Changes no proved account.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn forget_unproved(tx: &mut Tx, id: Uuid, person: &Guest, now: Timestamp) -> Result<()> {
    let (company, country) = (person.company.as_deref(), person.country.as_deref());
    let lang = person.lang.code();
    if crate::execute!(*tx, FORGET_UNPROVED, id, &person.name, company, country, lang, now)? == 1 {
        crate::execute!(*tx, FORGET_CONSENTS, id)?;
    }
    Ok(())
}

/// Makes one sign-up the account: its link was pressed.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn apply_sign_up(
    tx: &mut Tx,
    id: Uuid,
    (name, lang): (&str, &str),
    password_hash: &str,
    now: Timestamp,
) -> Result<()> {
    crate::execute!(*tx, APPLY_SIGN_UP, id, name, lang, password_hash, now)?;
    crate::execute!(*tx, FORGET_CONSENTS, id)?;
    Ok(())
}

/// Sets the password; `false` when there is no such open account.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn set_password(tx: &mut Tx, id: Uuid, password_hash: &str, now: Timestamp) -> Result<bool> {
    Ok(crate::execute!(*tx, SET_PASSWORD, id, password_hash, now)? == 1)
}

/// Notes that the address was proved; `false` when it was before.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn confirm(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<bool> {
    Ok(crate::execute!(*tx, CONFIRM, id, now)? == 1)
}

/// A cleaned profile.
#[derive(Clone, Debug)]
pub struct CleanProfile {
    /// Name.
    pub name: String,
    /// Telephone number.
    pub phone: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Language of mails.
    pub lang: Lang,
    /// Name of the clock they go by.
    pub time_zone: Option<String>,
}

/// Changes the profile.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn update_profile(tx: &mut Tx, id: Uuid, to: &CleanProfile, now: Timestamp) -> Result<bool> {
    let (phone, company) = (to.phone.as_deref(), to.company.as_deref());
    let zone = to.time_zone.as_deref();
    Ok(crate::execute!(*tx, UPDATE_PROFILE, id, &to.name, phone, company, to.lang.code(), now, zone)? == 1)
}

/// Keeps an answer to a question of consent, with the version of today's text.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn insert_consent(cx: &Cx, tx: &mut Tx, id: Uuid, kind: ConsentKind, granted: bool) -> Result<()> {
    insert_consent_to(cx, tx, id, (kind, super::model::CONSENT_VERSION, granted)).await
}

/// The same with the version of the text that was shown.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn insert_consent_to(
    cx: &Cx,
    tx: &mut Tx,
    id: Uuid,
    (kind, version, granted): (ConsentKind, &str, bool),
) -> Result<()> {
    crate::execute!(*tx, INSERT_CONSENT, cx.new_id(), id, kind.code(), version, granted, cx.now())?;
    Ok(())
}

/// Every answer of a person, the newest first.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn list_consents(db: &mut impl Handle, id: Uuid) -> Result<Vec<Consent>> {
    crate::fetch_all!(*db, Consent, LIST_CONSENTS, id)
}

/// Erases a person: the row keeps an address that cannot exist and a name that says so.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn close(tx: &mut Tx, user: &User, now: Timestamp) -> Result<()> {
    let nobody = nobody(user.id);
    for erase in ERASE {
        crate::execute!(*tx, erase, user.id)?;
    }
    for erase in crate::notifications::choices::ERASE {
        crate::execute!(*tx, erase, user.id)?;
    }
    for erase in ERASE_UNSENT {
        crate::execute!(*tx, erase, &user.email)?;
    }
    for blank in BLANK {
        crate::execute!(*tx, blank, &user.email, &nobody)?;
    }
    crate::saved_searches::store::erase(tx, user.id, &user.email).await?;
    crate::execute!(*tx, CLOSE, user.id, &nobody, CLOSED_NAME, now)?;
    Ok(())
}

/// Forgets somebody who never had an account, or has nothing left here: as [`close`], with the consents, and without what the address
/// itself still waits for.
///
/// # Errors
/// `Unavailable` when the database is away.
pub(crate) async fn forget(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<()> {
    for erase in ERASE.into_iter().chain(crate::notifications::choices::ERASE) {
        crate::execute!(*tx, erase, id)?;
    }
    for erase in crate::saved_searches::store::ERASE {
        crate::execute!(*tx, erase, id)?;
    }
    crate::execute!(*tx, FORGET_CONSENTS, id)?;
    let nobody = nobody(id);
    crate::execute!(*tx, CLOSE, id, &nobody, CLOSED_NAME, now)?;
    Ok(())
}

/// An address that cannot exist.
fn nobody(id: Uuid) -> String {
    format!("closed-{}@closed.invalid", id.simple())
}

/// What stands where the name stood, in both languages because it is data.
pub const CLOSED_NAME: &str = "탈퇴한 회원 (account closed)";

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::*;
    use crate::both_databases;
    use crate::db::Db;
    use crate::testing::prepare_all;

    both_databases!(every_statement_is_understood, |db: Db| async move {
        use crate::accounts::sessions as s;
        let texts = [
            FIND,
            FIND_BY_EMAIL,
            INSERT,
            FORGET_UNPROVED,
            FORGET_PASSWORD,
            APPLY_SIGN_UP,
            FORGET_CONSENTS,
            SET_PASSWORD,
            CONFIRM,
            UPDATE_PROFILE,
            CLOSE,
            INSERT_CONSENT,
            LIST_CONSENTS,
            crate::accounts::consent::NEWEST,
            SOLE_OWNED,
            OTHER_ADMINS,
            IS_ADMIN,
            GRANT_ROLE,
            crate::accounts::roles::TEAM,
            crate::accounts::roles::REVOKE,
            crate::accounts::roles::HOLD_ADMINS,
            crate::accounts::offices::FIND,
            crate::accounts::offices::ADD,
            crate::accounts::offices::CORRECT,
            crate::accounts::offices::APPOINT,
            crate::accounts::offices::DISMISS,
            LIST_MEMBERSHIPS,
            LIST_WRITTEN,
            crate::rfqs::store::OPEN_OF_BUYER,
            crate::rfqs::store::WRITTEN_BY,
            s::FIND,
            s::STANDING,
            s::INSERT,
            s::SEEN,
            s::REVOKE,
            s::REVOKE_OTHERS,
            s::LIST,
            s::PURGE,
        ];
        prepare_all(
            &db,
            texts
                .into_iter()
                .chain(ERASE)
                .chain(ERASE_UNSENT)
                .chain(BLANK)
                .chain(crate::notifications::choices::ERASE),
        )
        .await;
    });
}
