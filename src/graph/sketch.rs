//! A text in a few bytes, by which it is known again when somebody has edited it.
//!
//! The words of the article, without the page around them, are taken by threes, each three overlapping the next. The
//! [resemblance](https://doi.org/10.1109/SEQUEN.1997.666900) of two texts is the share of the threes of either that both
//! have (Jaccard). A sketch holds for each of many random orders of all threes the one of the text that comes first: of two
//! texts these are the same in as many orders as they resemble each other (MinHash). Some of these taken together are a
//! band: texts that resemble each other have one of their bands in common, nearly always, and others nearly never, so that a
//! store finds the one by the other without looking at all.
//!
//! Sketches in stores are compared with new ones: who changes anything in how they are made has them all made anew.

use crate::article::{Role, Shown, blocks};
use std::fmt;
use std::str::FromStr;

/// Random orders: the resemblance is told to within ±0.04 (one standard deviation, at 0.7).
const ORDERS: usize = 128;

/// Bands, and the orders that each takes. Of texts that resemble each other by 0.7 one in 27 pairs has no band in common, by
/// 0.8 one in 560; by 0.1, as articles on one event may, one pair in 800 has one.
const BANDS: usize = 12;
const ORDERS_A_BAND: usize = 4;

/// Words that are taken together.
const SHINGLE: usize = 3;

/// Fewest words of a text that has a sketch: of shorter ones chance and furniture make too much.
const FEWEST_WORDS: usize = 30;

/// Texts that resemble each other by this are taken for the same: one word in seventeen may be another, or three tenths of
/// the text may have been cut, or as much added as is four tenths of it.
///
/// Among 8,000 French articles the resemblance of 123 pairs is above 0.65: all of them are one dispatch, as it was or as
/// another desk touched it up. 0.6 and less, where there are few pairs again, have dispatches of which later ones tell
/// other facts, and articles that were written anew.
const SAME: f64 = 0.7;

/// A text in a few bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sketch {
    /// For each order a byte of the three that comes first.
    firsts: [u8; ORDERS],
}

impl Sketch {
    /// The sketch of an article's text with its bands; `None` if it has too few words.
    pub fn of(text: &str) -> Option<(Self, Bands)> {
        let shown = Shown::of(text);
        let text = shown.text();
        let body = blocks(text).into_iter().filter(|block| block.role == Role::Body);
        let words: Vec<u64> = body.flat_map(|block| words(block.span.of(text))).collect();
        if words.len() < FEWEST_WORDS {
            return None;
        }
        let mut firsts = [u64::MAX; ORDERS];
        for shingle in words.windows(SHINGLE) {
            let shingle = shingle.iter().fold(0, |hash, word| mix(hash ^ word));
            for (first, (factor, term)) in firsts.iter_mut().zip(&ORDER) {
                *first = (*first).min(shingle.wrapping_mul(*factor).wrapping_add(*term));
            }
        }
        // Of what comes first the first bits tell little.
        let sketch = Self { firsts: firsts.map(|first| mix(first).to_le_bytes()[0]) };
        let (bands, _) = firsts.as_chunks::<ORDERS_A_BAND>();
        let band = |band: usize| bands[band].iter().fold(0, |hash, first| mix(hash ^ first));
        Some((sketch, Bands(std::array::from_fn(band))))
    }

    /// Whether the two texts are the same but for small changes.
    pub fn is_same(&self, other: &Self) -> bool {
        self.resemblance(other) >= SAME
    }

    /// The share of orders in which the two texts have the same three first.
    fn resemblance(&self, other: &Self) -> f64 {
        let same = self.firsts.iter().zip(&other.firsts).filter(|(a, b)| a == b).count();
        same as f64 / ORDERS as f64
    }
}

/// Two hexadecimal digits for each order.
impl fmt::Display for Sketch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.firsts.iter().try_for_each(|first| write!(f, "{first:02x}"))
    }
}

impl FromStr for Sketch {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (digits, []) = text.as_bytes().as_chunks::<2>() else { return Err(()) };
        let byte = |digits: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
        let firsts = digits.iter().map(byte).collect::<Option<Vec<u8>>>().ok_or(())?;
        Ok(Self { firsts: firsts.try_into().map_err(|_| ())? })
    }
}

/// What a text has in common with others that resemble it.
pub(super) struct Bands([u64; BANDS]);

