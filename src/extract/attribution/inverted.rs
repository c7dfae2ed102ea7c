//! The source after an inverted cue: "…, a dit jeudi Léa Roy", "…, a-t-on appris auprès de la régie"; and whether it
//! is one, rather than the cue's object.

use super::Analysis;
use crate::extract::cue::{Group, Shape};
use crate::extract::phrase::Phrase;
use crate::language::{Classes, Frames};
use std::ops::Range;

impl Analysis<'_> {
    /// "le directeur, Malo Prigent, a évoqué un bilan plus lourd": the words before the comma are the subject, and the
    /// ones after the cue its object.
    pub(super) fn is_object(&self, group: &Group, content: &Range<usize>, sources: &[Phrase]) -> bool {
        let reading = self.reading;
        let unnamed = sources.iter().all(|s| s.names.is_empty() && s.role.is_none() && !s.pronoun);
        let subject = || reading.antecedent(content.start, content.end);
        let person = |s: &Phrase| !s.names.is_empty() && s.role.is_some() && s.full_end > s.range.end;
        group.clitic.is_none() && unnamed && subject().is_some_and(|s| person(&s))
    }

    /// Whether the noun after the cue can be its source rather than its object: "…, constate le gérant", but not
    /// "…, poursuit la route". Verbs with other senses want a source that is known to speak.
    pub(super) fn can_insert(&self, group: &Group, sources: &[Phrase]) -> bool {
        let reading = self.reading;
        let verb = group.verb(reading);
        let other_senses =
            matches!(verb.class, "continue" | "conclude" | "manner" | "exclaim" | "answer" | "criticise" | "praise");
        let impersonal = group.clitic.is_some_and(|c| reading.lower(c) == "on");
        let plain = !other_senses && sources.iter().all(|s| s.names.is_empty() || reading.can_speak(s));
        let takes_attribute = verb.reflexive && verb.frames.has(Frames::ATTRIBUTE);
        let asks = group.clitic.is_some() && self.sentence_is_question();
        // "le maire, Léa Roy, a annoncé son départ": the object of a subject that stands before.
        let owned = sources
            .iter()
            .any(|s| matches!(reading.lower(s.range.start), "son" | "sa" | "leur") && !reading.can_speak(s));
        if owned {
            return false;
        }
        (impersonal || plain || sources.iter().any(|s| reading.can_speak(s))) && !takes_attribute && !asks
    }

    /// "Du jamais vu, estime Léa Roy": a content without a verb, that is no subject of the cue.
    pub(super) fn is_fragment(&self, group: &Group, content: &Range<usize>, end: usize, sources: &[Phrase]) -> bool {
        let reading = self.reading;
        // "…, propose une image du pont": what is new and no person is an object.
        let thing =
            |s: &Phrase| s.indefinite && s.role.is_none() && s.head.is_some_and(|h| !reading.is(h, Classes::GROUP));
        let named = sources.iter().any(|s| (!s.names.is_empty() || !s.pronoun && reading.can_speak(s)) && !thing(s));
        let subject =
            reading.sources_at(content.start, content.end).is_some_and(|s| s.iter().any(|s| reading.can_speak(s)));
        let takes_object = matches!(group.verb(reading).class, "accuse" | "criticise" | "praise" | "describe");
        let quotes = end < self.sentence.end && reading.quotation_at(end).is_some();
        named && !subject && !takes_object && !quotes && content.start == self.sentence.start && content.len() > 2
    }

    /// The source of an inverted cue, and where its words end.
    pub(super) fn inverted_source(&self, group: &Group, limit: usize) -> Option<(Vec<Phrase>, usize)> {
        let reading = self.reading;
        if let Some(clitic) = group.clitic {
            // ", est-il précisé dans le rapport,": without a source of its own the last one goes on.
            if group.shape == Shape::Passive {
                return self.source_of_one(group.range.end, limit).or(Some((Vec::new(), group.range.end)));
            }
            if reading.lower(clitic) == "on" {
                return self.source_of_one(group.range.end, limit);
            }
            let phrase = reading.phrase_at(clitic, limit)?;
            // "glisse-t-elle encore, …"
            let mut end = group.range.end;
            let mut k = end;
            while !reading.is_comma(k)
                && let Some(next) = reading.adjunct_end(k, limit)
            {
                k = next;
            }
            if k > end
                && (k >= limit
                    || reading.mark(k).is_some()
                    || reading.is(group.range.end, Classes::ADV | Classes::TIME))
            {
                end = k;
            }
            return Some((vec![phrase], end));
        }
        let mut before = (self.sentence.start..group.range.start).rev();
        let quotes = before.find(|k| !reading.is_comma(*k)).is_some_and(|k| reading.quotation_at(k).is_some());
        let sources = reading.source_behind(group.range.end, limit, quotes)?;
        if sources.iter().any(|s| s.pronoun)
            && !sources.iter().all(|s| {
                matches!(
                    reading.lower(s.range.start),
                    "celui-ci" | "celle-ci" | "ceux-ci" | "celles-ci" | "celui" | "celle" | "ceux" | "celles"
                )
            })
        {
            return None;
        }
        let end = sources.last()?.full_end;
        // "…, assure que", "…, a annoncé la création de …" govern what follows.
        if matches!(reading.lower(end), "que" | "qu'") {
            return None;
        }
        Some((sources, end))
    }

    /// "a-t-on appris auprès de la préfecture", "estime-t-on à Kiev", "de source policière".
    pub(super) fn source_of_one(&self, k: usize, limit: usize) -> Option<(Vec<Phrase>, usize)> {
        let reading = self.reading;
        let mut k = k;
        while let Some(end) = reading.time_end(k, limit) {
            k = end;
        }
        if let Some((_, sources, end)) = self.source_phrase(k) {
            return Some((sources, end));
        }
        let place =
            matches!(reading.lower(k), "à" | "au" | "aux" | "chez" | "dans" | "auprès" | "par" | "du" | "de" | "d'");
        let mut from = k + 1;
        if matches!(reading.lower(k), "auprès" | "dans") {
            // "auprès de la régie", "dans l'entourage de la ministre", "dans l'expertise"
            let step = (k + 1..limit.min(k + 4)).find(|j| matches!(reading.lower(*j), "de" | "du" | "des" | "d'"));
            from = step.map_or(k + 1, |step| step + usize::from(!reading.is(step, Classes::FUSED)));
        } else if reading.lower(k) == "du" && reading.lower(k + 1) == "côté" {
            from = k + 2 + usize::from(reading.lower(k + 2) == "de");
        } else if reading.is(k, Classes::FUSED) {
            from = k;
        }
        let sources = place.then(|| reading.sources_at(from, limit)).flatten()?;
        let end = sources.last()?.full_end;
        Some((sources, end))
    }
}
