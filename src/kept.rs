//! What was made lately, kept because it is wanted again: so much and no more.

use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Values by their keys, in two generations. Once the younger is full it becomes the older one, which is forgotten: what is
/// wanted often stays, as it moves to the younger one, and there is never more than twice as much as wished.
pub struct Kept<K, V> {
    most: usize,
    weigh: fn(&K, &V) -> usize,
    generations: Mutex<Generations<K, V>>,
}

struct Generations<K, V> {
    young: FxHashMap<K, V>,
    old: FxHashMap<K, V>,
    /// That of the younger one.
    weight: usize,
}

impl<K: Eq + Hash + Clone, V: Clone> Kept<K, V> {
    /// Nothing yet, and so much at most in a generation, as `weigh` weighs: in bytes.
    pub fn new(most: usize, weigh: fn(&K, &V) -> usize) -> Self {
        let generations = Generations { young: FxHashMap::default(), old: FxHashMap::default(), weight: 0 };
        Self { most, weigh, generations: Mutex::new(generations) }
    }

    fn generations(&self) -> MutexGuard<'_, Generations<K, V>> {
        self.generations.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value of a key, if it is kept.
    pub fn get(&self, key: &K) -> Option<V> {
        let mut generations = self.generations();
        if let Some(value) = generations.young.get(key) {
            return Some(value.clone());
        }
        let value = generations.old.remove(key)?;
        self.put(&mut generations, key.clone(), value.clone());
        Some(value)
    }

    /// Keeps a value.
    pub fn keep(&self, key: K, value: V) {
        self.put(&mut self.generations(), key, value);
    }

    fn put(&self, generations: &mut Generations<K, V>, key: K, value: V) {
        let weight = (self.weigh)(&key, &value);
        if weight > self.most {
            return;
        }
        if generations.weight + weight > self.most {
            generations.old = std::mem::take(&mut generations.young);
            generations.weight = 0;
        }
        generations.weight += weight;
        generations.young.insert(key, value);
    }

    /// Forgets everything.
    pub fn forget(&self) {
        let mut generations = self.generations();
        generations.young = FxHashMap::default();
        generations.old = FxHashMap::default();
        generations.weight = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_often_stays() {
        let kept = Kept::new(50, |_, value: &&str| value.len());
        kept.keep(0, "often");
        for key in 1..100 {
            kept.keep(key, "once");
            assert_eq!(kept.get(&0), Some("often"));
        }
        assert_eq!(kept.get(&1), None);
        let generations = kept.generations();
        let weight = |values: &FxHashMap<i32, &str>| values.values().map(|value| value.len()).sum::<usize>();
        assert!(weight(&generations.young) <= 50 && weight(&generations.old) <= 50);
    }

    #[test]
    fn what_is_too_large_is_not_kept_and_drives_nothing_out() {
        let kept = Kept::new(5, |_, value: &&str| value.len());
        kept.keep(0, "small");
        kept.keep(1, "too large");
        assert_eq!((kept.get(&0), kept.get(&1)), (Some("small"), None));
    }

    #[test]
    fn what_changed_is_forgotten() {
        let kept = Kept::new(10, |_, _| 1);
        kept.keep("a", 1);
        kept.forget();
        assert_eq!(kept.get(&"a"), None);
    }
}
