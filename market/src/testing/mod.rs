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
pub use databases::{TestDb, empty_postgres, empty_sqlite, fresh_postgres, fresh_sqlite, prepare_all};
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
///
/// `both_databases!(name, seeds: 8, |db: Db, seed: u64| async move { … })` runs the body once for every seed below the number,
/// each time on a fresh database: a property over what [`crate::prng::Prng`] makes of the seed.
#[macro_export]
macro_rules! both_databases {
    ($name:ident, seeds: $seeds:expr, $body:expr) => {
        mod $name {
            use super::*;

            #[tokio::test]
            async fn sqlite() {
                for seed in 0..$seeds {
                    let test = $crate::testing::fresh_sqlite().await;
                    let body = $body;
                    body(test.db.clone(), seed).await;
                    test.remove().await;
                }
            }

            #[tokio::test]
            async fn postgres() {
                for seed in 0..$seeds {
                    let Some(test) = $crate::testing::fresh_postgres().await else { return };
                    let body = $body;
                    body(test.db.clone(), seed).await;
                    test.remove().await;
                }
            }
        }
    };
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
