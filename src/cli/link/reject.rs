//! `dixit link reject`.

use super::item_id;
use crate::cli::curation::{Signed, resolve_unlinked, tell};
use crate::cli::{Global, Outcome};
use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use dixit::entity::Entities;
use dixit::graph::Store;
use dixit::graph::curation::{Signature, Whom};

/// Say that an actor is none of these items of Wikidata, in articles to come, too
///
/// Where the name led to the item it leads to an actor of that name alone; where the item was a candidate it is one no
/// longer. The IDs of the rejections are printed: `dixit undo ID` takes one back.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  dixit link reject \"Paul Roy\" Q123\n  dixit link reject \"Paul Roy\" Q123 --article fete.txt\n  dixit link reject Q123 Q123 --note \"whatever they call him\""
)]
pub struct Reject {
    /// The actor: a name as articles have it, an IRI, or the item itself for whatever articles call it
    actor: String,
    /// The items: Q and a number
    #[arg(required = true)]
    item: Vec<String>,
    /// Only in this article: its file's name, the first digits of its key, or its IRI
    #[arg(long, value_name = "ARTICLE")]
    article: Option<String>,
    /// Why, in a few words
    #[arg(long, value_name = "WORDS", value_parser = NonEmptyStringValueParser::new())]
    note: Option<String>,
    #[command(flatten)]
    signed: Signed,
}

impl Reject {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let by = self.signed.name()?;
        let store = Store::open_to_change(&global.store)?;
        let article = self.article.as_deref().map(|article| store.find_article(article)).transpose()?;
        let items: Vec<String> = self.item.iter().map(|item| item_id(item)).collect();
        let signature = Signature { by: &by, note: self.note.as_deref() };
        let reject = |whom| store.reject(whom, &items, article.as_ref(), signature, Entities::embedded());
        let name = self.actor.trim();
        let mut is_used = false;
        for item in &items {
            let names = store.names_leading_to(&store.entity_of_item(item)?)?;
            is_used |= names.iter().any(|used| store.base().local_entity(used) == store.base().local_entity(name));
        }
        let deeds = if is_used {
            reject(Whom::Called(name))?
        } else {
            let actor = resolve_unlinked(&store, name)?;
            let is_key = items.iter().any(|item| item.eq_ignore_ascii_case(name)) || name.contains('/');
            // A name of the item that no article has.
            let is_item = store.item_of(&actor)?.is_some() && !is_key;
            reject(if is_item { Whom::Called(name) } else { Whom::Actor(&actor) })?
        };
        for deed in deeds {
            tell(&store, &deed, global)?;
            println!("{}", deed.id);
        }
        store.flush()?;
        Ok(Outcome::Done)
    }
}
