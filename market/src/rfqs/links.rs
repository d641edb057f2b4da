//! Links in mails about requests: one opens a request for its buyer, the other lets one vendor answer it without
//! signing in. Opening changes nothing.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store::{self, Rfq};
use crate::accounts::access::Actor;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{ErrorKind, Result};
use crate::inquiries::links::READ_DAYS;
use crate::inquiries::offered;
use crate::time::DAY;
use crate::tokens::{self, NewToken, TokenKind};

#[derive(Serialize, Deserialize)]
struct Payload {
    vendor: Uuid,
}

/// An opened link.
#[derive(Clone)]
pub struct OpenRfq {
    /// The call as the holder of the link.
    pub cx: Cx,
    /// The request.
    pub rfq_id: Uuid,
    /// The vendor that answers; none on the buyer's link.
    pub vendor_id: Option<Uuid>,
}

/// Text of a fresh link for the buyer: the request and all its quotes.
pub(super) async fn own_link(cx: &Cx, tx: &mut Tx, rfq: Uuid, buyer: Uuid) -> Result<String> {
    issue(cx, tx, (TokenKind::ReadBatch, "{}".into()), (rfq, buyer, READ_DAYS)).await
}

/// Text of a fresh link for one member of a vendor's team.
///
/// It works as long as the request takes answers, also when its buyer adds days later: the page behind it says when it is over.
pub(super) async fn answer_link(cx: &Cx, tx: &mut Tx, rfq: &Rfq, who: (Uuid, Uuid)) -> Result<String> {
    let (vendor, user) = who;
    let payload = serde_json::to_string(&Payload { vendor })?;
    let days = cx.settings().rfq_days.saturating_mul(2);
    issue(cx, tx, (TokenKind::AnswerThread, payload), (rfq.id, user, days)).await
}

async fn issue(cx: &Cx, tx: &mut Tx, what: (TokenKind, String), about: (Uuid, Uuid, i64)) -> Result<String> {
    let (subject, user, days) = about;
    let new = NewToken {
        kind: what.0,
        user_id: Some(user),
        subject_id: Some(subject),
        payload: what.1,
        expires_at: cx.now().plus(days.saturating_mul(DAY)),
    };
    tokens::issue(cx, tx, new).await
}

/// Opens a buyer's link.
///
/// # Errors
/// `NotFound` for a guess, `Gone` when it is too old.
pub async fn open_own(cx: &Cx, text: &str) -> Result<OpenRfq> {
    open(cx, TokenKind::ReadBatch, text).await
}

/// Opens a vendor's link.
///
/// # Errors
/// As [`open_own`]; `NotFound` for somebody who left the team.
pub async fn open_answer(cx: &Cx, text: &str) -> Result<OpenRfq> {
    open(cx, TokenKind::AnswerThread, text).await
}

async fn open(cx: &Cx, kind: TokenKind, text: &str) -> Result<OpenRfq> {
    let found = {
        let mut db = cx.read().await?;
        match tokens::find(&mut db, kind, text).await? {
            Some(token) => match token.subject_id {
                Some(subject) => store::find(&mut db, subject).await?.map(|rfq| (token, rfq)),
                None => None,
            },
            None => None,
        }
    };
    let Some((token, rfq)) = found else {
        return Err(ErrorKind::NotFound.into());
    };
    let user_id = token.user_id.ok_or(ErrorKind::NotFound)?;
    if token.expires_at <= cx.now() {
        return Err(ErrorKind::Gone.into());
    }
    let vendor_id = serde_json::from_str::<Payload>(&token.payload).ok().map(|payload| payload.vendor);
    let vendor_side = kind == TokenKind::AnswerThread;
    match vendor_id {
        Some(vendor) if vendor_side => {
            let mut db = cx.read().await?;
            if !offered::is_member(&mut db, vendor, user_id).await? {
                return Err(ErrorKind::NotFound.into());
            }
        }
        None if !vendor_side && rfq.buyer_id == user_id => {}
        _ => return Err(ErrorKind::NotFound.into()),
    }
    let actor = Actor::Link { thread_id: rfq.id, user_id, vendor_id };
    let cx = Cx { zone: token.zone(), ..cx.as_actor(actor) };
    Ok(OpenRfq { cx, rfq_id: rfq.id, vendor_id })
}
