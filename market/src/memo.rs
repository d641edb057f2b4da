//! Remembers what pure functions made of their input, within a bound: the same input is not worked through again
//! for every reader. What is remembered is always compared with or keyed by the whole input, so it can be cold but
//! never old.

use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use lru::LruCache;

/// The most recently used results, at most as many as it was made for.
pub struct Memo<K: Hash + Eq, V: Clone>(Mutex<LruCache<K, V>>);

impl<K: Hash + Eq, V: Clone> Memo<K, V> {
    /// An empty memo of at most `entries` results, one at least.
    pub fn new(entries: usize) -> Self {
        Self(Mutex::new(LruCache::new(NonZeroUsize::new(entries).unwrap_or(NonZeroUsize::MIN))))
    }

    /// What is remembered for `key` when `fits` says that it still holds; made and remembered otherwise. Two who ask
    /// at once may both make it.
    pub fn get(&self, key: K, fits: impl FnOnce(&V) -> bool, make: impl FnOnce() -> V) -> V {
        if let Some(known) = self.known(&key, fits) {
            return known;
        }
        let fresh = make();
        self.put(key, fresh.clone());
        fresh
    }

    /// What is remembered for `key` when `fits` says that it still holds.
    pub fn known(&self, key: &K, fits: impl FnOnce(&V) -> bool) -> Option<V> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned();
        known.filter(fits)
    }

    /// Remembers `made` for `key`.
    pub fn put(&self, key: K, made: V) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).put(key, made);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_longer_holds_is_made_again() {
        let memo = Memo::new(1);
        assert_eq!(memo.get(1, |_| true, || "made"), "made");
        assert_eq!(memo.get(1, |_| true, || "again"), "made");
        assert_eq!(memo.get(1, |_| false, || "other"), "other");
        memo.get(2, |_| true, || "pushes the first out");
        assert_eq!(memo.get(1, |_| true, || "anew"), "anew");
    }
}
