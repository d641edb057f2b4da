//! Work that follows a change of a request: vendors it fits are told, its buyer is told, threads that lost are ended.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::answer::near;
use super::demand;
use super::letters;
use super::links;
use super::model::{CloseReason, RfqState, Visibility};
use super::rules::Action;
use super::service::end;
use super::store::{self, Rfq};
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::inquiries::{RejectReason, offered};
use crate::notifications::letter::{self, About, Recipient};
use crate::notifications::{NotificationData, NotificationKind, SubjectKind, Topic, notify};
use crate::outbox::{self, Job, When};
use crate::time::DAY;

/// Vendors with shown products near the category that were not told too often today: the same category first, then
/// the same region, then those that answer best.
pub const MATCHING: &str = concat!(
    "SELECT v.id FROM vendors v JOIN listings l ON l.vendor_id = v.id LEFT JOIN vendor_response_stats s ON s.vendor_id = v.id WHERE ",
    crate::visible_listings!(),
    " AND (l.category = $2 OR l.category LIKE $3 ESCAPE '!') AND (v.holiday_until IS NULL OR v.holiday_until <= $1) \
     AND (NOT CAST($4 AS BOOLEAN) OR v.registry_status = 'active') \
     AND NOT EXISTS (SELECT 1 FROM rfq_told x WHERE x.rfq_id = $5 AND x.vendor_id = v.id) \
     AND NOT EXISTS (SELECT 1 FROM vendor_members m WHERE m.vendor_id = v.id AND m.user_id = $6) \
     AND NOT EXISTS (SELECT 1 FROM blocks k WHERE k.vendor_id = v.id AND k.buyer_id = $6 AND k.ended_at IS NULL) \
     AND (SELECT COUNT(*) FROM rfq_told x WHERE x.vendor_id = v.id AND x.told_at > $7) < $8 \
     GROUP BY v.id, v.region, s.asked, s.answered_in_time \
     ORDER BY MIN(CASE WHEN l.category = $2 THEN 0 ELSE 1 END), CASE WHEN v.region = $9 THEN 0 ELSE 1 END, \
     CASE WHEN COALESCE(s.asked, 0) > 0 THEN s.answered_in_time * 1000 / s.asked ELSE 0 END DESC, v.id LIMIT $10"
);
/// Invited vendors that may be told: none that was suspended meanwhile, none of whom one blocks the other, and not the buyer's own company.
pub const INVITED: &str = "SELECT v.id FROM rfq_invites i JOIN rfqs r ON r.id = i.rfq_id JOIN vendors v ON v.id = i.vendor_id WHERE i.rfq_id = $1 \
    AND v.state = 'approved' AND v.registry_status <> 'closed' \
    AND NOT EXISTS (SELECT 1 FROM vendor_members m WHERE m.vendor_id = v.id AND m.user_id = r.buyer_id) \
    AND NOT EXISTS (SELECT 1 FROM blocks k WHERE k.vendor_id = v.id AND k.buyer_id = r.buyer_id AND k.ended_at IS NULL) ORDER BY v.id";
/// What a vendor is called.
pub const NAMES: &str = "SELECT name_ko, name_en FROM vendors WHERE id = $1";
/// Notes that a vendor was told.
pub const TOLD: &str = "INSERT INTO rfq_told (rfq_id, vendor_id, told_at) VALUES ($1, $2, $3) ON CONFLICT (rfq_id, vendor_id) DO NOTHING";

/// Tells the vendors whom a fresh request fits, or those it invites.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TellVendors {
    /// The request.
    pub rfq_id: Uuid,
}

impl Job for TellVendors {
    const TOPIC: &'static str = "rfqs.tell_vendors";

    async fn run(self, cx: &Cx) -> Result<()> {
        let mut tx = cx.write().await?;
        let Some(rfq) = store::find(&mut tx, self.rfq_id).await? else { return Ok(()) };
        if !rfq.takes_answers(cx.now()) {
            return Ok(());
        }
        let vendors: Vec<Uuid> = if rfq.visibility == Visibility::Invited {
            crate::fetch_all!(tx, (Uuid,), INVITED, rfq.id)?.into_iter().map(|(id,)| id).collect()
        } else {
            matching(cx, &mut tx, &rfq).await?
        };
        for vendor in vendors {
            if crate::execute!(tx, TOLD, rfq.id, vendor, cx.now())? == 1 {
                tell_team(cx, &mut tx, &rfq, vendor).await?;
            }
        }
        tx.commit().await
    }
}

