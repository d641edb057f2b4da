//! What the page of a listing reads of it: one text (see `packed`), taken apart here.

use uuid::Uuid;

use super::card::{Card, Picture, number, read_drawing, read_price, read_specs};
use super::listing::{Certificate, ListingPage, SupplierIdentity, trading};
use super::packed;
use super::record::AnswerRecord;
use crate::error::{ErrorKind, Result};
use crate::time::Timestamp;
use crate::vendors::ahead::DaysAhead;

/// A listing by its address with everything of its vendor that the page shows, as one text (see `card!`).
pub const FIND_PAGE: &str = concat!(
    "SELECT concat_ws('\u{1d}', \
    hex(l.id), l.slug, l.state, l.category, l.title_ko, l.title_en, l.description_ko, l.description_en, \
    l.specs, l.unit, l.price_kind, COALESCE(CAST(l.price_minor AS TEXT), ''), l.price_currency, \
    l.price_tiers, COALESCE(CAST(l.moq AS TEXT), ''), COALESCE(CAST(l.lead_time_days AS TEXT), ''), l.origin, \
    l.hs_code, l.part_number, COALESCE(l.drawing, ''), CAST(l.updated_at AS TEXT), \
    COALESCE(CAST(l.published_at AS TEXT), ''), COALESCE(CAST(l.free_until AS TEXT), ''), hex(l.vendor_id), \
    v.slug, v.state, v.registry_status, COALESCE(CAST(v.registry_checked_at AS TEXT), ''), v.business_number, \
    v.name_ko, v.name_en, v.representative, v.region, v.address, v.phone, v.email, \
    COALESCE(",
    crate::vendors::ahead::days_ahead!(),
    ", ''), COALESCE(CAST(s.asked AS TEXT), ''), \
    COALESCE(CAST(s.answered_in_time AS TEXT), ''), COALESCE(CAST(s.mean_micros AS TEXT), ''), COALESCE(",
    crate::packed!(
        ["m.hash", "CAST(m.width AS TEXT)", "CAST(m.height AS TEXT)", "i.alt_ko", "i.alt_en"],
        "i.position, i.media_id",
        "listing_images i JOIN media m ON m.id = i.media_id WHERE i.listing_id = l.id"
    ),
    ", ''), COALESCE(",
    crate::packed!(
        ["c.name", "c.issuer", "c.number", "COALESCE(c.valid_until, '')"],
        "c.position, c.id",
        "vendor_certificates c WHERE c.vendor_id = l.vendor_id"
    ),
    ", '')) FROM listings l JOIN vendors v ON v.id = l.vendor_id LEFT JOIN vendor_response_stats s ON s.vendor_id = v.id WHERE l.slug = $1"
);

macro_rules! text_row {
    ($(#[$about:meta])* $name:ident: $($field:ident)*) => {
        $(#[$about])*
        pub(super) struct $name<'a> {
            $(pub(super) $field: &'a str,)*
        }

        impl<'a> $name<'a> {
            /// Takes it apart.
            pub(super) fn read(text: &'a str) -> Result<Self> {
                let [$($field),*] = packed::parts(text).ok_or(ErrorKind::Internal)?;
                Ok(Self { $($field),* })
            }
        }
    };
}

text_row! {
    /// The fields of [`FIND_PAGE`], in its order; an empty text where the column was null.
    PageText:
    id slug state category title_ko title_en description_ko description_en specs unit price_kind price_minor
    price_currency price_tiers moq lead_time_days origin hs_code part_number drawing updated_at published_at
    free_until vendor_id vendor_slug vendor_state registry_status registry_checked_at business_number name_ko
    name_en representative region address phone email rests asked answered_in_time mean_micros
    pictures certificates
}

impl PageText<'_> {
    /// Identity of the listing.
    pub(super) fn id(&self) -> Result<Uuid> {
        identity(self.id)
    }

    /// Identity of the vendor.
    pub(super) fn vendor(&self) -> Result<Uuid> {
        identity(self.vendor_id)
    }

    /// The page, with its neighbours.
    pub(super) fn into_page(self, related: Vec<Card>) -> Result<ListingPage> {
        let vendor = self.vendor()?;
        let updated_at = moment(self.updated_at).ok_or(ErrorKind::Internal)?;
        let (siblings, similar) = related.into_iter().partition(|card| card.vendor.id == vendor);
        Ok(ListingPage {
            id: self.id()?,
            pictures: packed::rows(Some(self.pictures)).map(picture).collect(),
            certificates: packed::rows(Some(self.certificates)).map(certificate).collect(),
            siblings,
            similar,
            specs: read_specs(self.specs),
            price: read_price(
                self.price_kind,
                number(self.price_minor),
                self.price_currency,
                self.price_tiers,
            ),
            moq: number(self.moq),
            lead_time_days: number(self.lead_time_days),
            drawing: read_drawing(self.drawing),
            updated_at,
            published_at: moment(self.published_at).unwrap_or(updated_at),
            free_until: moment(self.free_until).unwrap_or(updated_at),
            supplier: self.supplier(vendor),
            slug: self.slug.to_owned(),
            category: self.category.to_owned(),
            title_ko: self.title_ko.to_owned(),
            title_en: self.title_en.to_owned(),
            description_ko: self.description_ko.to_owned(),
            description_en: self.description_en.to_owned(),
            unit: self.unit.to_owned(),
            origin: self.origin.to_owned(),
            hs_code: self.hs_code.to_owned(),
            part_number: self.part_number.to_owned(),
        })
    }

    fn supplier(&self, id: Uuid) -> SupplierIdentity {
        SupplierIdentity {
            id,
            slug: self.vendor_slug.to_owned(),
            trading: trading(self.registry_status),
            registry_checked_at: moment(self.registry_checked_at),
            ahead: DaysAhead::read(Some(self.rests)),
            record: AnswerRecord::from_columns(
                number(self.asked),
                number(self.answered_in_time),
                number(self.mean_micros),
            ),
            name_ko: self.name_ko.to_owned(),
            name_en: self.name_en.to_owned(),
            representative: self.representative.to_owned(),
            business_number: self.business_number.to_owned(),
            region: self.region.to_owned(),
            address: self.address.to_owned(),
            phone: self.phone.to_owned(),
            email: self.email.to_owned(),
        }
    }
}

/// A moment among the fields.
pub(super) fn moment(field: &str) -> Option<Timestamp> {
    number(field).map(Timestamp)
}

fn identity(hex: &str) -> Result<Uuid> {
    Uuid::try_parse(hex).map_err(|_| ErrorKind::Internal.into())
}

fn picture([hash, width, height, alt_ko, alt_en]: [&str; 5]) -> Picture {
    let size = |text: &str| text.parse().unwrap_or(0);
    Picture {
        hash: hash.to_owned(),
        width: size(width),
        height: size(height),
        alt_ko: alt_ko.to_owned(),
        alt_en: alt_en.to_owned(),
    }
}

fn certificate([name, issuer, number, valid_until]: [&str; 4]) -> Certificate {
    Certificate {
        name: name.to_owned(),
        issuer: issuer.to_owned(),
        number: number.to_owned(),
        valid_until: (!valid_until.is_empty()).then(|| valid_until.to_owned()),
    }
}
