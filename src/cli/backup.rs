//! `dixit backup`.

use super::{Global, Outcome};
use clap::Args;
use dixit::graph::{Copied, backup};
use std::path::PathBuf;

/// Copy the store into a folder, whole or not at all
///
/// The copy is a store itself: questions can be asked of it with --store. It has a list of its files with their SHA-256, so that
/// `dixit restore` sees if they are still as they were written. Others may read the store meanwhile, but not write into it.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  dixit backup /media/disk/dixit-2024-03-28\n  sha256sum -c backup   (in that folder)"
)]
pub struct Backup {
    /// The folder, which must be empty or not there yet
    #[arg(value_name = "DIR")]
    to: PathBuf,
}

impl Backup {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let copied = backup(&global.store, &self.to)?;
        if !global.quiet {
            eprintln!("{}: {}", self.to.display(), told(copied));
        }
        Ok(Outcome::Done)
    }
}

/// What a copy holds.
pub fn told(Copied { articles, statements, bytes }: Copied) -> String {
    let megabytes = bytes as f64 / 1e6;
    let s = |number: usize| if number == 1 { "" } else { "s" };
    format!("{articles} article{}, {statements} statement{}, {megabytes:.1} MB", s(articles), s(statements))
}
