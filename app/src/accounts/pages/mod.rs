//! One file per address (and what its form posts to). None of these pages is ever cached: see `Meta::private`.

pub mod account;
pub mod confirm;
pub mod devices;
pub(crate) mod frame;
pub mod password;
pub mod privacy;
pub mod reset;
pub mod sign_in;
pub mod sign_up;
pub mod withdraw;
