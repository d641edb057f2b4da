//! Vendors: companies that list products. Owns the application, the profile, the team and the states.

mod business_number;

pub use business_number::BusinessNumber;
