//! Figures of the business that the people who run it may change (PRODUCT §5). Read from configuration;
//! the defaults are the federation's starting figures.

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
