//! Pronouns, and other words that mean somebody by nearness and agreement.

use super::{Resolver, actor_of};
use crate::entity::Gender;
use crate::extract::cast::Naming;
use crate::extract::phrase::Phrase;
use crate::extract::resolution::{Answer, Step};
use crate::extract::statement::{Actor, ActorKind, Span};

impl Resolver<'_> {
    /// "ce dernier": the last one named.
    pub(super) fn last_named(&self, phrase: &Phrase, mention: Span) -> Option<Answer> {
        let naming = self.cast.before(phrase.range.start).take(6).find(|n| {
            let member = &self.cast.members[n.member];
            member.kind == ActorKind::Person && agreement(phrase.gender, member.gender).is_some()
        });
        // Whoever spoke later than that under another name ("le chef de l'État") is the last one.
        let named_at = naming.map_or(0, |n| self.reading.token(n.token).span.start);
        let speaker = self.spoken.last().filter(|s| !s.plural && agreement(phrase.gender, s.gender).is_some());
        let speaker = speaker.and_then(|s| s.actors.first()).filter(|a| a.mention.start > named_at);
        speaker
            .map(|a| Actor { mention, by: Step::Latter.after(a.mention), ..a.clone() })
            .or_else(|| Some(self.named_before(naming?, mention, Step::Latter)))
            .map(Answer::one)
    }

    /// Whoever a pronoun means.
    pub(super) fn pronoun(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Answer {
        let mut offers = self.near(phrase, sentence, mention);
        if let Some((cost, subject)) = self.common_subject(phrase, sentence) {
            let known = if subject.indefinite { None } else { self.by_role(&subject, sentence, mention) };
            let by = Step::Subject.after(self.reading.span(subject.range.clone()));
            let actors = known.map_or_else(|| vec![self.unnamed(&subject, mention)], |answer| answer.actors);
            offers.push((cost, actors.into_iter().map(|a| Actor { by, ..a }).collect()));
        }
        Answer::best(offers).unwrap_or_default()
    }

    /// Everybody who agrees with the phrase: last speakers, subjects, others named. The cost is a distance in
    /// sentences, with penalties for doubtful agreement and standing.
    pub(super) fn near(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Vec<(f32, Vec<Actor>)> {
        let at = phrase.range.start;
        let mut offers: Vec<(f32, Vec<Actor>)> = Vec::new();
        for spoken in self.spoken.iter().rev().take(12) {
            if spoken.plural != phrase.plural && !(phrase.plural && spoken.actors.len() > 1) {
                continue;
            }
            let Some(penalty) = agreement(phrase.gender, spoken.gender) else { continue };
            // A pronoun rather means a person than a body, and rather a body than a document or an authority.
            let standing = match spoken.actors.first().map(|a| a.kind) {
                Some(ActorKind::Document | ActorKind::Outlet | ActorKind::Authority) => 0.8,
                Some(ActorKind::Organisation) => 0.6,
                _ => 0.0,
            };
            let cost = (sentence - spoken.sentence.min(sentence)) as f32 + penalty + standing;
            let speaks = |a: &Actor| Actor { mention, by: Step::LastSpeaker.after(a.mention), ..a.clone() };
            offers.push((cost, spoken.actors.iter().map(speaks).collect()));
        }
        if phrase.plural {
            return offers;
        }
        for naming in self.cast.before(at).take(25) {
            let member = &self.cast.members[naming.member];
            let Some(penalty) = agreement(phrase.gender, member.gender) else { continue };
            let distance = (sentence - self.sentence_of(naming.token).min(sentence)) as f32;
            let standing = match (member.kind, naming.subject) {
                (ActorKind::Person, true) => 0.2,
                (ActorKind::Person, false) => 1.4,
                (ActorKind::Organisation, true) => 1.5,
                _ => 5.0,
            };
            offers.push((distance + penalty + standing, vec![self.named_before(naming, mention, Step::NamedBefore)]));
        }
        offers
    }

    /// The nearest sentence's subject if it is a common noun that agrees ("Une voyageuse … a-t-elle dit").
    fn common_subject(&self, phrase: &Phrase, sentence: usize) -> Option<(f32, Phrase)> {
        for distance in 0..3usize {
            let range = self.reading.sentences.get(sentence.checked_sub(distance)?)?.range.clone();
            let verb = range.clone().find(|k| {
                *k < phrase.range.start
                    && self.reading.quotation_at(*k).is_none()
                    && !self.reading.tokens.is_capital(*k)
                    && self.reading.forms(*k).iter().any(|f| f.mood.is_finite())
                    && !self.reading.noun_after_determiner(*k)
            });
            let Some(subject) =
                verb.and_then(|verb| self.reading.source_before(range.start, verb)).and_then(|s| s.into_iter().next())
            else {
                continue;
            };
            if subject.pronoun || !subject.names.is_empty() {
                continue;
            }
            let Some(penalty) = agreement(phrase.gender, subject.gender) else { continue };
            let animate = self.reading.can_speak(&subject);
            if subject.plural == phrase.plural && (animate || distance <= 1) {
                let cost = distance as f32 + if animate { 0.5 } else { 1.3 } + penalty;
                return Some((cost, subject));
            }
        }
        None
    }

    fn named_before(&self, naming: &Naming, mention: Span, step: Step) -> Actor {
        let by = step.after(self.reading.token(naming.token).span);
        Actor { by, ..actor_of(&self.cast.members[naming.member], mention, step) }
    }

    fn sentence_of(&self, token: usize) -> usize {
        self.reading.sentences.partition_point(|s| s.range.end <= token)
    }
}

/// The cost of a pronoun's gender beside another; `None` if they clash.
pub(super) fn agreement(pronoun: Option<Gender>, other: Option<Gender>) -> Option<f32> {
    match (pronoun, other) {
        (Some(a), Some(b)) if a != b => None,
        (Some(_), None) => Some(0.6),
        _ => Some(0.0),
    }
}
