//! An answer of dixit, and the same of oxigraph alone.

use crate::Result;
use dixit::graph::Store as Folder;
use dixit::query::names::{Names, NoTable};
use dixit::query::{Format, KnownEntities, Language, Means, SavedQuery, WordSearch, format, prepare, run_with};
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{CancellationToken, QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use std::io::{self, Write};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// oxigraph alone is told to stop after so long.
const PATIENCE: Duration = Duration::from_secs(20);

/// The answer of oxigraph alone, from all graphs as dixit has it.
fn evaluate<'a>(graph: &'a Store, sparql: &str) -> Result<QueryResults<'a>> {
    let stop = CancellationToken::new();
    let mut query = SparqlEvaluator::new().with_cancellation_token(stop.clone()).parse_query(sparql)?;
    thread::spawn(move || {
        thread::sleep(PATIENCE);
        stop.cancel();
    });
    query.dataset_mut().set_default_graph_as_union();
    Ok(query.on_store(graph).execute()?)
}

/// How long the answer takes from the words of the parameters to the last byte of the first hundred rows.
pub fn as_dixit(
    store: &Folder,
    search: &Arc<WordSearch>,
    saved: &SavedQuery,
    arguments: &[(String, String)],
) -> Result<Duration> {
    let begun = Instant::now();
    let graph = store.query_store();
    let means = Means { search: Some(Arc::clone(search)), ..Means::default() };
    let known = KnownEntities::new(store.base());
    let names = Names::new(graph, &known, Language::Fr);
    let answer = run_with(graph, prepare(saved, arguments, &names, Language::Fr)?, &means)?;
    format::write(answer, Format::Csv, &mut Nowhere)?;
    Ok(begun.elapsed())
}

/// The same SPARQL, parsed, evaluated and written by oxigraph alone.
pub fn as_oxigraph(graph: &Store, saved: &SavedQuery, arguments: &[(String, String)]) -> Result<Duration> {
    let names = Names::new(graph, &NoTable, Language::Fr);
    let sparql = prepare(saved, arguments, &names, Language::Fr)?.sparql();
    let begun = Instant::now();
    match written(evaluate(graph, &sparql)?) {
        // What was told to stop took at least as long as it was waited for.
        Err(_) if begun.elapsed() >= PATIENCE => {}
        other => other?,
    }
    Ok(begun.elapsed())
}

/// Writes an answer as oxigraph does.
fn written(results: QueryResults<'_>) -> Result<()> {
    match results {
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
            let mut out = RdfSerializer::from_format(RdfFormat::NTriples).for_writer(Nowhere);
            for triple in triples {
                out.serialize_triple(&triple?)?;
            }
            out.finish()?;
        }
        QueryResults::Boolean(_) => {}
    }
    Ok(())
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
