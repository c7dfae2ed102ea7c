//! The words of a text that can stand in a date, and what lies between them.

use super::table::{Class, FORMS};
use crate::extract::Span;

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
    Form(&'static [Class]),
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

/// Longest word of the table, in bytes.
const LONGEST: usize = 12;

/// The tokens of `text` within `span`; runs of other words are one token.
pub(super) fn tokens(text: &str, span: Span) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut scanner = Scanner {
        text,
        end: span.end,
        at: span.start,
    };
    let mut end = span.start;
    while let Some(word) = scanner.next_word() {
        let (kind, last) = scanner.classify(word);
        let gap = if end == span.start && tokens.is_empty() {
            Gap::Break
        } else {
            gap(&text[end..word.start])
        };
        end = last;
        scanner.at = last;
        match tokens.last_mut() {
            Some(Token {
                kind: Kind::Other,
                span,
                ..
            }) if matches!(kind, Kind::Other) => span.end = last,
            _ => tokens.push(Token {
                span: Span::new(word.start, last),
                gap,
                kind,
            }),
        }
    }
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

struct Scanner<'a> {
    text: &'a str,
    end: usize,
    at: usize,
}

impl Scanner<'_> {
    /// The next run of letters and digits from `at`.
    fn next_word(&self) -> Option<Span> {
        let bytes = &self.text.as_bytes()[..self.end];
        let start = (self.at..self.end).find(|i| starts_word(bytes, *i))?;
        let rest = &self.text[start..self.end];
        let length = rest
            .bytes()
            .position(|b| !b.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let ascii_only = rest.as_bytes().get(length).is_none_or(u8::is_ascii);
        let length = if ascii_only {
            length
        } else {
            rest.find(|c: char| !c.is_alphanumeric())
                .unwrap_or(rest.len())
        };
        // A sign outside ASCII is a word of its own: it is in no table.
        Some(Span::new(
            start,
            start + length.max(rest.chars().next().map_or(1, char::len_utf8)),
        ))
    }

    /// What the word is, and where it ends, following words of its phrase included.
    fn classify(&self, word: Span) -> (Kind, usize) {
        let first = self.text.as_bytes()[word.start];
        if first.is_ascii_digit() {
            return self.number(word);
        }
        let mut buffer = String::new();
        let Some(forms) = self
            .folded(word, &mut buffer)
            .and_then(|folded| FORMS.get(folded))
        else {
            return (Kind::Other, word.end);
        };
        let fitting = forms
            .iter()
            .find_map(|form| Some((form, self.phrase_end(word.end, &form.rest)?)));
        fitting.map_or((Kind::Other, word.end), |(form, end)| {
            (Kind::Form(&form.classes), end)
        })
    }

    /// The end of the phrase if `words` follow `at`.
    fn phrase_end(&self, at: usize, words: &[&str]) -> Option<usize> {
        let mut buffer = String::new();
        words.iter().try_fold(at, |at, expected| {
            let word = Scanner { at, ..*self }.next_word()?;
            let fits = gap(&self.text[at..word.start]) != Gap::Break
                && self.folded(word, &mut buffer)? == *expected;
            fits.then_some(word.end)
        })
    }

    /// The word in small letters, if it is short enough for the table.
    fn folded<'b>(&self, word: Span, buffer: &'b mut String) -> Option<&'b str> {
        let word = word.of(self.text);
        if word.len() > LONGEST {
            return None;
        }
        buffer.clear();
        if word.is_ascii() {
            buffer.push_str(word);
            buffer.make_ascii_lowercase();
        } else {
            buffer.extend(word.chars().flat_map(char::to_lowercase));
        }
        Some(buffer)
    }

    fn number(&self, word: Span) -> (Kind, usize) {
        let words = word.of(self.text);
        if let Some((kind, length)) = numeric(&self.text[word.start..self.end]) {
            return (kind, word.start + length);
        }
        let digits = words.strip_suffix("er").unwrap_or(words);
        let number = || {
            let value = digits.parse().ok().filter(|_| digits.len() <= 4)?;
            Some(Kind::Number {
                value,
                digits: digits.len() as u8,
            })
        };
        (number().unwrap_or(Kind::Other), word.end)
    }
}

fn starts_word(bytes: &[u8], at: usize) -> bool {
    // Signs outside ASCII that are no letters: "«" and "»" are C2 AB and C2 BB, dashes, marks and "…" begin with E2.
    match bytes[at] {
        byte if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        0x80..=0xBF | 0xC2 | 0xE2 => false,
        _ => true,
    }
}

/// A date in figures at the beginning of `text`, and its length.
fn numeric(text: &str) -> Option<(Kind, usize)> {
    let bytes = text.as_bytes();
    let run = |from: usize| {
        bytes[from.min(bytes.len())..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
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
    let (a, b, c) = (
        number(0, first)?,
        number(first + 1, second)?,
        number(third_at, third)?,
    );
    let (day, month, year) = match (first, second, third) {
        (4, 2, 2) if mark == b'-' => (c, b, a),
        (1..=2, 1..=2, 4) => (a, b, c),
        (1..=2, 1..=2, 2) if mark == b'/' => (a, b, 2000 + c),
        _ => return None,
    };
    jiff::civil::Date::new(year, month as i8, day as i8).ok()?;
    Some((
        Kind::Numeric {
            day: day as i8,
            month: month as i8,
            year,
        },
        length,
    ))
}
