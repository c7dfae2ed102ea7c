//! Each layer on its own: what its rule finds in a sentence, and a sentence that looks like it and is none.

mod clause;
mod complement;
mod governing;
mod inserted;
mod prepositional;
mod unmarked;

use super::{Analysis, attribute};
use crate::entity::Entities;
use crate::extract::draft::Draft;
use crate::extract::frame::Frame;
use crate::extract::reading::Reading;
use crate::span::Span;

/// A draft's frame, the words of its source ("" if there are none) and its content, parts joined by " … ".
type Found = (Frame, String, String);

/// A text as one paragraph, laid out for the rules.
fn reading(text: &str) -> Reading<'_> {
    Reading::new(text, &[Span::new(0, text.len())], Entities::embedded(), crate::language::Language::French)
}

fn show(reading: &Reading, draft: &Draft) -> Found {
    let words = |span: Span| span.of(reading.text);
    let sources: Vec<&str> = draft.sources.iter().map(|s| words(reading.span(s.range.clone()))).collect();
    let content: Vec<&str> = draft.spans.iter().map(|span| words(*span)).collect();
    (draft.frame, sources.join(" + "), content.join(" … "))
}

/// What one rule alone finds in the first sentence.
fn found_by(text: &str, rule: impl FnOnce(&mut Analysis)) -> Vec<Found> {
    let reading = reading(text);
    let mut analysis = Analysis::new(&reading, 0);
    rule(&mut analysis);
    analysis.drafts.iter().map(|draft| show(&reading, draft)).collect()
}

/// A finding, written shortly.
fn is(frame: Frame, source: &str, content: &str) -> Found {
    (frame, source.to_owned(), content.to_owned())
}
