//! The words of a text that can stand in a date, and what lies between them.

use super::table::{FORMS, Form, LENGTHS, Rule};
use crate::extract::Span;
use crate::extract::token::Tokens;
use crate::extract::word::Word;
use std::cell::OnceCell;
use std::ops::Range;

/// A word or phrase of the table, a number, or a run of any other words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub span: Span,
    pub gap: Gap,
    pub kind: Kind,
}

/// What stands before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// White space or the apostrophe of an elision.
    Blank,
    Hyphen,
    /// Punctuation, or the beginning.
    Break,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Form(&'static Form),
    Number {
        value: i16,
        digits: u8,
    },
    /// "04/05/2021", "2021-05-04".
    Numeric {
        day: i8,
        month: i8,
        year: i16,
    },
    Other,
}

impl Token {
    /// Whether the token may be the heart of a date.
    pub fn is_heart(&self) -> bool {
        match self.kind {
            Kind::Form(form) => form.is_heart,
            Kind::Numeric { .. } => true,
            Kind::Number { digits, .. } => digits == 4,
            Kind::Other => false,
        }
    }

    /// The rules of the grammar that may begin with the token.
    pub fn begins(&self) -> u16 {
        match self.kind {
            Kind::Form(form) => form.begins,
            Kind::Numeric { .. } => Rule::NUMERIC,
            Kind::Number { digits: 1..=3, .. } => Rule::DAYS | Rule::DAY | Rule::DISTANCE,
            Kind::Number { .. } | Kind::Other => 0,
        }
    }
}

/// Longest word of the table, in bytes.
const LONGEST: usize = 12;

/// The tokens of `text` within `span`; runs of other words are one token.
pub(super) fn tokens(text: &str, span: Span) -> Vec<Token> {
    let mut tokens = Vec::with_capacity((span.end - span.start) / 12);
    Scanner { text, end: span.end }.scan(span.start, span.end, &mut tokens);
    tokens
}

/// The same for a text whose words are known: only where words of dates stand side by side, one of them perhaps the
/// heart of a date, is the text looked at.
pub(super) fn tokens_among(text: &str, words: &Tokens) -> Vec<Token> {
    let scanner = Scanner { text, end: text.len() };
    let joins = |k: &usize| words.may(*k, Word::DATE) || words.is_mark(*k);
    let mut tokens = Vec::with_capacity(64);
    let mut done = 0;
    while let Some(heart) = words.find(done..words.len(), Word::HEART, 0) {
        let first = (done..heart).rev().take_while(joins).last().unwrap_or(heart);
        let end = (heart..words.len()).find(|k| !joins(k)).unwrap_or(words.len());
        scanner.pass(words, done..first, &mut tokens);
        scanner.scan(words.span(first).start, words.span(end - 1).end, &mut tokens);
        done = end;
    }
    scanner.pass(words, done..words.len(), &mut tokens);
    tokens
}

fn gap(between: &str) -> Gap {
    match between {
        " " | "'" | "’" => Gap::Blank,
        "-" => Gap::Hyphen,
        _ if !between.is_empty() && between.chars().all(char::is_whitespace) => Gap::Blank,
        _ => Gap::Break,
    }
}

#[derive(Clone, Copy)]
struct Scanner<'a> {
    text: &'a str,
    end: usize,
}

