//! What is said of one thing, and what one graph holds, for those who follow an IRI.

use super::order::{sorted, subject_key};
use super::{ExportError, ExportFormat, Output, Profile, Texts, Thing};
use crate::graph::store::Store;
use crate::graph::vocabulary::{dixit, schema};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;
use rustc_hash::FxHashSet;
use std::io::Write;

/// What the store says of a thing in all graphs, with what belongs to it (of an article its statements, of these their
/// evidence, links and relays), and the names of all that these lead to. The texts of articles are left out. Empty if
/// nothing is said.
///
/// # Errors
/// When the store cannot be read.
pub fn describe_thing(store: &Store, thing: &NamedNode) -> Result<Vec<Quad>, StorageError> {
    let graph = store.query_store();
    let article = article_of(store, thing);
    let mut described = FxHashSet::from_iter([thing.clone()]);
    let mut open = vec![thing.clone()];
    let mut quads = Vec::new();
    if article.as_ref() == Some(thing) {
        for quad in graph.quads_for_pattern(None, None, None, Some(thing.into())) {
            if let NamedOrBlankNode::NamedNode(part) = quad?.subject
                && (part == *thing || is_below(&part, thing))
                && described.insert(part.clone())
            {
                open.push(part);
            }
        }
    }
    while let Some(next) = open.pop() {
        for quad in graph.quads_for_pattern(Some((&next).into()), None, None, None) {
            let quad = quad?;
            if Texts::LeftOut.left_out().contains(&quad.predicate.as_ref()) {
                continue;
            }
            if let (Term::NamedNode(part), Some(article)) = (&quad.object, &article)
                && is_below(part, article)
                && !described.contains(part)
                && !store.base().is_thing(part)
                && !Thing::read(graph, part)?.is_a(dixit::REPORTED_STATEMENT)
            {
                described.insert(part.clone());
                open.push(part.clone());
            }
            quads.push(quad);
        }
    }
    let named: FxHashSet<NamedNode> = quads.iter().filter_map(|quad| named(quad, store)).collect();
    for other in named.difference(&described) {
        for predicate in [rdf::TYPE, rdfs::LABEL, schema::HEADLINE] {
            for quad in graph.quads_for_pattern(Some(other.into()), Some(predicate), None, None) {
                quads.push(quad?);
            }
        }
    }
    Ok(quads)
}

/// The article below whose IRI a thing stands, or which it is itself.
fn article_of(store: &Store, thing: &NamedNode) -> Option<NamedNode> {
    let base = store.base();
    let path = base.relative(thing).strip_prefix("article/")?;
    let article = base.article_iri(path.split(['/', '#']).next()?);
    (*thing == article || is_below(thing, &article)).then_some(article)
}

fn is_below(part: &NamedNode, article: &NamedNode) -> bool {
    part.as_str().strip_prefix(article.as_str()).is_some_and(|rest| rest.starts_with(['/', '#']))
}

fn named(quad: &Quad, store: &Store) -> Option<NamedNode> {
    match &quad.object {
        Term::NamedNode(iri) if iri.as_str().starts_with(store.base().as_str()) => Some(iri.clone()),
        _ => None,
    }
}

/// Whether there is a graph of this name.
///
/// # Errors
/// When the store cannot be read.
pub fn is_graph(store: &Store, name: &NamedNode) -> Result<bool, StorageError> {
    store.query_store().contains_named_graph(name)
}

/// Writes one graph, without the texts of articles: subject by subject, sorted as an export is.
///
/// # Errors
/// When the store cannot be read, or `writer` cannot be written.
pub fn export_graph(
    store: &Store,
    name: &NamedNode,
    format: ExportFormat,
    writer: impl Write,
) -> Result<(), ExportError> {
    let graph = store.query_store();
    let mut output = Output { format, blocks: format.blocks(Profile::All, store.base(), writer)? };
    let is_written = |quad: &Quad| !Texts::LeftOut.left_out().contains(&quad.predicate.as_ref());
    let quads = graph.quads_for_pattern(None, None, None, Some(name.into()));
    let quads = quads.filter(|quad| quad.as_ref().map_or(true, is_written));
    for subject in sorted(quads.map(|quad| quad.map(|quad| quad.subject)), |subject| subject_key(format, subject))? {
        let quads = graph.quads_for_pattern(Some(subject.as_ref()), None, None, Some(name.into()));
        let quads = quads.filter(|quad| quad.as_ref().map_or(true, is_written));
        output.write(quads.collect::<Result<_, _>>()?)?;
    }
    Ok(output.blocks.finish()?)
}
