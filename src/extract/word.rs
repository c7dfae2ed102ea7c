//! Words: all that the tables say of a word, looked up once however often texts hold it.
//!
//! A token only holds the number of its word. What the rules ask of a token (its classes, the verb forms that it may
//! be, whether a name, a role or a date may begin with it) has been answered when its word was first met, so that
//! asking again is reading an array. Words that no table knows have numbers, too: the answers are all "no".

use super::date::place_in_dates;
use crate::entity::{Demonym, Entities, Gender, NameWord, Roles, first_name_gender, is_first_name};
use crate::language::fr::{Classes, Form, Lexicon};
use rustc_hash::FxHasher;
use std::hash::Hasher;
use std::sync::{Mutex, PoisonError};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner hyphens; an elided word ends in its apostrophe.
    Word,
    /// Digits, with inner separators ("14 000" is two, "300.000" one).
    Number,
    /// One character that is neither.
    Mark,
}

/// Pronouns that follow an inverted verb. Only the third person reports what others say.
const CLITICS: [&str; 5] = ["il", "elle", "on", "ils", "elles"];

/// Words that a vocabulary may hold and still be used for the next article.
const MOST_WORDS: usize = 1 << 17;

/// A word, number or mark as it is printed, and what the tables say of it.
#[derive(Debug, Clone)]
pub struct Word {
    /// As printed.
    surface: Box<str>,
    /// In small letters and with straight apostrophes.
    pub lower: Box<str>,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// The character of a mark.
    pub mark: Option<char>,
    /// Closed classes.
    pub classes: Classes,
    /// The verb forms that it may be.
    pub forms: &'static [Form],
    /// The country whose adjective or inhabitant it is in small letters.
    pub demonym: Option<Demonym>,
    /// Of a given name: the gender that it tells, if it tells one.
    pub given: Option<Option<Gender>>,
    traits: u16,
}

/// What may begin with a word, and what is particular to its spelling; bits of [`Word`].
impl Word {
    /// A known name.
    pub const NAME: u16 = 1;
    /// A role.
    pub const ROLE: u16 = 2;
    /// An adverb of several words.
    pub const ADVERBIAL: u16 = 4;
    /// Words that name a source without a verb.
    pub const SOURCE: u16 = 8;
    /// One of the pronouns that follow an inverted verb.
    const CLITIC: u16 = 16;
    /// Longer as printed than in small letters: a pronoun with its hyphen, a curled apostrophe.
    const LONGER: u16 = 32;
    /// Longer by two bytes, as a verb with a stray "-t" is.
    const LONGER_BY_TWO: u16 = 64;
    /// It may stand in a date.
    pub const DATE: u16 = 128;
    /// It may be the heart of a date: a weekday, a month, a year.
    pub const HEART: u16 = 256;

    /// Whether the word has one of `traits`.
    pub fn may(&self, traits: u16) -> bool {
        self.traits & traits != 0
    }

    /// Whether the word is the pronoun of an inverted verb where it follows `before`.
    pub fn is_clitic_after(&self, before: &Word) -> bool {
        let stray_t = before.kind == TokenKind::Word && before.may(Self::LONGER_BY_TWO);
        self.may(Self::CLITIC) && (self.may(Self::LONGER) || stray_t)
    }
}

/// The words met so far, by their number.
#[derive(Debug, Default)]
pub struct Vocabulary {
    words: Vec<Word>,
    names: Vec<NameWord>,
    /// Numbers of words, each plus one, at the places that their hashes give them; nought is a free place.
    places: Vec<u32>,
}

/// Vocabularies that no thread reads with just now.
static IDLE: Mutex<Vec<Vocabulary>> = Mutex::new(Vec::new());

