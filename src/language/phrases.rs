//! Expressions of several words, looked up by the words of a text.

use super::lexicon::{Pairs, Words};
use rustc_hash::{FxHashMap, FxHashSet};

/// Expressions by their first word, the longest first.
#[derive(Default)]
pub struct Phrases {
    by_first: FxHashMap<&'static str, Vec<Phrase>>,
    keys: FxHashSet<&'static str>,
}

struct Phrase {
    /// The words after the first one.
    rest: Box<[&'static str]>,
    /// What the table's second column says of it.
    says: &'static str,
}

impl Phrases {
    /// Takes expressions with what is said of them. An elision ("d'emblée") is two words, as in a text.
    pub fn new(list: impl Iterator<Item = (&'static str, &'static str)>) -> Self {
        let mut phrases = Self::default();
        for (expression, says) in list {
            let mut words = expression.split(' ').flat_map(|word| word.split_inclusive('\''));
            let first = words.next().unwrap_or_default();
            let rest: Box<[_]> = words.collect();
            phrases.keys.insert(rest.first().copied().unwrap_or(first));
            phrases.by_first.entry(first).or_default().push(Phrase { rest, says });
        }
        for list in phrases.by_first.values_mut() {
            list.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        phrases
    }

    /// Expressions of which nothing is said.
    pub fn of_words(rows: Words) -> Self {
        Self::new(rows.into_iter().map(|(_, [expression])| (expression, "")))
    }

    /// Expressions with what is said of them.
    pub fn of_pairs(rows: Pairs) -> Self {
        Self::new(rows.into_iter().map(|(_, [expression, says])| (expression, says)))
    }

    /// Whether an expression begins with the word.
    pub fn may_begin(&self, word: &str) -> bool {
        self.by_first.contains_key(word)
    }

    /// Whether the word is the second of an expression, or all of it.
    pub fn is_key(&self, word: &str) -> bool {
        self.keys.contains(word)
    }

    /// The longest expression that begins with `word(0)`, `word(1)` …: how many words it takes, and its second column.
    pub fn at<'a>(&self, word: impl Fn(usize) -> &'a str) -> Option<(usize, &'static str)> {
        let list = self.by_first.get(word(0))?;
        let second = word(1);
        let fits = |phrase: &&Phrase| match &*phrase.rest {
            [] => true,
            [next, more @ ..] => *next == second && more.iter().enumerate().all(|(n, w)| word(n + 2) == *w),
        };
        let Phrase { rest, says } = list.iter().find(fits)?;
        Some((rest.len() + 1, says))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_expression_wins() {
        let phrases = Phrases::new([("d'après", "A"), ("d'après le", "B")].into_iter());
        let words = ["d'", "après", "le", "maire"];
        assert_eq!(phrases.at(|n| words[n]), Some((3, "B")));
        assert_eq!(phrases.at(|n| words[n + 1]), None);
        assert_eq!(words.map(|word| phrases.is_key(word)), [false, true, false, false]);
    }
}
