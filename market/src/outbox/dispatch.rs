//! From a topic to its job. Every kind of work is listed here once.

use super::Job;
use crate::cx::Cx;
use crate::error::{Error, Result};

macro_rules! dispatch {
    ($cx:expr, $topic:expr, $payload:expr; $($job:ty),* $(,)?) => {
        match $topic {
            $(<$job as Job>::TOPIC => serde_json::from_str::<$job>($payload)?.run($cx).await,)*
            unknown => Err(Error::internal(format!("no job for topic {unknown}"))),
        }
    };
}

/// Does one job.
///
/// # Errors
/// What the job says; `Internal` for a topic nobody knows.
pub async fn run(cx: &Cx, topic: &str, payload: &str) -> Result<()> {
    dispatch!(cx, topic, payload;
        crate::notifications::jobs::SendMail,
        crate::notifications::digest::SendDigest,
        crate::notifications::talk::SendTalk,
        crate::catalog::images::RemoveUnusedImage,
        crate::accounts::jobs::MailReset,
        crate::accounts::jobs::MailConfirm,
        crate::inquiries::jobs::TellVendor,
        crate::inquiries::jobs::TellBuyer,
        crate::inquiries::jobs::TellBatch,
        crate::inquiries::response::RecomputeResponse,
        crate::saved_searches::jobs::SendAlert,
        crate::rfqs::jobs::TellVendors,
        crate::rfqs::jobs::TellRfqBuyer,
        crate::rfqs::jobs::SettleRfq,
        crate::files::jobs::ScanFile,
    )
}
