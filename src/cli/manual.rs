//! `dixit manual FOLDER`: the manual, a page a command.

use super::{Cli, Outcome};
use anyhow::{Context, Result};
use clap::{Args, CommandFactory};
use std::fs;
use std::path::PathBuf;

/// Write the manual into a folder: a page for `man` a command
#[derive(Args)]
#[command(after_help = "Where the pages go:\n  dixit manual ~/.local/share/man/man1\n  man dixit-add")]
pub struct Manual {
    /// The folder; it is made if it is not there
    folder: PathBuf,
}

impl Manual {
    pub fn run(&self) -> Result<Outcome> {
        let told =
            || format!("{}: the manual cannot be written: choose a folder that you may write", self.folder.display());
        fs::create_dir_all(&self.folder).with_context(told)?;
        clap_mangen::generate_to(Cli::command(), &self.folder).with_context(told)?;
        Ok(Outcome::Done)
    }
}
