//! The deeds that a store holds, and what is to be done to an article because of them.

use super::curate::{Merged, Orders, Rejected};
use super::deed::{Deed, Rejection, What};
use super::record;
use super::unlink::leads;
use crate::graph::base::Base;
use crate::graph::transaction::Source;
use crate::graph::vocabulary::{dixit, skos};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// The deeds in the curation graph of a store, or as a transaction sees it.
pub(super) struct Deeds<'a, S> {
    source: &'a S,
    base: &'a Base,
    graph: GraphName,
}

impl<'a, S: Source> Deeds<'a, S> {
    pub fn new(source: &'a S, base: &'a Base) -> Self {
        Self { source, base, graph: base.curation_graph().into() }
    }

    /// Whether nobody ever put anything right: the one thing that a store without corrections pays for them.
    pub fn is_empty(&self) -> Result<bool, StorageError> {
        let mut quads = self.source.quads_of(None, None, None, Some(&self.graph));
        Ok(quads.next().transpose()?.is_none())
    }

    /// Whether there may be something to do to an article, or to take back: quick, for most have nothing of the sort.
    pub fn may_concern(&self, article: &NamedNode) -> Result<bool, StorageError> {
        if self.is_empty()? {
            return Ok(false);
        }
        let has = |predicate, of: Option<&NamedNode>, object, graph: &GraphName| {
            let mut quads = self.source.quads_of(of, Some(predicate), object, Some(graph));
            quads.next().transpose().map(|quad| quad.is_some())
        };
        let own = GraphName::from(article.clone());
        Ok(has(dixit::MERGED_INTO, None, None, &self.graph)?
            || has(dixit::REJECTED_ACTOR, None, None, &self.graph)?
            || has(dixit::CORRECTS_IN, None, Some(article), &self.graph)?
            || has(dixit::REMOVED_TRIPLES, Some(article), None, &own)?
            || has(dixit::ADDED_TRIPLES, Some(article), None, &own)?)
    }

    /// All deeds, the older first.
    pub fn all(&self) -> Result<Vec<Deed>, StorageError> {
        let quads = self.source.quads_of(None, None, None, Some(&self.graph));
        record::read(quads.collect::<Result<Vec<_>, _>>()?).map_err(damaged)
    }

    /// What to do to an article in which the program found these quads.
    pub fn orders(&self, article: &NamedNode, found: &FxHashSet<Quad>) -> Result<Orders, StorageError> {
        let corrections = self.corrections(article)?;
        let rejections = self.rejections(article, found)?;
        let mut merges = FxHashMap::default();
        if !self.knows(dixit::MERGED_INTO)? {
            return Ok(Orders { corrections, rejections, merges });
        }
        let mut things: FxHashSet<NamedNode> = found.iter().filter_map(|quad| named(&quad.object)).collect();
        things.extend(corrections.iter().flat_map(|(_, correction)| correction.change.actors.iter().cloned()));
        if !rejections.is_empty() {
            things.extend(leads(found, article, self.base).into_iter().map(|lead| lead.local));
        }
        for thing in things {
            if let Some(merged) = self.merged(&thing)? {
                merges.insert(thing, merged);
            }
        }
        Ok(Orders { corrections, rejections, merges })
    }

