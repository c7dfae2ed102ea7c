//! A change of the graph: others see all of it or nothing, and whoever makes it sees it at once. It is made of a store, or of
//! the [layers](super::layers) over one.

use super::layer::Pattern;
use super::layers::{ChangeOfLayers, Layers};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, QuadRef, TermRef};
use oxigraph::store::{StorageError, Store};

/// What quads are read from.
pub(super) trait Source {
    /// The quads with these terms, where terms are given.
    fn matching(
        &self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> impl Iterator<Item = Result<Quad, StorageError>>;

    /// The same of things that have IRIs.
    fn quads_of(
        &self,
        subject: Option<&NamedNode>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<&NamedNode>,
        graph: Option<&GraphName>,
    ) -> impl Iterator<Item = Result<Quad, StorageError>> {
        self.matching(subject.map(Into::into), predicate, object.map(Into::into), graph.map(Into::into))
    }
}

impl Source for Store {
    fn matching(
        &self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> impl Iterator<Item = Result<Quad, StorageError>> {
        self.quads_for_pattern(subject, predicate, object, graph)
    }
}

impl Source for Transaction<'_> {
    fn matching(
        &self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> impl Iterator<Item = Result<Quad, StorageError>> {
        self.quads_for_pattern(subject, predicate, object, graph)
    }
}

impl Source for Layers {
    fn matching(
        &self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> impl Iterator<Item = Result<Quad, StorageError>> {
        Self::matching(self, Pattern { subject, predicate, object, graph })
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
