//! `dixit link rename`.

use crate::cli::curation::{Signed, resolve, tell};
use crate::cli::{Global, Outcome};
use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use dixit::entity::Entities;
use dixit::graph::Store;
use dixit::graph::curation::Signature;

/// Give an actor, or anything else that statements name, another name: answers and exports show it
///
/// The names that it has still lead to it. The ID of the renaming is printed: `dixit undo ID` takes it back.
#[derive(Args)]
#[command(after_help = "Examples:\n  dixit link rename \"Paul Roy\" \"Paul Roy (maire)\"")]
pub struct Rename {
    /// The thing: a name, a Wikidata item or an IRI
    actor: String,
    /// What it is called from now on
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    name: String,
    /// Why, in a few words
    #[arg(long, value_name = "WORDS", value_parser = NonEmptyStringValueParser::new())]
    note: Option<String>,
    #[command(flatten)]
    signed: Signed,
}

impl Rename {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let by = self.signed.name()?;
        let store = Store::open_to_change(&global.store)?;
        let thing = resolve(&store, &self.actor)?.iri;
        let signature = Signature { by: &by, note: self.note.as_deref() };
        let deed = store.rename(&thing, &self.name, signature, Entities::embedded())?;
        tell(&store, &deed, global)?;
        println!("{}", deed.id);
        store.flush()?;
        Ok(Outcome::Done)
    }
}
