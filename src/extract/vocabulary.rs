//! The words that have been met so far, each with its number.
//!
//! A thread keeps its vocabulary from article to article, so that most words of a text are known. To find one costs a
//! multiplication and the comparison of its first eight bytes; only longer words are compared further.

use super::word::{Rare, Word};
use std::cell::Cell;

/// Words that a vocabulary may hold and still be used for the next article.
const MOST_WORDS: usize = 1 << 17;

/// Bytes of a word that stand in the table itself.
const HEAD: usize = 8;

/// The words met so far, by their number.
#[derive(Debug, Default)]
pub struct Vocabulary {
    words: Vec<Word>,
    rare: Vec<Rare>,
    /// By word: the number of the last article that has it with a capital inside a sentence.
    capitals: Vec<u32>,
    article: u32,
    /// All words as printed, one after the other, and where each begins.
    printed: Vec<u8>,
    starts: Vec<u32>,
    /// Words at the places that their hashes give them.
    places: Vec<Place>,
}

/// A place of the table: a word, or nothing if its length is nought.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// The first bytes, followed by noughts.
    head: u64,
    length: u32,
    number: u32,
}

thread_local! {
    /// The vocabulary of the article before, unless it is in use.
    static IDLE: Cell<Option<Vocabulary>> = const { Cell::new(None) };
}

impl Vocabulary {
    /// One that has met the words of earlier articles, if there is one.
    pub fn take() -> Self {
        let mut vocabulary = IDLE.take().unwrap_or_default();
        vocabulary.article += 1;
        vocabulary
    }

    /// Keeps it for the next article.
    pub fn give_back(self) {
        if self.words.len() < MOST_WORDS {
            // A thread that comes to its end needs no words.
            let _ = IDLE.try_with(|idle| idle.set(Some(self)));
        }
    }

    /// The word with this number.
    pub fn get(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    /// What is seldom asked of the word.
    pub fn rare(&self, number: u32) -> &Rare {
        &self.rare[number as usize]
    }

    /// Notes that this article has the word with a capital inside a sentence.
    pub fn note_capital(&mut self, number: u32) {
        self.capitals[number as usize] = self.article;
    }

    /// Whether this article has the word with a capital inside a sentence.
    pub fn has_capital(&self, number: u32) -> bool {
        self.capitals[number as usize] == self.article
    }

    /// The number of the word, number or mark `text[start..end]`; it is the same for the same characters.
    pub fn number(&mut self, text: &str, start: usize, end: usize) -> u32 {
        let bytes = &text.as_bytes()[start..];
        let length = end - start;
        let head = head(bytes, length);
        let hash = hash(head, &bytes[..length]);
        if !self.places.is_empty() {
            let mut at = self.place(hash);
            loop {
                let place = self.places[at];
                let alike = place.head == head && place.length as usize == length;
                if alike && (length <= HEAD || self.has_tail(place.number, &bytes[HEAD..length])) {
                    return place.number;
                }
                if place.length == 0 {
                    break;
                }
                at = (at + 1) & (self.places.len() - 1);
            }
        }
        self.add(&text[start..end], head, hash)
    }

    fn has_tail(&self, number: u32, tail: &[u8]) -> bool {
        let start = self.starts[number as usize] as usize + HEAD;
        self.printed[start..start + tail.len()] == *tail
    }

    /// Where to look first: the upper bits of a product are its best ones.
    fn place(&self, hash: u64) -> usize {
        (hash >> (u64::BITS - self.places.len().trailing_zeros())) as usize
    }

    #[cold]
    fn add(&mut self, surface: &str, head: u64, hash: u64) -> u32 {
        if self.words.len() * 2 >= self.places.len() {
            self.grow();
        }
        let number = self.words.len() as u32;
        self.put(hash, Place { head, length: surface.len() as u32, number });
        self.starts.push(self.printed.len() as u32);
        self.printed.extend_from_slice(surface.as_bytes());
        let (word, rare) = Word::describe(surface);
        self.words.push(word);
        self.rare.push(rare);
        self.capitals.push(0);
        number
    }

    fn put(&mut self, hash: u64, place: Place) {
        let mut at = self.place(hash);
        while self.places[at].length != 0 {
            at = (at + 1) & (self.places.len() - 1);
        }
        self.places[at] = place;
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(1 << 14);
        for place in std::mem::replace(&mut self.places, vec![Place::default(); size]) {
            if place.length > 0 {
                let start = self.starts[place.number as usize] as usize;
                let hash = hash(place.head, &self.printed[start..start + place.length as usize]);
                self.put(hash, place);
            }
        }
    }
}

/// The first bytes of a word; `bytes` may go on behind it.
fn head(bytes: &[u8], length: usize) -> u64 {
    match bytes.first_chunk() {
        Some(chunk) => u64::from_le_bytes(*chunk) & (u64::MAX >> (u64::BITS as usize - 8 * length.min(HEAD))),
        None => {
            let mut chunk = [0; HEAD];
            chunk[..length].copy_from_slice(&bytes[..length]);
            u64::from_le_bytes(chunk)
        }
    }
}

/// The hash of a word that begins with `head`.
fn hash(head: u64, word: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = head.wrapping_mul(FACTOR);
    if word.len() > HEAD {
        let mut mix = |chunk: &[u8; HEAD]| {
            hash = (hash.rotate_left(29) ^ u64::from_le_bytes(*chunk)).wrapping_mul(FACTOR);
        };
        word[HEAD..].as_chunks().0.iter().for_each(&mut mix);
        word.last_chunk().into_iter().for_each(mix);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_number() {
        let words: Vec<String> =
            (0..20_000).map(|n| format!("{}{n}", ["a", "préside", "gouvernement"][n % 3])).collect();
        let mut vocabulary = Vocabulary::default();
        for (number, word) in words.iter().enumerate() {
            assert_eq!(vocabulary.number(word, 0, word.len()), number as u32);
        }
        for (number, word) in words.iter().enumerate() {
            let text = format!("l'{word} et");
            assert_eq!(vocabulary.number(&text, 2, 2 + word.len()), number as u32);
        }
    }
}
