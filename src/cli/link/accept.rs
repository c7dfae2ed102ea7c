//! `dixit link accept`.

use super::item_id;
use crate::cli::curation::{Signed, resolve_unlinked, tell};
use crate::cli::{Global, Outcome};
use anyhow::{Context, anyhow};
use clap::builder::NonEmptyStringValueParser;
use clap::{ArgGroup, Args};
use dixit::entity::Entities;
use dixit::entity::base::Base;
use dixit::graph::curation::{Accepted, Item, Signature};
use dixit::graph::vocabulary::WIKIDATA;
use dixit::graph::{NamedNode, Store};
use std::fs;
use std::path::PathBuf;

/// Say that an actor is this item of Wikidata, in articles to come, too
///
/// What neither the store nor the program knows of the item is taken from the knowledge base of --kb, or from the service
/// that proposed it, or else from the actor. The ID of the merge is printed: `dixit undo ID` takes it back.
#[derive(Args)]
#[command(
    group(ArgGroup::new("what").required(true).args(["actor", "file"])),
    after_help = "Examples:\n  dixit link accept \"Paul Roy\" Q123 --note \"le maire, non le joueur\"\n  dixit link accept --file decided.tsv"
)]
pub struct Accept {
    /// The actor: a name or an IRI
    #[arg(requires = "item")]
    actor: Option<String>,
    /// The item: Q and its number
    item: Option<String>,
    /// Take actors and items from the first two columns of this table (.tsv): all of them, or none
    #[arg(long, value_name = "FILE", conflicts_with = "actor")]
    file: Option<PathBuf>,
    /// Accept an item of another sort, a place for a person
    #[arg(long)]
    force: bool,
    /// Why, in a few words
    #[arg(long, value_name = "WORDS", value_parser = NonEmptyStringValueParser::new())]
    note: Option<String>,
    #[command(flatten)]
    signed: Signed,
}

impl Accept {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let by = self.signed.name()?;
        let store = Store::open_to_change(&global.store)?;
        let base = global.kb.as_deref().map(Base::open).transpose()?;
        let accepted = |actor: &str, item: &str| -> anyhow::Result<Accepted> {
            let actor = resolve_unlinked(&store, actor)?;
            let item = describe(&item_id(item), &actor, &store, base.as_ref())?;
            Ok(Accepted { actor, item })
        };
        let accepted = match (&self.file, &self.actor, &self.item) {
            (Some(file), ..) => {
                let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
                let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
                let pair = |(number, line): (usize, &str)| {
                    let place = || format!("{}: line {number}", file.display());
                    let mut cells = line.split('\t').map(str::trim);
                    let (Some(actor), Some(item)) = (cells.next(), cells.next()) else {
                        return Err(anyhow!("{}: write an actor, a tab and an item", place()));
                    };
                    accepted(actor, item).with_context(place)
                };
                lines.map(pair).collect::<Result<Vec<_>, _>>()?
            }
            (None, Some(actor), Some(item)) => vec![accepted(actor, item)?],
            _ => Vec::new(),
        };
        let signature = Signature { by: &by, note: self.note.as_deref() };
        for deed in store.accept(&accepted, self.force, signature, Entities::embedded())? {
            tell(&store, &deed, global)?;
            println!("{}", deed.id);
        }
        store.flush()?;
        Ok(Outcome::Done)
    }
}

/// What a knowledge base knows of an item, or else the service that proposed it.
fn describe(id: &str, actor: &NamedNode, store: &Store, base: Option<&Base>) -> anyhow::Result<Item> {
    let mut item = Item { id: id.to_owned(), ..Item::default() };
    if let Some(base) = base
        && let Some(entity) = base.by_key(id)?
    {
        let record = base.record(entity)?;
        let languages = base.manifest().plan.languages.iter();
        let names = record.labels.iter().zip(languages);
        item.names = names.filter_map(|(name, language)| Some((name.clone()?, Some(language.clone())))).collect();
        item.kind = record.kind.entity();
    } else {
        let iri = format!("{WIKIDATA}{id}");
        let proposals = store.proposals(actor)?.into_iter().filter(|proposal| proposal.item.as_str() == iri);
        item.names = proposals.take(1).map(|proposal| (proposal.name, None)).collect();
    }
    Ok(item)
}
