//! Invented companies, goods and conversations for a demonstration market.
//!
//! Pure and repeatable: the same call gives the same content, whatever the machine. Names, people,
//! numbers and certificates are made up; sizes, units and price levels are those of the trade. Business
//! numbers pass the checksum but begin with office codes that were never given out. Nothing here writes
//! to a database.

mod listings;
mod model;
mod products;
mod text;
mod threads;
mod vendors;

pub use listings::listings;
pub use model::{
    Certificate, DemoBuyer, DemoListing, DemoMessage, DemoPrice, DemoSpec, DemoThread, DemoVendor,
    MessageKind, Unit,
};
pub use threads::{buyers, threads};
pub use vendors::vendors;

/// How many companies a demonstration has unless asked otherwise.
pub const VENDORS: usize = 140;

#[cfg(test)]
mod tests;
