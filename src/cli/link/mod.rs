//! `dixit link`: whom the names of actors mean.

mod accept;
mod candidates;
mod list;
mod reconcile;
mod reject;
mod rename;

use super::{Global, Outcome, WrongUsage, merge};
use clap::{Args, Subcommand};
use std::num::NonZeroUsize;

/// See which actors are linked with items of Wikidata and which are not, and put it right
///
/// Without a subcommand the actors are listed that are linked with no item, and those of whom the program was not sure, with
/// their evidence and with the items that they may be. What you decide is kept with your name and the time, holds for articles
/// to come, and can be undone.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  dixit link\n  dixit link --linked --kind person --limit 100 --format csv\n  dixit link accept \"Paul Roy\" Q123\n  dixit link --reconcile https://wikidata.reconci.link/fr/api"
)]
pub struct Link {
    #[command(subcommand)]
    act: Option<Act>,
    /// Most actors to list [default: 30 in a table, all in other formats] or, with --reconcile, to ask for [default: 100]
    #[arg(long, value_name = "N")]
    limit: Option<NonZeroUsize>,
    #[command(flatten)]
    list: list::List,
    #[command(flatten)]
    reconcile: reconcile::Reconcile,
}

#[derive(Subcommand)]
enum Act {
    Accept(accept::Accept),
    Reject(reject::Reject),
    Merge(merge::Merge),
    Rename(rename::Rename),
}

impl Link {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        if self.act.is_some() && (self.limit.is_some() || self.list.is_chosen() || self.reconcile.is_asked()) {
            return Err(
                WrongUsage("options of the list and of --reconcile go with no subcommand: leave them out").into()
            );
        }
        match (self.act, self.reconcile.is_asked()) {
            (Some(Act::Accept(accept)), _) => accept.run(global),
            (Some(Act::Reject(reject)), _) => reject.run(global),
            (Some(Act::Merge(merge)), _) => merge.run(global),
            (Some(Act::Rename(rename)), _) => rename.run(global),
            (None, true) => self.reconcile.run(self.limit, global),
            (None, false) => self.list.run(self.limit, global),
        }
    }
}

/// An item as it is called, where somebody wrote `q7184`.
fn item_id(text: &str) -> String {
    let text = text.trim();
    text.strip_prefix('q').map_or_else(|| text.to_owned(), |number| format!("Q{number}"))
}
