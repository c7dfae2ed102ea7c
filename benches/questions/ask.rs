//! Saved queries, asked for what is named most, and the same SPARQL asked of oxigraph alone.

use crate::Result;
use dixit::graph::Store as Folder;
use dixit::query::names::Names;
use dixit::query::{Format, KnownEntities, Language, SavedQuery, format, library, prepare, run};
use oxigraph::io::RdfFormat;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// Each question is asked so often, by both in turn.
const TIMES: usize = 12;

/// So many values of a parameter are asked for.
const VALUES: usize = 6;

/// Whatever is named most: the query, and the column that names it.
const MOST: [(&str, &str); 3] = [
    (
        "who",
        "SELECT ?thing (COUNT(*) AS ?n) { ?s <https://w3id.org/dixit#actor> ?thing . ?thing <http://schema.org/sameAs> ?item } GROUP BY ?thing ORDER BY DESC(?n) LIMIT 6",
    ),
    (
        "topic",
        "SELECT ?thing (COUNT(*) AS ?n) { ?s <http://schema.org/about> ?thing . ?thing <http://schema.org/sameAs> ?item } GROUP BY ?thing ORDER BY DESC(?n) LIMIT 6",
    ),
    (
        "outlet",
        "SELECT ?thing (COUNT(*) AS ?n) { ?s <https://w3id.org/dixit#relayedBy> ?thing . ?thing <http://schema.org/sameAs> ?item } GROUP BY ?thing ORDER BY DESC(?n) LIMIT 6",
    ),
];

/// The queries that people ask most, each with its parameters.
const QUESTIONS: [(&str, &[&str]); 10] = [
    ("who-said-what", &["topic"]),
    ("what-did-say", &["who"]),
    ("said-about", &["who", "topic"]),
    ("timeline", &["topic"]),
    ("relayed", &["outlet"]),
    ("topics-of-actor", &["who"]),
    ("denials", &[]),
    ("statements-between", &[]),
    ("utterances", &[]),
    ("most-quoted-actors", &[]),
];

/// Prints a table of the times.
pub fn ask(folder: &Path) -> Result<()> {
    let store = Folder::open(folder)?;
    let graph = store.query_store();
    let values: Vec<(&str, Vec<String>)> =
        MOST.iter().map(|(name, query)| Ok((*name, things(graph, query)?))).collect::<Result<_>>()?;
    println!("{:22} {:>9} {:>9} {:>9} {:>9}  overhead", "query", "median", "p95", "oxigraph", "p95");
    for (name, parameters) in QUESTIONS {
        let Some(saved) = library().iter().find(|saved| saved.name == name) else { continue };
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for turn in 0..if parameters.is_empty() { 1 } else { VALUES } {
            let value = |parameter: &&str| {
                let list = &values.iter().find(|(name, _)| name == parameter)?.1;
                Some(((*parameter).to_owned(), list.get(turn)?.clone()))
            };
            let mut arguments: Vec<_> = parameters.iter().filter_map(value).collect();
            if name == "statements-between" {
                arguments
                    .extend([("since", "2019-03"), ("until", "2019-03")].map(|(n, v)| (n.to_owned(), v.to_owned())));
            }
            for _ in 0..TIMES {
                ours.push(as_dixit(&store, graph, saved, &arguments)?);
                theirs.push(as_oxigraph(graph, saved, &arguments)?);
            }
        }
        let (own, other) = (Times::of(ours), Times::of(theirs));
        let overhead = own.median.as_secs_f64() / other.median.as_secs_f64();
        println!("{name:22} {own} {other}  {overhead:.2}");
    }
    Ok(())
}

/// The things that a query names.
fn things(graph: &Store, query: &str) -> Result<Vec<String>> {
    let QueryResults::Solutions(rows) = evaluate(graph, query)? else {
        return Err("the query gives no rows".into());
    };
    let thing = |row: oxigraph::sparql::QuerySolution| row.get("thing").map(ToString::to_string);
    Ok(rows.filter_map(|row| row.ok().and_then(thing)).collect())
}

/// The answer of oxigraph alone, from all graphs as dixit has it.
fn evaluate<'a>(graph: &'a Store, sparql: &str) -> Result<QueryResults<'a>> {
    let mut query = SparqlEvaluator::new().parse_query(sparql)?;
    query.dataset_mut().set_default_graph_as_union();
    Ok(query.on_store(graph).execute()?)
}

/// How long the answer takes from the words of the parameters to the last byte of the first hundred rows.
fn as_dixit(store: &Folder, graph: &Store, saved: &SavedQuery, arguments: &[(String, String)]) -> Result<Duration> {
    let begun = Instant::now();
    let known = KnownEntities::new(store.base());
    let names = Names::new(graph, &known, Language::Fr);
    let answer = run(graph, prepare(saved, arguments, &names, Language::Fr)?)?;
    format::write(answer, Format::Csv, &mut Nowhere)?;
    Ok(begun.elapsed())
}

/// The same SPARQL, parsed, evaluated and written by oxigraph alone.
fn as_oxigraph(graph: &Store, saved: &SavedQuery, arguments: &[(String, String)]) -> Result<Duration> {
    let names = Names::new(graph, &dixit::query::names::NoTable, Language::Fr);
    let sparql = prepare(saved, arguments, &names, Language::Fr)?.sparql();
    let begun = Instant::now();
    match evaluate(graph, &sparql)? {
        QueryResults::Solutions(rows) => {
            let variables = rows.variables().to_vec();
            let serializer = QueryResultsSerializer::from_format(QueryResultsFormat::Csv);
            let mut out = serializer.serialize_solutions_to_writer(Nowhere, variables)?;
            for row in rows {
                out.serialize(&row?)?;
            }
            out.finish()?;
        }
        QueryResults::Graph(triples) => {
            let mut out = oxigraph::io::RdfSerializer::from_format(RdfFormat::NTriples).for_writer(Nowhere);
            for triple in triples {
                out.serialize_triple(&triple?)?;
            }
            out.finish()?;
        }
        QueryResults::Boolean(_) => {}
    }
    Ok(begun.elapsed())
}

/// What is written is thrown away.
struct Nowhere;

impl Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Of many times the middle one, and the one that only a twentieth exceeds.
struct Times {
    median: Duration,
    p95: Duration,
}

impl Times {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        Self { median: at(0.5), p95: at(0.95) }
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        write!(f, "{:6.1} ms {:6.1} ms", ms(self.median), ms(self.p95))
    }
}
