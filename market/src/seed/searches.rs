//! What was asked and opened in the weeks before: so that the desk of search has something to show. Counts of days, as the
//! log keeps them; which results were opened is chosen among listings of the demo that the question is about.

use super::goods::Goods;
use super::sql;
use crate::catalog::ListingState;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::search::log;

/// A question as it is counted, and what people did with its results.
struct Asked {
    query: &'static str,
    /// How often on a working day.
    often: i64,
    /// How many products answer.
    hits: i64,
    /// Different people in a week.
    people: i64,
    /// Of ten searches, how many ended with a product that was opened; none when nothing meets the question.
    opened: Option<i64>,
    /// Words in the Korean titles of what was opened.
    titles: &'static str,
}

const fn found(query: &'static str, often: i64, hits: i64, opened: i64, titles: &'static str) -> Asked {
    Asked { query, often, hits, people: 3 + often, opened: Some(opened), titles }
}

const fn missed(query: &'static str, often: i64, hits: i64) -> Asked {
    Asked { query, often, hits, people: 3 + often, opened: None, titles: "" }
}

/// Well answered ones, ones whose results are too many or of the wrong kind (seldom opened), and ones in vain.
const ASKED: [Asked; 28] = [
    found("육각볼트 m8", 7, 40, 7, "육각볼트 M8"),
    found("볼밸브 25a", 5, 41, 6, "볼밸브"),
    found("수중펌프", 5, 22, 6, "수중펌프"),
    found("체크밸브 50a", 3, 79, 5, "체크밸브"),
    found("led 방폭등", 4, 42, 6, "방폭등"),
    found("감속기", 3, 31, 5, "감속기"),
    found("깊은홈 볼베어링 6204", 3, 38, 6, "볼베어링"),
    found("세트앵커 m10", 2, 16, 7, "세트앵커 M10"),
    found("pcb 4층", 2, 30, 5, "PCB 4층"),
    found("하네스 가공", 2, 13, 6, "하네스"),
    found("플렉시블덕트", 2, 37, 4, "플렉시블덕트"),
    found("ball valve", 2, 41, 5, "볼밸브"),
    found("led flood light", 2, 45, 4, "투광등"),
    found("골판지 상자", 6, 850, 1, "골판지 상자"),
    found("레이저 절단 sus304", 4, 456, 1, "레이저 절단 SUS304"),
    found("sus304 hex bolt", 3, 454, 1, "육각볼트"),
    found("알루미늄 프로파일 40", 4, 18, 1, "알루미늄 프로파일"),
    found("도시락 용기", 3, 42, 1, " 용기 "),
    missed("복스알", 4, 0),
    missed("전선관 커플링", 3, 0),
    missed("합판 12t", 3, 6),
    missed("용접봉", 3, 0),
    missed("유압잭", 2, 0),
    missed("고소작업대", 2, 0),
    missed("데나오시 가공", 2, 313),
    missed("테프론 튜브", 2, 10),
    missed("hydraulic jack", 1, 4),
    // one person only: never shown
    Asked { query: "김철수 대표", often: 1, hits: 0, people: 1, opened: None, titles: "" },
];
/// Days before today.
const DAYS: i64 = 35;
/// Results of a question that people look through.
const LOOKED_THROUGH: usize = 8;
/// Places of what is opened, in the order in which it happens: mostly the first.
const PLACES: [usize; 10] = [0, 0, 1, 0, 2, 0, 1, 0, 4, 3];

/// Counts of the last five weeks.
pub(super) async fn write(cx: &Cx, tx: &mut Tx, goods: &[Goods]) -> Result<()> {
    let today = log::day_of(cx.now());
    for (salt, asked) in (0_i64..).zip(&ASKED) {
        let results: Vec<&Goods> = goods
            .iter()
            .filter(|item| item.state == ListingState::Published)
            .filter(|item| !asked.titles.is_empty() && item.made_from.title_ko.contains(asked.titles))
            .take(LOOKED_THROUGH)
            .collect();
        let mut answered = 0;
        for day in today - DAYS + 1..=today {
            let searches = searches_of(asked, day, salt);
            if searches == 0 {
                continue;
            }
            let in_vain = if asked.opened.is_none() { searches } else { 0 };
            let branch = log::branch(asked.query);
            crate::execute!(*tx, sql::ASKED, day, asked.query, branch, searches, in_vain, asked.hits)?;
            for number in answered..answered + searches {
                open(tx, asked, &results, (day, number)).await?;
            }
            answered += searches;
        }
        for week in log::week_of(today - DAYS + 1)..=log::week_of(today) {
            for mark in 0..asked.people {
                crate::execute!(*tx, log::MARK, week, asked.query, mark)?;
            }
        }
    }
    Ok(())
}

/// How often it was asked on a day: seldom at weekends, a little more and less from day to day.
fn searches_of(asked: &Asked, day: i64, salt: i64) -> i64 {
    let weekend = (day + 3).rem_euclid(7) >= 5;
    let wave = (day * 5 + salt * 3).rem_euclid(4);
    if weekend { (asked.often + wave - 2) / 3 } else { (asked.often + wave - 1).max(0) }
}

/// What was opened after a search, if anything: by the share of the question, spread over its searches.
async fn open(tx: &mut Tx, asked: &Asked, results: &[&Goods], (day, number): (i64, i64)) -> Result<()> {
    let opened = asked.opened.unwrap_or_default();
    // seven is prime to ten: the share is met by every ten searches, not by the first of them
    if (number * 7).rem_euclid(10) >= opened {
        return Ok(());
    }
    // another beginning with every ten searches, so that seldom opened ones are not always opened at one place
    let turn = usize::try_from(number + number / 10).unwrap_or_default();
    let place = PLACES.get(turn % PLACES.len()).copied().unwrap_or_default();
    let Some((place, item)) =
        results.get(place).map(|item| (place, item)).or_else(|| results.first().map(|item| (0, item)))
    else {
        return Ok(());
    };
    let position = i64::try_from(place + 1).unwrap_or(1);
    crate::execute!(*tx, log::OPEN, day, asked.query, item.id, number, position)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::desk::key;

    #[test]
    fn every_question_is_one_that_the_log_would_keep() {
        for asked in &ASKED {
            assert_eq!(key::counted(asked.query).as_deref(), Some(asked.query));
        }
    }
}