impl Scanner<'_> {
    /// Adds the tokens that begin between `from` and `to`, behind those that there are.
    fn scan(self, from: usize, to: usize, tokens: &mut Vec<Token>) {
        let mut at = tokens.last().map_or(from, |last| last.span.end);
        while let Some(word) = self.word(at).filter(|word| word.start < to) {
            let (kind, end) = self.classify(word);
            match tokens.last_mut() {
                Some(Token { kind: Kind::Other, span, .. }) if matches!(kind, Kind::Other) => span.end = end,
                Some(_) => {
                    tokens.push(Token { span: Span::new(word.start, end), gap: gap(&self.text[at..word.start]), kind });
                }
                None => tokens.push(Token { span: Span::new(word.start, end), gap: Gap::Break, kind }),
            }
            at = end;
        }
    }

    /// Adds words of no date, which are one token: only the first and the last of them are looked at.
    fn pass(self, words: &Tokens, range: Range<usize>, tokens: &mut Vec<Token>) {
        let is_other = |tokens: &[Token]| tokens.last().is_some_and(|last| matches!(last.kind, Kind::Other));
        let mut others = range.filter(|k| !words.is_mark(*k));
        while !is_other(tokens)
            && let Some(first) = others.next()
        {
            self.pass_word(words.span(first), tokens);
        }
        if let Some(last) = others.next_back() {
            self.pass_word(words.span(last), tokens);
        }
    }

    fn pass_word(self, word: Span, tokens: &mut Vec<Token>) {
        let end = word.start + word.of(self.text).trim_end_matches(['\'', '’']).len();
        match tokens.last_mut() {
            Some(last) if last.span.end >= end => {}
            Some(Token { kind: Kind::Other, span, .. }) => span.end = end,
            last => {
                let start = self.word(word.start).map_or(word.start, |first| first.start);
                let gap = last.map_or(Gap::Break, |last| gap(&self.text[last.span.end..start.max(last.span.end)]));
                tokens.push(Token { span: Span::new(start, end), gap, kind: Kind::Other });
            }
        }
    }

    /// The next run of letters and digits at or after `at`.
    fn word(self, at: usize) -> Option<Span> {
        let bytes = &self.text.as_bytes()[..self.end];
        let start = at + bytes[at..].iter().position(|b| STARTS[usize::from(*b)])?;
        let length = bytes[start..].iter().position(|b| !GOES_ON[usize::from(*b)]).unwrap_or(self.end - start);
        Some(Span::new(start, start + length))
    }

    /// What the word is, and where it ends, following words of its phrase included.
    fn classify(self, word: Span) -> (Kind, usize) {
        if self.text.as_bytes()[word.start].is_ascii_digit() {
            return self.number(word);
        }
        let first = usize::from(self.text.as_bytes()[word.start].to_ascii_lowercase());
        let length = word.end - word.start;
        if length > LONGEST || LENGTHS[first] & (1 << length) == 0 {
            return (Kind::Other, word.end);
        }
        let mut buffer = [0; LONGEST];
        let Some(forms) = self.folded(word, &mut buffer).and_then(|folded| FORMS.get(folded)) else {
            return (Kind::Other, word.end);
        };
        // The word that follows is the same for all forms.
        let next = OnceCell::new();
        let second = || *next.get_or_init(|| self.following(word.end));
        let fitting = forms.iter().find_map(|form| Some((form, self.phrase_end(word.end, &form.rest, second)?)));
        fitting.map_or((Kind::Other, word.end), |(form, end)| (Kind::Form(form), end))
    }

    /// The end of the phrase if `words` follow `at`, where the first of them could be `second`.
    fn phrase_end(self, at: usize, words: &[&[u8]], second: impl Fn() -> Option<Span>) -> Option<usize> {
        let Some((first, rest)) = words.split_first() else { return Some(at) };
        let fits = |word: &Span, expected: &[u8]| is_folded(&self.text.as_bytes()[word.start..word.end], expected);
        let end = second().filter(|word| fits(word, first))?.end;
        rest.iter().try_fold(end, |at, expected| Some(self.following(at).filter(|word| fits(word, expected))?.end))
    }

    /// The word after `at`, if no punctuation stands before it.
    fn following(self, at: usize) -> Option<Span> {
        self.word(at).filter(|word| gap(&self.text[at..word.start]) != Gap::Break)
    }

    /// The bytes of the word in small letters, if it is short enough for the table.
    fn folded(self, word: Span, buffer: &mut [u8; LONGEST]) -> Option<&[u8]> {
        let bytes = &self.text.as_bytes()[word.start..word.end];
        let folded = buffer.get_mut(..bytes.len())?;
        let mut before = 0;
        for (to, from) in folded.iter_mut().zip(bytes) {
            *to = small(before, *from);
            before = *from;
        }
        Some(folded)
    }

    fn number(self, word: Span) -> (Kind, usize) {
        if let Some((kind, length)) = numeric(&self.text[word.start..self.end]) {
            return (kind, word.start + length);
        }
        let words = word.of(self.text);
        let digits = words.strip_suffix("er").unwrap_or(words);
        let value = digits.parse().ok().filter(|_| digits.len() <= 4);
        let kind = value.map_or(Kind::Other, |value| Kind::Number { value, digits: digits.len() as u8 });
        (kind, word.end)
    }
}

/// The byte in small letters, where `before` stands before it.
fn small(before: u8, byte: u8) -> u8 {
    // À to Þ are C3 80 to C3 9E in UTF-8, their small letters C3 A0 to C3 BE.
    if before == 0xC3 && byte < 0x9F { byte | 0x20 } else { byte.to_ascii_lowercase() }
}

/// Whether a word is `expected` in small letters.
fn is_folded(word: &[u8], expected: &[u8]) -> bool {
    let alike = |before: u8, k: usize| small(before, word[k]) == expected[k];
    word.len() == expected.len() && (0..word.len()).all(|k| alike(if k > 0 { word[k - 1] } else { 0 }, k))
}

/// Whether a letter or digit begins with this byte. Signs outside ASCII are no letters: no-break spaces and guillemets
/// begin with C2; dashes, curled marks and "…" with E2.
const fn starts_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0xC3 && byte != 0xE2
}

const fn goes_on(byte: u8) -> bool {
    starts_word(byte) || byte >= 0x80 && byte < 0xC0
}

/// By byte: whether a word begins with it, and whether one goes on with it.
static STARTS: [bool; 256] = of_bytes(true);
static GOES_ON: [bool; 256] = of_bytes(false);

const fn of_bytes(starts: bool) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = if starts { starts_word(byte as u8) } else { goes_on(byte as u8) };
        byte += 1;
    }
    table
}

/// A date in figures at the beginning of `text`, and its length.
fn numeric(text: &str) -> Option<(Kind, usize)> {
    let bytes = text.as_bytes();
    let run = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = run(0);
    let mark = *bytes.get(first).filter(|b| b"/.-".contains(b))?;
    let second = run(first + 1);
    let third_at = first + 1 + second + 1;
    if bytes.get(third_at - 1) != Some(&mark) {
        return None;
    }
    let third = run(third_at);
    let length = third_at + third;
    let goes_on = bytes.get(length) == Some(&mark) && run(length + 1) > 0;
    if goes_on || bytes.get(length).is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    let number = |from: usize, digits: usize| text[from..from + digits].parse::<i16>().ok();
    let (a, b, c) = (number(0, first)?, number(first + 1, second)?, number(third_at, third)?);
    let (day, month, year) = match (first, second, third) {
        (4, 2, 2) if mark == b'-' => (c, b, a),
        (1..=2, 1..=2, 4) => (a, b, c),
        (1..=2, 1..=2, 2) if mark == b'/' => (a, b, 2000 + c),
        _ => return None,
    };
    jiff::civil::Date::new(year, month as i8, day as i8).ok()?;
    Some((Kind::Numeric { day: day as i8, month: month as i8, year }, length))
}
