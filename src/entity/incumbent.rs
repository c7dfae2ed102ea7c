//! Who held an office at a date, as a knowledge base has it; asked for what the table does not answer.
//!
//! A base has offices with their titles and jurisdictions, and persons with the offices that they held. "Le ministre
//! valmontais de l'Intérieur" is cut into what the office is and of which place or body it is. Then holders are looked for
//! in two ways: those of an office of that place alone ("ministre de l'Intérieur" of Valmont, "ministre de l'Intérieur de
//! Valmont"), and if there are none, those who held an office that there is in many places, in this one ("maire").
//! Of whom it is not told in which place he held it, nothing follows from his citizenship: a country has many mayors.

use super::base::{Base, BaseError, Kind, Meaning, OfficeRef, Record, Tenure};
use super::office::{self, Held, Title, in_order, title_words, wording};
use super::{Entities, Entity, EntityId, EntityKind, fold, role};
use crate::date::PartialDate;
use std::ops::Range;

/// An office that so many have held is none of one place.
const MOST_HOLDERS: usize = 400;

/// Most words of a name in a title.
const LONGEST: usize = 6;

/// Offices that many hold at once in a country: without more words they are nobody's ([`wording`]).
const MANY: &[&str] = &[
    "ambassadeur",
    "amiral",
    "archeveque",
    "colonel",
    "conseiller",
    "consul",
    "delegue ministre",
    "depute",
    "diplomate",
    "elu",
    "etat secretaire",
    "eveque",
    "general",
    "juge",
    "magistrat",
    "maire",
    "ministre",
    "porte parole",
    "prefet",
    "procureur",
    "senateur",
];

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
            let (all, mut found) = (self.meant(base, role)?, Holders::new(base));
            all.iter().try_for_each(|meant| meant.of_its_own(&mut found))?;
            if found.is_empty() {
                all.iter().try_for_each(|meant| meant.in_place(&mut found))?;
            }
            Ok(found.at(on))
        })??;
        self.guest(place)
    }

    /// What a title may mean that names a place or body.
    fn meant(&self, base: &Base, role: &str) -> Result<Vec<Meant>, BaseError> {
        let title = self.title(role);
        let other = self.holders().resolve(title.clone(), None);
        let known = |title: &Title| {
            let of = title.institution().and_then(|key| self.by_key(key)).or(title.country)?;
            Meant::of_entity(vec![title.wording()], role, self.get(of))
        };
        if title.country.or(other.country).is_some() || title.names_institution() || other.names_institution() {
            return Ok([&title, &other].into_iter().filter_map(known).collect());
        }
        let words: Vec<&str> = title_words(role).collect();
        let mut found = Vec::new();
        for (range, place) in places(base, &words)? {
            let rest = [&words[..range.start], &words[range.end..]].concat().join(" ");
            let title = self.title(&rest);
            let other = self.holders().resolve(title.clone(), None);
            found.extend(Meant::of_record(vec![title.wording(), other.wording()], role, &base.record(place)?));
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
    /// `None` if it may be many people at once.
    fn new<'n>(
        mut wordings: Vec<String>,
        role: &str,
        of: Option<u32>,
        kind: Kind,
        names: impl Iterator<Item = &'n str>,
    ) -> Option<Self> {
        let is_many = |wording: &str| kind == Kind::Country && MANY.contains(&wording);
        wordings.retain(|wording| !wording.is_empty() && !is_many(wording));
        wordings.dedup();
        let names = names.map(wording).filter(|name| !name.is_empty()).collect();
        (!wordings.is_empty()).then(|| Self { wordings, whole: wording(role), of, names })
    }

    fn of_entity(wordings: Vec<String>, role: &str, of: &Entity) -> Option<Self> {
        let names = [&*of.fr, &*of.en].into_iter().chain(of.aliases.iter().map(String::as_str));
        let item = of.wikidata.as_ref().and_then(|item| item.strip_prefix('Q')?.parse().ok());
        let kind = if of.kind == EntityKind::Country { Kind::Country } else { Kind::Place };
        Self::new(wordings, role, item, kind, names)
    }

    fn of_record(wordings: Vec<String>, role: &str, of: &Record) -> Option<Self> {
        let names = of.names().chain(of.demonyms.iter().map(String::as_str));
        Self::new(wordings, role, of.item(), of.kind, names)
    }

    /// Finds those who held the office of this place or body alone.
    fn of_its_own(&self, found: &mut Holders) -> Result<(), BaseError> {
        let mut keys = vec![(self.whole.clone(), None)];
        for wording in &self.wordings {
            keys.extend(self.of.map(|of| (wording.clone(), Some(of))));
            let with = |name: &String| in_order(wording.split(' ').chain(name.split(' ')));
            keys.extend(self.names.iter().map(|name| (with(name), None)));
        }
        keys.sort_unstable();
        keys.dedup();
        for (wording, of) in keys {
            for meaning in found.base.titled(&wording, of)? {
                let record = found.base.record(meaning.entity)?;
                if let (Kind::Office, Some(item)) = (record.kind, record.item()) {
                    found.add_holders(item, None)?;
                    found.add_holders(item, self.of)?;
                } else {
                    let is = |tenure: &&Tenure| match &tenure.office {
                        OfficeRef::Title(title) => self::wording(title) == wording,
                        OfficeRef::Item(_) => false,
                    };
                    found.add(meaning.entity, record.offices.iter().filter(is));
                }
            }
        }
        Ok(())
    }

    /// Finds those who held in this place or body an office that there is in many.
    fn in_place(&self, found: &mut Holders) -> Result<(), BaseError> {
        let Some(of) = self.of else { return Ok(()) };
        for wording in &self.wordings {
            for meaning in found.base.titled(wording, None)?.iter().filter(|meaning| meaning.kind == Kind::Office) {
                if let Some(item) = found.base.record(meaning.entity)?.item() {
                    found.add_holders(item, Some(of))?;
                }
            }
        }
        Ok(())
    }
}

