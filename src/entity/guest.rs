//! Entities that only a knowledge base knows: each becomes one of [`Entities`] when a text first names it.

use super::base::{Base, BaseError, OfficeRef, Tenure};
use super::{Entities, Entity, EntityId, EntityKind};
use rustc_hash::FxHashMap;
use std::sync::{OnceLock, RwLock};

/// So many meanings of a name are weighed; those of the best known entities come first.
const MOST_MEANINGS: usize = 8;

/// So far are broader concepts followed: some may go round in a circle.
const MOST_STEPS: usize = 8;

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

    /// Whether only a knowledge base of millions knows the entity, among whom many have the same name. Whom people chose for a
    /// table of theirs is no stranger.
    pub(super) fn is_stranger(&self, id: EntityId) -> bool {
        self.is_guest(id) && self.guests.as_ref().is_some_and(|guests| !guests.base.manifest().plan.is_of_table())
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
        self.take_in_below(guests, place, 0)
    }

    /// The same of an entity that is so many steps broader than another one.
    fn take_in_below(&self, guests: &Guests, place: u32, steps: usize) -> Result<EntityId, BaseError> {
        // A thread that panicked has not left the map half written.
        let known = guests.places.read().unwrap_or_else(|poison| poison.into_inner()).get(&place).copied();
        if let Some(id) = known {
            return Ok(id);
        }
        let base = &guests.base;
        let mut record = base.record(place)?;
        let mut broader = Vec::new();
        for key in record.broader.iter().filter(|_| steps < MOST_STEPS) {
            if let Some(id) = self.by_key(key) {
                broader.push(id);
            } else if let Some(place) = base.by_key(key)? {
                broader.push(self.take_in_below(guests, place, steps + 1)?);
            }
        }
        for tenure in &mut record.offices {
            entitle(base, tenure)?;
        }
        let mut places = guests.places.write().unwrap_or_else(|poison| poison.into_inner());
        if let Some(id) = places.get(&place) {
            return Ok(*id);
        }
        let id = self.by_key(&record.key).unwrap_or_else(|| {
            // Nobody else adds one while we write.
            let id = EntityId((self.list.len() + guests.named.count()) as u32);
            // A country that the table does not have is unknown.
            let country = |item| self.by_key(&format!("Q{item}"));
            guests.named.push(Entity::of(record, id, &base.manifest().plan.languages, broader, country));
            id
        });
        places.insert(place, id);
        Ok(id)
    }
}

/// Gives an office its title, if the base has one for it.
fn entitle(base: &Base, tenure: &mut Tenure) -> Result<(), BaseError> {
    if let OfficeRef::Item(number) = tenure.office
        && let Some(place) = base.by_key(&format!("Q{number}"))?
    {
        tenure.office = OfficeRef::Title(base.record(place)?.name().to_owned());
    }
    Ok(())
}
