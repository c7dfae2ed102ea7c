//! `dixit articles`.

use super::{Global, Outcome, answer};
use clap::Args;
use std::num::NonZeroUsize;

/// List the articles of the store, the newest first
#[derive(Args)]
pub struct Articles {
    /// Only those that this outlet published: a name, a Wikidata item or an IRI
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Only those published on this day or later: a day, a month or a year
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only those published on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Most articles to list
    #[arg(long, value_name = "N", default_value = "100")]
    limit: NonZeroUsize,
    #[command(flatten)]
    output: answer::Output,
}

impl Articles {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let limit = self.limit.to_string();
        let arguments =
            [("publisher", self.outlet), ("since", self.since), ("until", self.until), ("limit", Some(limit))];
        answer::saved("articles", arguments, &self.output, global)
    }
}
