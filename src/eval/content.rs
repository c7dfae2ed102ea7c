//! Contents as sets of words, and which of two lists of contents are the same.

use std::collections::BTreeSet;
use std::ops::Range;

/// The words of a text: runs of letters, digits and low lines, in code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(Vec<Range<usize>>);

/// Numbers of the words that a content covers, wholly or in part.
pub type Content = BTreeSet<usize>;

impl Words {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        let mut words: Vec<Range<usize>> = Vec::new();
        for (at, _) in text.chars().enumerate().filter(|(_, c)| c.is_alphanumeric() || *c == '_') {
            match words.last_mut().filter(|word| word.end == at) {
                Some(word) => word.end += 1,
                None => words.push(at..at + 1),
            }
        }
        Self(words)
    }

    /// The words that the stretches touch.
    pub fn covered(&self, spans: &[(usize, usize)]) -> Content {
        let touched = |(start, end): &(usize, usize)| {
            let first = self.0.partition_point(|word| word.end <= *start);
            let last = self.0.partition_point(|word| word.start < *end);
            first..last
        };
        spans.iter().flat_map(touched).collect()
    }
}

/// Words in both over words in either: 1 for the same words, 0 for none in common.
pub fn overlap(one: &Content, other: &Content) -> f64 {
    let common = one.intersection(other).count();
    ratio(common, one.len() + other.len() - common)
}

/// How much of `content` lies in `whole`.
pub fn share_within(content: &Content, whole: &Content) -> f64 {
    ratio(content.intersection(whole).count(), content.len())
}

/// A part over its whole; 0 where there is nothing.
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A wanted and a found content that are the same, and how far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Number of the wanted content.
    pub wanted: usize,
    /// Number of the found one.
    pub found: usize,
    /// [`overlap`] of the two.
    pub overlap: f64,
}

/// The pairs that share at least `least` of their words, each content taken once: best first, among equals in order.
pub fn pairs(wanted: &[Content], found: &[Content], least: f64) -> Vec<Pair> {
    let mut all: Vec<Pair> = Vec::new();
    for (w, content) in wanted.iter().enumerate() {
        let pair = |(f, other)| Pair { wanted: w, found: f, overlap: overlap(content, other) };
        all.extend(found.iter().enumerate().map(pair).filter(|pair| pair.overlap >= least));
    }
    // A stable sort: among equals the order stays.
    all.sort_by(|a, b| b.overlap.total_cmp(&a.overlap));
    let (mut wanted_taken, mut found_taken) = (BTreeSet::new(), BTreeSet::new());
    all.retain(|pair| {
        let free = !wanted_taken.contains(&pair.wanted) && !found_taken.contains(&pair.found);
        free && wanted_taken.insert(pair.wanted) && found_taken.insert(pair.found)
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_code_points() {
        let words = Words::new("« L'été », dit Zoé_2.");
        assert_eq!(words.0, vec![2..3, 4..7, 11..14, 15..20]);
        assert_eq!(words.covered(&[(6, 12)]), Content::from([1, 2]));
        assert_eq!(words.covered(&[(7, 11)]), Content::new());
    }

    #[test]
    fn the_best_pair_goes_first_and_equals_in_order() {
        let set = |range: Range<usize>| range.collect::<Content>();
        let wanted = [set(0..4), set(4..8)];
        let found = [set(0..8), set(4..8), set(4..8)];
        let pairs: Vec<_> = pairs(&wanted, &found, 0.5).iter().map(|p| (p.wanted, p.found)).collect();
        assert_eq!(pairs, [(1, 1), (0, 0)]);
    }
}
