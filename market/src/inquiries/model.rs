//! The words of a thread: its states, sides, kinds of message, reasons, and what people send in.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::lang::Lang;
use crate::words::stored_words;

stored_words! {
    /// Where a thread stands.
    ThreadState {
        /// Written, not handed to the vendor yet.
        New => "new",
        /// The vendor's turn.
        WaitingVendor => "waiting_vendor",
        /// The buyer's turn: the vendor asked or told something.
        WaitingBuyer => "waiting_buyer",
        /// A quote lies on the table.
        Quoted => "quoted",
        /// The buyer took the quote.
        Accepted => "accepted",
        /// The buyer did not take the quote.
        Declined => "declined",
        /// The buyer called it off.
        Withdrawn => "withdrawn",
        /// The deadline passed.
        Expired => "expired",
        /// The vendor said no, with a reason.
        VendorDeclined => "vendor_declined",
        /// Unanswered; the buyer asked somebody else instead.
        Rerouted => "rerouted",
    }
}

stored_words! {
    /// Who wrote a message.
    Side {
        /// The one who asked.
        Buyer => "buyer",
        /// The company that was asked.
        Vendor => "vendor",
        /// The site.
        System => "system",
    }
}

stored_words! {
    /// What a message is.
    MessageKind {
        /// Words.
        Text => "text",
        /// The vendor needs to know more.
        Question => "question",
        /// A quote; its figures are in the data.
        Quote => "quote",
        /// No: by the vendor (inquiry) or by the buyer (quote); the reason is in the data.
        Decline => "decline",
        /// Yes to the quote.
        Accept => "accept",
        /// Called off.
        Withdraw => "withdraw",
        /// A time is over: that of the thread, or with the reason [`QUOTE_LAPSED`] that of its quote.
        Expire => "expire",
    }
}

/// The reason of a line that tells the end of a quote.
pub const QUOTE_LAPSED: &str = "quote_lapsed";

stored_words! {
    /// Why a vendor says no.
    DeclineReason {
        /// Not made here.
        NotMade => "not_made",
        /// Below the minimum order.
        TooFew => "too_few",
        /// Not possible in time.
        TooSoon => "too_soon",
        /// No capacity now.
        NoCapacity => "no_capacity",
        /// Not delivered to that place or country.
        NotDelivered => "not_delivered",
        /// Anything else; a note is needed.
        Other => "other",
    }
}

stored_words! {
    /// Why a buyer does not take a quote.
    RejectReason {
        /// Above the budget.
        Price => "price",
        /// Takes too long.
        LeadTime => "lead_time",
        /// Terms do not fit.
        Terms => "terms",
        /// Bought elsewhere.
        Elsewhere => "elsewhere",
        /// Not needed any more.
        NotNeeded => "not_needed",
        /// The federation took the request away; nobody chooses this.
        Removed => "removed",
        /// Anything else; a note is needed.
        Other => "other",
    }
}

impl RejectReason {
    /// What a buyer may choose.
    pub fn chosen() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|reason| *reason != Self::Removed)
    }

    /// The words of it, the same in mails and on pages.
    pub const fn words(self, lang: Lang) -> &'static str {
        let (ko, en) = match self {
            Self::Price => ("예산보다 비싸요", "Above the budget"),
            Self::LeadTime => ("납기가 길어요", "Delivery takes too long"),
            Self::Terms => ("조건이 맞지 않아요", "The terms do not fit"),
            Self::Elsewhere => ("다른 곳에서 샀어요", "Bought elsewhere"),
            Self::NotNeeded => ("필요 없어졌어요", "Not needed any more"),
            Self::Removed => ("견적요청이 내려갔어요", "The request was taken down"),
            Self::Other => ("다른 이유", "Another reason"),
        };
        if matches!(lang, Lang::Ko) { ko } else { en }
    }
}

impl ThreadState {
    /// States in which somebody is still to act; each has a deadline.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::New | Self::WaitingVendor | Self::WaitingBuyer | Self::Quoted)
    }

    /// States in which both sides may write: while somebody is still to act, and after the quote was taken, when order and
    /// delivery are left to settle.
    pub const fn is_talked_in(self) -> bool {
        self.is_open() || matches!(self, Self::Accepted)
    }

    /// Whose turn it is.
    pub const fn turn(self) -> Option<Side> {
        match self {
            Self::New => Some(Side::System),
            Self::WaitingVendor => Some(Side::Vendor),
            Self::WaitingBuyer | Self::Quoted => Some(Side::Buyer),
            _ => None,
        }
    }
}

/// The fields of the inquiry form, in their order on the page.
pub const ASK_FIELDS: [&str; 7] = ["quantity", "body", "email", "name", "company", "country", "third_party"];

/// An inquiry as typed. Guests also say who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InquiryDraft {
    /// What they want to know.
    pub body: String,
    /// How much they need, with the unit, as they say it.
    pub quantity: String,
    /// Guests: where the answer goes.
    pub email: String,
    /// Guests: what to call them.
    pub name: String,
    /// Guests: their company; may stay empty.
    pub company: String,
    /// Guests: two-letter country; may stay empty.
    pub country: String,
    /// Whether the box was ticked that lets the vendors know who asks.
    #[serde(default)]
    pub agreed: bool,
    /// A field no person sees. Whoever fills it in gets a friendly answer and nothing else happens.
    pub trap: String,
    /// The unanswered thread this one replaces.
    pub instead_of: Option<Uuid>,
}

/// What became of an inquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskOutcome {
    /// It is with the vendor.
    Thread(Uuid),
    /// A mail waits for the guest's confirmation; the vendor knows nothing yet.
    ConfirmationSent,
}

/// A vendor's question back, as typed.
#[derive(Clone, Debug, Default)]
pub struct QuestionDraft {
    /// What they need to know.
    pub body: String,
}

/// A no with its reason, as typed.
#[derive(Clone, Debug, Default)]
pub struct DeclineDraft {
    /// Code of a [`DeclineReason`] or [`RejectReason`].
    pub reason: Cow<'static, str>,
    /// A sentence to the other side; needed with `other`.
    pub note: String,
}
