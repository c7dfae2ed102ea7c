//! An article as it is to be stored.

use super::base::Base;
use super::change::{claim, is_in_table};
use super::describe::{describe_statements, describe_text};
use super::same_text;
use super::utterance;
use super::words_hash;
use crate::article::Article;
use crate::entity::Entities;
use crate::extract::Statement;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad};
use rustc_hash::FxHashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// An article and its statements as they are to be stored: all that follows from them alone, so that it can be made by
/// whoever has time, while the store takes one after the other.
pub struct Described {
    pub(super) iri: NamedNode,
    /// Whether the article has an address on the web.
    pub(super) has_address: bool,
    /// What stands in the graph of the article.
    pub(super) own: Vec<Quad>,
    /// What stands in the graph of entities, by what it describes.
    pub(super) things: Vec<Thing>,
    /// How many statements it has.
    statements: usize,
}

/// What stands in the graph of entities of something that articles share.
pub(super) struct Thing {
    pub subject: NamedOrBlankNode,
    pub quads: Vec<Quad>,
    /// Whether it is an entity of the table, which alone says what is said of it.
    pub in_table: bool,
    /// Of the quads.
    pub hash: u64,
}

impl Described {
    /// A pure function of all that it is given.
    pub(super) fn of(article: &Article, statements: &[Statement], entities: &Entities, base: &Base) -> Self {
        let iri = base.article(&article.address);
        let entities_graph = GraphName::from(base.entities_graph());
        let quads = describe_statements(article, statements, entities, base);
        let (shared, mut own): (Vec<_>, Vec<_>) = quads.into_iter().partition(|quad| quad.graph_name == entities_graph);
        own.push(words_hash::describe(&own, &iri));
        own.extend(utterance::describe_keys(&own));
        own.push(describe_text(article, base));
        own.extend(same_text::describe_sketch(&article.text, &iri));
        let things = Thing::all(shared, entities, base);
        let local = things.iter().filter(|thing| thing.entity(base).is_some() && !thing.in_table);
        own.extend(local.flat_map(|thing| &thing.quads).filter_map(|quad| claim(quad, &iri)));
        Self { iri, has_address: article.url.is_some(), own, things, statements: statements.len() }
    }

    /// How many statements the article has.
    pub fn statements(&self) -> usize {
        self.statements
    }

    /// About how many quads there are of it.
    pub(super) fn size(&self) -> usize {
        self.own.len() + self.things.iter().map(|thing| thing.quads.len()).sum::<usize>()
    }
}

impl Thing {
    /// Sorts descriptions by what they describe, in the order in which they come.
    pub fn all(quads: Vec<Quad>, entities: &Entities, base: &Base) -> Vec<Self> {
        let mut places = FxHashMap::default();
        let mut things: Vec<Self> = Vec::new();
        for quad in quads {
            let place = *places.entry(quad.subject.clone()).or_insert_with_key(|subject| {
                let in_table = is_in_table(subject, base, entities);
                things.push(Self { subject: subject.clone(), quads: Vec::new(), in_table, hash: 0 });
                things.len() - 1
            });
            things[place].quads.push(quad);
        }
        for thing in &mut things {
            let mut hasher = DefaultHasher::new();
            thing.quads.hash(&mut hasher);
            thing.hash = hasher.finish();
        }
        things
    }

    /// Its IRI, if it is one of an entity.
    pub fn entity(&self, base: &Base) -> Option<&NamedNode> {
        match &self.subject {
            NamedOrBlankNode::NamedNode(iri) => base.key(iri).is_some().then_some(iri),
            NamedOrBlankNode::BlankNode(_) => None,
        }
    }
}
