//! `dixit add`.

use super::{Global, Outcome};
use clap::Args;

/// Read articles, extract their statements and store them
#[derive(Args)]
pub struct Add {}

impl Add {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let _ = (global.store.as_path(), global.quiet, global.verbose);
        anyhow::bail!("not written yet")
    }
}
