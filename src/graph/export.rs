//! The graph in the standard formats: the same store always gives the same bytes.

use super::base::Base;
use super::vocabulary::PREFIXES;
use oxigraph::io::{RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, Quad};
use oxigraph::store::{StorageError, Store};
use rustc_hash::FxHashSet;
use std::io::{self, Write};

/// A format of the export. Turtle and N-Triples hold the union of all graphs, each triple once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    Turtle,
    NTriples,
    NQuads,
    TriG,
}

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Writes all that a store holds, sorted: by subject, or by graph and subject for TriG.
pub fn export(
    store: &super::Store,
    format: ExportFormat,
    writer: impl Write,
) -> Result<(), ExportError> {
    write_store(store.query_store(), store.base(), format, writer)
}

pub(super) fn write_store(
    graph: &Store,
    base: &Base,
    format: ExportFormat,
    writer: impl Write,
) -> Result<(), ExportError> {
    let mut output = Output::new(format, base, writer);
    if format == ExportFormat::TriG {
        for name in sorted(graph.iter().map(|quad| quad.map(|quad| quad.graph_name)))? {
            let quads = graph.quads_for_pattern(None, None, None, Some(name.as_ref()));
            output.write(quads.collect::<Result<_, _>>()?)?;
        }
    } else {
        for quads in by_subject(graph)? {
            output.write(quads?)?;
        }
    }
    output.finish()?;
    Ok(())
}

/// Writes quads as Turtle with prefixes: the union of their graphs, each triple once, sorted.
pub fn write_turtle(quads: &[Quad], base: &Base, writer: impl Write) -> io::Result<()> {
    write_quads(quads, base, ExportFormat::Turtle, writer)
}

/// Writes quads in a format, sorted, each once.
pub fn write_quads(
    quads: &[Quad],
    base: &Base,
    format: ExportFormat,
    writer: impl Write,
) -> io::Result<()> {
    let mut output = Output::new(format, base, writer);
    output.write(quads.to_vec())?;
    output.finish()
}

/// All quads of a store, those of a subject together, subjects in order. Only the subjects are held in
/// memory at once.
pub(super) fn by_subject(
    graph: &Store,
) -> Result<impl Iterator<Item = Result<Vec<Quad>, StorageError>>, StorageError> {
    let subjects = sorted(graph.iter().map(|quad| quad.map(|quad| quad.subject)))?;
    Ok(subjects.into_iter().map(|subject| {
        graph
            .quads_for_pattern(Some(subject.as_ref()), None, None, None)
            .collect()
    }))
}

/// The distinct ones of some terms, in the order of their N-Quads form.
fn sorted<T: std::hash::Hash + Eq + ToString>(
    terms: impl Iterator<Item = Result<T, StorageError>>,
) -> Result<Vec<T>, StorageError> {
    let mut terms: Vec<T> = terms
        .collect::<Result<FxHashSet<T>, _>>()?
        .into_iter()
        .collect();
    terms.sort_by_cached_key(T::to_string);
    Ok(terms)
}

/// A serializer that sorts what it is given, and drops what the format cannot tell apart.
struct Output<W: Write> {
    format: ExportFormat,
    serializer: WriterQuadSerializer<W>,
}

impl<W: Write> Output<W> {
    fn new(format: ExportFormat, base: &Base, writer: W) -> Self {
        let syntax = match format {
            ExportFormat::Turtle => RdfFormat::Turtle,
            ExportFormat::NTriples => RdfFormat::NTriples,
            ExportFormat::NQuads => RdfFormat::NQuads,
            ExportFormat::TriG => RdfFormat::TriG,
        };
        let entity = base.entity("");
        let article = format!("{base}article/");
        let data = [("entity", entity.as_str()), ("article", &article)];
        let mut serializer = RdfSerializer::from_format(syntax);
        for (prefix, namespace) in PREFIXES.iter().copied().chain(data) {
            serializer = serializer
                .with_prefix(prefix, namespace)
                .expect("namespaces of vocabularies and of a base are absolute IRIs");
        }
        Self {
            format,
            serializer: serializer.for_writer(writer),
        }
    }

    fn write(&mut self, mut quads: Vec<Quad>) -> io::Result<()> {
        let triples = matches!(self.format, ExportFormat::Turtle | ExportFormat::NTriples);
        let readable = matches!(self.format, ExportFormat::Turtle | ExportFormat::TriG);
        if triples {
            quads
                .iter_mut()
                .for_each(|quad| quad.graph_name = GraphName::DefaultGraph);
        }
        quads.sort_by_cached_key(|quad| {
            let graph = if self.format == ExportFormat::TriG {
                quad.graph_name.to_string()
            } else {
                String::new()
            };
            // A reader wants to know first what a thing is; the line formats are sorted as lines.
            let class_first = readable && quad.predicate != rdf::TYPE;
            (
                graph,
                quad.subject.to_string(),
                class_first,
                quad.to_string(),
            )
        });
        quads.dedup();
        quads
            .iter()
            .try_for_each(|quad| self.serializer.serialize_quad(quad))
    }

    fn finish(self) -> io::Result<()> {
        self.serializer.finish()?.flush()
    }
}
