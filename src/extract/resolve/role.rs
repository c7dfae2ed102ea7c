//! Common nouns that mean somebody: offices, roles, kinds of bodies, documents.

use super::{Resolver, actor_of};
use crate::entity::{EntityId, EntityKind};
use crate::extract::cast::Member;
use crate::extract::phrase::Phrase;
use crate::extract::resolution::{Answer, Step};
use crate::extract::statement::{Actor, ActorKind, Span};
use crate::language::fr::Classes;

impl Resolver<'_> {
    /// The phrase as printed, without its determiners.
    pub(super) fn bare_text(&self, phrase: &Phrase) -> String {
        let last = phrase.range.end - 1;
        let start = (phrase.range.start..last).find(|k| !self.reading.is(*k, Classes::DET)).unwrap_or(last);
        self.reading
            .span(start..phrase.range.end)
            .of(self.reading.text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// "le président français", "la présidente de la Commission européenne": who held the office then.
    pub(super) fn by_office(&self, phrase: &Phrase, mention: Span) -> Option<Actor> {
        if phrase.indefinite || phrase.plural || phrase.role.is_none() && phrase.head.is_none() {
            return None;
        }
        let text = self.bare_text(phrase);
        let bare_role = phrase.role.as_ref().is_some_and(|r| r.range.end >= phrase.range.end);
        if bare_role {
            return None;
        }
        let id = self.reading.entities.office_holder(&text, None, self.published)?;
        // The article itself may say otherwise: somebody else with that role is named.
        Some(self.entity_actor(id, mention, Step::Office))
    }

    /// The actor of a known entity.
    pub(super) fn entity_actor(&self, id: EntityId, mention: Span, step: Step) -> Actor {
        let entity = self.reading.entities.get(id);
        Actor {
            name: entity.fr.clone(),
            mention,
            entity: Some(id),
            metonym: None,
            kind: kind_of(entity.kind),
            by: step.alone(),
        }
    }

    /// "le président", "la ministre", "l'experte", "cette jeune femme": somebody named before.
    pub(super) fn by_role(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Option<Answer> {
        if phrase.plural {
            return None;
        }
        let at = phrase.range.start;
        let role = phrase.role.as_ref().map(|r| r.lemma.as_str());
        let head = phrase.head.map(|h| self.reading.lower(h));
        if phrase.head.is_some_and(|h| self.reading.is(h, Classes::MEDIA)) && phrase.range.len() <= 3 {
            let outlet =
                self.cast.before(at).map(|n| &self.cast.members[n.member]).find(|m| m.kind == ActorKind::Outlet)?;
            return Some(Answer::one(actor_of(outlet, mention, Step::Role)));
        }
        if head.is_some()
            && role.is_none()
            && phrase.head.is_some_and(|h| self.reading.is(h, Classes::BODY | Classes::DOCUMENT | Classes::GROUP))
        {
            return self.by_body(phrase, mention).map(Answer::one);
        }
        // A complement that names something else ("le ministre de la Santé") must fit.
        let fits_gender = |m: &Member| m.gender.is_none() || phrase.gender.is_none() || m.gender == phrase.gender;
        let same_role = |m: &Member| {
            role.is_some_and(|r| {
                m.roles.iter().any(|x| {
                    x == r
                        || x.ends_with(&format!("-{r}"))
                        || x.starts_with(&format!("{r} "))
                        || r.starts_with(&format!("{x} "))
                })
            }) || head.is_some_and(|h| m.nouns.iter().any(|n| n == h || same_noun(n, h)))
                || role.is_some_and(|r| {
                    m.entity.is_some_and(|e| {
                        self.reading.entities.get(e).offices.iter().any(|o| o.title.to_lowercase().starts_with(r))
                    })
                })
        };
        if role == Some("homologue") {
            // "son homologue ukrainien": whoever the article names of that country.
            let country = phrase
                .range
                .clone()
                .find_map(|k| self.reading.entities.demonym(self.reading.lower(k)))
                .map(|d| d.country)?;
            let of_country = |m: &&Member| {
                m.kind == ActorKind::Person
                    && m.entity.is_some_and(|e| self.reading.entities.get(e).country == Some(country))
            };
            let found = self
                .cast
                .before(at)
                .map(|n| &self.cast.members[n.member])
                .find(of_country)
                .or_else(|| self.cast.members.iter().find(of_country))?;
            return Some(Answer::one(actor_of(found, mention, Step::Role)));
        }
        let named = self
            .cast
            .before(at)
            .map(|n| &self.cast.members[n.member])
            .find(|m| m.kind == ActorKind::Person && fits_gender(m) && same_role(m));
        if let Some(member) = named {
            return Some(Answer::one(actor_of(member, mention, Step::Role)));
        }
        if let Some(role) = role
            && let Some(id) = self.national_office(role)
        {
            return Some(Answer::one(self.entity_actor(id, mention, Step::Office)));
        }
        // A describing noun ("l'élu", "cette jeune femme", "l'ancien ministre des Transports"): whoever the text
        // is about, unless the words may introduce somebody new.
        let demonstrative = matches!(self.reading.lower(at), "cet" | "cette" | "ce");
        let introduces = phrase
            .role
            .as_ref()
            .is_some_and(|r| matches!(r.class.as_str(), "spokes" | "justice" | "police" | "mil" | "diplo" | "staff"));
        let short = phrase.range.len() <= 3;
        let describes = (role.is_some() || head.is_some() && short) && (short || demonstrative || !introduces);
        let reach = if demonstrative { 4.0 } else { 3.0 };
        if describes {
            let mut offers = self.near(phrase, sentence, mention);
            offers.retain(|(cost, _)| *cost <= reach);
            let answer = Answer::best(offers);
            let person = |a: &Answer| matches!(a.actors[0].kind, ActorKind::Person | ActorKind::Unnamed);
            if let Some(answer) = answer.filter(|a| a.actors.len() == 1 && person(a)) {
                return Some(answer);
            }
        }
        // The name may come later in the article.
        let later = self
            .cast
            .members
            .iter()
            .find(|m| m.kind == ActorKind::Person && fits_gender(m) && role.is_some() && same_role(m));
        later.map(|member| Answer::one(actor_of(member, mention, Step::NamedLater)))
    }

    /// "l'association", "le parti": the named body of that noun.
    fn by_body(&self, phrase: &Phrase, mention: Span) -> Option<Actor> {
        let head = self.reading.lower(phrase.head?);
        if phrase.range.len() > 2 {
            return None;
        }
        let member = self.cast.before(phrase.range.start).map(|n| &self.cast.members[n.member]).find(|m| {
            m.kind == ActorKind::Organisation
                && (m.name.to_lowercase().starts_with(head) || m.nouns.iter().any(|n| n == head))
        })?;
        Some(actor_of(member, mention, Step::Role))
    }

    /// "le rapport de la Cour des comptes", "un décompte réalisé par l'agence": the body that made the document.
    pub(super) fn behind_document(&mut self, phrase: &Phrase, sentence: usize) -> Option<Answer> {
        let reading = self.reading;
        let head = phrase.head.filter(|h| reading.is(*h, Classes::DOCUMENT))?;
        let limit = reading.sentences.get(sentence)?.range.end;
        let by = (head + 1..phrase.range.end.min(head + 6))
            .find(|k| matches!(reading.lower(*k), "de" | "du" | "des" | "d'" | "par"))
            .or_else(|| (reading.lower(phrase.range.end) == "par").then_some(phrase.range.end))?;
        let author = if reading.is(by, Classes::FUSED) {
            reading.phrase_at(by, limit)
        } else {
            reading.phrase_at(by + 1, limit)
        }?;
        let speaks = author.names.iter().any(|n| !n.entities.is_empty() || n.range.len() > 1)
            || author.head.is_some_and(|h| reading.is(h, Classes::BODY)) && !author.indefinite;
        speaks.then(|| self.resolve_one(&author, sentence))
    }

    /// A role without a country: the one country whose holder the article names.
    fn national_office(&self, role: &str) -> Option<EntityId> {
        let mut found: Vec<EntityId> = Vec::new();
        for (_, entity) in
            self.reading.entities.iter().filter(|(id, e)| e.kind == EntityKind::Country && self.cast.names_country(*id))
        {
            let id = self.reading.entities.office_holder(role, entity.country, self.published);
            if let Some(id) = id
                && self.cast.members.iter().any(|m| m.entity == Some(id))
                && !found.contains(&id)
            {
                found.push(id);
            }
        }
        // Several such holders: the one who spoke last.
        let last =
            || self.spoken.iter().rev().flat_map(|s| &s.actors).find_map(|a| a.entity.filter(|e| found.contains(e)));
        match found.as_slice() {
            [one] => Some(*one),
            _ => last(),
        }
    }

    pub(super) fn unnamed(&self, phrase: &Phrase, mention: Span) -> Actor {
        let kind = match phrase.head {
            Some(h) if self.reading.is(h, Classes::DOCUMENT) => ActorKind::Document,
            Some(h) if self.reading.is(h, Classes::BODY) => ActorKind::Organisation,
            _ => ActorKind::Unnamed,
        };
        let by = Step::Unnamed.alone();
        Actor { name: self.bare_text(phrase), mention, entity: None, metonym: None, kind, by }
    }
}

/// "militante" and "militant", "experte" and "expert".
fn same_noun(a: &str, b: &str) -> bool {
    let stem = |w: &str| w.trim_end_matches('s').trim_end_matches('e').to_owned();
    stem(a) == stem(b)
}

fn kind_of(kind: EntityKind) -> ActorKind {
    match kind {
        EntityKind::Person => ActorKind::Person,
        EntityKind::Outlet => ActorKind::Outlet,
        EntityKind::Organisation => ActorKind::Organisation,
        EntityKind::Place | EntityKind::Country | EntityKind::Authority => ActorKind::Authority,
        EntityKind::Concept => ActorKind::Document,
    }
}
