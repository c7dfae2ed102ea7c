//! Everybody whom an article names: the persons and bodies that a surname, a role or a pronoun may mean.

pub(super) mod enter;
mod group;
mod reach;

use super::few::Few;
use super::name::Name;
use super::phrase::Phrase;
use super::reading::Reading;
use super::statement::ActorKind;
use super::word::Word;
use crate::date::PartialDate;
use crate::entity::{EntityId, EntityKind, Gender, is_first_name};
use crate::language::Classes;
use enter::{last_lower, single_spaced};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// No words mean somebody who was named more namings ago: the work stays linear in the text.
const FARTHEST: usize = 500;

/// An article that names more is a list; whoever else it names stays a stranger.
const MOST_MEMBERS: usize = 500;

/// Somebody or something with a name of its own.
#[derive(Debug, Clone)]
pub struct Member {
    /// The fullest name in the article, or the entity's.
    pub name: Arc<str>,
    /// The known entity.
    pub entity: Option<EntityId>,
    /// Person, organisation …
    pub kind: ActorKind,
    /// From title, first name, role or table.
    pub gender: Option<Gender>,
    /// Roles and titles that the article gives.
    pub roles: Vec<Held>,
    /// Lower-case head nouns of its appositions ("militante", "experte").
    pub nouns: Vec<String>,
    /// Whether the words around the name show what it is: a title, a role, a given name, an age.
    pub sure: bool,
    /// Several under one name: "les sœurs Roy".
    pub plural: bool,
    /// Letters that the article gives for the name: "UPB".
    pub acronym: Option<String>,
    /// The longest name that the article gives to a known entity.
    pub called: Option<Arc<str>>,
    /// Whether a statement of theirs has been read.
    pub has_spoken: bool,
}

impl Member {
    /// Whether more is known than one capitalised word, which may be a place or a thing.
    pub fn is_told(&self) -> bool {
        self.sure || self.entity.is_some() || self.kind != ActorKind::Person || self.name.contains(' ')
    }
}

/// A role as the article gives it to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Masculine singular, or the title in lower case ("me", "mgr").
    pub lemma: Cow<'static, str>,
    /// Class of the role table.
    pub class: &'static str,
    /// Not held now: "ancien", "ex-", "futur".
    pub not_now: bool,
    /// Words of its complement, in lower case: "valmont" of "maire de Valmont".
    pub of: Vec<String>,
}

/// A naming of a member in the text.
#[derive(Debug, Clone)]
pub struct Naming {
    /// First token of the name.
    pub token: usize,
    /// Tokens of the phrase around it, appositions included.
    pub phrase: Range<usize>,
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
    /// Those that are named together, in text order.
    pub groups: Vec<group::Group>,
    /// By the last word of a name in lower case, and by names and the letters that stand for them.
    by_last: Index,
    by_name: Index,
    by_entity: FxHashMap<EntityId, usize>,
    strong: FxHashSet<EntityId>,
    countries: FxHashSet<EntityId>,
    published: Option<PartialDate>,
    /// Names that stand after "à": unknown places.
    places: FxHashSet<String>,
}

/// Members by words that may mean them.
#[derive(Default)]
struct Index(FxHashMap<Box<str>, Few<usize>>);

impl Index {
    fn add(&mut self, words: &str, member: usize) {
        match self.0.get_mut(words) {
            Some(members) if members.contains(&member) => {}
            Some(members) => members.push(member),
            None => {
                self.0.insert(words.into(), Few::One(member));
            }
        }
    }

    fn get(&self, words: &str) -> &[usize] {
        self.0.get(words).map_or(&[], Few::as_slice)
    }
}

impl Cast {
    /// Reads all names of the article.
    pub fn new(reading: &Reading, published: Option<PartialDate>) -> Self {
        let mut cast = Self {
            members: Vec::new(),
            namings: Vec::new(),
            groups: Vec::new(),
            by_last: Index::default(),
            by_name: Index::default(),
            by_entity: FxHashMap::default(),
            strong: FxHashSet::default(),
            countries: FxHashSet::default(),
            published,
            places: FxHashSet::default(),
        };
        for sentence in &reading.sentences {
            cast.survey(reading, sentence.range.clone());
        }
        for sentence in &reading.sentences {
            cast.read_sentence(reading, sentence.range.clone());
        }
        cast.join(reading);
        cast
    }

