//! What was put right: the deeds with what became of them, and as files for other stores.

use super::curate::statements;
use super::deed::{Deed, What};
use super::deeds::Deeds;
use super::patch::Patch;
use super::settle::read_graph;
use super::{CurationError, record, tsv};
use crate::article::Article;
use crate::graph::base::Base;
use crate::graph::change::LOCAL;
use crate::graph::export::{ExportFormat, write_quads};
use crate::graph::store::Store;
use crate::graph::transaction::Source;
use crate::graph::vocabulary::{dixit, schema};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, NamedNode, Quad, Term};
use oxigraph::store::StorageError;
use rustc_hash::FxHashSet;
use std::io::{self, Write};

/// A deed, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub deed: Deed,
    pub state: State,
    /// The statement that it corrects, as it is called now.
    pub statement: Option<NamedNode>,
}

/// What became of a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is done.
    Done,
    /// It was undone.
    Undone,
    /// No statement of its article fits it any more.
    Loose,
    /// Its article is not in the store; when it comes, the correction is done.
    Waiting,
}

impl State {
    /// `done`, `undone`, `loose` or `waiting`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Undone => "undone",
            Self::Loose => "loose",
            Self::Waiting => "waiting",
        }
    }
}

/// How many corrections of an article fit none of its statements any more.
pub(in crate::graph) fn loose_corrections(
    source: &impl Source,
    base: &Base,
    article: &Article,
) -> Result<usize, StorageError> {
    let article = base.article(&article.address);
    let corrections = Deeds::new(source, base).corrections(&article)?;
    if corrections.is_empty() {
        return Ok(0);
    }
    let statements = statements(&found(source, &article)?);
    let is_loose = |anchor: &super::Anchor, called| anchor.find(called, &statements).is_none();
    Ok(corrections.iter().filter(|(_, c)| is_loose(&c.anchor, &c.statement)).count())
}

/// What the program found in an article, without what people made of it.
fn found(source: &impl Source, article: &NamedNode) -> Result<FxHashSet<Quad>, StorageError> {
    let mut found = read_graph(source, article)?;
    Patch::read(&found, article).take_back(&mut found);
    Ok(found)
}

impl Store {
    /// The statement that somebody means by its IRI, by its IRI below the base, or by its [article](Store::find_article) and
    /// its place there (`0123456789/12-80`, `fete.txt/12-80`).
    ///
    /// # Errors
    /// It is not in the store: the error says what became of it.
    pub fn find_statement(&self, name: &str) -> Result<NamedNode, CurationError> {
        let name = name.trim();
        let not = || CurationError::NotAStatement(name.to_owned());
        let statement = match name.rsplit_once('/') {
            Some((article, place)) if is_place(place) && !article.ends_with("/statement") => {
                let article = self.find_article(article)?;
                NamedNode::new_unchecked(format!("{}/statement/{place}", article.as_str()))
            }
            _ => self.base().resolve(name).ok_or_else(not)?,
        };
        let article = self.article_of(&statement).map_err(|_| not())?;
        let key = self.base().relative(&statement).to_owned();
        if !self.base().is_article(&article) {
            return Err(not());
        }
        let stored = self.read_graph(&article)?;
        let is = |subject: &NamedNode, class| {
            stored.contains(&Quad::new(subject.clone(), rdf::TYPE, class, article.clone()))
        };
        if is(&statement, dixit::REPORTED_STATEMENT) {
            return Ok(statement);
        }
        if !is(&article, schema::NEWS_ARTICLE) {
            return Err(CurationError::NoArticle(key));
        }
        let rejected = self.corrections()?.into_iter().find(|listed| {
            let rejects = matches!(&listed.deed.what, What::Correction(correction) if correction.change.rejected);
            rejects && listed.state == State::Done && listed.statement.as_ref() == Some(&statement)
        });
        Err(match rejected {
            Some(Listed { deed, .. }) => {
                CurationError::Rejected { statement: key, by: deed.by, at: deed.at, id: deed.id }
            }
            None => CurationError::NoStatement(key),
        })
    }

    /// All corrections and merges, the older first.
    pub fn corrections(&self) -> Result<Vec<Listed>, StorageError> {
        let deeds = Deeds::new(self.query_store(), self.base()).all()?;
        deeds.into_iter().map(|deed| self.listed(deed)).collect()
    }

