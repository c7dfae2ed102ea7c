//! Everybody whom an article names: the persons and bodies that a surname, a role or a pronoun may mean.

use super::phrase::Phrase;
use super::reading::Reading;
use super::statement::ActorKind;
use crate::date::PartialDate;
use crate::entity::{EntityId, EntityKind, Gender, first_name_gender, is_first_name};
use crate::language::fr::Classes;
use rustc_hash::{FxHashMap, FxHashSet};

/// Somebody or something with a name of its own.
#[derive(Debug, Clone)]
pub struct Member {
    /// The fullest name in the article, or the entity's.
    pub name: String,
    /// The known entity.
    pub entity: Option<EntityId>,
    /// Person, organisation …
    pub kind: ActorKind,
    /// From title, first name, role or table.
    pub gender: Option<Gender>,
    /// Roles that the article gives, masculine singular.
    pub roles: Vec<String>,
    /// Lower-case head nouns of its appositions ("militante", "experte").
    pub nouns: Vec<String>,
}

/// A naming of a member in the text.
#[derive(Debug, Clone, Copy)]
pub struct Naming {
    /// First token of the name.
    pub token: usize,
    /// Who is named.
    pub member: usize,
    /// Whether it heads its sentence.
    pub subject: bool,
}

/// All members, and where they are named.
pub struct Cast {
    /// In the order of their first naming.
    pub members: Vec<Member>,
    /// In text order.
    pub namings: Vec<Naming>,
    by_last: FxHashMap<String, Vec<usize>>,
    strong: FxHashSet<EntityId>,
    countries: FxHashSet<EntityId>,
    published: Option<PartialDate>,
    /// Names that stand after "à": unknown places.
    places: FxHashSet<String>,
}

impl Cast {
    /// Reads all names of the article.
    pub fn new(reading: &Reading, published: Option<PartialDate>) -> Self {
        let mut cast = Self {
            members: Vec::new(),
            namings: Vec::new(),
            by_last: FxHashMap::default(),
            strong: FxHashSet::default(),
            countries: FxHashSet::default(),
            published,
            places: FxHashSet::default(),
        };
        cast.survey(reading);
        for sentence in &reading.sentences {
            cast.read_sentence(reading, sentence.range.clone());
        }
        cast
    }

    /// First pass: full names that the table knows, and the countries that are named.
    fn survey(&mut self, reading: &Reading) {
        for sentence in &reading.sentences {
            let mut i = sentence.range.start;
            while i < sentence.range.end {
                if let Some(demonym) = reading.entities.demonym(reading.lower(i)) {
                    self.countries.insert(demonym.country);
                }
                match reading.name_at(i, sentence.range.end) {
                    Some(name) => {
                        // "à Saint-Aubry": a place that the table does not know.
                        // "boulevard Roy", "aéroport de Valmont": no person's name.
                        let of =
                            i > sentence.range.start + 1 && matches!(reading.lower(i - 1), "de" | "d'" | "du" | "des");
                        let placed = i > sentence.range.start
                            && (matches!(reading.lower(i - 1), "à" | "en")
                                || reading.is(i - 1, Classes::SITE)
                                || of && reading.is(i - 2, Classes::SITE));
                        if placed && name.entities.is_empty() && !is_first_name(reading.surface(i)) {
                            self.places.insert(reading.span(name.range.clone()).of(reading.text).to_owned());
                        }
                        for id in &name.entities {
                            let entity = reading.entities.get(*id);
                            if !name.weak {
                                self.strong.insert(*id);
                            }
                            if matches!(entity.kind, EntityKind::Country | EntityKind::Place) {
                                self.countries.extend(entity.country);
                            }
                        }
                        i = name.range.end;
                    }
                    None => i += 1,
                }
            }
        }
    }

    fn read_sentence(&mut self, reading: &Reading, range: std::ops::Range<usize>) {
        let mut i = range.start;
        let mut subject_seen = false;
        while i < range.end {
            let starts = reading.is(i, Classes::DET | Classes::TITLE) && !reading.is(i, Classes::FUSED)
                || reading.tokens.is_capital(i)
                || reading.role_at(i, range.end).is_some();
            let inside = i > range.start
                && (reading.tokens.is_capital(i - 1)
                    && reading.tokens.is_capital(i)
                    && reading.token(i).spaced
                    && reading.mark(i - 1).is_none());
            let phrase = (starts && !inside).then(|| reading.source_at(i, range.end)).flatten();
            if let Some(phrase) = phrase.filter(|p| !p.pronoun && !p.names.is_empty()) {
                let governed = i > range.start && reading.is(i - 1, Classes::PREP);
                let subject = !subject_seen && !governed && reading.quotation_at(i).is_none();
                subject_seen |= subject;
                let token = phrase.names[0].range.start;
                if let Some(member) = self.enter(reading, &phrase) {
                    self.namings.push(Naming { token, member, subject });
                }
                i = phrase.names.last().map_or(phrase.range.end, |n| n.range.end).max(i + 1);
                continue;
            }
            i += 1;
        }
    }

