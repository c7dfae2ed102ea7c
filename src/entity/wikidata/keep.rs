//! From an entity of the dump to the record that is kept of it.

use super::Classes;
use super::classes::Facts;
use super::item::{Item, Map, Qualifiers, Rank, Snak, SnakType, Statement, Term, Time, number_of};
use crate::date::PartialDate;
use crate::entity::Gender;
use crate::entity::base::{Kind, OfficeRef, Record, Tenure, date_of};
use crate::entity::outlet::host;

/// Names that are the same in every language, and those of last resort.
const MULTILINGUAL: &str = "mul";
const LAST_RESORT: &str = "en";

/// Genders that a person's words agree with.
const GENDERS: [(u32, Gender); 4] = [
    (6_581_097, Gender::Masculine),
    (6_581_072, Gender::Feminine),
    (2_449_503, Gender::Masculine),
    (1_052_281, Gender::Feminine),
];

/// Sites that have pages of many: an address there tells of no host of one's own.
const SHARED: [&str; 14] = [
    "archive.org",
    "facebook.com",
    "github.com",
    "instagram.com",
    "linkedin.com",
    "medium.com",
    "sites.google.com",
    "t.me",
    "tiktok.com",
    "twitter.com",
    "vk.com",
    "web.archive.org",
    "x.com",
    "youtube.com",
];

/// The record of an entity; `None` if it is of no class that is kept, or has no name that can be read.
pub(super) fn keep(item: &Item, classes: &Classes, languages: &[String]) -> Option<Record> {
    // Properties and lexemes are no items.
    number_of(&item.id)?;
    let claims = &item.claims;
    let facts = Facts {
        classes: items(&claims.class),
        superclasses: items(&claims.superclass),
        occupations: items(&claims.occupation),
        has_office: claims.office.iter().any(|statement| statement.rank != Rank::Deprecated),
        has_seat: !claims.seat.is_empty(),
        has_coordinates: !claims.coordinates.is_empty(),
        sitelinks: item.sitelinks.len(),
    };
    let kind = classes.kind(&facts)?;
    let labels = labels(&item.labels, languages)?;
    let person = kind == Kind::Person;
    let tenures = || best_first(&claims.office).filter_map(|statement| tenure(statement, &claims.death));
    let offices = if person { tenures().collect() } else { Vec::new() };
    let lived_in = matches!(kind, Kind::Country | Kind::Place);
    let countries = match kind {
        Kind::Person => items(&claims.citizenship),
        Kind::Office if !claims.jurisdiction.is_empty() => items(&claims.jurisdiction),
        _ => items(&claims.country),
    };
    Some(Record {
        key: item.id.clone().into_owned(),
        kind,
        sitelinks: u32::try_from(facts.sitelinks).unwrap_or(u32::MAX),
        descriptions: descriptions(&item.descriptions, languages),
        aliases: aliases(item, languages, &labels),
        labels,
        gender: gender(&claims.gender),
        offices,
        countries,
        occupations: facts.occupations,
        seats: items(&claims.seat),
        classes: facts.classes,
        web: hosts(&claims.web),
        demonyms: if lived_in { demonyms(&claims.demonym, languages) } else { Vec::new() },
        broader: Vec::new(),
    })
}

/// Statements that hold, preferred ones first.
fn best_first<'s, 'a>(statements: &'s [Statement<'a>]) -> impl Iterator<Item = &'s Statement<'a>> {
    let of = |rank| statements.iter().filter(move |statement| statement.rank == rank);
    of(Rank::Preferred).chain(of(Rank::Normal))
}

/// The items that are the values of statements, each once.
fn items(statements: &[Statement]) -> Vec<u32> {
    let mut found = Vec::new();
    for item in best_first(statements).filter_map(|statement| statement.mainsnak.item()) {
        if !found.contains(&item) {
            found.push(item);
        }
    }
    found
}

