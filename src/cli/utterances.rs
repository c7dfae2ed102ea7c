//! `dixit utterances`.

use super::{Global, Outcome, answer};
use clap::Args;
use std::num::NonZeroUsize;

/// List the utterances: statements that report the same speech event, the newest first
///
/// One row a report: the earliest first, then the others with what they have in common with the one to which they are
/// joined, and which share of the words. `dixit query utterances` gives the same.
#[derive(Args)]
#[command(after_help = "Examples:\n  dixit utterances --about NATO\n  dixit utterances --since 2022-03 --format csv")]
pub struct Utterances {
    /// Only those with a report about this: a name, a Wikidata item or an IRI
    #[arg(long, value_name = "NAME")]
    about: Option<String>,
    /// Only those with a report that names this actor, or one that belongs to it
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// Only those whose earliest report appeared on this day or later: a day, a month or a year
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only those whose earliest report appeared on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Most reports to list
    #[arg(long, value_name = "N", default_value = "100")]
    limit: NonZeroUsize,
    #[command(flatten)]
    output: answer::Output,
}

impl Utterances {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let limit = self.limit.to_string();
        let arguments = [
            ("topic", self.about),
            ("who", self.actor),
            ("since", self.since),
            ("until", self.until),
            ("limit", Some(limit)),
        ];
        answer::saved("utterances", arguments, &self.output, global)
    }
}
