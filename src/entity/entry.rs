//! The one way in: a row of a table becomes a record, and a record becomes an entity.
//!
//! The table in the program and the tables that people bring are read here; a dump of Wikidata gives records of its own. What
//! becomes of a record is the same for all of them.

use super::base::{Kind, OfficeRef, Record, Tenure};
use super::{Entity, EntityId, EntityKind, Gender, Office, fold, is_item};
use crate::table::{Fault, TableError, items, rows};
use rustc_hash::FxHashMap;
use std::sync::{Arc, OnceLock};

/// The first row of a table of entities.
pub(super) const COLUMNS: [&str; 11] =
    ["item", "kind", "fr", "en", "aliases", "note", "offices", "country", "broader", "web", "gender"];

/// The languages of a table's names.
pub(super) const LANGUAGES: [&str; 2] = ["fr", "en"];

/// The rows of a table as records.
pub(super) struct Entries {
    table: &'static str,
    /// In the order of the rows, with their lines.
    pub records: Vec<(usize, Record)>,
    /// Where in the list the record with a key is.
    pub keys: FxHashMap<String, EntityId>,
}

impl Entries {
    /// Reads a table in the form of `ontology/entities.tsv`.
    pub fn read(table: &'static str, text: &'static str) -> Result<Self, TableError> {
        let rows = rows(table, text, COLUMNS)?;
        let mut entries = Self { table, records: Vec::with_capacity(rows.len()), keys: FxHashMap::default() };
        entries.keys.reserve(rows.len());
        for (line, cells) in rows {
            let wrong = |fault| TableError { table, line, fault };
            let record = record(cells).map_err(wrong)?;
            let id = EntityId(entries.records.len() as u32);
            if entries.keys.insert(record.key.clone(), id).is_some() {
                return Err(wrong(Fault::Duplicate(record.key)));
            }
            entries.records.push((line, record));
        }
        Ok(entries)
    }

    /// Whether the broader ones to which the rows refer are there, or elsewhere.
    pub fn refer(&self, elsewhere: impl Fn(&str) -> bool) -> Result<(), TableError> {
        for (line, record) in &self.records {
            if let Some(key) = record.broader.iter().find(|key| !self.keys.contains_key(*key) && !elsewhere(key)) {
                let fault = Fault::Unknown(key.clone());
                return Err(TableError { table: self.table, line: *line, fault });
            }
        }
        Ok(())
    }
}

/// A row as a record, in French and English.
fn record(
    [item, kind, fr, en, aliases, note, offices, country, broader, web, gender]: [&str; 11],
) -> Result<Record, Fault> {
    for (column, cell) in [("fr", fr), ("en", en)] {
        if cell.is_empty() {
            return Err(Fault::Empty(column));
        }
    }
    let texts = |cell| items(cell).map(str::to_owned).collect();
    let key = if item.is_empty() { fold::slug(fr) } else { item.to_owned() };
    if key.is_empty() {
        return Err(Fault::Keyless(fr.to_owned()));
    }
    let kind = kind_of(kind)?;
    let own = number("item", item)?;
    let country = number("country", country)?.or(own.filter(|_| kind == Kind::Country));
    Ok(Record {
        key,
        kind,
        sitelinks: 0,
        labels: [fr, en].map(|name| Some(name.to_owned())).into(),
        descriptions: vec![(!note.is_empty()).then(|| note.to_owned()), None],
        aliases: texts(aliases),
        gender: gender_of(gender)?,
        offices: items(offices).map(tenure).collect::<Result<_, _>>()?,
        countries: country.into_iter().collect(),
        occupations: Vec::new(),
        seats: Vec::new(),
        classes: Vec::new(),
        web: texts(web),
        demonyms: Vec::new(),
        broader: texts(broader),
    })
}

/// The number of an item; `None` for an empty cell.
fn number(column: &'static str, cell: &str) -> Result<Option<u32>, Fault> {
    let number = || cell.strip_prefix('Q').filter(|_| is_item(cell))?.parse().ok();
    match cell {
        "" => Ok(None),
        _ => number().map(Some).ok_or_else(|| Fault::Value {
            column,
            value: cell.to_owned(),
            allowed: "Q and a number of Wikidata (Q142), nothing",
        }),
    }
}

fn kind_of(cell: &str) -> Result<Kind, Fault> {
    Kind::from_name(cell).filter(|kind| kind.entity().is_some()).ok_or_else(|| {
        let allowed = "person, organisation, outlet, place, country, concept";
        Fault::Value { column: "kind", value: cell.to_owned(), allowed }
    })
}

fn gender_of(cell: &str) -> Result<Option<Gender>, Fault> {
    match cell {
        "" => Ok(None),
        "m" => Ok(Some(Gender::Masculine)),
        "f" => Ok(Some(Gender::Feminine)),
        _ => Err(Fault::Value { column: "gender", value: cell.to_owned(), allowed: "m, f, nothing" }),
    }
}

/// Reads "président de la République française 2017-05-14..".
fn tenure(text: &str) -> Result<Tenure, Fault> {
    let wrong = || Fault::Office(text.to_owned());
    let (title, dates) = text.rsplit_once(' ').ok_or_else(wrong)?;
    let (from, until) = dates.split_once("..").ok_or_else(wrong)?;
    let date = |text: &str| match text {
        "" => Ok(None),
        _ => text.parse().map(Some).map_err(|_| wrong()),
    };
    let (office, from, until) = (OfficeRef::Title(title.to_owned()), date(from)?, date(until)?);
    Ok(Tenure { office, of: Vec::new(), from, until, over: until.is_some(), preferred: false })
}

impl Entity {
    /// The entity of a record, at the place `id` of a list which knows countries by their items. Its labels are in these
    /// languages, and its offices have titles: those that are items only are left out.
    pub(super) fn of(
        mut record: Record,
        id: EntityId,
        languages: &[impl AsRef<str>],
        mut broader: Vec<EntityId>,
        country: impl FnMut(u32) -> Option<EntityId>,
    ) -> Self {
        let language = |code: &str| languages.iter().position(|language| language.as_ref() == code);
        let label = |code: &str| record.labels.get(language(code)?)?.as_deref();
        let fr: Arc<str> = label("fr").unwrap_or_else(|| record.name()).into();
        let en = language("en").and_then(|at| record.labels.get_mut(at)?.take());
        let en = en.unwrap_or_else(|| record.name().to_owned());
        let Record { key, kind, sitelinks, descriptions, aliases, gender, offices, countries, web, .. } = record;
        let kind = kind.entity().unwrap_or(EntityKind::Concept);
        let country = countries.into_iter().find_map(country).or((kind == EntityKind::Country).then_some(id));
        // What happens in a city or a region is news of its country.
        if kind == EntityKind::Place && broader.is_empty() {
            broader.extend(country);
        }
        let office = |tenure: Tenure| match tenure.office {
            OfficeRef::Title(title) => Some(Office { title, from: tenure.from, until: tenure.until }),
            OfficeRef::Item(_) => None,
        };
        Self {
            wikidata: is_item(&key).then(|| key.clone()),
            key,
            kind,
            fr,
            en: en.into(),
            aliases,
            note: descriptions.into_iter().flatten().next().unwrap_or_default(),
            offices: offices.into_iter().filter(Tenure::may_be_dated).filter_map(office).collect(),
            country,
            broader,
            authority: None,
            gender,
            web,
            sitelinks: u16::try_from(sitelinks).unwrap_or(u16::MAX),
            profile: OnceLock::new(),
        }
    }
}
