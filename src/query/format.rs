//! Answers as text: the W3C's result formats for rows, Turtle for graphs, Markdown for people.
//!
//! The W3C formats have every column with its full term; a missing value is an unbound variable. Tables and Markdown
//! leave hidden columns out and tell what is not known.

use super::Error;
use super::answer::Answer;
use super::cells::Table;
use super::vocabulary::PREFIXES;
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{GraphNameRef, Triple};
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use std::io::{self, Write};

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

/// Writes an answer and counts its rows. Answers of ASK and graphs (as Turtle) count one.
///
/// # Errors
/// When the store cannot be read or `out` cannot be written.
pub fn write(answer: Answer, format: Format, out: &mut dyn Write) -> Result<usize, Error> {
    let results_format = format.of_results();
    match (answer.results, results_format) {
        (QueryResults::Graph(triples), _) => {
            let triples = triples.collect::<Result<Vec<_>, _>>()?;
            write_turtle(triples, out)?;
            Ok(1)
        }
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
            let table = Table::read(Answer { results, prepared: answer.prepared, explanation: None })?;
            write_markdown(&table, out)?;
            Ok(table.rows.len())
        }
    }
}

/// Triples as Turtle with dixit's prefixes, sorted: the same graph always gives the same bytes.
fn write_turtle(mut triples: Vec<Triple>, out: &mut dyn Write) -> io::Result<()> {
    triples.sort_by_cached_key(Triple::to_string);
    triples.dedup();
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
    for (name, iri) in PREFIXES {
        serializer = serializer.with_prefix(name, iri).expect("the prefixes of the table are IRIs");
    }
    let mut writer = serializer.for_writer(out);
    for triple in &triples {
        writer.serialize_quad(triple.as_ref().in_graph(GraphNameRef::DefaultGraph))?;
    }
    writer.finish().map(|_| ())
}

fn write_markdown(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let mut line =
        |cells: &mut dyn Iterator<Item = String>| writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "));
    line(&mut table.heads.iter().map(|head| escape(head)))?;
    line(&mut table.heads.iter().map(|_| "---".to_owned()))?;
    for row in &table.rows {
        line(&mut row.iter().map(|cell| escape(cell)))?;
    }
    Ok(())
}

/// Text that stays text within a cell of a Markdown table.
fn escape(cell: &str) -> String {
    let mut escaped = String::with_capacity(cell.len());
    for c in cell.chars() {
        match c {
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '~' => escaped.extend(['\\', c]),
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_markdown_stays_one_cell() {
        assert_eq!(escape("a|b \\ *c* <i> & [d](e)"), r"a\|b \\ \*c\* &lt;i> &amp; \[d\](e)");
    }
}
