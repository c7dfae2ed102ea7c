//! One way to ask for a name, whichever list of entities answers.

use super::{Base, BaseError, Rank, Record};
use crate::entity::{Entities, EntityId, fold, load};
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
        load::records().get(id.0 as usize).cloned()
    }
}
