//! Walking along the tokens of a text: what the grammar of dates is built from.

use super::Which;
use super::table::Class;
use super::tokens::{Gap, Kind, Token};
use jiff::civil::Weekday;

/// A place among the tokens, and the place where the expression that is tried begins.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// Where the expression begins.
    pub start: usize,
    pub at: usize,
}

impl Cursor<'_> {
    pub fn which(&mut self) -> Which {
        if self.skip(Class::Last) {
            Which::Last
        } else if self.skip(Class::Next) {
            Which::Next
        } else {
            Which::Plain
        }
    }

    pub fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    /// The kind of the next token, if it stands close enough to belong to the expression.
    pub fn next_kind(&self) -> Option<Kind> {
        self.peek().filter(|token| self.at == self.start || token.gap == Gap::Blank).map(|token| token.kind)
    }

    pub fn take<T>(&mut self, wanted: impl Fn(Class) -> Option<T>) -> Option<T> {
        let Kind::Form(form) = self.next_kind()? else {
            return None;
        };
        let value = form.classes.iter().find_map(|class| wanted(*class))?;
        self.at += 1;
        Some(value)
    }

    pub fn skip(&mut self, wanted: Class) -> bool {
        self.take(|class| (class == wanted).then_some(())).is_some()
    }

    pub fn take_weekday(&mut self) -> Option<Weekday> {
        self.take(|class| match class {
            Class::Weekday(weekday) => Some(weekday),
            _ => None,
        })
    }

    /// The number of a day; after a hyphen, too ("3-5 mai").
    pub fn take_day(&mut self) -> Option<i8> {
        let token = self.peek().filter(|token| self.at == self.start || token.gap != Gap::Break)?;
        let Kind::Number { value: value @ 1..=31, digits: 1..=2 } = token.kind else {
            return None;
        };
        self.at += 1;
        Some(value as i8)
    }

    /// A month after `gap`; abbreviations only if `short`. "Mai-68" and "mai-juin" are none.
    pub fn take_month(&mut self, gap: Gap, short: bool) -> Option<i8> {
        let token = self.peek().filter(|token| self.at == self.start || token.gap == gap)?;
        let Kind::Form(form) = token.kind else {
            return None;
        };
        let month = form.classes.iter().find_map(|class| match class {
            Class::Month(month) => Some(*month),
            Class::ShortMonth(month) if short => Some(*month),
            _ => None,
        })?;
        self.at += 1;
        self.peek().is_none_or(|next| next.gap != Gap::Hyphen).then_some(month)
    }

    pub fn take_year(&mut self) -> Option<i16> {
        // An abbreviated month may end in a full stop: "12 sept. 2021".
        let token = self.peek()?;
        let dot = self.at > 0 && self.text[self.tokens[self.at - 1].span.end..token.span.start].trim_end() == ".";
        let close = self.next_kind().is_some() || dot && self.after_short_month();
        let Kind::Number { value: value @ 1000..=2100, digits: 4 } = token.kind else {
            return None;
        };
        close.then(|| {
            self.at += 1;
            value
        })
    }

    pub fn after_short_month(&self) -> bool {
        matches!(self.tokens[self.at - 1].kind, Kind::Form(form) if form.classes.iter().any(|c| matches!(c, Class::ShortMonth(_))))
    }

    pub fn is_capital(&self) -> bool {
        self.peek().is_some_and(|token| token.span.of(self.text).starts_with(char::is_uppercase))
    }

    /// Whether the next word stands at the beginning of a sentence, a line or a quotation.
    pub fn begins_sentence(&self) -> bool {
        let Some(token) = self.peek() else {
            return false;
        };
        let before = &self.text[..token.span.start];
        let bare =
            before.trim_end_matches(|c: char| c.is_whitespace() && c != '\n' && c != '\r' || "\"«“‘'(-–—".contains(c));
        bare.is_empty() || bare.ends_with(['\n', '\r', '.', '!', '?', '…', ':', ';', '»', '”'])
    }

    /// Whether what follows the number of a day is no noun that it counts: a small word, a verb, a name.
    pub fn begins_clause(&self) -> bool {
        let Some(next) = self.peek() else { return true };
        let word = next.span.of(self.text).split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        word.chars().count() <= 2 && word != "h" || word.starts_with(char::is_uppercase)
    }
}

/// Whether the token may be `wanted`.
pub(super) fn is(token: &Token, wanted: Class) -> bool {
    matches!(token.kind, Kind::Form(form) if form.classes.contains(&wanted))
}
