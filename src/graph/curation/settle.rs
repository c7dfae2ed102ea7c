//! What follows from deeds, in the graphs of articles and in the names of things.

use super::CurationError;
use super::curate::curate;
use super::deed::{Deed, What};
use super::deeds::{Deeds, named};
use super::patch::Patch;
use crate::entity::Entities;
use crate::graph::base::Base;
use crate::graph::change::{ChangeOfArticles, claim, claimed};
use crate::graph::transaction::{Source, Transaction};
use crate::graph::utterance;
use crate::graph::vocabulary::dixit;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad};
use oxigraph::store::StorageError;
use rustc_hash::FxHashSet;

impl ChangeOfArticles<'_> {
    /// Does to an article anew what people's deeds ask for.
    pub(in crate::graph) fn curate(&mut self, article: &NamedNode) -> Result<(), StorageError> {
        if !self.base.is_article(article) || !self.deeds().may_concern(article)? {
            return Ok(());
        }
        let stored = read_graph(&self.transaction, article)?;
        let mut wanted = stored.clone();
        Patch::read(&stored, article).take_back(&mut wanted);
        let orders = self.deeds().orders(article, &wanted)?;
        if !orders.is_empty() {
            let patch = curate(&wanted, article, &orders, self.base);
            patch.apply(&mut wanted);
            wanted.extend(patch.describe(article));
        }
        if stored == wanted {
            return Ok(());
        }
        self.hashed.remove(article);
        self.forgets = true;
        // Who spoke when tells which statements report the same event.
        if !self.joining.contains(article) {
            utterance::release(&mut self.transaction, self.base, article, &mut self.freed)?;
            self.joining.push(article.clone());
        }
        for quad in stored.difference(&wanted) {
            self.transaction.remove(quad);
            match claimed(quad, &self.entities_graph) {
                Some(claimed) => self.claims.push(claimed),
                None => self.loose.extend(named(&quad.object)),
            }
        }
        let new = wanted.difference(&stored);
        for claimed in new.clone().filter_map(|quad| claimed(quad, &self.entities_graph)) {
            self.transaction.insert(&claimed);
            self.described.extend(subject(&claimed));
        }
        self.transaction.extend(new);
        Ok(())
    }

    /// Sees to what follows from deeds that were written or undone; the articles are curated when the change is committed.
    pub(super) fn settle(&mut self, touched: &[&Deed]) -> Result<(), CurationError> {
        let all = self.deeds().all()?;
        let concerned = self.deeds().concerned(touched, &all)?;
        self.described.extend(touched.iter().filter_map(|deed| match &deed.what {
            What::Renaming(renaming) => Some(renaming.thing.clone()),
            _ => None,
        }));
        self.rename_all()?;
        if touched.iter().any(|deed| matches!(deed.what, What::Merge(_) | What::Renaming(_))) {
            self.other_names(&all)?;
        }
        self.uncurated.extend(concerned);
        Ok(())
    }

    /// Makes of the deeds that a file brought what the store keeps for itself, and does to all articles what they ask for.
    pub(in crate::graph) fn adopt_deeds(&mut self, entities: &Entities) -> Result<(), CurationError> {
        if self.deeds().is_empty()? {
            return Ok(());
        }
        let all = self.deeds().all()?;
        for thing in all.iter().flat_map(Deed::things) {
            match self.know(thing, entities) {
                // Whoever wrote the file knew, and did not say.
                Err(CurationError::Unknown(_)) => {}
                known => known?,
            }
        }
        self.settle(&all.iter().collect::<Vec<_>>())
    }

    pub(super) fn deeds(&self) -> Deeds<'_, Transaction<'_>> {
        Deeds::new(&self.transaction, self.base)
    }

    /// Sees to it that a thing is described as long as a deed names it.
    pub(super) fn know(&mut self, thing: &NamedNode, entities: &Entities) -> Result<(), CurationError> {
        let (base, graph) = (self.base, self.base.curation_graph());
        if !base.is_thing(thing) {
            return Err(CurationError::Unknown(base.relative(thing).to_owned()));
        }
        if let Some(id) = base.key(thing).and_then(|key| entities.by_key(key)) {
            return Ok(self.describe(id, entities)?);
        }
        let described = self.found_of(thing, None)?;
        if !described.iter().any(|quad| quad.predicate == rdfs::LABEL) {
            return Err(CurationError::Unknown(base.relative(thing).to_owned()));
        }
        for quad in &described {
            let kept = match base.key(thing) {
                Some(_) => claim(quad, &graph),
                None if [rdf::TYPE, rdfs::LABEL].contains(&quad.predicate.as_ref()) => {
                    Some(Quad { graph_name: graph.clone().into(), ..quad.clone() })
                }
                None => None,
            };
            self.transaction.extend(kept.iter());
        }
        Ok(())
    }
}

/// An article that takes the place of another takes its corrections over.
pub(in crate::graph) fn take_over(
    transaction: &mut Transaction<'_>,
    base: &Base,
    copy: &NamedNode,
    article: &NamedNode,
) -> Result<(), StorageError> {
    let corrections = Deeds::new(transaction, base).quads(None, dixit::CORRECTS_IN, Some(copy))?;
    for quad in corrections {
        transaction.insert(&Quad { object: article.clone().into(), ..quad });
    }
    Ok(())
}

/// All that the graph of an article holds.
pub(super) fn read_graph(source: &impl Source, graph: &NamedNode) -> Result<FxHashSet<Quad>, StorageError> {
    source.quads_of(None, None, None, Some(&graph.clone().into())).collect()
}

fn subject(quad: &Quad) -> Option<NamedNode> {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(iri) => Some(iri.clone()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}
