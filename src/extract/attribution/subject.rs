//! Whose words they are where the cue has no subject before it: that of the main clause, of a participle, of an aside.

use super::Analysis;
use crate::entity::Gender;
use crate::extract::cue::{Group, Shape};
use crate::extract::phrase::Phrase;
use crate::language::{Classes, Mood};

impl Analysis<'_> {
    /// "Lui assure que …": at the head of a sentence the pronoun is the subject.
    pub(super) fn stressed(&self, group: &Group) -> Option<Vec<Phrase>> {
        let start = group.range.start;
        let reading = self.reading;
        let heads = start == self.sentence.start && matches!(reading.lower(start), "lui" | "eux");
        // "Lui a répondu Paul Roy : …": somebody else speaks to him.
        let other =
            reading.is(group.range.end, Classes::DET | Classes::TITLE) || reading.tokens.is_capital(group.range.end);
        let heads = heads && !other && group.clitic.is_none();
        heads.then(|| {
            let gender = Some(Gender::Masculine);
            let plural = self.reading.lower(start) == "eux";
            vec![Phrase {
                range: start..start + 1,
                full_end: start + 1,
                pronoun: true,
                gender,
                plural,
                ..Phrase::default()
            }]
        })
    }

    /// "Le lac monte, les experts estimant que …": a participle that has a subject of its own, behind the comma.
    pub(super) fn own_subject(&self, group: &Group) -> Option<Vec<Phrase>> {
        let reading = self.reading;
        let start = group.range.start;
        if group.shape != Shape::Participle || reading.lower(start) == "en" {
            return None;
        }
        let comma = (self.sentence.start..start).rev().find(|k| reading.mark(*k).is_some())?;
        let begins =
            reading.is_comma(comma) && reading.is(comma + 1, Classes::DET) && !reading.is(comma + 1, Classes::FUSED);
        let sources = begins.then(|| reading.sources_at(comma + 1, start)).flatten()?;
        (sources.last()?.full_end == start && self.has_main_verb(self.sentence.start..comma)).then_some(sources)
    }

    /// The subject of the sentence's main verb, for participles without a cue before them.
    pub(super) fn main_subject(&self, group: &Group) -> Option<Vec<Phrase>> {
        let reading = self.reading;
        if group.range.start == self.sentence.start
            || group.shape == Shape::Participle
                && self.groups.iter().all(|g| g.range.start >= group.range.start)
                && group.range.start < self.sentence.start + 3
        {
            // "Citant un rapport, Léa Roy a déclaré …": the subject follows.
            return None;
        }
        // "une décision combattue par les pêcheurs, persuadés que …": the participle agrees with whom it describes.
        let participle = group.range.end - 1;
        if group.shape == Shape::Participle
            && reading.lower(participle).ends_with('s')
            && reading.forms(participle).iter().any(|f| f.mood == Mood::PastParticiple)
        {
            let subject = reading.source_before(self.sentence.start, group.range.start);
            let subject = subject.filter(|s| s.len() > 1 || s.iter().all(|s| s.plural));
            let nearest = || reading.antecedent(self.sentence.start, group.range.start).filter(|s| s.plural);
            return subject.or_else(|| nearest().map(|s| vec![s]));
        }
        if self.describes_subject(group) {
            return reading.source_before(self.sentence.start, group.range.start);
        }
        // "Alors que la pluie menace, Léa Roy a fermé le pont, assurant que …": the subject of the main clause.
        if reading.begins_subordinate(self.sentence.start)
            && let Some((_, sources)) = self.main_clause_after(&(self.sentence.start..group.range.start))
            && !sources.is_empty()
        {
            return Some(sources);
        }
        // "L'avion est prêt, mais les médecins ont refusé, affirmant que …": the subject of the last clause.
        let last = (self.sentence.start..group.range.start).rev().find(|k| {
            reading.is_comma(*k) && matches!(reading.lower(k + 1), "mais" | "or") && reading.quotation_at(*k).is_none()
        });
        if let Some(comma) = last
            && let Some(sources) = reading.sources_at(comma + 2, group.range.start)
            && sources.last().is_some_and(|s| reading.begins_verb(s.full_end))
            && sources.iter().all(|s| reading.can_speak(s))
        {
            return Some(sources);
        }
        // ", dont la flotte est à quai, …": the verb of an aside has another subject.
        let aside = |k: usize| {
            let comma = (self.sentence.start..k).rev().find(|j| reading.is_comma(*j));
            comma.is_some_and(|j| matches!(reading.lower(j + 1), "dont" | "où"))
        };
        let verb = (self.sentence.start..group.range.start).find(|k| {
            reading.quotation_at(*k).is_none()
                && !aside(*k)
                && reading.forms(*k).iter().any(|f| f.mood.is_finite())
                && !reading.noun_after_determiner(*k)
                && !reading.tokens.is_capital(*k)
        })?;
        reading.source_before(self.sentence.start, verb)
    }

    /// "La commission vise des gens qui se disent calmes, …": what the relative clause of the cue tells of is an object.
    pub(super) fn tells_of_object(&self, group: &Group) -> bool {
        let start = group.range.start;
        let reading = self.reading;
        let first = self.sentence.start;
        // "C'est le juge qui a dit …", "Il y a des élus qui disent …", "appelé par une voisine qui disait …"
        let presents = matches!(reading.lower(first), "c'" | "ce") || reading.lower(first + 1) == "y";
        let agent = || {
            reading
                .antecedent(first, start - 1)
                .is_some_and(|p| p.range.start > first && reading.lower(p.range.start - 1) == "par")
        };
        !presents
            && start > first + 1
            && reading.lower(start - 1) == "qui"
            && !agent()
            && !self.reading.is_comma(start - 2)
            && self.has_finite_verb(self.sentence.start..start - 1)
    }

    /// Whether a comma parts the participle from the words before it.
    pub(super) fn is_apart(&self, group: &Group) -> bool {
        group.range.start > self.sentence.start && self.reading.is_comma(group.range.start - 1)
    }

    /// "un communiqué de la régie annonçant que …": the document right before the participle speaks.
    pub(super) fn document_before(&self, group: &Group) -> Option<Vec<Phrase>> {
        let start = group.range.start;
        if start == self.sentence.start || self.reading.mark(start - 1).is_some() || self.reading.lower(start) == "en" {
            return None;
        }
        let document = self.reading.antecedent(self.sentence.start, start)?;
        self.is_document(&document).then(|| vec![document])
    }
}
