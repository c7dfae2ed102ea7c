//! Entering a naming: who of the cast it means, or somebody new, and what the words around the name tell of them.

use super::{Cast, Held, MOST_MEMBERS, Member};
use crate::entity::{EntityId, EntityKind, Gender, first_name_gender, is_first_name};
use crate::extract::name::Name;
use crate::extract::phrase::Phrase;
use crate::extract::reading::Reading;
use crate::extract::statement::ActorKind;
use crate::language::fr::{Classes, Mood};

impl Cast {
    /// The member that a phrase with a name means, entered if new. `None` for places and concepts.
    pub fn enter(&mut self, reading: &Reading, phrase: &Phrase) -> Option<usize> {
        let name = self.main_name(reading, phrase)?;
        let words = full_words(reading, phrase, name);
        let people = words.len() == 1 && reading.entities.demonym(&words[0].to_lowercase()).is_some();
        if phrase.role.is_none()
            && (people || self.places.contains(&words.join(" ")))
            && phrase.names[name].entities.is_empty()
        {
            return None;
        }
        let entity =
            if words.len() > phrase.names[name].range.len() { None } else { self.entity_of(reading, phrase, name) };
        let kind = self.kind_of(reading, phrase, name, entity)?;
        let gender = phrase
            .gender
            .filter(|_| phrase.role.is_some() || phrase.range.start < phrase.names[name].range.start)
            .filter(|_| kind == ActorKind::Person);
        let known = self.known(&words, entity, kind, gender);
        if known.is_none() && self.members.len() >= MOST_MEMBERS {
            return None;
        }
        let member = known.unwrap_or_else(|| {
            self.members.push(Member {
                name: words.join(" ").into(),
                entity,
                kind,
                gender: None,
                roles: Vec::new(),
                nouns: Vec::new(),
                sure: false,
                plural: plural_head(reading, phrase, &phrase.names[name]).is_some(),
                acronym: None,
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
            entry.name = words.join(" ").into();
        }
        if let Some(id) = entry.entity {
            entry.name = reading.entities.get(id).fr.clone();
            entry.gender = entry.gender.or(reading.entities.get(id).gender);
        }
        entry.gender = entry.gender.or(gender).or_else(|| words.first().and_then(|w| first_name_gender(w)));
        entry.describe(reading, phrase, &phrase.names[name]);
        Some(member)
    }

    /// The name that the phrase is about: the last one if a person stands beside a role and an institution.
    fn main_name(&self, reading: &Reading, phrase: &Phrase) -> Option<usize> {
        let person = phrase.names.iter().rposition(|n| {
            n.entities.iter().any(|e| reading.entities.get(*e).kind == EntityKind::Person)
                || n.entities.is_empty() && reading.given_gender(n.range.start).is_some()
        });
        person.or(if phrase.names.is_empty() { None } else { Some(0) })
    }

    /// The entity that a name leads to here: a surname needs its full name, its country or an office nearby.
    fn entity_of(&self, reading: &Reading, phrase: &Phrase, name: usize) -> Option<EntityId> {
        let name = &phrase.names[name];
        let titled = phrase.range.start < name.range.start && reading.is(phrase.range.start, Classes::TITLE);
        let people = phrase.role.is_some() || titled;
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
        // "M. Philippe" is the one whose surname that is, not a king of that given name.
        let surname = titled && name.range.len() == 1;
        let namesake = |test: fn(&Member) -> bool| {
            let last = reading.lower(name.range.end - 1);
            self.by_last.get(last).into_iter().flatten().map(|m| &self.members[*m]).rfind(|m| test(m))
        };
        if surname && let Some(member) = namesake(|m| m.kind == ActorKind::Person && m.name.contains(' ')) {
            return member.entity;
        }
        if !name.weak {
            return candidates.first().copied();
        }
        let strong: Vec<EntityId> = candidates.iter().copied().filter(|e| self.strong.contains(e)).collect();
        if let [one] = strong.as_slice() {
            return Some(*one);
        }
        // Somebody of that surname, unknown to the table, has been introduced already.
        if namesake(|m| m.entity.is_none() && m.name.contains(' ')).is_some() {
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
        // "Paul Roy, d'un cabinet de conseil": an apposition makes no body of a person.
        let head = phrase.head.filter(|head| *head < name.range.start || !is_first_name(first));
        let body = name.range.clone().chain(head).any(|k| reading.is(k, Classes::BODY));
        let titled = phrase.range.start < name.range.start && reading.is(phrase.range.start, Classes::TITLE);
        let capitals = first.chars().take_while(|c| c.is_uppercase()).count();
        let letters = first.chars().count();
        let acronym = name.range.len() == 1 && capitals > 1 && (capitals == letters || first.contains('-'));
        // "la Ligue", "le Livret A": no person bears an article without a title.
        let article = phrase.head.is_none_or(|head| head > name.range.start)
            && phrase.role.as_ref().is_none_or(|role| role.range.start > name.range.start)
            && !titled
            && name.range.start > 0
            && reading.is(name.range.start - 1, Classes::DET | Classes::FUSED)
            && !is_first_name(first);
        if reading.outlet_of(name).is_some() {
            return Some(ActorKind::Outlet);
        }
        // "les Galeries Roy": a plural without a role is no person.
        let several = phrase.plural && phrase.role.is_none() && phrase.range.start < name.range.start;
        // "le délégué CGT"
        let label = acronym && letters < 9 && !titled;
        Some(if phrase.role.is_some() && plural_head(reading, phrase, name).is_some() {
            ActorKind::Unnamed
        } else if body || several || article || label || acronym && phrase.role.is_none() && !titled {
            ActorKind::Organisation
        } else if phrase.head.is_some_and(|h| reading.is(h, Classes::MEDIA)) {
            ActorKind::Outlet
        } else {
            ActorKind::Person
        })
    }

    /// A member that bears these words already: the same entity, the same name, or a part of a full one.
    pub(super) fn known(
        &self,
        words: &[String],
        entity: Option<EntityId>,
        kind: ActorKind,
        gender: Option<Gender>,
    ) -> Option<usize> {
        if let Some(id) = entity
            && let Some(at) = self.members.iter().position(|m| m.entity == Some(id))
        {
            return Some(at);
        }
        let full = words.join(" ");
        let same = |m: &Member| *m.name == *full || m.acronym.as_ref() == Some(&full);
        if let Some(at) = self.members.iter().position(|m| same(m) && (m.entity.is_none() || entity.is_none())) {
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
        let agrees = |m: &Member| gender.is_none() || m.gender.is_none() || m.gender == gender;
        let last = words.last()?.to_lowercase();
        let fits = |m: &&usize| {
            let member = &self.members[**m];
            let same_kind = member.kind == kind || words.len() == 1 && person_or_capitals(kind, member.kind, words);
            same_kind
                && agrees(member)
                && (member.entity.is_none() || entity.is_none())
                && (words.len() == 1 || !member.name.contains(' '))
        };
        let namesake = self.by_last.get(&last).and_then(|namesakes| namesakes.iter().rev().find(fits).copied());
        // "la Cour" after "la Cour des litiges".
        let short = || {
            let [word] = words else { return None };
            let head = format!("{word} ");
            (0..self.members.len()).rfind(|at| {
                let member = &self.members[*at];
                kind == ActorKind::Organisation
                    && entity.is_none()
                    && member.kind == kind
                    && member.name.starts_with(&head)
            })
        };
        // "Carla" after "Carla Vidal": a given name alone.
        namesake.or_else(short).or_else(|| {
            let [word] = words else { return None };
            let given = |m: &Member| {
                m.kind == ActorKind::Person && m.name.split(' ').next() == Some(word) && m.name.len() > word.len()
            };
            let mut bearers = (0..self.members.len()).filter(|at| given(&self.members[*at]));
            let only = bearers.next().filter(|_| is_first_name(word) && entity.is_none() && kind == ActorKind::Person);
            only.filter(|_| bearers.next().is_none())
        })
    }
}

/// A surname alone ("Roy", "ROY") for a person named in full.
fn person_or_capitals(kind: ActorKind, known: ActorKind, words: &[String]) -> bool {
    kind == ActorKind::Person
        || kind == ActorKind::Organisation
            && known == ActorKind::Person
            && words[0].chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
            && words[0].chars().count() > 3
}

impl Member {
    /// Takes over what a phrase says of the one it names: roles, titles, nouns, letters in brackets.
    fn describe(&mut self, reading: &Reading, phrase: &Phrase, name: &Name) {
        let first = phrase.range.start;
        if first < name.range.start && reading.is(first, Classes::TITLE) {
            self.sure = true;
            self.hold(Held {
                lemma: reading.lower(first).trim_end_matches('.').to_owned().into(),
                class: "title",
                not_now: false,
                of: vec![],
            });
        }
        self.sure |= phrase.role.is_some() || name.range.len() > 1 && reading.is_given_name(name.range.start);
        if let Some(role) = &phrase.role {
            let end = if role.range.end <= name.range.start { name.range.start } else { phrase.full_end };
            let of = complement(reading, role.range.end..end);
            self.hold(Held { lemma: role.lemma.into(), class: role.class, not_now: role.not_now, of });
        }
        if let Some(head) = phrase.head {
            let noun = reading.lower(head).to_owned();
            if !self.nouns.contains(&noun) {
                self.nouns.push(noun);
            }
        }
        let bracket = name.range.end..phrase.full_end.max(name.range.end);
        if self.kind != ActorKind::Person
            && let Some(open) = bracket.clone().find(|k| reading.mark(*k) == Some('('))
            && reading.mark(open + 2) == Some(')')
            && reading.tokens.is_capital(open + 1)
        {
            self.acronym = Some(reading.surface(open + 1).to_owned());
        }
    }

    fn hold(&mut self, held: Held) {
        if !self.roles.contains(&held) {
            self.roles.push(held);
        }
    }
}

/// The words of a role's complement that tell it from others of its kind: "valmont", "défense", "club".
pub fn complement(reading: &Reading, range: std::ops::Range<usize>) -> Vec<String> {
    range
        .take_while(|k| reading.mark(*k).is_none_or(|c| c == '-'))
        .filter(|k| reading.is_open(*k) && reading.lower(*k).len() > 1)
        // "président de la République" is no other than "président".
        .filter(|k| !matches!(reading.lower(*k), "république" | "état" | "etat"))
        .map(|k| reading.lower(k).to_owned())
        .collect()
}

/// The words of a name, with what belongs to it besides its capitals: the common words of a body's name ("l'Agence
/// régionale de santé"), the surname of a couple ("Paul et Marie Vidal").
fn full_words(reading: &Reading, phrase: &Phrase, name: usize) -> Vec<String> {
    let name = &phrase.names[name];
    let mut words = name_words(reading, name);
    let known = !name.entities.is_empty() && !name.weak;
    if let Some(head) = plural_head(reading, phrase, name) {
        return text_words(reading, head..name.range.end);
    }
    if known || name.range.len() != 1 {
        return words;
    }
    if reading.is(name.range.start, Classes::BODY) {
        let end = body_end(reading, name.range.end, phrase.range.end);
        words = text_words(reading, name.range.start..end);
    } else if matches!(reading.lower(name.range.end), "et" | "ou")
        && reading.is_given_name(name.range.start)
        && let Some(spouse) = reading.name_at(name.range.end + 1, reading.tokens.len())
        && (spouse.range.len() == 2 || spouse.range.len() > 1 && reading.is_given_name(spouse.range.start))
    {
        words.extend(text_words(reading, spouse.range.start + 1..spouse.range.end));
    }
    words
}

/// "les sœurs Roy": the noun that belongs to the name of several.
fn plural_head(reading: &Reading, phrase: &Phrase, name: &Name) -> Option<usize> {
    let known = !name.entities.is_empty() && !name.weak;
    let head = phrase.head.filter(|h| phrase.plural && !known && *h < name.range.start)?;
    (head..name.range.start).all(|k| reading.is_open(k) && !reading.tokens.is_capital(k)).then_some(head)
}

/// Where the common words of a body's name end: before a bracket or a participle ("l'Agence créée en 2010").
fn body_end(reading: &Reading, from: usize, limit: usize) -> usize {
    let after = |k: usize| reading.is(k - 1, Classes::DET | Classes::PREP | Classes::FUSED);
    let participle = |k: usize| reading.forms(k).iter().any(|f| f.mood == Mood::PastParticiple);
    (from..limit).find(|k| reading.mark(*k) == Some('(') || !after(*k) && participle(*k)).unwrap_or(limit.max(from))
}

fn initials(name: &str) -> String {
    name.split([' ', '-']).filter_map(|w| w.chars().next()).collect()
}

/// The words of a name as printed, elided articles apart.
pub fn name_words(reading: &Reading, name: &Name) -> Vec<String> {
    text_words(reading, name.range.clone())
}

fn text_words(reading: &Reading, range: std::ops::Range<usize>) -> Vec<String> {
    reading.span(range).of(reading.text).split_whitespace().map(str::to_owned).collect()
}
