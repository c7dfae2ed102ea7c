//! Who counts for whom, as the saved queries have it.

use crate::graph::vocabulary::schema;
use crate::query::search::Kin;
use crate::query::vocabulary::{AUTHORITY_OF, BROADER, MERGED_INTO};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::{StorageError, Store};
use std::collections::{BTreeMap, BTreeSet};

/// Who belongs to whom: an authority to its country, a country to a union.
#[derive(Debug, Default)]
pub struct Kinship {
    above: BTreeMap<String, BTreeSet<String>>,
    below: BTreeMap<String, BTreeSet<String>>,
    countries: BTreeSet<String>,
    merged: BTreeMap<String, String>,
}

impl Kinship {
    /// Reads it of a store: some thousands of entities.
    pub fn of(store: &Store) -> Result<Self, StorageError> {
        let mut kinship = Self::default();
        for predicate in [BROADER, AUTHORITY_OF] {
            each(store, predicate, None, |below, above| {
                kinship.below.entry(above.clone()).or_default().insert(below.clone());
                kinship.above.entry(below).or_default().insert(above);
            })?;
        }
        each(store, rdf::TYPE, Some(schema::COUNTRY), |country, _| {
            kinship.countries.insert(country);
        })?;
        each(store, MERGED_INTO, None, |merged, kept| {
            kinship.merged.insert(merged, kept);
        })?;
        Ok(kinship)
    }

    /// What somebody put in the place of a thing, or the thing.
    pub fn kept<'s>(&'s self, iri: &'s str) -> &'s str {
        self.merged.get(iri).map_or(iri, String::as_str)
    }

    /// All who count for an actor: those two steps down, as in `what-did-say`.
    pub fn of_actor(&self, actor: &str) -> BTreeSet<String> {
        self.step(&self.step(&BTreeSet::from([actor.to_owned()]), &self.below), &self.below)
    }

    /// All who count for a country, as in `voices-by-country`.
    pub fn of_country(&self, country: &str) -> BTreeSet<String> {
        match self.countries.contains(country) {
            true => self.step(&BTreeSet::from([country.to_owned()]), &self.below),
            false => BTreeSet::new(),
        }
    }

    /// For which actors each counts.
    pub fn actors(&self) -> Kin {
        let all: BTreeSet<&String> = self.above.keys().chain(self.below.keys()).collect();
        let up = |actor: &String| self.step(&self.step(&BTreeSet::from([actor.clone()]), &self.above), &self.above);
        Kin { of: all.into_iter().map(|actor| (actor.clone(), up(actor))).collect(), only: false }
    }

    /// For which countries each counts.
    pub fn countries(&self) -> Kin {
        let mut of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for country in &self.countries {
            for voice in self.of_country(country) {
                of.entry(voice).or_default().insert(country.clone());
            }
        }
        Kin { of, only: true }
    }

    /// These, and what a step leads to.
    fn step(&self, from: &BTreeSet<String>, by: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
        let next = from.iter().filter_map(|iri| by.get(iri)).flatten();
        from.iter().chain(next).cloned().collect()
    }
}

fn each(
    store: &Store,
    predicate: NamedNodeRef<'_>,
    object: Option<NamedNodeRef<'_>>,
    mut with: impl FnMut(String, String),
) -> Result<(), StorageError> {
    for quad in store.quads_for_pattern(None, Some(predicate), object.map(Into::into), None) {
        if let Quad { subject: NamedOrBlankNode::NamedNode(subject), object: Term::NamedNode(object), .. } = quad? {
            with(subject.into_string(), object.into_string());
        }
    }
    Ok(())
}
