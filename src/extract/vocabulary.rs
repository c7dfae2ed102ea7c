//! The words that have been met so far, each with its number.
//!
//! A thread keeps its vocabulary from article to article, so that most words of a text are known.

use super::word::{Rare, Word};
use crate::interner::Interner;
use crate::language::Language;
use std::cell::Cell;

/// Words that a vocabulary may hold and still be used for the next article.
const MOST_WORDS: usize = 1 << 17;

/// The words of a language met so far, by their number.
#[derive(Debug, Default)]
pub struct Vocabulary {
    language: Language,
    printed: Interner,
    words: Vec<Word>,
    /// By word: the place in `rare` of what is seldom asked.
    rare_of: Vec<u32>,
    rare: Vec<Rare>,
    /// What stands there for all words of no name, those without a capital and those with one: most words are such, and
    /// what has room in the cache is asked sooner.
    plain: [Option<u32>; 2],
    /// By word: the number of the last article that has it with a capital inside a sentence.
    capitals: Vec<u32>,
    article: u32,
}

thread_local! {
    /// By language: the vocabulary of the last article in it, unless it is in use.
    static IDLE: [Cell<Option<Vocabulary>>; 2] = const { [Cell::new(None), Cell::new(None)] };
}

impl Vocabulary {
    /// One that has met the words of earlier articles in the language, if there is one.
    pub fn take(language: Language) -> Self {
        let idle = IDLE.with(|idle| idle[language as usize].take());
        let mut vocabulary = idle.unwrap_or_else(|| Self { language, ..Self::default() });
        vocabulary.article += 1;
        vocabulary
    }

    /// Keeps it for the next article.
    pub fn give_back(self) {
        if self.words.len() < MOST_WORDS {
            // A thread that comes to its end needs no words.
            let _ = IDLE.try_with(|idle| idle[self.language as usize].set(Some(self)));
        }
    }

    /// The word with this number.
    pub fn get(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    /// What is seldom asked of the word.
    pub fn rare(&self, number: u32) -> &Rare {
        &self.rare[self.rare_of[number as usize] as usize]
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
        let (word, rare) = Word::describe(surface, self.language);
        let next = self.rare.len() as u32;
        let place = match rare.is_plain() {
            true => *self.plain[usize::from(word.may(Word::CAPITAL))].get_or_insert(next),
            false => next,
        };
        if place == next {
            self.rare.push(rare);
        }
        self.words.push(word);
        self.rare_of.push(place);
        self.capitals.push(0);
        self.printed.add(surface)
    }
}
