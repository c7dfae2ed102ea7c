//! What a store holds, in numbers.

use super::export::Texts;
use super::vocabulary::{dixit, schema};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNodeRef, Quad, Term};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, SparqlEvaluator};
use oxigraph::store::{StorageError, Store};
use rustc_hash::FxHashSet;
use serde::Serialize;

/// Counts of what a store holds beside the vocabulary, of triples and quads those that an export holds without the texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    pub articles: usize,
    /// Those of the articles that have the text of an earlier one.
    pub same_text: usize,
    pub statements: usize,
    pub direct: usize,
    pub indirect: usize,
    pub mixed: usize,
    /// Speech events that several of the statements report.
    pub utterances: usize,
    /// Those of the statements that report one of these.
    pub in_utterances: usize,
    /// Who spoke, each once.
    pub actors: usize,
    /// Those of the actors that lead to a Wikidata item.
    pub linked_actors: usize,
    /// Publishers and relays, each once.
    pub outlets: usize,
    /// What statements are about, each once.
    pub topics: usize,
    /// Distinct triples of the union of all graphs: what the Turtle export holds.
    pub triples: usize,
    /// Quads: a triple counts once for each graph that holds it.
    pub quads: usize,
}

impl Stats {
    /// Counts, without reading a word.
    pub fn of(store: &super::Store) -> Result<Self, StorageError> {
        let graph = store.query_store();
        let mut stats = Self { quads: graph.len()?, triples: distinct_triples(graph)?, ..Self::default() };
        // No other graph says anything of the vocabulary.
        let vocabulary = store.base().ontology_graph();
        let vocabulary = number(graph.quads_for_pattern(None, None, None, Some((&vocabulary).into())))?;
        stats.quads -= vocabulary;
        stats.triples -= vocabulary;
        for &predicate in Texts::LeftOut.left_out() {
            stats.quads -= number(graph.quads_for_pattern(None, Some(predicate), None, None))?;
        }
        let instances = |class| count(graph, rdf::TYPE, class);
        let of_kind = |kind| count(graph, dixit::KIND, kind);
        stats.articles = instances(schema::NEWS_ARTICLE)?;
        stats.same_text = number(graph.quads_for_pattern(None, Some(dixit::SAME_TEXT_AS), None, None))?;
        stats.statements = instances(dixit::REPORTED_STATEMENT)?;
        stats.direct = of_kind(dixit::DIRECT)?;
        stats.indirect = of_kind(dixit::INDIRECT)?;
        stats.mixed = of_kind(dixit::MIXED)?;
        stats.utterances = instances(dixit::UTTERANCE)?;
        stats.in_utterances = number(graph.quads_for_pattern(None, Some(dixit::REPORT), None, None))?;

        let actors = objects(graph, &[dixit::ACTOR])?;
        stats.actors = actors.len();
        for actor in &actors {
            stats.linked_actors += usize::from(is_linked(graph, actor)?);
        }
        stats.outlets = objects(graph, &[schema::PUBLISHER, dixit::RELAYED_BY])?.len();
        stats.topics = objects(graph, &[schema::ABOUT])?.len();
        Ok(stats)
    }

    /// Each count with its name, in the order of a report.
    pub fn rows(&self) -> [(&'static str, usize); 14] {
        [
            ("articles", self.articles),
            ("  with the text of an earlier one", self.same_text),
            ("statements", self.statements),
            ("  direct", self.direct),
            ("  indirect", self.indirect),
            ("  mixed", self.mixed),
            ("  of one utterance with others", self.in_utterances),
            ("utterances that several report", self.utterances),
            ("actors", self.actors),
            ("  linked to Wikidata", self.linked_actors),
            ("outlets", self.outlets),
            ("topics", self.topics),
            ("distinct triples", self.triples),
            ("quads", self.quads),
        ]
    }
}

/// SPARQL compares terms by their numbers in the store, which takes a tenth of the time of reading them.
fn distinct_triples(graph: &Store) -> Result<usize, StorageError> {
    let failed = |error: QueryEvaluationError| StorageError::Other(error.into());
    let left_out: Vec<_> = Texts::LeftOut.left_out().iter().map(NamedNodeRef::to_string).collect();
    let left_out = left_out.join(", ");
    let distinct = format!(
        "SELECT (COUNT(*) AS ?triples) {{ SELECT DISTINCT ?s ?p ?o {{ ?s ?p ?o FILTER(?p NOT IN ({left_out})) }} }}"
    );
    let mut query = SparqlEvaluator::new().parse_query(&distinct).expect("a test runs this query");
    query.dataset_mut().set_default_graph_as_union();
    let QueryResults::Solutions(mut rows) = query.on_store(graph).execute().map_err(failed)? else {
        return Ok(0);
    };
    let row = rows.next().transpose().map_err(failed)?;
    let number = row.as_ref().and_then(|row| row.get("triples"));
    Ok(match number {
        Some(Term::Literal(number)) => number.value().parse().unwrap_or(0),
        _ => 0,
    })
}

fn count(graph: &Store, predicate: NamedNodeRef<'_>, object: NamedNodeRef<'_>) -> Result<usize, StorageError> {
    number(graph.quads_for_pattern(None, Some(predicate), Some(object.into()), None))
}

fn number(mut quads: impl Iterator<Item = Result<Quad, StorageError>>) -> Result<usize, StorageError> {
    quads.try_fold(0, |number, quad| quad.map(|_| number + 1))
}

/// What any of the predicates points to, each once.
fn objects(graph: &Store, predicates: &[NamedNodeRef<'_>]) -> Result<FxHashSet<Term>, StorageError> {
    let quads = predicates.iter().flat_map(|&p| graph.quads_for_pattern(None, Some(p), None, None));
    quads.map(|quad: Result<Quad, _>| quad.map(|quad| quad.object)).collect()
}

fn is_linked(graph: &Store, entity: &Term) -> Result<bool, StorageError> {
    let Term::NamedNode(entity) = entity else {
        return Ok(false);
    };
    let mut items = graph.quads_for_pattern(Some(entity.into()), Some(schema::SAME_AS), None, None);
    Ok(items.next().transpose()?.is_some())
}
