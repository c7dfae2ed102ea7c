//! Tokens: words, numbers and marks with their places in the text.
//!
//! An elided article or pronoun is a token of its own ("l'" + "Ukraine"), as is the pronoun of an
//! inverted verb ("a" + "-t-il"). In English the "'s" of a genitive or a verb is one ("Ottawa" + "'s"), and other words
//! keep their apostrophes ("don't"). Hyphenated words stay whole ("porte-parole").

use super::Span;
use super::vocabulary::Vocabulary;
pub use super::word::TokenKind;
use super::word::{Rare, Signs, Word, clitic_start};
use crate::bits::Bits;
use crate::entity::{Entities, NameWord, is_plain_byte};
use crate::language::Language;
use std::cell::Cell;
use std::ops::Range;

/// A word, number or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Byte offsets in the text.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether a word begins with a capital.
    pub capital: bool,
    /// Whether white space or nothing stands before it.
    pub spaced: bool,
}

/// A token as it is kept: a text may have tens of millions, so that it is small. Its word tells where it ends.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Those of its word, and whether it is spaced.
    signs: Signs,
    start: u32,
    /// Number of its word.
    word: u32,
}

/// The tokens of a text, and the words that they are.
#[derive(Debug)]
pub struct Tokens {
    list: Vec<Place>,
    words: Vocabulary,
    language: Language,
}

thread_local! {
    /// Room for the tokens of the next text: it has just been written to, and is in the cache.
    static ROOM: Cell<Vec<Place>> = const { Cell::new(Vec::new()) };
}

/// Most tokens for which room is kept.
const MOST_ROOM: usize = 1 << 14;

impl Drop for Tokens {
    fn drop(&mut self) {
        std::mem::take(&mut self.words).give_back();
        let mut list = std::mem::take(&mut self.list);
        if list.capacity() <= MOST_ROOM {
            list.clear();
            // A thread that comes to its end reads no texts.
            let _ = ROOM.try_with(|room| room.set(list));
        }
    }
}

/// What a token is that begins with a byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    Space,
    Letter,
    Digit,
    /// Any other character in ASCII.
    Mark,
    /// The first byte of "À" to "ÿ".
    Latin,
    /// Of any other character.
    Wide,
}

static FIRST: [First; 256] = {
    let mut table = [First::Wide; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b' ' | b'\t'..=b'\r' => First::Space,
            b'a'..=b'z' | b'A'..=b'Z' => First::Letter,
            b'0'..=b'9' => First::Digit,
            0..0x80 => First::Mark,
            0xC3 => First::Latin,
            _ => First::Wide,
        };
        byte += 1;
    }
    table
};

impl Tokens {
    /// Splits `text[span]`, which is written in `language`.
    pub fn new(text: &str, span: Span, language: Language) -> Self {
        let mut list = ROOM.take();
        list.reserve((span.end - span.start) / 4);
        let mut tokens = Self { list, words: Vocabulary::take(language), language };
        let bytes = &text.as_bytes()[..span.end];
        let letters = letters(bytes);
        let mut at = span.start;
        let mut spaced = true;
        while let Some(byte) = bytes.get(at) {
            let mut start = at;
            let end = match FIRST[usize::from(*byte)] {
                First::Space => {
                    at += 1;
                    spaced = true;
                    continue;
                }
                First::Digit => number_end(bytes, at),
                First::Mark => tokens.genitive_end(bytes, at).unwrap_or(at + 1),
                First::Letter | First::Latin if is_plain(bytes, letters.end(at)) => letters.end(at),
                First::Letter => tokens.word_end(text, &mut start, span.end, &mut spaced),
                First::Latin if is_latin_letter(bytes, at) => tokens.word_end(text, &mut start, span.end, &mut spaced),
                First::Latin | First::Wide => {
                    let c = char_at(text, at);
                    if c.is_whitespace() {
                        at += c.len_utf8();
                        spaced = true;
                        continue;
                    }
                    if let Some(end) = tokens.genitive_end(bytes, at) {
                        end
                    } else if c.is_alphabetic() {
                        tokens.word_end(text, &mut start, span.end, &mut spaced)
                    } else {
                        at + c.len_utf8()
                    }
                }
            };
            tokens.push(start, end, spaced);
            spaced = false;
            at = end;
        }
        tokens.look_up(text);
        tokens
    }

    /// Looks up the words of all tokens. Most of what is read has to come from far, so that it is done in loops that do
    /// nothing else: the processor then waits for many words at once.
    fn look_up(&mut self, text: &str) {
        for place in &mut self.list {
            let (start, length) = (place.start as usize, place.word as usize);
            place.word = self.words.number(text, start, start + length);
        }
        for place in &mut self.list {
            place.signs = place.signs.and(self.words.get(place.word).signs);
        }
    }

