//! Guests: their question waits apart, one mail asks the address to confirm, and only the button behind its link saves it.
//! The link's secret is made and kept as every one-time link of the house; nothing else is mailed before.

use uuid::Uuid;

use super::model::{Condition, SavedQuestion};
use super::{letters, service, store};
use crate::abuse::trapped::{self, TrappedForm};
use crate::accounts::model::Guest;
use crate::accounts::{limits, rules, service as accounts};
use crate::audit;
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{Error, ErrorKind, Result};
use crate::idempotency::{self, IdemKey};
use crate::lang::Lang;
use crate::notifications::letter::{self, Recipient};
use crate::outbox::When;
use crate::time::{DAY, Timestamp};
use crate::tokens;

/// Days a guest has to confirm.
pub const CONFIRM_DAYS: i64 = 3;

/// Keeps a question apart.
pub const INSERT: &str = "INSERT INTO saved_search_drafts (id, token_hash, email, address, title, question, lang, created_at, expires_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
/// The question behind a link.
pub const FIND: &str = "SELECT id, email, address, title, question, lang, expires_at, confirmed_at FROM saved_search_drafts WHERE token_hash = $1";
/// Notes that it was confirmed.
pub const CONFIRM: &str =
    "UPDATE saved_search_drafts SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL";
/// Forgets what is over.
pub const PURGE: &str = "DELETE FROM saved_search_drafts WHERE expires_at < $1";

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    email: String,
    address: String,
    title: String,
    question: String,
    lang: String,
    expires_at: Timestamp,
    confirmed_at: Option<Timestamp>,
}

/// A question that waits for its address.
#[derive(Clone, Debug)]
pub struct Pending {
    /// What it is called.
    pub title: String,
    /// Its results.
    pub address: String,
    /// The address that is confirmed.
    pub email: String,
    /// It was confirmed already.
    pub confirmed: bool,
}

/// Keeps the form of a guest in which a field was filled in that no person sees; nothing is mailed.
///
/// # Errors
/// `Invalid`; `Unavailable` when the database is away.
pub async fn ask_trapped(cx: &Cx, condition: &Condition, email: &str, idem: Uuid) -> Result<()> {
    service::check(condition)?;
    let email = rules::email(email).map_err(|problem| Error::invalid("email", problem))?;
    let form = TrappedForm::Alert { condition: condition.clone(), email };
    trapped::keep(cx, &form, idem).await
}

/// Asks the address to confirm. The answer is the same for every address; pressing twice mails once.
///
/// # Errors
/// `Invalid`, `TooMany`.
pub async fn ask(cx: &Cx, condition: &Condition, email: &str, idem: Uuid) -> Result<()> {
    service::check(condition)?;
    let email = rules::email(email).map_err(|problem| Error::invalid("email", problem))?;
    limits::try_mail(cx, "alert", &email).await?;
    let key = IdemKey::new("saved_search", idem, &format!("{email}\n{}", condition.address));
    let mut tx = cx.write().await?;
    if idempotency::earlier(&mut tx, &key).await?.is_some() {
        return Ok(());
    }
    let (id, expires_at) = (cx.new_id(), cx.now().plus(CONFIRM_DAYS * DAY));
    let (secret, hash) = tokens::secret(cx);
    let question = serde_json::to_string(&condition.question)?;
    crate::execute!(
        tx,
        INSERT,
        id,
        hash.as_slice(),
        &email,
        &condition.address,
        &condition.title,
        &question,
        cx.lang.code(),
        cx.now(),
        expires_at
    )?;
    let data = serde_json::json!({ "address": condition.address });
    audit::record(cx, &mut tx, "saved_search.ask", ("saved_search_draft", Some(id)), data).await?;
    let to = Recipient { email: email.clone(), name: name_of(&email), lang: cx.lang };
    let letter = letters::confirm(cx, cx.lang, &condition.title, &secret);
    letter::post(cx, &mut tx, &to, &letter, When::default()).await?;
    idempotency::keep(&mut tx, &key, "{}", cx.now()).await?;
    tx.commit().await
}

/// What stands before the @: a guest of an alert tells no name.
fn name_of(email: &str) -> String {
    email.split('@').next().unwrap_or_default().chars().take(rules::NAME_MAX).collect()
}

async fn find(db: &mut impl Handle, text: &str, now: Timestamp) -> Result<Row> {
    let hash = tokens::digest(text);
    let row = crate::fetch_optional!(*db, Row, FIND, hash.as_slice())?.ok_or(ErrorKind::NotFound)?;
    if row.expires_at <= now { Err(ErrorKind::Gone.into()) } else { Ok(row) }
}

/// The question behind a link. Opening it changes nothing.
///
/// # Errors
/// `NotFound` for a guess, `Gone` when the link is too old.
pub async fn pending(cx: &Cx, text: &str) -> Result<Pending> {
    let row = find(&mut cx.read().await?, text, cx.now()).await?;
    Ok(Pending {
        title: row.title,
        address: row.address,
        email: row.email,
        confirmed: row.confirmed_at.is_some(),
    })
}

/// Saves a guest's question: the address is proved and has an account (without a password) from now on. Gives a link to
/// manage the alerts. The second time saves nothing more.
///
/// # Errors
/// `NotFound` for a guess, `Gone` when the link is too old; `Invalid` when the address has too many.
pub async fn confirm(cx: &Cx, text: &str) -> Result<String> {
    let mut tx = cx.write().await?;
    let row = find(&mut tx, text, cx.now()).await?;
    let lang = Lang::from_code(&row.lang);
    let guest = Guest { name: name_of(&row.email), email: row.email, company: None, country: None, lang };
    let user = accounts::prove_guest(cx, &mut tx, &guest).await?;
    if crate::execute!(tx, CONFIRM, row.id, cx.now())? == 1 {
        let question: SavedQuestion = store::question(&row.question)?;
        let condition = Condition { address: row.address, title: row.title, question };
        service::add(&Cx { lang, ..cx.clone() }, &mut tx, user, &condition).await?;
    }
    let link = super::links::issue(cx, &mut tx, user).await?;
    tx.commit().await?;
    Ok(link)
}
