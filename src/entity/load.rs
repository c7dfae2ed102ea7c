//! From the embedded tables to [`Entities`].
//!
//! The rows go the way of all records ([`super::entry`]). They do not become a knowledge base of their own: of such a one
//! nothing could be used while a text is read, for its names are whole where a text is followed word by word, and to put
//! them in order would cost every start more than all of this does.

use super::base::Record;
use super::entry::{Entries, LANGUAGES};
use super::{Entities, Entity, EntityId, EntityKind, demonym};
use crate::table::{Fault, TableError, rows};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::mem;
use std::sync::{LazyLock, OnceLock};

const ENTITIES: &str = "ontology/entities.tsv";
/// There is room for so many authorities behind the table's entities.
const MOST_AUTHORITIES: usize = 300;

const AUTHORITIES: &str = "ontology/authorities.tsv";

/// Names that one row may not share with another, and the entities in table order.
struct Loader {
    list: Vec<Entity>,
    keys: FxHashMap<String, EntityId>,
}

/// The rows of the embedded table of entities.
fn entries() -> Result<Entries, TableError> {
    Entries::read(ENTITIES, include_str!("../../ontology/entities.tsv"))
}

/// The entities of the embedded table as a knowledge base keeps them, in its order.
pub(super) fn records() -> &'static [Record] {
    static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(|| {
        let entries = entries().expect("a test proves that every row of the embedded tables is good");
        entries.records.into_iter().map(|(_, record)| record).collect()
    });
    &RECORDS
}

/// Reads all tables.
pub(super) fn entities() -> Result<Entities, TableError> {
    let mut loader = Loader::read(entries()?)?;
    let demonyms = demonym::read(&loader.keys)?;
    loader.read_authorities(include_str!("../../ontology/authorities.tsv"))?;
    loader.generate_authorities(&demonyms);
    Ok(Entities {
        list: loader.list,
        keys: loader.keys,
        guests: None,
        demonyms,
        scan: OnceLock::new(),
        finder: OnceLock::new(),
        offices: OnceLock::new(),
        hosts: OnceLock::new(),
        heads: OnceLock::new(),
    })
}

impl Loader {
    /// The entities of the table, in the order of its rows.
    fn read(Entries { records, keys, .. }: Entries) -> Result<Self, TableError> {
        let mut list = Vec::with_capacity(records.len() + MOST_AUTHORITIES);
        // Many have the same country.
        let mut countries: FxHashMap<u32, EntityId> = FxHashMap::default();
        for (line, mut record) in records {
            let wrong = |key: &str| TableError { table: ENTITIES, line, fault: Fault::Unknown(key.to_owned()) };
            let known = |key: &str| keys.get(key).copied().ok_or_else(|| wrong(key));
            for item in &record.countries {
                if let Entry::Vacant(new) = countries.entry(*item) {
                    new.insert(known(&format!("Q{item}"))?);
                }
            }
            let broader = mem::take(&mut record.broader);
            let broader = broader.iter().map(|key| known(key)).collect::<Result<_, _>>()?;
            let id = EntityId(list.len() as u32);
            list.push(Entity::of(record, id, &LANGUAGES, broader, |item| countries.get(&item).copied()));
        }
        Ok(Self { list, keys })
    }

    /// Who speaks when a place's name does. A row with names makes a new authority, one without refers to an
    /// entity of the table or to a country's authorities.
    fn read_authorities(&mut self, text: &'static str) -> Result<(), TableError> {
        let rows = rows(AUTHORITIES, text, ["place", "authority", "fr", "en", "country"])?;
        let mut links = Vec::with_capacity(rows.len());
        for (line, [place, key, fr, en, country]) in &rows {
            let wrong = |fault| TableError { table: AUTHORITIES, line: *line, fault };
            let place = self.known(place).map_err(wrong)?;
            if !fr.is_empty() {
                if en.is_empty() {
                    return Err(wrong(Fault::Empty("en")));
                }
                let country = self.known(country).map_err(wrong)?;
                self.add(authority(key, fr, en, country)).map_err(wrong)?;
            }
            links.push((*line, place, *key));
        }
        for (line, place, key) in links {
            let wrong = |fault| TableError { table: AUTHORITIES, line, fault };
            if self.keys.contains_key(key) {
                self.list[place.0 as usize].authority = Some(self.known(key).map_err(wrong)?);
            } else {
                // A country's authorities come into being with generate_authorities; here only the key is checked.
                let country = key.strip_prefix("authority-").unwrap_or_default();
                let country = self.known(country).map_err(|_| wrong(Fault::Unknown(key.to_owned())))?;
                self.list[place.0 as usize].authority = Some(country);
            }
        }
        Ok(())
    }

    /// Gives every country its authorities, and those to the places that speak for the country.
    fn generate_authorities(&mut self, demonyms: &demonym::Demonyms) {
        let countries: Vec<EntityId> = (0..self.list.len())
            .filter(|&i| self.list[i].kind == EntityKind::Country && self.list[i].authority.is_none())
            .map(|i| EntityId(i as u32))
            .collect();
        let mut of: FxHashMap<EntityId, EntityId> = FxHashMap::default();
        for id in countries {
            let country = &self.list[id.0 as usize];
            let (fr, en) = match demonyms.adjective(id) {
                Some((feminine_plural, english)) => {
                    (format!("autorités {feminine_plural}"), format!("{english} authorities"))
                }
                None => (format!("autorités ({})", country.fr), format!("authorities ({})", country.en)),
            };
            let entity = authority(&format!("authority-{}", country.key), &fr, &en, id);
            let key = EntityId(self.list.len() as u32);
            self.keys.insert(entity.key.clone(), key);
            self.list.push(entity);
            of.insert(id, key);
        }
        for entity in &mut self.list {
            if entity.kind == EntityKind::Country {
                entity.authority = entity.country.and_then(|id| of.get(&id).copied()).or(entity.authority);
            } else if let Some(authority) = entity.authority.and_then(|id| of.get(&id)) {
                entity.authority = Some(*authority);
            }
        }
    }

    fn add(&mut self, entity: Entity) -> Result<EntityId, Fault> {
        let id = EntityId(self.list.len() as u32);
        if self.keys.insert(entity.key.clone(), id).is_some() {
            return Err(Fault::Duplicate(entity.key));
        }
        self.list.push(entity);
        Ok(id)
    }

    fn known(&self, key: &str) -> Result<EntityId, Fault> {
        self.keys.get(key).copied().ok_or_else(|| Fault::Unknown(key.to_owned()))
    }
}

/// An authority: it has names and a country, nothing else.
fn authority(key: &str, fr: &str, en: &str, country: EntityId) -> Entity {
    Entity {
        key: key.to_owned(),
        wikidata: None,
        kind: EntityKind::Authority,
        fr: fr.into(),
        en: en.into(),
        aliases: Vec::new(),
        note: String::new(),
        offices: Vec::new(),
        country: Some(country),
        broader: vec![country],
        authority: None,
        gender: None,
        web: Vec::new(),
        sitelinks: 0,
        profile: OnceLock::new(),
    }
}
