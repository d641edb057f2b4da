//! Pages of vendors, one file per address.

pub mod public;
