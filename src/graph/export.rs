//! The graph in the standard formats: the same store always gives the same bytes.

use super::base::Base;
use super::turtle::Turtle;
use super::vocabulary::{dixit, schema};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNodeRef, NamedOrBlankNode, Quad};
use oxigraph::store::{StorageError, Store};
use rustc_hash::FxHashSet;
use std::hash::Hash;
use std::io::{self, Write};

/// A format of the export. Turtle and N-Triples hold the union of all graphs, each triple once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    Turtle,
    NTriples,
    NQuads,
    TriG,
}

impl ExportFormat {
    /// Whether the format keeps the graphs apart.
    fn has_graphs(self) -> bool {
        matches!(self, Self::NQuads | Self::TriG)
    }

    /// Whether the format is made for people, and not for lines to be compared.
    fn is_readable(self) -> bool {
        matches!(self, Self::Turtle | Self::TriG)
    }
}

/// Whether an export holds the texts of the articles, which belong to their publishers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    LeftOut,
    Included,
}

impl Texts {
    /// The properties that are not written.
    pub(super) fn left_out(self) -> &'static [NamedNodeRef<'static>] {
        match self {
            Self::LeftOut => LEFT_OUT,
            Self::Included => &LEFT_OUT[..LEFT_OUT.len() - 1],
        }
    }
}

/// What the store keeps for itself alone, and is of no use to others or another each time; the texts come last.
const LEFT_OUT: &[NamedNodeRef<'static>] = &[
    dixit::SKETCH,
    dixit::SKETCH_BAND,
    dixit::LOCAL_CLASS,
    dixit::LOCAL_LABEL,
    dixit::EXTRACTED_AT,
    schema::ARTICLE_BODY,
];

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Writes what a store holds but the vocabulary, with the texts of its articles or without. N-Triples and N-Quads are sorted
/// as lines; Turtle and TriG by graph, subject and predicate, with numbers in their natural order and the class of a thing
/// first.
pub fn export(store: &super::Store, format: ExportFormat, texts: Texts, writer: impl Write) -> Result<(), ExportError> {
    let vocabulary = GraphName::from(store.base().ontology_graph());
    let left_out = |quad: &Quad| texts.left_out().contains(&quad.predicate.as_ref()) || quad.graph_name == vocabulary;
    write_store(store.query_store(), store.base(), format, left_out, writer)
}

/// Writes all of a graph but what is left out.
pub(super) fn write_store(
    graph: &Store,
    base: &Base,
    format: ExportFormat,
    left_out: impl Fn(&Quad) -> bool,
    writer: impl Write,
) -> Result<(), ExportError> {
    let is_written = |quad: &Result<Quad, _>| !matches!(quad, Ok(quad) if left_out(quad));
    let mut output = Output::new(format, base, writer)?;
    if format == ExportFormat::TriG {
        for name in sorted(graph.named_graphs(), |name| natural(&name.to_string()))? {
            let name = Some(name.as_ref().into());
            let quads = graph.quads_for_pattern(None, None, None, name);
            output.write(quads.filter(is_written).collect::<Result<_, _>>()?)?;
        }
    } else {
        // Only the subjects are in memory at once.
        for subject in sorted(graph.iter().map(|quad| quad.map(|quad| quad.subject)), |s| subject_key(format, s))? {
            let quads = graph.quads_for_pattern(Some(subject.as_ref()), None, None, None);
            output.write(quads.filter(is_written).collect::<Result<_, _>>()?)?;
        }
    }
    Ok(output.finish()?)
}

/// Writes quads as Turtle with prefixes: the union of their graphs, each triple once, sorted.
pub fn write_turtle(quads: &[Quad], base: &Base, writer: impl Write) -> io::Result<()> {
    write_quads(quads, base, ExportFormat::Turtle, writer)
}

/// Writes quads in a format, sorted, each once.
pub fn write_quads(quads: &[Quad], base: &Base, format: ExportFormat, writer: impl Write) -> io::Result<()> {
    let mut output = Output::new(format, base, writer)?;
    output.write(quads.to_vec())?;
    output.finish()
}

