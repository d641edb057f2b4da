//! Figures of the business that the people who run it may change (PRODUCT §5). Read from configuration;
//! the defaults are the federation's starting figures.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// Configurable figures.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Address of the site as people reach it, without a trailing slash. Links in mails start with it.
    pub public_url: String,
    /// Length of the free promotion window in days.
    pub free_window_days: i64,
    /// Response rate, in percent, from which a window is renewed free of charge.
    pub renewal_response_rate: i64,
    /// Business days a vendor has for a waiting thread.
    pub answer_business_days: u32,
    /// Days a buyer has for a question or quote of a vendor before the thread expires.
    pub buyer_answer_days: i64,
    /// New threads a sender may open in an hour.
    pub threads_per_sender_hour: u32,
    /// New threads a vendor may get from one sender in a day.
    pub threads_per_vendor_day: u32,
    /// New threads a listing may get in an hour, from everybody together.
    pub threads_per_listing_hour: u32,
    /// Days for which a sender whom no vendor has answered yet counts as a newcomer.
    pub newcomer_days: i64,
    /// New threads or forms a newcomer may send in a day.
    pub threads_per_newcomer_day: u32,
    /// New threads a vendor may get in an hour from all newcomers together.
    pub newcomer_threads_per_vendor_hour: u32,
    /// Business days within which somebody looks at what is held.
    pub held_business_days: u32,
    /// Other vendors that may get nearly the same words one by one before the next one is held.
    pub similar_vendors: usize,
    /// Days over which the words of one sender are compared.
    pub similar_days: i64,
    /// Likeness, in percent, from which two texts count as the same.
    pub similar_percent: usize,
    /// Days for which inquiries are held after a report about their sender was upheld.
    pub watched_days: i64,
    /// Reports one person may make in a day.
    pub reports_per_sender_day: u32,
    /// Listings a basket holds.
    pub basket_items: usize,
    /// Baskets a sender may send in an hour.
    pub baskets_per_sender_hour: u32,
    /// Days a public request takes answers; the one extension adds as many.
    pub rfq_days: i64,
    /// Vendors that may answer a public request.
    pub rfq_answers: i64,
    /// Vendors told of a fresh request.
    pub rfq_vendors_told: i64,
    /// Requests a vendor is told of in a day.
    pub rfqs_per_vendor_day: i64,
    /// Requests a sender may hand in in a day.
    pub rfqs_per_sender_day: u32,
    /// Messages a sender may send in a minute.
    pub messages_per_minute: u32,
    /// Longest message, in characters.
    pub message_max: usize,
    /// Images per listing.
    pub images_per_listing: usize,
    /// Largest image upload in bytes.
    pub image_max_bytes: u64,
    /// Files with one message.
    pub files_per_message: usize,
    /// Largest file in bytes.
    pub file_max_bytes: u64,
    /// Bytes of files a sender may upload in a day.
    pub file_bytes_per_day: u64,
    /// Working days a company may be on 휴무 in any twelve months.
    pub holiday_days_per_year: usize,
    /// Days a one-time answer link works.
    pub answer_link_days: i64,
    /// Threads a vendor needs before its response figures are shown.
    pub stats_min_threads: i64,
    /// Sign-in attempts per account and per address in a quarter of an hour.
    pub sign_ins_per_quarter: u32,
    /// Sign-ups and mails to unconfirmed addresses per client address in an hour.
    pub sign_ups_per_hour: u32,
    /// Different people who must have asked a question in one week before curators and vendors see it.
    pub search_people_min: i64,
    /// Searches a person may save.
    pub saved_searches: usize,
    /// Listings a curator may feature on the home page at once.
    pub home_slots: usize,
    /// Codes of the templates of messages on the telephone that the provider has approved.
    pub talk_templates: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:3000".into(),
            free_window_days: 90,
            renewal_response_rate: 70,
            answer_business_days: 3,
            buyer_answer_days: 14,
            threads_per_sender_hour: 5,
            threads_per_vendor_day: 10,
            threads_per_listing_hour: 30,
            newcomer_days: 30,
            threads_per_newcomer_day: 10,
            newcomer_threads_per_vendor_hour: 20,
            held_business_days: 2,
            similar_vendors: 4,
            similar_days: 7,
            similar_percent: 60,
            watched_days: 90,
            reports_per_sender_day: 10,
            basket_items: 20,
            baskets_per_sender_hour: 3,
            rfq_days: 14,
            rfq_answers: 10,
            rfq_vendors_told: 30,
            rfqs_per_vendor_day: 5,
            rfqs_per_sender_day: 5,
            messages_per_minute: 20,
            message_max: 4_000,
            images_per_listing: 10,
            image_max_bytes: 20 * 1024 * 1024,
            files_per_message: 10,
            file_max_bytes: 20 * 1024 * 1024,
            file_bytes_per_day: 400 * 1024 * 1024,
            holiday_days_per_year: 40,
            answer_link_days: 14,
            stats_min_threads: 5,
            sign_ins_per_quarter: 10,
            sign_ups_per_hour: 10,
            search_people_min: 3,
            saved_searches: 30,
            home_slots: 6,
            talk_templates: Vec::new(),
        }
    }
}

/// A limit that nobody reaches: for figures that only have to be there.
const MANY: i128 = 10_000_000;
/// The largest image that the store takes; it measures the memory for the worst of that size.
pub const LARGEST_IMAGE: i128 = 20 * 1024 * 1024;
/// The largest file of a message that one request may bring.
const LARGEST_FILE: i128 = 100 * 1024 * 1024;

