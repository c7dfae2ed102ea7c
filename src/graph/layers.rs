//! What is added by the thousand does not go into the store quad by quad: RocksDB takes whole tables, sorted before, many times
//! as fast. So it is gathered in a layer in memory over the store. A full layer is made into tables by oxigraph's bulk loader,
//! in a thread of its own, while the next one grows above it; when that is full in its turn, the tables are stored in one step,
//! whole or not at all. What a layer removes of all below it is few, and is removed once its tables are stored.
//!
//! ```text
//! top       what is being added
//! rising    what is being made into tables
//! store     what is stored
//! ```

use super::layer::{Layer, Pattern};
use super::removing;
use oxigraph::model::{GraphNameRef, NamedNode, Quad, QuadRef};
use oxigraph::store::{StorageError, Store};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

/// The layers over a store.
pub(super) struct Layers {
    store: Store,
    /// Where it lies, if its changes go to the disk one by one.
    folder: Option<PathBuf>,
    rising: Option<Rising>,
    top: Layer,
    /// What lies below the top, and is to be there no more.
    removed: FxHashSet<Quad>,
    /// Whether the store holds a graph, as far as that was asked since it last changed: most articles are new.
    stored: RefCell<FxHashMap<NamedNode, bool>>,
}

/// A layer that changes no more, while it is made into tables.
struct Rising {
    layer: Arc<Layer>,
    /// What lies in the store, and is to be there no more.
    removed: FxHashSet<Quad>,
    /// Ends with the tables once it is told to store them, or that it will not be; nothing when that was waited for.
    tables: Option<JoinHandle<Result<(), StorageError>>>,
    store_them: Option<Sender<()>>,
}

/// What a change did, so that it can be undone.
enum Done {
    Inserted(u32),
    Removed(u32),
    RemovedBelow(Quad),
    BroughtBack(Quad),
}

/// A change of the topmost layer. What is not [kept](Self::keep) is undone when this is dropped.
pub(super) struct ChangeOfLayers<'a> {
    layers: &'a mut Layers,
    done: Vec<Done>,
}

impl Layers {
    pub fn over(store: Store, folder: Option<PathBuf>) -> Self {
        let (removed, stored) = Default::default();
        Self { store, folder, rising: None, top: Layer::default(), removed, stored }
    }

    /// A change of the topmost layer.
    pub fn change(&mut self) -> ChangeOfLayers<'_> {
        ChangeOfLayers { layers: self, done: Vec::new() }
    }

    /// The quads with these terms.
    pub fn matching(&self, pattern: Pattern<'_>) -> impl Iterator<Item = Result<Quad, StorageError>> + use<'_> {
        let below = self.below_top(pattern);
        let shown = |quad: &Quad| !self.removed.contains(quad) && !self.top.contains(quad.as_ref());
        let below = below.filter(move |quad| quad.as_ref().map_or(true, shown));
        self.top.matching(pattern).map(Ok).chain(below)
    }

    /// The quads below the top, also the removed ones.
    fn below_top(&self, pattern: Pattern<'_>) -> impl Iterator<Item = Result<Quad, StorageError>> + use<'_> {
        let Pattern { subject, predicate, object, graph } = pattern;
        let stored = self.may_be_stored(graph).then(|| self.store.quads_for_pattern(subject, predicate, object, graph));
        let rising = self.rising.as_ref();
        let shown = move |quad: &Quad| {
            rising.is_none_or(|rising| !rising.removed.contains(quad) && !rising.layer.contains(quad.as_ref()))
        };
        let stored = stored.into_iter().flatten().filter(move |quad| quad.as_ref().map_or(true, shown));
        let rising = rising.map(|rising| rising.layer.matching(pattern));
        rising.into_iter().flatten().map(Ok).chain(stored)
    }

    /// Whether a quad lies below the top, removed or not; if that cannot be told, it may.
    fn holds_below_top(&self, quad: QuadRef<'_>) -> bool {
        match &self.rising {
            Some(rising) if rising.layer.contains(quad) => true,
            Some(rising) if rising.removed.contains(&quad.into_owned()) => false,
            _ => self.store.contains(quad).unwrap_or(true),
        }
    }

    fn may_be_stored(&self, graph: Option<GraphNameRef<'_>>) -> bool {
        let Some(GraphNameRef::NamedNode(graph)) = graph else { return true };
        let ask = || self.store.contains_named_graph(graph).unwrap_or(true);
        *self.stored.borrow_mut().entry(graph.into_owned()).or_insert_with(ask)
    }

    /// How many quads the topmost layer has.
    pub fn size(&self) -> usize {
        self.top.size()
    }

    /// Begins a new layer over what is now the topmost one, and sees to it that what lay below that is stored.
    pub fn rise(&mut self) -> Result<(), StorageError> {
        self.settle()?;
        let (layer, removed) = (std::mem::take(&mut self.top), std::mem::take(&mut self.removed));
        self.rising = Some(Rising::begin(layer, removed, &self.store));
        Ok(())
    }

    /// Stores all.
    pub fn store_all(&mut self) -> Result<(), StorageError> {
        self.rise()?;
        self.settle()
    }

    /// Stores the layer that was made into tables. If that fails, what lies above it goes, too, for it rests on it.
    fn settle(&mut self) -> Result<(), StorageError> {
        let Some(rising) = self.rising.take() else { return Ok(()) };
        self.stored.take();
        let settled = self.store_layer(rising);
        if settled.is_err() {
            (self.top, self.removed) = Default::default();
        }
        settled
    }

    fn store_layer(&self, rising: Rising) -> Result<(), StorageError> {
        if rising.removed.is_empty() {
            rising.store()?;
            return Ok(());
        }
        let witness = rising.witness(&self.store)?;
        if let (Some(folder), Some(witness)) = (&self.folder, &witness) {
            removing::note(folder, witness, &rising.removed)?;
        }
        let removed = rising.store()?;
        removing::remove(&self.store, &removed)?;
        match (&self.folder, witness) {
            (Some(folder), Some(_)) => removing::forget(folder),
            _ => Ok(()),
        }
    }
}

impl ChangeOfLayers<'_> {
    /// What the change is of, as it is now.
    pub fn layers(&self) -> &Layers {
        self.layers
    }

    pub fn insert(&mut self, quad: QuadRef<'_>) {
        if !self.layers.removed.is_empty()
            && let Some(quad) = self.layers.removed.take(&quad.into_owned())
        {
            self.done.push(Done::BroughtBack(quad));
        }
        // Also what lies below: it may not, if that could not be told.
        self.done.extend(self.layers.top.insert(quad).map(Done::Inserted));
    }

    pub fn remove(&mut self, quad: QuadRef<'_>) {
        self.done.extend(self.layers.top.remove(quad).map(Done::Removed));
        if self.layers.holds_below_top(quad) {
            self.remove_below(quad.into_owned());
        }
    }

    pub fn remove_graph(&mut self, graph: GraphNameRef<'_>) -> Result<(), StorageError> {
        let pattern = Pattern { graph: Some(graph), ..Pattern::default() };
        for quad in self.layers.top.matching(pattern).collect::<Vec<_>>() {
            self.done.extend(self.layers.top.remove(quad.as_ref()).map(Done::Removed));
        }
        for quad in self.layers.below_top(pattern).collect::<Result<Vec<_>, _>>()? {
            self.remove_below(quad);
        }
        Ok(())
    }

    fn remove_below(&mut self, quad: Quad) {
        if self.layers.removed.insert(quad.clone()) {
            self.done.push(Done::RemovedBelow(quad));
        }
    }

    /// It stays as it was changed.
    pub fn keep(mut self) {
        self.done.clear();
    }
}