    /// Where the word at `start` ends. If that is an inverted pronoun, the verb before it is taken, and the pronoun is
    /// what begins at `start`.
    fn word_end(&mut self, text: &str, start: &mut usize, limit: usize, spaced: &mut bool) -> usize {
        let (end, hyphens) = match self.language {
            Language::French => word_end(text, *start, limit),
            Language::English => (english_word_end(text, *start, limit), false),
        };
        if hyphens && let Some(cut) = clitic_start(&text[*start..end]).filter(|cut| *cut > 0) {
            self.push(*start, *start + cut, *spaced);
            *spaced = false;
            *start += cut;
        }
        end
    }

    /// Where the "'s" ends that begins at `at`, in an English text.
    fn genitive_end(&self, bytes: &[u8], at: usize) -> Option<usize> {
        let mark = self.language == Language::English && matches!(bytes[at], b'\'' | 0xE2);
        (mark && at > 0 && is_word_byte(bytes[at - 1])).then(|| genitive_end(bytes, at)).flatten()
    }

    /// Takes in a token whose word is still to be looked up: in its place stands the length.
    fn push(&mut self, start: usize, end: usize, spaced: bool) {
        let signs = Signs::of_classes(0).with(Signs::SPACED, spaced);
        self.list.push(Place { signs, start: start as u32, word: (end - start) as u32 });
    }

    /// The language of the text.
    pub fn language(&self) -> Language {
        self.language
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at `i`.
    pub fn get(&self, i: usize) -> Token {
        let place = self.list[i];
        let capital = place.signs.any(Signs::of_traits(Word::CAPITAL));
        Token { span: self.span(i), kind: place.signs.kind(), capital, spaced: place.signs.any(Signs::SPACED) }
    }

    /// Byte offsets of the token at `i`.
    pub fn span(&self, i: usize) -> Span {
        let Place { start, word, .. } = self.list[i];
        Span::new(start as usize, (start + self.words.get(word).length) as usize)
    }

    /// All tokens in text order.
    #[cfg(test)]
    pub fn iter(&self) -> impl Iterator<Item = Token> {
        (0..self.len()).map(|i| self.get(i))
    }

    /// The word at `i`, if there is one.
    pub fn word(&self, i: usize) -> Option<&Word> {
        self.list.get(i).map(|place| self.words.get(place.word))
    }

    /// What is seldom asked of the word at `i`, for words that have one of `traits`.
    pub fn rare(&self, i: usize, traits: u16) -> Option<&Rare> {
        self.list
            .get(i)
            .filter(|place| place.signs.any(Signs::of_traits(traits)))
            .map(|place| self.words.rare(place.word))
    }

    /// What the word at `i` may be in a name.
    pub fn name(&self, i: usize) -> Option<&NameWord> {
        self.list.get(i).map(|place| &self.words.rare(place.word).name)
    }

    /// Whether the word at `i` has one of `traits`.
    pub fn may(&self, i: usize, traits: u16) -> bool {
        self.list.get(i).is_some_and(|place| place.signs.any(Signs::of_traits(traits)))
    }

    /// The first token of `range` whose word has one of `traits`, or is in one of the closed `classes`.
    #[inline]
    pub fn find(&self, range: Range<usize>, traits: u16, classes: u64) -> Option<usize> {
        let wanted = Signs::of(classes, traits);
        Some(range.start + self.list.get(range)?.iter().position(|place| place.signs.any(wanted))?)
    }

    /// The tokens of `range` whose words are in one of the closed `classes`, in order.
    pub fn all_of(&self, range: Range<usize>, classes: u64) -> impl Iterator<Item = usize> {
        let places = self.list[range.clone()].iter().enumerate();
        places.filter(move |(_, place)| place.signs.any(Signs::of_classes(classes))).map(move |(i, _)| range.start + i)
    }

    /// Whether the word at `i` is in one of the closed `classes`.
    pub fn is(&self, i: usize, classes: u64) -> bool {
        self.list.get(i).is_some_and(|place| place.signs.any(Signs::of_classes(classes)))
    }

    /// The token's lower-case form; empty past the end, so that rules may look ahead.
    pub fn lower(&self, i: usize) -> &str {
        self.word(i).map_or("", |word| &word.lower)
    }

    /// The character of a mark.
    pub fn mark(&self, i: usize) -> Option<char> {
        self.list.get(i).filter(|place| place.signs.any(Signs::MARK)).and_then(|place| self.words.get(place.word).mark)
    }

    /// Whether token `i` is a mark.
    pub fn is_mark(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|place| place.signs.any(Signs::MARK))
    }

