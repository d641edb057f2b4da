//! The Korean working calendar: public holidays, business days and business hours.
//!
//! Owns which days count and how much working time lies between two moments. Moments are plain
//! microseconds since 1970 UTC, so that this module needs nothing but arithmetic and compiles to wasm.
//! Business hours are Monday to Friday, 09:00 to 18:00 in Seoul (UTC+9, no daylight saving time).

mod declared;
mod holidays;
mod hours;

pub use declared::{DAY_NAME_MAX, DeclaredDay, declare, is_holiday, read_days};
pub use holidays::{Holiday, HolidayKind, first_year, holiday, holidays, last_year};
pub use hours::{
    CLOSES_AT, OFF_HOURS_CAP, OPENS_AT, add_business_days, add_business_days_except, business_micros_between,
    is_business_day, is_open, next_business_day, response_clock_except, response_clock_micros, seoul_date,
    seoul_micros,
};
