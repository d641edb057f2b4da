//! The place behind the last hit of a page, as an opaque text. It names sort values and id, so a page stays stable
//! while listings come and go, and what freshness was measured against, so that a newer listing moves no other.

use std::cmp::Ordering;

use uuid::Uuid;

/// What results are ordered by: the first number descending, then newest, then id.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Main value; higher comes first.
    pub value: f64,
    /// Publication.
    pub published_at: i64,
    /// Listing.
    pub id: Uuid,
}

impl Place {
    /// The order of results.
    pub fn order(&self, other: &Self) -> Ordering {
        other
            .value
            .total_cmp(&self.value)
            .then(other.published_at.cmp(&self.published_at))
            .then(self.id.cmp(&other.id))
    }

    /// Writes a cursor that is only good for the same question; `newest` is what freshness was measured against.
    pub fn write(&self, question: u64, newest: i64) -> String {
        let body = format!(
            "{:016x}{:016x}{:032x}{newest:016x}",
            self.value.to_bits(),
            self.published_at,
            self.id.as_u128()
        );
        format!("{body}{:016x}", seal(&body, question))
    }

    /// Reads a cursor; `None` when it was made for another question, or by somebody else.
    pub fn read(text: &str, question: u64) -> Option<(Self, i64)> {
        let (body, sealed) = (text.get(..80)?, text.get(80..96)?);
        if text.len() != 96 || u64::from_str_radix(sealed, 16).ok()? != seal(body, question) {
            return None;
        }
        let value = f64::from_bits(u64::from_str_radix(body.get(..16)?, 16).ok()?);
        let published_at = u64::from_str_radix(body.get(16..32)?, 16).ok()?.cast_signed();
        let id = Uuid::from_u128(u128::from_str_radix(body.get(32..64)?, 16).ok()?);
        let newest = u64::from_str_radix(body.get(64..)?, 16).ok()?.cast_signed();
        value.is_finite().then_some((Self { value, published_at, id }, newest))
    }
}

/// Not a secret: a cursor opens nothing, the seal only tells a mix-up from a place.
fn seal(body: &str, question: u64) -> u64 {
    hash(body.as_bytes()) ^ question.rotate_left(17)
}

/// FNV-1a.
pub fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn comes_back(value in -1e12f64..1e12, at in any::<i64>(), newest in any::<i64>(), id in any::<u128>(), question in any::<u64>()) {
            let place = Place { value, published_at: at, id: Uuid::from_u128(id) };
            let text = place.write(question, newest);
            prop_assert_eq!(Place::read(&text, question), Some((place, newest)));
            prop_assert_eq!(Place::read(&text, question.wrapping_add(1)), None);
        }

        #[test]
        fn forged_is_refused(text in any::<String>()) {
            prop_assert_eq!(Place::read(&text, 1), None);
        }
    }
}
