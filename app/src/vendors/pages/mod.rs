//! Pages of vendors, one file per address: the desk of the company, and what everybody sees.

pub mod apply;
pub mod close;
pub mod companies;
pub mod dashboard;
pub mod days_off;
pub mod holiday;
pub mod home;
pub mod profile;
pub mod public;
pub mod replies;
pub mod team;