/// Each of the terms once, sorted by a key.
fn sorted<T: Hash + Eq>(
    terms: impl Iterator<Item = Result<T, StorageError>>,
    key: impl Fn(&T) -> String,
) -> Result<Vec<T>, StorageError> {
    let mut terms: Vec<T> = terms.collect::<Result<FxHashSet<T>, _>>()?.into_iter().collect();
    terms.sort_by_cached_key(key);
    Ok(terms)
}

/// Where the quads of a subject stand among those of others.
fn subject_key(format: ExportFormat, subject: &NamedOrBlankNode) -> String {
    match subject {
        // Without its brackets an article's IRI comes before those of its parts.
        NamedOrBlankNode::NamedNode(iri) if format.is_readable() => natural(iri.as_str()),
        _ => subject.to_string(),
    }
}

/// Where a quad stands among others.
fn key(format: ExportFormat, quad: &Quad) -> [String; 4] {
    if !format.is_readable() {
        return [quad.to_string(), String::new(), String::new(), String::new()];
    }
    let predicate = if quad.predicate == rdf::TYPE { String::new() } else { quad.predicate.to_string() };
    [
        natural(&quad.graph_name.to_string()),
        subject_key(format, &quad.subject),
        predicate,
        natural(&quad.object.to_string()),
    ]
}

/// The text with the length of each number before the number, so that 9 comes before 10.
fn natural(text: &str) -> String {
    let mut key = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let number = &rest[start..];
        let length = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        key.push_str(&rest[..start]);
        key.push_str(&format!("{length:04}{}", &number[..length]));
        rest = &number[length..];
    }
    key + rest
}

/// Sorts what it is given, drops what the format cannot tell apart, and writes it.
struct Output<W: Write> {
    format: ExportFormat,
    turtle: Turtle,
    writer: W,
    /// The graph whose bracket is open.
    graph: GraphName,
}

impl<W: Write> Output<W> {
    fn new(format: ExportFormat, base: &Base, mut writer: W) -> io::Result<Self> {
        let turtle = Turtle::new(base);
        if format.is_readable() {
            writer.write_all(turtle.header().as_bytes())?;
        }
        Ok(Self { format, turtle, writer, graph: GraphName::DefaultGraph })
    }

    /// Writes quads; with those of later calls they are sorted only if the callers see to it.
    fn write(&mut self, mut quads: Vec<Quad>) -> io::Result<()> {
        if !self.format.has_graphs() {
            quads.iter_mut().for_each(|quad| quad.graph_name = GraphName::DefaultGraph);
        }
        quads.sort_by_cached_key(|quad| key(self.format, quad));
        quads.dedup();
        if !self.format.is_readable() {
            return quads.iter().try_for_each(|quad| writeln!(self.writer, "{quad} ."));
        }
        for block in quads.chunk_by(|a, b| a.graph_name == b.graph_name && a.subject == b.subject) {
            self.open(&block[0].graph_name)?;
            write!(self.writer, "\n{}", self.turtle.block(block))?;
        }
        Ok(())
    }

    /// Closes the bracket of a graph and opens that of another, unless it is open.
    fn open(&mut self, graph: &GraphName) -> io::Result<()> {
        if self.graph == *graph {
            return Ok(());
        }
        if !self.graph.is_default_graph() {
            writeln!(self.writer, "}}")?;
        }
        self.graph = graph.clone();
        match &self.graph {
            GraphName::NamedNode(iri) => {
                writeln!(self.writer, "\n{} {{", self.turtle.term(iri.as_ref().into()))
            }
            GraphName::BlankNode(node) => writeln!(self.writer, "\n{node} {{"),
            GraphName::DefaultGraph => Ok(()),
        }
    }

    fn finish(mut self) -> io::Result<()> {
        self.open(&GraphName::DefaultGraph)?;
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_as_numbers() {
        let mut texts = ["a10b", "a9b", "a", "a9", "a010", "b1"];
        texts.sort_by_key(|text| natural(text));
        assert_eq!(texts, ["a", "a9", "a9b", "a10b", "a010", "b1"]);
    }
}
