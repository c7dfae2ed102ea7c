//! Somebody meant by what he is to others: relatives, compatriots, counterparts.

use super::noun::Noun;
use super::{Resolver, actor_of};
use crate::entity::{EntityId, Gender};
use crate::extract::cast::Member;
use crate::extract::phrase::Phrase;
use crate::extract::resolution::{Answer, Step};
use crate::extract::statement::{Actor, ActorKind, Span};

impl Resolver<'_> {
    /// "sa femme", "le fils du patron": the only one of that gender who shares a surname with somebody else.
    pub(super) fn relative(&self, noun: &Noun) -> Option<&Member> {
        let surname = |m: &Member| m.name.rsplit(' ').next().map(str::to_owned);
        let persons = || self.cast.members.iter().filter(|m| m.kind == ActorKind::Person && m.name.contains(' '));
        let shares = |one: &&Member| persons().any(|other| other.name != one.name && surname(other) == surname(one));
        let spouse = noun.class == "relational" && matches!(noun.word, "mari" | "époux" | "veuf" | "compagnon");
        let gender = noun.gender.filter(|_| spouse)?;
        let mut found = persons().filter(|m| m.gender == Some(gender)).filter(shares);
        let only = found.next();
        only.filter(|_| found.next().is_none())
    }

    /// "le père d'Inès et Paul", "la compagne du chanteur": another name of the only one of that gender whom the article
    /// has named so far, and first of all, besides those of whom it is a relative.
    pub(super) fn relative_of(&self, phrase: &Phrase, noun: &Noun) -> Option<&Member> {
        let kin = matches!(noun.word, "père" | "frère" | "fils" | "mari" | "époux" | "veuf" | "compagnon");
        let gender =
            noun.gender.filter(|_| kin && matches!(self.reading.lower(phrase.range.start), "le" | "la" | "l'"))?;
        let mut of = self.complements(phrase);
        of.retain(|member| member.kind == ActorKind::Person);
        let before = self.cast.before(phrase.range.start).map(|n| n.member);
        let is_of = |at: &usize| of.iter().any(|member| member.name == self.cast.members[*at].name);
        let told = |m: &Member| m.kind == ActorKind::Person && m.is_told();
        let person = |at: &usize| told(&self.cast.members[*at]) && !is_of(at);
        let mut persons: Vec<usize> = before.filter(person).collect();
        let first = *persons.last().filter(|_| !of.is_empty())?;
        persons.retain(|at| self.cast.members[*at].gender.is_none_or(|own| own == gender));
        let topic = &self.cast.members[first];
        // "le frère de la victime" is not the judge who was named first, "le mari de la sœur d'Anne" is anybody.
        let at_work = |class: &str| matches!(class, "justice" | "police" | "mil" | "health" | "media" | "expert");
        let rest = phrase.role.as_ref().map_or(0..0, |role| role.range.end..phrase.range.end);
        let described =
            rest.clone().any(|k| self.reading.role_at(k, rest.end).is_some_and(|(_, role)| role.class == "relational"));
        if described || topic.roles.iter().any(|held| at_work(held.class)) {
            return None;
        }
        let only = persons.first() == Some(&first) && persons.iter().all(|at| *at == first);
        only.then_some(topic)
    }

    /// Those of whom the complement of a phrase speaks, by name or role.
    pub(super) fn complements(&self, phrase: &Phrase) -> Vec<&Member> {
        let range = phrase.range.clone();
        let from = phrase.role.as_ref().map_or(range.start + 1, |role| role.range.end);
        let named = self.cast.within(from..range.end).iter().map(|n| &self.cast.members[n.member]);
        let of = (from..range.end).find(|k| *k > range.start && self.reading.lower(*k) == "du");
        let role = of.and_then(|k| self.reading.phrase_at(k, range.end)).filter(|of| of.role.is_some());
        let noun = role.as_ref().and_then(|of| self.noun(of));
        let members = self.cast.members.iter();
        named.chain(members.filter(|m| noun.as_ref().is_some_and(|noun| self.is_meant(noun, m)))).collect()
    }

    /// The country of "la Française", "l'Américain": its people stand with an article and alone for somebody of it.
    pub(super) fn compatriot_of(&self, phrase: &Phrase) -> Option<EntityId> {
        let [name] = phrase.names.as_slice() else { return None };
        let article = matches!(self.reading.lower(phrase.range.start), "le" | "la" | "l'");
        let alone = article && phrase.range.len() == 2 && name.range.len() == 1 && name.entities.is_empty();
        let word = alone.then(|| self.reading.surface(name.range.start).to_lowercase())?;
        self.reading.entities.demonym(&word).map(|demonym| demonym.country)
    }

    /// Somebody named before who may be of that country.
    pub(super) fn compatriot(&self, phrase: &Phrase, country: EntityId, sentence: usize, mention: Span) -> Answer {
        let masculine = self.reading.lower(phrase.range.start) == "le";
        let gender = phrase.gender.or(masculine.then_some(Gender::Masculine));
        let person = Phrase { gender, ..phrase.clone() };
        let mut offers = self.near(&person, sentence, mention);
        let of = |a: &Actor| a.entity.and_then(|e| self.reading.entities.get(e).country);
        offers.retain(|(cost, a)| {
            *cost <= 5.0 && a[0].kind == ActorKind::Person && of(&a[0]).is_none_or(|other| other == country)
        });
        offers.iter_mut().filter(|(_, a)| of(&a[0]).is_none()).for_each(|(cost, _)| *cost += 0.5);
        let unnamed = || Actor {
            name: self.bare_text(phrase).into(),
            mention,
            role: None,
            entity: None,
            metonym: None,
            kind: ActorKind::Unnamed,
            link: None,
            by: Step::Unnamed.alone(),
        };
        Answer::best(offers).unwrap_or_else(|| Answer::one(unnamed()))
    }

    /// "son homologue ukrainien": whoever the article names of that country.
    pub(super) fn counterpart(&self, phrase: &Phrase, mention: Span) -> Option<Actor> {
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
}
