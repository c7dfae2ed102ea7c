//! The items that an actor may be, from all who may know.

use super::list::ListedKind;
use dixit::entity::Entities;
use dixit::entity::base::{Base, Kind, LookUp};
use dixit::entity::is_item;
use dixit::graph::curation::Rejections;
use dixit::graph::vocabulary::WIKIDATA;
use dixit::graph::{Reviewed, Store};
use dixit::query::Language;
use std::fmt;
use std::path::Path;

/// So many entities of a table or base are looked at for a name.
const MOST: usize = 5;

/// An item that an actor may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// `Q7184`, or the IRI of what has no item.
    pub key: String,
    pub name: String,
    pub description: Option<String>,
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.key, self.name)?;
        self.description.as_ref().map_or(Ok(()), |description| write!(f, " ({description})"))
    }
}

/// Who may know candidates: the links of the store, a table or base of entities, and what services proposed.
pub struct Candidates<'a> {
    store: &'a Store,
    list: Box<dyn LookUp>,
    rejections: Rejections,
}

/// The entities in the program, as a list that can be asked.
struct Embedded;

impl LookUp for Embedded {
    fn candidates(
        &self,
        name: &str,
        most: usize,
    ) -> Result<Vec<dixit::entity::base::Candidate>, dixit::entity::base::BaseError> {
        Entities::embedded().candidates(name, most)
    }
}

impl<'a> Candidates<'a> {
    /// With the knowledge base in that folder, or else with the entities in the program.
    pub fn open(store: &'a Store, base: Option<&Path>) -> anyhow::Result<Self> {
        let list: Box<dyn LookUp> = match base {
            Some(folder) => Box::new(Base::open(folder)?),
            None => Box::new(Embedded),
        };
        Ok(Self { store, list, rejections: store.rejections()? })
    }

    /// What an actor may be, the likeliest first: what the program thought of, what has the name, what was proposed.
    pub fn of(&self, row: &Reviewed, label: &str, language: Language) -> anyhow::Result<Vec<Candidate>> {
        let mut found: Vec<Candidate> = Vec::new();
        for entity in &row.candidates {
            let name = self.store.name_of(entity, language.tag())?;
            let key = self.store.item_of(entity)?.unwrap_or_else(|| self.store.base().relative(entity).to_owned());
            found.push(Candidate { key, name, description: None });
        }
        if row.item.is_some() {
            return Ok(found);
        }
        let own = label.to_owned();
        let names: Vec<&String> = if row.names.is_empty() { vec![&own] } else { row.names.iter().collect() };
        let kind = ListedKind::of(&row.classes);
        let mut known = Vec::new();
        for name in &names {
            known.extend(self.list.candidates(name, MOST)?);
        }
        for candidate in known {
            let record = candidate.record;
            if fits(record.kind, kind) {
                let description = record.description().map(str::to_owned);
                // The table knows some that have no item.
                let key = if is_item(&record.key) { record.key.clone() } else { format!("entity/{}", record.key) };
                found.push(Candidate { key, name: record.name().to_owned(), description });
            }
        }
        for proposal in self.store.proposals(&row.actor)? {
            let iri = proposal.item.as_str();
            let key = iri.strip_prefix(WIKIDATA).unwrap_or(iri).to_owned();
            found.push(Candidate { key, name: proposal.name, description: proposal.description });
        }
        let base = self.store.base();
        // Nobody is a candidate for himself.
        let mut seen = vec![base.relative(&row.actor).to_owned()];
        found.retain(|candidate| {
            let is_new = !seen.contains(&candidate.key);
            seen.push(candidate.key.clone());
            let entity = base.entity(&candidate.key);
            is_new && !names.iter().any(|name| self.rejections.has(&entity, name))
        });
        Ok(found)
    }
}

/// Whether what is of one kind may be an actor of the other: persons are persons.
fn fits(kind: Kind, actor: Option<ListedKind>) -> bool {
    match actor {
        Some(ListedKind::Person) => kind == Kind::Person,
        Some(_) => matches!(kind, Kind::Organisation | Kind::Outlet),
        None => true,
    }
}
