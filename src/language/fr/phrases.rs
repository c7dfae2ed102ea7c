//! Expressions of several words, looked up by the words of a text.

use rustc_hash::FxHashMap;

/// Expressions by their first word, the longest first, each with what the table's second column says of it.
#[derive(Default)]
pub struct Phrases {
    by_first: FxHashMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>,
}

impl Phrases {
    /// Takes expressions with what is said of them. An elision ("d'emblée") is two words, as in a text.
    pub fn new(list: impl Iterator<Item = (&'static str, &'static str)>) -> Self {
        let mut phrases = Self::default();
        for (expression, says) in list {
            let words: Vec<&str> = expression.split(' ').flat_map(|word| word.split_inclusive('\'')).collect();
            phrases.by_first.entry(words[0]).or_default().push((words, says));
        }
        for list in phrases.by_first.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        phrases
    }

    /// Whether an expression begins with the word.
    pub fn may_begin(&self, word: &str) -> bool {
        self.by_first.contains_key(word)
    }

    /// The longest expression that begins with `word(0)`, `word(1)` …: how many words it takes, and its second column.
    pub fn at<'a>(&self, word: impl Fn(usize) -> &'a str) -> Option<(usize, &'static str)> {
        let list = self.by_first.get(word(0))?;
        let (words, says) = list.iter().find(|(words, _)| words.iter().enumerate().all(|(n, w)| word(n) == *w))?;
        Some((words.len(), says))
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
    }
}
