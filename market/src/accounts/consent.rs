//! Consent to hand what somebody asks, and who they are, to the vendors they ask. It is asked on the form that hands it over for the
//! first time; the newest answer counts, for as long as the words it was given to are the ones of today.

use uuid::Uuid;

use super::access::Person;
use super::model::{CONSENT_VERSION, ConsentKind};
use super::store;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{FieldErrors, Problem, Result};

/// The version of the words that a person's newest answer agreed to; an empty word for a refusal.
pub const NEWEST: &str = "SELECT CASE WHEN c.granted THEN c.version ELSE '' END FROM consents c \
    WHERE c.user_id = $1 AND c.kind = 'third_party' ORDER BY c.at DESC, c.id DESC LIMIT 1";

/// Whether the newest answer counts today.
pub fn counts(newest: Option<&str>) -> bool {
    newest == Some(CONSENT_VERSION)
}

/// Whether a person has agreed to the words of today.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn shares(db: &mut impl Handle, person: Uuid) -> Result<bool> {
    let newest = crate::fetch_optional!(*db, (String,), NEWEST, person)?;
    Ok(counts(newest.as_ref().map(|(version,)| version.as_str())))
}

/// Whether a form of this person, or of nobody known, has to ask.
pub fn is_asked(person: Option<&Person>) -> bool {
    person.is_none_or(|person| !person.shares)
}

/// Adds to `errors` that the box of a form that asks was left empty.
pub(crate) fn demand(asked: bool, agreed: bool, errors: &mut FieldErrors) {
    if asked && !agreed {
        errors.add(ConsentKind::ThirdParty.code(), Problem::MustAgree);
    }
}

/// What is kept beside a form whose address has yet to prove itself: the version of the words that were ticked.
pub(crate) fn ticked(agreed: bool) -> String {
    if agreed { CONSENT_VERSION.to_owned() } else { String::new() }
}

/// Notes that somebody agreed to the words of today on a form that had to ask.
///
/// # Errors
/// `Unavailable` when the database is away.
pub(crate) async fn give(cx: &Cx, tx: &mut Tx, person: Uuid) -> Result<()> {
    store::insert_consent(cx, tx, person, ConsentKind::ThirdParty, true).await
}

/// Notes what a guest's form agreed to, unless that counts already. `version` is that of the words on the form; empty for forms
/// of before.
///
/// # Errors
/// `Unavailable` when the database is away.
pub(crate) async fn note(cx: &Cx, tx: &mut Tx, person: Uuid, version: &str) -> Result<()> {
    if version.is_empty() || shares(tx, person).await? {
        return Ok(());
    }
    store::insert_consent_to(cx, tx, person, (ConsentKind::ThirdParty, version, true)).await
}
