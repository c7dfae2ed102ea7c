//! The words of a statement, as they are compared with those of others.
//!
//! Case, accents and marks do not count, nor do [words that stand in any sentence](is_stop_word): "L'État n'a pas (…) payé"
//! has the words of "l'Etat n'a pas payé". What two statements have in common are *neighbours*, two words side by side in
//! both, whichever comes first: so what was cut or put in by the way costs little, and chance gives nothing.

use crate::entity::fold;
use crate::language::is_stop_word;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Words that make a key of a statement.
const KEY_WORDS: usize = 3;
/// Of so many keys in a row one is kept, at least.
const KEYS_IN_A_ROW: usize = 2;
/// Fewest words of a quoted stretch that is looked for by itself.
const STRETCH: usize = 3;
/// Share of a quoted stretch that must stand in the other statement.
const STANDS: f64 = 0.85;

/// The words of a statement that count, as hashes, in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    words: Vec<u64>,
    /// The stretches that stand between quotation marks.
    quoted: Vec<Range<usize>>,
    /// Words with a digit.
    numbers: FxHashSet<u64>,
    neighbours: FxHashSet<(u64, u64)>,
}

/// Which words of a statement are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoted {
    All,
    /// Those between marks.
    Marked,
    None,
}

/// How much two statements have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Overlap {
    /// The words of the shorter one that stand beside the same word in the other.
    pub shared: usize,
    /// The same as a share of the shorter one's words.
    pub share: f64,
    /// The length of the shorter one as a share of the longer one's.
    pub lengths: f64,
    /// The words of the longest quoted stretch of either that stands in the other.
    pub quoted: usize,
    /// Whether the numbers of one all stand in the other: bulletins of two days differ in nothing else.
    pub numbers_agree: bool,
}

impl Words {
    pub fn of(text: &str, quoted: Quoted) -> Self {
        let mut words = Self::default();
        let mut open = quoted == Quoted::All;
        let mut from = 0;
        if quoted == Quoted::Marked {
            for (at, mark) in text.char_indices() {
                let opens = match mark {
                    '«' | '“' | '„' => true,
                    '»' | '”' => false,
                    '"' => !open,
                    _ => continue,
                };
                if opens != open {
                    words.push(&text[from..at], open);
                    (open, from) = (opens, at);
                }
            }
        }
        words.push(&text[from..], open);
        words.neighbours = neighbours(&words.words).collect();
        words
    }

