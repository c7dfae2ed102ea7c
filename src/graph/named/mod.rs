//! Named graphs one after the other, each as N-Triples with a digest: what is sent to another store.
//!
//! They come from a store, or from files that an export or a job on many machines wrote. No more than the graph of one article
//! is in memory; those that all articles share lie in files of the system until they are sent.

mod files;
mod gathered;

pub use files::{GraphFormat, GraphsError, each_graph_of_files};
pub use gathered::{Digest, NamedGraph};

use super::base::Base;
use super::export::{ExportError, Texts};
use gathered::Gathered;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode};

/// Hands over the graphs of a store that an export holds, those of articles first.
///
/// # Errors
/// The store cannot be read, or the first error of `each`, which ends it.
pub fn each_graph_of_store<E: From<ExportError>>(
    store: &super::Store,
    texts: Texts,
    mut each: impl FnMut(NamedGraph) -> Result<(), E>,
) -> Result<(), E> {
    let (graph, base) = (store.query_store(), store.base());
    let mut names = Vec::new();
    for name in graph.named_graphs() {
        match name.map_err(ExportError::from)? {
            NamedOrBlankNode::NamedNode(name) if name != base.ontology_graph() => names.push(name),
            _ => {}
        }
    }
    names.sort_by_cached_key(|name| (!base.is_article(name), name.as_str().to_owned()));
    for name in names {
        let mut gathered = Gathered::of_distinct();
        for quad in graph.quads_for_pattern(None, None, None, Some((&name).into())) {
            let quad = quad.map_err(ExportError::from)?;
            if !texts.left_out().contains(&quad.predicate.as_ref()) {
                gathered.add(&quad).map_err(ExportError::from)?;
            }
        }
        if !gathered.is_empty() {
            each(gathered.named(name))?;
        }
    }
    Ok(())
}

/// Whether the graph is that of an article, under whatever base.
fn is_of_article(graph: &NamedNode) -> bool {
    let Some((before, key)) = graph.as_str().rsplit_once('/') else { return false };
    let base = before.strip_suffix("article").and_then(|base| base.parse::<Base>().ok());
    base.is_some_and(|base| key.len() == Base::ARTICLE_KEY && base.is_article(graph))
}

/// The name of a graph that has one.
fn name_of(graph: GraphName) -> Option<NamedNode> {
    match graph {
        GraphName::NamedNode(name) => Some(name),
        GraphName::BlankNode(_) | GraphName::DefaultGraph => None,
    }
}