/// Vendors who watch for such requests first, then those of the category, as many as may be told.
async fn matching(cx: &Cx, tx: &mut Tx, rfq: &Rfq) -> Result<Vec<Uuid>> {
    let verified = rfq.visibility == Visibility::Verified;
    let mut vendors = demand::watching(cx, tx, rfq, verified).await?;
    for vendor in of_category(cx, tx, rfq).await? {
        if !vendors.contains(&vendor) {
            vendors.push(vendor);
        }
    }
    vendors.truncate(usize::try_from(cx.settings().rfq_vendors_told).unwrap_or(usize::MAX));
    Ok(vendors)
}

async fn of_category(cx: &Cx, tx: &mut Tx, rfq: &Rfq) -> Result<Vec<Uuid>> {
    let (settings, near) = (cx.settings(), near(&rfq.category));
    let found = crate::fetch_all!(
        *tx,
        (Uuid,),
        MATCHING,
        cx.now(),
        &rfq.category,
        &near,
        rfq.visibility == Visibility::Verified,
        rfq.id,
        rfq.buyer_id,
        cx.now().plus(-DAY),
        settings.rfqs_per_vendor_day,
        &rfq.region,
        settings.rfq_vendors_told
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Each member is told for each company: who works for two of them gets two mails, each with the link of one.
async fn tell_team(cx: &Cx, tx: &mut Tx, rfq: &Rfq, vendor: Uuid) -> Result<()> {
    let company = crate::fetch_one!(*tx, (String, String), NAMES, vendor)?;
    let words = NotificationData::titled(rfq.title.clone());
    for member in offered::team(tx, vendor).await? {
        let about = (SubjectKind::Rfq, rfq.id);
        notify(cx, tx, member.user_id, NotificationKind::RfqFits, about, &words).await?;
        if member.email_confirmed_at.is_some() {
            let lang = member.lang();
            let link = links::answer_link(cx, tx, rfq, (vendor, member.user_id)).await?;
            let letter = letters::to_vendor(cx, lang, rfq, (lang.pick(&company.0, &company.1), &link));
            let once = Some(format!("rfq_vendor:{}:{vendor}:{}", rfq.id, member.user_id));
            let to = Recipient { email: member.email, name: member.name, lang };
            let about = About::new(member.user_id, Topic::RfqMatch, Some(about));
            letter::tell(cx, tx, &about, (&to, &letter), When { at: None, once }).await?;
        }
    }
    Ok(())
}

/// What a buyer is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RfqEvent {
    /// A guest's request waits for a curator; the link back to it.
    HandedIn,
    /// Vendors may answer.
    Opened,
    /// It came back with a reason.
    Returned,
    /// The federation took it away with a reason.
    Removed,
    /// As many answered as may.
    Filled,
    /// Its days are over.
    Expired,
}

/// Tells the buyer, in the site and by mail with a link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TellRfqBuyer {
    /// The request.
    pub rfq_id: Uuid,
    /// What happened.
    pub event: RfqEvent,
}

impl TellRfqBuyer {
    fn still_true(&self, rfq: &Rfq) -> bool {
        match self.event {
            RfqEvent::HandedIn => rfq.state == RfqState::InReview,
            RfqEvent::Opened => matches!(rfq.state, RfqState::Open | RfqState::Filled),
            RfqEvent::Returned => rfq.state == RfqState::Draft,
            RfqEvent::Removed => rfq.state == RfqState::Removed,
            RfqEvent::Filled => rfq.state == RfqState::Filled,
            RfqEvent::Expired => rfq.state == RfqState::Expired,
        }
    }

