//! The catalogue: what vendors show. Categories and drawings are plain data that also reach the browser.

pub mod drawing;
pub mod taxonomy;
