//! What an export wrote comes back: N-Quads and TriG, whole or not at all.
//!
//! All files are read and judged before anything is stored. A graph of an article takes the place of what the store holds of
//! that article; all other graphs are united with the store's. What a store keeps for itself is made anew
//! ([`ChangeOfArticles::adopt`]).

mod source;
mod terms;

pub use source::ImportFormat;
pub use terms::UnknownTerm;

use super::adding::MOST_QUADS;
use super::base::Base;
use super::change::{ChangeOfArticles, Known};
use super::curation::CurationError;
use super::folder::StoreError;
use super::transaction::Transaction;
use super::vocabulary::{dixit, schema};
use crate::entity::Entities;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::store::{LoaderError, StorageError};
use rustc_hash::FxHashSet;
use source::{Bytes, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;
use terms::Terms;

/// Why a file cannot be imported. Nothing of it was stored, nor of the files beside it.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{file}: {cause}; nothing was imported")]
    Read { file: String, cause: io::Error },
    #[error("{file}:{line}:{column}: {what}; nothing was imported: mend the file, or export it anew")]
    Syntax { file: String, line: u64, column: u64, what: String },
    #[error(
        "{0}: this format does not tell which article says what: import N-Quads or TriG, as `dixit export --format nquads` writes"
    )]
    Triples(String),
    #[error(
        "{0}: it has a text of more than 16 MB, which cannot be read: leave that article out, and add it from its source"
    )]
    TooLong(String),
    #[error("{0}: is it N-Quads or TriG? Say it with --format")]
    Format(String),
    #[error("{file}: what is said of {subject} stands in no graph: name one, as `dixit export --format nquads` does")]
    NoGraph { file: String, subject: String },
    #[error("{file}: {place} has a blank node, which would be another one each time: give it an IRI")]
    Blank { file: String, place: String },
    #[error(
        "{file}: the article {article} does not stand in a graph of its own name, <BASE/article/KEY>: export it with dixit"
    )]
    Article { file: String, article: String },
    #[error("{file}: the article {article} is in {other}, too: import one file after the other, the right one last")]
    Twice { file: String, article: String, other: String },
    #[error("{file}: data under {base} beside data under {other}: import them into two stores")]
    TwoBases { file: String, base: Base, other: Base },
    #[error("cannot store what was read: {0}")]
    Store(#[from] StoreError),
    #[error("cannot store what was read: {0}")]
    Storage(#[from] StorageError),
    #[error("cannot store what was read: {0}")]
    Load(#[from] LoaderError),
    #[error("its corrections and those of the store contradict each other: {0}")]
    Curation(#[from] CurationError),
}

/// Files that were read and found good.
pub struct Import {
    sources: Vec<Source>,
    base: Option<Base>,
    /// The articles with the number of the source that holds them.
    articles: BTreeMap<NamedNode, usize>,
    with_text: FxHashSet<NamedNode>,
    /// Graphs that are no article's.
    others: BTreeSet<NamedNode>,
    statements: usize,
    terms: Terms,
}

/// What an import changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    pub added: usize,
    /// Articles that took the place of what the store held of them.
    pub changed: usize,
    pub statements: usize,
    /// Articles that came without their texts.
    pub without_text: usize,
}

impl Import {
    /// Reads files; `format` is for all of them, or their names tell.
    ///
    /// # Errors
    /// The first that makes a file unfit.
    pub fn of_files(paths: &[PathBuf], format: Option<ImportFormat>) -> Result<Self, ImportError> {
        let mut import = Self::empty();
        for path in paths {
            let format = format.map_or_else(|| ImportFormat::of(path), Ok)?;
            import.read(Source { name: path.display().to_string(), format, bytes: Bytes::File(path.clone()) })?;
        }
        Ok(import)
    }

    /// Reads one input that is in memory.
    ///
    /// # Errors
    /// What makes it unfit.
    pub fn of_bytes(name: &str, bytes: Vec<u8>, format: ImportFormat) -> Result<Self, ImportError> {
        let mut import = Self::empty();
        import.read(Source { name: name.to_owned(), format, bytes: Bytes::Memory(bytes) })?;
        Ok(import)
    }

    fn empty() -> Self {
        Self {
            sources: Vec::new(),
            base: None,
            articles: BTreeMap::new(),
            with_text: FxHashSet::default(),
            others: BTreeSet::new(),
            statements: 0,
            terms: Terms::default(),
        }
    }

    /// The base under which the data of the files stands, if they tell.
    pub fn base(&self) -> Option<&Base> {
        self.base.as_ref()
    }

    /// The terms that no vocabulary of ours has. They are imported as they are.
    pub fn unknown_terms(&self) -> Vec<UnknownTerm> {
        self.terms.unknown()
    }

    /// The graphs that are neither an article's nor one that a store has besides. They are imported as they are.
    pub fn foreign_graphs(&self) -> Vec<&str> {
        self.others.iter().map(NamedNode::as_str).filter(|graph| base_of_part(graph).is_none()).collect()
    }

    fn read(&mut self, source: Source) -> Result<(), ImportError> {
        let number = self.sources.len();
        for quad in source.quads()? {
            self.judge(&quad?, &source.name, number)?;
        }
        self.sources.push(source);
        Ok(())
    }

    fn judge(&mut self, quad: &Quad, file: &str, number: usize) -> Result<(), ImportError> {
        let file = || file.to_owned();
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
            return Err(ImportError::Blank { file: file(), place: format!("the graph {}", quad.graph_name) });
        };
        if matches!(quad.object, Term::BlankNode(_)) {
            return Err(ImportError::Blank { file: file(), place: format!("{} of {subject}", quad.predicate) });
        }
        let graph = match &quad.graph_name {
            GraphName::NamedNode(graph) => graph,
            GraphName::BlankNode(_) => {
                return Err(ImportError::Blank { file: file(), place: format!("the graph of {subject}") });
            }
            GraphName::DefaultGraph => {
                return Err(ImportError::NoGraph { file: file(), subject: subject.to_string() });
            }
        };
        let is_article = quad.predicate == rdf::TYPE && quad.object == schema::NEWS_ARTICLE.into();
        match base_of_article(graph.as_str()) {
            Some(base) => {
                self.set_base(base, file)?;
                let first = *self.articles.entry(graph.clone()).or_insert(number);
                if first != number {
                    let other = self.sources[first].name.clone();
                    return Err(ImportError::Twice { file: file(), article: graph.to_string(), other });
                }
            }
            None if self.others.contains(graph) => {}
            None => {
                if let Some(base) = base_of_part(graph.as_str()) {
                    self.set_base(base, file)?;
                }
                self.others.insert(graph.clone());
            }
        }
        if is_article && (subject != graph || !self.articles.contains_key(graph)) {
            return Err(ImportError::Article { file: file(), article: subject.to_string() });
        }
        if quad.predicate == schema::ARTICLE_BODY {
            self.with_text.insert(graph.clone());
        }
        self.statements += usize::from(quad.predicate == rdf::TYPE && quad.object == dixit::REPORTED_STATEMENT.into());
        self.terms.count(quad);
        Ok(())
    }

    fn set_base(&mut self, base: &str, file: impl Fn() -> String) -> Result<(), ImportError> {
        if self.base.as_ref().is_some_and(|known| known.as_str() == base) {
            return Ok(());
        }
        let Ok(base) = base.parse::<Base>() else { return Ok(()) };
        match &self.base {
            Some(other) => Err(ImportError::TwoBases { file: file(), base, other: other.clone() }),
            None => {
                self.base = Some(base);
                Ok(())
            }
        }
    }

    /// What is to be stored, read once more.
    fn quads(&self, store: &super::Store) -> impl Iterator<Item = Result<Quad, ImportError>> {
        // What the program says, and what follows from the articles.
        let made_anew = [store.base().ontology_graph(), store.base().utterances_graph()].map(GraphName::from);
        let quads = self.sources.iter().flat_map(|source| -> Box<dyn Iterator<Item = Result<Quad, ImportError>>> {
            match source.quads() {
                Ok(quads) => Box::new(quads),
                Err(error) => Box::new(std::iter::once(Err(error))),
            }
        });
        quads.filter(move |quad| !matches!(quad, Ok(quad) if made_anew.contains(&quad.graph_name)))
    }
}

/// How much memory filling a new store may take, in megabytes.
const BUDGET: usize = 256;

impl super::Store {
    /// Stores what was read, whole or not at all.
    ///
    /// # Errors
    /// The store cannot be written, or a file changed since it was read.
    pub fn import(&self, import: &Import, entities: &Entities) -> Result<Imported, ImportError> {
        let articles = || import.articles.keys();
        let mut done = Imported { statements: import.statements, ..Imported::default() };
        done.without_text = articles().filter(|article| !import.with_text.contains(*article)).count();
        if self.is_new()? {
            self.begin_filling()?;
            // Many times faster, with little memory.
            let mut loader = self.query_store().bulk_loader().with_max_memory_size_in_megabytes(BUDGET);
            loader.load_ok_quads::<ImportError, ImportError>(import.quads(self))?;
            loader.commit()?;
            let (mut layers, mut known) = (self.layers(), Known::default());
            for article in articles() {
                let transaction = Transaction::over(&mut layers);
                let mut change = ChangeOfArticles::knowing(known, transaction, self.base());
                change.adopt(article, entities)?;
                known = change.commit()?;
                if layers.size() >= MOST_QUADS {
                    layers.rise()?;
                }
            }
            let mut change = ChangeOfArticles::knowing(known, Transaction::over(&mut layers), self.base());
            change.adopt_deeds(entities)?;
            change.commit()?;
            layers.store_all()?;
            self.end_filling()?;
            done.added = import.articles.len();
        } else {
            let mut change = ChangeOfArticles::begin(self.query_store(), self.base())?;
            for article in articles() {
                done.changed += usize::from(change.take_out(article)?);
            }
            change.unite(import.quads(self), entities)?;
            articles().try_for_each(|article| change.adopt(article, entities))?;
            change.adopt_deeds(entities)?;
            change.commit()?;
            done.added = import.articles.len() - done.changed;
        }
        Ok(done)
    }

    /// Whether it holds nothing but the vocabulary.
    fn is_new(&self) -> Result<bool, StorageError> {
        let vocabulary = GraphName::from(self.base().ontology_graph());
        for graph in self.query_store().named_graphs() {
            if GraphName::from(graph?) != vocabulary {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The base under which an article has this IRI.
fn base_of_article(iri: &str) -> Option<&str> {
    let (before, key) = iri.rsplit_once('/')?;
    let is_key = key.len() == 16 && key.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    before.strip_suffix("article").filter(|_| is_key)
}

/// The graphs of a store beside those of articles.
const PARTS: [&str; 5] = ["entities", "links", "curation", "utterances", "ontology"];

/// The base under which a graph beside those of articles has this IRI.
fn base_of_part(iri: &str) -> Option<&str> {
    let (before, part) = iri.rsplit_once('/')?;
    before.strip_suffix("graph").filter(|_| PARTS.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_iri_of_an_article_tells_the_base() {
        assert_eq!(base_of_article("https://x.example/a/article/0123456789abcdef"), Some("https://x.example/a/"));
        for other in
            ["https://x.example/article/0123456789ABCDEF", "https://x.example/article/1", "https://x.example/a"]
        {
            assert_eq!(base_of_article(other), None, "{other}");
        }
    }
}
