//! `dixit export`.

use super::{Global, Outcome};
use clap::Args;

/// Print the graph
#[derive(Args)]
pub struct Export {}

impl Export {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let _ = (global.store.as_path(), global.quiet, global.verbose);
        anyhow::bail!("not written yet")
    }
}
