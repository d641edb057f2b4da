//! Pages of public requests.

pub mod answer;
pub mod board;
pub mod confirm;
pub mod new;
pub mod own;
pub mod show;
