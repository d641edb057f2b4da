//! Leaving, as easy as joining.

use serde_json::json;
use uuid::Uuid;

use super::passwords_new::prove;
use crate::accounts::access::PlatformRole;
use crate::accounts::model::{Obstacle, User};
use crate::accounts::{letters, limits, roles, rules, store};
use crate::audit;
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::inquiries;
use crate::notifications::letter;
use crate::outbox::When;
use crate::rfqs;

/// What has to be settled before the account can be closed; empty as a rule.
///
/// # Errors
/// `NotSignedIn`.
pub async fn obstacles(cx: &Cx) -> Result<Vec<Obstacle>> {
    let id = cx.actor.signed_in()?.id;
    find_obstacles(&mut cx.read().await?, id).await
}

async fn find_obstacles(db: &mut impl Handle, id: Uuid) -> Result<Vec<Obstacle>> {
    let owned = crate::fetch_all!(*db, (String, String), store::SOLE_OWNED, id)?;
    let mut found: Vec<Obstacle> = owned.into_iter().map(|(ko, en)| Obstacle::SoleOwner(ko, en)).collect();
    let (admin,): (i64,) = crate::fetch_one!(*db, (i64,), store::IS_ADMIN, id)?;
    if admin > 0 {
        let (others,): (i64,) = crate::fetch_one!(*db, (i64,), store::OTHER_ADMINS, id)?;
        if others == 0 {
            found.push(Obstacle::LastAdmin);
        }
    }
    Ok(found)
}

/// Closes the own account: sessions, memberships, roles, links, basket and drafts go, the name and address are erased, what
/// is still asked is called off. What was recorded and what was written to companies stays, without the name.
///
/// # Errors
/// `NotSignedIn`; `Conflict` when a vendor answers at the same moment; `Invalid` for a wrong password or the rules `withdraw.sole_owner`, `withdraw.last_admin`; `TooMany`.
pub async fn withdraw(cx: &Cx, password: &str) -> Result<()> {
    let user = super::find_own(cx).await?;
    let password = rules::typed_password(password).map_err(|problem| Error::invalid("password", problem))?;
    prove(cx, &user, password, "password").await?;
    match leave(cx, &user).await {
        Err(error) if inquiries::service::is_race(&error.kind) => leave(cx, &user).await,
        done => done,
    }
}

async fn leave(cx: &Cx, user: &User) -> Result<()> {
    let mut tx = cx.write().await?;
    limits::forgive_password(cx, &mut tx, &user.email).await?;
    if cx.actor.person().is_some_and(|person| person.has(PlatformRole::Admin)) {
        // two admins who leave at once would leave nobody
        crate::execute!(tx, roles::HOLD_ADMINS)?;
    }
    match find_obstacles(&mut tx, user.id).await?.first() {
        Some(Obstacle::SoleOwner(..)) => {
            return Err(Error::invalid("", Problem::Rule("withdraw.sole_owner".into())));
        }
        Some(Obstacle::LastAdmin) => {
            return Err(Error::invalid("", Problem::Rule("withdraw.last_admin".into())));
        }
        None => {}
    }
    if store::find(&mut tx, user.id).await?.is_none() {
        return Err(ErrorKind::NotSignedIn.into());
    }
    // nobody is left waiting for somebody who is gone
    let closed = rfqs::service::close_all(cx, &mut tx, user.id).await?;
    let called_off = inquiries::service::withdraw_all(cx, &mut tx, user.id).await?;
    letter::post(cx, &mut tx, &letters::to(user), &letters::closed(user.lang()), When::default()).await?;
    store::close(&mut tx, user, cx.now()).await?;
    audit::record(
        cx,
        &mut tx,
        "account.withdraw",
        ("user", Some(user.id)),
        json!({ "called_off": called_off, "closed": closed }),
    )
    .await?;
    tx.commit().await
}
