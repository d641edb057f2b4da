//! What notifications are about, in the groups in which people choose how they are told.

use super::model::NotificationKind;
use crate::words::stored_words;

stored_words! {
    /// A group of notifications.
    Topic {
        /// Questions of buyers to one's company, and what they write further.
        NewInquiry => "new_inquiry",
        /// Answers, questions and quotes of vendors to one's own inquiry.
        Answer => "answer",
        /// How an inquiry or quote ended.
        Outcome => "outcome",
        /// A deadline comes closer.
        Reminder => "reminder",
        /// A public request that fits one's company.
        RfqMatch => "rfq_match",
        /// What becomes of one's own public request.
        OwnRfq => "own_rfq",
        /// Decisions on one's products, and windows that end.
        Listing => "listing",
        /// What is new in one's saved searches.
        SavedSearch => "saved_search",
        /// Decisions on one's company: told always.
        Company => "company",
        /// One's account and its security, and what one asked for oneself: told always.
        Account => "account",
    }
}

stored_words! {
    /// How somebody is told by mail. In the site, everything is told.
    Pace {
        /// As it happens, outside the night.
        AtOnce => "at_once",
        /// Collected, once a day.
        Daily => "daily",
        /// Not by mail.
        Off => "off",
    }
}

impl Topic {
    /// Whether law, security or an agreement need it: such mails cannot be switched off and do not wait for the morning.
    pub const fn is_fixed(self) -> bool {
        matches!(self, Self::Company | Self::Account)
    }

    /// How people are told who never chose.
    pub const fn usual(self) -> Pace {
        match self {
            Self::SavedSearch => Pace::Daily,
            _ => Pace::AtOnce,
        }
    }

    /// What may be chosen.
    pub const fn paces(self) -> &'static [Pace] {
        match self {
            Self::Company | Self::Account => &[Pace::AtOnce],
            // they are collected already
            Self::SavedSearch => &[Pace::Daily, Pace::Off],
            _ => Pace::ALL,
        }
    }
}

impl NotificationKind {
    /// The group it belongs to.
    pub const fn topic(self) -> Topic {
        match self {
            Self::InquiryReceived | Self::InquiryReply => Topic::NewInquiry,
            Self::InquiryAnswered | Self::InquiryQuestion | Self::QuoteReceived | Self::InquiryDeclined => {
                Topic::Answer
            }
            Self::QuoteAccepted
            | Self::QuoteDeclined
            | Self::QuoteLapsed
            | Self::InquiryWithdrawn
            | Self::InquiryExpired
            | Self::InquiryRerouted
            | Self::InquiryDelivered
            | Self::InquiryRefused
            | Self::MessageRefused
            | Self::ReportDecided => Topic::Outcome,
            Self::InquiryReminder => Topic::Reminder,
            Self::RfqFits => Topic::RfqMatch,
            Self::RfqOpened | Self::RfqReturned | Self::RfqRemoved | Self::RfqFilled | Self::RfqExpired => {
                Topic::OwnRfq
            }
            Self::ListingApproved
            | Self::ListingReturned
            | Self::ListingHidden
            | Self::ListingShownAgain
            | Self::ListingExpiring
            | Self::ListingExpired
            | Self::RevisionApplied
            | Self::RevisionDeclined => Topic::Listing,
            Self::VendorSubmitted
            | Self::VendorApproved
            | Self::VendorReturned
            | Self::VendorRejected
            | Self::VendorSuspended
            | Self::VendorReinstated => Topic::Company,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_is_always_a_choice() {
        for topic in Topic::ALL {
            assert!(topic.paces().contains(&topic.usual()), "{topic:?}");
            assert_eq!(topic.is_fixed(), topic.paces() == [Pace::AtOnce], "{topic:?}");
        }
        for kind in NotificationKind::ALL {
            assert_ne!(kind.topic(), Topic::Account, "{kind:?} is told in the site");
        }
    }
}
