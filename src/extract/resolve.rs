//! From the words that name a source to the actor: names, roles, pronouns, places that stand for authorities.

use super::cast::{Cast, Member, Naming};
use super::phrase::Phrase;
use super::reading::Reading;
use super::resolution::Step;
use super::statement::{Actor, ActorKind, Span};
use crate::date::PartialDate;
use crate::entity::{EntityId, EntityKind, Gender};
use crate::language::fr::Classes;

/// Who spoke before, for the pronouns that follow.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// Index of the sentence.
    pub sentence: usize,
    /// Who it was.
    pub actors: Vec<Actor>,
    /// Gender and number of the words that named them.
    pub gender: Option<Gender>,
    /// Several, or a plural noun.
    pub plural: bool,
}

/// Resolves the sources of an article's statements, in text order.
pub struct Resolver<'a> {
    reading: &'a Reading<'a>,
    cast: &'a mut Cast,
    published: Option<PartialDate>,
    spoken: Vec<Spoken>,
}

impl<'a> Resolver<'a> {
    /// A resolver that has heard nobody yet.
    pub fn new(reading: &'a Reading<'a>, cast: &'a mut Cast, published: Option<PartialDate>) -> Self {
        Self { reading, cast, published, spoken: Vec::new() }
    }

    /// The actors behind the phrases of a source; empty if a pronoun leads to nobody.
    pub fn resolve(&mut self, sources: &[Phrase], sentence: usize) -> Vec<Actor> {
        let mut actors: Vec<Actor> = Vec::new();
        for phrase in sources {
            for actor in self.resolve_one(phrase, sentence) {
                if !actors.iter().any(|a| a.name == actor.name) {
                    actors.push(actor);
                }
            }
        }
        actors
    }

    /// Remembers who spoke.
    pub fn heard(&mut self, sentence: usize, sources: &[Phrase], actors: &[Actor]) {
        if actors.is_empty() {
            return;
        }
        let gender = sources.iter().find_map(|s| s.gender).or_else(|| actors.iter().find_map(|a| self.gender_of(a)));
        let plural =
            actors.len() > 1 || sources.iter().any(|s| s.plural) && actors.iter().all(|a| a.kind == ActorKind::Unnamed);
        self.spoken.push(Spoken { sentence, actors: actors.to_vec(), gender, plural });
    }

    /// Who spoke last, if that was at most `within` sentences ago.
    pub fn last(&self, sentence: usize, within: usize) -> Option<&Spoken> {
        self.spoken.last().filter(|s| s.sentence + within >= sentence)
    }

    fn gender_of(&self, actor: &Actor) -> Option<Gender> {
        self.cast.members.iter().find(|m| m.name == actor.name).and_then(|m| m.gender)
    }

    fn resolve_one(&mut self, phrase: &Phrase, sentence: usize) -> Vec<Actor> {
        let mention = self.reading.span(phrase.range.clone());
        if self.is_anaphor(phrase) {
            return self
                .last_named(phrase, mention)
                .map_or_else(|| self.pronoun(phrase, sentence, mention), |actor| vec![actor]);
        }
        if phrase.pronoun {
            return if self.reading.lower(phrase.range.start) == "on" {
                Vec::new()
            } else {
                self.pronoun(phrase, sentence, mention)
            };
        }
        if !phrase.names.is_empty() {
            return self.named(phrase, mention).into_iter().collect();
        }
        if let Some(actors) = self.behind_document(phrase, sentence) {
            let by = Step::Author.alone();
            return actors.into_iter().map(|a| Actor { mention, by, ..a }).collect();
        }
        if let Some(actor) = self.by_office(phrase, mention) {
            return vec![actor];
        }
        if !phrase.indefinite
            && let Some(actor) = self.by_role(phrase, sentence, mention)
        {
            return vec![actor];
        }
        vec![self.unnamed(phrase, mention)]
    }

    fn is_anaphor(&self, phrase: &Phrase) -> bool {
        phrase.names.is_empty()
            && phrase.head.is_some_and(|h| self.reading.is(h, Classes::ANAPHOR))
            && matches!(self.reading.lower(phrase.range.start), "ce" | "cette" | "ces" | "l'" | "le" | "la")
            && phrase.range.len() == 2
    }

    // ---- names ----------------------------------------------------------------------------------

