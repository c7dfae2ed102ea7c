//! The graphs of files: N-Quads in which the quads of an article come one after the other, as in every export, or N-Triples
//! for one graph.

use super::gathered::{Gathered, NamedGraph};
use super::{Digest, is_of_article, name_of};
use crate::article::{Meter, packing};
use oxigraph::io::{RdfFormat, RdfParseError, RdfParser};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A format of which a line is a triple or quad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GraphFormat {
    NQuads,
    NTriples,
}

/// Why the graphs of a file cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum GraphsError {
    #[error("{file}: cannot be read: {cause}")]
    Read { file: String, cause: io::Error },
    #[error("{file}:{line}:{column}: {what}: mend the file, or export it anew")]
    Syntax { file: String, line: u64, column: u64, what: String },
    #[error("{0}: N-Quads (.nq) or N-Triples (.nt)? Say it with --format, or write it anew as one of them")]
    Format(String),
    #[error("{file}: what is said of {subject} stands in no graph: name one with --graph")]
    NoGraph { file: String, subject: String },
    #[error("{file}: what is said of {subject} has a blank node, which would be another one each time: give it an IRI")]
    Blank { file: String, subject: String },
    #[error(
        "{file}: the graph {graph} came before: its quads must stand together, so sort the lines of the file, and give each article once"
    )]
    Twice { file: String, graph: String },
    #[error("cannot lay aside what is to be sent: {0}: make room in the folder for temporary files (TMPDIR)")]
    Aside(io::Error),
}

impl GraphFormat {
    /// By the ending of a file's name, which may be followed by that of a packed file.
    fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        let name = [".gz", ".bz2", ".zst"].iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(&name);
        match name.rsplit_once('.')?.1 {
            "nq" | "nquads" => Some(Self::NQuads),
            "nt" | "ntriples" => Some(Self::NTriples),
            _ => None,
        }
    }

    fn parser(self) -> RdfParser {
        RdfParser::from_format(match self {
            Self::NQuads => RdfFormat::NQuads,
            Self::NTriples => RdfFormat::NTriples,
        })
    }
}

/// Hands over the graphs of files: each article's as soon as the next begins, all others, united over the files, at the end.
/// `format` is for all files, or their names tell; `graph` is the name of the graph for what stands in none; the meter counts
/// the bytes that are read.
///
/// # Errors
/// A file cannot be read or is not fit, or the first error of `each`, which ends it.
pub fn each_graph_of_files<E: From<GraphsError>>(
    paths: &[PathBuf],
    format: Option<GraphFormat>,
    graph: Option<&NamedNode>,
    meter: &Arc<Meter>,
    mut each: impl FnMut(NamedGraph) -> Result<(), E>,
) -> Result<(), E> {
    let mut shared: BTreeMap<NamedNode, Gathered> = BTreeMap::new();
    let mut before: FxHashSet<Digest> = FxHashSet::default();
    for path in paths {
        let mut open: Option<(NamedNode, Gathered)> = None;
        for quad in quads(path, format, meter)? {
            let quad = quad?;
            let name = graph_of(&quad, graph, path)?;
            if !is_of_article(&name) {
                shared.entry(name).or_insert_with(Gathered::of_any).add(&quad).map_err(GraphsError::Aside)?;
                continue;
            }
            if open.as_ref().is_none_or(|(last, _)| *last != name) {
                if !before.insert(Digest::of(name.as_str())) {
                    return Err(GraphsError::Twice { file: shown(path), graph: name.into_string() }.into());
                }
                if let Some((last, gathered)) = open.replace((name, Gathered::of_any())) {
                    each(gathered.named(last))?;
                }
            }
            if let Some((_, gathered)) = &mut open {
                gathered.add(&quad).map_err(GraphsError::Aside)?;
            }
        }
        if let Some((last, gathered)) = open {
            each(gathered.named(last))?;
        }
    }
    shared.into_iter().try_for_each(|(name, gathered)| each(gathered.named(name)))
}

/// The quads of a file, or of standard input.
fn quads(
    path: &Path,
    format: Option<GraphFormat>,
    meter: &Arc<Meter>,
) -> Result<impl Iterator<Item = Result<Quad, GraphsError>>, GraphsError> {
    let format = format.or_else(|| GraphFormat::of(path)).ok_or_else(|| GraphsError::Format(shown(path)))?;
    let opened = packing::open(path, Arc::clone(meter));
    let (_, bytes) = opened.map_err(|cause| GraphsError::Read { file: shown(path), cause })?;
    let file = shown(path);
    Ok(format.parser().for_reader(bytes).map(move |quad| quad.map_err(|error| refused(&file, error))))
}

/// The graph in which a quad stands, or is to stand.
fn graph_of(quad: &Quad, graph: Option<&NamedNode>, path: &Path) -> Result<NamedNode, GraphsError> {
    let subject = || quad.subject.to_string();
    let has_blank = matches!(quad.subject, NamedOrBlankNode::BlankNode(_))
        || matches!(quad.object, Term::BlankNode(_))
        || matches!(quad.graph_name, GraphName::BlankNode(_));
    if has_blank {
        return Err(GraphsError::Blank { file: shown(path), subject: subject() });
    }
    let name = name_of(quad.graph_name.clone()).or_else(|| graph.cloned());
    name.ok_or_else(|| GraphsError::NoGraph { file: shown(path), subject: subject() })
}

fn shown(path: &Path) -> String {
    if path == Path::new(packing::STANDARD) { "standard input".to_owned() } else { path.display().to_string() }
}

fn refused(file: &str, error: RdfParseError) -> GraphsError {
    let file = file.to_owned();
    match error {
        RdfParseError::Io(cause) => GraphsError::Read { file, cause },
        RdfParseError::Syntax(error) => {
            let (line, column) = error.location().map_or((1, 1), |at| (at.start.line + 1, at.start.column + 1));
            // "Parser error at line 1 column 2: what is wrong"
            let text = error.to_string();
            let what = text.split_once(": ").map_or(text.as_str(), |(_, what)| what).replace('\n', " ");
            GraphsError::Syntax { file, line, column, what }
        }
    }
}
