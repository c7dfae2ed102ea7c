//! Cues before their content: Léa Roy a dit que …, dénonce « … », et ajoute : « … ».

use super::Analysis;
use crate::extract::cue::{Group, Shape};
use crate::extract::few::Few;
use crate::extract::frame::Frame;
use crate::extract::phrase::Phrase;
use crate::extract::statement::Kind;
use crate::language::{Classes, Mood};
use std::ops::Range;

/// How many tokens may stand before a relative clause that opens a sentence.
const LONGEST_LEAD: usize = 60;

/// Nouns of rules, in the singular: as subjects they ask and foresee, and say nothing.
const RULES: [&str; 9] =
    ["loi", "règle", "coutume", "tradition", "usage", "logique", "procédure", "protocole", "norme"];

impl Analysis<'_> {
    /// The cue governs what follows it: a clause, a quotation, a complement.
    pub(super) fn governing(&mut self) {
        let limit = self.sentence.end;
        let mut from = self.sentence.start;
        let mut inherited: Option<Vec<Phrase>> = None;
        // Whether the last source is an object of which a relative clause tells, and no subject.
        let mut of_object = false;
        for n in 0..self.groups.len() {
            let group = self.groups[n].clone();
            if self.claimed.iter().any(|c| c.start <= group.range.start && group.range.start < c.end) {
                // The source of an inserted clause goes on to ", ajoutant que …".
                let owner = self.drafts.iter().find(|d| {
                    d.cue.start <= group.range.start
                        && group.range.end <= d.cue.end.max(group.range.end)
                        && d.cue.contains(&group.range.start)
                });
                if let Some(draft) = owner.filter(|_| n + 1 < self.groups.len()) {
                    inherited = Some(draft.sources.clone());
                    from = group.range.end;
                }
                continue;
            }
            let next = self.groups.get(n + 1).map_or(limit, |g| g.range.start);
            if self.is_supposed(&group) {
                continue;
            }
            // "Ceci explique que le pont soit fermé": a cause, nobody's words.
            let cause = group.range.start > self.sentence.start
                && matches!(self.reading.lower(group.range.start - 1), "ceci" | "cela" | "ça" | "ce" | "tout");
            if cause || self.is_said_thing(&group) {
                continue;
            }
            let Some(mut found) = self.complement(&group, limit, next) else { continue };
            if let Some(end) = self.relative_end(&group, &found.content) {
                found.content.end = end;
            }
            let ahead = self.subject_ahead(&group, &found.content);
            if let Some((comma, _)) = ahead {
                found.content.end = comma;
            } else if self.is_subordinate(&group)
                && let Some((comma, _)) = self.main_clause_after(&found.content)
            {
                found.content.end = comma;
            }
            if found.content.is_empty() {
                continue;
            }
            let ahead = ahead.map(|(_, sources)| sources);
            // "Et d'ajouter : « … »": the source of the sentence before goes on.
            let goes_on = ahead.is_none()
                && group.shape == Shape::Infinitive
                && group.range.start == self.sentence.start
                && matches!(self.reading.lower(group.range.start), "et" | "de" | "d'" | "avant" | "puis");
            let sources = match group.shape {
                _ if ahead.is_some() => ahead,
                Shape::Finite => {
                    let after_and = self.follows_and(&group);
                    let own = self
                        .stressed(&group)
                        .or_else(|| self.reading.source_before(from, group.range.start).filter(|_| !after_and));
                    match own {
                        Some(own) => Some(own),
                        None if after_and || group.clitic.is_some() => inherited
                            .clone()
                            .or_else(|| self.reading.source_before(self.sentence.start, group.range.start)),
                        None => None,
                    }
                }
                Shape::Infinitive if matches!(self.reading.lower(group.range.start), "de" | "d'") => {
                    self.reading.source_before(from, group.range.start).or_else(|| inherited.clone())
                }
                Shape::Participle | Shape::Infinitive | Shape::Shared => {
                    let document = (group.shape == Shape::Participle).then(|| self.document_before(&group)).flatten();
                    document
                        .or_else(|| self.own_subject(&group))
                        .or_else(|| inherited.clone().filter(|_| !of_object || !self.is_apart(&group)))
                        .or_else(|| self.main_subject(&group))
                }
                Shape::Passive => self.agent(&group, found.content.start),
            };
            let sources = if goes_on { Some(Vec::new()) } else { sources.filter(|s| !s.is_empty()) };
            let sources = sources.map(|s| self.place_of_one(&s, from, &group).unwrap_or(s));
            let Some(sources) = sources.filter(|s| !s.iter().any(|s| self.is_norm(s))) else { continue };
            // "Des tests ont montré que …": things show, and say nothing.
            let shows = group.verb(self.reading).class == "show";
            let foresees = group.verb(self.reading).class == "foresee";
            let speaks = sources.iter().any(|s| if shows { self.is_document(s) } else { self.reading.can_speak(s) });
            if group.shape == Shape::Finite && !speaks && (shows || foresees || !found.strong) {
                continue;
            }
            if self.sentence_is_question() && group.clitic.is_some() {
                continue;
            }
            // A later cue may go on with the source, and so does a quotation behind a colon.
            let further = (self.reading.mark(found.content.end) == Some(':'))
                .then(|| self.reading.quotation_at(found.content.end + 1))
                .flatten()
                .filter(|k| self.quotations.contains(k));
            if n + 1 < self.groups.len() || further.is_some() {
                inherited = Some(sources.clone());
                of_object = self.tells_of_object(&group);
            }
            let before = from.min(group.range.start)..found.content.start;
            let after = found.content.end..self.clause_tail(found.content.end, limit);
            let clause = [before, after].into_iter().collect();
            from = found.content.end;
            self.claim_complement(found, sources, &group, clause);
            if let Some(q) = further.filter(|q| !self.used.contains(q)) {
                self.used.push(q);
                let spans = Few::One(self.reading.quotations[q].inner);
                let sources = inherited.clone().unwrap_or_default();
                self.push(spans, Kind::Direct, sources, &group, Few::None, Frame::Further);
            }
        }
    }

    /// « Le maire : « Oui. » » and other colons without a reporting verb.
    pub(super) fn bare_colon(&mut self) {
        let reading = self.reading;
        for k in self.quotations.clone() {
            let range = reading.tokens_of(k);
            if self.used.contains(&k)
                || range.start <= self.sentence.start + 1
                || reading.mark(range.start - 1) != Some(':')
            {
                continue;
            }
            if self.words_in(k) < 3 || !self.after_quotation_ends(range.end) {
                continue;
            }
            let colon = range.start - 1;
            let verb = (self.sentence.start..colon).find(|k| {
                reading.quotation_at(*k).is_none()
                    && reading.begins_verb(*k)
                    && !reading.noun_after_determiner(*k)
                    && !reading.tokens.is_capital(*k)
            });
            let subject = verb.and_then(|verb| reading.source_before(self.sentence.start, verb));
            let Some(sources) = subject
                .or_else(|| reading.source_before(self.sentence.start, colon))
                .or_else(|| reading.sources_at(self.sentence.start, colon))
            else {
                continue;
            };
            let human = sources.iter().any(|s| {
                s.pronoun || s.role.is_some() || s.names.iter().any(|n| !n.entities.is_empty() || n.range.len() > 1)
            });
            if !human {
                continue;
            }
            self.used.push(k);
            self.claimed.push(self.sentence.start..range.end);
            let spans = Few::One(reading.quotations[k].inner);
            let clause = Few::One(self.sentence.start..colon);
            self.push_source(spans, Kind::Direct, sources, colon..colon + 1, "", clause);
        }
    }

    /// "s'il déclare que …", "à moins qu'elle n'avoue": nobody has said anything.
    pub(super) fn is_supposed(&self, group: &Group) -> bool {
        let reading = self.reading;
        let start = group.range.start;
        let near = start.saturating_sub(5).max(self.sentence.start)..start;
        near.clone().any(|k| {
            matches!(reading.lower(k), "si" | "s'")
                && reading.is(k + 1, Classes::PRONOUN | Classes::DET)
                && !matches!(reading.lower(k.saturating_sub(1)), "même" | "demande" | "savoir")
                && !(k == self.sentence.start && self.concedes(group))
        }) || near.clone().any(|k| reading.lower(k) == "moins" && matches!(reading.lower(k + 1), "que" | "qu'"))
    }

    /// "Nul ne sait ce que dira le notaire": the words name what is said, and do not say it.
    fn is_said_thing(&self, group: &Group) -> bool {
        let reading = self.reading;
        let start = group.range.start;
        start > self.sentence.start + 1
            && matches!(reading.lower(start - 1), "que" | "qu'")
            && reading.lower(start - 2) == "ce"
    }

    /// "Si elle assure que …, elle prévient que …": no condition, for its main clause is neither future nor conditional.
    fn concedes(&self, group: &Group) -> bool {
        let reading = self.reading;
        let Some((_, subject)) = self.main_clause_after(&(group.range.end..self.sentence.end)) else { return false };
        let Some(from) = subject.last().map(|s| s.range.end) else { return false };
        let verb =
            (from..self.sentence.end.min(from + 4)).find(|k| reading.forms(*k).iter().any(|f| f.mood.is_finite()));
        verb.is_some_and(|k| {
            let supposes = |mood: Mood| matches!(mood, Mood::Future | Mood::Conditional);
            !reading.forms(k).iter().any(|f| supposes(f.mood)) && !group.conditional
        })
    }

    /// In "X, qui prétend avoir payé, est parti" the relative clause ends at the comma before the main verb.
    pub(super) fn relative_end(&self, group: &Group, content: &Range<usize>) -> Option<usize> {
        let reading = self.reading;
        let start = group.range.start;
        let relative =
            start > self.sentence.start + 1 && matches!(reading.lower(start - 1), "qui") && reading.is_comma(start - 2);
        (relative || self.describes_subject(group)).then(|| self.main_verb_comma(content)).flatten()
    }

    /// "La maire, assurant que le pont tient, a rouvert la route": the participle comes between subject and verb.
    pub(super) fn describes_subject(&self, group: &Group) -> bool {
        let start = group.range.start;
        group.shape == Shape::Participle
            && start > self.sentence.start + 1
            && self.reading.is_comma(start - 1)
            && !self.has_finite_verb(self.sentence.start..start)
    }

    /// The comma after which the main verb goes on.
    pub(super) fn main_verb_comma(&self, content: &Range<usize>) -> Option<usize> {
        let reading = self.reading;
        content.clone().find(|k| {
            reading.is_comma(*k)
                && reading.quotation_at(*k).is_none()
                && reading.begins_verb(k + 1)
                && !reading.tokens.is_clitic(k + 2)
        })
    }

    pub(super) fn follows_and(&self, group: &Group) -> bool {
        let reading = self.reading;
        let start = group.range.start;
        start > self.sentence.start && {
            let mut k = start - 1;
            while k > self.sentence.start && (reading.is(k, Classes::ADV) && !reading.is(k, Classes::AND)) {
                k -= 1;
            }
            matches!(reading.lower(k), "et" | "puis" | "mais" | "ou") || matches!(reading.lower(start), "et")
        }
    }

    /// "Au ministère, on assure que …", "on assure au ministère que …": who "on" is.
    fn place_of_one(&self, sources: &[Phrase], from: usize, group: &Group) -> Option<Vec<Phrase>> {
        let [one] = sources else { return None };
        if !one.pronoun || self.reading.lower(one.range.start) != "on" || group.verb(self.reading).class == "see" {
            return None;
        }
        let before = self.source_of_one(from, one.range.start).filter(|(_, end)| self.reading.is_comma(*end));
        before.or_else(|| self.source_of_one(group.range.end, self.sentence.end)).map(|(sources, _)| sources)
    }

    pub(super) fn is_document(&self, source: &Phrase) -> bool {
        let document = |k: usize| self.reading.is(k, Classes::DOCUMENT | Classes::MEDIA);
        source.head.is_some_and(|h| document(h) || self.reading.is(h, Classes::ADJECTIVE) && document(h + 1))
    }

    /// "la loi demande que …", "la règle veut que …": nobody speaks.
    fn is_norm(&self, source: &Phrase) -> bool {
        let rule = |head: usize| {
            let word = self.reading.lower(head);
            RULES.contains(&word.strip_suffix('s').unwrap_or(word))
        };
        source.names.is_empty() && source.head.is_some_and(rule)
    }

    /// "Estimant que le pont est perdu, la maire a …", "Après avoir assuré que …, elle a …": the source of a participle or
    /// an infinitive at the head of a sentence follows, after the comma that ends its content.
    fn subject_ahead(&self, group: &Group, content: &Range<usize>) -> Option<(usize, Vec<Phrase>)> {
        let leads = || matches!(self.reading.lower(group.range.start), "après" | "avant");
        let heads = (group.shape == Shape::Participle || group.shape == Shape::Infinitive && leads())
            && group.range.start <= self.sentence.start + 1;
        heads.then(|| self.main_clause_after(content)).flatten()
    }

    /// "Alors que Léa Roy affirme que …, le tribunal a …", "l'étude, dans laquelle elle accuse …, a …": the content
    /// ends where the main clause begins.
    fn is_subordinate(&self, group: &Group) -> bool {
        let reading = self.reading;
        let start = self.sentence.start;
        let relative = |k: usize| reading.is(k, Classes::REL) && !reading.is(k, Classes::SUB);
        let first = || self.groups.iter().all(|g| g.range.start >= group.range.start);
        let same_clause = || !(start..group.range.start).any(|k| reading.is_comma(k));
        reading.begins_subordinate(start) && (first() || same_clause())
            || (start + 1..group.range.start).rev().take(8).find(|k| relative(*k)).is_some_and(|k| {
                k < start + LONGEST_LEAD
                    && !self.has_finite_verb(start..k)
                    && !(k..group.range.start).any(|j| reading.is_comma(j))
            })
    }

    /// The comma within `content` after which a subject with its verb stands, and that subject.
    pub(super) fn main_clause_after(&self, content: &Range<usize>) -> Option<(usize, Vec<Phrase>)> {
        let reading = self.reading;
        let commas = content
            .clone()
            .filter(|k| reading.is_comma(*k) && reading.quotation_at(*k).is_none() && *k > content.start);
        commas.into_iter().find_map(|k| {
            // ", nul ne …", ", chacun …"
            let anyone = matches!(reading.lower(k + 1), "nul" | "personne" | "chacun" | "rien" | "tout" | "tous");
            if anyone && reading.begins_verb(k + 2) {
                return Some((k, Vec::new()));
            }
            let sources = reading.sources_at(k + 1, self.sentence.end)?;
            let last = sources.last()?;
            let acts = |end: usize| reading.begins_verb(end) && !reading.tokens.is_clitic(end + 1);
            // ", la maire, Anne Roy, a …": the comma closes the apposition.
            let apposed =
                || last.full_end > last.range.end && reading.is_comma(last.full_end) && acts(last.full_end + 1);
            (acts(last.full_end) || acts(last.range.end) || apposed()).then_some((k, sources))
        })
    }

    /// "il a été annoncé par la régie que …": the source stands after "par".
    pub(super) fn agent(&self, group: &Group, limit: usize) -> Option<Vec<Phrase>> {
        let reading = self.reading;
        let impersonal = group.range.start > self.sentence.start && reading.lower(group.range.start - 1) == "il";
        let by =
            (group.range.end..limit).find(|k| matches!(reading.lower(*k), "par" | "dans")).filter(|_| impersonal)?;
        reading.sources_at(by + 1, limit)
    }
}
