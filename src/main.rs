//! The `dixit` program: parse, call the library, print, and tell by the exit status how it went.

mod cli;

use clap::Parser;
use mimalloc::MiMalloc;
use std::process::ExitCode;

/// An article becomes many small things that live for a moment, on all cores at once.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::complete();
    cli::run(cli::Cli::parse())
}
