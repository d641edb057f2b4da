//! The files of a request and who reads them: its buyer, curators, and companies that may answer it or have. Asked anew each time.

use uuid::Uuid;

use super::answer;
use super::store::{self, Rfq};
use crate::accounts::access::{self, Actor, Object, Verb};
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{ErrorKind, Result};
use crate::files::{self, AttachedFile};

/// The files of a request; most have none, and cost no statement.
pub(super) async fn of(db: &mut impl Handle, rfq: &Rfq) -> Result<Vec<AttachedFile>> {
    if rfq.files == 0 { Ok(Vec::new()) } else { files::store::of_rfq(db, rfq.id).await }
}

/// Lets readers of a request's files pass.
///
/// # Errors
/// `NotSignedIn` for visitors, `NotFound` for everybody else.
pub(crate) async fn demand_reader(cx: &Cx, db: &mut impl Handle, id: Uuid) -> Result<()> {
    if *cx.actor == Actor::Visitor {
        return Err(ErrorKind::NotSignedIn.into());
    }
    let rfq = store::find(db, id).await?.ok_or(ErrorKind::NotFound)?;
    // a link opens its own request and no other, whoever holds it
    if matches!(&*cx.actor, Actor::Link { thread_id, .. } if *thread_id != id) {
        return Err(ErrorKind::NotFound.into());
    }
    let own =
        access::can(&cx.actor, Verb::AskInThread, rfq.object(Uuid::nil())) && *cx.actor != Actor::System;
    if own || access::can(&cx.actor, Verb::DecideListing, Object::Site) {
        return Ok(());
    }
    match answer::standing(cx, db, &rfq).await? {
        (None, None) => Err(ErrorKind::NotFound.into()),
        _ => Ok(()),
    }
}
