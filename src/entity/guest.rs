//! Entities that only a knowledge base knows: each becomes one of [`Entities`] when a text first names it.

use super::base::{Base, BaseError, Kind, OfficeRef, Record, Tenure};
use super::{Entities, Entity, EntityId, EntityKind, Office, is_item};
use rustc_hash::FxHashMap;
use std::sync::{Arc, OnceLock, RwLock};

/// So many meanings of a name are weighed; those of the best known entities come first.
const MOST_MEANINGS: usize = 8;

/// A knowledge base, and those of its entities that were named so far.
pub(super) struct Guests {
    base: Base,
    named: boxcar::Vec<Entity>,
    /// By their places in the base; the lock keeps two threads from taking in the same one twice.
    places: RwLock<FxHashMap<u32, EntityId>>,
    /// The first error of the base, to be told at the end: a name that cannot be looked up is one that nobody knows.
    error: OnceLock<BaseError>,
}

impl Guests {
    pub(super) fn get(&self, at: usize) -> &Entity {
        &self.named[at]
    }
}

impl Entities {
    /// The entities of the tables in the program, and behind them those of a knowledge base.
    pub fn with_base(base: Base) -> Self {
        let mut entities =
            super::load::entities().expect("a test proves that every row of the embedded tables is good");
        entities.guests =
            Some(Guests { base, named: boxcar::Vec::new(), places: RwLock::default(), error: OnceLock::new() });
        entities
    }

    /// Whether only the knowledge base knows the entity.
    pub fn is_guest(&self, id: EntityId) -> bool {
        id.0 as usize >= self.list.len()
    }

    /// Whether there is a knowledge base besides the table.
    pub fn has_base(&self) -> bool {
        self.guests.is_some()
    }

    /// What tells the knowledge base from another one, if there is one: 12 hexadecimal digits.
    pub fn base_version(&self) -> Option<String> {
        Some(self.guests.as_ref()?.base.manifest().version())
    }

    /// Why the knowledge base could not be read at some time, if it could not.
    pub fn base_error(&self) -> Option<&BaseError> {
        self.guests.as_ref()?.error.get()
    }

    /// What a name may mean as the knowledge base has it, the best known first. An item that the table has is the table's.
    pub fn in_base(&self, name: &str, fits: impl Fn(EntityKind) -> bool) -> Vec<EntityId> {
        let Some(guests) = &self.guests else { return Vec::new() };
        let found = self.ask_base(|base| {
            let meanings = base.find(name)?;
            let wanted = meanings.iter().filter(|meaning| meaning.kind.entity().is_some_and(&fits));
            wanted.take(MOST_MEANINGS).map(|meaning| self.take_in(guests, meaning.entity)).collect()
        });
        found.unwrap_or_default()
    }

    /// What the knowledge base answers, if there is one. That it could not be read is told at the end.
    pub(super) fn ask_base<T>(&self, ask: impl FnOnce(&Base) -> Result<T, BaseError>) -> Option<T> {
        let guests = self.guests.as_ref()?;
        ask(&guests.base).map_err(|error| guests.error.set(error)).ok()
    }

    /// The entity at a place of the base, if there is one.
    pub(super) fn guest(&self, place: u32) -> Option<EntityId> {
        let guests = self.guests.as_ref()?;
        self.ask_base(|_| self.take_in(guests, place))
    }

    /// The entity at a place of the base.
    fn take_in(&self, guests: &Guests, place: u32) -> Result<EntityId, BaseError> {
        // A thread that panicked has not left the map half written.
        let known = guests.places.read().unwrap_or_else(|poison| poison.into_inner()).get(&place).copied();
        if let Some(id) = known {
            return Ok(id);
        }
        let record = guests.base.record(place)?;
        let mut places = guests.places.write().unwrap_or_else(|poison| poison.into_inner());
        if let Some(id) = places.get(&place) {
            return Ok(*id);
        }
        let id = match self.by_key(&record.key) {
            Some(id) => id,
            None => {
                let entity = self.entity_of(guests, record)?;
                EntityId((self.list.len() + guests.named.push(entity)) as u32)
            }
        };
        places.insert(place, id);
        Ok(id)
    }

    /// A record as an entity. A country that the table does not have is unknown.
    fn entity_of(&self, guests: &Guests, record: Record) -> Result<Entity, BaseError> {
        let language = |code: &str| guests.base.manifest().plan.languages.iter().position(|language| language == code);
        let label = |code: &str| record.labels.get(language(code)?)?.clone();
        let name = record.name().to_owned();
        let fr: Arc<str> = label("fr").unwrap_or_else(|| name.clone()).into();
        let offices =
            record.offices.iter().map(|tenure| office(&guests.base, tenure)).collect::<Result<Vec<_>, _>>()?;
        let country = record.countries.iter().find_map(|item| self.by_key(&format!("Q{item}")));
        Ok(Entity {
            kind: record.kind.entity().unwrap_or(EntityKind::Concept),
            en: label("en").unwrap_or(name),
            fr,
            note: record.description().unwrap_or_default().to_owned(),
            offices: offices.into_iter().flatten().collect(),
            country,
            broader: if record.kind == Kind::Place { country.into_iter().collect() } else { Vec::new() },
            authority: None,
            gender: record.gender,
            web: record.web,
            sitelinks: u16::try_from(record.sitelinks).unwrap_or(u16::MAX),
            profile: OnceLock::new(),
            aliases: record.aliases,
            wikidata: Some(record.key.clone()).filter(|key| is_item(key)),
            key: record.key,
        })
    }
}

/// An office by its title; `None` if the base has no name for it.
fn office(base: &Base, tenure: &Tenure) -> Result<Option<Office>, BaseError> {
    let title = match &tenure.office {
        OfficeRef::Title(title) => title.clone(),
        OfficeRef::Item(number) => match base.by_key(&format!("Q{number}"))? {
            Some(place) => base.record(place)?.name().to_owned(),
            None => return Ok(None),
        },
    };
    Ok(tenure.may_be_dated().then_some(Office { title, from: tenure.from, until: tenure.until }))
}
