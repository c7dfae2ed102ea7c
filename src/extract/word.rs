//! Words: all that the tables say of a word, looked up once however often texts hold it.
//!
//! A token only holds the number of its word. What the rules ask of a token (its classes, the verb forms that it may
//! be, whether a name, a role or a date may begin with it) has been answered when its word was first met, so that
//! asking again is reading an array. Words that no table knows have numbers, too: the answers are all "no".

use super::date::place_in_dates;
use super::mark::is_glyph;
use crate::entity::{Demonym, Entities, NameWord, Roles, is_small_word};
use crate::language::Language;
use crate::language::{Classes, Form, Lexicon, Mood};
use std::borrow::Cow;

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

/// A word, number or mark, and what the rules ask of it most often: small, so that many words lie in the cache.
#[derive(Debug, Clone)]
pub struct Word {
    /// In small letters and with straight apostrophes.
    pub lower: Box<str>,
    /// The verb forms that it may be.
    pub forms: &'static [Form],
    /// Its closed classes, traits and kind.
    pub signs: Signs,
    /// The character of a mark.
    pub mark: Option<char>,
    /// How many bytes it has as printed.
    pub length: u32,
}

/// What is asked of a word most often, each as a bit: its closed classes, its traits (what may begin with it, and what is
/// particular to its spelling), and its kind. One that is neither word nor mark is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs(u64);

impl Signs {
    pub const WORD: Self = Self(1 << 56);
    pub const MARK: Self = Self(1 << 57);
    /// Whether white space or nothing stands before the token: the only sign that is not the word's.
    pub const SPACED: Self = Self(1 << 58);
    /// How far traits are shifted. No class may have a bit that is taken.
    const TRAITS: u32 = 40;
    const TAKEN: u64 = 0xFFFF << Self::TRAITS | Self::WORD.0 | Self::MARK.0 | Self::SPACED.0;

    /// The signs of `classes` and `traits`.
    pub fn of(classes: u64, traits: u16) -> Self {
        const { assert!(Classes::ALL & Self::TAKEN == 0) };
        Self(classes | u64::from(traits) << Self::TRAITS)
    }

    /// The signs of `classes`.
    pub fn of_classes(classes: u64) -> Self {
        Self::of(classes, 0)
    }

    /// The signs of `traits`.
    pub fn of_traits(traits: u16) -> Self {
        Self::of(0, traits)
    }

    /// The same but for `others`.
    pub fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// The same, and `more` if it holds.
    pub fn with(self, more: Self, hold: bool) -> Self {
        if hold { Self(self.0 | more.0) } else { self }
    }

    /// These and `others`.
    pub fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether it has one of `others`.
    pub fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// What the word is made of.
    pub fn kind(self) -> TokenKind {
        if self.any(Self::WORD) {
            TokenKind::Word
        } else if self.any(Self::MARK) {
            TokenKind::Mark
        } else {
            TokenKind::Number
        }
    }
}

/// What the tables say of a word that is asked of few: of those whose [`Word::traits`] say so.
#[derive(Debug, Clone)]
pub struct Rare {
    /// What it may be in a name.
    pub name: NameWord,
    /// The country whose adjective or inhabitant it is in small letters.
    pub demonym: Option<Demonym>,
}

