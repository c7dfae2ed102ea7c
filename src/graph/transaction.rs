//! A change of the graph: others see all of it or nothing, and whoever makes it sees it at once. It is made of a store, or of
//! the [layers](super::layers) over one.

use super::layers::Layers;
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, QuadRef, TermRef};
use oxigraph::store::{StorageError, Store};
use rustc_hash::FxHashSet;

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

/// A change that is under way. What is not [committed](Self::commit) has never been.
pub(super) struct Transaction<'a> {
    /// Of the store, or of its topmost layer.
    own: oxigraph::store::Transaction<'a>,
    below: Option<Below<'a>>,
}

/// What lies below the topmost layer, and how this change differs from it.
struct Below<'a> {
    layers: &'a Layers<'a>,
    /// What this change removes of it.
    removed: FxHashSet<Quad>,
    /// What was removed before, and is there again.
    back: FxHashSet<Quad>,
}

impl Below<'_> {
    fn removes(&self, quad: &Quad) -> bool {
        self.removed.contains(quad) || !self.back.contains(quad) && self.layers.removed().contains(quad)
    }
}

impl<'a> Transaction<'a> {
    /// A change of the store itself.
    pub fn of(store: &'a Store) -> Result<Self, StorageError> {
        Ok(Self { own: store.start_transaction()?, below: None })
    }

    /// A change of the topmost layer.
    pub fn over(layers: &'a Layers<'a>) -> Result<Self, StorageError> {
        let below = Below { layers, removed: FxHashSet::default(), back: FxHashSet::default() };
        Ok(Self { own: layers.top().start_transaction()?, below: Some(below) })
    }

    pub fn quads_for_pattern<'s>(
        &'s self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> impl Iterator<Item = Result<Quad, StorageError>> + use<'s, 'a> {
        let own = self.own.quads_for_pattern(subject, predicate, object, graph);
        let below = self.below.as_ref().map(|below| {
            let quads = below.layers.below_top(subject, predicate, object, graph);
            let shown = |quad: &Quad| !below.removes(quad) && !self.own.contains(quad).unwrap_or(false);
            quads.filter(move |quad| quad.as_ref().map_or(true, shown))
        });
        own.chain(below.into_iter().flatten())
    }

    pub fn insert<'q>(&mut self, quad: impl Into<QuadRef<'q>>) {
        let quad = quad.into();
        if let Some(below) = &mut self.below
            && !(below.removed.is_empty() && below.layers.removed().is_empty())
        {
            let quad = quad.into_owned();
            below.removed.remove(&quad);
            if below.layers.removed().contains(&quad) {
                below.back.insert(quad);
            }
        }
        self.own.insert(quad);
    }

    pub fn extend<'q>(&mut self, quads: impl IntoIterator<Item = impl Into<QuadRef<'q>>>) {
        quads.into_iter().for_each(|quad| self.insert(quad));
    }

    pub fn remove<'q>(&mut self, quad: impl Into<QuadRef<'q>>) {
        let quad = quad.into();
        self.own.remove(quad);
        if let Some(below) = &mut self.below
            && below.layers.holds_below_top(quad)
        {
            below.removed.insert(quad.into_owned());
        }
    }

    pub fn remove_named_graph(&mut self, graph: &NamedNode) -> Result<(), StorageError> {
        if let Some(below) = &mut self.below {
            for quad in below.layers.below_top(None, None, None, Some(graph.into())) {
                below.removed.insert(quad?);
            }
        }
        self.own.remove_named_graph(graph)
    }

    /// Makes it all true.
    pub fn commit(self) -> Result<(), StorageError> {
        self.own.commit()?;
        if let Some(Below { layers, removed, back }) = self.below {
            layers.change_removed(removed, &back);
        }
        Ok(())
    }
}
