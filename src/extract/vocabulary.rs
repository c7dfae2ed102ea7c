//! The words that have been met so far, each with its number.
//!
//! A thread keeps its vocabulary from article to article, so that most words of a text are known.

use super::word::{Rare, Word};
use crate::interner::Interner;
use std::cell::Cell;

/// Words that a vocabulary may hold and still be used for the next article.
const MOST_WORDS: usize = 1 << 17;

/// The words met so far, by their number.
#[derive(Debug, Default)]
pub struct Vocabulary {
    printed: Interner,
    words: Vec<Word>,
    rare: Vec<Rare>,
    /// By word: the number of the last article that has it with a capital inside a sentence.
    capitals: Vec<u32>,
    article: u32,
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
    #[inline(always)]
    pub fn number(&mut self, text: &str, start: usize, end: usize) -> u32 {
        let known = self.printed.find(&text.as_bytes()[start..], end - start);
        known.unwrap_or_else(|| self.add(&text[start..end]))
    }

    #[cold]
    fn add(&mut self, surface: &str) -> u32 {
        let (word, rare) = Word::describe(surface);
        self.words.push(word);
        self.rare.push(rare);
        self.capitals.push(0);
        self.printed.add(surface)
    }
}
