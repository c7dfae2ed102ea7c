//! `dixit query`.

use super::{Global, Outcome};
use clap::Args;

/// Run a saved query, or SPARQL of your own
#[derive(Args)]
pub struct Query {}

impl Query {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let _ = (global.store.as_path(), global.quiet, global.verbose);
        anyhow::bail!("not written yet")
    }
}
