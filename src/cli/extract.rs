//! `dixit extract`.

use super::{Global, Outcome};
use clap::Args;

/// Print the statements of articles without storing them
#[derive(Args)]
pub struct Extract {}

impl Extract {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let _ = (global.store.as_path(), global.quiet, global.verbose);
        anyhow::bail!("not written yet")
    }
}
