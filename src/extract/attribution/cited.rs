//! Outlets that cite somebody: « …, rapporte Le Phare, qui cite un conseiller du maire ».

use super::Analysis;
use crate::extract::phrase::Phrase;
use crate::language::Form;
use std::ops::Range;

impl Analysis<'_> {
    /// Whom an outlet cites has said the words, and the outlet relays them.
    pub(super) fn cited(&mut self) {
        for n in 0..self.drafts.len() {
            if let [outlet] = self.drafts[n].sources.as_slice()
                && self.is_outlet(outlet)
                && let Some(cited) = self.cited_by(outlet)
            {
                let draft = &mut self.drafts[n];
                draft.relays.append(&mut draft.sources);
                draft.sources = cited;
            }
        }
    }

    /// Whom "qui cite" or "citant" names behind the outlet, a date between them or not.
    fn cited_by(&self, outlet: &Phrase) -> Option<Vec<Phrase>> {
        let reading = self.reading;
        let limit = self.sentence.end;
        let comma = |k: usize| k + usize::from(reading.is_comma(k));
        let cite = [outlet.range.end, outlet.full_end].into_iter().find_map(|end| {
            let dated = reading.time_end(comma(end), limit).map(comma);
            [Some(comma(end)), dated].into_iter().flatten().find_map(|k| self.citing(k))
        })?;
        let cited = reading.sources_at(cite.end, limit)?;
        // "une source proche de l'enquête"
        let unnamed = |source: &Phrase| source.head.is_some_and(|head| reading.lower(head) == "source");
        let speaks = |source: &Phrase| unnamed(source) || reading.can_speak(source) && !source.pronoun;
        cited.iter().all(speaks).then_some(cited)
    }

    /// "qui cite", "citant", "en citant" at token `k`.
    fn citing(&self, k: usize) -> Option<Range<usize>> {
        let reading = self.reading;
        let verb = k + usize::from(matches!(reading.lower(k), "qui" | "en"));
        let cites = |form: &Form| {
            let wanted = if reading.lower(k) == "qui" { form.mood.is_finite() } else { !form.mood.is_finite() };
            reading.lexicon.verb(form.verb).lemma == "citer" && wanted
        };
        reading.forms(verb).iter().any(cites).then_some(k..verb + 1)
    }
}