    const fn kind(&self) -> Option<NotificationKind> {
        Some(match self.event {
            RfqEvent::HandedIn => return None,
            RfqEvent::Opened => NotificationKind::RfqOpened,
            RfqEvent::Returned => NotificationKind::RfqReturned,
            RfqEvent::Removed => NotificationKind::RfqRemoved,
            RfqEvent::Filled => NotificationKind::RfqFilled,
            RfqEvent::Expired => NotificationKind::RfqExpired,
        })
    }
}

impl Job for TellRfqBuyer {
    const TOPIC: &'static str = "rfqs.tell_buyer";

    async fn run(self, cx: &Cx) -> Result<()> {
        let mut tx = cx.write().await?;
        let Some(rfq) = store::find(&mut tx, self.rfq_id).await? else { return Ok(()) };
        if !self.still_true(&rfq) {
            return Ok(());
        }
        let Some(reader) = offered::person(&mut tx, rfq.buyer_id).await? else { return Ok(()) };
        let lang = reader.lang();
        if let Some(kind) = self.kind() {
            let told = matches!(self.event, RfqEvent::Returned | RfqEvent::Removed);
            let reason = rfq.reason.clone().filter(|_| told);
            let words = NotificationData { reason, ..NotificationData::titled(rfq.title.clone()) };
            notify(cx, &mut tx, rfq.buyer_id, kind, (SubjectKind::Rfq, rfq.id), &words).await?;
        }
        if reader.email_confirmed_at.is_some() {
            let link = links::own_link(cx, &mut tx, rfq.id, rfq.buyer_id).await?;
            let letter = letters::to_buyer(cx, lang, self.event, &rfq, &link);
            let once = Some(format!("rfq_buyer:{}:{:?}:{}", rfq.id, self.event, rfq.submitted_at.0));
            let to = Recipient { email: reader.email, name: reader.name, lang };
            // the receipt of what a guest just handed in has no notification beside it
            let (topic, subject) = match self.kind() {
                None => (Topic::Account, None),
                Some(_) => (Topic::OwnRfq, Some((SubjectKind::Rfq, rfq.id))),
            };
            let about = About::new(rfq.buyer_id, topic, subject);
            letter::tell(cx, &mut tx, &about, (&to, &letter), When { at: None, once }).await?;
        }
        tx.commit().await
    }
}

/// After a quote of a request was taken, or the request was ended: the other vendors are told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SettleRfq {
    /// The request.
    pub rfq_id: Uuid,
    /// The thread whose quote was taken.
    pub taken: Option<Uuid>,
}

impl Job for SettleRfq {
    const TOPIC: &'static str = "rfqs.settle";

    async fn run(self, cx: &Cx) -> Result<()> {
        let state = store::find(&mut cx.read().await?, self.rfq_id).await?.map(|rfq| rfq.state);
        let reason = match state {
            Some(RfqState::Removed) => RejectReason::Removed,
            _ if self.taken.is_some() => RejectReason::Elsewhere,
            _ => RejectReason::NotNeeded,
        };
        offered::end_others(cx, self.rfq_id, self.taken, reason).await.map(|_| ())
    }
}

/// When the thread whose quote is taken answers a request: closes the request in the same transaction, so that only
/// one of its quotes is ever taken, and asks for [`SettleRfq`].
///
/// # Errors
/// `Conflict("rfq.awarded")` when another quote was taken before, `Conflict("rfq.ended")` when the request ended otherwise.
pub(crate) async fn award(cx: &Cx, tx: &mut Tx, batch: Option<Uuid>, thread: Uuid) -> Result<()> {
    let Some(batch) = batch else { return Ok(()) };
    let Some(mut rfq) = store::find(tx, batch).await? else { return Ok(()) };
    let awarded = CloseReason::Awarded.code();
    if matches!(rfq.state, RfqState::Closed | RfqState::Removed) {
        let before = rfq.state == RfqState::Closed && rfq.reason.as_deref() == Some(awarded);
        return Err(Error::conflict(if before { "rfq.awarded" } else { "rfq.ended" }));
    }
    end(cx, tx, &mut rfq, (Action::Close, Some(awarded))).await?;
    outbox::enqueue(cx, tx, &SettleRfq { rfq_id: batch, taken: Some(thread) }, When::default()).await
}
