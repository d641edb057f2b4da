//! skeleton
/// x
pub fn hydrate() {}
