//! One change of the stored articles, whole or not at all: articles are taken out, and one may be put in.
//!
//! Taking out leaves no trace: the store is as if the article had never been there. What several articles need stays:
//! the description of an entity goes with the last article that names it. Of a local entity, each article's graph keeps
//! the classes and names that it gives it (`dixit:localClass`, `dixit:localLabel`), so that these go with the last
//! article that gives them.

use super::base::Base;
use super::curation::{self, Patch};
use super::described::{Described, Thing};
use super::links;
use super::same_text;
use super::things::describe_entity;
use super::transaction::Transaction;
use super::utterance::{self, Reports};
use super::vocabulary::{dixit, schema};
use super::words_hash;
use crate::entity::{Entities, EntityId};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::{StorageError, Store};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// What articles say of entities that no table knows, and how the graph of an article keeps that it says so.
pub(super) const LOCAL: [(NamedNodeRef<'_>, NamedNodeRef<'_>); 3] =
    [(rdf::TYPE, dixit::LOCAL_CLASS), (rdfs::LABEL, dixit::LOCAL_LABEL), (schema::SAME_AS, dixit::LOCAL_ITEM)];

/// What was read of the store for one change, and holds for the next if nobody else changes anything between them.
#[derive(Default)]
pub(super) struct Known {
    /// Entities by their IRIs, with the hash of the last description of each that the store was seen to hold.
    things: FxHashMap<NamedOrBlankNode, u64>,
    reports: Reports,
}

impl Known {
    /// The most entities that are kept: some 150 bytes each.
    const MOST_THINGS: usize = 50_000;
}

/// A change that is under way. Nothing of it is seen before it is committed.
pub(super) struct ChangeOfArticles<'a> {
    pub(super) transaction: Transaction<'a>,
    pub(super) base: &'a Base,
    pub(super) entities_graph: GraphName,
    known: Known,
    taken: BTreeSet<NamedNode>,
    /// The articles that were put in with their texts.
    put: Vec<NamedNode>,
    /// All articles that were put in, and those in which something was corrected.
    pub(super) joining: Vec<NamedNode>,
    /// What the articles that were taken out pointed to, and what a correction took away.
    pub(super) loose: Vec<NamedNode>,
    /// What they said of local entities, as it stands in the graph of entities.
    pub(super) claims: Vec<Quad>,
    /// The articles that were put in with the hash of their words.
    pub(super) hashed: BTreeSet<NamedNode>,
    /// Whether something that was known may hold no more.
    pub(super) forgets: bool,
    /// Entities whose descriptions were brought up to date: people may have given them other names.
    pub(super) described: BTreeSet<NamedNode>,
    /// The articles whose links led to them.
    unlinked: BTreeSet<NamedNode>,
    /// The statements that were in one utterance with theirs.
    pub(super) freed: BTreeSet<NamedNode>,
    /// The articles for which people's corrections and merges are to be done anew.
    pub(super) uncurated: BTreeSet<NamedNode>,
}

impl<'a> ChangeOfArticles<'a> {
    /// A change of the store itself.
    pub fn begin(graph: &'a Store, base: &'a Base) -> Result<Self, StorageError> {
        Transaction::of(graph).map(|transaction| Self::knowing(Known::default(), transaction, base))
    }

    /// A change of whatever the transaction is of, after another, which gave back what it knew.
    pub fn knowing(known: Known, transaction: Transaction<'a>, base: &'a Base) -> Self {
        Self {
            known,
            transaction,
            base,
            entities_graph: base.entities_graph().into(),
            taken: BTreeSet::new(),
            put: Vec::new(),
            joining: Vec::new(),
            loose: Vec::new(),
            claims: Vec::new(),
            hashed: BTreeSet::new(),
            forgets: false,
            described: BTreeSet::new(),
            unlinked: BTreeSet::new(),
            freed: BTreeSet::new(),
            uncurated: BTreeSet::new(),
        }
    }

    /// Takes an article out, with all that its graph holds. Whether there was one.
    pub fn take_out(&mut self, article: &NamedNode) -> Result<bool, StorageError> {
        let mut was_there = false;
        for quad in self.transaction.quads_for_pattern(None, None, None, Some(article.into())) {
            let quad = quad?;
            was_there = true;
            match claimed(&quad, &self.entities_graph) {
                Some(claimed) => self.claims.push(claimed),
                None => self.loose.extend(named(quad.object)),
            }
        }
        if was_there {
            self.unlinked.extend(same_text::linked_to(&self.transaction, article)?);
            utterance::release(&mut self.transaction, self.base, article, &mut self.freed)?;
            self.transaction.remove_named_graph(article)?;
            self.taken.insert(article.clone());
            self.forgets = true;
        }
        Ok(was_there)
    }

