//! `dixit merge`.

use super::curation::{Signed, resolve, tell};
use super::{Global, Outcome};
use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use dixit::entity::Entities;
use dixit::graph::Store;
use dixit::graph::curation::Signature;

/// Say that two things are one: the first takes the place of the others, in articles to come, too
///
/// The names of the others lead to the one that is kept. The IDs of the merges are printed: `dixit undo ID` takes one
/// back.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  dixit merge \"Volodymyr Zelensky\" Zelenskiy\n  dixit merge Q7184 entity/l-alliance --note \"the same body\""
)]
pub struct Merge {
    /// The thing that is kept: a name, a Wikidata item or an IRI
    keep: String,
    /// The things in whose place it stands
    #[arg(required = true)]
    other: Vec<String>,
    /// Merge things of different sorts, a person and a place
    #[arg(long)]
    force: bool,
    /// Why, in a few words
    #[arg(long, value_name = "WORDS", value_parser = NonEmptyStringValueParser::new())]
    note: Option<String>,
    #[command(flatten)]
    signed: Signed,
}

impl Merge {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let by = self.signed.name()?;
        let store = Store::open_to_change(&global.store)?;
        let thing = |name: &String| resolve(&store, name).map(|found| found.iri);
        let kept = thing(&self.keep)?;
        let others = self.other.iter().map(thing).collect::<Result<Vec<_>, _>>()?;
        let signature = Signature { by: &by, note: self.note.as_deref() };
        for deed in store.merge(&kept, &others, self.force, signature, Entities::embedded())? {
            tell(&store, &deed, global)?;
            println!("{}", deed.id);
        }
        store.flush()?;
        Ok(Outcome::Done)
    }
}
