//! Tables that people of the federation keep by hand: exchange rates, and days the government declares. Nothing in them
//! is ever made up.

pub mod days;
pub mod rates;

#[cfg(all(test, feature = "testing"))]
mod tests;
