//! The store: articles with their statements, kept as RDF.

use super::base::Base;
use super::change::ChangeOfArticles;
use super::folder::{Folder, StoreError};
use super::ontology;
use crate::web::Memory;
use oxigraph::model::NamedNode;
use std::path::{Path, PathBuf};

/// The graph of all articles, on disk or in memory. Of a store on disk, one program
/// may write while no other uses it, or any number may read.
pub struct Store {
    graph: oxigraph::store::Store,
    base: Base,
    /// `None` for a store in memory.
    folder: Option<Folder>,
}

impl Store {
    /// Opens an existing store to read it; other programs may do so at the same time.
    ///
    /// # Errors
    /// There is no store, it is not ours, another program uses it, or it cannot be read.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::load(Folder::open(path)?)
    }

    /// Opens a store to write into it, and creates it on first use. `base` is for a new store; it must be the same for
    /// an old one, if it is given.
    ///
    /// # Errors
    /// As for [`Store::open`], and the store cannot be created or has another base.
    pub fn open_or_create(path: &Path, base: Option<&Base>) -> Result<Self, StoreError> {
        Self::load_to_write(Folder::open_or_create(path, base)?)
    }

    /// Opens an existing store to write into it.
    ///
    /// # Errors
    /// As for [`Store::open`].
    pub fn open_to_change(path: &Path) -> Result<Self, StoreError> {
        Self::load_to_write(Folder::open_to_change(path)?)
    }

    /// An empty store in memory.
    pub fn in_memory(base: Base) -> Result<Self, StoreError> {
        let graph = oxigraph::store::Store::new()?;
        ontology::renew(&graph, &base)?;
        Ok(Self { graph, base, folder: None })
    }

    fn load_to_write((folder, base): (Folder, Base)) -> Result<Self, StoreError> {
        let graph = folder.load()?;
        // To compare the whole vocabulary takes as long as to store an article.
        if !folder.holds_vocabulary()? {
            ontology::renew(&graph, &base)?;
            folder.save(&graph)?;
            folder.note_vocabulary()?;
        }
        Ok(Self { graph, base, folder: Some(folder) })
    }

    /// A store whose form may be another, to take its graph out.
    pub(super) fn load_of_any_form(folder: Folder, base: Base) -> Result<Self, StoreError> {
        Self::load((folder, base))
    }

    fn load((folder, base): (Folder, Base)) -> Result<Self, StoreError> {
        Ok(Self { graph: folder.load()?, base, folder: Some(folder) })
    }

    /// The IRI under which the data stands.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// The store as SPARQL sees it. To be read only.
    pub fn query_store(&self) -> &oxigraph::store::Store {
        &self.graph
    }

    /// Removes an article with all that rests on it, whole or not at all: the store is as if it had never been there.
    /// Whether it was there.
    pub fn remove_article(&self, article: &NamedNode) -> Result<bool, StoreError> {
        let mut change = ChangeOfArticles::begin(&self.graph, &self.base)?;
        let was_there = change.take_out(article)?;
        if was_there {
            change.commit()?;
        }
        Ok(was_there)
    }

    /// Where the store lies, if that is on a disk.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_ref().map(Folder::path)
    }

    /// Notes that so many quads were committed one by one.
    pub(super) fn committed(&self, quads: usize) -> Result<(), StoreError> {
        self.folder.as_ref().map_or(Ok(()), |folder| folder.committed(&self.graph, quads))
    }

    /// The folder in which the search of words keeps its index, for a store on disk.
    pub fn search_folder(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(Folder::search)
    }

    /// What is stored from now on is stored as a whole, or not at all. For a store that is new.
    pub(super) fn begin_filling(&self) -> Result<(), StoreError> {
        self.folder.as_ref().map_or(Ok(()), Folder::begin_filling)
    }

    /// It is stored.
    pub(super) fn end_filling(&self) -> Result<(), StoreError> {
        self.flush()?;
        self.folder.as_ref().map_or(Ok(()), Folder::end_filling)
    }

    /// Makes all that was added durable. To be called before the program ends.
    pub fn flush(&self) -> Result<(), StoreError> {
        self.folder.as_ref().map_or(Ok(()), |folder| folder.save(&self.graph))
    }

    /// What was fetched from the web for this store by this version of the program, which would make the same of it.
    pub fn fetched(&self) -> Result<Memory, StoreError> {
        self.folder.as_ref().map_or_else(|| Ok(Memory::default()), Folder::fetched)
    }

    /// Forgets what was fetched: an article that was removed is to be fetched again if it is asked for again.
    pub fn forget_fetched(&self) -> Result<(), StoreError> {
        self.folder.as_ref().map_or(Ok(()), Folder::forget_fetched)
    }

    /// Remembers what was fetched. To be called when all of it is stored.
    pub fn remember_fetched(&self, fetched: &Memory) -> Result<(), StoreError> {
        self.folder.as_ref().map_or(Ok(()), |folder| folder.remember_fetched(fetched))
    }
}
