//! What strangers see of the catalogue: cards in lists, the page of a listing, the page of a vendor,
//! addresses for search engines, public figures. Reading only; nothing here shows what
//! [`is_visible`](super::is_visible) hides.

mod card;
mod figures;
mod listing;
mod listing_row;
mod lists;
mod map;
pub(crate) mod packed;
mod record;
#[cfg(all(test, feature = "testing"))]
pub(crate) mod tests;
mod vendor;

pub use card::{BY_IDS, CARDS, Card, CardVendor, ListingCard, Picture, cards_by_ids};
pub(crate) use card::{read_drawing, read_price, read_specs};
pub use figures::{
    Answers, Figures, PUBLIC_QUEUES, PULSE, Pulse, RECENT_ANSWERS, SITE_COUNTS, figures, pulse,
};
pub use listing::{
    CERTIFICATES, Certificate, FoundListing, ListingPage, RELATED, SupplierIdentity, find_listing,
};
pub use listing_row::FIND_PAGE;
pub use lists::{CATEGORY_COUNTS, FAST, FEATURED, NEWEST, category_counts, fast_answering, featured, newest};
pub use map::{
    ADDRESS_COUNTS, LISTING_ADDRESSES, MapEntry, VENDOR_ADDRESSES, address_files, listing_addresses,
    vendor_addresses,
};
pub use record::{AnswerRecord, ShownRecord};
pub use vendor::{
    FIND_VENDOR_PAGE, FoundVendor, OF_VENDOR, VENDOR_MOVED, VENDOR_PER_PAGE, VendorPage, find_vendor,
};

use crate::time::Timestamp;

/// Today in Seoul as `2026-11-24`: what the last day of a certificate is compared with.
pub fn today(now: Timestamp) -> String {
    let (year, month, day) = date_parts(now);
    format!("{year:04}-{month:02}-{day:02}")
}

fn date_parts(now: Timestamp) -> (i32, u8, u8) {
    let day = now.to_seoul();
    (day.year(), u8::from(day.month()), day.day())
}
