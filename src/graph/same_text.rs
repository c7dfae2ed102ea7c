//! Texts of agencies appear in many outlets, word for word or nearly: each is an article of its own, linked to the earliest
//! with its text by `dixit:sameTextAs`, so that counts can count its words once.
//!
//! An article's link leads to the earliest of the stored articles whose text is [the same](Sketch::is_same), unless that is
//! the article itself. The earliest is the one that appeared for certain before the others: that with the smallest last
//! possible day of publication, and of several the one with the smallest IRI; what has no date comes last. So links depend
//! on the articles alone and not on the order in which they came. Each leads to an earlier article: from any article they
//! lead to one without a link.

use super::describe::plain;
use super::sketch::Sketch;
use super::transaction::Transaction;
use super::vocabulary::dixit;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// The quads by which the text of an article is found again, in the article's graph. They follow from the text.
pub(super) fn describe_sketch(text: &str, article: &NamedNode) -> Vec<Quad> {
    let Some((sketch, bands)) = Sketch::of(text) else { return Vec::new() };
    let quad = |predicate, object: &str| Quad::new(article.clone(), predicate, plain(object), article.clone());
    let bands = bands.keys().map(|key| quad(dixit::SKETCH_BAND, &key));
    std::iter::once(quad(dixit::SKETCH, &sketch.to_string())).chain(bands).collect()
}

/// The articles whose links lead to this one.
pub(super) fn linked_to(store: &Transaction<'_>, article: &NamedNode) -> Result<BTreeSet<NamedNode>, StorageError> {
    let links = store.quads_for_pattern(None, Some(dixit::SAME_TEXT_AS), Some(article.into()), None);
    links.map(|quad| quad.map(|quad| quad.subject)).filter_map(|subject| subject.map(named).transpose()).collect()
}

/// Links the article that was just stored, and those for which it is the earliest now.
pub(super) fn link(store: &mut Transaction<'_>, article: &NamedNode) -> Result<(), StorageError> {
    let dated = Dated::read(store, article.clone())?;
    let others = same(store, article)?;
    for other in others.iter().filter(|other| dated < **other) {
        if earliest(store, &other.iri)?.is_none_or(|linked| dated < linked) {
            set(store, &other.iri, Some(&dated))?;
        }
    }
    set(store, article, others.iter().filter(|other| **other < dated).min())
}

/// Links the articles that lost the one to which their links led.
pub(super) fn link_anew<'a>(
    store: &mut Transaction<'_>,
    lost: impl Iterator<Item = &'a NamedNode>,
) -> Result<(), StorageError> {
    for article in lost {
        let dated = Dated::read(store, article.clone())?;
        let others = same(store, article)?;
        set(store, article, others.iter().filter(|other| **other < dated).min())?;
    }
    Ok(())
}

/// The article to which the link of another leads.
fn earliest(store: &Transaction<'_>, article: &NamedNode) -> Result<Option<Dated>, StorageError> {
    let link = value(store, article, dixit::SAME_TEXT_AS)?;
    match link {
        Some(Term::NamedNode(iri)) => Dated::read(store, iri).map(Some),
        _ => Ok(None),
    }
}

/// Sets the link of an article, or takes it away.
fn set(store: &mut Transaction<'_>, article: &NamedNode, link: Option<&Dated>) -> Result<(), StorageError> {
    let quad = |object: Term| Quad::new(article.clone(), dixit::SAME_TEXT_AS, object, article.clone());
    if let Some(old) = value(store, article, dixit::SAME_TEXT_AS)? {
        store.remove(&quad(old));
    }
    if let Some(link) = link {
        store.insert(&quad(link.iri.clone().into()));
    }
    Ok(())
}

/// The other articles that have the text of this one: those among the ones that share a band.
fn same(store: &Transaction<'_>, article: &NamedNode) -> Result<Vec<Dated>, StorageError> {
    let Some(sketch) = sketch(store, article)? else { return Ok(Vec::new()) };
    let bands = store.quads_for_pattern(Some(article.into()), Some(dixit::SKETCH_BAND), None, Some(article.into()));
    let mut candidates = BTreeSet::new();
    for band in bands {
        let sharing = store.quads_for_pattern(None, Some(dixit::SKETCH_BAND), Some((&band?.object).into()), None);
        for quad in sharing {
            candidates.extend(named(quad?.subject));
        }
    }
    candidates.remove(article);
    let mut same = Vec::new();
    for candidate in candidates {
        if self::sketch(store, &candidate)?.is_some_and(|other| other.is_same(&sketch)) {
            same.push(Dated::read(store, candidate)?);
        }
    }
    Ok(same)
}

fn sketch(store: &Transaction<'_>, article: &NamedNode) -> Result<Option<Sketch>, StorageError> {
    Ok(match value(store, article, dixit::SKETCH)? {
        Some(Term::Literal(sketch)) => sketch.value().parse().ok(),
        _ => None,
    })
}

/// What the graph of an article says of it, of what is said once.
fn value(
    store: &Transaction<'_>,
    article: &NamedNode,
    predicate: NamedNodeRef<'_>,
) -> Result<Option<Term>, StorageError> {
    let mut quads = store.quads_for_pattern(Some(article.into()), Some(predicate), None, Some(article.into()));
    quads.next().transpose().map(|quad| quad.map(|quad| quad.object))
}

fn named(subject: NamedOrBlankNode) -> Option<NamedNode> {
    match subject {
        NamedOrBlankNode::NamedNode(iri) => Some(iri),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// An article with the last day on which it may have appeared; the earlier is the smaller.
#[derive(Debug, PartialEq, Eq)]
struct Dated {
    iri: NamedNode,
    /// As it is written, year first.
    day: Option<String>,
}

impl Dated {
    fn read(store: &Transaction<'_>, iri: NamedNode) -> Result<Self, StorageError> {
        let day = match value(store, &iri, dixit::PUBLISHED_NOT_AFTER)? {
            Some(Term::Literal(day)) => Some(day.value().to_owned()),
            _ => None,
        };
        Ok(Self { iri, day })
    }

    fn key(&self) -> (bool, &Option<String>, &str) {
        (self.day.is_none(), &self.day, self.iri.as_str())
    }
}

impl Ord for Dated {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Dated {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
