//! `dixit extract`.

use super::batch::Input;
use super::confidence::MinConfidence;
use super::entities::check_base;
use super::{Global, Outcome, whole};
use clap::{Args, ValueEnum};
use dixit::article::Article;
use dixit::entity::Entities;
use dixit::extract::{Statement, explain, extract, records};
use dixit::graph::{Base, ExportFormat, Quad, describe_statements, write_quads, write_turtle};
use std::io::{self, BufWriter, Write};

/// Print the statements of articles without storing them
#[derive(Args)]
pub struct Extract {
    #[command(flatten)]
    input: Input,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Print how each article was understood instead: the layers of each statement under its words, and the cues and
    /// quotations that gave none, with the reason
    #[arg(long, conflicts_with_all = ["format", "min_confidence"])]
    explain: bool,
    #[command(flatten)]
    least: MinConfidence,
    /// IRI under which the data of a graph stands
    #[arg(long, value_name = "IRI", default_value_t)]
    base: Base,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One statement a line, as JSON
    Jsonl,
    /// One graph of all articles, printed at the end
    Turtle,
    /// Each article in a graph of its own, one after the other; entities may be described more than once
    Nquads,
    /// One article a line, as JSON: its statements with their IRIs, its quads, or why it could not be read. For programs that
    /// spread articles over machines
    Articles,
}

impl Extract {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let entities = global.entities()?;
        let mut out = BufWriter::new(io::stdout().lock());
        let mut graph = Vec::new();
        let color = global.color.on_stdout();
        let work = |article| self.print(article, entities, color);
        let unused = self.input.in_order(global, None, work, |printed, progress| {
            let printed = match printed {
                Ok(printed) => printed?,
                Err(error) if self.format == Format::Articles && !self.explain && error.is_failure() => {
                    return Ok(out.write_all(&whole::refused(error)?)?);
                }
                Err(_) => return Ok(()),
            };
            progress.step(printed.statements);
            graph.extend(printed.quads);
            if let Some((article, statements)) = printed.late {
                write_lines(&article, &statements, entities, &mut out)?;
            }
            Ok(out.write_all(&printed.bytes)?)
        })?;
        if self.format == Format::Turtle && !self.explain {
            write_turtle(&graph, &self.base, &mut out)?;
        }
        out.flush()?;
        check_base(entities)?;
        Ok(unused.outcome())
    }

    /// What is printed of an article.
    fn print(&self, article: Article, entities: &Entities, color: bool) -> anyhow::Result<Printed> {
        let mut printed = Printed::default();
        if self.explain {
            printed.bytes = explain(&article, entities, color).into_bytes();
            return Ok(printed);
        }
        let mut statements = extract(&article, entities);
        self.least.sift(&mut statements);
        printed.statements = statements.len();
        let describe = || describe_statements(&article, &statements, entities, &self.base);
        match self.format {
            Format::Jsonl if article.text.len() > LARGE => printed.late = Some((article, statements)),
            Format::Jsonl => {
                printed.bytes.reserve(statements.len() * LINE);
                write_lines(&article, &statements, entities, &mut printed.bytes)?;
            }
            Format::Nquads => write_quads(&describe(), &self.base, ExportFormat::NQuads, &mut printed.bytes)?,
            Format::Turtle => printed.quads = describe(),
            Format::Articles => printed.bytes = whole::line(&article, &statements, describe(), entities, &self.base)?,
        }
        Ok(printed)
    }
}

/// Writes a line for each statement.
fn write_lines(
    article: &Article,
    statements: &[Statement],
    entities: &Entities,
    out: &mut impl Write,
) -> io::Result<()> {
    for record in records(article, statements, entities) {
        serde_json::to_writer(&mut *out, &record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Bytes of the line of a statement, as most have no more.
const LINE: usize = 768;

/// Articles with more bytes are written line by line when their turn has come: the lines of all their statements take
/// many times the memory of their text.
const LARGE: usize = 1 << 20;

/// An article as it is printed.
#[derive(Default)]
struct Printed {
    statements: usize,
    bytes: Vec<u8>,
    /// A large article, whose lines are still to be written.
    late: Option<(Article, Vec<Statement>)>,
    /// What is printed with all others at the end.
    quads: Vec<Quad>,
}
