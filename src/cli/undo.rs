//! `dixit undo`.

use super::curation::{Signed, tell};
use super::{Global, Outcome};
use clap::Args;
use dixit::entity::Entities;
use dixit::graph::Store;

/// Take corrections and merges back: the graph is as if they had not been made
///
/// `dixit corrections` keeps them, as undone.
#[derive(Args)]
pub struct Undo {
    /// Their IDs, or as many of the first digits as it takes to tell them apart
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    signed: Signed,
}

impl Undo {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let by = self.signed.name()?;
        let store = Store::open_to_change(&global.store)?;
        for deed in store.undo(&self.ids, &by, Entities::embedded())? {
            if !global.quiet {
                eprint!("undone: ");
            }
            tell(&store, &deed, global)?;
        }
        store.flush()?;
        Ok(Outcome::Done)
    }
}
