//! The store: articles with their statements, kept as RDF.

use super::base::Base;
use super::change::ChangeOfArticles;
use super::copies::Copy;
use super::curation::Patch;
use super::describe::{describe_statements, describe_time};
use super::folder::{Folder, StoreError};
use super::ontology;
use super::vocabulary::{dixit, schema};
use crate::article::Article;
use crate::entity::Entities;
use crate::extract::Statement;
use crate::web::Memory;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad};
use oxigraph::store::StorageError;
use rustc_hash::FxHashSet;
use std::path::{Path, PathBuf};

/// What adding an article changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The article is new.
    Added,
    /// The article took the place of an older version of itself.
    Changed,
    /// The article was there already, with the same text, metadata and version of the extraction.
    Unchanged,
}

impl Change {
    /// `added`, `changed` or `unchanged`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
        }
    }
}

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

    /// Whether adding the article would change nothing: quick, for nothing needs to be extracted.
    ///
    /// It would not if the article is there with its text, the same metadata and version of the
    /// extraction; its file may have another name. Nor if it has no web address and its text is there
    /// already as another, unless the two name different outlets.
    pub fn is_unchanged(&self, article: &Article, entities: &Entities) -> Result<bool, StoreError> {
        let iri = self.base.article(&article.address);
        let described = describe_statements(article, &[], entities, &self.base);
        let stored = self.own_quads(&iri)?;
        if stored.is_empty() {
            let copies = Copy::all(self, &iri, &described)?;
            return Ok(copies.iter().any(|copy| copy.covers(article)));
        }
        // A file may have brought it without its text.
        let text = self.graph.quads_for_pattern(Some((&iri).into()), Some(schema::ARTICLE_BODY), None, None).next();
        if text.transpose()?.is_none() {
            return Ok(false);
        }
        let subject = NamedOrBlankNode::from(iri);
        let own = |quad: &Quad| quad.subject == subject && quad.predicate != dixit::FILE_NAME;
        Ok(described.into_iter().filter(own).collect::<FxHashSet<_>>() == stored)
    }

    /// Stores an article with its text and statements, in the place of what was there before, whole or not at all.
    pub fn add_article(
        &self,
        article: &Article,
        statements: &[Statement],
        entities: &Entities,
    ) -> Result<Change, StoreError> {
        if self.is_unchanged(article, entities)? {
            return Ok(Change::Unchanged);
        }
        let quads = describe_statements(article, statements, entities, &self.base);
        let described = quads.len();
        let iri = self.base.article(&article.address);
        let mut outdated = vec![iri.clone()];
        let copies = Copy::all(self, &iri, &quads)?.into_iter().filter(Copy::gives_way);
        outdated.extend(copies.map(|copy| copy.article));

        let mut change = ChangeOfArticles::begin(&self.graph, &self.base)?;
        let mut done = Change::Added;
        for article in &outdated {
            if change.take_out(article)? {
                done = Change::Changed;
            }
        }
        change.put_in(article, quads, entities)?;
        // A store in memory is gone before anybody asks.
        if self.folder.is_some() {
            change.note(&describe_time(article, &self.base));
        }
        change.commit()?;
        self.folder.as_ref().map_or(Ok(()), |folder| folder.committed(&self.graph, described))?;
        Ok(done)
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

    /// What is stored of an article apart from its statements, its file's name, its text, of which the hash tells, and
    /// what follows from that.
    fn own_quads(&self, article: &NamedNode) -> Result<FxHashSet<Quad>, StorageError> {
        let (subject, graph) = (article.into(), article.into());
        let quads = self.graph.quads_for_pattern(Some(subject), None, None, Some(graph));
        const IGNORED: [NamedNodeRef<'_>; 7] = [
            dixit::FILE_NAME,
            dixit::EXTRACTED_AT,
            dixit::WORDS_HASH,
            schema::ARTICLE_BODY,
            dixit::SAME_TEXT_AS,
            dixit::SKETCH,
            dixit::SKETCH_BAND,
        ];
        let mut own = quads.collect::<Result<FxHashSet<Quad>, _>>()?;
        Patch::read(&own, article).take_back(&mut own);
        own.retain(|quad| quad.subject == article.clone().into() && !IGNORED.contains(&quad.predicate.as_ref()));
        Ok(own)
    }
}
