//! What was made lately, kept because it is wanted again: so much and no more.

use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Values by their keys, in two generations. Once the younger is full it becomes the older one, which is forgotten: what is
/// wanted often stays, as it moves to the younger one, and there are never more than twice as many as wished.
pub struct Kept<K, V> {
    most: usize,
    generations: Mutex<[FxHashMap<K, V>; 2]>,
}

impl<K: Eq + Hash + Clone, V: Clone> Kept<K, V> {
    /// Nothing yet, and so many at most in a generation.
    pub fn new(most: usize) -> Self {
        Self { most, generations: Mutex::default() }
    }

    fn generations(&self) -> MutexGuard<'_, [FxHashMap<K, V>; 2]> {
        self.generations.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value of a key, if it is kept.
    pub fn get(&self, key: &K) -> Option<V> {
        let mut generations = self.generations();
        if let Some(value) = generations[0].get(key) {
            return Some(value.clone());
        }
        let value = generations[1].remove(key)?;
        self.put(&mut generations, key.clone(), value.clone());
        Some(value)
    }

    /// Keeps a value.
    pub fn keep(&self, key: K, value: V) {
        self.put(&mut self.generations(), key, value);
    }

    fn put(&self, generations: &mut [FxHashMap<K, V>; 2], key: K, value: V) {
        if generations[0].len() >= self.most {
            generations[1] = std::mem::take(&mut generations[0]);
        }
        generations[0].insert(key, value);
    }

    /// Forgets everything.
    pub fn forget(&self) {
        *self.generations() = Default::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_often_stays() {
        let kept = Kept::new(10);
        kept.keep(0, "often");
        for key in 1..100 {
            kept.keep(key, "once");
            assert_eq!(kept.get(&0), Some("often"));
        }
        assert_eq!(kept.get(&1), None);
        let [young, old] = &*kept.generations();
        assert!(young.len() <= 10 && old.len() <= 10);
    }

    #[test]
    fn what_changed_is_forgotten() {
        let kept = Kept::new(10);
        kept.keep("a", 1);
        kept.forget();
        assert_eq!(kept.get(&"a"), None);
    }
}