    /// The member that a phrase with a name means, entered if new. `None` for places and concepts.
    pub fn enter(&mut self, reading: &Reading, phrase: &Phrase) -> Option<usize> {
        let name = self.main_name(reading, phrase)?;
        let words = name_words(reading, &phrase.names[name]);
        let people = words.len() == 1 && reading.entities.demonym(&words[0].to_lowercase()).is_some();
        if phrase.role.is_none()
            && (people || self.places.contains(&words.join(" ")))
            && phrase.names[name].entities.is_empty()
        {
            return None;
        }
        let entity = self.entity_of(reading, phrase, name);
        let kind = self.kind_of(reading, phrase, name, entity)?;
        let member = self.known(&words, entity, kind).unwrap_or_else(|| {
            self.members.push(Member {
                name: words.join(" "),
                entity,
                kind,
                gender: None,
                roles: Vec::new(),
                nouns: Vec::new(),
            });
            self.members.len() - 1
        });
        let last = words.last().map(|w| w.to_lowercase()).unwrap_or_default();
        let namesakes = self.by_last.entry(last).or_default();
        if !namesakes.contains(&member) {
            namesakes.push(member);
        }
        let entry = &mut self.members[member];
        if entry.entity.is_none() && entity.is_some() {
            entry.entity = entity;
        }
        if words.join(" ").len() > entry.name.len() && entry.entity.is_none() {
            entry.name = words.join(" ");
        }
        if let Some(id) = entry.entity {
            entry.name = reading.entities.get(id).fr.clone();
            entry.gender = entry.gender.or(reading.entities.get(id).gender);
        }
        let title_gender =
            phrase.gender.filter(|_| phrase.role.is_some() || phrase.range.start < phrase.names[name].range.start);
        entry.gender = entry.gender.or(title_gender).or_else(|| words.first().and_then(|w| first_name_gender(w)));
        if let Some(role) = &phrase.role
            && !entry.roles.contains(&role.lemma)
        {
            entry.roles.push(role.lemma.clone());
        }
        if let Some(head) = phrase.head {
            let noun = reading.lower(head).to_owned();
            if !entry.nouns.contains(&noun) {
                entry.nouns.push(noun);
            }
        }
        Some(member)
    }

    /// The name that the phrase is about: the last one if a person stands beside a role and an institution.
    fn main_name(&self, reading: &Reading, phrase: &Phrase) -> Option<usize> {
        let person = phrase.names.iter().rposition(|n| {
            n.entities.iter().any(|e| reading.entities.get(*e).kind == EntityKind::Person)
                || n.entities.is_empty() && first_name_gender(reading.surface(n.range.start)).is_some()
        });
        person.or(if phrase.names.is_empty() { None } else { Some(0) })
    }