    /// The rejections that stand of actors to whom links of an article lead, the older first.
    fn rejections(&self, article: &NamedNode, found: &FxHashSet<Quad>) -> Result<Vec<Rejected>, StorageError> {
        const LEADS: [NamedNodeRef<'_>; 2] = [dixit::LINKED_ACTOR, dixit::LINK_CANDIDATE];
        let mut actors = BTreeSet::new();
        for actor in found.iter().filter(|quad| LEADS.contains(&quad.predicate.as_ref())) {
            let Some(actor) = named(&actor.object) else { continue };
            actors.extend(self.kept(&actor)?);
            actors.insert(actor);
        }
        let mut deeds = Vec::new();
        for actor in actors {
            for quad in self.quads(None, dixit::REJECTED_ACTOR, Some(&actor))? {
                if let NamedOrBlankNode::NamedNode(deed) = quad.subject {
                    deeds.extend(self.deed(&deed)?.filter(Deed::stands));
                }
            }
        }
        deeds.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut rejections = Vec::new();
        for deed in deeds {
            let What::Rejection(Rejection { actor, name, articles }) = deed.what else { continue };
            if articles.is_empty() || articles.contains(article) {
                let classes = self.classes(&actor)?;
                let name = name.map(|name| self.base.local_entity(&name));
                rejections.push(Rejected { deed: self.base.deed(&deed.id), actor, name, classes });
            }
        }
        Ok(rejections)
    }

    /// What a thing is, as far as that can be said of somebody who speaks.
    fn classes(&self, thing: &NamedNode) -> Result<Vec<NamedNode>, StorageError> {
        let mut classes = BTreeSet::new();
        for quad in self.source.quads_of(Some(thing), Some(rdf::TYPE), None, None) {
            classes.extend(named(&quad?.object));
        }
        Ok(classes.into_iter().collect())
    }

    /// Whether the curation graph says anything with this predicate.
    pub fn knows(&self, predicate: NamedNodeRef<'_>) -> Result<bool, StorageError> {
        let mut quads = self.source.quads_of(None, Some(predicate), None, Some(&self.graph));
        Ok(quads.next().transpose()?.is_some())
    }

    /// The corrections of an article's statements that were not undone, the older first.
    pub fn corrections(&self, article: &NamedNode) -> Result<Vec<(NamedNode, super::Correction)>, StorageError> {
        let mut deeds = Vec::new();
        for quad in self.quads(None, dixit::CORRECTS_IN, Some(article))? {
            if let NamedOrBlankNode::NamedNode(deed) = quad.subject {
                deeds.extend(self.deed(&deed)?);
            }
        }
        deeds.sort_by(|a, b| a.order().cmp(&b.order()));
        let standing = deeds.into_iter().filter(Deed::stands).filter_map(|deed| match deed.what {
            What::Correction(correction) => Some((self.base.deed(&deed.id), *correction)),
            _ => None,
        });
        Ok(standing.collect())
    }

    /// What a thing was renamed to, also what was undone.
    pub fn renamings(&self, thing: &NamedNode) -> Result<Vec<Deed>, StorageError> {
        let mut deeds = Vec::new();
        for quad in self.quads(None, dixit::RENAMED, Some(thing))? {
            if let NamedOrBlankNode::NamedNode(deed) = quad.subject {
                deeds.extend(self.deed(&deed)?);
            }
        }
        Ok(deeds)
    }

    /// What a thing was merged into, at the end of the chain.
    fn merged(&self, thing: &NamedNode) -> Result<Option<Merged>, StorageError> {
        let Some(kept) = self.kept(thing)? else { return Ok(None) };
        let mut deed = None;
        for quad in self.quads(None, dixit::MERGED, Some(thing))? {
            let NamedOrBlankNode::NamedNode(merge) = quad.subject else { continue };
            if self.quads(Some(&merge), dixit::UNDONE_BY, None)?.is_empty() {
                deed = Some(merge);
            }
        }
        let deed = deed.ok_or_else(|| damaged(super::RecordError::Missing(thing.to_string(), "merge".to_owned())))?;
        Ok(Some(Merged { broader: self.broader(&kept)?, kept, deed }))
    }

    /// What takes the place of a thing that was merged into it.
    pub fn kept(&self, thing: &NamedNode) -> Result<Option<NamedNode>, StorageError> {
        Ok(self.quads(Some(thing), dixit::MERGED_INTO, None)?.iter().find_map(|quad| named(&quad.object)))
    }

    /// All that is broader than a concept.
    fn broader(&self, concept: &NamedNode) -> Result<Vec<NamedNode>, StorageError> {
        let mut broader = Vec::new();
        let mut open = vec![concept.clone()];
        while let Some(concept) = open.pop() {
            for quad in self.source.quads_of(Some(&concept), Some(skos::BROADER), None, None) {
                if let Some(wider) = named(&quad?.object)
                    && !broader.contains(&wider)
                {
                    broader.push(wider.clone());
                    open.push(wider);
                }
            }
        }
        Ok(broader)
    }

    fn deed(&self, iri: &NamedNode) -> Result<Option<Deed>, StorageError> {
        let of = |subject: &NamedNode| {
            let quads = self.source.quads_of(Some(subject), None, None, Some(&self.graph));
            quads.collect::<Result<Vec<_>, _>>()
        };
        let mut quads = of(iri)?;
        let anchors = quads.iter().filter(|quad| quad.predicate == dixit::ANCHOR);
        for anchor in anchors.filter_map(|quad| named(&quad.object)).collect::<Vec<_>>() {
            quads.extend(of(&anchor)?);
        }
        Ok(record::read(quads).map_err(damaged)?.pop())
    }

    /// The articles whose graphs may change with these deeds, when they come or are undone.
    pub fn concerned(&self, deeds: &[&Deed], all: &[Deed]) -> Result<BTreeSet<NamedNode>, StorageError> {
        let mut articles = BTreeSet::new();
        let mut things = Vec::new();
        for deed in deeds {
            match &deed.what {
                What::Correction(correction) => articles.extend(correction.articles.iter().cloned()),
                What::Merge(merge) => things.push(&merge.merged),
                What::Rejection(rejection) => things.push(&rejection.actor),
                // It changes no article.
                What::Renaming(_) => {}
            }
        }
        // What was merged into the thing is concerned, too.
        let mut next = 0;
        while let Some(&thing) = things.get(next) {
            for deed in all {
                if let What::Merge(merge) = &deed.what
                    && merge.kept == *thing
                    && !things.contains(&&merge.merged)
                {
                    things.push(&merge.merged);
                }
            }
            next += 1;
        }
        for thing in things {
            // What belongs to an article is named there, even if something else stands in its place.
            articles.extend(self.base.article_of(thing));
            for quad in self.source.quads_of(None, None, Some(thing), None) {
                let quad = quad?;
                if let GraphName::NamedNode(graph) = &quad.graph_name
                    && self.base.is_article(graph)
                {
                    articles.insert(graph.clone());
                }
                if quad.predicate == dixit::CORRECTED_ACTOR
                    && let NamedOrBlankNode::NamedNode(deed) = &quad.subject
                {
                    let corrected = self.quads(Some(deed), dixit::CORRECTS_IN, None)?;
                    articles.extend(corrected.iter().filter_map(|quad| named(&quad.object)));
                }
            }
        }
        Ok(articles)
    }

    /// What the curation graph holds with this predicate.
    pub fn quads(
        &self,
        subject: Option<&NamedNode>,
        predicate: NamedNodeRef<'_>,
        object: Option<&NamedNode>,
    ) -> Result<Vec<Quad>, StorageError> {
        self.source.quads_of(subject, Some(predicate), object, Some(&self.graph)).collect()
    }
}

/// What takes the place of a thing in a store: what it was merged into, or itself.
pub(in crate::graph) fn kept(source: &impl Source, base: &Base, thing: Term) -> Result<Term, StorageError> {
    let kept = named(&thing).map(|iri| Deeds::new(source, base).kept(&iri)).transpose()?.flatten();
    Ok(kept.map_or(thing, Term::from))
}

/// What each merged thing is now, at the end of its chain of merges that stand.
///
/// # Errors
/// The ID of a merge that leads back to itself, or that merges what another has merged.
pub(super) fn chains(deeds: &[Deed]) -> Result<FxHashMap<&NamedNode, &NamedNode>, &str> {
    let mut into = FxHashMap::default();
    for deed in deeds.iter().filter(|deed| deed.stands()) {
        if let What::Merge(merge) = &deed.what
            && into.insert(&merge.merged, (&merge.kept, deed.id.as_str())).is_some()
        {
            return Err(&deed.id);
        }
    }
    let mut ends = FxHashMap::default();
    for (&merged, &(first, deed)) in &into {
        let mut kept = first;
        // A chain is no longer than there are merges.
        for _ in 0..into.len() {
            match into.get(kept) {
                Some((next, _)) => kept = next,
                None => break,
            }
        }
        if into.contains_key(kept) {
            return Err(deed);
        }
        ends.insert(merged, kept);
    }
    Ok(ends)
}

/// The graph was not written by us.
pub(super) fn damaged(error: super::RecordError) -> StorageError {
    StorageError::Other(Box::new(error))
}

pub(super) fn named(term: &Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(iri) => Some(iri.clone()),
        _ => None,
    }
}