    /// Whether token `i` is the pronoun of an inverted verb ("-t-il").
    pub fn is_clitic(&self, i: usize) -> bool {
        i > 0 && self.may(i, Word::CLITIC) && {
            let [before, word] = [i - 1, i].map(|i| self.words.get(self.list[i].word));
            word.is_clitic_after(before)
        }
    }

    /// Whether token `i` is a number.
    pub fn is_number(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|place| place.signs.kind() == TokenKind::Number)
    }

    /// Whether white space or nothing stands before token `i`.
    pub fn is_spaced(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|place| place.signs.any(Signs::SPACED))
    }

    /// Whether token `i` is a word.
    pub fn is_word(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|place| place.signs.any(Signs::WORD))
    }

    /// Whether token `i` is a capitalised word.
    pub fn is_capital(&self, i: usize) -> bool {
        self.may(i, Word::CAPITAL)
    }

    /// Leaves [`Word::NAME`] to those words only with which a name may begin where the next one follows them: most small
    /// words begin some name, few do so where they stand.
    pub fn settle_names(&mut self, entities: &Entities) {
        let words = &self.words;
        let name = |place: &Place| &words.rare(place.word).name;
        let wanted = Signs::of_traits(Word::NAME);
        for at in 1..self.list.len() {
            let [place, next] = [self.list[at - 1], self.list[at]];
            if place.signs.any(wanted)
                && place.signs.any(Signs::WORD)
                && !entities.begins_name(name(&place), name(&next))
            {
                self.list[at - 1].signs = place.signs.without(wanted);
            }
        }
    }

    /// Notes that the word at `i` has its capital inside a sentence.
    pub fn note_capital(&mut self, i: usize) {
        self.words.note_capital(self.list[i].word);
    }

    /// Whether the word at `i` has its capital inside a sentence somewhere in the text.
    pub fn is_noted_capital(&self, i: usize) -> bool {
        self.words.has_capital(self.list[i].word)
    }

    /// Those of the tokens `range` whose words have one of `traits`.
    pub fn with(&self, range: Range<usize>, traits: u16) -> impl Iterator<Item = usize> {
        let places = self.list[range.clone()].iter();
        range.zip(places).filter(move |(_, place)| place.signs.any(Signs::of_traits(traits))).map(|(i, _)| i)
    }

    /// The tokens whose words are of one of `classes` or have one of `traits`.
    pub fn marked(&self, classes: u64, traits: u16) -> impl Iterator<Item = usize> {
        let marks = Signs::of(classes, traits);
        self.list.iter().enumerate().filter(move |(_, place)| place.signs.any(marks)).map(|(i, _)| i)
    }

    /// The tokens that begin within `span`.
    pub fn within(&self, span: Span) -> Range<usize> {
        self.at_or_after(span.start)..self.at_or_after(span.end)
    }

    /// The first token that starts at or after byte `offset`.
    pub fn at_or_after(&self, offset: usize) -> usize {
        self.list.partition_point(|place| (place.start as usize) < offset)
    }
}

/// The bytes of letters from "A" to "ÿ" and of digits, and some of other characters, none of which begins with one of
/// these.
fn letters(bytes: &[u8]) -> Bits {
    Bits::of(bytes, |byte| {
        byte.is_ascii_alphanumeric() || byte == 0xC3 || (0x80..0xC0).contains(&byte) && byte != 0x97 && byte != 0xB7
    })
}

/// Whether a word made of letters ends at `end`: no word has what follows inside.
fn is_plain(bytes: &[u8], end: usize) -> bool {
    matches!(bytes.get(end), Some(b' ' | b',' | b'.') | None)
}

/// Whether the character at `at`, one from "À" to "ÿ", is a letter: between them stand × and ÷.
fn is_latin_letter(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1).is_some_and(|next| !matches!(next, 0x97 | 0xB7))
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().expect("at is a character boundary before the end")
}