    fn push(&mut self, text: &str, quoted: bool) {
        let start = self.words.len();
        let folded = fold(text);
        for word in folded.split(' ').filter(|word| !word.is_empty() && !is_stop_word(word)) {
            let hash = hash(word);
            if word.bytes().any(|byte| byte.is_ascii_digit()) {
                self.numbers.insert(hash);
            }
            self.words.push(hash);
        }
        if quoted && self.words.len() - start >= STRETCH {
            self.quoted.push(start..self.words.len());
        }
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// What the two have in common; the same whichever is the first.
    pub fn overlap(&self, other: &Self) -> Overlap {
        let of_self = (self.len(), other.shared(&self.words));
        let of_other = (other.len(), self.shared(&other.words));
        // Of two as long as each other the one that has less in common counts.
        let (length, shared) = of_self.min(of_other);
        let stands_in = |a: &Self, b: &Self| {
            let stretches = a.quoted.iter().map(|stretch| &a.words[stretch.clone()]);
            let stands = stretches.map(|stretch| (b.shared(stretch), stretch.len()));
            stands.filter(|(shared, length)| ratio(*shared, *length) >= STANDS).map(|(shared, _)| shared).max()
        };
        Overlap {
            shared,
            share: ratio(shared, length),
            lengths: ratio(length, self.len().max(other.len())),
            quoted: stands_in(self, other).max(stands_in(other, self)).unwrap_or(0),
            numbers_agree: self.numbers.is_subset(&other.numbers) || other.numbers.is_subset(&self.numbers),
        }
    }

    /// How many of the words stand here beside a word beside which they stand there.
    fn shared(&self, words: &[u64]) -> usize {
        let common: Vec<bool> = neighbours(words).map(|pair| self.neighbours.contains(&pair)).collect();
        let beside = |at: usize| common.get(at) == Some(&true) || at > 0 && common.get(at - 1) == Some(&true);
        (0..words.len()).filter(|at| beside(*at)).count()
    }

    /// The keys by which a store finds statements that may have words in common: of the threes of words, in any order, the
    /// smaller of each two in a row ([winnowing](https://doi.org/10.1145/872757.872770)), so that four words in common give
    /// a common key whatever stands around them. Few enough letters that the store keeps them beside their quads.
    pub fn keys(&self) -> Vec<String> {
        let three = |words: &[u64]| {
            let mut words: [u64; KEY_WORDS] = words.try_into().expect("windows are as long as they are asked for");
            words.sort_unstable();
            words.iter().fold(0, |hash, word| mix(hash ^ word))
        };
        let threes: Vec<u64> = self.words.windows(KEY_WORDS).map(three).collect();
        let row = KEYS_IN_A_ROW.min(threes.len()).max(1);
        let kept = threes.windows(row).filter_map(|row| row.iter().min());
        let mut keys: Vec<String> = kept.map(|three| format!("{:012x}", three >> 16)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// Each two words that stand side by side, the smaller first.
fn neighbours(words: &[u64]) -> impl Iterator<Item = (u64, u64)> {
    words.windows(2).map(|pair| (pair[0].min(pair[1]), pair[0].max(pair[1])))
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// FNV-1a.
fn hash(word: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    mix(word.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}

/// Spreads what differs over all bits: the last steps of SplitMix64.
const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn overlap(one: &str, other: &str) -> Overlap {
        let (one, other) = (Words::of(one, Quoted::Marked), Words::of(other, Quoted::Marked));
        assert_eq!(one.overlap(&other), other.overlap(&one));
        one.overlap(&other)
    }

    const PROMISE: &str = "Nous rouvrirons le pont du Vallon avant l'été, et personne ne paiera de péage";

    #[test]
    fn case_accents_marks_and_small_words_do_not_count() {
        let other = "NOUS ROUVRIRONS le « pont du Vallon » (...) avant l’ete […] et personne ne paiera un péage !";
        let common = overlap(PROMISE, other);
        assert_eq!((common.share, common.lengths), (1.0, 1.0));
    }

    #[test]
    fn a_shortened_statement_stands_in_the_longer_one() {
        let common = overlap(PROMISE, "rouvrir « le pont du Vallon avant l'hiver »");
        assert!(common.share == 0.6 && common.quoted == 0, "{common:?}");
        let common = overlap(PROMISE, "rouvrir « le pont du Vallon avant que »");
        assert!(common.share == 0.75 && common.lengths < 0.7 && common.quoted == 3, "{common:?}");
    }

    #[test]
    fn the_order_of_the_parts_does_not_count() {
        let common = overlap(PROMISE, "Personne ne paiera de péage et nous rouvrirons le pont du Vallon avant l'été");
        assert_eq!(common.share, 1.0);
    }

    #[test]
    fn the_same_words_far_from_each_other_are_nothing_in_common() {
        let common =
            overlap(PROMISE, "Le péage a été voté avant la crue, et le Vallon veut un pont où personne ne paie");
        assert_eq!(common.shared, 0);
    }

    #[test]
    fn bulletins_differ_in_their_numbers() {
        let bulletin = |number| format!("La crue a fait {number} blessés dans le Vallon depuis lundi");
        assert!(!overlap(&bulletin(12), &bulletin(15)).numbers_agree);
        assert!(overlap(&bulletin(12), "La crue a fait des blessés dans le Vallon").numbers_agree);
    }

    #[test]
    fn marks_tell_what_is_quoted() {
        let stretches = |text, quoted| Words::of(text, quoted).quoted;
        let mixed = "le pont « tiendra cent ans encore », et \"personne n'a jamais douté\" de cela";
        assert_eq!(stretches(mixed, Quoted::Marked), [1..5, 5..8]);
        assert!(stretches(mixed, Quoted::None).is_empty());
        assert_eq!(stretches(mixed, Quoted::All), [0..9]);
        assert_eq!(stretches("il « tiendra cent ans", Quoted::Marked), [0..3]);
        assert!(stretches("un « pont »", Quoted::Marked).is_empty());
    }

    #[test]
    fn four_words_in_common_give_a_common_key() {
        let keys = |text| Words::of(text, Quoted::None).keys();
        let long = keys("Personne n'y croyait, mais nous rouvrirons le pont du Vallon avant l'été prochain");
        assert!(keys("rouvrirons pont Vallon avant").iter().any(|key| long.contains(key)));
        assert!(keys("pont du Vallon rouvre").len() == 1 && keys("le pont").is_empty());
        assert!(long.iter().all(|key| key.len() == 12));
    }

    /// If this changes, no key in any store is worth anything any more.
    #[test]
    fn keys_stay_as_they_are() {
        assert_eq!(Words::of("Le pont du Vallon rouvre", Quoted::None).keys(), ["409d6df7977b"]);
    }

    proptest! {
        #[test]
        fn any_text_has_all_in_common_with_itself(text in "[a-zé «»\"0-9.,]{0,80}") {
            let words = Words::of(&text, Quoted::Marked);
            let common = words.overlap(&words);
            prop_assert!(common.numbers_agree);
            prop_assert_eq!(common.shared, if words.len() < 2 { 0 } else { words.len() });
        }
    }
}
