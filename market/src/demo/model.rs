//! What the generator gives out.

use time::Date;

use crate::catalog::drawing::Drawing;

/// An invented company.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoVendor {
    /// Place in the list; listings and threads refer to it.
    pub index: usize,
    /// Korean name.
    pub name_ko: String,
    /// English name.
    pub name_en: String,
    /// Ten digits with a right checksum.
    pub business_number: String,
    /// Head of the company, Korean.
    pub representative_ko: String,
    /// The same, romanised.
    pub representative_en: String,
    /// Code of the province.
    pub sido: &'static str,
    /// Code of the district.
    pub sigungu: &'static str,
    /// Address as Koreans write it.
    pub address_ko: String,
    /// Address for abroad.
    pub address_en: String,
    /// A number that cannot ring anywhere.
    pub phone: String,
    /// Year of founding.
    pub founded: i32,
    /// People employed.
    pub employees: u32,
    /// Two to four sentences, Korean.
    pub intro_ko: String,
    /// The same in English.
    pub intro_en: String,
    /// What it can prove.
    pub certificates: Vec<Certificate>,
    /// Code of the root category in which it works.
    pub area: &'static str,
    /// Local exchange group, Korean.
    pub chapter_ko: String,
    /// The same in English.
    pub chapter_en: String,
    /// Three capital letters that begin its model numbers.
    pub initials: String,
}

/// Something a company can prove.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Korean name.
    pub name_ko: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Who issued it (invented), Korean.
    pub issuer_ko: &'static str,
    /// Who issued it, English.
    pub issuer_en: &'static str,
    /// Number on the paper.
    pub number: String,
    /// Day of issue.
    pub issued: Date,
    /// Last valid day; some lie in the past, so that expiry can be seen.
    pub valid_until: Date,
}

/// A unit of sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Korean: 개.
    pub ko: &'static str,
    /// English, plural: pcs.
    pub en: &'static str,
}

impl Unit {
    /// English for this quantity: 1 set, 2 sets.
    pub fn en_for(&self, quantity: u32) -> &'static str {
        match self.en {
            "boxes" if quantity == 1 => "box",
            "kg" | "m" | "m²" | "L" => self.en,
            plural if quantity == 1 => plural.strip_suffix('s').unwrap_or(plural),
            plural => plural,
        }
    }
}

/// How a listing is priced, in won without tax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DemoPrice {
    /// One price for any quantity.
    Public(i64),
    /// Price from a quantity upwards, smallest quantity first.
    Tiers(Vec<(u32, i64)>),
    /// By negotiation.
    Negotiable,
}

/// One row of a specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoSpec {
    /// Korean name.
    pub name_ko: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Korean value.
    pub value_ko: String,
    /// English value.
    pub value_en: String,
    /// Unit, empty when the value needs none.
    pub unit: &'static str,
}

/// An invented product.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoListing {
    /// [`DemoVendor::index`] of its maker.
    pub vendor: usize,
    /// Korean title.
    pub title_ko: String,
    /// English title.
    pub title_en: String,
    /// Code of a leaf category.
    pub category: &'static str,
    /// Model number of the maker.
    pub model: String,
    /// Korean description, markdown.
    pub description_ko: String,
    /// English description, markdown.
    pub description_en: String,
    /// Specification.
    pub specs: Vec<DemoSpec>,
    /// Unit of sale.
    pub unit: Unit,
    /// Price.
    pub price: DemoPrice,
    /// Price of one unit in won that quotations start from, even when none is public; 0 for services.
    pub base_price: i64,
    /// Smallest order.
    pub moq: u32,
    /// Days from order to shipping.
    pub lead_days: u32,
    /// Country of origin, ISO 3166.
    pub origin: &'static str,
    /// Ten-digit customs code; empty for services.
    pub hs: &'static str,
    /// What to draw while there is no photograph.
    pub drawing: Drawing,
    /// Days since it was published.
    pub age_days: u32,
}

/// An invented person who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoBuyer {
    /// Name.
    pub name: String,
    /// Company.
    pub company: &'static str,
    /// Address under `demo.test`.
    pub email: String,
    /// Country, ISO 3166.
    pub country: &'static str,
    /// Whether the person writes English.
    pub english: bool,
}

/// What a message does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// The buyer asks.
    Question,
    /// The vendor answers without a price and wants to know something back.
    Info,
    /// The vendor answers and asks nothing.
    Answer,
    /// The vendor names a price.
    Quote,
    /// The vendor declines.
    Decline,
    /// The buyer replies.
    Reply,
    /// The buyer takes the quote.
    Accept,
    /// The buyer does not take the quote.
    Refuse,
    /// The buyer calls it off.
    Withdraw,
    /// The buyer asks somebody else instead.
    Reroute,
}

impl MessageKind {
    /// Whether the vendor wrote it.
    pub const fn from_vendor(self) -> bool {
        matches!(self, Self::Info | Self::Answer | Self::Quote | Self::Decline)
    }
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoMessage {
    /// What it does.
    pub kind: MessageKind,
    /// The text in the buyer's language; what says everything by itself has none.
    pub text: String,
    /// Code of the reason, when it is a no.
    pub reason: Option<&'static str>,
    /// Minutes of business time after the first message.
    pub after_minutes: u32,
}

/// An invented conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoThread {
    /// Place in [`super::buyers`].
    pub buyer: usize,
    /// Place in the list of listings that was handed in.
    pub listing: usize,
    /// Quantity asked for.
    pub quantity: u32,
    /// Unit price quoted, where one was.
    pub quoted: Option<i64>,
    /// Days since the first message.
    pub age_days: u32,
    /// The messages, first one first. Where it stands follows from them.
    pub messages: Vec<DemoMessage>,
    /// What was said with another vendor, when the buyer asked somebody else instead.
    pub instead: Vec<DemoMessage>,
}
