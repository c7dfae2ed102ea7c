//! Names by the parts of their words, so that a text is followed part by part and no key is put together.

use crate::interner::Interner;
use rustc_hash::FxHashMap;

/// Values at the ends of sequences of parts. A part has a number, and so has each beginning of a sequence.
#[derive(Debug)]
pub(super) struct Trie<T> {
    parts: Interner,
    /// From a beginning and the number of the next part to the longer beginning.
    steps: FxHashMap<(u32, u32), u32>,
    /// By beginning.
    values: Vec<Option<T>>,
}

/// The beginning of all sequences.
pub(super) const ROOT: u32 = 0;

impl<T> Trie<T> {
    /// With room for so many sequences.
    pub fn with_capacity(sequences: usize) -> Self {
        let mut values = Vec::with_capacity(2 * sequences);
        values.push(None);
        let steps = FxHashMap::with_capacity_and_hasher(2 * sequences, Default::default());
        Self { parts: Interner::with_capacity(sequences), steps, values }
    }

    /// The number of a part; `None` if no sequence has it.
    pub fn part(&self, part: &str) -> Option<u32> {
        self.parts.get(part)
    }

    /// The beginning that `part` makes longer; `None` if no sequence goes on like that.
    pub fn step(&self, beginning: u32, part: Option<u32>) -> Option<u32> {
        self.steps.get(&(beginning, part?)).copied()
    }

    /// What the sequence leads to, if it is whole.
    pub fn value(&self, beginning: u32) -> Option<&T> {
        self.values[beginning as usize].as_ref()
    }

    /// All values.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.values.iter_mut().flatten()
    }

    /// The place of a sequence's value.
    pub fn entry<'a>(&mut self, parts: impl Iterator<Item = &'a str>) -> &mut Option<T> {
        let mut at = ROOT;
        for part in parts {
            let part = self.parts.number(part);
            let next = self.values.len() as u32;
            at = *self.steps.entry((at, part)).or_insert(next);
            if at == next {
                self.values.push(None);
            }
        }
        &mut self.values[at as usize]
    }

    /// The value of a sequence.
    pub fn get<'a>(&self, mut parts: impl Iterator<Item = &'a str>) -> Option<&T> {
        self.value(parts.try_fold(ROOT, |at, part| self.step(at, self.part(part)))?)
    }
}
