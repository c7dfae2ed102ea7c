//! `dixit restore`.

use super::backup::told;
use super::{Global, Outcome};
use clap::Args;
use dixit::graph::restore;
use std::path::PathBuf;

/// Put a backup where the store is to be, whole or not at all
///
/// All files are compared with what `dixit backup` wrote, and the store is opened and counted, before it is there.
#[derive(Args)]
#[command(after_help = "Example:\n  dixit restore /media/disk/dixit-2024-03-28 --store .dixit")]
pub struct Restore {
    /// The folder that `dixit backup` made; --store must be empty or not there yet
    #[arg(value_name = "BACKUP")]
    from: PathBuf,
}

impl Restore {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let copied = restore(&self.from, &global.store)?;
        if !global.quiet {
            let told =
                copied.map_or("it has an older form: bring it to this one with `dixit migrate`".to_owned(), told);
            eprintln!("{}: {told}", global.store.display());
        }
        Ok(Outcome::Done)
    }
}
