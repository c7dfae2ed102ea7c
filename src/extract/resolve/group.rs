//! Words that mean several together, or one of them by order: "les deux officiers", "le couple", "le second".

use super::pronoun::agreement;
use super::{Resolver, actor_of};
use crate::entity::{Gender, stands_for};
use crate::extract::cast::Member;
use crate::extract::phrase::Phrase;
use crate::extract::resolution::{Answer, Step};
use crate::extract::statement::{Actor, ActorKind, Span};
use crate::language::Classes;

/// So many words back stand those whom "ces derniers" means.
const REACH: usize = 60;

impl Resolver<'_> {
    /// "les deux officiers", "le couple", "le premier": who of those named together before.
    pub(super) fn of_group(&self, phrase: &Phrase, mention: Span) -> Option<Answer> {
        let reading = self.reading;
        let at = phrase.range.start;
        if let Some(order) = self.order(phrase) {
            let group = self.cast.group_before(at, |members| members.len() == 2)?;
            let member = &self.cast.members[group.members[order]];
            agreement(phrase.gender, member.gender)?;
            return Some(Answer::one(actor_of(member, mention, Step::Ordinal)));
        }
        let first = reading.lower(at);
        // "l'un d'eux", "l'une d'entre elles": of those who spoke together.
        if phrase.indefinite && reading.is(phrase.range.end - 1, Classes::OBLIQUE) {
            let last = self.spoken.iter().rev().take(3).find(|s| s.plural)?;
            let by = |a: &Actor| Step::Group.after(a.mention);
            let actors = last.actors.iter().map(|a| Actor { mention, by: by(a), ..a.clone() }).collect();
            return Some(Answer { actors, candidates: Vec::new() });
        }
        let pair = phrase.range.len() == 2 && matches!(reading.lower(at + 1), "couple" | "duo" | "tandem" | "binôme");
        let count = match (first, reading.lower(at + 1)) {
            ("le", _) if pair => 2,
            ("les" | "ces" | "ses", "deux") => 2,
            ("les" | "ces" | "ses", "trois") => 3,
            ("les" | "ces" | "ses", "quatre") => 4,
            _ => return None,
        };
        let group = self.cast.group_before(at, |members| members.len() == count && self.fit(members, phrase))?;
        let several = group.members.iter().map(|m| actor_of(&self.cast.members[*m], mention, Step::Group));
        Some(Answer { actors: several.collect(), candidates: Vec::new() })
    }

    /// "ces derniers": those named together last, or the last plural noun that can speak.
    pub(super) fn last_several(&self, phrase: &Phrase, mention: Span) -> Option<Answer> {
        let reading = self.reading;
        let at = phrase.range.start;
        let group = self.cast.group_before(at, |members| self.fit(members, phrase));
        let from = at.saturating_sub(REACH).max(group.map_or(0, |group| group.token + 1));
        let noun_at = |k: usize| {
            let noun = reading.is(k, Classes::DET).then(|| reading.phrase_at(k, at)).flatten()?;
            let plural = noun.plural || matches!(reading.lower(k), "aux" | "des");
            let plain = plural && noun.names.is_empty() && !self.is_anaphor(&noun);
            (plain && reading.quotation_at(k).is_none()).then_some(noun)
        };
        let nouns = || (from..at).rev().filter_map(noun_at);
        if let Some(noun) = nouns().find(|noun| reading.can_speak(noun)).or_else(|| nouns().next()) {
            let by = Step::Latter.after(reading.span(noun.range.clone()));
            return Some(Answer::one(Actor { by, ..self.unnamed(&noun, mention) }));
        }
        let near = group.filter(|group| group.token + REACH >= at)?;
        let actors = near.members.iter().map(|m| actor_of(&self.cast.members[*m], mention, Step::Latter));
        Some(Answer { actors: actors.collect(), candidates: Vec::new() })
    }

    /// Whether the noun of a plural phrase may stand for all of them.
    fn fit(&self, members: &[usize], phrase: &Phrase) -> bool {
        members.iter().map(|m| &self.cast.members[*m]).all(|member: &Member| {
            let gender = phrase.gender != Some(Gender::Feminine) || member.gender != Some(Gender::Masculine);
            let role = phrase.role.as_ref().is_none_or(|role| {
                member.roles.is_empty()
                    || member
                        .roles
                        .iter()
                        .any(|held| held.class == role.class || stands_for(role.lemma, &held.lemma, held.class))
            });
            gender && role
        })
    }

    /// 0 for "le premier", 1 for "la seconde", standing alone.
    fn order(&self, phrase: &Phrase) -> Option<usize> {
        let at = phrase.range.start;
        let alone = phrase.range.len() == 2 && matches!(self.reading.lower(at), "le" | "la");
        match self.reading.lower(at + 1) {
            "premier" | "première" if alone => Some(0),
            "second" | "seconde" | "deuxième" if alone => Some(1),
            _ => None,
        }
    }

    /// Those named together, or under a plural name, whom "ils" or "elles" may mean.
    pub(super) fn named_together(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Vec<(f32, Vec<Actor>)> {
        let at = phrase.range.start;
        let distance = |token: usize| (sentence - self.sentence_of(token).min(sentence)) as f32;
        let agrees = |members: &[usize]| {
            let all = members.iter().all(|m| self.cast.members[*m].gender == Some(Gender::Feminine));
            let any = members.iter().any(|m| self.cast.members[*m].gender == Some(Gender::Masculine));
            if phrase.gender == Some(Gender::Feminine) { !any } else { !all }
        };
        let mut offers = Vec::new();
        // Places side by side are where something happens, unless they have spoken.
        let speak = |members: &[usize]| {
            members.iter().map(|m| &self.cast.members[*m]).all(|m| m.kind != ActorKind::Authority && m.is_told())
        };
        for group in self.cast.groups.iter().filter(|g| g.token < at && agrees(&g.members) && speak(&g.members)) {
            let persons = group.members.iter().all(|m| self.cast.members[*m].kind == ActorKind::Person);
            let standing = if persons { 0.3 } else { 1.3 };
            let actors = group.members.iter().map(|m| actor_of(&self.cast.members[*m], mention, Step::Group)).collect();
            offers.push((distance(group.token) + standing, actors));
        }
        for naming in self.cast.before(at).take(25) {
            let member = &self.cast.members[naming.member];
            let Some(penalty) = agreement(phrase.gender, member.gender).filter(|_| member.plural) else { continue };
            let standing = if naming.subject { 0.3 } else { 1.4 };
            offers.push((
                distance(naming.token) + standing + penalty,
                vec![actor_of(member, mention, Step::NamedBefore)],
            ));
        }
        offers
    }
}
