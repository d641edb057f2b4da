//! Numbers that look random and are always the same. Nothing secret depends on them.

/// Splitmix64 (<https://prng.di.unimi.it/splitmix64.c>): small, fast, good enough to scatter invented content.
#[derive(Clone, Debug)]
pub struct Prng(u64);

impl Prng {
    /// The sequence that follows a state.
    pub const fn of(state: u64) -> Self {
        Self(state)
    }

    /// A sequence of its own for every stream and index.
    pub const fn new(stream: u64, index: usize) -> Self {
        Self(stream.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (index as u64).wrapping_mul(0xd1b5_4a32_d192_ed03))
    }

    /// The next number.
    pub const fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, without, `end`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.draw() % end).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = high.saturating_sub(low) as usize + 1;
        low + u32::try_from(self.below(span)).unwrap_or(0)
    }

    /// True in `percent` of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = self.below(from.len());
        from.get(at)
    }
}

#[cfg(test)]
mod tests {
    use super::Prng;

    #[test]
    fn it_is_the_published_sequence() {
        let mut prng = Prng::of(1_234_567);
        assert_eq!([prng.draw(), prng.draw()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }
}