    /// Puts an article in, as it is described. Its older version must have been taken out.
    pub fn put_in(&mut self, described: Described) -> Result<(), StorageError> {
        let Described { iri, own, things, .. } = described;
        self.transaction.extend(&own);
        self.described.extend(things.iter().filter_map(|thing| thing.entity(self.base).cloned()));
        self.renew(things)?;
        // What took the place of a copy of itself takes over its corrections.
        for copy in self.taken.iter().filter(|taken| **taken != iri) {
            curation::take_over(&mut self.transaction, self.base, copy, &iri)?;
        }
        self.uncurated.insert(iri.clone());
        self.joining.push(iri.clone());
        self.hashed.insert(iri.clone());
        self.put.push(iri);
        Ok(())
    }

    /// Brings descriptions up to date. That of an entity of the table is replaced if it changed; any other grows, for other
    /// articles may have said more of the same.
    fn renew(&mut self, things: Vec<Thing>) -> Result<(), StorageError> {
        for Thing { subject, quads, in_table, hash } in things {
            if !self.forgets && self.known.things.get(&subject) == Some(&hash) {
                continue;
            }
            let (of, graph) = (Some((&subject).into()), Some((&self.entities_graph).into()));
            let old =
                self.transaction.quads_for_pattern(of, None, None, graph).collect::<Result<FxHashSet<Quad>, _>>()?;
            let new: FxHashSet<Quad> = quads.into_iter().collect();
            let gone: Vec<_> = old.difference(&new).filter(|_| in_table).collect();
            let come: Vec<_> = new.difference(&old).collect();
            gone.iter().for_each(|quad| self.transaction.remove(*quad));
            self.transaction.extend(come.iter().copied());
            // By names and classes speakers are compared.
            let is_other = !gone.is_empty() || !come.is_empty();
            self.forgets |= is_other && self.known.reports.rest_on(&subject);
            self.known.things.insert(subject, hash);
        }
        Ok(())
    }

    /// Puts in what a file says. What the store says of an entity of the table stands, for the file may be old, and so does
    /// what it knows of a question to a service, which has one answer.
    pub fn unite<E: From<StorageError>>(
        &mut self,
        quads: impl Iterator<Item = Result<Quad, E>>,
        entities: &Entities,
    ) -> Result<(), E> {
        let described = self.transaction.quads_for_pattern(None, None, None, Some((&self.entities_graph).into()));
        let described = described.map(|quad| quad.map(|quad| quad.subject)).collect::<Result<FxHashSet<_>, _>>()?;
        let stands = |quad: &Quad| {
            quad.graph_name == self.entities_graph
                && described.contains(&quad.subject)
                && is_in_table(&quad.subject, self.base, entities)
        };
        let links_graph = GraphName::from(self.base.links_graph());
        let asked = self.transaction.quads_for_pattern(None, Some(rdf::TYPE), None, Some((&links_graph).into()));
        let asked = asked.map(|quad| quad.map(|quad| quad.subject)).collect::<Result<FxHashSet<_>, _>>()?;
        let is_answered = |quad: &Quad| {
            let question = || links::question_of(&quad.subject, self.base);
            quad.graph_name == links_graph && question().is_some_and(|question| asked.contains(&question.into()))
        };
        for quad in quads {
            let quad = quad?;
            if !stands(&quad) && !is_answered(&quad) {
                self.transaction.insert(&quad);
            }
        }
        Ok(())
    }

    /// Makes what the store keeps for itself of an article that a file brought: what its text is found by, if the text came,
    /// and what the article says of local entities. Which article gave which name a file does not tell, so it gives all.
    pub fn adopt(&mut self, article: &NamedNode, entities: &Entities) -> Result<(), StorageError> {
        let quads = self.transaction.quads_for_pattern(None, None, None, Some(article.into()));
        let own = quads.collect::<Result<Vec<_>, _>>()?;
        self.transaction.extend(&utterance::describe_keys(&own));
        let says = |quad: &Quad| quad.subject == NamedOrBlankNode::from(article.clone());
        if own.iter().any(says) && own.iter().all(|quad| quad.predicate != dixit::WORDS_HASH) {
            self.transaction.insert(&words_hash::describe(&own, article));
            self.hashed.insert(article.clone());
        }
        self.joining.push(article.clone());
        let mut named_entities = BTreeSet::new();
        // What people put into it, the article does not say.
        let mut found = own.into_iter().collect();
        Patch::read(&found, article).take_back(&mut found);
        for quad in found {
            match quad.object {
                Term::Literal(text) if quad.predicate == schema::ARTICLE_BODY => {
                    self.transaction.extend(&same_text::describe_sketch(text.value(), article));
                    self.put.push(article.clone());
                }
                Term::NamedNode(iri) if self.base.key(&iri).is_some() => drop(named_entities.insert(iri)),
                _ => {}
            }
        }
        named_entities.retain(|iri| !is_in_table(&iri.clone().into(), self.base, entities));
        for entity in &named_entities {
            let description = self.found_of(entity, Some(&self.entities_graph))?;
            self.transaction.extend(&description.iter().filter_map(|quad| claim(quad, article)).collect::<Vec<_>>());
        }
        self.uncurated.insert(article.clone());
        Ok(())
    }

