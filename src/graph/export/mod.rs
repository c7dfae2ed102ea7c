//! The graph in the standard formats: the same store always gives the same bytes.
//!
//! A format is a file with a type that writes one subject after the other ([`Blocks`]), so that no more than the quads of one
//! are in memory. What is written, and in which order, is decided here for all of them.

mod choice;
mod context;
mod graphml;
mod json_ld;
mod lines;
mod list;
mod one;
mod order;
mod rdf_xml;
mod row;
mod schema_org;
mod thing;
mod turtle;
mod walk;
mod xml;

pub use choice::Choice;
pub use context::CONTEXT;
pub use graphml::write_network;
pub use list::{ListFormat, list_statements};
pub use one::{describe_thing, export_graph, is_graph};
pub use row::{
    ArticleRow, Cue as CueRow, Named as NamedRow, Offsets, Row as StatementRow, Said, TextDate,
    Utterance as UtteranceRow,
};
pub(super) use row::{Row, Rows};
pub(super) use thing::Thing;

use super::base::Base;
use super::vocabulary::{dixit, schema};
use choice::Closure;
use json_ld::JsonLd;
use lines::Lines;
use order::{key, natural, sorted, subject_key};
use oxigraph::model::{GraphName, GraphNameRef, NamedNodeRef, NamedOrBlankNode, Quad};
use oxigraph::store::{StorageError, Store};
use rdf_xml::RdfXml;
use std::io::{self, Write};
use turtle::TurtleBlocks;
use walk::Walk;

/// A format of the export. Those without graphs hold the union of all graphs, each triple once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    Turtle,
    NTriples,
    NQuads,
    TriG,
    JsonLd,
    RdfXml,
}

impl ExportFormat {
    /// Whether the format keeps the graphs apart.
    fn has_graphs(self) -> bool {
        matches!(self, Self::NQuads | Self::TriG)
    }

    /// Whether the format is made for people, and not for lines to be compared.
    fn is_readable(self) -> bool {
        !matches!(self, Self::NTriples | Self::NQuads)
    }

    /// What writes it, after it wrote the beginning.
    fn blocks<'a>(self, profile: Profile, base: &Base, writer: impl Write + 'a) -> io::Result<Box<dyn Blocks + 'a>> {
        Ok(match self {
            Self::Turtle | Self::TriG => Box::new(TurtleBlocks::new(base, writer)?),
            Self::NTriples | Self::NQuads => Box::new(Lines::new(writer)),
            Self::JsonLd if profile == Profile::SchemaOrg => Box::new(JsonLd::of_schema_org(writer)?),
            Self::JsonLd => Box::new(JsonLd::new(base, writer)?),
            Self::RdfXml => Box::new(RdfXml::new(base, writer)?),
        })
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
    dixit::WORD_KEY,
    dixit::WORDS_HASH,
    dixit::LOCAL_CLASS,
    dixit::LOCAL_LABEL,
    dixit::LOCAL_ITEM,
    dixit::EXTRACTED_AT,
    schema::ARTICLE_BODY,
];

/// In which terms a graph is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// All that the store holds.
    #[default]
    All,
    /// Only those of schema.org, for web pages, in the formats without graphs.
    SchemaOrg,
}

/// How much of a store is exported: [`Texts`] alone stands for all of it.
#[derive(Debug, Clone)]
pub struct Extent {
    pub texts: Texts,
    pub profile: Profile,
    /// The statements that are exported with all that belongs to them, or `None` for the whole graph.
    pub choice: Option<Choice>,
}

impl From<Texts> for Extent {
    fn from(texts: Texts) -> Self {
        Self { texts, profile: Profile::All, choice: None }
    }
}

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Writes what a store holds but the vocabulary, or a part of it. N-Triples and N-Quads are sorted as lines; the others by graph (if they have
/// any), subject and predicate, with numbers in their natural order and the class of a thing first.
pub fn export(
    store: &super::Store,
    format: ExportFormat,
    extent: impl Into<Extent>,
    writer: impl Write,
) -> Result<(), ExportError> {
    let (graph, base, extent) = (store.query_store(), store.base(), extent.into());
    let closure = extent.choice.map(|choice| Closure::of(&choice, extent.profile, graph, base)).transpose()?;
    let vocabulary = GraphName::from(base.ontology_graph());
    let is_written = |quad: &Quad| {
        !extent.texts.left_out().contains(&quad.predicate.as_ref())
            && quad.graph_name != vocabulary
            && closure.as_ref().is_none_or(|closure| closure.holds(quad))
    };
    let part =
        Part { format, profile: extent.profile, has_text: extent.texts == Texts::Included, closure: closure.as_ref() };
    write_part(graph, base, part, is_written, writer)
}

/// Writes all of a graph, also what is for the store alone.
#[cfg(not(feature = "rocksdb"))]
pub(super) fn write_store(graph: &Store, writer: impl Write) -> Result<(), ExportError> {
    let part = Part { format: ExportFormat::NQuads, profile: Profile::All, has_text: true, closure: None };
    write_part(graph, &Base::default(), part, |_| true, writer)
}

/// What is written, and how.
struct Part<'a> {
    format: ExportFormat,
    profile: Profile,
    has_text: bool,
    closure: Option<&'a Closure>,
}

