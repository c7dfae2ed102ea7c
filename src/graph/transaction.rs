//! A change of the graph: others see all of it or nothing, and whoever makes it sees it at once. It is made of a store, or of
//! the [layers](super::layers) over one.

use super::layer::Pattern;
use super::layers::{ChangeOfLayers, Layers};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, QuadRef, TermRef};
use oxigraph::store::{StorageError, Store};

/// What quads are read from.
pub(super) trait Source {
    /// The quads that fit.
    fn matching(&self, pattern: Pattern<'_>) -> impl Iterator<Item = Result<Quad, StorageError>>;

    /// The quads with these terms, where terms are given; what is asked for has IRIs.
    fn quads_of<'a>(
        &'a self,
        subject: Option<&'a NamedNode>,
        predicate: Option<NamedNodeRef<'a>>,
        object: Option<&'a NamedNode>,
        graph: Option<&'a GraphName>,
    ) -> impl Iterator<Item = Result<Quad, StorageError>> {
        let (subject, object, graph) = (subject.map(Into::into), object.map(Into::into), graph.map(Into::into));
        self.matching(Pattern { subject, predicate, object, graph })
    }
}

impl Source for Store {
    fn matching(&self, pattern: Pattern<'_>) -> impl Iterator<Item = Result<Quad, StorageError>> {
        let Pattern { subject, predicate, object, graph } = pattern;
        self.quads_for_pattern(subject, predicate, object, graph)
    }
}

impl Source for Transaction<'_> {
    fn matching(&self, pattern: Pattern<'_>) -> impl Iterator<Item = Result<Quad, StorageError>> {
        let Pattern { subject, predicate, object, graph } = pattern;
        self.quads_for_pattern(subject, predicate, object, graph)
    }
}

impl Source for Layers {
    fn matching(&self, pattern: Pattern<'_>) -> impl Iterator<Item = Result<Quad, StorageError>> {
        Self::matching(self, pattern)
    }
}

/// A change that is under way. What is not [committed](Self::commit) has never been.
pub(super) enum Transaction<'a> {
    /// Of the store itself.
    OfStore(oxigraph::store::Transaction<'a>),
    /// Of the topmost layer over one.
    OfLayers(ChangeOfLayers<'a>),
}

impl<'a> Transaction<'a> {
    /// A change of the store itself.
    pub fn of(store: &'a Store) -> Result<Self, StorageError> {
        store.start_transaction().map(Self::OfStore)
    }

    /// A change of the topmost layer.
    pub fn over(layers: &'a mut Layers) -> Self {
        Self::OfLayers(layers.change())
    }

    pub fn quads_for_pattern<'s>(
        &'s self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> impl Iterator<Item = Result<Quad, StorageError>> + use<'s, 'a> {
        let (stored, layered) = match self {
            Self::OfStore(store) => (Some(store.quads_for_pattern(subject, predicate, object, graph)), None),
            Self::OfLayers(change) => {
                (None, Some(change.layers().matching(Pattern { subject, predicate, object, graph })))
            }
        };
        stored.into_iter().flatten().chain(layered.into_iter().flatten())
    }

    pub fn insert<'q>(&mut self, quad: impl Into<QuadRef<'q>>) {
        match self {
            Self::OfStore(store) => store.insert(quad),
            Self::OfLayers(change) => change.insert(quad.into()),
        }
    }

    pub fn extend<'q>(&mut self, quads: impl IntoIterator<Item = impl Into<QuadRef<'q>>>) {
        quads.into_iter().for_each(|quad| self.insert(quad));
    }

    pub fn remove<'q>(&mut self, quad: impl Into<QuadRef<'q>>) {
        match self {
            Self::OfStore(store) => store.remove(quad),
            Self::OfLayers(change) => change.remove(quad.into()),
        }
    }

    pub fn remove_named_graph(&mut self, graph: &NamedNode) -> Result<(), StorageError> {
        match self {
            Self::OfStore(store) => store.remove_named_graph(graph),
            Self::OfLayers(change) => change.remove_graph(graph.into()),
        }
    }

    /// Makes it all true.
    pub fn commit(self) -> Result<(), StorageError> {
        match self {
            Self::OfStore(store) => store.commit(),
            Self::OfLayers(change) => {
                change.keep();
                Ok(())
            }
        }
    }
}
