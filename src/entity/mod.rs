//! Names lead to entities: persons, organisations, outlets, places, countries and concepts.
//!
//! The table is `ontology/entities.tsv`; `ontology/authorities.tsv` says for whom a capital's or a palace's name speaks.
//!
//! - [`Entities`]: the list, and the ways to it: [`Entities::find`] for a name that somebody typed,
//!   [`Entities::match_at`] for the words of a text;
//! - [`Roles`]: "président", "porte-parole", …;
//! - demonyms ("ukrainien"), given names and their gender, outlets by host name, office holders by date.

pub mod base;
mod demonym;
mod entry;
mod find;
mod fold;
mod given_name;
mod guest;
mod head;
mod incumbent;
pub mod link;
mod load;
mod name;
mod office;
mod outlet;
pub mod reconcile;
mod role;
mod role_kind;
mod scan;
mod transliterate;
mod trie;
pub mod wikidata;

#[cfg(test)]
mod tests;

pub use demonym::Demonym;
pub use fold::slug;
pub(crate) use fold::{fold, is_plain_byte, is_small_word};
pub use given_name::{first_name_gender, is_first_name};
pub use role::{RoleInfo, Roles};
pub use role_kind::stands_for;
pub use scan::{Alias, NameWord};

use crate::date::PartialDate;
use crate::language::Language;
use rustc_hash::FxHashMap;
use std::sync::{Arc, LazyLock, OnceLock};

/// Position of an entity in its [`Entities`] table, or behind it if it is a guest from a knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub u32);

/// What sort of thing an entity is. A place is never a person: the kind is a hard filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntityKind {
    Person,
    Organisation,
    Outlet,
    Place,
    Country,
    Concept,
    /// The authorities that a country's, capital's or palace's name stands for as a speaker.
    Authority,
}

/// Grammatical gender of a French word, or of the words that agree with a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    Masculine,
    Feminine,
}

/// A function that somebody held, with its dates (both ends included; `None` is open or unknown).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// As the table prints it, without the dates: "président de la République française".
    pub title: String,
    pub from: Option<PartialDate>,
    pub until: Option<PartialDate>,
}

impl Office {
    /// Whether it was held before that day, as far as is known.
    pub fn has_begun(&self, on: Option<PartialDate>) -> bool {
        self.from.zip(on).is_none_or(|(from, on)| from.first_day() <= on.last_day())
    }

    /// Whether it was given up by that day.
    pub fn has_ended(&self, on: Option<PartialDate>) -> bool {
        self.until.zip(on).is_some_and(|(until, on)| until.first_day() <= on.last_day())
    }
}

/// A thing with names in several languages and, where known, a Wikidata item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Stable last part of its IRI: the Wikidata item, or a slug of its French name.
    pub key: String,
    /// Wikidata item, for example `Q7184`.
    pub wikidata: Option<String>,
    pub kind: EntityKind,
    /// French name, as people write it first ("OTAN").
    pub fr: Arc<str>,
    /// English name.
    pub en: Arc<str>,
    pub aliases: Vec<String>,
    /// What the table says of it in a few words, without dates ("alliance militaire").
    pub note: String,
    pub offices: Vec<Office>,
    /// Its country; of a country, itself.
    pub country: Option<EntityId>,
    /// Broader concepts, direct ones only.
    pub broader: Vec<EntityId>,
    /// Of a place or country: the authority that its name stands for as a speaker.
    pub authority: Option<EntityId>,
    /// Of a person, where known.
    pub gender: Option<Gender>,
    /// Of an outlet: the host names of its sites, without `www.`.
    pub web: Vec<String>,
    /// In how many wikis it has a page, if a knowledge base tells; how well known an entity of the table is it does not say.
    pub sitelinks: u16,
    /// What it is known for, worked out when a link is weighed.
    profile: OnceLock<link::Profile>,
}

impl Entity {
    /// Its name in a language.
    pub fn label(&self, language: Language) -> &Arc<str> {
        match language {
            Language::English if !self.en.is_empty() => &self.en,
            _ => &self.fr,
        }
    }

    /// Whether the table has this very name for it.
    pub fn is_called(&self, name: &str) -> bool {
        *self.fr == *name || *self.en == *name || self.aliases.iter().any(|alias| alias == name)
    }
}

/// Whether it is the ID of an item of Wikidata: Q and a number ("Q7184").
pub fn is_item(id: &str) -> bool {
    let number = id.strip_prefix('Q').unwrap_or_default();
    !number.is_empty() && !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// All known entities, and the ways from a name to them.
pub struct Entities {
    list: Vec<Entity>,
    keys: FxHashMap<String, EntityId>,
    guests: Option<guest::Guests>,
    demonyms: demonym::Demonyms,
    /// Each index is built when it is first asked for: a question needs other ones than an extraction.
    scan: OnceLock<scan::Scan>,
    finder: OnceLock<find::Finder>,
    offices: OnceLock<office::Holders>,
    hosts: OnceLock<FxHashMap<String, EntityId>>,
    heads: OnceLock<head::Heads>,
}

static EMBEDDED: LazyLock<Entities> =
    LazyLock::new(|| load::entities().expect("a test proves that every row of the embedded tables is good"));

impl Entities {
    /// The entities of the tables in the program.
    pub fn embedded() -> &'static Entities {
        &EMBEDDED
    }

    /// The entity at `id`.
    pub fn get(&self, id: EntityId) -> &Entity {
        match (self.list.get(id.0 as usize), &self.guests) {
            (None, Some(guests)) => guests.get(id.0 as usize - self.list.len()),
            _ => &self.list[id.0 as usize],
        }
    }

    /// All entities of the table with their positions, in the table's order; authorities last.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        (0..).map(EntityId).zip(&self.list)
    }

    /// The entity with this key: a Wikidata item, a slug, or `authority-` and a country's key.
    pub fn by_key(&self, key: &str) -> Option<EntityId> {
        self.keys.get(key).copied()
    }

    /// Every name of an entity, listed or derived.
    fn names<'a>(&self, entity: &'a Entity) -> Vec<name::Name<'a>> {
        name::names(entity, self.country_key(entity))
    }

    /// The key of an entity's country.
    fn country_key(&self, entity: &Entity) -> Option<&str> {
        entity.country.map(|id| self.get(id).key.as_str())
    }
}
