//! Words that a page prints twice: near copies of a paragraph, and echoes glued to a paragraph's end.

use crate::span::Span;
use rustc_hash::FxHashMap;

/// Words of one gram.
const GRAM: usize = 4;

/// Paragraphs with fewer grams are never called copies.
const FEWEST: usize = 5;

/// Share of a paragraph's grams, in per cent, that another one must hold to make it a copy.
const SHARE: usize = 70;

/// Longest echo, in bytes.
const LONGEST_ECHO: usize = 1000;

/// For each paragraph, whether it is a near copy of one above it, or a pull quote of another one anywhere.
pub(super) fn copies(text: &str, paragraphs: &[Span]) -> Vec<bool> {
    let is_pulled = |i: &usize| is_one_quotation(paragraphs[*i].of(text));
    let (pulled, running): (Vec<usize>, Vec<usize>) = (0..paragraphs.len()).partition(is_pulled);
    let mut copies = vec![false; paragraphs.len()];
    // The first paragraph that holds a gram; pull quotes come last, so that any other paragraph is an original to them.
    let mut holders: FxHashMap<u64, usize> = FxHashMap::with_capacity_and_hasher(text.len() / 5, Default::default());
    let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
    for i in running.into_iter().chain(pulled) {
        let grams = grams(paragraphs[i].of(text));
        shared.clear();
        for holder in grams.iter().filter_map(|gram| holders.get(gram)) {
            *shared.entry(*holder).or_default() += 1;
        }
        let most = shared.values().max().copied().unwrap_or(0);
        copies[i] = grams.len() >= FEWEST && most * 100 >= grams.len() * SHARE;
        if !copies[i] {
            for gram in grams {
                holders.entry(gram).or_insert(i);
            }
        }
    }
    copies
}

/// The part at the end of a paragraph that only repeats the words before it, if there is one:
/// "… que le pont tient », dit le rapport.le pont tient », dit le rapport."
pub(super) fn echo(text: &str, paragraph: Span) -> Option<Span> {
    let words = paragraph.of(text);
    // An echo is no longer than what it repeats.
    let from = (words.len() / 2).max(words.len().saturating_sub(LONGEST_ECHO));
    let from = (from..).find(|at| words.is_char_boundary(*at)).unwrap_or(words.len());
    let bytes = words.as_bytes();
    let ends = (from..bytes.len()).filter_map(|at| match bytes[at] {
        b'.' | b'!' | b'?' => Some(at + 1),
        0xC2 if bytes[at..].starts_with("»".as_bytes()) => Some(at + "»".len()),
        0xE2 if bytes[at..].starts_with("…".as_bytes()) => Some(at + "…".len()),
        _ => None,
    });
    ends.into_iter().find_map(|at| {
        let tail = words[at..].trim_start();
        let repeats =
            tail.starts_with(char::is_lowercase) && words[..at].ends_with(tail) && tail.split_whitespace().count() >= 3;
        repeats.then(|| Span::new(paragraph.end - tail.len(), paragraph.end))
    })
}

/// Hashes of all runs of [`GRAM`] words, signs and case set aside.
fn grams(words: &str) -> Vec<u64> {
    let is_letter = |b: &u8| b.is_ascii_alphanumeric() || *b >= 0xC3;
    let bytes = words.as_bytes();
    let mut hashes = Vec::with_capacity(words.len() / 5);
    let mut at = 0;
    while at < bytes.len() {
        if !is_letter(&bytes[at]) {
            at += 1;
            continue;
        }
        let mut word = 0;
        // Continuation bytes never start a word. The bit 0x20 parts capitals from small letters, É from é, too.
        while let Some(byte) = bytes.get(at).filter(|byte| is_letter(byte) || (0x80..0xC0).contains(*byte)) {
            word = mix(word, u64::from(byte | 0x20));
            at += 1;
        }
        hashes.push(word);
    }
    hashes.windows(GRAM).map(|words| words.iter().fold(0, |hash, word| mix(hash, *word))).collect()
}

/// One step of a multiplicative hash: the multiplier is 2⁶⁴ divided by the golden ratio.
fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Whether the words are one quotation and nothing else.
fn is_one_quotation(words: &str) -> bool {
    let pairs = [('«', '»'), ('“', '”'), ('"', '"')];
    pairs.iter().any(|(open, close)| {
        let inner = words.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close));
        inner.is_some_and(|inner| !inner.contains([*open, *close]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::lines::paragraphs;

    fn copied(text: &str) -> Vec<bool> {
        copies(text, &paragraphs(text))
    }

    #[test]
    fn the_second_of_two_near_copies_is_one() {
        let text = "Une partie du conseil a vu le grand pont de Vaux. La maire devait le visiter dans la matinée de lundi.\n\
                    Le port reste fermé.\n\
                    Une partie du conseil a vu le grand pont de Vaux. La maire a pu le visiter dans la matinée de lundi.";
        assert_eq!(copied(text), [false, false, true]);
    }

    #[test]
    fn a_paragraph_that_says_more_than_its_summary_is_none() {
        let text = "Le grand pont de Vaux rouvre lundi matin aux voitures.\n\
                    Le grand pont de Vaux rouvre lundi matin aux voitures, a annoncé la maire, Anne Roy, qui promet \
                    que les camions pourront passer avant la fin du mois.";
        assert_eq!(copied(text), [false, false]);
    }

    #[test]
    fn a_pull_quote_is_a_copy_even_above_its_paragraph() {
        let text = "« Ce pont tiendra encore cent ans au moins »\n\
                    Anne Roy, elle, y croit : « Ce pont tiendra encore cent ans au moins », dit-elle en riant devant lui.";
        assert_eq!(copied(text), [true, false]);
    }

    #[test]
    fn an_echo_is_found_only_where_the_same_words_stand_before_it() {
        let echo_of = |text: &str| echo(text, Span::new(0, text.len())).map(|e| e.of(text).to_owned());
        let text = "« Le pont tient encore », dit le rapport.tient encore », dit le rapport.";
        assert_eq!(echo_of(text).as_deref(), Some("tient encore », dit le rapport."));
        assert_eq!(echo_of("Le pont tient.selon la maire, tout va bien."), None);
        assert_eq!(echo_of("Voir www.courrier.example et le pont de Vaux."), None);
        assert_eq!(echo_of(""), None);
    }
}