/// Those who held an office at whatever time.
struct Holders<'a> {
    base: &'a Base,
    held: Vec<Held<u32>>,
    /// Offices that were looked at, and of which place.
    offices: Vec<(u32, Option<u32>)>,
    too_many: bool,
}

impl<'a> Holders<'a> {
    fn new(base: &'a Base) -> Self {
        Self { base, held: Vec::new(), offices: Vec::new(), too_many: false }
    }

    /// Adds those who held an office that is an item, in a place or body or in none that is told.
    fn add_holders(&mut self, item: u32, of: Option<u32>) -> Result<(), BaseError> {
        if self.too_many || self.offices.contains(&(item, of)) {
            return Ok(());
        }
        self.offices.push((item, of));
        let all = self.base.held(item, of, MOST_HOLDERS)?;
        if all.len() >= MOST_HOLDERS {
            self.too_many = true;
            return Ok(());
        }
        for who in all {
            let there = |tenure: &&Tenure| {
                tenure.office == OfficeRef::Item(item) && of.map_or(tenure.of.is_empty(), |of| tenure.of.contains(&of))
            };
            let record = self.base.record(who.entity)?;
            self.add(who.entity, record.offices.iter().filter(there));
        }
        Ok(())
    }

    /// Adds the tenures of somebody.
    fn add<'t>(&mut self, by: u32, tenures: impl Iterator<Item = &'t Tenure>) {
        let dated = tenures.filter(|tenure| tenure.may_be_dated());
        self.held.extend(dated.map(|tenure| Held { by, from: tenure.from, until: tenure.until }));
    }

    fn is_empty(&self) -> bool {
        self.held.is_empty() && !self.too_many
    }

    /// The one who held it at a date, unless no date at all is known of his holding it.
    fn at(&self, on: Option<PartialDate>) -> Option<u32> {
        let dated = |who: &u32| self.held.iter().any(|held| held.by == *who && held.from.or(held.until).is_some());
        office::holder(&self.held, on).filter(|who| !self.too_many && dated(who))
    }
}