/// A figure with its name and what it may be.
type Figure = (&'static str, i128, RangeInclusive<i128>);

fn figure(name: &'static str, value: impl TryInto<i128>, may: RangeInclusive<i128>) -> Figure {
    (name, value.try_into().unwrap_or(i128::MAX), may)
}

impl Settings {
    /// What cannot be meant: a site that lets nobody sign in, mails whose link is over before they go.
    pub fn problems(&self) -> Vec<String> {
        let wrong = self.figures().into_iter().filter(|(_, value, may)| !may.contains(value));
        let mut out: Vec<String> = wrong
            .map(|(name, value, may)| format!("{name} {value}: {} to {}", may.start(), may.end()))
            .collect();
        if self.file_bytes_per_day < self.file_max_bytes {
            out.push(format!(
                "file_bytes_per_day {}: at least one file of file_max_bytes {}",
                self.file_bytes_per_day, self.file_max_bytes
            ));
        }
        out
    }

    /// Every figure. What is missing here may be anything; a test asks for all.
    fn figures(&self) -> Vec<Figure> {
        vec![
            figure("free_window_days", self.free_window_days, 1..=3_650),
            figure("renewal_response_rate", self.renewal_response_rate, 0..=100),
            figure("answer_business_days", self.answer_business_days, 1..=60),
            figure("buyer_answer_days", self.buyer_answer_days, 1..=365),
            figure("threads_per_sender_hour", self.threads_per_sender_hour, 1..=MANY),
            figure("threads_per_vendor_day", self.threads_per_vendor_day, 1..=MANY),
            figure("threads_per_listing_hour", self.threads_per_listing_hour, 1..=MANY),
            figure("newcomer_days", self.newcomer_days, 0..=3_650),
            figure("threads_per_newcomer_day", self.threads_per_newcomer_day, 1..=MANY),
            figure("newcomer_threads_per_vendor_hour", self.newcomer_threads_per_vendor_hour, 1..=MANY),
            figure("held_business_days", self.held_business_days, 1..=60),
            figure("similar_vendors", self.similar_vendors, 1..=1_000),
            figure("similar_days", self.similar_days, 1..=365),
            figure("similar_percent", self.similar_percent, 1..=100),
            figure("watched_days", self.watched_days, 0..=3_650),
            figure("reports_per_sender_day", self.reports_per_sender_day, 1..=MANY),
            figure("basket_items", self.basket_items, 1..=20),
            figure("baskets_per_sender_hour", self.baskets_per_sender_hour, 1..=MANY),
            figure("rfq_days", self.rfq_days, 1..=365),
            figure("rfq_answers", self.rfq_answers, 1..=1_000),
            figure("rfq_vendors_told", self.rfq_vendors_told, 0..=5_000),
            figure("rfqs_per_vendor_day", self.rfqs_per_vendor_day, 0..=MANY),
            figure("rfqs_per_sender_day", self.rfqs_per_sender_day, 1..=MANY),
            figure("messages_per_minute", self.messages_per_minute, 1..=MANY),
            figure("message_max", self.message_max, 100..=20_000),
            figure("images_per_listing", self.images_per_listing, 1..=10),
            figure("image_max_bytes", self.image_max_bytes, 65_536..=LARGEST_IMAGE),
            figure("files_per_message", self.files_per_message, 1..=20),
            figure("file_max_bytes", self.file_max_bytes, 65_536..=LARGEST_FILE),
            figure("file_bytes_per_day", self.file_bytes_per_day, 65_536..=1 << 50),
            figure("holiday_days_per_year", self.holiday_days_per_year, 0..=366),
            figure("answer_link_days", self.answer_link_days, 1..=365),
            figure("stats_min_threads", self.stats_min_threads, 1..=1_000),
            figure("sign_ins_per_quarter", self.sign_ins_per_quarter, 1..=MANY),
            figure("sign_ups_per_hour", self.sign_ups_per_hour, 1..=MANY),
            figure("search_people_min", self.search_people_min, 1..=1_000),
            figure("saved_searches", self.saved_searches, 1..=1_000),
            figure("home_slots", self.home_slots, 0..=100),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_bounds_and_its_default_lies_within() {
        let settings = Settings::default();
        assert_eq!(settings.problems(), [""; 0]);
        let written = serde_json::to_value(&settings).unwrap();
        let numbers = written.as_object().unwrap().iter().filter(|(_, value)| value.is_number());
        let mut known: Vec<&str> = settings.figures().iter().map(|(name, ..)| *name).collect();
        known.sort_unstable();
        assert_eq!(numbers.map(|(name, _)| name.as_str()).collect::<Vec<_>>(), known);
    }

    #[test]
    fn nonsense_is_told_all_at_once() {
        let nonsense = Settings {
            sign_ins_per_quarter: 0,
            message_max: 0,
            answer_link_days: -5,
            image_max_bytes: 20 * 1024 * 1024 + 1,
            renewal_response_rate: 101,
            file_bytes_per_day: 1024 * 1024,
            ..Settings::default()
        };
        let said = nonsense.problems();
        let names = [
            "renewal_response_rate",
            "message_max",
            "image_max_bytes",
            "answer_link_days",
            "sign_ins_per_quarter",
            "file_bytes_per_day",
        ];
        assert_eq!(said.len(), names.len(), "{said:?}");
        for (text, name) in said.iter().zip(names) {
            assert!(text.starts_with(name), "{text}");
        }
    }
}
