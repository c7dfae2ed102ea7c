//! `dixit extract`.

use super::confidence::MinConfidence;
use super::{Global, Outcome, batch};
use clap::{Args, ValueEnum};
use dixit::article::Article;
use dixit::entity::Entities;
use dixit::extract::{Statement, explain, extract, records};
use dixit::graph::{Base, ExportFormat, describe_statements, write_quads, write_turtle};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// Print the statements of articles without storing them
#[derive(Args)]
pub struct Extract {
    /// Files and folders to read
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
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
}

impl Extract {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let entities = Entities::embedded();
        let mut out = BufWriter::new(io::stdout().lock());
        let mut outcome = Outcome::Done;
        let color = global.color.on_stdout();
        let mut graph = Vec::new();
        let describe = |article: &Article, statements: &[Statement]| {
            describe_statements(article, statements, entities, &self.base)
        };
        let work = |article: Article| {
            let mut statements = extract(&article, entities);
            self.least.sift(&mut statements);
            (article, statements)
        };
        batch::in_order(&self.paths, work, |extracted| {
            match (extracted, self.format) {
                (Ok((article, _)), _) if self.explain => {
                    out.write_all(explain(&article, entities, color).as_bytes())?
                }
                (Ok((article, statements)), Format::Jsonl) => {
                    for record in records(&article, &statements, entities) {
                        serde_json::to_writer(&mut out, &record).map_err(io::Error::from)?;
                        out.write_all(b"\n")?;
                    }
                }
                (Ok((article, statements)), Format::Turtle) => graph.extend(describe(&article, &statements)),
                (Ok((article, statements)), Format::Nquads) => {
                    write_quads(&describe(&article, &statements), &self.base, ExportFormat::NQuads, &mut out)?;
                }
                (Err(error), _) => {
                    eprintln!("dixit: {error}");
                    outcome = Outcome::Partial;
                }
            }
            Ok(())
        })?;
        if self.format == Format::Turtle {
            write_turtle(&graph, &self.base, &mut out)?;
        }
        out.flush()?;
        Ok(outcome)
    }
}
