//! The list under the search box: what may be meant by the letters typed so far.
//!
//! Listings come from the engine and are read through the rule of visibility at this moment, so that an index which lags
//! shows nothing hidden. Questions are those that enough different people asked and that always found something.
//! Nothing is counted and nothing is written here, however often keys are pressed.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, RwLock};
use std::time::Duration;

use uuid::Uuid;

use super::clean::{clean, squash};
use super::desk::{figures, live};
use super::hangul;
use super::model::SuggestQuery;
use super::vendor_names::{self, NamedVendor};
use crate::accounts::limits::network;
use crate::catalog::taxonomy::{self, Category};
use crate::cx::Cx;
use crate::error::{Error, ErrorKind, Result};
use crate::time::{MINUTE, SECOND, Timestamp};

/// Longer texts are no beginnings of anything.
pub const LONGEST: usize = 80;
/// How long the engine may think about it.
const PATIENCE: Duration = Duration::from_millis(400);
/// Lines of a group.
const SHOWN: usize = 4;
/// How long what people ask is kept in memory.
const KEPT: i64 = 10 * MINUTE;
/// Looks of one network in [`WINDOW`].
const LOOKS: u32 = 150;
/// Window of [`LOOKS`].
const WINDOW: i64 = 10 * SECOND;

/// Listings of these identities that a stranger may see.
pub const LINES: &str = concat!(
    "SELECT l.id, l.slug, l.title_ko, l.title_en, l.part_number, v.name_ko, v.name_en FROM listings l JOIN vendors v ON v.id = l.vendor_id \
     WHERE l.id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) AND ",
    crate::visible_listings!(by_identity)
);

/// A listing in the list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SuggestedListing {
    /// Identity.
    pub id: Uuid,
    /// Address below `/listings/`.
    pub slug: String,
    /// Korean title.
    pub title_ko: String,
    /// English title, may be empty.
    pub title_en: String,
    /// Part number, may be empty.
    pub part_number: String,
    /// Korean name of the vendor.
    #[sqlx(rename = "name_ko")]
    pub vendor_ko: String,
    /// English name of the vendor, may be empty.
    #[sqlx(rename = "name_en")]
    pub vendor_en: String,
}

/// What may be meant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestions {
    /// Questions that others asked.
    pub queries: Vec<String>,
    /// Categories.
    pub categories: Vec<&'static Category>,
    /// Listings whose part number has the letters typed.
    pub parts: Vec<SuggestedListing>,
    /// Other listings.
    pub listings: Vec<SuggestedListing>,
    /// Vendors.
    pub vendors: Vec<NamedVendor>,
}

/// What is meant by these letters.
///
/// # Errors
/// `TooMany` for a network that asks without end, `Unavailable` when the database is away.
pub async fn suggest(cx: &Cx, text: &str) -> Result<Suggestions> {
    cx.market.suggest_state().limits.hit(cx)?;
    let typed = clean(text);
    if typed.is_empty() || typed.chars().count() > LONGEST {
        return Ok(Suggestions::default());
    }
    let beginnings = Beginning::all_of(&typed);
    let (parts, listings) = listings(cx, &typed).await?;
    Ok(Suggestions {
        queries: asked_before(cx, &beginnings, &typed).await?,
        categories: categories(&typed, &beginnings),
        vendors: vendor_names::called(cx, &typed).await?.into_iter().take(SHOWN).collect(),
        parts,
        listings,
    })
}

/// Listings that the engine names and that may be seen: those with this part number, and the others.
async fn listings(cx: &Cx, typed: &str) -> Result<(Vec<SuggestedListing>, Vec<SuggestedListing>)> {
    let asked = SuggestQuery {
        text: typed.to_owned(),
        lang: cx.lang,
        size: 10,
        at: cx.this_second().0,
        synonyms: live::current(&cx.market).synonyms().clone(),
    };
    let lines = match tokio::time::timeout(PATIENCE, cx.market.ports().search.suggest(&asked)).await {
        Ok(Ok(lines)) => lines,
        Ok(Err(error)) => {
            tracing::debug!(error = %error, "no suggestions of the engine");
            Vec::new()
        }
        Err(_) => Vec::new(),
    };
    let ids: Vec<Uuid> = lines.iter().filter_map(|line| Uuid::parse_str(&line.key).ok()).collect();
    if ids.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let mut db = cx.read().await?;
    let mut found =
        crate::fetch_by_ids!(db, fetch_all, SuggestedListing, LINES, [cx.this_second()], ids.iter())?;
    found.sort_by_key(|line| ids.iter().position(|id| *id == line.id));
    let code = squash(typed);
    let (mut parts, mut others): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|line| code.chars().count() >= 2 && squash(&clean(&line.part_number)).contains(&code));
    parts.truncate(SHOWN);
    others.truncate(SHOWN);
    Ok((parts, others))
}

/// The beginning of a name in the ways it may have been typed.
#[derive(Debug)]
struct Beginning {
    letters: String,
    /// Only initials were typed.
    initials: bool,
}

impl Beginning {
    /// As typed, and as meant on the other keyboard.
    fn all_of(typed: &str) -> Vec<Self> {
        let mut out = vec![Self::of(typed)];
        if typed.chars().all(|c| c.is_ascii_alphabetic()) {
            out.push(Self::of(&hangul::from_keys(typed)));
        }
        out
    }

    fn of(text: &str) -> Self {
        let letters = squash(text);
        let initials = letters.chars().count() > 1 && letters.chars().all(hangul::is_lead);
        Self { letters: hangul::letters(&letters), initials }
    }

