//! What `edit`, `merge`, `link`, `undo` and `corrections` share: who did it, and what a deed is in words.

use super::Global;
use anyhow::anyhow;
use clap::Args;
use dixit::graph::curation::{Deed, Rejection, What};
use dixit::graph::{NamedNode, Store};
use dixit::query::KnownEntities;
use dixit::query::Language;
use dixit::query::names::{NameError, Names};
use dixit::query::parameter::read_iri;
use std::env;

/// Who puts something right, and why.
#[derive(Args)]
pub struct Signed {
    /// Your name [default: $USER]
    #[arg(long, env = "DIXIT_USER", value_name = "NAME")]
    by: Option<String>,
}

impl Signed {
    /// The name to be kept with what is done.
    pub fn name(&self) -> anyhow::Result<String> {
        let user = || ["USER", "LOGNAME"].into_iter().find_map(|name| env::var(name).ok());
        let name = self.by.clone().or_else(user).map(|name| name.trim().to_owned());
        name.filter(|name| !name.is_empty()).ok_or_else(|| anyhow!("who are you? Write --by NAME, or set DIXIT_USER"))
    }
}

/// The entity that a name means in this store, or that is called so below its base: `entity/anne-roy`, `article/…/actor/lea`.
pub fn resolve(store: &Store, name: &str) -> Result<dixit::query::names::Found, NameError> {
    let table = KnownEntities::new(store.base());
    let names = Names::new(store.query_store(), &table, language());
    match name.trim().strip_prefix("entity/") {
        // The table knows some of whom the store says nothing.
        Some(key) => names.resolve(store.base().entity(key).as_str()).or_else(|_| names.resolve(key)),
        None if name.trim().starts_with("article/") => names.resolve(&format!("{}{}", store.base(), name.trim())),
        None => names.resolve(name),
    }
}

/// The actor that a name means, of whom it is asked which item it is: of several with that name the one without an item.
pub fn resolve_unlinked(store: &Store, name: &str) -> anyhow::Result<NamedNode> {
    match resolve(store, name) {
        Ok(found) => Ok(found.iri),
        Err(NameError::Ambiguous { name, candidates }) => {
            let without: Vec<_> = candidates.iter().filter_map(|candidate| read_iri(&candidate.key)).collect();
            match &without[..] {
                [only] => Ok(only.clone()),
                _ => Err(NameError::Ambiguous { name, candidates }.into()),
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// The language of names.
pub fn language() -> Language {
    Language::from_environment(|name| env::var(name).ok())
}

/// What a deed changes, in words: `actor: Anne Roy; date: 2022-03`, or `L'OTAN → OTAN`, `Paul Roy ≠ Paul Roy (Q1234)`,
/// `entity/Q7184 is called Alliance`.
pub fn change(store: &Store, deed: &Deed) -> anyhow::Result<String> {
    let name = |thing| store.name_of(thing, language().tag());
    let correction = match &deed.what {
        What::Merge(merge) => {
            let (merged, kept) = (name(&merge.merged)?, name(&merge.kept)?);
            let item = store.item_of(&merge.kept)?.filter(|_| merged == kept);
            return Ok(format!("{merged} → {kept}{}", item.map(|item| format!(" ({item})")).unwrap_or_default()));
        }
        What::Rejection(Rejection { actor, name: rejected, articles }) => {
            let item =
                store.item_of(actor)?.or_else(|| store.base().relative(actor).rsplit('/').next().map(str::to_owned));
            let actor = format!("{} ({})", name(actor)?, item.unwrap_or_default());
            let within = articles.first().map(|article| format!(" in {}", store.base().relative(article)));
            let rejected = rejected.as_ref().map_or("any name", String::as_str);
            return Ok(format!("{rejected} ≠ {actor}{}", within.unwrap_or_default()));
        }
        What::Renaming(renaming) => {
            return Ok(format!("{} is called {}", store.base().relative(&renaming.thing), renaming.name));
        }
        What::Correction(correction) => correction,
    };
    let change = &correction.change;
    let mut parts = Vec::new();
    if !change.actors.is_empty() {
        let actors = change.actors.iter().map(name).collect::<Result<Vec<_>, _>>()?;
        parts.push(format!("actor: {}", actors.join(", ")));
    }
    parts.extend(change.date.map(|date| format!("date: {date}")));
    parts.extend(change.kind.map(|kind| format!("kind: {}", kind.name())));
    if change.rejected {
        parts.push("rejected".to_owned());
    }
    Ok(parts.join("; "))
}

/// What became of a statement, or of two things, told in one line.
pub fn tell(store: &Store, deed: &Deed, global: &Global) -> anyhow::Result<()> {
    if !global.quiet {
        let what = match &deed.what {
            What::Correction(correction) => format!("{}: ", store.base().relative(&correction.statement)),
            _ => String::new(),
        };
        eprintln!("{what}{}", change(store, deed)?);
    }
    Ok(())
}
