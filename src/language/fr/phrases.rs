//! Expressions of several words, looked up by the words of a text.

use super::table;
use rustc_hash::FxHashMap;

/// Expressions by their first word, the longest first, each with what the table's second column says of it.
#[derive(Default)]
pub struct Phrases {
    by_first: FxHashMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>,
}

impl Phrases {
    /// Reads a table whose first column is the expression. An elision ("d'emblée") is two words, as in a text.
    pub fn read(text: &'static str) -> Self {
        let mut phrases = Self::default();
        for row in table::rows(text) {
            let words: Vec<&str> = row.cells[0].split(' ').flat_map(|word| word.split_inclusive('\'')).collect();
            phrases.by_first.entry(words[0]).or_default().push((words, row.cells.get(1).copied().unwrap_or("")));
        }
        for list in phrases.by_first.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        phrases
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
        let phrases = Phrases::read("form\tlemma\nd'après\tA\nd'après le\tB\n");
        let words = ["d'", "après", "le", "maire"];
        assert_eq!(phrases.at(|n| words[n]), Some((3, "B")));
        assert_eq!(phrases.at(|n| words[n + 1]), None);
    }
}
