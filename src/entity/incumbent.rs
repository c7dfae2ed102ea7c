//! Who held an office at a date, as a knowledge base has it; asked for what the table does not answer.
//!
//! A base has offices with their titles and jurisdictions, and persons with the offices that they held. "Le ministre
//! valmontais de l'Intérieur" is cut into what the office is and of which place or body it is. Then holders are looked for
//! in two ways: those of an office of that place alone ("ministre de l'Intérieur" of Valmont, "ministre de l'Intérieur de
//! Valmont"), and if there are none, those who held an office that there is in many places, in this one ("maire").

use super::base::{Base, BaseError, Kind, Meaning, OfficeRef, Record, Tenure};
use super::office::{self, Held, Title, in_order, title_words, wording};
use super::{Entities, Entity, EntityId, fold, role};
use crate::date::PartialDate;
use std::ops::Range;

/// An office that so many have held is none of one place.
const MOST_HOLDERS: usize = 400;

/// Most words of a name in a title.
const LONGEST: usize = 6;

/// So many places of one name are thought of.
const MOST_PLACES: usize = 4;

/// What a title may mean.
struct Meant {
    /// What the office is, in the words of the title and in others that mean the same.
    wordings: Vec<String>,
    /// The title with the place or body in it.
    whole: String,
    /// The number of the item of the place or body.
    of: Option<u32>,
    /// Its names as titles have them.
    names: Vec<String>,
}

impl Entities {
    /// The one who held an office at a date, as only the knowledge base has it; the rules of [`Entities::office_holder`] hold.
    ///
    /// The role names its place or body itself. Where the table knows a holder of that day, or several, the base is not
    /// asked. Nor does it answer with somebody of whom it has no date at all: that may have been at any time.
    pub fn office_holder_in_base(&self, role: &str, on: Option<PartialDate>) -> Option<EntityId> {
        if !self.has_base() || role::is_not_now(role) {
            return None;
        }
        if self.holders_in_table(role, None).iter().any(|held| held.is_possible(on)) {
            return None;
        }
        let place = self.ask_base(|base| {
            let all = self.meant(base, role)?;
            let mut held = Vec::new();
            for meant in &all {
                meant.holders_of_its_own(base, &mut held)?;
            }
            if held.is_empty() {
                for meant in &all {
                    meant.holders_in_place(base, &mut held)?;
                }
            }
            let dated = |who: &u32| held.iter().any(|held| held.by == *who && (held.from.or(held.until)).is_some());
            Ok(office::holder(&held, on).filter(|who| held.len() < MOST_HOLDERS && dated(who)))
        })??;
        self.guest(place)
    }

    /// What a title may mean that names a place or body.
    fn meant(&self, base: &Base, role: &str) -> Result<Vec<Meant>, BaseError> {
        let title = self.title(role);
        let other = self.holders().resolve(title.clone(), None);
        let known = |title: &Title| {
            let of = title.institution().and_then(|key| self.by_key(key)).or(title.country)?;
            Some(Meant::of_entity(title.wording(), wording(role), self.get(of)))
        };
        let found: Vec<Meant> = [&title, &other].into_iter().filter_map(known).collect();
        if !found.is_empty() {
            return Ok(found);
        }
        let words: Vec<&str> = title_words(role).collect();
        let mut found = Vec::new();
        for (range, place) in places(base, &words)? {
            let rest = [&words[..range.start], &words[range.end..]].concat().join(" ");
            let title = self.title(&rest);
            let other = self.holders().resolve(title.clone(), None);
            let mut wordings = vec![title.wording(), other.wording()];
            wordings.dedup();
            found.push(Meant::of_record(wordings, wording(role), &base.record(place)?));
        }
        Ok(found)
    }
}

/// The places and bodies that a title may name behind its first word, and where.
fn places(base: &Base, words: &[&str]) -> Result<Vec<(Range<usize>, u32)>, BaseError> {
    let is_capital = |at: usize| words[at].starts_with(char::is_uppercase);
    let mut found = Vec::new();
    for at in (1..words.len()).filter(|at| !is_capital(*at)) {
        let places = base.places_of(words[at])?;
        found.extend(places.iter().take(MOST_PLACES).map(|meaning| (at..at + 1, meaning.entity)));
    }
    if !found.is_empty() {
        return Ok(found);
    }
    for start in (1..words.len()).filter(|at| is_capital(*at)) {
        for end in (start + 1..=words.len().min(start + LONGEST)).rev().filter(|end| is_capital(end - 1)) {
            let meanings = base.look_up(&fold::fold(&words[start..end].join(" ")))?.unwrap_or_default();
            let fitting = of_kinds(&meanings);
            if !fitting.is_empty() {
                found.extend(fitting.iter().map(|place| (start..end, *place)));
                break;
            }
        }
    }
    Ok(found)
}

