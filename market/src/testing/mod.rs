//! For tests: fakes of the ports, a clock that stands still, fresh databases of both engines.

mod ahead;
mod databases;
mod fake_files;
mod fake_media;
mod fake_reach;
mod fake_search;
mod fakes;
mod market;

pub use ahead::AheadClock;
pub use databases::{TestDb, fresh_postgres, fresh_sqlite, prepare_all};
pub use fake_files::{FakeFiles, FakeScanner};
pub use fake_media::FakeMedia;
pub use fake_reach::{FakeTalker, FakeTranslator};
pub use fake_search::FakeSearch;
pub use fakes::{CountingIds, FakeMailer, FakeRegistry, FixedClock, Stuck};
pub use market::{TestMarket, test_market, test_market_with};

/// Turns one test body into two tests, `sqlite` and `postgres`, each on a fresh migrated database.
///
/// `both_databases!(name, |db| async move { … })`. The PostgreSQL half needs `TEST_POSTGRES_URL`; without it
/// the half is skipped on a developer's machine and fails where `CI` is set.
#[macro_export]
macro_rules! both_databases {
    ($name:ident, $body:expr) => {
        mod $name {
            use super::*;

            #[tokio::test]
            async fn sqlite() {
                let test = $crate::testing::fresh_sqlite().await;
                let body = $body;
                body(test.db.clone()).await;
                test.remove().await;
            }

            #[tokio::test]
            async fn postgres() {
                let Some(test) = $crate::testing::fresh_postgres().await else { return };
                let body = $body;
                body(test.db.clone()).await;
                test.remove().await;
            }
        }
    };
}
