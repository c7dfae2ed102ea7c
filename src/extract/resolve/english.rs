//! What English pronouns tell of whom they mean: "it" is no person, and a clause's subject goes on in the same sentence.

use super::pronoun::agreement;
use super::{CONTINUES, Resolver};
use crate::extract::cast::Naming;
use crate::extract::phrase::Phrase;
use crate::extract::resolution::{Answer, Step};
use crate::extract::statement::{Actor, ActorKind, Span};
use crate::language::Classes;
use std::ops::Range;

/// What a subject of the same sentence costs: less than one of the sentence before, more than the sentence's own theme.
const SAME_SENTENCE: f32 = 0.4;

/// So many tokens before a pronoun are looked at: the work stays linear in the text.
const FARTHEST: usize = 100;

impl Resolver<'_> {
    /// Whether "it" stands there, which means no person.
    pub(super) fn is_it(&self, phrase: &Phrase) -> bool {
        self.reading.is_english() && phrase.pronoun && self.reading.lower(phrase.range.start) == "it"
    }

    /// Offers for pronouns: the nearest subject of a clause before them in their sentence that fits. "Members complained
    /// about what they said was a scandal."
    pub(super) fn clause_subjects(
        &mut self,
        phrase: &Phrase,
        sentence: usize,
        mention: Span,
    ) -> Vec<(f32, Vec<Actor>)> {
        let reading = self.reading;
        if !reading.is_english() || !phrase.pronoun {
            return Vec::new();
        }
        let at = phrase.range.start;
        let start = reading.sentences[sentence].range.start.max(at.saturating_sub(FARTHEST));
        let asked = self.asked_clause(phrase, sentence);
        let verbs = (start..at).rev().filter(|k| reading.is_finite_here(*k, start) && !asked.contains(k));
        let subjects = verbs.filter_map(|verb| reading.english_source_before(start, verb)).filter_map(|mut sources| {
            let subject = sources.pop().filter(|_| sources.is_empty())?;
            // "The bridge will close, it said": what is said is about others.
            let said = self.content.iter().any(|span| {
                let at = reading.token(subject.range.start).span.start;
                span.start <= at && at < span.end
            });
            (!subject.pronoun && !said && subject.full_end <= at).then_some(subject)
        });
        let body =
            |s: &Phrase| s.head.is_some_and(|h| reading.is(h, Classes::BODY | Classes::DOCUMENT | Classes::MEDIA));
        let people = |s: &Phrase| s.names.iter().any(|name| reading.demonym(name.range.start).is_some());
        let fits = |s: &Phrase| match () {
            () if people(s) => false,
            () if agreement(phrase.gender, s.gender).is_none() => false,
            () if phrase.plural => s.plural && s.names.is_empty(),
            () if self.is_it(phrase) => !s.plural && s.role.is_none() && (body(s) || !s.names.is_empty()),
            () => !s.plural && s.names.iter().any(|name| name.entities.is_empty()) && reading.can_speak(s),
        };
        let Some(subject) = subjects.take(4).find(fits) else { return Vec::new() };
        let by = Step::Subject.after(reading.span(subject.range.clone()));
        let actors = if subject.names.is_empty() {
            let known = if subject.indefinite { None } else { self.by_role(&subject, sentence, mention) };
            known.map_or_else(|| vec![self.unnamed(&subject, mention)], |answer| answer.actors)
        } else {
            vec![self.named(&subject, mention)]
        };
        let person = actors.iter().any(|a| a.kind == ActorKind::Person);
        let gender = actors.iter().find_map(|a| self.gender_of(a));
        if !phrase.plural && person == self.is_it(phrase) || agreement(phrase.gender, gender).is_none() {
            return Vec::new();
        }
        vec![(SAME_SENTENCE, actors.into_iter().map(|a| Actor { by, ..a }).collect())]
    }

    /// "The statement also said": whoever spoke "in a statement" shortly before.
    pub(super) fn issuer(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Option<Answer> {
        let reading = self.reading;
        let at = phrase.range.start;
        let head = phrase.head.filter(|h| reading.is(*h, Classes::DOCUMENT) && phrase.range.len() == 2)?;
        if !reading.is_english() || !matches!(reading.lower(at), "the" | "this") {
            return None;
        }
        let near = reading.sentences[sentence.saturating_sub(CONTINUES)].range.start;
        let from = near.max(at.saturating_sub(2 * FARTHEST));
        let issued = |k: &usize| {
            let before = k.saturating_sub(4).max(from)..*k;
            reading.lower(*k) == reading.lower(head)
                && before.clone().any(|j| matches!(reading.lower(j), "a" | "an"))
                && before.clone().any(|j| matches!(reading.lower(j), "in" | "via" | "through"))
        };
        let told = self.sentence_of((from..at).rev().find(issued)?);
        let spoken = self.spoken.iter().rev().find(|s| s.sentence == told && s.actors.len() == 1)?;
        let actor = &spoken.actors[0];
        let by = Step::Author.after(actor.mention);
        Some(Answer::one(Actor { mention, by, ..actor.clone() }))
    }

    /// "Asked about Anne Roy, he said": the tokens of a clause whose persons the pronoun behind it does not mean.
    pub(super) fn asked_clause(&self, phrase: &Phrase, sentence: usize) -> Range<usize> {
        let reading = self.reading;
        let range = &reading.sentences[sentence].range;
        let first = range.start + usize::from(matches!(reading.lower(range.start), "when" | "if"));
        let asked = matches!(reading.lower(first), "asked" | "pressed" | "questioned" | "speaking" | "quizzed");
        let at = phrase.range.start;
        let led = reading.is_english() && asked && phrase.pronoun && at > first && reading.is_comma(at - 1);
        if led { range.start..at } else { 0..0 }
    }

    /// "The prize went to Paul Martin, 50.": a full name that stands there for the first time, whom what follows is about.
    pub(super) fn is_introduced(&self, naming: &Naming) -> bool {
        let words = naming.phrase.clone().filter(|k| self.reading.tokens.is_capital(*k)).count();
        let before = || self.cast.before(naming.token).any(|n| n.member == naming.member);
        let sentence = || self.reading.sentences[self.sentence_of(naming.token)].range.clone();
        let subject = |n: &Naming| n.subject && self.cast.members[n.member].kind == ActorKind::Person;
        self.reading.is_english()
            && words > 1
            && !before()
            && !self.cast.within(sentence().start..naming.token).iter().any(subject)
    }

    /// Whether the one who spoke did so in a clause beside the main one.
    pub(super) fn spoke_beside(&self, actor: &Actor) -> bool {
        let english = self.reading.is_english() && actor.kind == ActorKind::Person;
        english && self.is_beside(self.reading.tokens.at_or_after(actor.mention.start))
    }

    /// Whether a token stands in a clause that "although" or "while" leads, beside the main clause.
    pub(super) fn is_beside(&self, token: usize) -> bool {
        let reading = self.reading;
        let Some(sentence) = reading.sentences.get(self.sentence_of(token)).filter(|_| reading.is_english()) else {
            return false;
        };
        let (start, end) = (sentence.range.start, sentence.range.end);
        let divides = |k: usize| reading.is_comma(k) || reading.is_dash(k);
        matches!(reading.lower(start), "although" | "though" | "while")
            && !(start..token).any(divides)
            && (token..end).any(divides)
    }
}