    /// An unfinished syllable is the beginning of the finished one.
    fn begins(&self, name: &Name) -> bool {
        !self.letters.is_empty()
            && (name.letters.starts_with(&self.letters)
                || (self.initials && name.initials.starts_with(&self.letters)))
    }
}

/// A name prepared for looking at its beginning.
#[derive(Clone, Debug)]
struct Name {
    letters: String,
    initials: String,
}

impl Name {
    fn of(name: &str) -> Self {
        let name = squash(&clean(name));
        let initials = name.chars().map(|c| hangul::initial(c).unwrap_or(c)).collect();
        Self { letters: hangul::letters(&name), initials }
    }
}

/// Names of every category, Korean and English.
static CATEGORIES: LazyLock<Vec<([Name; 2], &'static Category)>> = LazyLock::new(|| {
    let names = |category: &Category| [Name::of(category.name_ko), Name::of(category.name_en)];
    taxonomy::all().iter().map(|category| (names(category), category)).collect()
});

/// Categories that begin so, then those that have the words.
fn categories(typed: &str, beginnings: &[Beginning]) -> Vec<&'static Category> {
    let begin = |names: &[Name; 2]| beginnings.iter().any(|b| names.iter().any(|name| b.begins(name)));
    let mut out: Vec<&'static Category> =
        CATEGORIES.iter().filter(|(names, _)| begin(names)).map(|(_, category)| *category).collect();
    // the leaf is what somebody looks for
    out.sort_by_key(|category| (usize::MAX - category.depth, category.name_ko.len()));
    if typed.chars().count() > 1 {
        for category in taxonomy::search(typed) {
            if !out.iter().any(|known| known.code == category.code) {
                out.push(category);
            }
        }
    }
    out.truncate(SHOWN);
    out
}

/// What this process remembers between two keys.
#[derive(Debug, Default)]
pub(crate) struct State {
    popular: RwLock<Option<(Timestamp, Popular)>>,
    limits: Limits,
}

type Popular = Arc<Vec<(Name, String)>>;

/// Questions of many people that begin so; what is typed already is no suggestion.
async fn asked_before(cx: &Cx, beginnings: &[Beginning], typed: &str) -> Result<Vec<String>> {
    let popular = popular(cx).await?;
    let known =
        popular.iter().filter(|(name, query)| query != typed && beginnings.iter().any(|b| b.begins(name)));
    Ok(known.map(|(_, query)| query.clone()).take(SHOWN).collect())
}

async fn popular(cx: &Cx) -> Result<Popular> {
    let state = &cx.market.suggest_state().popular;
    let now = cx.now();
    let known = state.read().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((read_at, popular)) = known
        && (0..KEPT).contains(&now.since(read_at))
    {
        return Ok(popular);
    }
    let queries = figures::popular(cx).await?;
    let popular: Popular = Arc::new(queries.into_iter().map(|query| (Name::of(&query), query)).collect());
    *state.write().unwrap_or_else(PoisonError::into_inner) = Some((now, popular.clone()));
    Ok(popular)
}

/// Looks of each network in the running window. In memory: a keystroke writes nothing, and a process that starts anew may
/// forgive.
#[derive(Debug, Default)]
struct Limits(Mutex<(i64, HashMap<String, u32>)>);

impl Limits {
    fn hit(&self, cx: &Cx) -> Result<()> {
        let Some(ip) = cx.ip else { return Ok(()) };
        let now = cx.now().0;
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.0 != now.div_euclid(WINDOW) {
            *counted = (now.div_euclid(WINDOW), HashMap::new());
        }
        let looks = counted.1.entry(network(ip)).or_default();
        *looks += 1;
        if *looks > LOOKS {
            let left = (WINDOW - now.rem_euclid(WINDOW) + SECOND - 1) / SECOND;
            return Err(Error::new(ErrorKind::TooMany { retry_after: u64::try_from(left).unwrap_or(1) }));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "testing")]
    crate::both_databases!(the_statement_prepares, |db: crate::db::Db| async move {
        crate::testing::prepare_all(&db, [LINES]).await;
    });

    #[cfg(feature = "testing")]
    crate::both_databases!(a_network_that_asks_without_end_is_told_to_wait, |db: crate::db::Db| async move {
        let test = crate::testing::test_market(db);
        let from = |ip: &str| Cx { ip: Some(ip.parse().unwrap()), ..test.market.system() };
        let (one, other) = (from("2001:db8::1"), from("2001:db8:0:1::1"));
        for _ in 0..LOOKS {
            suggest(&one, "가").await.unwrap();
        }
        let refused = suggest(&from("2001:db8::2"), "가").await.unwrap_err();
        assert!(matches!(refused.kind, ErrorKind::TooMany { retry_after: 1..=10 }), "{refused:?}");
        suggest(&other, "가").await.unwrap();
        test.clock.advance(WINDOW);
        suggest(&one, "가").await.unwrap();
    });

    fn named(typed: &str) -> Vec<&'static str> {
        let typed = clean(typed);
        categories(&typed, &Beginning::all_of(&typed)).into_iter().map(|c| c.name_ko).collect()
    }

    #[test]
    fn categories_are_found_by_unfinished_syllables_initials_and_the_other_keyboard() {
        let whole = named("육각");
        assert!(!whole.is_empty());
        for typed in ["육가", "육ㄱ", "dbrrkr", "육 각"] {
            let found = named(typed);
            assert!(whole.iter().all(|name| found.contains(name)), "{typed}: {found:?} without {whole:?}");
        }
        assert!(named("ㅇㄱㅂ").iter().any(|name| name.starts_with("육각")), "{:?}", named("ㅇㄱㅂ"));
        for nothing in ["", "!!", "%", "ㅋㅋㅋㅋ"] {
            assert!(named(nothing).is_empty(), "{nothing}");
        }
    }
}