fn write_part(
    graph: &Store,
    base: &Base,
    Part { format, profile, has_text, closure }: Part<'_>,
    is_written: impl Fn(&Quad) -> bool,
    writer: impl Write,
) -> Result<(), ExportError> {
    let mut output = Output { format, blocks: format.blocks(profile, base, writer)? };
    let is_view = profile == Profile::SchemaOrg;
    let mut write = |subject: &NamedOrBlankNode, quads: Vec<Quad>| -> Result<(), ExportError> {
        Ok(output.write(if is_view { schema_org::view(graph, closure, subject, has_text)? } else { quads })?)
    };
    let of_subject = |subject: &NamedOrBlankNode, name: Option<GraphNameRef<'_>>| {
        let quads = graph.quads_for_pattern(Some(subject.as_ref()), None, None, name);
        quads.filter(|quad| quad.as_ref().map_or(true, &is_written)).collect::<Result<Vec<_>, _>>()
    };
    let key = |subject: &NamedOrBlankNode| subject_key(format, subject);
    if format == ExportFormat::TriG {
        let by_name = |name: &NamedOrBlankNode| natural(&name.to_string());
        let names = match closure {
            Some(closure) => sorted(closure.graphs(graph)?.into_iter().map(Ok), by_name)?,
            None => sorted(graph.named_graphs(), by_name)?,
        };
        for name in names {
            let name = Some(name.as_ref().into());
            let quads = graph.quads_for_pattern(None, None, None, name);
            let quads = quads.filter(|quad| quad.as_ref().map_or(true, &is_written));
            for subject in sorted(quads.map(|quad| quad.map(|quad| quad.subject)), key)? {
                write(&subject, of_subject(&subject, name)?)?;
            }
        }
    } else if let Some(closure) = closure {
        for subject in sorted(closure.subjects(), key)? {
            write(&subject, if is_view { Vec::new() } else { of_subject(&subject, None)? })?;
        }
    } else {
        let (walk, order) = Walk::begin(graph, base, format, &is_written)?;
        for next in order {
            for (subject, quads) in walk.quads(next)? {
                write(&subject, quads)?;
            }
        }
    }
    Ok(output.blocks.finish()?)
}

/// Writes quads as Turtle with prefixes: the union of their graphs, each triple once, sorted.
pub fn write_turtle(quads: &[Quad], base: &Base, writer: impl Write) -> io::Result<()> {
    write_quads(quads, base, ExportFormat::Turtle, writer)
}

/// Writes quads in a format, sorted, each once.
pub fn write_quads(quads: &[Quad], base: &Base, format: ExportFormat, writer: impl Write) -> io::Result<()> {
    let mut output = Output { format, blocks: format.blocks(Profile::All, base, writer)? };
    output.write(quads.to_vec())?;
    output.blocks.finish()
}

/// So many quads are sorted together when they are written as they come.
const HELD: usize = 4096;

/// Writes quads as they come. Few are written sorted, as [`write_quads`] does; of more than are held at once, each stretch is
/// sorted by itself.
pub struct QuadWriter<'a> {
    output: Output<'a>,
    held: Vec<Quad>,
}

impl<'a> QuadWriter<'a> {
    /// Begins to write.
    pub fn new(base: &Base, format: ExportFormat, writer: impl Write + 'a) -> io::Result<Self> {
        Ok(Self { output: Output { format, blocks: format.blocks(Profile::All, base, writer)? }, held: Vec::new() })
    }

    /// Writes a quad, now or later.
    pub fn write(&mut self, quad: Quad) -> io::Result<()> {
        self.held.push(quad);
        if self.held.len() < HELD { Ok(()) } else { self.output.write(std::mem::take(&mut self.held)) }
    }

    /// Writes the rest and the end.
    pub fn finish(mut self) -> io::Result<()> {
        self.output.write(self.held)?;
        self.output.blocks.finish()
    }
}

/// How a format is written: one subject after the other.
trait Blocks {
    /// Writes the quads of one subject in one graph, or in the union of them, sorted by predicate.
    fn block(&mut self, quads: &[Quad]) -> io::Result<()>;

    /// Writes the end, and makes sure that all arrived.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Sorts what it is given, drops what the format cannot tell apart, and writes it.
struct Output<'a> {
    format: ExportFormat,
    blocks: Box<dyn Blocks + 'a>,
}

impl Output<'_> {
    /// Writes quads; with those of later calls they are sorted only if the callers see to it.
    fn write(&mut self, mut quads: Vec<Quad>) -> io::Result<()> {
        if !self.format.has_graphs() {
            quads.iter_mut().for_each(|quad| quad.graph_name = GraphName::DefaultGraph);
        }
        quads.sort_by_cached_key(|quad| key(self.format, quad));
        quads.dedup();
        let same_block = |a: &Quad, b: &Quad| a.graph_name == b.graph_name && a.subject == b.subject;
        quads.chunk_by(same_block).try_for_each(|block| self.blocks.block(block))
    }
}
