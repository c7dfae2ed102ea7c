//! `dixit link`.

mod reconcile;

use super::{Global, Outcome};
use clap::Args;
use reconcile::Reconcile;

/// Find items of Wikidata for actors that are linked with none
#[derive(Args)]
pub struct Link {
    #[command(flatten)]
    reconcile: Reconcile,
}

impl Link {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        self.reconcile.run(global)
    }
}
