//! What was asked, in figures: questions that found nothing, that nobody followed, that are asked most.
//!
//! A question is shown only when enough different people asked it in one and the same week (`search_people_min`): a name
//! or an address that one person looks for every day never appears. What is hidden is only counted.

use crate::accounts::access::{Object, Verb, demand};
use crate::cx::Cx;
use crate::error::Result;
use crate::search::log;

/// Periods that can be looked at, in days.
pub const PERIODS: [i64; 3] = [7, 30, 90];
/// Questions of a list.
pub const SHOWN: i64 = 50;

macro_rules! asked_by_enough {
    () => {
        "EXISTS (SELECT 1 FROM search_marks m WHERE m.query = w.query AND m.week >= $2 GROUP BY m.week HAVING COUNT(*) >= $3)"
    };
}

macro_rules! questions {
    ($condition:literal, $order:literal) => {
        concat!(
            "SELECT q.query, q.searches, q.missed, q.hits, q.clicks, q.places, q.placed FROM (SELECT w.query, \
             CAST(SUM(w.searches) AS BIGINT) AS searches, CAST(SUM(w.missed) AS BIGINT) AS missed, \
             (SELECT x.hits FROM search_words x WHERE x.query = w.query ORDER BY x.day DESC LIMIT 1) AS hits, \
             (SELECT CAST(COUNT(*) AS BIGINT) FROM search_clicks c WHERE c.query = w.query AND c.day >= $1) AS clicks, \
             (SELECT CAST(COALESCE(SUM(c.position), 0) AS BIGINT) FROM search_clicks c WHERE c.query = w.query AND c.day >= $1) AS places, \
             (SELECT CAST(COUNT(c.position) AS BIGINT) FROM search_clicks c WHERE c.query = w.query AND c.day >= $1) AS placed \
             FROM search_words w WHERE w.day >= $1 AND ",
            asked_by_enough!(),
            " GROUP BY w.query) q WHERE ",
            $condition,
            " ORDER BY ",
            $order,
            ", q.query LIMIT $4"
        )
    };
}

/// Questions that nothing answers; `$1` first day, `$2` its week, `$3` people needed.
pub const MISSED: &str = questions!("q.missed > 0", "q.missed DESC, q.searches DESC");
/// Questions whose results are seldom opened: less than once in five answered searches.
pub const SELDOM_OPENED: &str = questions!(
    "q.searches - q.missed >= 3 AND q.clicks * 5 < q.searches - q.missed",
    "q.searches - q.missed - q.clicks DESC"
);
/// Questions asked most.
pub const MOST: &str = questions!("q.searches > 0", "q.searches DESC");
/// All searches of a period, and how many of its questions are shown and hidden.
pub const TOTALS: &str = concat!(
    "SELECT CAST(COALESCE(SUM(w.searches), 0) AS BIGINT) AS searches, CAST(COALESCE(SUM(w.missed), 0) AS BIGINT) AS missed, \
     (SELECT CAST(COUNT(*) AS BIGINT) FROM search_clicks c WHERE c.day >= $1) AS clicks, \
     CAST(COUNT(DISTINCT w.query) AS BIGINT) AS questions, \
     CAST(COUNT(DISTINCT CASE WHEN ",
    asked_by_enough!(),
    " THEN w.query END) AS BIGINT) AS shown FROM search_words w WHERE w.day >= $1"
);
/// Questions that always found something, asked most first.
pub const POPULAR: &str = concat!(
    "SELECT w.query FROM search_words w WHERE w.day >= $1 AND ",
    asked_by_enough!(),
    " GROUP BY w.query HAVING SUM(w.missed) = 0 AND MIN(w.hits) > 0 ORDER BY SUM(w.searches) DESC, w.query LIMIT 2000"
);
/// What was asked in vain near a company's own categories.
pub const UNMET: &str = concat!(
    "SELECT w.query, CAST(SUM(w.missed) AS BIGINT) AS missed FROM search_words w WHERE w.day >= $1 AND w.missed > 0 AND w.category <> '' \
     AND EXISTS (SELECT 1 FROM listings l WHERE l.vendor_id = $4 AND (l.category = w.category OR l.category LIKE w.category || '.%')) AND ",
    asked_by_enough!(),
    " GROUP BY w.query ORDER BY missed DESC, w.query LIMIT 5"
);

/// Which list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Nothing answers.
    #[default]
    Missed,
    /// Nobody follows.
    SeldomOpened,
    /// Asked most.
    Most,
}

impl Order {
    /// All lists.
    pub const ALL: [Self; 3] = [Self::Missed, Self::SeldomOpened, Self::Most];

    /// Its word in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::SeldomOpened => "seldom",
            Self::Most => "most",
        }
    }

    /// The list of a word; unknown ones are the first.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|order| order.code() == code).unwrap_or_default()
    }

    const fn sql(self) -> &'static str {
        match self {
            Self::Missed => MISSED,
            Self::SeldomOpened => SELDOM_OPENED,
            Self::Most => MOST,
        }
    }
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Question {
    /// The words, folded.
    pub query: String,
    /// How often it was asked.
    pub searches: i64,
    /// How often nothing met it.
    pub missed: i64,
    /// How many products the last answer had.
    pub hits: i64,
    /// How many results were opened.
    pub clicks: i64,
    places: i64,
    placed: i64,
}

impl Question {
    /// Mean place of what was opened, in tenths.
    pub fn mean_place(&self) -> Option<i64> {
        (self.placed > 0).then(|| (self.places * 10 + self.placed / 2) / self.placed)
    }
}

/// Sums of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Totals {
    /// Searches.
    pub searches: i64,
    /// Of them without an answer.
    pub missed: i64,
    /// Results opened.
    pub clicks: i64,
    /// Different questions.
    pub questions: i64,
    /// Of them asked by enough people to be shown.
    pub shown: i64,
}

/// One list with its sums.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Questions.
    pub rows: Vec<Question>,
    /// Sums.
    pub totals: Totals,
}

/// One list of the last `days` days.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`.
pub async fn open(cx: &Cx, order: Order, days: i64) -> Result<Figures> {
    demand(&cx.actor, Verb::CurateSearch, Object::Site)?;
    let (day, week, people) = since(cx, days);
    let mut db = cx.read().await?;
    let rows = crate::fetch_all!(db, Question, order.sql(), day, week, people, SHOWN)?;
    let totals = crate::fetch_one!(db, Totals, TOTALS, day, week, people)?;
    Ok(Figures { rows, totals })
}

/// What enough different people asked in the last month and always found: what may be suggested to everybody.
///
/// # Errors
/// `Unavailable` when the database is away.
pub(crate) async fn popular(cx: &Cx) -> Result<Vec<String>> {
    let (day, week, people) = since(cx, 30);
    let mut db = cx.read().await?;
    let rows = crate::fetch_all!(db, (String,), POPULAR, day, week, people)?;
    Ok(rows.into_iter().map(|(query,)| query).collect())
}

/// First day and week of a period, and how many people a question needs.
pub(crate) fn since(cx: &Cx, days: i64) -> (i64, i64, i64) {
    let days = days.clamp(1, log::KEPT_DAYS);
    let day = log::day_of(cx.now()) - days + 1;
    (day, log::week_of(day), cx.settings().search_people_min.max(1))
}