    /// The entity that a name leads to here: a surname needs its full name, its country or an office nearby.
    fn entity_of(&self, reading: &Reading, phrase: &Phrase, name: usize) -> Option<EntityId> {
        let name = &phrase.names[name];
        let people = phrase.role.is_some()
            || phrase.range.start < name.range.start && reading.is(phrase.range.start, Classes::TITLE);
        let candidates: Vec<EntityId> = name
            .entities
            .iter()
            .copied()
            .filter(|e| {
                !people
                    || !matches!(
                        reading.entities.get(*e).kind,
                        EntityKind::Place | EntityKind::Country | EntityKind::Concept
                    )
            })
            .collect();
        if !name.weak {
            return candidates.first().copied();
        }
        let strong: Vec<EntityId> = candidates.iter().copied().filter(|e| self.strong.contains(e)).collect();
        if let [one] = strong.as_slice() {
            return Some(*one);
        }
        // Somebody of that surname, unknown to the table, has been introduced already.
        let last = reading.lower(name.range.end - 1);
        let namesake = self.by_last.get(last).is_some_and(|m| {
            m.iter().any(|m| self.members[*m].entity.is_none() && self.members[*m].name.contains(' '))
        });
        if namesake {
            return None;
        }
        let near: Vec<EntityId> =
            candidates.iter().copied().filter(|e| name.listed && self.may_mean(reading, *e)).collect();
        match near.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    fn kind_of(&self, reading: &Reading, phrase: &Phrase, name: usize, entity: Option<EntityId>) -> Option<ActorKind> {
        if let Some(id) = entity {
            return match reading.entities.get(id).kind {
                EntityKind::Person => Some(ActorKind::Person),
                EntityKind::Organisation => Some(ActorKind::Organisation),
                EntityKind::Outlet => Some(ActorKind::Outlet),
                EntityKind::Authority => Some(ActorKind::Authority),
                EntityKind::Place | EntityKind::Country => Some(ActorKind::Authority),
                EntityKind::Concept => None,
            };
        }
        let name = &phrase.names[name];
        let first = reading.surface(name.range.start);
        let body = name.range.clone().chain(phrase.head).any(|k| reading.is(k, Classes::BODY));
        let acronym = name.range.len() == 1 && first.chars().count() > 1 && !first.chars().any(char::is_lowercase);
        if reading.outlet_of(name).is_some() {
            return Some(ActorKind::Outlet);
        }
        // "les Galeries Roy": a plural without a role is no person.
        let several = phrase.plural && phrase.role.is_none() && phrase.range.start < name.range.start;
        Some(if body || several || acronym && phrase.role.is_none() {
            ActorKind::Organisation
        } else if phrase.head.is_some_and(|h| reading.is(h, Classes::MEDIA)) {
            ActorKind::Outlet
        } else {
            ActorKind::Person
        })
    }

    /// A member that bears these words already: the same entity, the same name, or the surname of a full one.
    fn known(&self, words: &[String], entity: Option<EntityId>, kind: ActorKind) -> Option<usize> {
        if let Some(id) = entity
            && let Some(at) = self.members.iter().position(|m| m.entity == Some(id))
        {
            return Some(at);
        }
        let full = words.join(" ");
        if let Some(at) = self.members.iter().position(|m| m.name == full && (m.entity.is_none() || entity.is_none())) {
            return Some(at);
        }
        // "ABC" for "Anne-Béatrice Costa": initials of somebody named in full.
        if let [word] = words
            && word.len() > 1
            && word.chars().all(char::is_uppercase)
            && let Some(at) = self.members.iter().position(|m| initials(&m.name) == *word)
        {
            return Some(at);
        }
        let last = words.last()?.to_lowercase();
        let namesakes = self.by_last.get(&last)?;
        let fits = |m: &&usize| {
            let member = &self.members[**m];
            let same_kind = member.kind == kind || kind == ActorKind::Person && words.len() == 1;
            same_kind
                && (member.entity.is_none() || entity.is_none())
                && (words.len() == 1 || !member.name.contains(' '))
        };
        namesakes.iter().rev().find(fits).copied()
    }

    /// The fullest name of whoever bears `name`: the name itself for a stranger.
    pub fn full_name(&self, name: &str) -> String {
        let words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
        self.known(&words, None, ActorKind::Person).map_or_else(|| words.join(" "), |m| self.members[m].name.clone())
    }

    /// Members named before token `at`, nearest first, with how they were named.
    pub fn before(&self, at: usize) -> impl Iterator<Item = &Naming> {
        let end = self.namings.partition_point(|n| n.token < at);
        self.namings[..end].iter().rev()
    }

    /// Whether a surname alone may mean this entity here: the article names its country, and it was in office
    /// by then.
    pub fn may_mean(&self, reading: &Reading, id: EntityId) -> bool {
        let entity = reading.entities.get(id);
        let later = !entity.offices.is_empty()
            && entity
                .offices
                .iter()
                .all(|o| o.from.zip(self.published).is_some_and(|(from, now)| from.first_day() > now.last_day()));
        let near = entity.country.is_some_and(|c| self.countries.contains(&c));
        entity.kind != EntityKind::Person || near && !later
    }

    /// Members named among the tokens `range`, in order.
    pub fn within(&self, range: std::ops::Range<usize>) -> &[Naming] {
        let first = self.namings.partition_point(|n| n.token < range.start);
        let last = self.namings.partition_point(|n| n.token < range.end);
        &self.namings[first..last]
    }

    /// Whether the article names this entity in full.
    pub fn names_in_full(&self, id: EntityId) -> bool {
        self.strong.contains(&id)
    }

    /// Whether the article names this country, or somebody or something of it.
    pub fn names_country(&self, id: EntityId) -> bool {
        self.countries.contains(&id)
    }
}

fn initials(name: &str) -> String {
    name.split([' ', '-']).filter_map(|w| w.chars().next()).collect()
}

/// The words of a name as printed, elided articles apart.
pub fn name_words(reading: &Reading, name: &super::name::Name) -> Vec<String> {
    let text = reading.span(name.range.clone()).of(reading.text);
    text.split_whitespace().map(str::to_owned).collect()
}
