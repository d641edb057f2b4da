//! Exchange rates as somebody of the federation read them on a day, with their source. They only stand beside figures
//! for comparison, always with their day; nothing is converted by them.

use serde_json::json;
use time::Date;

use crate::accounts::access::{Object, Verb, demand};
use crate::audit;
use crate::calendar;
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{ErrorKind, FieldErrors, Problem, Result};
use crate::inquiries::quote::UnitPrice;
use crate::money::{Currency, Money};
use crate::text;
use crate::time::DAY;

/// Longest source, in characters.
pub const SOURCE_MAX: usize = 80;

/// Keeps the rate of a day, or corrects it.
pub const KEEP: &str = "INSERT INTO exchange_rates (currency, as_of, won_per_unit, source, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6) \
    ON CONFLICT (currency, as_of) DO UPDATE SET won_per_unit = excluded.won_per_unit, source = excluded.source, set_by = excluded.set_by, set_at = excluded.set_at";
/// The newest rates first.
pub const LIST: &str = "SELECT currency, as_of, won_per_unit, source FROM exchange_rates ORDER BY as_of DESC, currency LIMIT 100";
/// The newest rate of each currency.
pub const NEWEST: &str = "SELECT r.currency, r.as_of, r.won_per_unit, r.source FROM exchange_rates r \
    WHERE r.as_of = (SELECT MAX(n.as_of) FROM exchange_rates n WHERE n.currency = r.currency) ORDER BY r.currency";

/// What one unit of a currency cost in won on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The currency.
    pub currency: Currency,
    /// The day.
    pub as_of: Date,
    /// Won for one unit.
    pub won: UnitPrice,
    /// Where it was read.
    pub source: String,
}

impl Rate {
    /// About how many won an amount was on that day; `None` for another currency or beyond all measure.
    pub fn in_won(&self, money: Money) -> Option<Money> {
        if money.currency != self.currency {
            return None;
        }
        let scale = i128::from(10_i64.pow(4 + money.currency.digits()));
        let exact = i128::from(money.minor) * i128::from(self.won.0);
        i64::try_from((exact + scale / 2) / scale).ok().map(Money::won)
    }
}

/// A rate as typed.
#[derive(Clone, Debug, Default)]
pub struct RateDraft {
    /// ISO 4217 code.
    pub currency: String,
    /// `YYYY-MM-DD`.
    pub as_of: String,
    /// Won for one unit, with at most four decimals.
    pub won: String,
    /// Where it was read.
    pub source: String,
}

type Row = (String, String, i64, String);

fn read(row: Row) -> Option<Rate> {
    let (currency, as_of, won, source) = row;
    Some(Rate {
        currency: Currency::from_code(&currency)?,
        as_of: text::day(&as_of)?,
        won: UnitPrice(won),
        source,
    })
}

/// The newest rate of each currency.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn newest_rates(db: &mut impl Handle) -> Result<Vec<Rate>> {
    Ok(crate::fetch_all!(*db, Row, NEWEST)?.into_iter().filter_map(read).collect())
}

/// The last hundred rates, newest first, for whoever keeps them.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`.
pub async fn list_rates(cx: &Cx) -> Result<Vec<Rate>> {
    demand(&cx.actor, Verb::KeepRates, Object::Site)?;
    let mut db = cx.read().await?;
    Ok(crate::fetch_all!(db, Row, LIST)?.into_iter().filter_map(read).collect())
}

/// Keeps a rate. The same day again is a correction.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`; `Invalid` by field.
pub async fn set_rate(cx: &Cx, draft: &RateDraft) -> Result<()> {
    demand(&cx.actor, Verb::KeepRates, Object::Site)?;
    let today = calendar::seoul_date(cx.now().0);
    let oldest = calendar::seoul_date(cx.now().plus(-366 * DAY).0);
    let mut errors = FieldErrors::new();
    let currency = Currency::from_code(&draft.currency).filter(|currency| *currency != Currency::Krw);
    let currency = errors.take("currency", currency.ok_or(Problem::NotChoice));
    let day = text::day(&text::line(&draft.as_of)).filter(|day| (oldest..=today).contains(day));
    let as_of = errors.take("as_of", day.ok_or_else(|| Problem::Rule("rate.day".into())));
    let won = errors.take("won", UnitPrice::parse(&draft.won));
    let source = errors.take("source", text::line_within(&draft.source, 1, SOURCE_MAX)).unwrap_or_default();
    errors.into_result()?;
    let (Some(currency), Some(as_of), Some(won)) = (currency, as_of, won) else {
        return Err(ErrorKind::Internal.into());
    };
    let me = cx.actor.signed_in()?.id;
    let mut tx = cx.write().await?;
    crate::execute!(tx, KEEP, currency.code(), as_of.to_string(), won.0, &source, me, cx.now())?;
    let details = json!({ "currency": currency.code(), "as_of": as_of.to_string(), "won": won.0 });
    audit::record(cx, &mut tx, "rate.set", ("rate", None), details).await?;
    tx.commit().await
}