impl Bands {
    /// A key for each: its number as a letter, and 48 bits. The store keeps texts as short as these beside their quads.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        ('a'..).zip(self.0).map(|(number, bits)| format!("{number}{:012x}", bits >> 16))
    }
}

/// The hashes of the words: letters and digits, however they are marked off, large or small.
fn words(text: &str) -> impl Iterator<Item = u64> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| {
        let mut bytes = [0; 4];
        let letters = word.chars().flat_map(char::to_lowercase);
        // FNV-1a.
        letters.fold(0xcbf2_9ce4_8422_2325, |hash, letter| {
            let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
            letter.encode_utf8(&mut bytes).as_bytes().iter().fold(hash, step)
        })
    })
}

/// Spreads what differs over all bits: the last steps of SplitMix64.
const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The orders: a factor, which is odd, and a term each.
const ORDER: [(u64, u64); ORDERS] = {
    let mut orders = [(0, 0); ORDERS];
    let mut i = 0;
    while i < ORDERS {
        let at = 2 * i as u64;
        orders[i] = (mix(seed(at)) | 1, mix(seed(at + 1)));
        i += 1;
    }
    orders
};

const fn seed(at: u64) -> u64 {
    0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of so many words, no three of which come twice.
    fn text(words: std::ops::Range<usize>) -> String {
        let words: Vec<String> = words.map(|n| format!("mot{n}")).collect();
        format!("Il a dit que {}.", words.join(" "))
    }

    fn resemblance(one: &str, other: &str) -> f64 {
        Sketch::of(one).unwrap().0.resemblance(&Sketch::of(other).unwrap().0)
    }

    #[test]
    fn sketches_tell_the_share_of_common_threes() {
        assert_eq!(resemblance(&text(0..300), &text(0..300)), 1.0);
        for (other, share) in [(30..300, 0.9), (60..300, 0.8), (150..300, 0.5), (250..550, 0.1), (400..700, 0.0)] {
            let told = resemblance(&text(0..300), &text(other.clone()));
            assert!((told - share).abs() < 0.1, "{other:?}: {told}, not {share}");
        }
    }

    #[test]
    fn marks_letters_and_furniture_make_no_difference() {
        let plain = text(0..60);
        let marked = plain.replace("mot7 ", "« MOT7 », ").replace(' ', "&nbsp;");
        assert_eq!(resemblance(&plain, &marked), 1.0);
        let on_a_page = format!("Le pont rouvre lundi\n\n{plain}\n\nPartager\n\nLire aussi\n\nLe pont ferme");
        assert_eq!(resemblance(&plain, &on_a_page), 1.0);
    }

    #[test]
    fn bands_are_shared_by_texts_that_resemble_each_other() {
        let keys = |text: &str| Sketch::of(text).unwrap().1.keys().collect::<Vec<_>>();
        let shared = |one: &str, other: &str| keys(one).iter().filter(|key| keys(other).contains(key)).count();
        assert_eq!(shared(&text(0..300), &text(0..300)), BANDS);
        assert!(shared(&text(0..300), &text(40..300)) > 0);
        assert_eq!(shared(&text(0..300), &text(280..600)), 0);
        assert!(keys(&text(0..300)).iter().all(|key| key.len() == 13));
    }

    #[test]
    fn a_short_text_has_none() {
        assert!(Sketch::of("Il pleut sur le Vallon.").is_none());
        assert!(Sketch::of("").is_none());
        assert!(Sketch::of(&text(0..25)).is_none());
        assert!(Sketch::of(&text(0..26)).is_some());
    }

    #[test]
    fn a_sketch_is_written_and_read() {
        let (sketch, _) = Sketch::of(&text(0..100)).unwrap();
        assert_eq!(sketch.to_string().parse(), Ok(sketch.clone()));
        for wrong in ["", "ab", "é", &sketch.to_string()[1..], &format!("{sketch}00")] {
            assert!(wrong.parse::<Sketch>().is_err(), "{wrong}");
        }
    }

    /// If this changes, no sketch in any store is worth anything any more.
    #[test]
    fn sketches_stay_as_they_are() {
        let (sketch, bands) = Sketch::of(&text(0..100)).unwrap();
        assert_eq!(&sketch.to_string()[..16], "7c1b950b24bcae6d");
        assert_eq!(bands.keys().next().unwrap(), "a6c4dd3c7d68b");
    }
}
