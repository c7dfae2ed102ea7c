//! The vocabulary in the store: a graph of its own, so that a query may ask what a term means or is called.
//!
//! It is the same in every store of a version and no part of what articles say: exports and counts leave it out.

use super::base::Base;
use super::vocabulary::ONTOLOGY;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Quad};
use oxigraph::store::{StorageError, Store};
use rustc_hash::FxHashSet;

/// The quads of the vocabulary, in its graph.
pub(crate) fn describe_ontology(base: &Base) -> FxHashSet<Quad> {
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_default_graph(base.ontology_graph());
    let quads: Result<_, _> = parser.for_slice(ONTOLOGY).collect();
    quads.expect("a test reads the vocabulary")
}

/// Writes the vocabulary into its graph, unless it is there as this version of the program has it.
pub(super) fn renew(graph: &Store, base: &Base) -> Result<(), StorageError> {
    let name = GraphName::from(base.ontology_graph());
    let old = graph.quads_for_pattern(None, None, None, Some((&name).into()));
    let old = old.collect::<Result<FxHashSet<_>, _>>()?;
    let new = describe_ontology(base);
    if old == new {
        return Ok(());
    }
    let mut transaction = graph.start_transaction()?;
    old.difference(&new).for_each(|quad| transaction.remove(quad));
    transaction.extend(new.difference(&old));
    transaction.commit()
}