impl Vocabulary {
    /// One that has met the words of earlier articles, if there is one.
    pub fn take() -> Self {
        IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Keeps it for the next article.
    pub fn give_back(self) {
        if self.words.len() < MOST_WORDS {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
        }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The word with this number.
    pub fn get(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    /// What the word may be in a name.
    pub fn name(&self, number: u32) -> &NameWord {
        &self.names[number as usize]
    }

    /// The number of a word, number or mark; it is the same for the same characters.
    pub fn number(&mut self, surface: &str) -> u32 {
        if self.words.len() * 2 >= self.places.len() {
            self.grow();
        }
        let mut at = self.place(surface);
        loop {
            match self.places[at] {
                0 => break,
                found if *self.words[found as usize - 1].surface == *surface => return found - 1,
                _ => {}
            }
            at = (at + 1) & (self.places.len() - 1);
        }
        self.add(surface);
        self.places[at] = self.words.len() as u32;
        self.words.len() as u32 - 1
    }

    fn place(&self, surface: &str) -> usize {
        let mut hasher = FxHasher::default();
        hasher.write(surface.as_bytes());
        hasher.finish() as usize & (self.places.len() - 1)
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(1 << 12);
        self.places = vec![0; size];
        for number in 0..self.words.len() {
            let mut at = self.place(&self.words[number].surface);
            while self.places[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            self.places[at] = number as u32 + 1;
        }
    }

    fn add(&mut self, surface: &str) {
        let name = Entities::embedded().name_word(surface);
        self.words.push(describe(surface, &name));
        self.names.push(name);
    }
}

fn describe(surface: &str, name: &NameWord) -> Word {
    let lower = &*lower(surface);
    let (lexicon, entities) = (Lexicon::get(), Entities::embedded());
    let first = surface.chars().next().unwrap_or_default();
    let kind = if first.is_alphabetic() || first == '-' && surface.len() > 1 {
        TokenKind::Word
    } else if first.is_ascii_digit() {
        TokenKind::Number
    } else {
        TokenKind::Mark
    };
    let is_word = kind == TokenKind::Word;
    let (date, heart) = place_in_dates(lower);
    let longer = surface.len().saturating_sub(lower.len());
    let traits = [
        (Word::NAME, is_word && entities.may_begin_name(name)),
        (Word::ROLE, is_word && Roles::embedded().may_begin(surface)),
        (Word::ADVERBIAL, lexicon.adverbials.may_begin(lower)),
        (Word::SOURCE, lexicon.sources.may_begin(lower)),
        (Word::CLITIC, is_word && CLITICS.contains(&lower)),
        (Word::DATE, date),
        (Word::HEART, heart),
        (Word::LONGER, longer > 0),
        (Word::LONGER_BY_TWO, longer == 2),
    ];
    Word {
        surface: surface.into(),
        lower: lower.into(),
        kind,
        capital: first.is_uppercase(),
        mark: (kind == TokenKind::Mark).then_some(first),
        classes: lexicon.classes(lower),
        forms: lexicon.forms(lower),
        demonym: entities.demonym(lower),
        given: is_first_name(surface).then(|| first_name_gender(surface)),
        traits: traits.iter().filter(|(_, has)| *has).fold(0, |all, (bit, _)| all | bit),
    }
}

/// The small letters of a word: "-t-il" gives "il", "L’" gives "l'".
fn lower(surface: &str) -> String {
    let is_word = surface.starts_with(char::is_alphabetic) || surface.len() > 1 && surface.starts_with('-');
    if is_word && (surface.starts_with('-') || is_loose_clitic(surface)) {
        return surface.rsplit('-').next().unwrap_or(surface).to_lowercase();
    }
    // "lâche-t elle": the stray "-t" is no part of the verb.
    let form = surface.strip_suffix("-t").filter(|head| head.len() > 1).unwrap_or(surface);
    let mut small = String::with_capacity(form.len());
    for c in form.chars() {
        match c {
            '’' => small.push('\''),
            c if c.is_uppercase() => small.extend(c.to_lowercase()),
            c => small.push(c),
        }
    }
    small
}

/// Where the inverted pronoun of "a-t-il", "dit-elle" begins in `word`, its hyphen included.
pub(super) fn clitic_start(word: &str) -> Option<usize> {
    let hyphen = word.rfind('-')?;
    let pronoun = &word[hyphen + 1..];
    let is_clitic = || CLITICS.contains(&pronoun) || CLITICS.contains(&pronoun.to_lowercase().as_str());
    if hyphen == 0 || pronoun.len() > 6 || !is_clitic() {
        return None;
    }
    if is_loose_clitic(word) {
        return Some(0);
    }
    let head = &word[..hyphen];
    let cut = head.strip_suffix("-t").or_else(|| head.strip_suffix("-T")).map_or(hyphen, str::len);
    (cut > 0).then_some(cut)
}

/// "lance t-il": the pronoun of an inverted verb that lost its first hyphen.
fn is_loose_clitic(word: &str) -> bool {
    word.strip_prefix("t-").is_some_and(|pronoun| CLITICS.contains(&pronoun))
}
