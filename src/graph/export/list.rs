//! Statements as lists: CSV for tables, JSON lines for programs.

use super::ExportError;
use super::choice::Choice;
use super::row::{Named, Row, Rows};
use csv::Terminator;
use std::io::{self, Write};

/// A format of a list of statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFormat {
    /// Comma-separated values as RFC 4180 has them, the first line names the columns; several values in a cell have "; "
    /// between them. Cells hold the words as they are: what begins with `=`, `+`, `-` or `@` is a formula for a spreadsheet
    /// that is not told to import it as text.
    Csv,
    /// One JSON object a line, with the keys of `dixit extract`.
    JsonLines,
}

/// Writes the statements of a store, article by article, each in its order.
pub fn list_statements(
    store: &crate::graph::Store,
    choice: &Choice,
    format: ListFormat,
    mut writer: impl Write,
) -> Result<(), ExportError> {
    let graph = store.query_store();
    let statements = choice.statements(graph)?;
    let mut rows = Rows::new(graph);
    match format {
        ListFormat::Csv => {
            let mut table = csv::WriterBuilder::new().terminator(Terminator::CRLF).from_writer(writer);
            table.write_record(COLUMNS.iter().map(|(name, _)| name)).map_err(io::Error::from)?;
            for statement in &statements {
                let row = rows.read(statement)?;
                table.write_record(COLUMNS.iter().map(|(_, cell)| cell(&row))).map_err(io::Error::from)?;
            }
            table.flush()?;
        }
        ListFormat::JsonLines => {
            for statement in &statements {
                serde_json::to_writer(&mut writer, &rows.read(statement)?).map_err(io::Error::from)?;
                writer.write_all(b"\n")?;
            }
            writer.flush()?;
        }
    }
    Ok(())
}

/// What a row has in a column.
type Cell = fn(&Row) -> String;

/// The columns of the table. Of several actors, topics and relays, the n-th of each column belong together.
const COLUMNS: &[(&str, Cell)] = &[
    ("iri", |row| row.iri.clone()),
    ("kind", |row| row.kind.unwrap_or_default().to_owned()),
    ("polarity", |row| row.polarity.unwrap_or_default().to_owned()),
    ("actors", |row| names(&row.actors)),
    ("actors_wikidata", |row| items(&row.actors)),
    ("actors_iri", |row| iris(&row.actors)),
    ("mentions", |row| row.mentions.join("; ")),
    ("roles", |row| row.roles.join("; ")),
    ("metonyms", |row| names(&row.metonyms)),
    ("cue", |row| row.cue.as_ref().map(|cue| cue.text.clone()).unwrap_or_default()),
    ("text", |row| text(&row.text)),
    ("date_from", |row| row.said.as_ref().map(|said| text(&said.not_before)).unwrap_or_default()),
    ("date_until", |row| row.said.as_ref().map(|said| text(&said.not_after)).unwrap_or_default()),
    ("date_basis", |row| row.said.as_ref().and_then(|said| said.basis).unwrap_or_default().to_owned()),
    ("relayed_by", |row| names(&row.relayed_by)),
    ("relayed_by_wikidata", |row| items(&row.relayed_by)),
    ("about", |row| names(&row.about)),
    ("about_wikidata", |row| items(&row.about)),
    ("addressee", |row| names(row.addressee.as_slice())),
    ("medium", |row| names(row.medium.as_slice())),
    ("confidence", |row| row.confidence.as_ref().map(ToString::to_string).unwrap_or_default()),
    ("utterance", |row| row.utterance.as_ref().map(|utterance| utterance.iri.clone()).unwrap_or_default()),
    ("corrected_by", |row| {
        joined(row.corrected_by.iter().map(|corrected| format!("{}, {}", corrected.by, corrected.date)))
    }),
    ("start", |row| joined(row.spans.iter().map(|span| span.start.to_string()))),
    ("end", |row| joined(row.spans.iter().map(|span| span.end.to_string()))),
    ("article", |row| text(&row.article.article)),
    ("article_iri", |row| row.article.article_iri.clone()),
    ("url", |row| text(&row.article.url)),
    ("title", |row| text(&row.article.title)),
    ("outlet", |row| names(row.article.outlet.as_slice())),
    ("outlet_wikidata", |row| items(row.article.outlet.as_slice())),
    ("published", |row| text(&row.article.published)),
    ("language", |row| text(&row.article.language)),
];

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

fn names(named: &[Named]) -> String {
    joined(named.iter().map(|named| named.name.clone()))
}

/// The Wikidata items, with an empty place for what has none.
fn items(named: &[Named]) -> String {
    if named.iter().all(|named| named.wikidata.is_none()) {
        return String::new();
    }
    joined(named.iter().map(|named| text(&named.wikidata)))
}

fn iris(named: &[Named]) -> String {
    joined(named.iter().map(|named| text(&named.iri)))
}

fn joined(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join("; ")
}
