//! Names lead to entities: persons, organisations, outlets, places, countries and concepts.

use crate::date::PartialDate;

/// Position of an entity in its [`Entities`] table.
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

/// A function that somebody held, with its dates (both ends included; `None` is open or unknown).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// As the table prints it, without the dates: "président de la République française".
    pub title: String,
    pub from: Option<PartialDate>,
    pub until: Option<PartialDate>,
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
    pub fr: String,
    /// English name.
    pub en: String,
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
}

/// All known entities, and the ways from a name to them.
pub struct Entities {
    list: Vec<Entity>,
}

impl Entities {
    /// The entity at `id`.
    pub fn get(&self, id: EntityId) -> &Entity {
        &self.list[id.0 as usize]
    }
}
