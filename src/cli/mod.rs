//! The command line: one file a command. Results go to standard output, all else to standard error.

mod add;
mod answer;
mod articles;
mod ask;
mod backup;
mod batch;
mod chart;
mod check;
mod choice;
mod complete;
mod confidence;
mod corrections;
mod curation;
mod edit;
mod entities;
mod eval;
mod evaluation;
mod export;
mod extract;
mod federate;
mod full;
mod import;
mod link;
mod manual;
mod merge;
mod migrate;
mod open;
mod own;
mod pager;
mod progress;
mod push;
mod query;
mod read;
mod reading;
mod remove;
mod report;
mod restore;
mod serve;
mod service;
mod show;
mod stats;
mod stop;
mod table;
mod undo;
mod utterances;
mod whole;
mod wikidata;

use clap::{Args, Parser, Subcommand, ValueEnum};
use dixit::graph::ExportError;
use dixit::query::Error as QueryError;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

pub use complete::complete;

/// Exit status of a call that was wrong, as clap has it.
const WRONG_USAGE: u8 = 2;

/// Who said what, about what, when, and who reported it: from news articles to a graph you can question.
#[derive(Parser)]
#[command(version, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Options that every command takes.
#[derive(Args)]
pub struct Global {
    /// Folder of the store; created on first use
    #[arg(long, global = true, env = "DIXIT_STORE", default_value = ".dixit", value_name = "DIR")]
    pub store: PathBuf,
    /// Folder of a knowledge base, made by `dixit wikidata build`, to be asked for names and offices beside the entities in the
    /// program
    #[arg(long, global = true, env = "DIXIT_KB", value_name = "DIR")]
    pub kb: Option<PathBuf>,
    /// Whether to print in colours: `auto` does on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
    /// Say nothing but errors on standard error
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more on standard error
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// When to print in colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    /// Whether standard output is to be coloured.
    pub fn on_stdout(self) -> bool {
        let wished = || std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        match self {
            Self::Auto => io::stdout().is_terminal() && wished(),
            Self::Always => true,
            Self::Never => false,
        }
    }
}

#[derive(Subcommand)]
pub enum Command {
    Add(add::Add),
    Ask(ask::Ask),
    Query(query::Query),
    Utterances(utterances::Utterances),
    Articles(articles::Articles),
    Show(show::Show),
    Remove(remove::Remove),
    Read(read::Read),
    Extract(extract::Extract),
    Eval(eval::Eval),
    Export(export::Export),
    Push(push::Push),
    Check(check::Check),
    Import(import::Import),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Migrate(migrate::Migrate),
    Serve(serve::Serve),
    Stats(stats::Stats),
    Edit(edit::Edit),
    Merge(merge::Merge),
    Link(link::Link),
    Undo(undo::Undo),
    Corrections(corrections::Corrections),
    Wikidata(wikidata::Wikidata),
    Completion(complete::Completion),
    Manual(manual::Manual),
}

/// How a command ended when no error stopped it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All was done.
    Done,
    /// Some inputs failed, each with its own message; the rest was done.
    Partial,
    /// The user stopped it; what was done stays done.
    Stopped,
}

/// Runs the command. Exit status: 0 done, 1 failed (in part or whole), 2 wrong usage.
pub fn run(cli: Cli) -> ExitCode {
    let outcome = match cli.command {
        Command::Add(args) => args.run(&cli.global),
        Command::Ask(args) => args.run(&cli.global),
        Command::Query(args) => args.run(&cli.global),
        Command::Utterances(args) => args.run(&cli.global),
        Command::Articles(args) => args.run(&cli.global),
        Command::Show(args) => args.run(&cli.global),
        Command::Remove(args) => args.run(&cli.global),
        Command::Read(args) => args.run(&cli.global),
        Command::Extract(args) => args.run(&cli.global),
        Command::Eval(args) => args.run(&cli.global),
        Command::Export(args) => args.run(&cli.global),
        Command::Push(args) => args.run(&cli.global),
        Command::Check(args) => args.run(&cli.global),
        Command::Import(args) => args.run(&cli.global),
        Command::Backup(args) => args.run(&cli.global),
        Command::Restore(args) => args.run(&cli.global),
        Command::Migrate(args) => args.run(&cli.global),
        Command::Serve(args) => args.run(&cli.global),
        Command::Stats(args) => args.run(&cli.global),
        Command::Edit(args) => args.run(&cli.global),
        Command::Merge(args) => args.run(&cli.global),
        Command::Link(args) => args.run(&cli.global),
        Command::Undo(args) => args.run(&cli.global),
        Command::Corrections(args) => args.run(&cli.global),
        Command::Wikidata(args) => args.run(&cli.global),
        Command::Completion(args) => args.run(),
        Command::Manual(args) => args.run(),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partial) => ExitCode::FAILURE,
        Ok(Outcome::Stopped) => ExitCode::from(stop::STATUS),
        // Whoever read our output has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let told = full::told(&error, &cli.global.store).unwrap_or_else(|| format!("{error:#}"));
            eprintln!("dixit: {told}");
            if is_usage(&error) { ExitCode::from(WRONG_USAGE) } else { ExitCode::FAILURE }
        }
    }
}

/// Whether the command was called wrongly: what clap cannot know, the saved queries and their parameters, and options that
/// do not go together.
fn is_usage(error: &anyhow::Error) -> bool {
    error.downcast_ref().is_some_and(QueryError::is_usage) || error.is::<WrongUsage>()
}

/// Options that do not go together, and the mend.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct WrongUsage(&'static str);

/// Whether the reader of standard output went away.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io_error = match (error.downcast_ref(), error.downcast_ref()) {
        (Some(QueryError::Write(error)), _) | (_, Some(ExportError::Io(error))) => Some(error),
        _ => error.downcast_ref(),
    };
    io_error.is_some_and(|error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe)
}
