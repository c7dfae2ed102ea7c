//! `dixit ask`.

use super::{Global, Outcome};
use clap::Args;

/// Answer a question in words, French or English
#[derive(Args)]
pub struct Ask {}

impl Ask {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let _ = (global.store.as_path(), global.quiet, global.verbose);
        anyhow::bail!("not written yet")
    }
}
