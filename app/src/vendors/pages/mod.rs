//! One file per page of the vendor's desk.

pub mod apply;
pub mod dashboard;
pub mod holiday;
pub mod home;
pub mod profile;
pub mod team;
