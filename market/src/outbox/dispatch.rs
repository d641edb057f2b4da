//! From a topic to its job. Every kind of work is listed here once.

use super::{Change, Job};
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, Result};

macro_rules! topics {
    (changes: $($change:ty),* $(,)?; others: $($job:ty),* $(,)?) => {
        /// Whether the work of a topic only changes the database.
        pub fn is_change(topic: &str) -> bool {
            [$(<$change as Change>::TOPIC),*].contains(&topic)
        }

        /// Does one job that only changes the database, in a transaction with others.
        ///
        /// # Errors
        /// What the job says; `Internal` for any other topic.
        pub async fn run_in(cx: &Cx, tx: &mut Tx, topic: &str, payload: &str) -> Result<()> {
            match topic {
                $(<$change as Change>::TOPIC => serde_json::from_str::<$change>(payload)?.run_in(cx, tx).await,)*
                unknown => Err(Error::internal(format!("no change for topic {unknown}"))),
            }
        }

        /// Does one job.
        ///
        /// # Errors
        /// What the job says; `Internal` for a topic nobody knows.
        pub async fn run(cx: &Cx, topic: &str, payload: &str) -> Result<()> {
            match topic {
                $(<$change as Job>::TOPIC => serde_json::from_str::<$change>(payload)?.run(cx).await,)*
                $(<$job as Job>::TOPIC => serde_json::from_str::<$job>(payload)?.run(cx).await,)*
                unknown => Err(Error::internal(format!("no job for topic {unknown}"))),
            }
        }
    };
}

topics! {
    changes:
        crate::inquiries::jobs::TellVendor,
        crate::inquiries::jobs::TellBuyer,
        crate::inquiries::jobs::TellBatch,
        crate::inquiries::response::RecomputeResponse;
    others:
        crate::notifications::jobs::SendMail,
        crate::notifications::digest::SendDigest,
        crate::notifications::talk::SendTalk,
        crate::catalog::unused_images::RemoveUnusedImage,
        crate::accounts::jobs::MailReset,
        crate::accounts::jobs::MailConfirm,
        crate::saved_searches::jobs::SendAlert,
        crate::rfqs::jobs::TellVendors,
        crate::rfqs::jobs::TellRfqBuyer,
        crate::rfqs::jobs::SettleRfq,
        crate::files::jobs::ScanFile,
}
