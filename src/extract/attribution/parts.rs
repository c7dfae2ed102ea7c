//! The parts of what is said before and after an inserted clause.

use super::{Analysis, LONGEST_DESCRIPTION};
use crate::extract::cue::Shape;
use crate::language::Classes;
use std::ops::Range;

impl Analysis<'_> {
    /// The content's first token: conjunctions and marks before it are passed over.
    pub(super) fn content_start(&self, left: usize, end: usize) -> usize {
        let reading = self.reading;
        let mut k = left;
        while k < end
            && reading.quotation_at(k).is_none()
            && (reading.mark(k).is_some_and(|c| !matches!(c, '(' | '[' | '«' | '“' | '"'))
                || reading.is(k, Classes::AND) && k == left)
        {
            k += 1;
        }
        k
    }

    /// The first token of what a quotation at the end of a content belongs to: the quotation itself if a
    /// colon or nothing precedes it, or the words of the sentence that lead up to it.
    pub(super) fn lead_of_quotation(&self, from: usize, quotation: usize) -> usize {
        let reading = self.reading;
        if from >= quotation {
            return quotation;
        }
        if let Some(colon) =
            (from..quotation).rev().find(|k| reading.mark(*k) == Some(':') && reading.quotation_at(*k).is_none())
        {
            return if colon + 1 == quotation { quotation } else { colon + 1 };
        }
        from
    }

    pub(super) fn only_quotations(&self, from: usize, to: usize) -> bool {
        (from..to).all(|k| {
            self.reading.quotation_at(k).is_some() || self.reading.mark(k).is_some() || self.reading.is(k, Classes::AND)
        })
    }

    /// The part of an interrupted clause after the inserted words that end at `end`.
    pub(super) fn right_part(&self, end: usize, limit: usize) -> Option<Range<usize>> {
        let reading = self.reading;
        if !(reading.is_comma(end)
            || reading.is_dash(end)
            || reading.mark(end) == Some(':')
            || reading.mark(end) == Some(')'))
        {
            return None;
        }
        let from = end + 1;
        if from >= limit
            || self
                .groups
                .iter()
                .filter(|g| g.shape != Shape::Infinitive)
                .any(|g| g.range.start == from || g.range.start == from + 1 && reading.is(from, Classes::AND))
            || self.source_phrase(from).is_some()
        {
            return None;
        }
        let to = self.clause_end(from, limit);
        // ", jeudi 14 juin." dates the saying.
        let only_date = reading.time_end(from, to).is_some_and(|end| (end..to).all(|k| reading.mark(k).is_some()));
        (to > from + 1 && !only_date).then_some(from..to)
    }

    /// ", lors d'un entretien …" speaks of the saying, not of what was said.
    pub(super) fn speaks_of_saying(&self, from: usize, limit: usize) -> bool {
        let lead = matches!(
            self.reading.lower(from),
            "lors"
                | "dans"
                | "devant"
                | "sur"
                | "à"
                | "au"
                | "après"
                | "avant"
                | "en"
                | "dont"
                | "qui"
                | "où"
                | "pour"
                | "alors"
                | "tandis"
                | "sans"
                | "tout"
                | "chez"
        );
        lead && !self.verb_right_after_comma(from, limit)
    }

    /// ", dans la rue, sont nombreux": the broken clause goes on after a further aside.
    pub(super) fn verb_right_after_comma(&self, from: usize, limit: usize) -> bool {
        (from + 1..limit)
            .find(|k| self.reading.is_comma(*k) && self.reading.quotation_at(*k).is_none())
            .is_some_and(|k| self.reading.begins_verb(k + 1))
    }

    /// The quotation that goes on behind a clause that ends at `end`, or behind what describes the speaker: « Un », dit Léa
    /// Roy, maire de Vaux, « et deux ».
    pub(super) fn second_part(&self, end: usize) -> Option<usize> {
        let reading = self.reading;
        let part = |comma: usize| {
            let quotation = reading.quotation_at(comma + 1).filter(|_| reading.is_comma(comma))?;
            (reading.tokens_of(quotation).start == comma + 1).then_some(quotation)
        };
        part(end).or_else(|| {
            let until = self.sentence.end.min(end + LONGEST_DESCRIPTION);
            let other = |k: usize| {
                reading.is(k, Classes::REL) || reading.mark(k) == Some(':') || reading.quotation_at(k).is_some()
            };
            let comma = (end..until).take_while(|k| !other(*k)).find(|k| part(*k).is_some())?;
            let silent =
                self.no_more_verbs(end, comma) && !self.groups.iter().any(|g| (end..comma).contains(&g.range.start));
            let small = !reading.tokens.is_capital(comma + 2);
            part(comma).filter(|_| silent && small)
        })
    }
}
