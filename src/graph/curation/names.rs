//! What people call things: names that follow from merges and renamings.
//!
//! A renamed thing has one `rdfs:label`, its new name, so that whoever asks for a label finds it. The labels that it would
//! have are kept in the curation graph, as `dixit:formerName` to be put back and as `skos:altLabel` to be found by.

use super::CurationError;
use super::deed::{Deed, What};
use super::deeds::chains;
use crate::graph::base::Base;
use crate::graph::change::ChangeOfArticles;
use crate::graph::describe::plain;
use crate::graph::transaction::Source;
use crate::graph::vocabulary::{dixit, skos};
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;
use rustc_hash::FxHashSet;

impl ChangeOfArticles<'_> {
    /// Gives the things whose descriptions were brought up to date the names that people gave them.
    pub(in crate::graph) fn rename_described(&mut self) -> Result<(), StorageError> {
        if self.rename_all()? {
            let all = self.deeds().all()?;
            self.other_names(&all).map_err(|error| StorageError::Other(Box::new(error)))?;
        }
        Ok(())
    }

    /// The same, without what follows from it. Whether the own names of any are others than before.
    pub(super) fn rename_all(&mut self) -> Result<bool, StorageError> {
        if !self.deeds().knows(dixit::RENAMED)? {
            return Ok(false);
        }
        let mut changed = false;
        // What no article says any more of a thing is no name of it either.
        let disclaimed: Vec<_> = self.claims.iter().filter(|quad| quad.predicate == rdfs::LABEL).cloned().collect();
        for label in disclaimed {
            let NamedOrBlankNode::NamedNode(thing) = &label.subject else { continue };
            if !self.is_claimed(thing, &label.object)? {
                let (predicate, graph_name) = (dixit::FORMER_NAME.into(), self.base.curation_graph().into());
                self.transaction.remove(&Quad { predicate, graph_name, ..label.clone() });
                changed = true;
            }
            self.described.insert(thing.clone());
        }
        for thing in std::mem::take(&mut self.described) {
            let deeds = self.deeds().renamings(&thing)?;
            if !deeds.is_empty() {
                changed |= self.rename(&thing, &deeds)?;
            }
        }
        Ok(changed)
    }

    /// Gives a thing the name that the last renaming gave it, or its own names if none stands. Whether its own names are
    /// others than before.
    fn rename(&mut self, thing: &NamedNode, deeds: &[Deed]) -> Result<bool, StorageError> {
        let renamings = deeds.iter().filter_map(|deed| match &deed.what {
            What::Renaming(renaming) if renaming.thing == *thing => Some((deed, &renaming.name)),
            _ => None,
        });
        let renamings: Vec<_> = renamings.collect();
        let name = renamings.iter().filter(|(deed, _)| deed.stands()).max_by(|a, b| a.0.order().cmp(&b.0.order()));
        let name = name.map(|(_, name)| Term::from(plain(name)));
        let (entities, curation) = (self.entities_graph.clone(), GraphName::from(self.base.curation_graph()));
        let (labels, before) =
            (self.labels(thing, rdfs::LABEL, &entities)?, self.labels(thing, dixit::FORMER_NAME, &curation)?);
        let mut own = before.clone();
        for label in &labels {
            // What a person called it is no name of its own, unless an article calls it so.
            let by_hand = renamings.iter().any(|(_, name)| *label == plain(name).into());
            if !by_hand || self.is_claimed(thing, label)? {
                own.insert(label.clone());
            }
        }
        let (wanted, former) = match name {
            Some(name) => (FxHashSet::from_iter([name]), own),
            None => (own, FxHashSet::default()),
        };
        let changed = former != before;
        for (predicate, graph, is, wanted) in
            [(rdfs::LABEL, entities, labels, wanted), (dixit::FORMER_NAME, curation, before, former)]
        {
            let quad = |object: &Term| Quad::new(thing.clone(), predicate, object.clone(), graph.clone());
            is.difference(&wanted).for_each(|object| self.transaction.remove(&quad(object)));
            wanted.difference(&is).for_each(|object| self.transaction.insert(&quad(object)));
        }
        Ok(changed)
    }

    /// What is said of a thing, in one graph or in all, with the names that it would have, had nobody called it otherwise.
    pub(in crate::graph) fn found_of(
        &self,
        thing: &NamedNode,
        graph: Option<&GraphName>,
    ) -> Result<Vec<Quad>, StorageError> {
        let former = self.deeds().quads(Some(thing), dixit::FORMER_NAME, None)?;
        let quads = self.transaction.quads_for_pattern(Some(thing.into()), None, None, graph.map(Into::into));
        let mut quads = quads.collect::<Result<Vec<_>, _>>()?;
        if !former.is_empty() {
            quads.retain(|quad| quad.predicate != rdfs::LABEL);
            quads.extend(former.into_iter().map(|quad| Quad {
                predicate: rdfs::LABEL.into(),
                graph_name: self.entities_graph.clone(),
                ..quad
            }));
        }
        Ok(quads)
    }

    /// Says of each merged thing what it is now, and gives that its names, so that they still lead to it; what was renamed
    /// keeps its names beside the new one.
    pub(super) fn other_names(&mut self, all: &[Deed]) -> Result<(), CurationError> {
        let graph = self.base.curation_graph();
        let entities = self.entities_graph.clone();
        let mut wanted = FxHashSet::default();
        let mut call = |thing: &NamedNode, name: &str| {
            wanted.insert(Quad::new(thing.clone(), skos::ALT_LABEL, plain(name), graph.clone()));
        };
        let former = self.deeds().quads(None, dixit::FORMER_NAME, None)?;
        for quad in &former {
            if let (NamedOrBlankNode::NamedNode(thing), Term::Literal(name)) = (&quad.subject, &quad.object)
                && !self.labels(thing, rdfs::LABEL, &entities)?.contains(&plain(name.value()).into())
            {
                call(thing, name.value());
            }
        }
        let ends = chains(all).map_err(|id| contradiction(id, all, self.base))?;
        for (&merged, &kept) in &ends {
            let mut names = self.labels(merged, rdfs::LABEL, &entities)?;
            names.extend(self.labels(merged, skos::ALT_LABEL, &entities)?);
            names.extend(former.iter().filter(|quad| quad.subject == merged.clone().into()).map(|q| q.object.clone()));
            for name in &names {
                if let Term::Literal(name) = name {
                    call(kept, name.value());
                }
            }
        }
        for (merged, kept) in ends {
            wanted.insert(Quad::new(merged.clone(), dixit::MERGED_INTO, kept.clone(), graph.clone()));
        }
        let mut stored = FxHashSet::default();
        for predicate in [dixit::MERGED_INTO, skos::ALT_LABEL] {
            stored.extend(self.deeds().quads(None, predicate, None)?);
        }
        stored.difference(&wanted).for_each(|quad| self.transaction.remove(quad));
        self.transaction.extend(wanted.difference(&stored));
        Ok(())
    }

    /// Whether an article or a deed calls the thing so.
    fn is_claimed(&self, thing: &NamedNode, label: &Term) -> Result<bool, StorageError> {
        let (subject, predicate) = (Some(thing.into()), Some(dixit::LOCAL_LABEL));
        let mut claims = self.transaction.quads_for_pattern(subject, predicate, Some(label.into()), None);
        Ok(claims.next().transpose()?.is_some())
    }

    fn labels(
        &self,
        thing: &NamedNode,
        predicate: NamedNodeRef<'_>,
        graph: &GraphName,
    ) -> Result<FxHashSet<Term>, StorageError> {
        let labels = self.transaction.quads_of(Some(thing), Some(predicate), None, Some(graph));
        labels.map(|quad| quad.map(|quad| quad.object)).collect()
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
