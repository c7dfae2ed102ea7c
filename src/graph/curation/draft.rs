//! The graph of an article while it is changed.

use crate::graph::base::Base;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use rustc_hash::FxHashSet;

/// The graph while it is changed.
pub(super) struct Draft<'a> {
    pub found: &'a FxHashSet<Quad>,
    pub article: &'a NamedNode,
    pub base: &'a Base,
    pub quads: FxHashSet<Quad>,
    /// The local actors that took the place of rejected ones.
    pub strangers: FxHashSet<NamedNode>,
}

impl Draft<'_> {
    /// Whether the IRI stands below the article's, and is none of its statements.
    pub fn is_part(&self, iri: &NamedNode) -> bool {
        let Some(path) = iri.as_str().strip_prefix(self.article.as_str()) else { return false };
        let is_statement = path.strip_prefix("/statement/").is_some_and(|place| !place.contains('/'));
        path.starts_with(['/', '#']) && !is_statement
    }

    /// What the graph says of a thing with some predicates, in a fixed order.
    pub fn of(&self, subject: &NamedNode, with: impl Fn(NamedNodeRef<'_>) -> bool) -> Vec<Quad> {
        let subject = NamedOrBlankNode::from(subject.clone());
        let wanted = |quad: &&Quad| quad.subject == subject && with(quad.predicate.as_ref());
        self.quads.iter().filter(wanted).cloned().collect()
    }

    pub fn has(&self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: NamedNodeRef<'_>) -> bool {
        self.quads.contains(&self.quad(subject, predicate, object))
    }

    pub fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.quads.insert(self.quad(subject, predicate, object));
    }

    pub fn remove(&mut self, subject: &NamedNode, with: impl Fn(NamedNodeRef<'_>) -> bool) {
        for quad in self.of(subject, with) {
            self.quads.remove(&quad);
        }
    }

    pub fn quad(&self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) -> Quad {
        Quad::new(subject.clone(), predicate, object, self.article.clone())
    }
}
