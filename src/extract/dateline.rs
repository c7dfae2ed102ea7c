//! The line that tells where and when an agency wrote: "PARIS, 5 mars (Agence) - Le ministre …". It stands before the first
//! sentence and is no part of it.

use super::Span;
use super::date::find_dates;
use super::token::Tokens;
use crate::entity::Entities;
use std::ops::Range;

/// The longest dateline, in tokens.
const LONGEST: usize = 16;

/// The token with which the paragraph begins behind a dateline, if it has one: a place in capitals or an agency in brackets,
/// beside these nothing but names and a date, and then a dash before the beginning of a sentence.
pub fn after_dateline(text: &str, tokens: &Tokens, paragraph: &Range<usize>, entities: &Entities) -> Option<usize> {
    let first = paragraph.start;
    let within = first..paragraph.end.min(first + LONGEST);
    if within.is_empty() || !tokens.is_capital(first) {
        return None;
    }
    let is_dash = |i: &usize| matches!(tokens.mark(*i), Some('-' | '–' | '—')) && tokens.is_spaced(*i);
    let dash = within.skip(1).find(is_dash)?;
    let next = dash + 1;
    let begins = next < paragraph.end
        && tokens.is_spaced(next)
        && (tokens.is_capital(next) || matches!(tokens.mark(next), Some('«' | '“' | '"')));
    if !begins {
        return None;
    }
    let bracket =
        (first + 1..dash).find(|i| tokens.mark(*i) == Some('(')).filter(|_| tokens.mark(dash - 1) == Some(')'));
    let words = |range: Range<usize>| {
        let span = Span::new(tokens.span(range.start).start, tokens.span(range.end - 1).end);
        span.of(text).trim()
    };
    let is_agency = |bracket: usize| bracket + 1 < dash - 1 && entities.outlet(words(bracket + 1..dash - 1)).is_some();
    let is_place = {
        let word = words(first..first + 1);
        word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.chars().any(char::is_lowercase)
    };
    if !is_place && !bracket.is_some_and(is_agency) {
        return None;
    }
    let head = first..bracket.unwrap_or(dash);
    let dates = find_dates(text, Span::new(tokens.span(head.start).start, tokens.span(head.end).start));
    let mut head = head;
    head.all(|i| {
        let token = tokens.get(i);
        let is_dated = dates.iter().any(|date| date.span.start <= token.span.start && token.span.end <= date.span.end);
        is_dated || token.capital || matches!(tokens.mark(i), Some(',' | '.' | '/'))
    })
    .then_some(next)
}