/// The label of each language, or the one of all; that of last resort stands for the first.
fn labels(map: &Map, languages: &[String]) -> Option<Vec<Option<String>>> {
    let label =
        |language: &str| map.get::<Term>(language).map(|term| term.value.into_owned()).filter(|l| !l.is_empty());
    let of_all = label(MULTILINGUAL);
    let mut labels: Vec<_> = languages.iter().map(|language| label(language).or_else(|| of_all.clone())).collect();
    if labels.iter().all(Option::is_none) {
        *labels.first_mut()? = Some(label(LAST_RESORT)?);
    }
    Some(labels)
}

/// The description in each language; if there is none, in that of last resort.
fn descriptions(map: &Map, languages: &[String]) -> Vec<Option<String>> {
    let description = |language: &str| map.get::<Term>(language).map(|term| term.value.into_owned());
    let mut found: Vec<_> = languages.iter().map(|language| description(language)).collect();
    if let (true, Some(first)) = (found.iter().all(Option::is_none), found.first_mut()) {
        *first = description(LAST_RESORT);
    }
    found
}

/// The other names in the languages, each once and none that is a label.
fn aliases(item: &Item, languages: &[String], labels: &[Option<String>]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let of_all = item.labels.get::<Term>(MULTILINGUAL);
    let listed = languages.iter().map(String::as_str).chain([MULTILINGUAL]);
    let listed = listed.flat_map(|language| item.aliases.get::<Vec<Term>>(language).unwrap_or_default());
    for Term { value } in of_all.into_iter().chain(listed) {
        let known = labels.iter().flatten().chain(&found).any(|name| *name == value);
        if !known && !value.is_empty() {
            found.push(value.into_owned());
        }
    }
    found
}

fn gender(statements: &[Statement]) -> Option<Gender> {
    let item = *items(statements).first()?;
    GENDERS.iter().find(|(known, _)| *known == item).map(|(_, gender)| *gender)
}

/// The host names of web addresses, each once; those that many share are left out.
fn hosts(statements: &[Statement]) -> Vec<String> {
    let mut found = Vec::new();
    for address in best_first(statements).filter_map(|statement| statement.mainsnak.text()) {
        if let Some(host) = host(&address).filter(|host| !found.contains(host) && !SHARED.contains(&host.as_str())) {
            found.push(host);
        }
    }
    found
}

/// What those are called who live there, each once: "Valmontais", "Valmontaise".
fn demonyms(statements: &[Statement], languages: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in best_first(statements).filter_map(|statement| statement.mainsnak.text_in(languages)) {
        if !found.iter().any(|known| *known == name) {
            found.push(name.into_owned());
        }
    }
    found
}

/// The office that a statement tells; `None` if it is unknown which. It ends with the life of who held it, if nothing tells of
/// an earlier end.
fn tenure(statement: &Statement, death: &[Statement]) -> Option<Tenure> {
    let Qualifiers { from, until, jurisdiction, of } = &statement.qualifiers;
    let is_over = until.iter().any(|snak| snak.snaktype != SnakType::NoValue);
    let died = || best_first(death).filter_map(|statement| statement.mainsnak.time()).find_map(|time| date(&time));
    Some(Tenure {
        office: OfficeRef::Item(statement.mainsnak.item()?),
        of: jurisdiction.iter().chain(of).filter_map(Snak::item).collect(),
        from: first_date(from),
        until: first_date(until).or_else(|| died().filter(|_| !is_over)),
        over: is_over || best_first(death).next().is_some(),
        preferred: statement.rank == Rank::Preferred,
    })
}

fn first_date(snaks: &[Snak]) -> Option<PartialDate> {
    snaks.iter().filter_map(Snak::time).find_map(|time| date(&time))
}

/// A date as precise as it says; `None` for one before our era or less precise than a year.
fn date(time: &Time) -> Option<PartialDate> {
    const YEAR: u8 = 9;
    const MONTH: u8 = 10;
    const DAY: u8 = 11;
    let mut parts = time.time.strip_prefix('+')?.split(['-', 'T']);
    let year = parts.next()?.parse().ok()?;
    let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    match time.precision {
        ..YEAR => None,
        YEAR => date_of(year, 0, 0),
        MONTH => date_of(year, month, 0),
        DAY.. => date_of(year, month, day),
    }
}