/// The places among the meanings of a name, or the only body.
fn of_kinds(meanings: &[Meaning]) -> Vec<u32> {
    let of = |kinds: &[Kind]| -> Vec<u32> {
        meanings.iter().filter(|meaning| kinds.contains(&meaning.kind)).map(|meaning| meaning.entity).collect()
    };
    let mut places = of(&[Kind::Country, Kind::Place]);
    places.truncate(MOST_PLACES);
    let bodies = of(&[Kind::Organisation, Kind::Outlet]);
    if places.is_empty() && bodies.len() == 1 { bodies } else { places }
}

impl Meant {
    fn of_entity(wording: String, whole: String, of: &Entity) -> Self {
        let names = [&*of.fr, &of.en].into_iter().chain(of.aliases.iter().map(String::as_str));
        let item = of.wikidata.as_ref().and_then(|item| item.strip_prefix('Q')?.parse().ok());
        Self { wordings: vec![wording], whole, of: item, names: names.map(office::wording).collect() }
    }

    fn of_record(wordings: Vec<String>, whole: String, of: &Record) -> Self {
        let names = of.names().chain(of.demonyms.iter().map(String::as_str));
        Self { wordings, whole, of: of.item(), names: names.map(office::wording).collect() }
    }

    /// Those who held the office of this place or body alone.
    fn holders_of_its_own(&self, base: &Base, held: &mut Vec<Held<u32>>) -> Result<(), BaseError> {
        let mut keys = vec![(self.whole.clone(), None)];
        for wording in self.wordings.iter().filter(|wording| !wording.is_empty()) {
            keys.extend(self.of.map(|of| (wording.clone(), Some(of))));
            let with = |name: &String| in_order(wording.split(' ').chain(name.split(' ')));
            keys.extend(self.names.iter().filter(|name| !name.is_empty()).map(|name| (with(name), None)));
        }
        keys.sort_unstable();
        keys.dedup();
        let mut known = Vec::new();
        for (wording, of) in keys {
            for meaning in base.titled(&wording, of)? {
                if known.contains(&meaning.entity) {
                    continue;
                }
                known.push(meaning.entity);
                let record = base.record(meaning.entity)?;
                if let (Kind::Office, Some(item)) = (record.kind, record.item()) {
                    add_holders(base, item, None, held)?;
                    add_holders(base, item, self.of, held)?;
                } else {
                    let is = |tenure: &&Tenure| match &tenure.office {
                        OfficeRef::Title(title) => office::wording(title) == wording,
                        OfficeRef::Item(_) => false,
                    };
                    add(meaning.entity, record.offices.iter().filter(is), held);
                }
            }
        }
        Ok(())
    }

    /// Those who held in this place or body an office that there is in many.
    fn holders_in_place(&self, base: &Base, held: &mut Vec<Held<u32>>) -> Result<(), BaseError> {
        let Some(of) = self.of else { return Ok(()) };
        for wording in self.wordings.iter().filter(|wording| !wording.is_empty()) {
            for meaning in base.titled(wording, None)?.iter().filter(|meaning| meaning.kind == Kind::Office) {
                if let Some(item) = base.record(meaning.entity)?.item() {
                    add_holders(base, item, Some(of), held)?;
                }
            }
        }
        Ok(())
    }
}

/// Adds those who held an office that is an item.
fn add_holders(base: &Base, item: u32, of: Option<u32>, held: &mut Vec<Held<u32>>) -> Result<(), BaseError> {
    for who in base.held(item, of, MOST_HOLDERS)? {
        let there = |tenure: &&Tenure| {
            tenure.office == OfficeRef::Item(item)
                && (tenure.of.is_empty() || of.is_some_and(|of| tenure.of.contains(&of)))
        };
        let record = base.record(who.entity)?;
        add(who.entity, record.offices.iter().filter(there), held);
    }
    Ok(())
}

/// Adds the tenures of somebody, each once.
fn add<'t>(by: u32, tenures: impl Iterator<Item = &'t Tenure>, held: &mut Vec<Held<u32>>) {
    for tenure in tenures.filter(|tenure| tenure.may_be_dated()) {
        let new = Held { by, from: tenure.from, until: tenure.until };
        if !held.contains(&new) {
            held.push(new);
        }
    }
}
