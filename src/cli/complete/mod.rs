//! Completion in the shell: `dixit completion SHELL` prints a script, which has the program itself say what may follow.
//!
//! clap's engine knows commands and options; [`values`] knows the queries, their parameters and names.

mod bash;
mod line;
mod values;

use super::{Cli, Outcome};
use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::CompleteEnv;
use clap_complete::env::{EnvCompleter, Fish, Shells, Zsh};
use std::io::{self, Write};
pub use values::{arguments, queries};

/// The variable by which the scripts ask.
const VARIABLE: &str = "DIXIT_COMPLETE";
const NAME: &str = "dixit";

/// Print the script that completes commands, options, queries, parameters and names in your shell
///
/// Names are those of the entities in the program; where none begins so, those of the store.
#[derive(Args)]
#[command(
    after_help = "Where the script goes:\n  bash  dixit completion bash > ~/.local/share/bash-completion/completions/dixit\n  zsh   dixit completion zsh > DIR/_dixit, where DIR is in $fpath\n  fish  dixit completion fish > ~/.config/fish/completions/dixit.fish"
)]
pub struct Completion {
    shell: Shell,
}

/// The shells that are known.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

impl Shell {
    fn completer(self) -> &'static dyn EnvCompleter {
        match self {
            Self::Bash => &bash::Bash,
            Self::Zsh => &Zsh,
            Self::Fish => &Fish,
        }
    }
}

impl Completion {
    pub fn run(self) -> anyhow::Result<Outcome> {
        let mut script = Vec::new();
        self.shell.completer().write_registration(VARIABLE, NAME, NAME, NAME, &mut script)?;
        io::stdout().write_all(&script)?;
        Ok(Outcome::Done)
    }
}

/// Answers the shell, and ends the program, where it is the shell that calls.
pub fn complete() {
    let shells = Shell::value_variants().iter().map(|shell| shell.completer()).collect::<Vec<_>>();
    CompleteEnv::with_factory(Cli::command).var(VARIABLE).bin(NAME).completer(NAME).shells(Shells(&shells)).complete();
}
