//! The command line: one file a command. Results go to standard output, all else to standard error.

mod add;
mod answer;
mod ask;
mod export;
mod extract;
mod query;
mod stats;
mod table;

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

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
    /// Say nothing but errors on standard error
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more on standard error
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}

#[derive(Subcommand)]
pub enum Command {
    Add(add::Add),
    Ask(ask::Ask),
    Query(query::Query),
    Extract(extract::Extract),
    Export(export::Export),
    Stats(stats::Stats),
}

/// How a command ended when no error stopped it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All was done.
    Done,
    /// Some inputs failed, each with its own message; the rest was done.
    Partial,
}

/// Runs the command. Exit status: 0 done, 1 failed (in part or whole), 2 wrong usage (clap's own).
pub fn run(cli: Cli) -> ExitCode {
    let outcome = match cli.command {
        Command::Add(args) => args.run(&cli.global),
        Command::Ask(args) => args.run(&cli.global),
        Command::Query(args) => args.run(&cli.global),
        Command::Extract(args) => args.run(&cli.global),
        Command::Export(args) => args.run(&cli.global),
        Command::Stats(args) => args.run(&cli.global),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partial) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("dixit: {error:#}");
            ExitCode::FAILURE
        }
    }
}
