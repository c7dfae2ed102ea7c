//! Why a cue or a quotation gave no statement: for those who ask, never while extracting.

use super::Analysis;
use crate::extract::cue::{Group, Shape};
use crate::extract::reading::Reading;
use std::ops::Range;

/// A cue or quotation that led to nothing.
#[derive(Debug, Clone)]
pub struct Missed {
    /// Its tokens.
    pub range: Range<usize>,
    /// Why, as far as the rules can tell.
    pub reason: Reason,
}

/// What a cue or quotation lacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The sentence asks whether somebody says it.
    Question,
    /// "s'il déclare que …": a condition.
    Supposed,
    /// "pourrait annoncer": possible, not said.
    Possible,
    /// Nothing that could be content stands beside the cue.
    NoContent,
    /// No noun phrase that could be the source stands beside the cue.
    NoSource,
    /// The subject is nothing that speaks.
    Mute,
    /// Content and source are there, but in no known frame.
    NoFrame,
    /// A quotation without reporting words.
    NoCue,
}

impl Reason {
    /// The reason in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Supposed => "condition",
            Self::Possible => "possible, not said",
            Self::NoContent => "no content beside it",
            Self::NoSource => "no source",
            Self::Mute => "subject that cannot speak",
            Self::NoFrame => "no known frame",
            Self::NoCue => "quotation without a cue",
        }
    }
}

/// The cues and quotations of the sentence `index`, each with the reason why it gives nothing.
pub fn missed(reading: &Reading, index: usize) -> Vec<Missed> {
    let analysis = Analysis::new(reading, index);
    let mut found: Vec<Missed> = analysis
        .groups
        .iter()
        .map(|group| Missed { range: group.range.clone(), reason: analysis.reason(group) })
        .collect();
    let quotations = reading.quotations_in(analysis.sentence.clone());
    found.extend(quotations.map(|k| Missed { range: reading.tokens_of(k), reason: Reason::NoCue }));
    found.sort_by_key(|m| m.range.start);
    found
}

impl Analysis<'_> {
    /// What the first rule that turns the group down misses.
    fn reason(&self, group: &Group) -> Reason {
        let limit = self.sentence.end;
        let content = self.complement(group, limit, limit).is_some();
        let inverted = self.inverted_source(group, limit);
        let before = self.reading.source_before(self.sentence.start, group.range.start);
        let sources = before.or(inverted.map(|(sources, _)| sources));
        if self.sentence_is_question() {
            Reason::Question
        } else if self.is_supposed(group) {
            Reason::Supposed
        } else if group.conditional {
            Reason::Possible
        } else if !content && group.shape != Shape::Finite {
            Reason::NoContent
        } else {
            match sources {
                None => Reason::NoSource,
                Some(sources) if !sources.iter().any(|s| self.reading.can_speak(s)) => Reason::Mute,
                Some(_) if !content => Reason::NoContent,
                Some(_) => Reason::NoFrame,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entities;
    use crate::span::Span;

    /// The reasons for all cues and quotations of a one-sentence text.
    fn reasons(text: &str) -> Vec<Reason> {
        let reading =
            Reading::new(text, &[Span::new(0, text.len())], Entities::embedded(), crate::language::Language::French);
        missed(&reading, 0).into_iter().map(|m| m.reason).collect()
    }

    #[test]
    fn each_lack_has_its_reason() {
        for (text, reason) in [
            ("Le maire dira-t-il que le pont ferme ?", Reason::Question),
            ("S'il déclare que le pont ferme, la ville paiera.", Reason::Supposed),
            ("Le maire pourrait annoncer que le pont ferme.", Reason::Possible),
            ("Le maire a répondu.", Reason::NoContent),
            ("Le mur dit que le pont ferme.", Reason::Mute),
            ("Un « drôle de pont » ferme.", Reason::NoCue),
        ] {
            assert_eq!(reasons(text).first(), Some(&reason), "{text}");
        }
    }
}
