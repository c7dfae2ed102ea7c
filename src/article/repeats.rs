//! Words that a page prints twice: near copies of a paragraph, and echoes glued to a paragraph's end.

use crate::bits::Bits;
use crate::span::Span;
use memchr::memchr_iter;
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
    let mut copies = vec![false; paragraphs.len()];
    if paragraphs.len() < 2 {
        return copies;
    }
    let is_pulled = |i: &usize| is_one_quotation(paragraphs[*i].of(text)) || is_signed(paragraphs[*i].of(text));
    // Pull quotes come last, so that any other paragraph is an original to them.
    let (pulled, running): (Vec<usize>, Vec<usize>) = (0..paragraphs.len()).partition(is_pulled);
    let order = [running, pulled].concat();
    let starts = word_starts(text);
    let mut seen = Seen::new(text.len());
    let mut holders = Holders::default();
    let mut held = 0;
    let mut grams = Vec::new();
    for (place, i) in order.iter().copied().enumerate() {
        let (count, known) = seen.enter(text, paragraphs[i], &starts);
        let is_copy = |shared: usize| count >= FEWEST && shared * 100 >= count * SHARE;
        // Few paragraphs are like others at all: which one holds a gram is only found out for those.
        if is_copy(known) {
            for j in order[held..place].iter().copied().filter(|j| !copies[*j]) {
                holders.enter(j, paragraphs[j].of(text));
            }
            held = place;
            read_grams(paragraphs[i].of(text), &mut grams);
            copies[i] = is_copy(holders.most_shared(&grams));
        }
    }
    copies
}

/// The places where words begin.
fn word_starts(text: &str) -> Bits {
    let letters = Bits::of(text.as_bytes(), |byte| byte.is_ascii_alphanumeric() || byte >= 0x80 && byte != MARKS);
    letters.without_followers(&Bits::of(text.as_bytes(), |byte| byte == MARKS)).starts()
}

/// The first byte of "«", "»" and the no-break space: no letter of French.
const MARKS: u8 = 0xC2;

/// The grams of the paragraphs so far, by the first two letters of their words, and perhaps some others.
struct Seen {
    /// A bit for each value of a gram's first bits.
    bits: Vec<u64>,
    /// How many bits of a gram are left out.
    shift: u32,
}

impl Seen {
    /// For a text of so many bytes: most bits stay free.
    fn new(bytes: usize) -> Self {
        let bits = (bytes * 2).next_power_of_two().max(64);
        Self { bits: vec![0; bits / 64], shift: 64 - bits.trailing_zeros() }
    }

    /// Enters the grams of a paragraph, and says how many it has and how many were there.
    fn enter(&mut self, text: &str, paragraph: Span, starts: &Bits) -> (usize, usize) {
        let letter = |at: usize| text.as_bytes().get(at).map_or(0, |byte| PARTS[usize::from(*byte)].letter);
        let (mut gram, mut words, mut known) = (0_u64, 0, 0);
        starts.each_within(paragraph, |at| {
            // Four words of two letters fill it.
            gram = gram << 16 | u64::from(letter(at)) << 8 | u64::from(letter(at + 1));
            words += 1;
            known += usize::from(words >= GRAM && self.replace(gram.wrapping_mul(FACTOR)));
        });
        ((words + 1).saturating_sub(GRAM), known)
    }

    /// Enters a gram, and says whether it was there.
    fn replace(&mut self, gram: u64) -> bool {
        let bit = (gram >> self.shift) as usize;
        let word = &mut self.bits[bit / 64];
        let before = *word;
        *word |= 1 << (bit % 64);
        *word == before
    }
}

/// The first paragraph that holds a gram.
#[derive(Default)]
struct Holders {
    by_gram: FxHashMap<u64, usize>,
    grams: Vec<u64>,
}

impl Holders {
    fn enter(&mut self, paragraph: usize, words: &str) {
        read_grams(words, &mut self.grams);
        for gram in &self.grams {
            self.by_gram.entry(*gram).or_insert(paragraph);
        }
    }

    /// The most of the `grams` that one paragraph holds.
    fn most_shared(&self, grams: &[u64]) -> usize {
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        for holder in grams.iter().filter_map(|gram| self.by_gram.get(gram)) {
            *shared.entry(*holder).or_default() += 1;
        }
        shared.into_values().max().unwrap_or(0)
    }
}

