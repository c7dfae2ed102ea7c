//! Answers as text: the W3C's formats for rows and for graphs, Markdown for people.
//!
//! The W3C formats have every column with its full term; a missing value is an unbound variable. Tables and Markdown
//! leave hidden columns out and tell what is not known.

mod markdown;

pub use markdown::write_markdown;

use super::Error;
use super::answer::Answer;
use super::prepare::Form;
use super::rows::Rows;
use crate::graph::{Base, ExportFormat, QuadWriter, write_quads};
use oxigraph::model::{GraphName, Quad};
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use std::io::Write;

/// A format that this module writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// SPARQL 1.1 Query Results CSV: values without their types.
    Csv,
    /// SPARQL 1.1 Query Results TSV: terms as in Turtle.
    Tsv,
    /// SPARQL 1.1 Query Results JSON.
    Json,
    /// SPARQL Query Results XML.
    Xml,
    /// A table of GitHub's Markdown.
    Markdown,
}

impl Format {
    fn of_results(self) -> Option<QueryResultsFormat> {
        match self {
            Self::Csv => Some(QueryResultsFormat::Csv),
            Self::Tsv => Some(QueryResultsFormat::Tsv),
            Self::Json => Some(QueryResultsFormat::Json),
            Self::Xml => Some(QueryResultsFormat::Xml),
            Self::Markdown => None,
        }
    }
}

/// Writes an answer of rows, or of yes or no, and counts its rows; yes or no counts one.
///
/// # Errors
/// When the store cannot be read, `out` cannot be written, or the answer is a graph.
pub fn write(answer: Answer, format: Format, out: &mut dyn Write) -> Result<usize, Error> {
    let results_format = format.of_results();
    match (answer.results, results_format) {
        (QueryResults::Graph(_), _) => Err(Error::Form(Form::Graph)),
        (QueryResults::Boolean(value), Some(format)) => {
            let serializer = QueryResultsSerializer::from_format(format);
            serializer.serialize_boolean_to_writer(&mut *out, value)?;
            writeln!(out)?;
            Ok(1)
        }
        (QueryResults::Boolean(value), None) => {
            writeln!(out, "{value}")?;
            Ok(1)
        }
        (QueryResults::Solutions(solutions), Some(format)) => {
            let mut writer = QueryResultsSerializer::from_format(format)
                .serialize_solutions_to_writer(&mut *out, solutions.variables().to_vec())?;
            let mut rows = 0;
            for solution in solutions {
                writer.serialize(&solution?)?;
                rows += 1;
            }
            writer.finish()?;
            if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) {
                writeln!(out)?;
            }
            Ok(rows)
        }
        (results @ QueryResults::Solutions(_), None) => {
            let rows = Rows::read(Answer { results, prepared: answer.prepared, explanation: None })?;
            write_markdown(&rows, None, out)?;
            Ok(rows.len())
        }
    }
}

/// Writes an answer that is a graph as `dixit export` writes graphs, sorted: the same graph always gives the same bytes.
/// There are no graphs within it. Counts its triples.
///
/// # Errors
/// When the store cannot be read, `out` cannot be written, or the answer is none.
pub fn write_graph(answer: Answer, format: ExportFormat, base: &Base, out: &mut dyn Write) -> Result<usize, Error> {
    let QueryResults::Graph(triples) = answer.results else {
        return Err(Error::Form(answer.prepared.form()));
    };
    let quads = triples.map(|triple| triple.map(|triple| triple.in_graph(GraphName::DefaultGraph)));
    let quads: Vec<Quad> = quads.collect::<Result<_, _>>()?;
    write_quads(&quads, base, format, out)?;
    Ok(quads.len())
}

/// The same as they come, with few in memory: what is more than a little is not sorted as a whole, and may hold a triple more
/// than once.
///
/// # Errors
/// As for [`write_graph`].
pub fn stream_graph(answer: Answer, format: ExportFormat, base: &Base, out: &mut dyn Write) -> Result<usize, Error> {
    let QueryResults::Graph(triples) = answer.results else {
        return Err(Error::Form(answer.prepared.form()));
    };
    let mut writer = QuadWriter::new(base, format, out)?;
    let mut written = 0;
    for triple in triples {
        writer.write(triple?.in_graph(GraphName::DefaultGraph))?;
        written += 1;
    }
    writer.finish()?;
    Ok(written)
}
