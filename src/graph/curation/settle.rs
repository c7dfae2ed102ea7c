//! What follows from deeds, in the graphs of articles and in the names of things.

use super::CurationError;
use super::curate::curate;
use super::deed::{Deed, What};
use super::deeds::{Deeds, chains, named};
use super::patch::Patch;
use crate::entity::Entities;
use crate::graph::base::Base;
use crate::graph::change::{ChangeOfArticles, claim};
use crate::graph::describe::plain;
use crate::graph::utterance;
use crate::graph::vocabulary::{dixit, skos};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, Quad, Term};
use oxigraph::store::{StorageError, Transaction};
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
            let patch = curate(&wanted, article, &orders, |iri| self.base.key(iri).is_some());
            patch.apply(&mut wanted);
            wanted.extend(patch.describe(article));
        }
        if stored == wanted {
            return Ok(());
        }
        // Who spoke when tells which statements report the same event.
        if !self.joining.contains(article) {
            utterance::release(&mut self.transaction, self.base, article, &mut self.freed)?;
            self.joining.push(article.clone());
        }
        for quad in stored.difference(&wanted) {
            self.transaction.remove(quad);
            self.loose.extend(named(&quad.object));
        }
        self.transaction.extend(wanted.difference(&stored));
        Ok(())
    }

    /// Sees to what follows from deeds that were written or undone; the articles are curated when the change is committed.
    pub(super) fn settle(&mut self, touched: &[&Deed]) -> Result<(), CurationError> {
        let all = self.deeds().all()?;
        let concerned = self.deeds().concerned(touched, &all)?;
        if touched.iter().any(|deed| matches!(deed.what, What::Merge(_))) {
            self.merge_names(&all)?;
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
        let described = self.transaction.quads_for_pattern(Some(thing.into()), None, None, None);
        let described = described.collect::<Result<Vec<_>, _>>()?;
        if !described.iter().any(|quad| quad.predicate == rdfs::LABEL) {
            return Err(CurationError::Unknown(base.relative(thing).to_owned()));
        }
        for quad in described.iter().filter(|quad| [rdf::TYPE, rdfs::LABEL].contains(&quad.predicate.as_ref())) {
            let kept = match base.key(thing) {
                Some(_) => claim(quad, &graph),
                None => Some(Quad { graph_name: graph.clone().into(), ..quad.clone() }),
            };
            self.transaction.extend(kept.iter());
        }
        Ok(())
    }

    /// Says of each merged thing what it is now, and gives that its names, so that they still lead to it.
    fn merge_names(&mut self, all: &[Deed]) -> Result<(), CurationError> {
        let graph = self.base.curation_graph();
        let ends = chains(all).map_err(|id| contradiction(id, all, self.base))?;
        let mut wanted = FxHashSet::default();
        for (merged, kept) in ends {
            let (merged, kept) = (merged.clone(), kept.clone());
            wanted.insert(Quad::new(merged.clone(), dixit::MERGED_INTO, kept.clone(), graph.clone()));
            for predicate in [rdfs::LABEL, skos::ALT_LABEL] {
                let names = self.transaction.quads_for_pattern(
                    Some((&merged).into()),
                    Some(predicate),
                    None,
                    Some((&self.entities_graph).into()),
                );
                for name in names {
                    if let Term::Literal(name) = name?.object {
                        wanted.insert(Quad::new(kept.clone(), skos::ALT_LABEL, plain(name.value()), graph.clone()));
                    }
                }
            }
        }
        let mut stored = FxHashSet::default();
        for predicate in [dixit::MERGED_INTO, skos::ALT_LABEL] {
            stored.extend(self.deeds().quads(None, predicate, None)?);
        }
        stored.difference(&wanted).for_each(|quad| self.transaction.remove(quad));
        self.transaction.extend(wanted.difference(&stored));
        Ok(())
    }
}

/// Why a merge cannot stand beside the others.
fn contradiction(id: &str, all: &[Deed], base: &Base) -> CurationError {
    let name = |iri: &NamedNode| base.relative(iri).to_owned();
    let merge = all.iter().find_map(|deed| match &deed.what {
        What::Merge(merge) if deed.id == id => Some(merge),
        _ => None,
    });
    let (merged, kept) = merge.map(|merge| (name(&merge.merged), name(&merge.kept))).unwrap_or_default();
    CurationError::Contradiction { merged, kept }
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
pub(super) fn read_graph(transaction: &Transaction<'_>, graph: &NamedNode) -> Result<FxHashSet<Quad>, StorageError> {
    transaction.quads_for_pattern(None, None, None, Some(graph.into())).collect()
}
