//! Which statements are exported, and what belongs to them.

use super::Profile;
use super::order::natural;
use super::thing::Thing;
use crate::extract::Kind;
use crate::graph::base::Base;
use crate::graph::curation::OF_WHOLE;
use crate::graph::describe::kind_term;
use crate::graph::vocabulary::{dixit, schema, skos};
use jiff::civil::Date;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::{StorageError, Store};
use rustc_hash::FxHashSet;

/// A choice among statements, with the meaning that the saved queries give to their parameters. A list that is empty
/// chooses all; of several values one must fit.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Entities or concepts; a statement is about the broader ones, too.
    pub about: Vec<NamedNode>,
    /// Who spoke. Who belongs to the actor counts, and so does the authority that a place's name stands for.
    pub actors: Vec<NamedNode>,
    /// The outlets that published the articles.
    pub outlets: Vec<NamedNode>,
    /// The first day that counts: what was said before it for certain is left out, and what has no date.
    pub since: Option<Date>,
    /// The last day that counts.
    pub until: Option<Date>,
    pub kinds: Vec<Kind>,
    /// The least confidence, from 0 to 1.
    pub min_confidence: Option<f64>,
    /// Only statements among these; what of them is none is left out.
    pub among: Option<Vec<NamedNode>>,
}

impl Choice {
    /// Whether it leaves all statements.
    pub fn is_all(&self) -> bool {
        let lists = [self.about.is_empty(), self.actors.is_empty(), self.outlets.is_empty(), self.kinds.is_empty()];
        lists == [true; 4]
            && (self.since, self.until, self.min_confidence) == (None, None, None)
            && self.among.is_none()
    }

    /// How many statements of a store it leaves.
    pub fn count(&self, store: &crate::graph::Store) -> Result<usize, StorageError> {
        self.statements(store.query_store()).map(|statements| statements.len())
    }

    /// The statements that it leaves, article by article, each in its order.
    pub(super) fn statements(&self, graph: &Store) -> Result<Vec<NamedNode>, StorageError> {
        let actors = self.with_belonging(graph)?;
        let with = |predicate, object: &NamedNode| subjects(graph, predicate, object);
        let mut candidates = FxHashSet::default();
        if let Some(among) = &self.among {
            candidates.extend(among.iter().cloned());
        } else if !self.about.is_empty() {
            for topic in &self.about {
                candidates.extend(with(schema::ABOUT, topic)?);
            }
        } else if !self.actors.is_empty() {
            for actor in &actors {
                candidates.extend(with(dixit::ACTOR, actor)?);
                candidates.extend(with(dixit::METONYM, actor)?);
            }
        } else {
            candidates.extend(with(rdf::TYPE, &dixit::REPORTED_STATEMENT.into_owned())?);
        }
        let mut chosen = Vec::new();
        for candidate in candidates {
            if self.is_all() || self.takes(graph, &Thing::read(graph, &candidate)?, &actors)? {
                chosen.push(candidate);
            }
        }
        chosen.sort_by_cached_key(|statement| natural(statement.as_str()));
        Ok(chosen)
    }

    fn takes(&self, graph: &Store, statement: &Thing, actors: &FxHashSet<NamedNode>) -> Result<bool, StorageError> {
        let any = |predicate, wanted: &[NamedNode]| {
            wanted.is_empty() || statement.iris(predicate).any(|i| wanted.contains(i))
        };
        let speaks = |predicate| statement.iris(predicate).any(|iri| actors.contains(iri));
        // A date that is not known fits no interval.
        let last = statement.value(dixit::SAID_NOT_AFTER);
        let first = statement.value(dixit::SAID_NOT_BEFORE).or(last);
        let in_time = self.since.is_none_or(|day| last.is_some_and(|last| *last >= *day.to_string()))
            && self.until.is_none_or(|day| first.is_some_and(|first| *first <= *day.to_string()));
        let kinds: Vec<_> = self.kinds.iter().map(|kind| kind_term(*kind).into_owned()).collect();
        let confidence = || statement.value(dixit::CONFIDENCE)?.parse::<f64>().ok();
        let fits = statement.is_a(dixit::REPORTED_STATEMENT)
            && any(schema::ABOUT, &self.about)
            && any(dixit::KIND, &kinds)
            && (self.actors.is_empty() || speaks(dixit::ACTOR) || speaks(dixit::METONYM))
            && in_time
            && self.min_confidence.is_none_or(|least| confidence().is_some_and(|value| value >= least));
        if !fits || self.outlets.is_empty() {
            return Ok(fits);
        }
        let Some(article) = statement.iri(schema::IS_PART_OF) else { return Ok(false) };
        let article = Thing::read(graph, article)?;
        Ok(article.iris(schema::PUBLISHER).any(|outlet| self.outlets.contains(outlet)))
    }

    /// The actors, and who belongs to them, two steps down (authorities, country, union).
    fn with_belonging(&self, graph: &Store) -> Result<FxHashSet<NamedNode>, StorageError> {
        let mut all: FxHashSet<_> = self.actors.iter().cloned().collect();
        let mut above = self.actors.clone();
        for _ in 0..2 {
            let mut below = Vec::new();
            for entity in &above {
                for predicate in [skos::BROADER, dixit::AUTHORITY_OF] {
                    below.extend(subjects(graph, predicate, entity)?);
                }
            }
            all.extend(below.iter().cloned());
            above = below;
        }
        Ok(all)
    }
}

