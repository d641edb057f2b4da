//! What happened, in one sentence: for the list in the site and for the daily mail.

use super::model::NotificationKind;
use crate::lang::Lang;

/// What happened, in one sentence.
pub fn sentence(lang: Lang, kind: NotificationKind, title: &str) -> String {
    use NotificationKind as K;
    let (ko, en) = match kind {
        K::InquiryReceived => ("새 문의가 왔어요", "New inquiry"),
        K::InquiryReply => ("구매자가 답했어요", "The buyer replied"),
        K::InquiryAnswered => ("공급사가 답했어요", "The vendor answered"),
        K::InquiryQuestion => ("공급사가 되물었어요", "The vendor has a question"),
        K::QuoteReceived => ("견적이 왔어요", "You have a quote"),
        K::InquiryDeclined => ("공급사가 이번에는 어렵다고 했어요", "The vendor declined"),
        K::QuoteAccepted => ("구매자가 견적을 받아들였어요", "Your quote was accepted"),
        K::QuoteDeclined => ("구매자가 견적을 거절했어요", "Your quote was turned down"),
        K::QuoteLapsed => ("견적의 유효 기간이 지났어요", "A quote is no longer valid"),
        K::InquiryWithdrawn => ("구매자가 문의를 거뒀어요", "The inquiry was withdrawn"),
        K::InquiryReminder => ("답을 기다리고 있어요", "An answer is waited for"),
        K::InquiryExpired => ("기한이 지나 문의가 끝났어요", "The inquiry has ended: its time is over"),
        K::InquiryRerouted => ("구매자가 다른 공급사에 물었어요", "The buyer asked another vendor"),
        K::InquiryDelivered => ("확인한 문의를 공급사에 전했어요", "Your inquiry was handed over"),
        K::InquiryRefused => ("문의를 전달하지 않았어요", "Your inquiry was not handed over"),
        K::MessageRefused => ("글을 전달하지 않았어요", "Your message was not handed over"),
        K::ReportDecided => ("신고한 내용을 살펴봤어요", "Your report was looked at"),
        K::RfqFits => ("맞는 견적요청이 올라왔어요", "A request that fits your products"),
        K::RfqOpened => ("견적요청이 열렸어요", "Your request is open"),
        K::RfqReturned => ("견적요청을 고쳐 주시면 다시 볼게요", "Please revise your request"),
        K::RfqRemoved => ("견적요청을 내렸어요", "Your request was taken down"),
        K::RfqFilled => ("견적이 모두 왔어요", "All quotes are here"),
        K::RfqExpired => ("견적요청 기간이 끝났어요", "The days of your request are over"),
        K::VendorSubmitted => ("공급사가 심사를 신청했어요", "A company applied"),
        K::VendorApproved => ("공급사로 승인됐어요", "Your company was approved"),
        K::VendorReturned => ("신청서를 고쳐 주시면 다시 볼게요", "Please complete your application"),
        K::VendorRejected => ("공급사 신청을 받아들이지 못했어요", "Your application was not accepted"),
        K::VendorSuspended => ("공급사 활동이 멈췄어요", "Your company was suspended"),
        K::VendorReinstated => ("공급사 활동이 다시 열렸어요", "Your company is active again"),
        K::ListingApproved => ("제품이 공개됐어요", "Your product is public"),
        K::ListingReturned => ("제품을 고쳐 주시면 다시 볼게요", "Please revise your product"),
        K::ListingHidden => ("제품을 내렸어요", "Your product was taken down"),
        K::ListingShownAgain => ("제품을 다시 보여 드려요", "Your product is shown again"),
        K::ListingExpiring => ("무료 홍보 기간이 곧 끝나요", "A free window ends soon"),
        K::ListingExpired => ("무료 홍보 기간이 끝났어요", "A free window has ended"),
        K::RevisionApplied => ("고친 내용이 공개됐어요", "Your changes are public"),
        K::RevisionDeclined => ("고친 내용을 받아들이지 못했어요", "Your changes were not accepted"),
    };
    let words = if lang == Lang::Ko { ko } else { en };
    if title.is_empty() { words.to_owned() } else { format!("{words}: {title}") }
}
