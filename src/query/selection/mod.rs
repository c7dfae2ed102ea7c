//! Statements chosen by what they are about, who made them and so on, value by value, and what else they have in common: what
//! a page of search with facets shows.
//!
//! - [`address`]: a [`Selection`] as the pairs of a web address, and back;
//! - [`find`]: the statements, how many they are, and how many have which values ([`Selections`]);
//! - [`kin`]: who counts for whom: an authority for its country;
//! - [`meaning`]: what a person typed into one field: names, a question, or words.
//!
//! A value means what it means in the saved queries: an actor is who made a statement or whom a place's name stands for, and
//! whoever belongs to the actor; a topic is what a statement is about, with all that is narrower; `since` and `until` compare with
//! the days on which a statement may have been made.

mod address;
mod find;
mod kin;
mod meaning;

pub use address::AddressError;
pub use find::{Count, FacetCounts, Found, Month, Page, Selections, Sort};
pub use meaning::{Meaning, NamedThing, Question};

use super::search::Property;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// By what statements are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    Actor,
    Topic,
    Outlet,
    Relay,
    Country,
    Kind,
    Polarity,
    /// In which language the article is: its values are tags.
    Language,
}

/// Each with its name in web addresses and the properties of statements that have its values.
const FACETS: [(Facet, &str, &[Property]); 8] = [
    (Facet::Actor, "actor", &[Property::ACTOR, Property::METONYM]),
    (Facet::Topic, "topic", &[Property::ABOUT]),
    (Facet::Outlet, "outlet", &[Property::PUBLISHER]),
    (Facet::Relay, "relay", &[Property::RELAYED_BY]),
    (Facet::Country, "country", &[Property::ACTOR]),
    (Facet::Kind, "kind", &[Property::KIND]),
    (Facet::Polarity, "polarity", &[Property::POLARITY]),
    (Facet::Language, "language", &[Property::LANGUAGE]),
];

impl Facet {
    /// All of them, in the order in which a page shows them.
    pub const ALL: [Self; FACETS.len()] = [
        Self::Actor,
        Self::Topic,
        Self::Outlet,
        Self::Relay,
        Self::Country,
        Self::Kind,
        Self::Polarity,
        Self::Language,
    ];

    fn row(self) -> &'static (Self, &'static str, &'static [Property]) {
        let row = FACETS.iter().find(|(facet, ..)| *facet == self);
        row.expect("every facet has a row")
    }

    /// Its name in web addresses: `actor`.
    pub fn key(self) -> &'static str {
        self.row().1
    }

    /// The facet of that name.
    pub fn of_key(key: &str) -> Option<Self> {
        FACETS.iter().find(|(_, own, _)| *own == key).map(|(facet, ..)| *facet)
    }

    fn properties(self) -> &'static [Property] {
        self.row().2
    }

    /// Whether its values are terms of the vocabulary, written as a word: `direct`.
    fn has_words(self) -> bool {
        matches!(self, Self::Kind | Self::Polarity)
    }
}

/// Statements that are chosen: those that fulfil all of it. The default chooses all.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Selection {
    /// Words that the statement has, as [`WordSearch`](super::WordSearch) reads them.
    pub words: Option<String>,
    /// Of each facet the IRIs, or tags of languages, any of which will do. None of them is empty.
    values: BTreeMap<Facet, BTreeSet<String>>,
    /// The first and the last day on which it may have been made.
    pub since: Option<Date>,
    pub until: Option<Date>,
}

impl Selection {
    /// The values that are chosen of a facet.
    pub fn chosen(&self, facet: Facet) -> impl Iterator<Item = &str> {
        self.values.get(&facet).into_iter().flatten().map(String::as_str)
    }

    /// Whether this value is chosen.
    pub fn has(&self, facet: Facet, iri: &str) -> bool {
        self.values.get(&facet).is_some_and(|values| values.contains(iri))
    }

    /// The same with another value of a facet.
    #[must_use]
    pub fn with(mut self, facet: Facet, iri: impl Into<String>) -> Self {
        self.values.entry(facet).or_default().insert(iri.into());
        self
    }

    /// The same without a value of a facet.
    #[must_use]
    pub fn without(mut self, facet: Facet, iri: &str) -> Self {
        if let Some(values) = self.values.get_mut(&facet) {
            values.remove(iri);
            if values.is_empty() {
                self.values.remove(&facet);
            }
        }
        self
    }

    /// The same with words.
    #[must_use]
    pub fn with_words(self, words: impl Into<String>) -> Self {
        Self { words: Some(words.into()), ..self }
    }

    /// The same without words.
    #[must_use]
    pub fn without_words(self) -> Self {
        Self { words: None, ..self }
    }

    /// The same within these days.
    #[must_use]
    pub fn within(self, since: Option<Date>, until: Option<Date>) -> Self {
        Self { since, until, ..self }
    }

    /// Whether all statements are chosen.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }
}
