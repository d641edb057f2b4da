//! What waits for the federation's team.

use uuid::Uuid;

use crate::lang::Lang;
use crate::time::{DAY, Timestamp};

/// A kind of thing that waits for a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A company's application.
    Vendor,
    /// A new listing.
    Listing,
    /// A staged edit of a published listing.
    Revision,
    /// A public request for quotes.
    Rfq,
    /// An inquiry, a message or a form that is held for a look.
    Held,
    /// A report of one side about the other.
    Report,
}

impl Kind {
    /// Every kind, in the order of the rail.
    pub const ALL: [Self; 6] =
        [Self::Vendor, Self::Listing, Self::Revision, Self::Rfq, Self::Held, Self::Report];

    /// The word in addresses and queries.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vendor => "vendor",
            Self::Listing => "listing",
            Self::Revision => "revision",
            Self::Rfq => "rfq",
            Self::Held => "held",
            Self::Report => "report",
        }
    }

    /// The kind of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One thing in the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxItem {
    /// What it is.
    pub kind: Kind,
    /// Its identity: of the company, the listing or the revision.
    pub id: Uuid,
    /// Korean title or name.
    pub title_ko: String,
    /// English title or name.
    pub title_en: String,
    /// The company it belongs to.
    pub vendor_id: Uuid,
    /// The company's Korean name.
    pub vendor_ko: String,
    /// The company's English name.
    pub vendor_en: String,
    /// Word of the company's state: a listing of one that is not approved cannot be published yet.
    pub vendor_state: String,
    /// Since when it waits.
    pub since: Timestamp,
    /// Its version; 0 for what is never rewritten.
    pub version: i64,
}

impl InboxItem {
    /// Title in a language.
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title_ko, &self.title_en)
    }

    /// Name of the company in a language.
    pub fn vendor(&self, lang: Lang) -> &str {
        lang.pick(&self.vendor_ko, &self.vendor_en)
    }
}

/// How many of a kind wait, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindCount {
    /// The kind.
    pub kind: Kind,
    /// How many.
    pub count: i64,
    /// Since when the oldest waits.
    pub oldest: Option<Timestamp>,
}

/// Waiting longer than this is late.
pub const DECIDE_WITHIN: i64 = DAY;

impl KindCount {
    /// Whether the oldest waits longer than it should.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.oldest.is_some_and(|oldest| now.since(oldest) > DECIDE_WITHIN)
    }
}
