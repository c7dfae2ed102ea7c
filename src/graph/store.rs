//! The store: articles with their statements, kept as RDF.

use super::base::Base;
use super::copies::Copy;
use super::describe::{describe_statements, describe_text};
use super::folder::{Folder, StoreError};
use super::same_text;
use super::vocabulary::{dixit, schema};
use crate::article::Article;
use crate::entity::Entities;
use crate::extract::Statement;
use crate::web::Memory;
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::{StorageError, Transaction};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::path::Path;

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
        Self::load(Folder::open_or_create(path, base)?)
    }

    /// An empty store in memory.
    pub fn in_memory(base: Base) -> Result<Self, StoreError> {
        Ok(Self { graph: oxigraph::store::Store::new()?, base, folder: None })
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
    /// It would not if the article is there with the same text, metadata and version of the
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
        let iri = self.base.article(&article.address);
        let mut copies = Copy::all(self, &iri, &quads)?;
        copies.retain(Copy::gives_way);
        let outdated: Vec<_> =
            std::iter::once(iri.clone()).chain(copies.into_iter().map(|copy| copy.article)).collect();
        let entities_graph = GraphName::from(self.base.entities_graph());
        let (described, own): (Vec<_>, Vec<_>) = quads.into_iter().partition(|quad| quad.graph_name == entities_graph);

        let mut transaction = self.graph.start_transaction()?;
        let mut change = Change::Added;
        let mut loose = Vec::new();
        let mut unlinked = BTreeSet::new();
        for graph in &outdated {
            for quad in transaction.quads_for_pattern(None, None, None, Some(graph.into())) {
                change = Change::Changed;
                loose.extend(named(quad?.object));
            }
            unlinked.extend(same_text::linked_to(&transaction, graph)?);
            transaction.remove_named_graph(graph)?;
        }
        unlinked.retain(|article| !outdated.contains(article));
        transaction.extend(&own);
        transaction.insert(&describe_text(article, &self.base));
        transaction.extend(&same_text::describe_sketch(&article.text, &iri));
        same_text::link(&mut transaction, &iri, &unlinked)?;
        let in_table = |iri: &NamedOrBlankNode| match iri {
            NamedOrBlankNode::NamedNode(iri) => self.base.key(iri).is_some_and(|key| entities.by_key(key).is_some()),
            NamedOrBlankNode::BlankNode(_) => false,
        };
        renew(&mut transaction, described, in_table)?;
        sweep(&mut transaction, &entities_graph, loose)?;
        transaction.commit()?;
        Ok(change)
    }

    /// Makes all that was added durable. To be called before the program ends.
    pub fn flush(&self) -> Result<(), StoreError> {
        self.folder.as_ref().map_or(Ok(()), |folder| folder.save(&self.graph))
    }

    /// What was fetched from the web for this store by this version of the program, which would make the same of it.
    pub fn fetched(&self) -> Result<Memory, StoreError> {
        self.folder.as_ref().map_or_else(|| Ok(Memory::default()), Folder::fetched)
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
        const IGNORED: [NamedNodeRef<'_>; 5] =
            [dixit::FILE_NAME, schema::ARTICLE_BODY, dixit::SAME_TEXT_AS, dixit::SKETCH, dixit::SKETCH_BAND];
        let ignored = |quad: &Quad| IGNORED.contains(&quad.predicate.as_ref());
        quads.filter(|quad| !matches!(quad, Ok(quad) if ignored(quad))).collect()
    }
}

/// Brings the descriptions of entities up to date. One from the table is replaced if it changed; a local one grows, for
/// other articles may have said more of it.
fn renew(
    transaction: &mut Transaction<'_>,
    described: Vec<Quad>,
    in_table: impl Fn(&NamedOrBlankNode) -> bool,
) -> Result<(), StorageError> {
    let mut entities: FxHashMap<_, FxHashSet<Quad>> = FxHashMap::default();
    for quad in described {
        entities.entry((quad.subject.clone(), quad.graph_name.clone())).or_default().insert(quad);
    }
    for ((entity, graph), new) in entities {
        let (subject, graph) = (Some((&entity).into()), Some((&graph).into()));
        let old = transaction.quads_for_pattern(subject, None, None, graph);
        let old = old.collect::<Result<FxHashSet<Quad>, _>>()?;
        if in_table(&entity) {
            old.difference(&new).for_each(|quad| transaction.remove(quad));
        }
        transaction.extend(new.difference(&old));
    }
    Ok(())
}

/// Removes the descriptions of entities to which nothing points any more, and so on from these.
fn sweep(
    transaction: &mut Transaction<'_>,
    entities_graph: &GraphName,
    mut loose: Vec<NamedNode>,
) -> Result<(), StorageError> {
    while let Some(entity) = loose.pop() {
        let object = Some((&entity).into());
        if transaction.quads_for_pattern(None, None, object, None).next().transpose()?.is_some() {
            continue;
        }
        let (subject, graph) = (Some((&entity).into()), Some(entities_graph.into()));
        let description = transaction.quads_for_pattern(subject, None, None, graph);
        for quad in description.collect::<Result<Vec<_>, _>>()? {
            transaction.remove(&quad);
            loose.extend(named(quad.object));
        }
    }
    Ok(())
}

/// The IRI, if the term is one.
fn named(term: Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(iri) => Some(iri),
        _ => None,
    }
}