pub(super) fn subjects(
    graph: &Store,
    predicate: NamedNodeRef<'_>,
    object: &NamedNode,
) -> Result<Vec<NamedNode>, StorageError> {
    let quads = graph.quads_for_pattern(None, Some(predicate), Some(object.into()), None);
    let subjects = quads.map(|quad| quad.map(|quad| quad.subject));
    subjects
        .filter_map(|subject| match subject {
            Ok(NamedOrBlankNode::NamedNode(iri)) => Some(Ok(iri)),
            Ok(NamedOrBlankNode::BlankNode(_)) => None,
            Err(error) => Some(Err(error)),
        })
        .collect()
}

fn is_statement(graph: &Store, iri: &NamedNode) -> Result<bool, StorageError> {
    Ok(Thing::read_only(graph, iri, &[rdf::TYPE])?.is_a(dixit::REPORTED_STATEMENT))
}

/// Chosen statements with all that is needed to understand them: evidence, articles, entities, activities, and what these
/// lead to. Nothing in it leads to something of the store that is not in it.
pub(super) struct Closure {
    subjects: FxHashSet<NamedNode>,
    /// Statements that were not chosen, and what cannot be without them.
    outside: FxHashSet<NamedNode>,
    /// Chosen statements that report the same utterance as others that were not.
    apart: FxHashSet<NamedNode>,
    utterances_graph: GraphName,
}

/// By what a view in terms of schema.org leads from one thing to another.
const OF_SCHEMA_ORG: [NamedNodeRef<'static>; 5] =
    [schema::IS_PART_OF, dixit::ACTOR, schema::ABOUT, schema::PUBLISHER, dixit::SAME_TEXT_AS];

impl Closure {
    pub fn of(choice: &Choice, profile: Profile, graph: &Store, base: &Base) -> Result<Self, StorageError> {
        let mut open = choice.statements(graph)?;
        let chosen: FxHashSet<_> = open.iter().cloned().collect();
        let mut closure = Self {
            subjects: chosen.clone(),
            outside: FxHashSet::default(),
            apart: FxHashSet::default(),
            utterances_graph: base.utterances_graph().into(),
        };
        // An utterance is told whole or not at all: a part of it may lack what came first.
        for statement in &chosen {
            for utterance in subjects(graph, dixit::REPORT, statement)? {
                if Thing::read(graph, &utterance)?.iris(dixit::REPORT).all(|report| chosen.contains(report)) {
                    closure.subjects.insert(utterance);
                } else {
                    closure.apart.insert(statement.clone());
                }
            }
        }
        while let Some(iri) = open.pop() {
            let thing = match profile {
                Profile::All => Thing::read(graph, &iri)?,
                Profile::SchemaOrg => Thing::read_only(graph, &iri, &OF_SCHEMA_ORG)?,
            };
            let mut is_whole = true;
            for next in thing.leads_to(&OF_WHOLE).filter(|next| next.as_str().starts_with(base.as_str())) {
                if closure.outside.contains(next) {
                    is_whole = false;
                } else if !chosen.contains(next) && is_statement(graph, next)? {
                    closure.outside.insert(next.clone());
                    is_whole = false;
                } else if closure.subjects.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
            // What groups statements says nothing true of some of them.
            if !is_whole && !chosen.contains(&iri) {
                closure.subjects.remove(&iri);
                closure.outside.insert(iri);
            }
        }
        Ok(closure)
    }

    /// All that is described in it.
    pub fn subjects(&self) -> impl Iterator<Item = Result<NamedOrBlankNode, StorageError>> {
        self.subjects.iter().map(|iri| Ok(iri.clone().into()))
    }

    /// Whether the thing is described in it.
    pub fn describes(&self, thing: &NamedNode) -> bool {
        self.subjects.contains(thing)
    }

    /// The graphs in which it stands.
    pub fn graphs(&self, graph: &Store) -> Result<FxHashSet<NamedOrBlankNode>, StorageError> {
        let mut graphs = FxHashSet::default();
        for subject in &self.subjects {
            for quad in graph.quads_for_pattern(Some(subject.into()), None, None, None) {
                match quad?.graph_name {
                    GraphName::NamedNode(iri) => graphs.insert(iri.into()),
                    GraphName::BlankNode(node) => graphs.insert(node.into()),
                    GraphName::DefaultGraph => false,
                };
            }
        }
        Ok(graphs)
    }

    /// Whether the quad is in it.
    pub fn holds(&self, quad: &Quad) -> bool {
        let is_told = |iri| {
            self.subjects.contains(iri) && !(quad.graph_name == self.utterances_graph && self.apart.contains(iri))
        };
        let is_inside = matches!(&quad.subject, NamedOrBlankNode::NamedNode(iri) if is_told(iri));
        // What was changed in the whole article can be taken back in the whole only.
        is_inside
            && !OF_WHOLE.contains(&quad.predicate.as_ref())
            && !matches!(&quad.object, Term::NamedNode(iri) if self.outside.contains(iri))
    }
}
