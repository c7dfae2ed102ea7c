//! All that comes of an article on one line, as `dixit extract --format articles` prints it: for programs that spread articles
//! over machines and have to know of each whether it is done.

use dixit::article::{Article, ReadError};
use dixit::entity::Entities;
use dixit::extract::{Record, Statement, records};
use dixit::graph::{Base, ExportFormat, NamedNode, Quad, described_statements, write_quads};
use serde::Serialize;
use std::io::{self, Write};

/// What came of an article.
#[derive(Serialize)]
struct Whole<'a> {
    article: &'a str,
    iri: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    statements: Vec<Found<'a>>,
    /// The graph of its name, as N-Quads.
    graph: String,
    /// What it says in the graphs that all articles share, as N-Quads.
    shared: String,
}

/// A statement with its IRI in the graph.
#[derive(Serialize)]
struct Found<'a> {
    iri: &'a str,
    #[serde(flatten)]
    record: Record<'a>,
}

/// What could not be read, or only in part.
#[derive(Serialize)]
struct Refused<'a> {
    error: String,
    /// Its line in the file, if it has one, or its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'a str>,
}

/// The line of an article, from its statements and the quads that describe them.
pub fn line(
    article: &Article,
    statements: &[Statement],
    quads: Vec<Quad>,
    entities: &Entities,
    base: &Base,
) -> io::Result<Vec<u8>> {
    let iri = base.article(&article.address);
    let iris: Vec<NamedNode> = described_statements(&quads).collect();
    let found = iris.iter().zip(records(article, statements, entities));
    let (own, shared): (Vec<_>, Vec<_>) = quads.into_iter().partition(|quad| quad.graph_name == iri.clone().into());
    let text = |quads: &[Quad]| -> io::Result<String> {
        let mut bytes = Vec::new();
        write_quads(quads, base, ExportFormat::NQuads, &mut bytes)?;
        String::from_utf8(bytes).map_err(io::Error::other)
    };
    finished(&Whole {
        article: &article.name,
        iri: iri.as_str(),
        url: article.url.as_deref(),
        published: article.published.map(|date| date.to_string()),
        statements: found.map(|(iri, record)| Found { iri: iri.as_str(), record }).collect(),
        graph: text(&own)?,
        shared: text(&shared)?,
    })
}

/// The line of what could not be read.
pub fn refused(error: &ReadError) -> io::Result<Vec<u8>> {
    let (line, article) = match error {
        ReadError::Line { line, .. } => (Some(*line), None),
        ReadError::Fault { name } => (None, Some(name.as_str())),
        _ => (None, None),
    };
    finished(&Refused { error: error.to_string(), line, article })
}

fn finished(line: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(line)?;
    bytes.write_all(b"\n")?;
    Ok(bytes)
}
