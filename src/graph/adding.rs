//! Articles are put into the store: one, or thousands.

use super::base::Base;
use super::change::{ChangeOfArticles, Known};
use super::copies::Copy;
use super::curation::{self, Patch};
use super::describe::{describe_statements, describe_time};
use super::described::Described;
use super::folder::StoreError;
use super::layers::Layers;
use super::store::Store;
use super::transaction::{Source, Transaction};
use super::vocabulary::{dixit, schema};
use crate::article::Article;
use crate::entity::Entities;
use crate::extract::Statement;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad};
use oxigraph::store::StorageError;
use rustc_hash::FxHashSet;
use std::path::Path;
use std::time::{Duration, Instant};

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

/// Quads that are gathered before they are stored, about: those of 300 articles. Twice as many would take 80 MB more and save
/// a sixth of the time: RocksDB merges larger tables less often.
pub const MOST_QUADS: usize = 100_000;

/// How long articles wait, at most, while others come slowly.
const PATIENCE: Duration = Duration::from_secs(10);

/// Many articles that are being added to a store. Each is stored whole or not at all, but some time after it was added: see
/// [`Self::stored`]. What is dropped before its [end](Self::end) leaves the last of them unstored. As long as it lives nobody
/// else may change the store: it remembers what it read.
pub struct Adding<'a> {
    store: &'a Store,
    layers: Layers,
    known: Known,
    most_quads: usize,
    /// Since when the topmost layer grows.
    since: Instant,
    counts: Counts,
    /// Whether any article took the place of an older version of itself.
    has_changed: bool,
}

/// How many articles were added or changed when.
#[derive(Default)]
struct Counts {
    added: usize,
    /// What was added before the topmost layer began.
    risen: usize,
    stored: usize,
}

impl Counts {
    /// What was not stored never will be.
    fn lose(&mut self) {
        (self.added, self.risen) = (self.stored, self.stored);
    }
}

impl Store {
    /// Many articles are going to be added: on a disk several times as fast as one by one.
    pub fn adding(&self) -> Result<Adding<'_>, StoreError> {
        self.adding_by(MOST_QUADS)
    }

    /// The same; after about so many quads what was added is stored.
    pub fn adding_by(&self, most_quads: usize) -> Result<Adding<'_>, StoreError> {
        Ok(Adding {
            store: self,
            layers: self.layers(),
            known: Known::default(),
            most_quads,
            since: Instant::now(),
            counts: Counts::default(),
            has_changed: false,
        })
    }

    /// No layers yet, for a change of many things.
    pub(super) fn layers(&self) -> Layers {
        // Without RocksDB the disk has all when all is changed, and nothing before.
        let folder = self.folder().filter(|_| cfg!(feature = "rocksdb"));
        Layers::over(self.query_store().clone(), folder.map(Path::to_path_buf))
    }

    /// Whether adding the article would change nothing: quick, for nothing needs to be extracted.
    ///
    /// It would not if the article is there with its text, the same metadata and version of the
    /// extraction; its file may have another name. Nor if it has no web address and its text is there
    /// already as another, unless the two name different outlets.
    pub fn is_unchanged(&self, article: &Article, entities: &Entities) -> Result<bool, StoreError> {
        Ok(is_unchanged(self.query_store(), self.base(), article, entities)?)
    }

    /// An article with its text and statements as it is to be added. It touches nothing that is stored, so that several can
    /// be made at once while others are added.
    pub fn describe(&self, article: &Article, statements: &[Statement], entities: &Entities) -> Described {
        let mut described = Described::of(article, statements, entities, self.base());
        // A store in memory is gone before anybody asks.
        if self.folder().is_some() {
            described.own.push(describe_time(article, self.base()));
        }
        described
    }

    /// Stores an article with its text and statements, in the place of what was there before, whole or not at all.
    pub fn add_article(
        &self,
        article: &Article,
        statements: &[Statement],
        entities: &Entities,
    ) -> Result<Change, StoreError> {
        let described = self.describe(article, statements, entities);
        let size = described.size();
        let change = self.put(Transaction::of(self.query_store())?, described, &mut Known::default())?;
        self.committed(if change == Change::Unchanged { 0 } else { size })?;
        Ok(change)
    }

    /// What that changed.
    fn put(
        &self,
        transaction: Transaction<'_>,
        described: Described,
        known: &mut Known,
    ) -> Result<Change, StorageError> {
        let base = self.base();
        let standing = Standing::of(&transaction, base, &described.iri, described.has_address, &described.own)?;
        let Standing::Other(copies) = standing else {
            return Ok(Change::Unchanged);
        };
        let mut outdated = vec![described.iri.clone()];
        outdated.extend(copies.into_iter().filter(Copy::gives_way).map(|copy| copy.article));

        let mut change = ChangeOfArticles::knowing(std::mem::take(known), transaction, base);
        let mut done = Change::Added;
        for article in &outdated {
            if change.take_out(article)? {
                done = Change::Changed;
            }
        }
        change.put_in(described)?;
        *known = change.commit()?;
        Ok(done)
    }
}

