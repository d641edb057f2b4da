//! The place behind the last hit of a page, as an opaque text. It names sort values and id, so a page stays stable
//! while listings come and go, and is good for one question only.

use market::search::scoring::Place;
use market::search::{SearchQuery, Sort};
use uuid::Uuid;

use super::filter::{Condition, quoted};

/// Everything that decides the order, as one number.
pub fn question(query: &SearchQuery) -> u64 {
    let text = format!("{}\u{1}{}\u{1}{:?}\u{1}{:?}", query.text, query.literal, query.filters, query.sort);
    hash(text.as_bytes())
}

/// Writes a cursor that is only good for the same question.
pub fn write(place: &Place, question: u64) -> String {
    let body =
        format!("{:016x}{:016x}{:032x}", place.value.to_bits(), place.published_at, place.id.as_u128());
    format!("{body}{:016x}", seal(&body, question))
}

/// Reads a cursor; none when it was made for another question, or by somebody else.
pub fn read(text: &str, question: u64) -> Option<Place> {
    let (body, sealed) = (text.get(..64)?, text.get(64..80)?);
    if text.len() != 80 || u64::from_str_radix(sealed, 16).ok()? != seal(body, question) {
        return None;
    }
    let value = f64::from_bits(u64::from_str_radix(body.get(..16)?, 16).ok()?);
    let published_at = u64::from_str_radix(body.get(16..32)?, 16).ok()?.cast_signed();
    let id = Uuid::from_u128(u128::from_str_radix(body.get(32..)?, 16).ok()?);
    value.is_finite().then_some(Place { value, published_at, id })
}

/// What stands behind a place in an order that the server makes.
pub fn behind(sort: Sort, place: &Place) -> Condition {
    let id = quoted(&place.id.to_string());
    let at = place.published_at;
    let later = format!("(published_at < {at} OR (published_at = {at} AND key > {id}))");
    let (column, sign, less) = match sort {
        Sort::Relevance | Sort::Newest => return Condition::Raw(later),
        Sort::PriceLow => ("price", -1.0, '>'),
        Sort::PriceHigh => ("price", 1.0, '<'),
        Sort::LeadTime => ("lead_days", -1.0, '>'),
        Sort::AnswerFast => ("answer_hours", -1.0, '>'),
    };
    if place.value <= f64::MIN {
        return Condition::Raw(format!("({column} NOT EXISTS AND {later})"));
    }
    #[expect(clippy::cast_possible_truncation, reason = "it was a whole number")]
    let value = (place.value * sign) as i64;
    Condition::Raw(format!(
        "({column} {less} {value} OR ({column} = {value} AND {later}) OR {column} NOT EXISTS)"
    ))
}

/// Not a secret: a cursor opens nothing, the seal only tells a mix-up from a place.
fn seal(body: &str, question: u64) -> u64 {
    hash(body.as_bytes()) ^ question.rotate_left(17)
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
