//! Sources without a verb: "selon Léa Roy", "d'après le rapport", "pour la maire", "l'avis selon lequel".

use super::{Analysis, LONGEST_DESCRIPTION};
use crate::extract::cue::Shape;
use crate::extract::few::Few;
use crate::extract::phrase::Phrase;
use crate::extract::statement::Kind;
use crate::extract::word::Word;
use crate::language::{Classes, Mood};
use std::ops::Range;

/// Heads of sources that ask many people, whose answers they tell.
const SURVEYS: [&str; 4] = ["sondage", "enquête", "étude", "baromètre"];

/// Words for a part of those who were asked.
const SHARES: [&str; 6] = ["moitié", "majorité", "plupart", "tiers", "quart", "%"];

impl Analysis<'_> {
    /// "selon X", "d'après X", "pour X,": at the head, in the middle or at the end of what X says.
    pub(super) fn prepositional(&mut self) {
        let mut from = self.sentence.start;
        for i in self.signs.iter().map(|i| *i as usize) {
            if !self.reading.may(i, Word::SOURCE) || i < from || self.reading.quotation_at(i).is_some() {
                continue;
            }
            if let Some((lemma, sources, end)) = self.source_phrase(i) {
                self.prepositional_at(i, lemma, sources, end);
                from = end;
            }
        }
    }

    /// "la déclaration de Léa Roy selon laquelle le pont fermera"
    pub(super) fn reported_noun(&mut self) {
        let reading = self.reading;
        for which in self.signs.iter().map(|i| *i as usize).filter(|i| reading.is(*i, Classes::REL)) {
            let k = which.saturating_sub(1);
            let led = k >= self.sentence.start
                && reading.is(k, Classes::PREP)
                && matches!(reading.lower(k), "selon" | "après")
                && matches!(reading.lower(which), "laquelle" | "lequel" | "lesquels" | "lesquelles");
            if !led {
                continue;
            }
            let of = (self.sentence.start..k).rev().take(14).find(|j| {
                matches!(reading.lower(*j), "de" | "du" | "des" | "d'")
                    && reading.is(j.saturating_sub(1), Classes::SPEECH)
            });
            let Some(of) = of else { continue };
            let from = if reading.is(of, Classes::FUSED) { of } else { of + 1 };
            let Some(sources) = reading.sources_at(from, k) else { continue };
            let to = self.clause_end(k + 2, self.sentence.end);
            let to = self.main_verb_comma(&(k + 2..to)).unwrap_or(to);
            self.claim_source(k + 2..to, "selon lequel", sources, Few::One(of - 1..k + 2));
        }
    }

    pub(super) fn prepositional_at(&mut self, start: usize, lemma: &'static str, sources: Vec<Phrase>, end: usize) {
        let reading = self.reading;
        let limit = self.sentence.end;
        if reading.lower(end - 1) == "qui" {
            let stop = self.clause_end(end, limit);
            self.claim_source(end..stop, lemma, sources, Few::One(start..end));
            return;
        }
        // Beside a statement of somebody else, the source relays it.
        let beside = self.drafts.iter_mut().find(|d| {
            d.clause.iter().any(|c| c.start <= start && start < c.end)
                || d.spans.last().is_some_and(|s| {
                    s.end <= reading.token(start).span.start
                        && reading.text[s.end..reading.token(start).span.start].trim().len() <= 2
                })
        });
        if let Some(draft) = beside {
            draft.relays.extend(sources);
            return;
        }
        if self.only_leads(start) {
            // "D'après le Courrier ce samedi, …"
            let said = reading.time_end(end, limit).filter(|time| reading.is_comma(*time));
            let end = said.unwrap_or(end);
            let parted = reading.is_comma(end) || reading.mark(end) == Some(':');
            if !parted && !self.begins_clause(end) {
                return;
            }
            let from = end + usize::from(parted);
            let to = self.clause_end(from, limit);
            if to <= from || !self.has_finite_verb(from..to) && reading.quotations_in(from..to).is_empty() {
                return;
            }
            // "Selon le Courrier, Léa Roy a déclaré que …": the outlet relays what she says.
            let stranger = |s: &Phrase| {
                s.names.iter().any(|n| n.entities.is_empty() && !reading.is_given_name(n.range.start))
                    && s.role.is_none()
            };
            if sources.iter().any(|s| self.is_outlet(s) || stranger(s))
                && self
                    .groups
                    .iter()
                    .any(|g| g.range.start >= from && g.shape == Shape::Finite && self.claims_clause(g))
            {
                self.pending_relay(sources, start..end);
                return;
            }
            self.claim_source(from..to, lemma, sources, Few::One(start..end));
            return;
        }
        if lemma == "pour" {
            return;
        }
        // At the end or in the middle.
        let mut to = start;
        while to > self.sentence.start
            && (reading.is_comma(to - 1) || reading.is_dash(to - 1) || reading.mark(to - 1) == Some('('))
        {
            to -= 1;
        }
        // "(un « must » selon Léa Roy)": what stands in brackets is all of it.
        let bracket = (self.sentence.start..to)
            .rev()
            .take(LONGEST_DESCRIPTION)
            .take_while(|k| reading.mark(*k) != Some(')'))
            .find(|k| reading.mark(*k) == Some('('));
        if let Some(open) = bracket.filter(|_| reading.mark(end) == Some(')')) {
            if self.has_finite_verb(open + 1..to) || !reading.quotations_in(open + 1..to).is_empty() {
                self.claim_source(open + 1..to, lemma, sources, Few::One(start..end));
            }
            return;
        }
        let from = self.claimed.iter().filter(|c| c.end <= to).map(|c| c.end).max().unwrap_or(self.sentence.start);
        let from = self.content_start(from, to);
        // A cue with its own source in the same stretch: the outlet only relays.
        let governed = self.is_governed(&(from..to));
        if governed && !self.is_finding(&sources, from..to) {
            if sources.iter().any(|s| self.is_outlet(s)) {
                self.pending_relay(sources, start..end);
            }
            return;
        }
        if to <= from {
            return;
        }
        let relative = to > from && reading.is(to - 1, Classes::REL) && !reading.is(to - 1, Classes::SUB);
        // "répartis selon trois catégories : …" names no source.
        let colon = reading.mark(end) == Some(':') && sources.iter().all(|s| reading.can_speak(s));
        let separated =
            to < start || self.at_end(end) || reading.is_comma(end) || reading.mark(end) == Some(')') || colon;
        if !separated {
            // "Le manque de lits est selon elle la cause du drame": woven into what she says.
            let right = end..self.clause_end(end, limit);
            if relative {
                self.claim_source(right, lemma, sources, Few::One(start..end));
            } else if self.is_woven(from, start, &sources) && right.len() > 1 {
                let from = self.woven_relative(from, start).unwrap_or(from);
                let spans = [reading.span(from..to), reading.span(right.clone())].into_iter().collect();
                let quotations = reading.quotations_in(from..right.end);
                let kind = if quotations.is_empty() { Kind::Indirect } else { Kind::Mixed };
                self.used.extend(quotations);
                self.claimed.push(from..right.end);
                self.push_source(spans, kind, sources, start..end, lemma, Few::One(start..end));
            }
            return;
        }
        let right = (reading.is_comma(end) || reading.is_dash(end))
            .then(|| self.right_part(end, limit))
            .flatten()
            .filter(|_| to < start || relative);
        let clause_before = self.has_finite_verb(from..to);
        let quoted = !reading.quotations_in(from..to).is_empty();
        let coordinated = to > from && reading.is(to - 1, Classes::AND);
        // "…, selon un bilan, publié lundi"
        let describes =
            |k: usize| !reading.is_auxiliary(to - 1) && reading.forms(k).iter().any(|f| f.mood == Mood::PastParticiple);
        // "La régie, qui emploie vingt marins, selon Léa Roy, perd un bateau": she says no more than the aside.
        let aside = right.as_ref().is_some_and(|right| {
            let comma = (from..to).find(|k| reading.is_comma(*k) && reading.quotation_at(*k).is_none());
            comma.is_some_and(|comma| {
                matches!(reading.lower(comma + 1), "qui" | "dont") && !self.has_finite_verb(from..comma)
            }) && reading.begins_verb(right.start)
                && clause_before
        });
        // "des agents qui, selon lui, trichent": only the relative clause is his.
        match right.filter(|_| !aside) {
            Some(right) if relative => self.claim_source(right, lemma, sources, Few::One(start..end)),
            Some(right) if coordinated && self.has_finite_verb(right.clone()) => {
                self.claim_source(right, lemma, sources, Few::One(start..end))
            }
            Some(right)
                if !(matches!(
                    reading.lower(right.start),
                    "qui" | "dont" | "où" | "et" | "mais" | "car" | "alors" | "tandis"
                ) || describes(right.start))
                    || !clause_before && !quoted =>
            {
                let spans = [reading.span(from..to), reading.span(right.clone())].into_iter().collect();
                let mixed = quoted || !reading.quotations_in(right.clone()).is_empty();
                for q in reading.quotations_in(from..right.end) {
                    self.used.push(q);
                }
                self.claimed.push(from..right.end);
                let kind = if mixed { Kind::Mixed } else { Kind::Indirect };
                self.push_source(spans, kind, sources, start..end, lemma, Few::One(start..end));
            }
            _ if clause_before || quoted => {
                let further = reading.quotation_at(end + 1).filter(|q| !self.used.contains(q));
                let further = further.filter(|_| reading.mark(end) == Some(':'));
                let tail = if further.is_some() { end } else { self.clause_tail(end, limit) };
                self.claim_source(from..to, lemma, sources.clone(), Few::One(start..tail));
                // "Le fleuve monte, selon la maire : « … »": the quotation is a statement of its own.
                if let Some(further) = further {
                    self.claim_source(reading.tokens_of(further), lemma, sources, Few::One(start..end));
                }
            }
            _ => {}
        }
    }

    /// "Les habitants estiment que la ville dort, selon un sondage", "Les premiers éléments indiquent que le pont a cédé,
    /// selon le parquet": the source found or asked what the words before it tell, whose own subject says nothing.
    fn is_finding(&self, sources: &[Phrase], content: Range<usize>) -> bool {
        let reading = self.reading;
        let told = self.groups.iter().find(|g| content.contains(&g.range.start) && g.shape == Shape::Finite);
        let Some(told) = told else { return false };
        let subject = reading.source_before(content.start, told.range.start);
        let says_nothing = |s: &Phrase| !s.pronoun && !reading.can_speak(s);
        // "Deux Français sur trois estiment que …", but not "Le ministre rappelle que …".
        let share = |s: &Phrase| s.range.clone().any(|k| SHARES.contains(&reading.lower(k)));
        let they = |s: &Phrase| matches!(reading.lower(s.range.start), "ils" | "elles");
        let asked = |s: &Phrase| says_nothing(s) || s.plural && !they(s) || s.role.is_none() && share(s);
        let all = |fits: &dyn Fn(&Phrase) -> bool| subject.as_ref().is_some_and(|s| s.iter().all(fits));
        // "rappelle que, selon une étude, …"
        let inside = matches!(reading.lower(content.end - 1), "que" | "qu'");
        // "révèle surtout, selon lui, que": right behind the verb.
        let near = content.end <= told.range.end + 1;
        let surveys = |s: &Phrase| s.head.is_some_and(|h| SURVEYS.contains(&reading.lower(h)));
        !sources.iter().any(|s| self.is_outlet(s) || s.pronoun && !near)
            && !inside
            && (sources.iter().any(surveys) && all(&asked) || all(&says_nothing))
    }

    /// Where the relative clause begins in which "selon X" at `start` is woven: "Le port manque de marins, dont vingt n'ont
    /// selon elle « jamais navigué »".
    fn woven_relative(&self, from: usize, start: usize) -> Option<usize> {
        let reading = self.reading;
        let comma = (from..start).rev().find(|k| reading.is_comma(*k) && reading.quotation_at(*k).is_none())?;
        let relative = matches!(reading.lower(comma + 1), "dont" | "qui" | "où");
        (relative && comma > from).then_some(if reading.lower(comma + 1) == "dont" { comma + 2 } else { comma + 1 })
    }

    /// Whether "selon X" at `start`, with no comma around it, stands within a clause that begins at `from`: right
    /// behind its verb.
    fn is_woven(&self, from: usize, start: usize, sources: &[Phrase]) -> bool {
        let reading = self.reading;
        let speaks = |s: &Phrase| s.pronoun || reading.can_speak(s) && (s.role.is_some() || !s.indefinite);
        let before = start.saturating_sub(1);
        let verb = before - usize::from(before > from && reading.is(before, Classes::ADV));
        let participle = reading.forms(verb).iter().any(|f| f.mood == Mood::PresentParticiple);
        let aside = (from..start).any(|k| reading.is_dash(k));
        let behind = reading.begins_verb(verb) && !reading.noun_after_determiner(verb) || reading.infinitive_at(verb);
        sources.iter().all(speaks)
            && behind
            && !participle
            && !aside
            && (self.has_finite_verb(from..start) || reading.begins_verb(verb))
    }
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::entity::Entities;
    use crate::extract::extract;

    /// Who says what in a one-sentence text.
    fn said(text: &str) -> Vec<(String, String)> {
        let article = Article::from_text("a.txt", text);
        let statements = extract(&article, Entities::embedded());
        statements.iter().map(|s| (s.actors[0].name.to_string(), s.text(text).into_owned())).collect()
    }

    #[test]
    fn the_subject_after_the_source_is_no_apposition() {
        assert_eq!(
            said("Selon Paul Martin, la maire a menti."),
            [("Paul Martin".to_owned(), "la maire a menti".to_owned())]
        );
        let text = "Selon Anne Roy, maire de Valmont, le pont est fermé.";
        assert_eq!(said(text), [("Anne Roy".to_owned(), "le pont est fermé".to_owned())]);
    }

    #[test]
    fn what_describes_the_source_is_no_content() {
        for text in [
            "Pour Anne Roy, qui dirige le port, le pont est perdu.",
            "Selon Anne Roy, interrogée lundi, le pont est perdu.",
        ] {
            assert_eq!(said(text), [("Anne Roy".to_owned(), "le pont est perdu".to_owned())], "{text}");
        }
    }

    #[test]
    fn a_norm_speaks_for_nobody() {
        for text in ["Selon les règles, le pont est fermé.", "Selon toute vraisemblance, le pont est fermé."] {
            assert!(said(text).is_empty(), "{text}");
        }
    }
}
