//! What a graph says of one thing, in all graphs together.

use super::order::natural;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedNodeRef, Quad, Term};
use oxigraph::store::{StorageError, Store};

/// The description of a thing, in a fixed order.
pub(in crate::graph) struct Thing {
    quads: Vec<Quad>,
}

impl Thing {
    pub fn read(graph: &Store, iri: &NamedNode) -> Result<Self, StorageError> {
        let quads = graph.quads_for_pattern(Some(iri.into()), None, None, None);
        Ok(Self::of(quads.collect::<Result<Vec<_>, _>>()?))
    }

    /// Only what these predicates say of it. Of a name that many articles have each of these says something, and of an
    /// article the store keeps much for itself: to read all of that takes a hundred times as long.
    pub fn read_only(graph: &Store, iri: &NamedNode, predicates: &[NamedNodeRef<'_>]) -> Result<Self, StorageError> {
        let of = |predicate: &NamedNodeRef<'_>| graph.quads_for_pattern(Some(iri.into()), Some(*predicate), None, None);
        Ok(Self::of(predicates.iter().flat_map(of).collect::<Result<Vec<_>, _>>()?))
    }

    fn of(mut quads: Vec<Quad>) -> Self {
        quads.sort_by_cached_key(|quad| natural(&quad.object.to_string()));
        quads.dedup_by(|a, b| a.predicate == b.predicate && a.object == b.object);
        Self { quads }
    }

    pub fn is_a(&self, class: NamedNodeRef<'_>) -> bool {
        self.iris(rdf::TYPE).any(|iri| *iri == class)
    }

    /// All IRIs to which it leads by other predicates than these.
    pub fn leads_to(&self, but_by: &[NamedNodeRef<'_>]) -> impl Iterator<Item = &NamedNode> {
        let counts = |quad: &&Quad| !but_by.contains(&quad.predicate.as_ref());
        self.quads.iter().filter(counts).filter_map(|quad| named(&quad.object))
    }

    pub fn objects(&self, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = &Term> {
        self.quads.iter().filter(move |quad| quad.predicate == predicate).map(|quad| &quad.object)
    }

    pub fn iris(&self, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = &NamedNode> {
        self.objects(predicate).filter_map(named)
    }

    pub fn iri(&self, predicate: NamedNodeRef<'_>) -> Option<&NamedNode> {
        self.iris(predicate).next()
    }

    /// The words or numbers of a property, without their language and type.
    pub fn values(&self, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = &str> {
        self.objects(predicate).filter_map(|object| match object {
            Term::Literal(literal) => Some(literal.value()),
            _ => None,
        })
    }

    pub fn value(&self, predicate: NamedNodeRef<'_>) -> Option<&str> {
        self.values(predicate).next()
    }
}

fn named(term: &Term) -> Option<&NamedNode> {
    match term {
        Term::NamedNode(iri) => Some(iri),
        _ => None,
    }
}