    /// How many corrections of an article fit none of its statements any more.
    pub fn loose_corrections(&self, article: &Article) -> Result<usize, StorageError> {
        loose_corrections(self.query_store(), self.base(), article)
    }

    fn listed(&self, deed: Deed) -> Result<Listed, StorageError> {
        let (mut state, mut statement) = (State::Done, None);
        if let What::Correction(correction) = &deed.what {
            state = State::Waiting;
            for article in &correction.articles {
                let found = self.found(article)?;
                if found.is_empty() {
                    continue;
                }
                state = State::Loose;
                let statements = statements(&found);
                if let Some(standing) = correction.anchor.find(&correction.statement, &statements) {
                    state = State::Done;
                    statement = Some(standing.iri.clone());
                    break;
                }
            }
        }
        if !deed.stands() {
            state = State::Undone;
        }
        Ok(Listed { deed, state, statement })
    }

    /// What the program found in an article, without what people made of it.
    fn found(&self, article: &NamedNode) -> Result<FxHashSet<Quad>, StorageError> {
        found(self.query_store(), article)
    }

    fn read_graph(&self, article: &NamedNode) -> Result<FxHashSet<Quad>, StorageError> {
        read_graph(self.query_store(), article)
    }

    /// A name of a thing, in a language if it has one in it, or else the end of its IRI.
    pub fn name_of(&self, thing: &NamedNode, language: &str) -> Result<String, StorageError> {
        let mut other = None;
        for quad in self.query_store().quads_for_pattern(Some(thing.into()), Some(rdfs::LABEL), None, None) {
            if let Term::Literal(label) = quad?.object {
                if label.language() == Some(language) {
                    return Ok(label.value().to_owned());
                }
                other.get_or_insert_with(|| label.value().to_owned());
            }
        }
        Ok(other.unwrap_or_else(|| self.base().relative(thing).to_owned()))
    }

    /// The deeds as a table of tab-separated values, to be [taken in](Store::import_tsv) by any store.
    pub fn corrections_as_tsv(&self, deeds: &[Deed]) -> Result<String, StorageError> {
        let things = deeds.iter().map(|deed| self.things(deed)).collect::<Result<Vec<_>, _>>()?;
        let mut things = things.into_iter();
        let turtle = |quads: Vec<Quad>| {
            let short = |iri: &str| match iri.strip_prefix(self.base().as_str()) {
                Some(path) => format!("<{path}>"),
                None => format!("<{iri}>"),
            };
            let triple = |quad: &Quad| {
                let subject = short(quad.subject.to_string().trim_start_matches('<').trim_end_matches('>'));
                format!("{subject} {} {} .", quad.predicate, quad.object)
            };
            quads.iter().map(triple).collect::<Vec<_>>().join(" ")
        };
        Ok(tsv::write(deeds, self.base(), |_| things.next().map(turtle).unwrap_or_default()))
    }

    /// The deeds as Turtle, to be [taken in](Store::import_turtle) by any store with this base.
    pub fn write_corrections(&self, deeds: &[Deed], out: impl Write) -> Result<(), WriteError> {
        let mut quads: Vec<Quad> = deeds.iter().flat_map(|deed| record::describe(deed, self.base())).collect();
        for deed in deeds {
            quads.extend(self.things(deed)?);
        }
        Ok(write_quads(&quads, self.base(), ExportFormat::Turtle, out)?)
    }

    /// What the curation graph says of the things that a deed names: the classes and names of those that are in no table.
    fn things(&self, deed: &Deed) -> Result<Vec<Quad>, StorageError> {
        let graph = GraphName::from(self.base().curation_graph());
        let mut quads = Vec::new();
        for thing in deed.things() {
            for quad in self.query_store().quads_for_pattern(Some(thing.into()), None, None, Some((&graph).into())) {
                let mut quad = quad?;
                quad.predicate = match LOCAL.iter().find(|(_, kept)| *kept == quad.predicate) {
                    Some((predicate, _)) => predicate.into_owned(),
                    None if [rdf::TYPE, rdfs::LABEL].contains(&quad.predicate.as_ref()) => quad.predicate,
                    None => continue,
                };
                quads.push(quad);
            }
        }
        quads.sort_by_cached_key(Quad::to_string);
        quads.dedup();
        Ok(quads)
    }
}

/// Why deeds cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Whether this is the end of a statement's IRI: `12-80`, or `12-80-2`.
fn is_place(text: &str) -> bool {
    text.split('-').all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}
