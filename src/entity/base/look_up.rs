//! One way to ask for a name, whichever list of entities answers.

use super::{Base, BaseError, Kind, OfficeRef, Rank, Record, Tenure};
use crate::entity::{Entities, Entity, EntityId, EntityKind, fold};
use serde::Serialize;

/// An entity that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    #[serde(flatten)]
    pub record: Record,
    /// How well the name names it.
    #[serde(rename = "found_by")]
    pub rank: Rank,
}

/// A list of entities: a knowledge base, or the table in the program.
pub trait LookUp {
    /// What a name may mean, best first, at most so many: an item, a name, or the address of an outlet's site.
    ///
    /// # Errors
    /// The list cannot be read.
    fn candidates(&self, name: &str, most: usize) -> Result<Vec<Candidate>, BaseError>;
}

impl LookUp for Base {
    fn candidates(&self, name: &str, most: usize) -> Result<Vec<Candidate>, BaseError> {
        let mut meanings = self.find(name)?;
        if meanings.is_empty() {
            meanings = self.outlets_at(name)?;
        }
        let candidate =
            |meaning: &super::Meaning| Ok(Candidate { record: self.record(meaning.entity)?, rank: meaning.rank });
        meanings.iter().take(most).map(candidate).collect()
    }
}

impl LookUp for Entities {
    fn candidates(&self, name: &str, most: usize) -> Result<Vec<Candidate>, BaseError> {
        let mut found = self.find(name);
        if found.is_empty() {
            found.extend(self.outlet(name));
        }
        let candidate = |id| {
            let record = self.record(id)?;
            Some(Candidate { rank: rank(&record, name), record })
        };
        Ok(found.into_iter().filter_map(candidate).take(most).collect())
    }
}

/// How well a name names an entity of the table.
fn rank(record: &Record, name: &str) -> Rank {
    let folded = fold::fold(name);
    let is = |other: &str| fold::fold(other) == folded;
    match record {
        _ if record.key == name.trim() || record.web.iter().any(|host| host == name) => Rank::Label,
        _ if record.labels.iter().flatten().any(|label| is(label)) => Rank::Label,
        _ if record.aliases.iter().any(|alias| is(alias)) => Rank::Alias,
        _ => Rank::Derived,
    }
}

impl Entities {
    /// An entity of the table as a base keeps it, in French and English; authorities have no record.
    pub fn record(&self, id: EntityId) -> Option<Record> {
        let entity = self.get(id);
        let countries = entity.country.into_iter().filter_map(|country| item_number(self.get(country)));
        let office = |office: &crate::entity::Office| Tenure {
            office: OfficeRef::Title(office.title.clone()),
            of: Vec::new(),
            from: office.from,
            until: office.until,
            over: office.until.is_some(),
            preferred: false,
        };
        Some(Record {
            key: entity.key.clone(),
            kind: kind_of(entity.kind)?,
            sitelinks: 0,
            labels: vec![Some(entity.fr.as_ref().to_owned()), Some(entity.en.clone())],
            descriptions: vec![(!entity.note.is_empty()).then(|| entity.note.clone()), None],
            aliases: entity.aliases.clone(),
            gender: entity.gender,
            offices: entity.offices.iter().map(office).collect(),
            countries: countries.collect(),
            occupations: Vec::new(),
            seats: Vec::new(),
            classes: Vec::new(),
            web: entity.web.clone(),
            demonyms: Vec::new(),
        })
    }
}

/// The number of an entity's item.
fn item_number(entity: &Entity) -> Option<u32> {
    entity.wikidata.as_ref()?.strip_prefix('Q')?.parse().ok()
}

fn kind_of(kind: EntityKind) -> Option<Kind> {
    Kind::ALL.into_iter().find(|known| known.entity() == Some(kind))
}
