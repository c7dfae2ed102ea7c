//! How an article was understood, as text: for those who ask why a statement was found, or was not.

use super::phrase::Phrase;
use super::reading::Reading;
use super::{attribution, body, cue};
use crate::article::{Article, blocks};
use crate::entity::Entities;
use std::fmt::{self, Write};

/// The layers of `article`: what each paragraph is; and of each sentence its quotations, its cues with the sources
/// that stand before and after them, and the statements that its own words give (before pronouns are resolved).
pub fn explain(article: &Article, entities: &Entities) -> String {
    let mut out = String::new();
    write(article, entities, &mut out).expect("a string takes all that is written");
    out
}

fn write(article: &Article, entities: &Entities, out: &mut String) -> fmt::Result {
    let text = article.text.as_str();
    let reading = Reading::new(text, &body(text), entities);
    writeln!(out, "{}", article.name)?;
    for block in blocks(text) {
        let start: String = block.span.of(text).chars().take(60).collect();
        writeln!(out, "  {:<10} {start:?}", format!("{:?}", block.role).to_lowercase())?;
    }
    let words = |phrases: &[Phrase]| -> Vec<&str> { phrases.iter().map(|p| reading.span(p.full()).of(text)).collect() };
    for (index, sentence) in reading.sentences.iter().enumerate() {
        let range = sentence.range.clone();
        writeln!(out, "  sentence {index}: {}", reading.span(range.clone()).of(text))?;
        for k in reading.quotations_in(range.clone()) {
            writeln!(out, "    quotation {:?}", reading.quotations[k].inner.of(text))?;
        }
        for group in cue::groups(&reading, range.clone()) {
            let before = reading.source_before(range.start, group.range.start).unwrap_or_default();
            let after = reading.source_after(group.range.end, range.end).unwrap_or_default();
            let (cue, verb) = (reading.span(group.range.clone()).of(text), group.verb(&reading));
            let shape = format!("{:?}", group.shape).to_lowercase();
            writeln!(
                out,
                "    cue {cue:?} ({}, {shape}) before {:?} after {:?}",
                verb.lemma,
                words(&before),
                words(&after)
            )?;
        }
        for draft in attribution::attribute(&reading, index) {
            let content: Vec<&str> = draft.spans.iter().map(|span| span.of(text)).collect();
            let relays = words(&draft.relays);
            writeln!(
                out,
                "    {} {content:?} by {:?} relayed by {relays:?}",
                draft.kind.name(),
                words(&draft.sources)
            )?;
        }
    }
    Ok(())
}
