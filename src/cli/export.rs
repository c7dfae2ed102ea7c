//! `dixit export`.

use super::choice::Choice;
use super::reading;
use super::{Global, Outcome, WrongUsage};
use anyhow::Context;
use clap::{Args, ValueEnum};
use dixit::graph::{Choice as Chosen, ExportError, ExportFormat, Extent, ListFormat, Profile, Store, Texts};
use dixit::graph::{export, list_statements, write_network};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// Print the graph, or some of its statements
#[derive(Args)]
#[command(
    after_help = "Examples:\n  dixit export --format nquads -o all.nq\n  dixit export --about NATO --since 2022 --format csv"
)]
pub struct Export {
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Turtle)]
    format: Format,
    /// Print the texts of the articles, too. They belong to their publishers
    #[arg(long)]
    with_text: bool,
    /// In which terms; schema.org is for web pages, in turtle, ntriples, jsonld or rdfxml
    #[arg(long, value_enum, default_value_t = Terms::All)]
    profile: Terms,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    choice: Choice,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// The union of all graphs, for people
    Turtle,
    /// The union, a triple a line
    Ntriples,
    /// Each article in its graph, a quad a line; `dixit import` reads it
    Nquads,
    /// Each article in its graph, for people; `dixit import` reads it
    Trig,
    /// The union, with the words of ontology/context.jsonld
    Jsonld,
    /// The union, for tools that read no other form
    Rdfxml,
    /// A table of the statements
    Csv,
    /// One statement a line, with the keys of `dixit extract`
    Jsonl,
    /// Who speaks about what, and through whom, for Gephi, Cytoscape or networkx
    Graphml,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Terms {
    /// All that the store holds
    All,
    /// Quotations and claims with their articles, in terms of schema.org alone
    #[value(name = "schema.org")]
    SchemaOrg,
}

/// What is written: a graph, a list of statements, or the network that they make.
enum Form {
    Graph(ExportFormat),
    List(ListFormat),
    Network,
}

impl Format {
    fn form(self) -> Form {
        match self {
            Self::Turtle => Form::Graph(ExportFormat::Turtle),
            Self::Ntriples => Form::Graph(ExportFormat::NTriples),
            Self::Nquads => Form::Graph(ExportFormat::NQuads),
            Self::Trig => Form::Graph(ExportFormat::TriG),
            Self::Jsonld => Form::Graph(ExportFormat::JsonLd),
            Self::Rdfxml => Form::Graph(ExportFormat::RdfXml),
            Self::Csv => Form::List(ListFormat::Csv),
            Self::Jsonl => Form::List(ListFormat::JsonLines),
            Self::Graphml => Form::Network,
        }
    }
}

impl Export {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        if self.with_text && !matches!(self.format.form(), Form::Graph(_)) {
            return Err(WrongUsage("only a graph holds texts: leave --with-text out").into());
        }
        let has_profile = matches!(self.format, Format::Turtle | Format::Ntriples | Format::Jsonld | Format::Rdfxml);
        if self.profile == Terms::SchemaOrg && !has_profile {
            return Err(WrongUsage("--profile schema.org goes with --format turtle, ntriples, jsonld or rdfxml").into());
        }
        let store = reading::open(&global.store)?;
        let choice = self.choice.resolve(&store)?;
        if !choice.is_all() && !global.quiet && choice.count(&store)? == 0 {
            eprintln!("no statement fits");
        }
        match &self.output {
            Some(path) => File::create(path)
                .map_err(ExportError::Io)
                .and_then(|file| self.write(&store, choice, file))
                .with_context(|| format!("cannot write {}", path.display()))?,
            None => self.write(&store, choice, io::stdout().lock()).context("cannot write the graph")?,
        }
        Ok(Outcome::Done)
    }

    fn write(&self, store: &Store, choice: Chosen, output: impl Write) -> Result<(), ExportError> {
        let output = BufWriter::new(output);
        match self.format.form() {
            Form::Network => write_network(store, &choice, output),
            Form::List(format) => list_statements(store, &choice, format, output),
            Form::Graph(format) => {
                let texts = if self.with_text { Texts::Included } else { Texts::LeftOut };
                let choice = Some(choice).filter(|choice| !choice.is_all());
                let profile = match self.profile {
                    Terms::All => Profile::All,
                    Terms::SchemaOrg => Profile::SchemaOrg,
                };
                export(store, format, Extent { texts, profile, choice }, output)
            }
        }
    }
}