impl Adding<'_> {
    /// As [`Store::add_article`].
    pub fn add_article(
        &mut self,
        article: &Article,
        statements: &[Statement],
        entities: &Entities,
    ) -> Result<Change, StoreError> {
        self.add(self.store.describe(article, statements, entities))
    }

    /// The same of an article that this store [described](Store::describe).
    pub fn add(&mut self, described: Described) -> Result<Change, StoreError> {
        if self.layers.size() == 0 {
            self.since = Instant::now();
        }
        let change = self.store.put(Transaction::over(&mut self.layers), described, &mut self.known)?;
        if change == Change::Unchanged {
            return Ok(change);
        }
        self.counts.added += 1;
        self.has_changed |= change == Change::Changed;
        if self.layers.size() >= self.most_quads {
            let risen = self.layers.rise();
            self.unless_lost(risen)?;
            self.counts.stored = self.counts.risen;
            self.counts.risen = self.counts.added;
        } else if self.since.elapsed() > PATIENCE {
            self.store_all()?;
        }
        Ok(change)
    }

    /// Whether an article that was [unchanged](Store::is_unchanged) in the store at some moment of this adding is so now.
    pub fn is_still_unchanged(&self, article: &Article, entities: &Entities) -> Result<bool, StoreError> {
        // New articles take nothing away by which it was.
        if !self.has_changed {
            return Ok(true);
        }
        Ok(is_unchanged(&self.layers, self.store.base(), article, entities)?)
    }

    /// As [`Store::loose_corrections`].
    pub fn loose_corrections(&self, article: &Article) -> Result<usize, StoreError> {
        Ok(curation::loose_corrections(&self.layers, self.store.base(), article)?)
    }

    /// How many of the articles that were added or changed are in the store: whatever happens now, they stay.
    pub fn stored(&self) -> usize {
        self.counts.stored
    }

    /// Stores what was added, all of it, unless something was lost before by an error. How many of the articles that were
    /// added or changed are in the store.
    pub fn end(mut self) -> Result<usize, StoreError> {
        self.store_all()?;
        self.store.flush()?;
        Ok(self.counts.stored)
    }

    /// What was not stored never will be, and was not there to be known.
    fn unless_lost(&mut self, stored: Result<(), StorageError>) -> Result<(), StorageError> {
        stored.inspect_err(|_| {
            self.counts.lose();
            self.known = Known::default();
        })
    }

    fn store_all(&mut self) -> Result<(), StoreError> {
        let stored = self.layers.store_all();
        self.unless_lost(stored)?;
        self.counts.stored = self.counts.added;
        self.counts.risen = self.counts.added;
        Ok(())
    }
}

fn is_unchanged(
    source: &impl Source,
    base: &Base,
    article: &Article,
    entities: &Entities,
) -> Result<bool, StorageError> {
    let described = describe_statements(article, &[], entities, base);
    let iri = base.article(&article.address);
    let standing = Standing::of(source, base, &iri, article.url.is_some(), &described)?;
    Ok(matches!(standing, Standing::Unchanged))
}

/// What a store has of an article that is to be added.
enum Standing {
    /// All that there is to store.
    Unchanged,
    /// Nothing, or something else; and these copies.
    Other(Vec<Copy>),
}

impl Standing {
    /// What it has of the article with this IRI, which is described by these quads, among others.
    fn of(
        source: &impl Source,
        base: &Base,
        iri: &NamedNode,
        has_address: bool,
        described: &[Quad],
    ) -> Result<Self, StorageError> {
        let stored = own_quads(source, iri)?;
        let copies = Copy::all(source, base, iri, described)?;
        let is_unchanged = if stored.is_empty() {
            !has_address && copies.iter().any(Copy::has_all)
        } else {
            // A file may have brought it without its text.
            let text = source.quads_of(Some(iri), Some(schema::ARTICLE_BODY), None, None).next();
            let subject = NamedOrBlankNode::from(iri.clone());
            let own = |quad: &&Quad| quad.subject == subject && !IGNORED.contains(&quad.predicate.as_ref());
            text.transpose()?.is_some()
                && described.iter().filter(own).collect::<FxHashSet<_>>() == stored.iter().collect()
        };
        Ok(if is_unchanged { Self::Unchanged } else { Self::Other(copies) })
    }
}

/// What does not tell whether an article is another than before: its file's name, its text, of which the hash tells, and what
/// follows from these.
const IGNORED: [NamedNodeRef<'_>; 7] = [
    dixit::FILE_NAME,
    dixit::EXTRACTED_AT,
    dixit::WORDS_HASH,
    schema::ARTICLE_BODY,
    dixit::SAME_TEXT_AS,
    dixit::SKETCH,
    dixit::SKETCH_BAND,
];

/// What is stored of an article apart from its statements and what is [`IGNORED`].
fn own_quads(source: &impl Source, article: &NamedNode) -> Result<FxHashSet<Quad>, StorageError> {
    let graph = article.clone().into();
    let quads = source.quads_of(Some(article), None, None, Some(&graph));
    let mut own = quads.collect::<Result<FxHashSet<Quad>, _>>()?;
    Patch::read(&own, article).take_back(&mut own);
    own.retain(|quad| quad.subject == article.clone().into() && !IGNORED.contains(&quad.predicate.as_ref()));
    Ok(own)
}