impl Drop for ChangeOfLayers<'_> {
    fn drop(&mut self) {
        let Layers { top, removed, .. } = &mut *self.layers;
        for done in self.done.drain(..).rev() {
            match done {
                Done::Inserted(number) => top.set(number, false),
                Done::Removed(number) => top.set(number, true),
                Done::RemovedBelow(quad) => drop(removed.remove(&quad)),
                Done::BroughtBack(quad) => drop(removed.insert(quad)),
            }
        }
    }
}

impl Rising {
    fn begin(layer: Layer, removed: FxHashSet<Quad>, store: &Store) -> Self {
        let (store_them, told) = mpsc::channel();
        let layer = Arc::new(layer);
        let (loaded, store) = (Arc::clone(&layer), store.clone());
        let tables = thread::spawn(move || {
            let mut loader = store.bulk_loader();
            loader.load_quads(loaded.quads())?;
            // Whoever gives up tells nothing; the loader takes its tables with it.
            if told.recv().is_ok() { loader.commit() } else { Ok(()) }
        });
        Self { layer, removed, tables: Some(tables), store_them: Some(store_them) }
    }

    /// A quad of the layer that the store does not hold.
    fn witness(&self, store: &Store) -> Result<Option<Quad>, StorageError> {
        for quad in self.layer.quads() {
            if !store.contains(&quad)? {
                return Ok(Some(quad));
            }
        }
        Ok(None)
    }

    /// Stores the tables when they are made, and gives what is to be removed.
    fn store(mut self) -> Result<FxHashSet<Quad>, StorageError> {
        // It hears this, or has failed and says so at its end.
        let _ = self.store_them.as_ref().map(|store_them| store_them.send(()));
        let stored = self.tables.take().map(JoinHandle::join);
        stored.unwrap_or(Ok(Ok(()))).unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok(std::mem::take(&mut self.removed))
    }
}

impl Drop for Rising {
    /// Nobody writes into the folder of the store any more when it is given up.
    fn drop(&mut self) {
        self.store_them.take();
        let _ = self.tables.take().map(JoinHandle::join);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quad(object: &str) -> Quad {
        let node = |name: &str| NamedNode::new_unchecked(format!("https://a.example/{name}"));
        Quad::new(node("pont"), node("relie"), node(object), node("article"))
    }

    fn shown(layers: &Layers) -> Vec<String> {
        let quads = layers.matching(Pattern::default()).map(|quad| quad.unwrap().object.to_string());
        let mut objects: Vec<_> =
            quads.map(|object| object.trim_matches(['<', '>']).rsplit('/').next().unwrap().to_owned()).collect();
        objects.sort_unstable();
        objects
    }

    #[test]
    fn what_is_not_kept_is_undone() {
        let store = Store::new().unwrap();
        store.insert(&quad("stored")).unwrap();
        let mut layers = Layers::over(store, None);
        let mut change = layers.change();
        change.insert(quad("added").as_ref());
        change.keep();
        assert_eq!(shown(&layers), ["added", "stored"]);

        let mut change = layers.change();
        change.remove(quad("stored").as_ref());
        change.remove(quad("added").as_ref());
        change.insert(quad("other").as_ref());
        assert_eq!(shown(change.layers()), ["other"]);
        drop(change);
        assert_eq!(shown(&layers), ["added", "stored"]);

        let mut change = layers.change();
        change.remove_graph(quad("stored").as_ref().graph_name).unwrap();
        change.keep();
        let mut change = layers.change();
        change.insert(quad("stored").as_ref());
        change.insert(quad("added").as_ref());
        assert_eq!(shown(change.layers()), ["added", "stored"]);
        drop(change);
        assert_eq!(shown(&layers), [""; 0]);
        layers.store_all().unwrap();
        assert_eq!(shown(&layers), [""; 0]);
    }
}
