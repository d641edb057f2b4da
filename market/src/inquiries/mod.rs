//! Inquiries: a buyer asks a vendor about a listing, and the thread that follows. Owns the states of a
//! thread, their deadlines, the answers, the one-time links and the public response figures.

mod model;
pub mod quote;
pub mod rules;
pub mod stats;

pub use model::{
    AskOutcome, ASK_FIELDS, DeclineReason, DeclineDraft, InquiryDraft, MessageKind, QuestionDraft, RejectReason, Side, ThreadState,
};