/// Where the word at `at` ends, and whether it has a hyphen inside: an apostrophe closes it unless the word is whole by
/// tradition.
fn word_end(text: &str, at: usize, limit: usize) -> (usize, bool) {
    let bytes = &text.as_bytes()[..limit];
    let (mut here, mut end, mut hyphens) = (at, at, false);
    while let Some(byte) = bytes.get(here) {
        if is_plain_byte(*byte) {
            here += 1;
            end = here;
            continue;
        }
        if *byte == 0xC3 && is_latin_letter(bytes, here) {
            here += 2;
            end = here;
            continue;
        }
        if *byte == b' ' {
            break;
        }
        let c = if byte.is_ascii() { char::from(*byte) } else { char_at(text, here) };
        let after = here + c.len_utf8();
        let next = || text[after..limit].chars().next();
        match c {
            '\'' | '’' if next().is_some_and(|n| matches!(n, '"' | '«' | '“')) => {
                // "qu'« oui »", "d'\"avoir menti\""
                return (if is_elided(&text[at..here]) { after } else { here }, hyphens);
            }
            '\'' | '’' if next().is_some_and(char::is_alphabetic) => {
                let head = &text[at..here];
                let whole = head.eq_ignore_ascii_case("aujourd") || head.eq_ignore_ascii_case("presqu");
                if !whole && is_elided(head) {
                    return (after, hyphens);
                }
            }
            '-' | '‑' if next().is_some_and(char::is_alphanumeric) => hyphens = true,
            c if !c.is_ascii() && (c.is_alphanumeric() || is_combining(c)) => {}
            _ => break,
        }
        here = after;
        end = here;
    }
    (end, hyphens)
}

/// Where the English word at `at` ends: an apostrophe stands within, but for the "'s" of a genitive.
fn english_word_end(text: &str, at: usize, limit: usize) -> usize {
    let bytes = &text.as_bytes()[..limit];
    let mut end = at;
    for (place, c) in text[at..limit].char_indices() {
        let (here, after) = (at + place, at + place + c.len_utf8());
        let next = || text[after..limit].chars().next();
        match c {
            '\'' | '’' if next().is_some_and(char::is_alphabetic) && genitive_end(bytes, here).is_none() => {}
            '-' | '‑' if next().is_some_and(char::is_alphanumeric) => {}
            c if c.is_alphanumeric() || is_combining(c) => end = after,
            _ => break,
        }
    }
    end
}

/// Where a "'s" at `at` ends, if it is one.
fn genitive_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes[at..].strip_prefix(b"'").or_else(|| bytes[at..].strip_prefix("’".as_bytes()))?;
    let ends = rest.get(1).is_none_or(|next| !is_word_byte(*next));
    (matches!(rest.first(), Some(b's' | b'S')) && ends).then(|| bytes.len() - rest.len() + 1)
}

/// Whether a letter or digit has this byte. Of signs outside ASCII only those are told that stand in running text.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 && byte != 0xE2
}

/// Whether `head` + apostrophe is an elision: one letter, or a word in "qu" ("lorsqu'", "jusqu'").
fn is_elided(head: &str) -> bool {
    let bytes = head.as_bytes();
    head.chars().nth(1).is_none() || bytes.last() == Some(&b'u') && matches!(bytes[bytes.len() - 2], b'q' | b'Q')
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn number_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while end < bytes.len() {
        let next = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        match bytes[end] {
            b'0'..=b'9' => end += 1,
            b'.' | b',' | b':' | b'/' if next => end += 1,
            _ => break,
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let tokens = Tokens::new(text, Span::new(0, text.len()), Language::French);
        tokens.iter().map(|t| t.span.of(text).to_owned()).collect()
    }

    #[test]
    fn elisions_and_inversions_come_apart() {
        assert_eq!(split("l’accord, a-t-elle dit."), ["l’", "accord", ",", "a", "-t-elle", "dit", "."]);
        assert_eq!(split("aujourd'hui qu'il"), ["aujourd'hui", "qu'", "il"]);
        assert_eq!(split("Jusqu'ici, dit-il"), ["Jusqu'", "ici", ",", "dit", "-il"]);
    }

    #[test]
    fn an_elision_before_a_mark_keeps_its_apostrophe() {
        assert_eq!(split("qu'«oui» d'\"avoir\""), ["qu'", "«", "oui", "»", "d'", "\"", "avoir", "\""]);
    }

    #[test]
    fn names_and_numbers_stay_whole() {
        assert_eq!(split("Jean-Paul O'Neill, 300.000"), ["Jean-Paul", "O'", "Neill", ",", "300.000"]);
        assert_eq!(split("porte-parole Sana'a"), ["porte-parole", "Sana'a"]);
    }

    #[test]
    fn a_lost_hyphen_leaves_the_clitic() {
        assert_eq!(split("lance t-il"), ["lance", "t-il"]);
        let tokens = Tokens::new("lance t-il", Span::new(0, 10), Language::French);
        assert!(tokens.is_clitic(1));
        assert_eq!(tokens.lower(1), "il");
    }

    #[test]
    fn a_clitic_is_known_by_its_hyphen() {
        let text = "a-t-il dit, il a";
        let tokens = Tokens::new(text, Span::new(0, text.len()), Language::French);
        assert!(tokens.is_clitic(1));
        assert_eq!(tokens.lower(1), "il");
        assert!(!tokens.is_clitic(4));
    }
}