    fn named(&mut self, phrase: &Phrase, mention: Span) -> Option<Actor> {
        let reading = self.reading;
        let name = &phrase.names[0];
        if let Some(actor) = self.authority(phrase, mention) {
            return Some(actor);
        }
        // "le parti de Paul Martin", "un proche de …" never reach here: complements bear no names.
        if let Some(at) = self.cast.enter(reading, phrase) {
            let member = &self.cast.members[at];
            return Some(Actor { by: Step::Name.alone(), ..actor_of(member, mention) });
        }
        let text = reading.span(name.range.clone()).of(reading.text);
        let (kind, by) = (ActorKind::Organisation, Step::Name.alone());
        Some(Actor { name: text.to_owned(), mention, entity: None, metonym: None, kind, by })
    }

    /// "Kiev", "la Russie", "le Kremlin" speak for an authority.
    fn authority(&self, phrase: &Phrase, mention: Span) -> Option<Actor> {
        if phrase.names.len() != 1
            || phrase.role.is_some()
            || phrase.head.is_some_and(|h| !self.reading.tokens.is_capital(h))
        {
            return None;
        }
        let place = phrase.names[0]
            .entities
            .iter()
            .copied()
            .find(|e| matches!(self.reading.entities.get(*e).kind, EntityKind::Country | EntityKind::Place))?;
        let other = phrase.names[0]
            .entities
            .iter()
            .any(|e| matches!(self.reading.entities.get(*e).kind, EntityKind::Organisation | EntityKind::Outlet));
        if other {
            return None;
        }
        let entity = self.reading.entities.get(place);
        match entity.authority {
            Some(id) => Some(Actor {
                name: self.reading.entities.get(id).fr.clone(),
                mention,
                entity: Some(id),
                metonym: Some(place),
                kind: ActorKind::Authority,
                by: Step::Place.alone(),
            }),
            None => Some(Actor {
                name: entity.fr.clone(),
                mention,
                entity: Some(place),
                metonym: Some(place),
                kind: ActorKind::Authority,
                by: Step::Place.alone(),
            }),
        }
    }

    // ---- roles ----------------------------------------------------------------------------------

