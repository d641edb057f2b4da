//! What can be told, about what, with which words.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::words::stored_words;

stored_words! {
    /// What happened.
    NotificationKind {
        /// A buyer asked.
        InquiryReceived => "inquiry_received",
        /// The buyer wrote again.
        InquiryReply => "inquiry_reply",
        /// The vendor answered.
        InquiryAnswered => "inquiry_answered",
        /// The vendor asked back.
        InquiryQuestion => "inquiry_question",
        /// The vendor sent a quote.
        QuoteReceived => "quote_received",
        /// The vendor said no.
        InquiryDeclined => "inquiry_declined",
        /// The buyer took the quote.
        QuoteAccepted => "quote_accepted",
        /// The buyer did not take the quote.
        QuoteDeclined => "quote_declined",
        /// A quote holds no more while its thread goes on waiting.
        QuoteLapsed => "quote_lapsed",
        /// The buyer called it off.
        InquiryWithdrawn => "inquiry_withdrawn",
        /// The deadline comes closer.
        InquiryReminder => "inquiry_reminder",
        /// The deadline passed.
        InquiryExpired => "inquiry_expired",
        /// The buyer asked another vendor instead.
        InquiryRerouted => "inquiry_rerouted",
        /// What was held is with the vendor now.
        InquiryDelivered => "inquiry_delivered",
        /// What was held was not handed over.
        InquiryRefused => "inquiry_refused",
        /// A held message was not handed over.
        MessageRefused => "message_refused",
        /// A report was decided.
        ReportDecided => "report_decided",
        /// A public request fits the company's products.
        RfqFits => "rfq_fits",
        /// The own public request was opened.
        RfqOpened => "rfq_opened",
        /// A public request came back with a reason.
        RfqReturned => "rfq_returned",
        /// A public request was taken away.
        RfqRemoved => "rfq_removed",
        /// As many vendors answered a public request as may.
        RfqFilled => "rfq_filled",
        /// The days of a public request are over.
        RfqExpired => "rfq_expired",
        /// A company waits for a decision.
        VendorSubmitted => "vendor_submitted",
        /// The company was approved.
        VendorApproved => "vendor_approved",
        /// The company's application came back with a reason.
        VendorReturned => "vendor_returned",
        /// The company's application was rejected.
        VendorRejected => "vendor_rejected",
        /// The company was suspended.
        VendorSuspended => "vendor_suspended",
        /// The suspension was lifted.
        VendorReinstated => "vendor_reinstated",
        /// A listing was published.
        ListingApproved => "listing_approved",
        /// A listing came back with a reason.
        ListingReturned => "listing_returned",
        /// A listing was taken out of sight.
        ListingHidden => "listing_hidden",
        /// A listing is shown again.
        ListingShownAgain => "listing_shown_again",
        /// A free window ends soon.
        ListingExpiring => "listing_expiring",
        /// A free window has ended.
        ListingExpired => "listing_expired",
        /// An edit of a published listing went live.
        RevisionApplied => "listing_edit_applied",
        /// An edit of a published listing was not taken.
        RevisionDeclined => "listing_edit_declined",
    }
}

stored_words! {
    /// What it is about; decides where the notification leads.
    SubjectKind {
        /// A thread.
        Thread => "thread",
        /// A listing.
        Listing => "listing",
        /// A company.
        Vendor => "vendor",
        /// A public request for quotes.
        Rfq => "rfq",
    }
}

impl SubjectKind {
    /// Path of the page about it, without a language.
    pub fn path(self, id: uuid::Uuid) -> String {
        match self {
            Self::Thread => format!("/inquiries/{id}"),
            Self::Listing => format!("/vendor/listings/{id}"),
            Self::Vendor => "/vendor".to_owned(),
            Self::Rfq => format!("/rfqs/{id}"),
        }
    }
}

/// The words of a notification, kept as they were when it happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NotificationData {
    /// Korean name of the thing: listing, company.
    pub title_ko: String,
    /// English name; may be empty.
    pub title_en: String,
    /// Why, in somebody's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Days until it happens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
}

impl NotificationData {
    /// Words with one title for both languages.
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title_ko: title.into(), ..Self::default() }
    }

    /// The name in a language.
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title_ko, &self.title_en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_words_with_gaps() {
        let data: NotificationData =
            serde_json::from_str(r#"{"title_ko":"볼트","reason":null,"other":1}"#).unwrap_or_default();
        assert_eq!((data.title(Lang::En), data.reason.clone()), ("볼트", None));
    }
}
