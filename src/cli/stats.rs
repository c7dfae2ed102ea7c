//! `dixit stats`.

use super::{Global, Outcome};
use clap::Args;

/// Print what the store holds, in numbers
#[derive(Args)]
pub struct Stats {}

impl Stats {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let _ = (global.store.as_path(), global.quiet, global.verbose);
        anyhow::bail!("not written yet")
    }
}
