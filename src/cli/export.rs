//! `dixit export`.

use super::{Global, Outcome};
use anyhow::Context;
use clap::{Args, ValueEnum};
use dixit::graph::{ExportError, ExportFormat, Store, Texts, export};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// Print the graph
#[derive(Args)]
pub struct Export {
    /// How to write it; nquads and trig keep the graph of each article apart
    #[arg(long, value_enum, default_value_t = Format::Turtle)]
    format: Format,
    /// Print the texts of the articles, too. They belong to their publishers
    #[arg(long)]
    with_text: bool,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Turtle,
    Ntriples,
    Nquads,
    Trig,
}

impl Export {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let store = Store::open(&global.store)?;
        match &self.output {
            Some(path) => File::create(path)
                .map_err(ExportError::Io)
                .and_then(|file| self.write(&store, file))
                .with_context(|| format!("cannot write {}", path.display()))?,
            None => self.write(&store, io::stdout().lock()).context("cannot write the graph")?,
        }
        Ok(Outcome::Done)
    }

    fn write(&self, store: &Store, output: impl Write) -> Result<(), ExportError> {
        let format = match self.format {
            Format::Turtle => ExportFormat::Turtle,
            Format::Ntriples => ExportFormat::NTriples,
            Format::Nquads => ExportFormat::NQuads,
            Format::Trig => ExportFormat::TriG,
        };
        let texts = if self.with_text { Texts::Included } else { Texts::LeftOut };
        export(store, format, texts, BufWriter::new(output))
    }
}