    /// First pass: full names that the table knows, and the countries that are named.
    fn survey(&mut self, reading: &Reading, range: Range<usize>) {
        let mut i = range.start;
        while let Some(next) = reading.tokens.find(i..range.end, Word::CAPITAL | Word::NAME | Word::DEMONYM, 0) {
            i = next;
            if let Some(demonym) = reading.demonym(i) {
                self.countries.insert(demonym.country);
            }
            let Some(name) = reading.name_at(i, range.end) else {
                i += 1;
                continue;
            };
            if name.entities.is_empty() && !reading.is_given_name(i) && is_placed(reading, &name, range.start) {
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
    }

    fn read_sentence(&mut self, reading: &Reading, range: Range<usize>) {
        let mut i = range.start;
        let mut subject_seen = false;
        // Where the last phrase that a preposition governs ends.
        let mut governed_to = range.start;
        while let Some(next) = reading.tokens.find(i..range.end, NAMING, Classes::DET | Classes::TITLE) {
            i = next;
            let phrase = if begins_naming(reading, i, &range) { reading.source_at(i, range.end) } else { None };
            let Some(phrase) = phrase.filter(|p| !p.pronoun && !p.names.is_empty()) else {
                i += 1;
                continue;
            };
            // "For Anne Roy, the worst came later": whom a sentence is about.
            let theme = reading.is_english() && i == range.start + 1 && reading.lower(range.start) == "for";
            let governed = is_governed(reading, range.start, i) && !theme
                || governed_to > range.start && governed_to + 1 == i && reading.is(i - 1, Classes::AND);
            if governed {
                governed_to = phrase.full_end;
            }
            let subject = !subject_seen && !governed;
            subject_seen |= subject;
            let token = phrase.names[0].range.start;
            self.read_complements(reading, &phrase, i..token);
            if let Some(member) = self.enter(reading, &phrase) {
                self.members[member].sure |= subject && is_lone_given(reading, &phrase);
                self.namings.push(Naming { token, phrase: phrase.full(), member, subject });
            }
            i = phrase.names.last().map_or(phrase.range.end, |n| n.range.end).max(i + 1);
        }
    }

    /// "le mari de Mme Roy, Paul Martin": a person in the complement of another is named as well.
    fn read_complements(&mut self, reading: &Reading, phrase: &Phrase, range: Range<usize>) {
        let mut k = range.start;
        while k < range.end {
            let begins = reading.tokens.is_capital(k) && !reading.is(k, Classes::TITLE);
            let name = begins.then(|| reading.name_at(k, range.end)).flatten();
            let Some(name) = name else {
                k += 1;
                continue;
            };
            let titled = k > range.start && reading.is(k - 1, Classes::TITLE);
            k = name.range.end;
            let person = titled || reading.is_full_name(&name);
            if !person || phrase.names.iter().any(|other| other.range == name.range) {
                continue;
            }
            let role = reading.role_before(name.range.start).filter(|role| *role > range.start);
            let start = role.unwrap_or(name.range.start - usize::from(titled));
            if let Some(inner) = reading.phrase_at(start, name.range.end).filter(|inner| inner.names.len() == 1)
                && let Some(member) = self.enter(reading, &inner)
            {
                let token = name.range.start;
                self.namings.push(Naming { token, phrase: inner.full(), member, subject: false });
            }
        }
    }

    /// The fullest name of whoever bears `name`: the name itself for a stranger.
    pub fn full_name(&self, name: &str) -> Arc<str> {
        let words = single_spaced(name);
        let member = self.known(&words, &last_lower(&words), None, ActorKind::Person, None);
        member.map_or_else(|| (*words).into(), |member| self.members[member].name.clone())
    }

    /// Members named before token `at`, nearest first, with how they were named.
    pub fn before(&self, at: usize) -> impl Iterator<Item = &Naming> {
        let end = self.namings.partition_point(|n| n.token < at);
        self.namings[end.saturating_sub(FARTHEST)..end].iter().rev()
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
    pub fn within(&self, range: Range<usize>) -> &[Naming] {
        let first = self.namings.partition_point(|n| n.token < range.start);
        let last = self.namings.partition_point(|n| n.token < range.end);
        &self.namings[first..last]
    }

    /// The member that is this entity, or that bears this name and is unknown.
    pub fn member_of(&self, entity: Option<EntityId>, name: &str) -> Option<&Member> {
        let at = match entity {
            Some(id) => self.by_entity.get(&id).copied(),
            None => self.by_name.get(name).iter().copied().find(|at| self.members[*at].entity.is_none()),
        };
        at.map(|at| &self.members[at])
    }

    /// What the article names in full.
    pub fn named_in_full(&self) -> &FxHashSet<EntityId> {
        &self.strong
    }

    /// Whether the article names this entity in full.
    pub fn names_in_full(&self, id: EntityId) -> bool {
        self.strong.contains(&id)
    }

    /// The countries that the article names, or names somebody or something of.
    pub fn countries(&self) -> impl Iterator<Item = EntityId> {
        self.countries.iter().copied()
    }
}

/// What words have with which namings begin, if they are no determiners or titles.
const NAMING: u16 = Word::CAPITAL | Word::NAME | Word::ROLE;

/// Whether somebody's naming may begin at token `i` of a sentence; no phrase of a quotation is one.
fn begins_naming(reading: &Reading, i: usize, sentence: &Range<usize>) -> bool {
    let capital = reading.tokens.is_capital(i);
    let inside = capital
        && i > sentence.start
        && reading.tokens.is_capital(i - 1)
        && !reading.is(i - 1, Classes::FUNCTION)
        && reading.tokens.is_spaced(i);
    let starts = capital
        || reading.begins_with_number(i)
        || reading.is(i, Classes::DET | Classes::TITLE) && !reading.is(i, Classes::FUSED)
        || reading.role_at(i, sentence.end).is_some();
    starts && !inside && reading.quotation_at(i).is_none() && (capital || reading.may_reach_name(i, sentence.end))
}

/// Whether the words around an unknown name show that it is a place's.
fn is_placed(reading: &Reading, name: &Name, first: usize) -> bool {
    let i = name.range.start;
    if reading.is_english() {
        return crate::extract::english::is_placed(reading, name);
    }
    if i == first {
        return false;
    }
    // "à Saint-Aubry": a place that the table does not know.
    if matches!(reading.lower(i - 1), "à" | "en") || reading.surface(i - 1) == "A" || reading.is(i - 1, Classes::SITE)
    {
        return true;
    }
    if i == first + 1 {
        return false;
    }
    // "boulevard Roy", "aéroport de Valmont": no person's name.
    let of = || matches!(reading.lower(i - 1), "de" | "d'" | "du" | "des");
    // "dans les Hauts-Monts", "Valmont (Hauts-Monts)".
    let inside = || reading.lower(i - 2) == "dans" && matches!(reading.lower(i - 1), "le" | "la" | "l'" | "les");
    let bracketed = || {
        reading.mark(i - 1) == Some('(')
            && reading.tokens.is_capital(i - 2)
            && reading.mark(name.range.end) == Some(')')
            && reading.surface(i).chars().any(char::is_lowercase)
    };
    reading.is(i - 2, Classes::SITE) && of() || inside() || bracketed()
}

/// Whether a preposition governs the phrase at `i`, an adjective between them or not: "du nouveau ministre".
fn is_governed(reading: &Reading, first: usize, i: usize) -> bool {
    let preposition = |k: usize| reading.is(k, Classes::PREP) || k == first && reading.surface(k) == "A";
    i > first && preposition(i - 1)
        || i > first + 1 && reading.is(i - 2, Classes::FUSED) && reading.is(i - 1, Classes::ADJECTIVE)
}

/// "Anissa": a given name alone of nobody known, and no other word.
fn is_lone_given(reading: &Reading, phrase: &Phrase) -> bool {
    let [name] = phrase.names.as_slice() else { return false };
    let first = name.range.start;
    let given = || reading.surface(first).split('-').all(is_first_name);
    // "Grâce aux pluies", "César du meilleur film"
    let other = || reading.is(first + 1, Classes::PREP) || !reading.forms(first).is_empty();
    name.range.len() == 1 && first == phrase.range.start && name.entities.is_empty() && given() && !other()
}
