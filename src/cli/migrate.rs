//! `dixit migrate`.

use super::{Global, Outcome};
use clap::Args;
use dixit::entity::Entities;
use dixit::graph::migrate;

/// Bring the store to the form that this version of dixit reads and writes
///
/// Articles, statements and what people put right stay as they are; statements that this version would find otherwise are
/// found anew when `dixit add` reads the articles again.
#[derive(Args)]
pub struct Migrate {
    /// Make anew all that the store keeps for itself, even if its form needs it not; the old store stays beside it
    #[arg(long)]
    anew: bool,
}

impl Migrate {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let done = migrate(&global.store, self.anew, Entities::embedded())?;
        if !global.quiet {
            match (done.from == done.to, &done.before) {
                (true, None) => eprintln!("the store has the form {} already", done.to),
                _ => eprintln!("the store was of the form {} and is of the form {}", done.from, done.to),
            }
            done.changes.iter().for_each(|change| eprintln!("- {change}"));
            if let Some(before) = &done.before {
                eprintln!("as it was before, it is in {}, which may be removed", before.display());
            }
        }
        Ok(Outcome::Done)
    }
}
