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

use super::removing;
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, QuadRef, TermRef};
use oxigraph::store::{StorageError, Store};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::{Ref, RefCell};
use std::path::Path;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

/// The layers over a store.
pub(super) struct Layers<'a> {
    store: &'a Store,
    /// Where it lies, if its changes go to the disk one by one.
    folder: Option<&'a Path>,
    rising: Option<Rising>,
    top: Store,
    /// What lies below the top, and is to be there no more.
    removed: RefCell<FxHashSet<Quad>>,
    /// Whether the store holds a graph, as far as that was asked since it last changed: most articles are new.
    stored: RefCell<FxHashMap<NamedNode, bool>>,
}

/// A layer that changes no more, while it is made into tables.
struct Rising {
    layer: Store,
    /// What lies in the store, and is to be there no more.
    removed: FxHashSet<Quad>,
    /// Ends with the tables once it is told to store them.
    tables: JoinHandle<Result<(), StorageError>>,
    store_them: Sender<()>,
}

impl<'a> Layers<'a> {
    pub fn over(store: &'a Store, folder: Option<&'a Path>) -> Result<Self, StorageError> {
        let (removed, stored) = (RefCell::default(), RefCell::default());
        Ok(Self { store, folder, rising: None, top: Store::new()?, removed, stored })
    }

    /// The topmost layer, which takes what is added.
    pub fn top(&self) -> &Store {
        &self.top
    }

    /// What is removed of all below the top.
    pub fn removed(&self) -> Ref<'_, FxHashSet<Quad>> {
        self.removed.borrow()
    }

    /// Removes quads that lie below the top, and brings others back.
    pub fn change_removed(&self, removed: FxHashSet<Quad>, back: &FxHashSet<Quad>) {
        let mut all = self.removed.borrow_mut();
        for quad in back {
            all.remove(quad);
        }
        all.extend(removed);
    }

    /// The quads below the top, also the removed ones.
    pub fn below_top<'s>(
        &'s self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> impl Iterator<Item = Result<Quad, StorageError>> + use<'s, 'a> {
        let stored = self.may_be_stored(graph).then(|| self.store.quads_for_pattern(subject, predicate, object, graph));
        let rising = self.rising.as_ref();
        let shown = move |quad: &Quad| {
            rising.is_none_or(|rising| !rising.removed.contains(quad) && !rising.layer.contains(quad).unwrap_or(false))
        };
        let stored = stored.into_iter().flatten().filter(move |quad| quad.as_ref().map_or(true, &shown));
        let rising = rising.map(|rising| rising.layer.quads_for_pattern(subject, predicate, object, graph));
        rising.into_iter().flatten().chain(stored)
    }

    /// Whether a quad lies below the top, removed or not; if that cannot be told, it may.
    pub fn holds_below_top(&self, quad: QuadRef<'_>) -> bool {
        let holds = |store: &Store| store.contains(quad).unwrap_or(true);
        match &self.rising {
            Some(rising) if holds(&rising.layer) => true,
            Some(rising) if rising.removed.contains(&quad.into_owned()) => false,
            _ => holds(self.store),
        }
    }

    fn may_be_stored(&self, graph: Option<GraphNameRef<'_>>) -> bool {
        let Some(GraphNameRef::NamedNode(graph)) = graph else { return true };
        let ask = || self.store.contains_named_graph(graph).unwrap_or(true);
        *self.stored.borrow_mut().entry(graph.into_owned()).or_insert_with(ask)
    }

    /// Begins a new layer over what is now the topmost one, and sees to it that what lay below that is stored.
    pub fn rise(&mut self) -> Result<(), StorageError> {
        self.settle()?;
        let layer = std::mem::replace(&mut self.top, Store::new()?);
        self.rising = Some(Rising::begin(layer, self.removed.take(), self.store));
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
            self.top = Store::new()?;
            self.removed.take();
        }
        settled
    }

    fn store_layer(&self, rising: Rising) -> Result<(), StorageError> {
        if rising.removed.is_empty() {
            rising.store()?;
            return Ok(());
        }
        let witness = rising.witness(self.store)?;
        if let (Some(folder), Some(witness)) = (self.folder, &witness) {
            removing::note(folder, witness, &rising.removed)?;
        }
        let removed = rising.store()?;
        removing::remove(self.store, &removed)?;
        match (self.folder, witness) {
            (Some(folder), Some(_)) => removing::forget(folder),
            _ => Ok(()),
        }
    }
}

impl Rising {
    fn begin(layer: Store, removed: FxHashSet<Quad>, store: &Store) -> Self {
        let (store_them, told) = mpsc::channel();
        let (quads, store) = (layer.iter(), store.clone());
        let tables = thread::spawn(move || {
            let mut loader = store.bulk_loader();
            loader.load_ok_quads::<StorageError, StorageError>(quads)?;
            // Whoever gives up tells nothing; the loader takes its tables with it.
            if told.recv().is_ok() { loader.commit() } else { Ok(()) }
        });
        Self { layer, removed, tables, store_them }
    }

    /// A quad of the layer that the store does not hold.
    fn witness(&self, store: &Store) -> Result<Option<Quad>, StorageError> {
        for quad in &self.layer {
            let quad = quad?;
            if !store.contains(&quad)? {
                return Ok(Some(quad));
            }
        }
        Ok(None)
    }

    /// Stores the tables when they are made, and gives what is to be removed.
    fn store(self) -> Result<FxHashSet<Quad>, StorageError> {
        // It hears this, or has failed and says so at its end.
        let _ = self.store_them.send(());
        self.tables.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok(self.removed)
    }
}