impl Rare {
    /// Whether no table of names has the word, so that only its capital tells it from others.
    pub fn is_plain(&self) -> bool {
        self.demonym.is_none() && self.name.is_plain()
    }
}

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
    pub const CLITIC: u16 = 16;
    /// Longer as printed than in small letters: a pronoun with its hyphen, a curled apostrophe.
    const LONGER: u16 = 32;
    /// Longer by two bytes, as a verb with a stray "-t" is.
    const LONGER_BY_TWO: u16 = 64;
    /// It may stand in a date.
    pub const DATE: u16 = 128;
    /// It may be the heart of a date: a weekday, a month, a year.
    pub const HEART: u16 = 256;
    /// It begins with a capital.
    pub const CAPITAL: u16 = 512;
    /// The adjective or the inhabitant of a country.
    pub const DEMONYM: u16 = 1024;
    /// A given name.
    pub const GIVEN: u16 = 2048;
    /// A mark that may be a quotation mark.
    pub const GLYPH: u16 = 4096;
    /// A mark that ends sentences.
    pub const STOP: u16 = 8192;
    /// The second of the words that name a source, or their only one: it tells them from others.
    pub const SOURCE_KEY: u16 = 1 << 14;

    /// Whether the word has one of `traits`.
    pub fn may(&self, traits: u16) -> bool {
        self.signs.any(Signs::of_traits(traits))
    }

    /// Whether the word is the pronoun of an inverted verb where it follows `before`.
    pub fn is_clitic_after(&self, before: &Word) -> bool {
        let stray_t = before.signs.any(Signs::WORD) && before.may(Self::LONGER_BY_TWO);
        self.may(Self::CLITIC) && (self.may(Self::LONGER) || stray_t)
    }

    /// Looks the word up in all tables of the language.
    pub fn describe(surface: &str, language: Language) -> (Self, Rare) {
        let lower = lower(surface, language);
        let (lexicon, entities) = (Lexicon::of(language), Entities::embedded());
        let first = surface.chars().next().unwrap_or_default();
        let kind = if first.is_alphabetic() || surface.len() > first.len_utf8() && matches!(first, '-' | '\'' | '’') {
            TokenKind::Word
        } else if first.is_ascii_digit() {
            TokenKind::Number
        } else {
            TokenKind::Mark
        };
        let (is_word, is_mark) = (kind == TokenKind::Word, kind == TokenKind::Mark);
        let (date, heart) = if language == Language::French { place_in_dates(&lower) } else { (false, false) };
        let longer = surface.len().saturating_sub(lower.len());
        let name = entities.name_word(surface);
        let capital = first.is_uppercase();
        let demonym = entities.demonym_in(&lower, language).filter(|_| capital || language == Language::French);
        let (classes, forms) = lexicon.look_up(&lower);
        let traits = [
            (Self::NAME, kind != TokenKind::Mark && entities.may_begin_name(&name)),
            (Self::ROLE, is_word && Roles::of(language).may_begin(&lower)),
            (Self::ADVERBIAL, lexicon.adverbials.may_begin(&lower)),
            (Self::SOURCE, lexicon.sources.may_begin(&lower)),
            (Self::SOURCE_KEY, lexicon.sources.is_key(&lower)),
            (Self::CLITIC, is_word && language == Language::French && CLITICS.contains(&&*lower)),
            (Self::DATE, date),
            (Self::HEART, heart),
            (Self::LONGER, longer > 0),
            (Self::LONGER_BY_TWO, longer == 2),
            (Self::CAPITAL, capital),
            (Self::DEMONYM, demonym.is_some()),
            (Self::GIVEN, name.given().is_some()),
            (Self::GLYPH, is_mark && is_glyph(first)),
            (Self::STOP, is_mark && matches!(first, '.' | '!' | '?' | '…')),
        ];
        let finite = forms.iter().any(|f| f.mood.is_finite() || f.mood == Mood::PresentParticiple);
        let classes = classes
            .with(Classes::CUE, is_word && lexicon.may_report(forms))
            .with(Classes::OPEN, is_word && is_open(&lower, classes))
            .with(
                Classes::VERB,
                !capital && (finite || classes.any(Classes::MODAL)) || matches!(&*lower, "ne" | "n'" | "se" | "s'"),
            );
        let traits = traits.iter().filter(|(_, has)| *has).fold(0, |all, (bit, _)| all | bit);
        let signs = Signs::of(classes.bits(), traits).with(Signs::WORD, is_word).with(Signs::MARK, is_mark);
        let mark = is_mark.then_some(first);
        let word = Self { forms, signs, mark, length: surface.len() as u32, lower: lower.into() };
        (word, Rare { name, demonym })
    }
}

/// Whether a word is of no closed class. Of those of time some are nouns as well.
fn is_open(word: &str, classes: Classes) -> bool {
    let time_noun = || {
        matches!(
            word,
            "soir"
                | "nuit"
                | "mois"
                | "an"
                | "année"
                | "fin"
                | "début"
                | "semaine"
                | "jour"
                | "jours"
                | "heures"
                | "minutes"
        )
    };
    (!classes.any(Classes::FUNCTION | Classes::MODAL) || matches!(word, "même" | "mal"))
        && (!classes.any(Classes::TIME) || time_noun())
}

/// The small letters of a word: "-t-il" gives "il", "L’" gives "l'".
fn lower(surface: &str, language: Language) -> Cow<'_, str> {
    if is_small_word(surface) {
        return surface.into();
    }
    let is_word = language == Language::French && surface.starts_with(char::is_alphabetic)
        || surface.len() > 1 && surface.starts_with('-');
    if is_word && (surface.starts_with('-') || is_loose_clitic(surface)) {
        return surface.rsplit('-').next().unwrap_or(surface).to_lowercase().into();
    }
    // "lâche-t elle": the stray "-t" is no part of the verb.
    let stray_t = |head: &&str| head.len() > 1 && language == Language::French;
    let form = surface.strip_suffix("-t").filter(stray_t).unwrap_or(surface);
    let mut small = String::with_capacity(form.len());
    for c in form.chars() {
        match c {
            '’' => small.push('\''),
            c if c.is_uppercase() => small.extend(c.to_lowercase()),
            c => small.push(c),
        }
    }
    small.into()
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
