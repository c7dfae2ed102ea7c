//! Words that tell little of what a sentence says.

use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Whether a folded word stands in any sentence, whatever it says.
pub(crate) fn is_stop_word(folded: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let lines = include_str!("stop_words.txt").lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).collect()
    });
    WORDS.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::fold;

    #[test]
    fn the_words_are_folded_and_stand_once() {
        let text = include_str!("stop_words.txt");
        let words = text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
        let mut seen = FxHashSet::default();
        for word in words {
            assert_eq!(fold(word), word);
            assert!(seen.insert(word), "{word} stands twice");
        }
    }

    #[test]
    fn what_a_quotation_lives_by_is_none() {
        assert!(["qui", "ete", "l", "the"].into_iter().all(is_stop_word));
        assert!(!["pas", "jamais", "moi", "pont"].into_iter().any(is_stop_word));
    }
}