/// The part at the end of a paragraph that only repeats the words before it, if there is one:
/// "… que le pont tient », dit le rapport.le pont tient », dit le rapport."
pub(super) fn echo(text: &str, paragraph: Span) -> Option<Span> {
    let words = paragraph.of(text);
    // What is repeated ends as the echo does.
    let sign = [".", "!", "?", "»", "…"].into_iter().find(|sign| words.ends_with(sign))?;
    // An echo is no longer than what it repeats.
    let from = (words.len() / 2).max(words.len().saturating_sub(LONGEST_ECHO));
    let from = (from..).find(|at| words.is_char_boundary(*at)).unwrap_or(words.len());
    let bytes = &words.as_bytes()[from..];
    let ends = memchr_iter(sign.as_bytes()[sign.len() - 1], bytes).map(|last| last + 1);
    ends.filter(|end| bytes[..*end].ends_with(sign.as_bytes())).find_map(|end| {
        let (head, tail) = words.split_at(from + end);
        let tail = tail.trim_start();
        let repeats =
            tail.starts_with(char::is_lowercase) && head.ends_with(tail) && tail.split_whitespace().count() >= 3;
        repeats.then(|| Span::new(paragraph.end - tail.len(), paragraph.end))
    })
}

/// Makes `grams` the hashes of all runs of [`GRAM`] words, signs and case set aside.
fn read_grams(words: &str, grams: &mut Vec<u64>) {
    grams.clear();
    let bytes = words.as_bytes();
    let mut last = [0_u64; GRAM];
    let (mut gram, mut count, mut at) = (0_u64, 0, 0);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        if !PARTS[usize::from(*byte)].begins {
            continue;
        }
        let mut word = mix(0, PARTS[usize::from(*byte)].letter);
        while let Some(byte) = bytes.get(at) {
            at += 1;
            let letter = PARTS[usize::from(*byte)].letter;
            if letter == 0 {
                break;
            }
            word = mix(word, letter);
        }
        // The word that leaves the gram has been turned once for each word behind it.
        gram = gram.rotate_left(TURN) ^ word ^ last[count % GRAM].rotate_left(TURN * GRAM as u32);
        last[count % GRAM] = word;
        count += 1;
        if count >= GRAM {
            grams.push(gram.wrapping_mul(FACTOR));
        }
    }
}

/// By how many bits a gram is turned for each word.
const TURN: u32 = 13;

/// What a byte is to a word.
#[derive(Clone, Copy)]
struct Part {
    /// Whether a word may begin with it: continuation bytes only go on with one.
    begins: bool,
    /// Its letter, whatever the case; nought if it ends a word.
    letter: u8,
}

static PARTS: [Part; 256] = {
    let mut parts = [Part { begins: false, letter: 0 }; 256];
    let mut byte = 0;
    while byte < 256 {
        let begins = (byte as u8).is_ascii_alphanumeric() || byte >= 0xC3;
        if begins || byte >= 0x80 && byte < 0xC0 {
            // The bit 0x20 parts capitals from small letters, É from é, too.
            parts[byte] = Part { begins, letter: byte as u8 | 0x20 };
        }
        byte += 1;
    }
    parts
};

/// One step of a multiplicative hash.
fn mix(hash: u64, letter: u8) -> u64 {
    (hash ^ u64::from(letter)).wrapping_mul(FACTOR)
}

/// 2⁶⁴ divided by the golden ratio.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Whether the words are one quotation and nothing else.
fn is_one_quotation(words: &str) -> bool {
    let pairs = [('«', '»'), ('“', '”'), ('"', '"')];
    pairs.iter().any(|(open, close)| {
        let inner = words.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close));
        inner.is_some_and(|inner| !inner.contains([*open, *close]))
    })
}

/// "The bridge must close. Léa Roy, mayor": words with a name behind their last stop, and no marks of a quotation.
fn is_signed(words: &str) -> bool {
    // Most paragraphs end like a sentence, which is soon told.
    if words.ends_with(['.', '!', '?', '…', ':', ')']) {
        return false;
    }
    let Some((said, by)) = words.rsplit_once(". ") else { return false };
    let name = by.split(',').next().unwrap_or_default();
    let capitals = name.split(' ').all(|word| word.starts_with(char::is_uppercase));
    capitals && (2..=4).contains(&name.split(' ').count()) && !said.contains(['«', '“', '"'])
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
    fn a_signed_pull_quote_is_a_copy_of_the_quotation_below() {
        let text = "Every beam of the old bridge must be looked at before winter comes. Léa Roy, mayor\n\
                    \"Every beam of the old bridge must be looked at before winter comes,\" she said.\n\
                    The port stays shut.";
        assert_eq!(copied(text), [true, false, false]);
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
