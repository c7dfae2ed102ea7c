//! From the embedded tables to [`Entities`].

use super::{Entities, Entity, EntityId, EntityKind, Gender, Office, demonym, fold};
use crate::table::{Fault, TableError, items, rows};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

const ENTITIES: &str = "ontology/entities.tsv";
const AUTHORITIES: &str = "ontology/authorities.tsv";

/// Names that one row may not share with another, and the entities in table order.
struct Loader {
    list: Vec<Entity>,
    keys: FxHashMap<String, EntityId>,
}

/// Reads all tables.
pub(super) fn entities() -> Result<Entities, TableError> {
    let mut loader = Loader { list: Vec::with_capacity(2400), keys: FxHashMap::default() };
    loader.read_entities(include_str!("../../ontology/entities.tsv"))?;
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
    fn read_entities(&mut self, text: &'static str) -> Result<(), TableError> {
        let columns = ["item", "kind", "fr", "en", "aliases", "note", "offices", "country", "broader", "web", "gender"];
        let rows = rows(ENTITIES, text, columns)?;
        for (line, [item, kind, fr, en, aliases, note, offices, _, _, web, gender]) in &rows {
            let wrong = |fault| TableError { table: ENTITIES, line: *line, fault };
            for (column, cell) in [("fr", fr), ("en", en)] {
                if cell.is_empty() {
                    return Err(wrong(Fault::Empty(column)));
                }
            }
            let key = if item.is_empty() { fold::slug(fr) } else { (*item).to_owned() };
            let entity = Entity {
                wikidata: (!item.is_empty()).then(|| key.clone()),
                key,
                kind: kind_of(kind).map_err(wrong)?,
                fr: (*fr).into(),
                en: (*en).to_owned(),
                aliases: items(aliases).map(str::to_owned).collect(),
                note: (*note).to_owned(),
                offices: items(offices).map(office).collect::<Result<_, _>>().map_err(wrong)?,
                country: None,
                broader: Vec::new(),
                authority: None,
                gender: gender_of(gender).map_err(wrong)?,
                web: items(web).map(str::to_owned).collect(),
                sitelinks: 0,
                profile: OnceLock::new(),
            };
            self.add(entity).map_err(wrong)?;
        }
        for (index, (line, [.., country, broader, _, _])) in rows.iter().enumerate() {
            let wrong = |fault| TableError { table: ENTITIES, line: *line, fault };
            let country = match *country {
                "" => (self.list[index].kind == EntityKind::Country).then_some(EntityId(index as u32)),
                key => Some(self.known(key).map_err(wrong)?),
            };
            let mut broader =
                items(broader).map(|key| self.known(key)).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
            let entity = &mut self.list[index];
            // What happens in a city or a region is news of its country.
            if entity.kind == EntityKind::Place && broader.is_empty() {
                broader.extend(country);
            }
            entity.country = country;
            entity.broader = broader;
        }
        Ok(())
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
        en: en.to_owned(),
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

fn kind_of(cell: &str) -> Result<EntityKind, Fault> {
    Ok(match cell {
        "person" => EntityKind::Person,
        "organisation" => EntityKind::Organisation,
        "outlet" => EntityKind::Outlet,
        "place" => EntityKind::Place,
        "country" => EntityKind::Country,
        "concept" => EntityKind::Concept,
        _ => {
            let allowed = "person, organisation, outlet, place, country, concept";
            return Err(Fault::Value { column: "kind", value: cell.to_owned(), allowed });
        }
    })
}

fn gender_of(cell: &str) -> Result<Option<Gender>, Fault> {
    match cell {
        "" => Ok(None),
        "m" => Ok(Some(Gender::Masculine)),
        "f" => Ok(Some(Gender::Feminine)),
        _ => Err(Fault::Value { column: "gender", value: cell.to_owned(), allowed: "m, f" }),
    }
}

/// Reads "président de la République française 2017-05-14..".
fn office(text: &str) -> Result<Office, Fault> {
    let wrong = || Fault::Office(text.to_owned());
    let (title, dates) = text.rsplit_once(' ').ok_or_else(wrong)?;
    let (from, until) = dates.split_once("..").ok_or_else(wrong)?;
    let date = |text: &str| match text {
        "" => Ok(None),
        _ => text.parse().map(Some).map_err(|_| wrong()),
    };
    Ok(Office { title: title.to_owned(), from: date(from)?, until: date(until)? })
}
