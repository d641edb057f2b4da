//! The files of a request and who reads them: its buyer, curators, and companies that may answer it or have. Asked anew each time.

use uuid::Uuid;

use super::answer;
use super::store::{self, Rfq};
use crate::accounts::access::{self, Actor, Object, Verb};
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{ErrorKind, Result};
use crate::files::{self, AttachedFile};
use crate::inquiries;

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
    // a link opens its own request and no other, whoever holds it; one to a thread, the request that the thread answers
    if let Actor::Link { thread_id, .. } = &*cx.actor
        && *thread_id != id
    {
        return demand_answer(cx, db, *thread_id, id).await;
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

/// Lets the two sides of a thread that answers a request pass, as they may read the thread now.
async fn demand_answer(cx: &Cx, db: &mut impl Handle, thread: Uuid, rfq: Uuid) -> Result<()> {
    let thread = inquiries::store::find(db, thread).await?.filter(|thread| thread.batch_id == Some(rfq));
    let thread = thread.ok_or(ErrorKind::NotFound)?;
    access::demand_own(&cx.actor, Verb::ReadThread, thread.object())
}
