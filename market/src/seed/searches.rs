//! What was asked in the weeks before: so that the desk of search has something to show.

use super::sql;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::search::log;

/// A question, its branch, how often it is asked on a day, how many products answer, and how many different people ask.
const ASKED: [(&str, &str, i64, i64, i64); 10] = [
    ("육각볼트 m8", "fasteners", 6, 24, 9),
    ("볼밸브 25a", "", 4, 11, 7),
    ("복스알", "", 3, 0, 6),
    ("스텐 후렌지 100a", "", 3, 0, 5),
    ("기리 3.2", "", 2, 0, 5),
    ("데나오시 가공", "", 2, 0, 4),
    ("알루미늄 프로파일 40", "", 3, 9, 6),
    ("전선관 커플링", "", 2, 14, 4),
    ("sus304 hex bolt", "fasteners", 2, 17, 4),
    ("김철수 대표", "", 1, 0, 1),
];
/// Days before today.
const DAYS: i64 = 14;

/// Counts of the last fortnight.
pub(super) async fn write(cx: &Cx, tx: &mut Tx) -> Result<()> {
    let today = log::day_of(cx.now());
    for (query, branch, often, hits, people) in ASKED {
        for ago in (0..DAYS).filter(|ago| (ago + hits) % 3 != 1) {
            let searches = often + ago % 3;
            let missed = if hits == 0 { searches } else { 0 };
            crate::execute!(*tx, sql::ASKED, today - ago, query, branch, searches, missed, hits)?;
        }
        for mark in 0..people {
            crate::execute!(*tx, log::MARK, log::week_of(today - 7), query, mark)?;
        }
    }
    Ok(())
}
