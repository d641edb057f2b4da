//! Regions of Korea: 17 provinces (sido), their 253 districts (sigungu), and the groups in which the
//! federation counts its members.
//!
//! Owns names, codes and the reading of addresses. Old names and codes stay readable: Gangwon was 42
//! and 강원도, Jeonbuk was 45 and 전라북도. Static tables in `data/`, no SQL.

mod address;
mod model;
mod table;

pub use address::{district_of, normalise};
pub use model::{Group, Sido, Sigungu};
pub use table::{all, districts, find, find_by_slug, find_district, groups, sigungu};