    /// Describes an entity of the table, unless it is described.
    pub fn describe(&mut self, entity: EntityId, entities: &Entities) -> Result<(), StorageError> {
        let described = describe_entity(entity, entities, self.base);
        self.described.insert(self.base.entity(&entities.get(entity).key));
        self.renew(Thing::all(described, entities, self.base))
    }

    /// Links the articles with the same text and joins the statements of the same event anew, removes what nothing needs any
    /// more, and makes it all true. What holds for the next change.
    pub fn commit(mut self) -> Result<Known, StorageError> {
        for article in &self.put {
            same_text::link(&mut self.transaction, article)?;
        }
        let lost = self.unlinked.iter().filter(|article| !self.taken.contains(*article));
        same_text::link_anew(&mut self.transaction, lost)?;
        let mut worded: BTreeSet<_> = self.uncurated.iter().cloned().collect();
        for article in std::mem::take(&mut self.uncurated) {
            self.curate(&article)?;
        }
        self.disclaim()?;
        self.rename_described()?;
        self.sweep()?;
        worded.extend(self.joining.iter().cloned());
        let mut unhashed = worded.difference(&self.hashed);
        unhashed.try_for_each(|article| words_hash::renew(&mut self.transaction, article))?;
        let mut known = if self.forgets { Known::default() } else { self.known };
        utterance::join(&mut self.transaction, self.base, &self.joining, self.freed, &mut known.reports)?;
        if known.things.len() > Known::MOST_THINGS {
            known.things.clear();
        }
        self.transaction.commit()?;
        Ok(known)
    }

    /// Removes what no article says of local entities any more.
    fn disclaim(&mut self) -> Result<(), StorageError> {
        for quad in &self.claims {
            let kept = LOCAL.iter().find(|(predicate, _)| *predicate == quad.predicate).map(|(_, kept)| *kept);
            let (subject, object) = (quad.subject.as_ref(), quad.object.as_ref());
            if self.transaction.quads_for_pattern(Some(subject), kept, Some(object), None).next().is_none() {
                self.transaction.remove(quad);
            }
        }
        Ok(())
    }

    /// Removes the descriptions of what nothing points to any more, and so on from these.
    fn sweep(&mut self) -> Result<(), StorageError> {
        while let Some(entity) = self.loose.pop() {
            let object = Some((&entity).into());
            if self.transaction.quads_for_pattern(None, None, object, None).next().transpose()?.is_some() {
                continue;
            }
            let (subject, graph) = (Some((&entity).into()), Some((&self.entities_graph).into()));
            let description = self.transaction.quads_for_pattern(subject, None, None, graph);
            for quad in description.collect::<Result<Vec<_>, _>>()? {
                self.transaction.remove(&quad);
                self.loose.extend(named(quad.object));
            }
        }
        Ok(())
    }
}

pub(super) fn is_in_table(iri: &NamedOrBlankNode, base: &Base, entities: &Entities) -> bool {
    match iri {
        NamedOrBlankNode::NamedNode(iri) => base.key(iri).is_some_and(|key| entities.by_key(key).is_some()),
        NamedOrBlankNode::BlankNode(_) => false,
    }
}

/// What the graph of entities says because a graph keeps that it says so.
pub(super) fn claimed(quad: &Quad, entities_graph: &GraphName) -> Option<Quad> {
    let (predicate, _) = LOCAL.iter().find(|(_, kept)| *kept == quad.predicate)?;
    Some(Quad::new(quad.subject.clone(), *predicate, quad.object.clone(), entities_graph.clone()))
}

/// How the graph of an article keeps what it says of a local entity.
pub(super) fn claim(quad: &Quad, article: &NamedNode) -> Option<Quad> {
    let (_, kept) = LOCAL.iter().find(|(predicate, _)| *predicate == quad.predicate)?;
    Some(Quad::new(quad.subject.clone(), *kept, quad.object.clone(), article.clone()))
}

/// The IRI, if the term is one.
fn named(term: Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(iri) => Some(iri),
        _ => None,
    }
}
