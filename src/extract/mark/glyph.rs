//! The characters that may be quotation marks, and what their looks and neighbours tell of them.

use super::{Span, Tokens};
use crate::extract::word::Word;
use crate::language::Language;
use std::ops::Range;

/// Families of marks that close each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Guillemet,
    Curly,
    German,
    Straight,
    Single,
    Angle,
}

/// What a mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Opens,
    Closes,
}

/// A character, or two, that may be a quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub style: Style,
    pub span: Span,
    /// What its shape says that it does; straight marks say nothing.
    pub shape: Option<Way>,
    /// What it does by the spaces and signs beside it, if they tell.
    pub hugs: Option<Way>,
    /// Inches, minutes, an apostrophe: a mark that may well be none.
    pub doubtful: bool,
    /// In English an apostrophe behind a plural ("the miners' money"), rather than a mark.
    pub genitive: bool,
}

/// Adds all marks of a paragraph, in text order. Within a word ("aujourd'hui") stands none.
pub(super) fn glyphs(text: &str, paragraph: Span, tokens: &Tokens, range: Range<usize>, found: &mut Vec<Glyph>) {
    let body = paragraph.of(text);
    let english = tokens.language() == Language::English;
    let mut skip_to = 0;
    for i in tokens.with(range, Word::GLYPH) {
        let start = tokens.span(i).start;
        let at = start - paragraph.start;
        if at < skip_to {
            continue;
        }
        if let Some((style, shape, length)) = kind(&body[at..]) {
            skip_to = at + length;
            let beside = Beside { body, start: at, end: skip_to };
            let mark = glyph(style, shape, Span::new(start, start + length), beside);
            found.extend(mark.map(|mark| Glyph { genitive: english && mark.is_genitive(beside), ..mark }));
        }
    }
}

/// Marks that are written twice.
const DOUBLED: [(char, Style, Option<Way>); 7] = [
    ('<', Style::Angle, Some(Way::Opens)),
    ('>', Style::Angle, Some(Way::Closes)),
    ('\'', Style::Straight, None),
    ('`', Style::Straight, Some(Way::Opens)),
    ('‘', Style::Curly, Some(Way::Opens)),
    ('’', Style::Curly, Some(Way::Closes)),
    (',', Style::German, Some(Way::Opens)),
];

/// Marks that are written once.
const SINGLE: [(char, Style, Option<Way>); 12] = [
    ('«', Style::Guillemet, Some(Way::Opens)),
    ('»', Style::Guillemet, Some(Way::Closes)),
    ('“', Style::Curly, Some(Way::Opens)),
    ('”', Style::Curly, Some(Way::Closes)),
    ('"', Style::Straight, None),
    ('’', Style::Single, Some(Way::Closes)),
    ('‘', Style::Single, Some(Way::Opens)),
    ('\'', Style::Single, None),
    ('‟', Style::Curly, Some(Way::Closes)),
    ('„', Style::German, Some(Way::Opens)),
    ('‹', Style::Angle, Some(Way::Opens)),
    ('›', Style::Angle, Some(Way::Closes)),
];

/// Whether a character may be, or begin, a quotation mark.
pub fn is_glyph(c: char) -> bool {
    SINGLE.iter().chain(&DOUBLED).any(|(mark, ..)| *mark == c)
}

/// The mark at the head of `rest`: its family, what its shape says, and its length.
fn kind(rest: &str) -> Option<(Style, Option<Way>, usize)> {
    let mut chars = rest.chars();
    let first = chars.next()?;
    let of = |table: &[(char, Style, Option<Way>)], length: usize| {
        let (_, style, shape) = table.iter().find(|(mark, ..)| *mark == first)?;
        Some((*style, *shape, length))
    };
    let twice = chars.next() == Some(first);
    let doubled = if twice { of(&DOUBLED, 2 * first.len_utf8()) } else { None };
    doubled.or_else(|| if first == ',' { None } else { of(&SINGLE, first.len_utf8()) })
}

/// A mark's place in its paragraph.
#[derive(Clone, Copy)]
struct Beside<'a> {
    body: &'a str,
    start: usize,
    end: usize,
}

impl Beside<'_> {
    fn before(self) -> Option<char> {
        self.body[..self.start].chars().next_back()
    }

    fn after(self) -> Option<char> {
        self.body[self.end..].chars().next()
    }

    /// Whether the word before is one that loses its last letter before a vowel ("l'", "qu'").
    fn is_elided(self) -> bool {
        let word = self.body[..self.start].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        word.chars().take(2).count() == 1 || word.ends_with("qu") || word.ends_with("Qu")
    }

    /// Beside a straight mark a no-break space belongs to it, as in print; where the shape speaks, any space parts.
    fn hugs(self, shape: Option<Way>) -> Option<Way> {
        let space = |c: char| c.is_whitespace() && (shape.is_some() || !matches!(c, '\u{a0}' | '\u{202f}'));
        let opens = |c| matches!(c, '(' | '[' | '{' | '\'' | '’' | '-' | '–' | '—' | '«' | '“' | '„' | ':' | '/' | '+');
        let closes = |c| {
            let stop = matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '…');
            stop || matches!(c, '»' | '”' | '-' | '–' | '—' | '/')
        };
        let free_before = self.before().is_none_or(|c| space(c) || opens(c));
        let free_after = self.after().is_none_or(|c| space(c) || closes(c));
        match (free_before, free_after) {
            (true, false) => Some(Way::Opens),
            (false, true) => Some(Way::Closes),
            _ => None,
        }
    }
}

/// The mark, unless its neighbours show that it is none.
fn glyph(style: Style, shape: Option<Way>, span: Span, beside: Beside) -> Option<Glyph> {
    let hugs = beside.hugs(shape);
    let doubled = span.end - span.start > 1;
    let letter_after = || beside.after().is_some_and(|c| c.is_alphabetic() || matches!(c, '«' | '“' | '"'));
    let fits = match (style, shape) {
        // An apostrophe stands inside or at the end of a word.
        (Style::Single, Some(Way::Opens)) => hugs == Some(Way::Opens),
        (Style::Single, Some(Way::Closes)) => hugs == Some(Way::Closes) && !beside.is_elided(),
        (Style::Single, None) => match hugs {
            Some(Way::Opens) => letter_after(),
            Some(Way::Closes) => !beside.is_elided(),
            None => false,
        },
        (Style::German, _) if doubled => hugs == Some(Way::Opens) && letter_after(),
        // "l''avis": the key was hit twice.
        (Style::Straight, _) if doubled => hugs.is_some(),
        _ => true,
    };
    let inches = style == Style::Straight && beside.before().is_some_and(|c| c.is_ascii_digit());
    let doubtful = inches || style == Style::Single;
    fits.then_some(Glyph { style, span, shape, hugs, doubtful, genitive: false })
}

impl Glyph {
    /// Whether the mark stands between an "s" and a word: a quotation rather ends with a comma or a full stop.
    fn is_genitive(&self, beside: Beside) -> bool {
        let word_follows = || {
            let mut rest = beside.body[beside.end..].chars();
            rest.next().is_some_and(char::is_whitespace) && rest.next().is_some_and(char::is_alphanumeric)
        };
        self.style == Style::Single && beside.before() == Some('s') && word_follows()
    }
}
