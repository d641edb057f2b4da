//! Daily question to the registry about each number: 100 numbers a call. An outage changes nothing; 폐업 hides listings.

use uuid::Uuid;

use super::model::RegistryState;
use super::{BusinessNumber, store};
use crate::cx::Cx;
use crate::error::Result;
use crate::ports::RegistryStatus;
use crate::time::DAY;

/// Pause between two questions about the same number.
const ASK_AGAIN: i64 = DAY;

/// Asks about every company whose answer is older than a day. Gives how many answers changed something.
///
/// # Errors
/// `Unavailable` when the database is away; a silent registry is no error.
pub async fn refresh_registry(cx: &Cx) -> Result<usize> {
    let mut changed = 0;
    loop {
        let mut db = cx.read().await?;
        let due = crate::fetch_all!(
            db,
            (Uuid, String, String),
            store::DUE_FOR_REGISTRY,
            cx.now().plus(-ASK_AGAIN)
        )?;
        drop(db);
        let known: Vec<(Uuid, BusinessNumber, RegistryState)> = due
            .into_iter()
            .filter_map(|(id, number, state)| {
                Some((id, BusinessNumber::parse(&number).ok()?, RegistryState::from_code(&state)))
            })
            .collect();
        if known.is_empty() {
            return Ok(changed);
        }
        let numbers: Vec<BusinessNumber> = known.iter().map(|(_, number, _)| number.clone()).collect();
        let Ok(answers) = cx.market.ports().registry.statuses(&numbers).await else { return Ok(changed) };
        // an answer that is not one for each number belongs to nobody for certain
        if answers.len() != known.len() {
            tracing::warn!(
                asked = known.len(),
                answered = answers.len(),
                "the registry answers something else"
            );
            return Ok(changed);
        }
        for ((id, number, before), answer) in known.into_iter().zip(answers) {
            changed += usize::from(note(cx, (id, &number), before, answer).await?);
        }
    }
}

/// Keeps an answer; one about a number that the company gave up while it was asked says nothing about the company.
pub(super) async fn note(
    cx: &Cx,
    (id, number): (Uuid, &BusinessNumber),
    before: RegistryState,
    answer: RegistryStatus,
) -> Result<bool> {
    let now = match answer {
        RegistryStatus::Active => RegistryState::Active,
        RegistryStatus::Paused => RegistryState::Paused,
        RegistryStatus::Closed => RegistryState::Closed,
        RegistryStatus::Unregistered => RegistryState::Unknown,
    };
    let mut tx = cx.write().await?;
    if crate::execute!(tx, store::SET_REGISTRY, id, now.code(), cx.now(), number.digits())? == 0 {
        return Ok(false);
    }
    if now != before {
        crate::catalog::changes::note_vendor(cx, &mut tx, id).await?;
        crate::audit::record(
            cx,
            &mut tx,
            "vendor.registry",
            ("vendor", Some(id)),
            serde_json::json!({ "from": before.code(), "to": now.code() }),
        )
        .await?;
    }
    tx.commit().await?;
    Ok(now != before)
}
