//! The words of abuse: why something is held, what became of it, why somebody is reported.

use crate::words::stored_words;

stored_words! {
    /// Why something is held for a look.
    HoldReason {
        /// The same words went to several vendors one by one.
        Similar => "similar",
        /// A newcomer's words lead somewhere else.
        Link => "link",
        /// A newcomer's file can run programs.
        File => "file",
        /// Words that insult.
        Insult => "insult",
        /// A field that no person sees was filled in.
        Trap => "trap",
        /// A report about the sender was upheld not long ago.
        Watched => "watched",
    }
}

impl HoldReason {
    /// Whether time alone hands it over. Who was only held as a precaution must not be silenced by a desk that sleeps;
    /// insults and what programs wrote wait for somebody.
    pub const fn ends_by_itself(self) -> bool {
        matches!(self, Self::Similar | Self::Link | Self::File)
    }
}

stored_words! {
    /// What is held.
    HeldKind {
        /// A whole inquiry: its thread exists, the vendor does not know of it.
        Inquiry => "inquiry",
        /// One more message of a buyer in a thread.
        Message => "message",
        /// A form of somebody unknown, before any mail was sent.
        Form => "form",
    }
}

stored_words! {
    /// What became of something held.
    HeldState {
        /// Somebody has to look.
        Waiting => "waiting",
        /// It was handed over.
        Released => "released",
        /// It was not.
        Refused => "refused",
        /// Its sender called it off, or its thread ended first.
        Ended => "ended",
    }
}

stored_words! {
    /// Why one side reports the other.
    ReportReason {
        /// Advertising, mass mailing.
        Spam => "spam",
        /// Insults, threats.
        Abuse => "abuse",
        /// Somebody wants money or data under a false name.
        Fraud => "fraud",
        /// Somebody's personal data stands there.
        PersonalData => "personal_data",
        /// Anything else; a note is needed.
        Other => "other",
    }
}

stored_words! {
    /// Where a report stands.
    ReportState {
        /// Somebody has to look.
        Open => "open",
        /// It was right.
        Upheld => "upheld",
        /// It was not.
        Dismissed => "dismissed",
    }
}

/// Codes of reasons as stored: separated by commas, in order, each once.
#[cfg(feature = "backend")]
pub(crate) fn write_reasons(reasons: &[HoldReason]) -> String {
    let mut sorted = reasons.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.into_iter().map(HoldReason::code).collect::<Vec<_>>().join(",")
}

/// Reasons as stored; a word nobody knows any more is left out.
#[cfg(feature = "backend")]
pub(crate) fn read_reasons(stored: &str) -> Vec<HoldReason> {
    stored.split(',').filter_map(HoldReason::from_code).collect()
}
