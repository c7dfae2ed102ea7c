//! Common nouns that mean somebody: offices, roles, kinds of bodies, documents.

use super::pronoun::agreement;
use super::{Resolver, actor_of};
use crate::entity::{EntityId, EntityKind, Gender, stands_for};
use crate::extract::cast::enter::complement;
use crate::extract::cast::{Held, Member};
use crate::extract::phrase::Phrase;
use crate::extract::resolution::{Answer, Step};
use crate::extract::statement::{Actor, ActorKind, Span};
use crate::language::fr::Classes;

/// What the words of a phrase say of the one it means.
struct Noun<'a> {
    /// The role's lemma, or the head noun.
    word: &'a str,
    head: &'a str,
    class: &'a str,
    has_role: bool,
    not_now: bool,
    gender: Option<Gender>,
    /// Words of the complement.
    of: Vec<String>,
    /// Whether the complement bears a name.
    place: bool,
}

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
        let one = |actor: Actor| Some(Answer::one(actor));
        if phrase.plural {
            return self.spoken_as(phrase, mention).map(Answer::one);
        }
        let body = Classes::BODY | Classes::MEDIA | Classes::DOCUMENT | Classes::GROUP;
        let person = phrase.role.as_ref().is_some_and(|role| !role.class.ends_with("-org"));
        if !person && phrase.head.is_some_and(|h| self.reading.is(h, body) || self.means_body(h)) {
            return self.by_body(phrase, sentence, mention).map(Answer::one);
        }
        if phrase.role.as_ref().is_some_and(|r| r.lemma == "homologue") {
            return self.counterpart(phrase, mention).map(Answer::one);
        }
        let noun = self.noun(phrase)?;
        let mut named = self.cast.before(phrase.range.start).map(|n| &self.cast.members[n.member]);
        if let Some(member) = named.find(|m| self.is_meant(&noun, m)) {
            return one(actor_of(member, mention, Step::Role));
        }
        if let Some(member) = self.relative(&noun) {
            return one(actor_of(member, mention, Step::Role));
        }
        if let Some(actor) = self.spoken_as(phrase, mention) {
            return one(actor);
        }
        if let Some(role) = phrase.role.as_ref().filter(|_| !noun.place)
            && let Some(id) = self.national_office(role.lemma)
            && agreement(phrase.gender, self.reading.entities.get(id).gender).is_some()
        {
            return one(self.entity_actor(id, mention, Step::Office));
        }
        self.described(phrase, &noun, sentence, mention).or_else(|| {
            // The name may come later in the article.
            let later = self.cast.members.iter().find(|m| phrase.role.is_some() && self.is_meant(&noun, m));
            later.map(|member| Answer::one(actor_of(member, mention, Step::NamedLater)))
        })
    }

    /// What a phrase without a name says of the one it means.
    fn noun<'p>(&'p self, phrase: &'p Phrase) -> Option<Noun<'p>> {
        let head = phrase.head.map(|h| self.reading.lower(h));
        let (word, class, not_now, end) = match &phrase.role {
            Some(role) => (role.lemma, role.class, role.not_now, role.range.end),
            None => (head?, "", false, phrase.head? + 1),
        };
        let range = end.min(phrase.range.end)..phrase.range.end;
        let state = |k: usize| matches!(self.reading.lower(k), "république" | "état" | "etat");
        let place = range.clone().any(|k| self.reading.tokens.is_capital(k) && !state(k));
        let of = complement(self.reading, range);
        let has_role = phrase.role.is_some();
        Some(Noun { word, head: head.unwrap_or(word), class, has_role, not_now, gender: phrase.gender, of, place })
    }

    /// Whether the article gives somebody the role or noun. "le maire de Valmont" is not the mayor of Sarrance.
    fn is_meant(&self, noun: &Noun, member: &Member) -> bool {
        let gender = member.gender.is_none() || noun.gender.is_none() || member.gender == noun.gender;
        let person = member.kind == ActorKind::Person;
        let fits = |held: &Held| {
            // "le dirigeant écologiste" says more of whoever is known as "le maire de Valmont".
            let kind = noun.word != held.lemma && !noun.place;
            let same = noun.of.is_empty()
                || noun.of.iter().any(|word| held.of.contains(word))
                || kind
                || held.of.is_empty() && !noun.place;
            same && held.not_now == noun.not_now && stands_for(noun.word, &held.lemma, held.class)
        };
        let office = || {
            let offices = member.entity.map(|e| self.reading.entities.get(e).offices.as_slice()).unwrap_or_default();
            offices.iter().any(|o| o.title.to_lowercase().starts_with(noun.word))
        };
        let described = || member.nouns.iter().any(|n| n == noun.head || same_noun(n, noun.head));
        person && gender && (member.roles.iter().any(fits) || described() || noun.has_role && !noun.place && office())
    }

    /// An unnamed source that spoke before, in fewer words: "la porte-parole" after "une porte-parole du groupe".
    pub(super) fn spoken_as(&self, phrase: &Phrase, mention: Span) -> Option<Actor> {
        let text = self.bare_text(phrase);
        let longer = |a: &&Actor| a.entity.is_none() && a.name.strip_prefix(&text).is_some_and(|r| r.starts_with(' '));
        let unnamed = |a: &&Actor| !matches!(a.kind, ActorKind::Person | ActorKind::Outlet);
        let before = self.spoken.iter().rev().filter(|s| s.plural == phrase.plural).flat_map(|s| &s.actors);
        let actor = before.filter(unnamed).find(longer)?;
        Some(Actor { mention, by: Step::Role.after(actor.mention), ..actor.clone() })
    }

    /// A describing noun ("l'élu", "cette jeune femme", "l'ancien ministre des Transports"): whoever the text is
    /// about, unless the words may introduce somebody new.
    fn described(&self, phrase: &Phrase, noun: &Noun, sentence: usize, mention: Span) -> Option<Answer> {
        let at = phrase.range.start;
        let first = self.reading.lower(at);
        let demonstrative = matches!(first, "cet" | "cette" | "ce");
        let fused = at > 0 && matches!(self.reading.lower(at - 1), "du" | "au");
        let definite = demonstrative || fused || matches!(first, "le" | "la" | "l'");
        let introduces = matches!(noun.class, "spokes" | "justice" | "police" | "mil" | "diplo" | "staff")
            || noun.class == "relational"
                && !self.reading.span(phrase.range.clone()).of(self.reading.text).ends_with("femme");
        let short = phrase.range.len() <= 3;
        let known = demonstrative
            || noun.not_now
            || phrase
                .range
                .clone()
                .take(3)
                .any(|k| matches!(self.reading.lower(k), "actuel" | "actuelle" | "ancien" | "ancienne" | "ex"));
        let describes = known || !introduces && (short || noun.has_role || self.goes_on);
        if !definite || !describes {
            return None;
        }
        let reach = if known { 5.0 } else { 3.5 };
        let mut offers = self.near(phrase, sentence, mention);
        offers.retain(|(_, a)| {
            a.len() == 1 && matches!(a[0].kind, ActorKind::Person | ActorKind::Unnamed) && !self.is_lone_capital(&a[0])
        });
        // Nobody else is named so far: it is the one however far away.
        let sole = offers.iter().all(|(_, actors)| actors[0].name == offers[0].1[0].name);
        offers.retain(|(cost, _)| *cost <= if sole { 2.0 * reach } else { reach });
        for (cost, actors) in &mut offers {
            let roles = self.roles_of(&actors[0]);
            // Somebody known for another thing is hardly meant.
            if noun.has_role && !roles.is_empty() && !roles.iter().any(|held| held.class == noun.class) {
                *cost += if known { 0.3 } else { 0.8 };
            }
        }
        Answer::best(offers)
    }

    /// "sa femme", "le fils du patron": the only one of that gender who shares a surname with somebody else.
    fn relative(&self, noun: &Noun) -> Option<&Member> {
        let surname = |m: &Member| m.name.rsplit(' ').next().map(str::to_owned);
        let persons = || self.cast.members.iter().filter(|m| m.kind == ActorKind::Person && m.name.contains(' '));
        let shares = |one: &&Member| persons().any(|other| other.name != one.name && surname(other) == surname(one));
        let spouse = noun.class == "relational" && matches!(noun.word, "mari" | "époux" | "veuf" | "compagnon");
        let gender = noun.gender.filter(|_| spouse)?;
        let mut found = persons().filter(|m| m.gender == Some(gender)).filter(shares);
        let only = found.next();
        only.filter(|_| found.next().is_none())
    }

    /// Whether an actor is one capitalised word of which nothing is told, and which has not spoken: as likely a place.
    fn is_lone_capital(&self, actor: &Actor) -> bool {
        actor.by.step == Step::NamedBefore
            && self.cast.members.iter().find(|m| m.name == actor.name).is_some_and(|m| !m.is_told())
    }

    /// The roles that the article gives to an actor.
    fn roles_of(&self, actor: &Actor) -> &[Held] {
        self.cast.members.iter().find(|m| m.name == actor.name).map(|m| m.roles.as_slice()).unwrap_or_default()
    }

    /// "son homologue ukrainien": whoever the article names of that country.
    fn counterpart(&self, phrase: &Phrase, mention: Span) -> Option<Actor> {
        let demonym = |k: usize| self.reading.demonym(k);
        let country = phrase.range.clone().find_map(demonym)?.country;
        let of_country = |m: &&Member| {
            m.kind == ActorKind::Person
                && m.entity.is_some_and(|e| self.reading.entities.get(e).country == Some(country))
        };
        let before = self.cast.before(phrase.range.start).map(|n| &self.cast.members[n.member]).find(of_country);
        let found = before.or_else(|| self.cast.members.iter().find(of_country))?;
        Some(actor_of(found, mention, Step::Role))
    }

    /// A role without a country: the one country whose holder the article names.
    fn national_office(&self, role: &str) -> Option<EntityId> {
        let mut found: Vec<EntityId> = Vec::new();
        let named = self.cast.countries().map(|id| self.reading.entities.get(id));
        for entity in named.filter(|e| e.kind == EntityKind::Country) {
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
        Actor { name: self.bare_text(phrase).into(), mention, entity: None, metonym: None, kind, by }
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
