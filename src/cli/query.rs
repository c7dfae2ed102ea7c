//! `dixit query`.

use super::evaluation::Evaluation;
use super::own::OwnQueries;
use super::reading;
use super::{Global, Outcome, answer, complete};
use anyhow::Context;
use clap::{Args, CommandFactory, Subcommand};
use clap_complete::ArgValueCompleter;
use dixit::query::names::Names;
use dixit::query::own::write_template;
use dixit::query::{self, KnownEntities, Language, Library, Prepared, SavedQuery};
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

/// Run a saved query, or SPARQL of your own
///
/// Queries see all graphs at once. The prefixes dixit, schema, prov, oa, skos, wd, owl, rdf, rdfs and xsd need no declaration.
#[derive(Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    disable_help_flag = true,
    after_help = "Examples:\n  dixit query who-said-what topic=NATO since=2022-02\n  dixit query -e \"SELECT * { ?s dixit:polarity dixit:Denied }\""
)]
pub struct Query {
    #[command(subcommand)]
    action: Option<Action>,
    /// Name of a saved query
    #[arg(
        required_unless_present_any = ["list", "sparql", "file", "help"],
        conflicts_with_all = ["list", "sparql", "file"],
        add = ArgValueCompleter::new(complete::queries)
    )]
    name: Option<String>,
    /// Values of its parameters
    #[arg(value_name = "KEY=VALUE", value_parser = key_value, add = ArgValueCompleter::new(complete::arguments))]
    arguments: Vec<(String, String)>,
    /// Show the saved queries, their parameters and the questions that they answer
    #[arg(long, conflicts_with_all = ["sparql", "file"])]
    list: bool,
    /// Say what the saved query answers and takes, or without a name what can be said here
    #[arg(short, long)]
    help: bool,
    /// Run this SPARQL query
    #[arg(short = 'e', value_name = "SPARQL", conflicts_with = "file")]
    sparql: Option<String>,
    /// Run the SPARQL query in this file
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    own: OwnQueries,
    #[command(flatten)]
    output: answer::Output,
    #[command(flatten)]
    evaluation: Evaluation,
}

/// What can be done with queries besides.
#[derive(Subcommand)]
enum Action {
    /// Write a query to begin with into the folder of your own queries
    ///
    /// The file says in its header how a query is told of, which parameters it takes and which questions it answers.
    New {
        /// Its name, by which it is run
        name: String,
        #[command(flatten)]
        own: OwnQueries,
        /// Print this help
        #[arg(short, long, action = clap::ArgAction::Help)]
        help: Option<bool>,
    },
}

impl Query {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        if let Some(Action::New { name, own, .. }) = self.action {
            let path = write_template(&own.folder_to_write()?, &name)?;
            println!("{}", path.display());
            return Ok(Outcome::Done);
        }
        let language = self.output.language();
        if self.list {
            return list(&self.own.library()?, language);
        }
        if self.help && self.name.is_none() {
            return help();
        }
        // What can be wrong with the call is found before the store is opened.
        let own = self.own_sparql(language)?;
        let library = self.own.library()?;
        let saved = self.name.as_deref().map(|name| query::find_in(library.queries(), name)).transpose()?;
        if let Some(saved) = saved.filter(|_| self.help) {
            describe(saved, language)?;
            return Ok(Outcome::Done);
        }
        let store = reading::open(&global.store)?;
        let (graph, table) = (store.query_store(), KnownEntities::new(store.base()));
        let prepared = match (own, saved) {
            (Some(prepared), _) => prepared,
            (None, Some(saved)) => {
                let names = Names::new(graph, &table, language);
                let prepared = query::prepare(saved, &self.arguments, &names, language);
                // Where the text of a query of the user's own is wrong, its file is to be named.
                match library.file(&saved.name) {
                    Some(file) => prepared.with_context(|| file.display().to_string())?,
                    None => prepared?,
                }
            }
            (None, None) => unreachable!("clap asks for a name, -e or --file"),
        };
        if global.verbose {
            eprintln!("{}", prepared.sparql());
        }
        self.evaluation.answer(&store, prepared, &self.output, global)
    }

    fn own_sparql(&self, language: Language) -> anyhow::Result<Option<Prepared>> {
        if let Some(text) = &self.sparql {
            return Ok(Some(Prepared::from_sparql(text, language).context("-e")?));
        }
        let Some(path) = &self.file else {
            return Ok(None);
        };
        let place = || path.display().to_string();
        let text = fs::read_to_string(path).with_context(place)?;
        Ok(Some(Prepared::from_sparql(&text, language).with_context(place)?))
    }
}

/// `topic=NATO` → topic, NATO.
fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.trim().to_owned())),
        _ => Err("write `key=value`, for example topic=NATO".to_owned()),
    }
}

/// What clap would print if `--help` were its own.
fn help() -> anyhow::Result<Outcome> {
    let mut program = super::Cli::command();
    program.build();
    if let Some(query) = program.find_subcommand_mut("query") {
        query.print_long_help()?;
    }
    Ok(Outcome::Done)
}

/// Prints all that a saved query says of itself.
fn describe(saved: &SavedQuery, language: Language) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}: {}\n", saved.name, saved.title.get(language))?;
    writeln!(out, "{}\n", saved.description.get(language))?;
    writeln!(out, "Parameters:")?;
    for parameter in &saved.parameters {
        writeln!(out, "  {parameter}")?;
    }
    writeln!(out, "\nExamples:\n  {}", saved.example())?;
    for question in saved.questions(language) {
        writeln!(out, "  dixit ask \"{question}\"")?;
    }
    Ok(())
}

/// Prints every saved query with its parameters and questions.
fn list(library: &Library, language: Language) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    for saved in library.queries() {
        writeln!(out, "{}: {}", saved.name, saved.title.get(language))?;
        writeln!(out, "    {}", saved.example())?;
        for parameter in &saved.parameters {
            writeln!(out, "      {parameter}")?;
        }
        for question in saved.questions(language) {
            writeln!(out, "    dixit ask \"{question}\"")?;
        }
        writeln!(out)?;
    }
    Ok(Outcome::Done)
}
