//! What the tests of the extractor share: contents compared by the words they cover, names compared by their letters.

use std::collections::BTreeSet;
use std::ops::Range;

/// The words of a text: byte ranges of runs of letters and digits.
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match words.last_mut().filter(|word| word.end == at) {
            Some(word) => word.end += c.len_utf8(),
            None => words.push(at..at + c.len_utf8()),
        }
    }
    words
}

/// Numbers of the words that byte ranges touch.
pub fn covered(words: &[Range<usize>], spans: impl IntoIterator<Item = Range<usize>>) -> BTreeSet<usize> {
    let mut covered = BTreeSet::new();
    for span in spans {
        covered.extend((0..words.len()).filter(|i| words[*i].start < span.end && span.start < words[*i].end));
    }
    covered
}

/// Words in both over words in either: 1 for the same words, 0 for none in common.
pub fn overlap(one: &BTreeSet<usize>, other: &BTreeSet<usize>) -> f64 {
    let common = one.intersection(other).count();
    let either = one.len() + other.len() - common;
    if either == 0 { 0.0 } else { common as f64 / either as f64 }
}

/// Pairs of `wanted` and `found` contents that share at least `least` of their words, each taken once, best first.
pub fn pairs(wanted: &[BTreeSet<usize>], found: &[BTreeSet<usize>], least: f64) -> Vec<(usize, usize)> {
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (w, content) in wanted.iter().enumerate() {
        all.extend(found.iter().enumerate().map(|(f, other)| (overlap(content, other), w, f)));
    }
    all.retain(|(shared, _, _)| *shared >= least);
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, w, f) in all {
        if pairs.iter().all(|(a, b)| *a != w && *b != f) {
            pairs.push((w, f));
        }
    }
    pairs
}