    /// The phrase as printed, without its determiners.
    fn bare_text(&self, phrase: &Phrase) -> String {
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
    fn by_office(&self, phrase: &Phrase, mention: Span) -> Option<Actor> {
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
        Some(self.entity_actor(id, mention))
    }

    fn entity_actor(&self, id: EntityId, mention: Span) -> Actor {
        let entity = self.reading.entities.get(id);
        let (kind, by) = (kind_of(entity.kind), Step::Office.alone());
        Actor { name: entity.fr.clone(), mention, entity: Some(id), metonym: None, kind, by }
    }

    /// "le président", "la ministre", "l'experte", "cette jeune femme": somebody named before.
    fn by_role(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Option<Actor> {
        if phrase.plural {
            return None;
        }
        let at = phrase.range.start;
        let role = phrase.role.as_ref().map(|r| r.lemma.as_str());
        let head = phrase.head.map(|h| self.reading.lower(h));
        if phrase.head.is_some_and(|h| self.reading.is(h, Classes::MEDIA)) && phrase.range.len() <= 3 {
            let outlet =
                self.cast.before(at).map(|n| &self.cast.members[n.member]).find(|m| m.kind == ActorKind::Outlet)?;
            return Some(actor_of(outlet, mention));
        }
        if head.is_some()
            && role.is_none()
            && phrase.head.is_some_and(|h| self.reading.is(h, Classes::BODY | Classes::DOCUMENT | Classes::GROUP))
        {
            return self.by_body(phrase, mention);
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
            return Some(actor_of(found, mention));
        }
        let named = self
            .cast
            .before(at)
            .map(|n| &self.cast.members[n.member])
            .find(|m| m.kind == ActorKind::Person && fits_gender(m) && same_role(m));
        if let Some(member) = named {
            return Some(actor_of(member, mention));
        }
        if let Some(role) = role
            && let Some(id) = self.national_office(role)
        {
            return Some(self.entity_actor(id, mention));
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
        if describes && let Some((cost, mut actors)) = self.nearest(phrase, sentence, mention) {
            let person = actors.iter().all(|a| matches!(a.kind, ActorKind::Person | ActorKind::Unnamed));
            if cost <= reach && person && actors.len() == 1 {
                return Some(actors.remove(0));
            }
        }
        // The name may come later in the article.
        let later = self
            .cast
            .members
            .iter()
            .find(|m| m.kind == ActorKind::Person && fits_gender(m) && role.is_some() && same_role(m));
        later.map(|member| actor_of(member, mention))
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
        Some(actor_of(member, mention))
    }

    /// "le rapport de la Cour des comptes", "un décompte réalisé par l'agence": the body that made the document.
    fn behind_document(&mut self, phrase: &Phrase, sentence: usize) -> Option<Vec<Actor>> {
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

    fn unnamed(&self, phrase: &Phrase, mention: Span) -> Actor {
        let kind = match phrase.head {
            Some(h) if self.reading.is(h, Classes::DOCUMENT) => ActorKind::Document,
            Some(h) if self.reading.is(h, Classes::BODY) => ActorKind::Organisation,
            _ => ActorKind::Unnamed,
        };
        Actor { name: self.bare_text(phrase), mention, entity: None, metonym: None, kind, by: Step::Unnamed.alone() }
    }

    // ---- pronouns -------------------------------------------------------------------------------

    /// "ce dernier": the last one named.
    fn last_named(&self, phrase: &Phrase, mention: Span) -> Option<Actor> {
        let naming = self.cast.before(phrase.range.start).take(6).find(|n| {
            let member = &self.cast.members[n.member];
            member.kind == ActorKind::Person && agreement(phrase.gender, member.gender).is_some()
        });
        // Whoever spoke later than that under another name ("le chef de l'État") is the last one.
        let named_at = naming.map_or(0, |n| self.reading.token(n.token).span.start);
        let speaker = self.spoken.last().filter(|s| !s.plural && agreement(phrase.gender, s.gender).is_some());
        let speaker = speaker.and_then(|s| s.actors.first()).filter(|a| a.mention.start > named_at);
        speaker
            .map(|a| Actor { mention, by: Step::LastSpeaker.after(a.mention), ..a.clone() })
            .or_else(|| Some(self.named_before(naming?, mention)))
    }

    fn pronoun(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Vec<Actor> {
        self.nearest(phrase, sentence, mention).map(|(_, actors)| actors).unwrap_or_default()
    }

    /// Whoever agrees with the phrase and stands nearest: last speakers, then subjects, then others named. The
    /// cost is a distance in sentences, with penalties for doubtful agreement and standing.
    fn nearest(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Option<(f32, Vec<Actor>)> {
        let at = phrase.range.start;
        let mut best: Option<(f32, Vec<Actor>)> = None;
        let mut offer = |cost: f32, actors: Vec<Actor>| {
            if best.as_ref().is_none_or(|(c, _)| cost < *c) {
                best = Some((cost, actors));
            }
        };
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
            offer(cost, spoken.actors.iter().map(speaks).collect());
        }
        if !phrase.plural {
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
                offer(distance + penalty + standing, vec![self.named_before(naming, mention)]);
            }
        }
        let (cost, _) = best.as_ref().map_or((f32::MAX, ()), |(cost, _)| (*cost, ()));
        match self.common_subject(phrase, sentence) {
            Some((other, subject)) if other < cost && phrase.pronoun => {
                let known = (!subject.indefinite).then(|| self.by_role(&subject, sentence, mention)).flatten();
                let by = Step::Subject.after(self.reading.span(subject.range.clone()));
                let actor = known.unwrap_or_else(|| self.unnamed(&subject, mention));
                Some((other, vec![Actor { by, ..actor }]))
            }
            _ => best,
        }
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
            let agrees = subject.plural == phrase.plural && agreement(phrase.gender, subject.gender).is_some();
            let animate = self.reading.can_speak(&subject);
            if agrees && (animate || distance <= 1) {
                return Some((
                    distance as f32
                        + if animate { 0.5 } else { 1.3 }
                        + agreement(phrase.gender, subject.gender).unwrap_or_default(),
                    subject,
                ));
            }
        }
        None
    }

    fn named_before(&self, naming: &Naming, mention: Span) -> Actor {
        let by = Step::NamedBefore.after(self.reading.token(naming.token).span);
        Actor { by, ..actor_of(&self.cast.members[naming.member], mention) }
    }

    fn sentence_of(&self, token: usize) -> usize {
        self.reading.sentences.partition_point(|s| s.range.end <= token)
    }
}

/// The cost of a pronoun's gender beside another; `None` if they clash.
fn agreement(pronoun: Option<Gender>, other: Option<Gender>) -> Option<f32> {
    match (pronoun, other) {
        (Some(a), Some(b)) if a != b => None,
        (Some(_), None) => Some(0.6),
        _ => Some(0.0),
    }
}

/// "militante" and "militant", "experte" and "expert".
fn same_noun(a: &str, b: &str) -> bool {
    let stem = |w: &str| w.trim_end_matches('s').trim_end_matches('e').to_owned();
    stem(a) == stem(b)
}

fn actor_of(member: &Member, mention: Span) -> Actor {
    let by = Step::Role.alone();
    Actor { name: member.name.clone(), mention, entity: member.entity, metonym: None, kind: member.kind, by }
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
