//! What reconciliation services proposed for names, kept in a graph of its own (`graph/links`): who was asked once is not
//! asked again, and a person can choose later. Proposals are found by the name, not by the actor, so that they survive when
//! articles come and go, and keep no actor alive that nothing names any more.

use super::base::Base;
use super::clock;
use super::describe::{integer, plain};
use super::vocabulary::{dixit, prov, schema};
use crate::entity::reconcile::Proposal;
use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::{StorageError, Store, Transaction};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// What was asked: a name, of a service, with or without the type that items must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The address of the service.
    pub service: String,
    pub name: String,
    /// The IRI of the type.
    pub class: Option<String>,
}

/// An item that a service proposes for an actor.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub item: NamedNode,
    pub name: String,
    pub description: Option<String>,
    /// How well it fits, on a scale of the service's own.
    pub score: Option<f64>,
    /// Whether the service is sure of it.
    pub is_match: bool,
    /// The address of the service.
    pub service: String,
}

/// An actor of statements that is linked with no item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlinked {
    pub actor: NamedNode,
    pub name: String,
    /// Rather than an organisation.
    pub is_person: bool,
    /// In how many statements it speaks.
    pub statements: usize,
}

/// The classes of actors that a service may know.
const ASKABLE: [NamedNodeRef<'_>; 3] = [schema::PERSON, schema::ORGANIZATION, schema::NEWS_MEDIA_ORGANIZATION];

impl Asked {
    /// The node that stands for it: always the same for the same question.
    fn node(&self, base: &Base) -> NamedNode {
        base.link(&[&self.service, &self.name, self.class.as_deref().unwrap_or_default()].join("\n"))
    }
}

impl super::Store {
    /// Persons and organisations that speak in statements and are linked with no item, the most frequent first.
    pub fn unlinked_actors(&self, language: &str) -> Result<Vec<Unlinked>, StorageError> {
        let (graph, base) = (self.query_store(), self.base());
        let mut spoken: FxHashMap<NamedNode, FxHashSet<NamedOrBlankNode>> = FxHashMap::default();
        for quad in graph.quads_for_pattern(None, Some(dixit::ACTOR), None, None) {
            let quad = quad?;
            if let Term::NamedNode(actor) = quad.object
                && base.key(&actor).is_some()
            {
                spoken.entry(actor).or_default().insert(quad.subject);
            }
        }
        let mut actors = Vec::new();
        for (actor, statements) in spoken {
            let values = |predicate| {
                let quads = graph.quads_for_pattern(Some((&actor).into()), Some(predicate), None, None);
                quads.map(|quad| quad.map(|quad| quad.object)).collect::<Result<Vec<_>, _>>()
            };
            let classes = values(rdf::TYPE)?;
            let is_askable = ASKABLE.iter().any(|class| classes.contains(&Term::from(*class)));
            if is_askable && values(schema::SAME_AS)?.is_empty() {
                let is_person = classes.contains(&schema::PERSON.into());
                let name = self.name_of(&actor, language)?;
                actors.push(Unlinked { actor, name, is_person, statements: statements.len() });
            }
        }
        actors.sort_by(|a, b| (Reverse(a.statements), &a.actor).cmp(&(Reverse(b.statements), &b.actor)));
        Ok(actors)
    }

    /// Whether this was asked before.
    pub fn is_asked(&self, asked: &Asked) -> Result<bool, StorageError> {
        let (node, graph) = (asked.node(self.base()), self.base().links_graph());
        let mut quads = self.query_store().quads_for_pattern(Some((&node).into()), None, None, Some((&graph).into()));
        Ok(quads.next().transpose()?.is_some())
    }

    /// Keeps what services proposed, in the place of what they proposed before, whole or not at all.
    pub fn keep_proposals(&self, answers: &[(Asked, Vec<Proposal>)]) -> Result<(), StorageError> {
        let mut transaction = self.query_store().start_transaction()?;
        for (asked, proposals) in answers {
            forget(&mut transaction, &asked.node(self.base()), self.base())?;
            transaction.extend(&describe(asked, proposals, self.base()));
        }
        transaction.commit()
    }

    /// What services proposed for the names of an actor: matches first, then by their scores.
    pub fn proposals(&self, actor: &NamedNode) -> Result<Vec<Candidate>, StorageError> {
        let (store, graph) = (self.query_store(), self.base().links_graph());
        let mut names = BTreeSet::new();
        // A renamed actor was asked for under its own name.
        for predicate in [rdfs::LABEL, dixit::FORMER_NAME] {
            for quad in store.quads_for_pattern(Some(actor.into()), Some(predicate), None, None) {
                if let Term::Literal(label) = quad?.object {
                    names.insert(label.value().to_owned());
                }
            }
        }
        let mut found = Vec::new();
        for name in &names {
            let name = plain(name);
            let object = Some((&name).into());
            for quad in store.quads_for_pattern(None, Some(dixit::RECONCILED_NAME), object, Some((&graph).into())) {
                let node = Node::read(store, &quad?.subject, &graph)?;
                let Some(service) = node.iri(dixit::ASKED_SERVICE) else { continue };
                for proposal in node.all(dixit::PROPOSES) {
                    let Term::NamedNode(proposal) = proposal else { continue };
                    let proposal = Node::read(store, &proposal.clone().into(), &graph)?;
                    found.extend(proposal.candidate(service.as_str()));
                }
            }
        }
        found.sort_by(|(a, place_a), (b, place_b)| {
            let score = b.score.unwrap_or(f64::MIN).total_cmp(&a.score.unwrap_or(f64::MIN));
            b.is_match.cmp(&a.is_match).then(score).then(place_a.cmp(place_b)).then_with(|| a.item.cmp(&b.item))
        });
        let mut seen = FxHashSet::default();
        found.retain(|(candidate, _)| seen.insert((candidate.item.clone(), candidate.service.clone())));
        Ok(found.into_iter().map(|(candidate, _)| candidate).collect())
    }
}

/// What was asked, and what was proposed, as quads of the graph of links.
fn describe(asked: &Asked, proposals: &[Proposal], base: &Base) -> Vec<Quad> {
    let (node, graph) = (asked.node(base), base.links_graph());
    let mut quads = Vec::new();
    let mut add = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term| {
        quads.push(Quad::new(subject.clone(), predicate, object, graph.clone()));
    };
    add(&node, rdf::TYPE, dixit::RECONCILIATION.into());
    add(&node, dixit::RECONCILED_NAME, plain(&asked.name).into());
    for (predicate, iri) in
        [(dixit::RECONCILED_TYPE, asked.class.as_ref()), (dixit::ASKED_SERVICE, Some(&asked.service))]
    {
        if let Some(iri) = iri.and_then(|iri| NamedNode::new(iri).ok()) {
            add(&node, predicate, iri.into());
        }
    }
    let now = Literal::new_typed_literal(clock::now().to_string(), xsd::DATE_TIME);
    add(&node, prov::GENERATED_AT_TIME, now.into());
    for (number, proposal) in (1..).zip(proposals) {
        let Ok(item) = NamedNode::new(&proposal.item) else { continue };
        let part = NamedNode::new_unchecked(format!("{}/{number}", node.as_str()));
        add(&node, dixit::PROPOSES, part.clone().into());
        add(&part, rdf::TYPE, dixit::PROPOSAL.into());
        add(&part, dixit::PROPOSED_ITEM, item.into());
        add(&part, dixit::PROPOSED_NAME, plain(&proposal.name).into());
        if let Some(description) = &proposal.description {
            add(&part, rdfs::COMMENT, plain(description).into());
        }
        if let Some(score) = proposal.score {
            add(&part, dixit::PROPOSED_SCORE, decimal(score).into());
        }
        add(&part, dixit::IS_MATCH, Literal::from(proposal.is_match).into());
        add(&part, schema::POSITION, integer(number).into());
    }
    quads
}

/// Removes what a service proposed.
fn forget(transaction: &mut Transaction<'_>, node: &NamedNode, base: &Base) -> Result<(), StorageError> {
    let graph = base.links_graph();
    let own = transaction.quads_for_pattern(Some(node.into()), None, None, Some((&graph).into()));
    let own = own.collect::<Result<Vec<_>, _>>()?;
    for quad in &own {
        if let (true, Term::NamedNode(part)) = (quad.predicate == dixit::PROPOSES, &quad.object) {
            let parts = transaction.quads_for_pattern(Some(part.into()), None, None, Some((&graph).into()));
            parts.collect::<Result<Vec<_>, _>>()?.iter().for_each(|quad| transaction.remove(quad));
        }
    }
    own.iter().for_each(|quad| transaction.remove(quad));
    Ok(())
}

/// The node of a question to which a subject of the graph of links belongs.
pub(super) fn question_of(subject: &NamedOrBlankNode, base: &Base) -> Option<NamedNode> {
    let NamedOrBlankNode::NamedNode(iri) = subject else { return None };
    let key = base.relative(iri).strip_prefix("link/")?.split('/').next()?;
    Some(base.link_iri(key))
}

/// Four digits after the point, written in the canonical form that the store gives back.
fn decimal(value: f64) -> Literal {
    let digits = format!("{value:.4}");
    let canonical = digits.trim_end_matches('0').trim_end_matches('.');
    Literal::new_typed_literal(if canonical == "-0" { "0" } else { canonical }, xsd::DECIMAL)
}

/// What is said of a subject.
struct Node(Vec<(NamedNode, Term)>);

impl Node {
    fn read(store: &Store, subject: &NamedOrBlankNode, graph: &NamedNode) -> Result<Self, StorageError> {
        let quads = store.quads_for_pattern(Some(subject.as_ref()), None, None, Some(graph.into()));
        let properties = quads.map(|quad| quad.map(|quad| (quad.predicate, quad.object)));
        properties.collect::<Result<_, _>>().map(Self)
    }

    fn all(&self, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = &Term> {
        self.0.iter().filter(move |(property, _)| *property == predicate).map(|(_, object)| object)
    }

    fn iri(&self, predicate: NamedNodeRef<'_>) -> Option<&NamedNode> {
        self.all(predicate).find_map(|object| match object {
            Term::NamedNode(iri) => Some(iri),
            _ => None,
        })
    }

    fn words(&self, predicate: NamedNodeRef<'_>) -> Option<&str> {
        self.all(predicate).find_map(|object| match object {
            Term::Literal(words) => Some(words.value()),
            _ => None,
        })
    }

    /// The proposal and its place.
    fn candidate(&self, service: &str) -> Option<(Candidate, usize)> {
        let candidate = Candidate {
            item: self.iri(dixit::PROPOSED_ITEM)?.clone(),
            name: self.words(dixit::PROPOSED_NAME)?.to_owned(),
            description: self.words(rdfs::COMMENT).map(str::to_owned),
            score: self.words(dixit::PROPOSED_SCORE).and_then(|score| score.parse().ok()),
            is_match: self.words(dixit::IS_MATCH) == Some("true"),
            service: service.to_owned(),
        };
        Some((candidate, self.words(schema::POSITION).and_then(|place| place.parse().ok()).unwrap_or(usize::MAX)))
    }
}
