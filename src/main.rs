//! The `dixit` program: parse, call the library, print, and tell by the exit status how it went.

mod cli;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::complete();
    cli::run(cli::Cli::parse())
}
