//! Judgements in the passive: "le plan a été jugé « absurde » par Léa Roy", "un plan, qualifié de « farce » par elle",
//! "un homme accusé par Léa Roy d'avoir menti".

use super::Analysis;
use crate::extract::cue::{Group, Shape};
use crate::extract::frame::Frame;
use crate::extract::phrase::Phrase;
use crate::extract::statement::Kind;
use crate::language::{Classes, Form, Frames, Mood};
use std::ops::Range;

/// How many tokens may stand between the participle and its agent.
const FARTHEST_AGENT: usize = 40;
/// How many words an attribute without marks may have ("jugée trop tardive par …").
const LONGEST_ATTRIBUTE: usize = 4;

impl Analysis<'_> {
    /// Finds the participles of judging verbs that have an agent.
    pub(super) fn judged(&mut self) {
        let reading = self.reading;
        for k in self.signs.iter().map(|k| *k as usize).filter(|k| reading.is(*k, Classes::CUE)) {
            let Some(form) = self.judging(k) else { continue };
            if reading.quotation_at(k).is_none() && !self.claimed.iter().any(|c| c.contains(&k)) {
                self.judged_at(k, form);
            }
        }
    }

    /// The judging verb whose past participle stands at `k`, unless it is part of an active form.
    fn judging(&self, k: usize) -> Option<Form> {
        let reading = self.reading;
        let active = |g: &Group| g.shape != Shape::Passive && g.range.contains(&k);
        let participle = |f: &&Form| f.mood == Mood::PastParticiple;
        let form = reading.forms(k).iter().filter(participle).find(|f| {
            let verb = reading.lexicon.verb(f.verb);
            let judges = verb.frames.has(Frames::ATTRIBUTE)
                || verb.class == "describe"
                || verb.class == "accuse" && verb.frames.has(Frames::DE);
            judges && !verb.reflexive && verb.tail.is_empty()
        })?;
        (!reading.tokens.is_capital(k) && !self.groups.iter().any(active)).then_some(*form)
    }

    fn judged_at(&mut self, k: usize, form: Form) {
        let reading = self.reading;
        let Some((sources, attribute, by)) = self.agent_first(k).or_else(|| self.agent_last(k)) else { return };
        let mut quotations = reading.quotations_in(attribute.clone());
        let quoted = !quotations.is_empty();
        if quotations.any(|q| self.used.contains(&q)) || !quoted && !sources.iter().any(|s| reading.can_speak(s)) {
            return;
        }
        let passive = self.groups.iter().find(|g| g.range.contains(&k)).cloned();
        let start = passive.as_ref().map_or(k, |g| g.range.start);
        let group = passive.unwrap_or(Group {
            range: k..k + 1,
            verb: form.verb,
            shape: Shape::Passive,
            clitic: None,
            negated: false,
            conditional: false,
        });
        let (mut spans, mut kind) = self.spans_of(attribute.clone());
        // "accusé d'avoir menti": the charge stands for itself, an adjective does not.
        let blames = group.verb(reading).class == "accuse";
        let charge = blames && reading.infinitive_at(attribute.start);
        let thing = self.judged_thing(start, k).filter(|_| !charge);
        if thing.is_none() && !quoted && !blames {
            return;
        }
        if let Some(thing) = thing {
            if kind == Kind::Direct {
                kind = Kind::Mixed;
            }
            spans = [reading.span(thing), reading.span(attribute.clone())].into_iter().collect();
        }
        self.used.extend(reading.quotations_in(attribute.clone()));
        self.claimed.push(group.range.start..attribute.end.max(by.end));
        self.push(spans, kind, sources, &group, [group.range.clone(), by].into_iter().collect(), Frame::Judged);
    }

    /// What is judged: the subject of the passive, or the noun phrase that the bare participle follows.
    fn judged_thing(&self, start: usize, participle: usize) -> Option<Range<usize>> {
        let reading = self.reading;
        // ", longuement qualifiée de « farce »"
        let mut end = start;
        while end > self.sentence.start
            && (reading.is(end - 1, Classes::ADV) || reading.lower(end - 1).ends_with("ment"))
        {
            end -= 1;
        }
        let adjacent = reading.antecedent(self.sentence.start, end).map(|thing| thing.range);
        if start == participle {
            return adjacent;
        }
        // "l'état d'urgence, dont le maintien au-delà de mai est jugé « probable »"
        let of = (self.sentence.start..start)
            .rev()
            .take(FARTHEST_AGENT)
            .take_while(|k| !reading.is_comma(*k))
            .find(|k| reading.lower(*k) == "dont");
        if let Some(of) = of {
            return Some(of + 1..start);
        }
        adjacent.filter(|thing| thing.end == start).or_else(|| {
            let subject = reading.source_before(self.sentence.start, start)?;
            Some(subject.first()?.range.start..subject.last()?.range.end)
        })
    }

    /// "considéré par Léa Roy comme « le meilleur »", "accusé par elle d'avoir menti".
    fn agent_first(&self, k: usize) -> Option<(Vec<Phrase>, Range<usize>, Range<usize>)> {
        let reading = self.reading;
        if reading.lower(k + 1) != "par" {
            return None;
        }
        let sources = reading.sources_at(k + 2, self.sentence.end)?;
        let from = sources.last()?.full_end;
        let leads = matches!(reading.lower(from), "comme" | "de" | "d'") || reading.quotation_at(from).is_some();
        let mut to = self.end_of(from, self.sentence.end, true);
        // A participle without auxiliary belongs to an aside: "X, accusé par Y d'avoir menti, est parti".
        if !self.groups.iter().any(|g| g.range.contains(&k)) {
            let comma = (from..to).find(|j| reading.is_comma(*j) && reading.quotation_at(*j).is_none());
            to = comma.unwrap_or(to);
        }
        let from = from + usize::from(matches!(reading.lower(from), "de" | "d'") && reading.infinitive_at(from + 1));
        (leads && self.attributes(k, from..to)).then(|| (sources, from..to, k + 1..from))
    }

    /// "jugé « absurde » par Léa Roy"
    fn agent_last(&self, k: usize) -> Option<(Vec<Phrase>, Range<usize>, Range<usize>)> {
        let reading = self.reading;
        let limit = self.sentence.end.min(k + FARTHEST_AGENT);
        let by = (k + 2..limit)
            .take_while(|j| {
                reading.quotation_at(*j).is_some()
                    || !reading.is_comma(*j) && !reading.begins_verb(*j) && !matches!(reading.lower(*j), "qui" | "que")
                    || reading.noun_after_determiner(*j)
            })
            .find(|j| reading.lower(*j) == "par" && reading.quotation_at(*j).is_none())?;
        let sources = reading.sources_at(by + 1, self.sentence.end)?;
        let end = sources.last()?.full_end;
        let agent = by..end;
        let mut by = by;
        while by > k + 1 && reading.is(by - 1, Classes::TIME) {
            by -= 1;
        }
        self.attributes(k, k + 1..by).then_some((sources, k + 1..by, agent))
    }

    /// Whether the words say what is thought of the thing: they hold quoted words, or are an adjective, "comme …",
    /// or after a verb of blame "de …".
    fn attributes(&self, k: usize, words: Range<usize>) -> bool {
        let reading = self.reading;
        if words.is_empty() {
            return false;
        }
        let first = words.start;
        let lead = reading.lower(first);
        let led = matches!(lead, "comme" | "de" | "d'");
        if !reading.quotations_in(words.clone()).is_empty() {
            return led
                || reading.quotation_at(first).is_some()
                || reading.is_open(first)
                || reading.is(first, Classes::ADV);
        }
        let blames = reading.forms(k).iter().any(|f| reading.lexicon.verb(f.verb).class == "accuse");
        let plain = |j: usize| reading.is_open(j) && !reading.tokens.is_capital(j) || reading.is(j, Classes::ADV);
        lead == "comme"
            || blames && (matches!(lead, "de" | "d'") || reading.infinitive_at(first))
            || words.len() <= LONGEST_ATTRIBUTE && words.clone().all(plain)
    }
}
