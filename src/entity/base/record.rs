//! What the base keeps of an entity.

use crate::date::PartialDate;
use crate::entity::{EntityKind, Gender};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What sort of thing a record is of: an entity, or an office that persons hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Person,
    Organisation,
    Outlet,
    Place,
    Country,
    Concept,
    /// "President of the Republic": the item to which [`Tenure::office`] refers.
    Office,
}

impl Kind {
    /// All of them, each at the place of its number.
    pub const ALL: [Self; 7] =
        [Self::Person, Self::Organisation, Self::Outlet, Self::Place, Self::Country, Self::Concept, Self::Office];

    /// As tables and JSON write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Outlet => "outlet",
            Self::Place => "place",
            Self::Country => "country",
            Self::Concept => "concept",
            Self::Office => "office",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// What it is among the entities that texts name; an office is none.
    pub fn entity(self) -> Option<EntityKind> {
        Some(match self {
            Self::Person => EntityKind::Person,
            Self::Organisation => EntityKind::Organisation,
            Self::Outlet => EntityKind::Outlet,
            Self::Place => EntityKind::Place,
            Self::Country => EntityKind::Country,
            Self::Concept => EntityKind::Concept,
            Self::Office => return None,
        })
    }
}

/// An entity as the base keeps it. Items of Wikidata are meant by their numbers: 30 is Q30.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The Wikidata item, or the slug of what has none.
    pub key: String,
    pub kind: Kind,
    /// In how many wikis it has a page: how well it is known.
    pub sitelinks: u32,
    /// By the base's languages, in their order.
    pub labels: Vec<Option<String>>,
    pub descriptions: Vec<Option<String>>,
    /// Other names in these languages.
    pub aliases: Vec<String>,
    #[serde(with = "gender")]
    pub gender: Option<Gender>,
    /// Held by a person, as Wikidata orders them.
    pub offices: Vec<Tenure>,
    /// Of a person the citizenships, of an office the jurisdictions, else where it is; the preferred ones first.
    pub countries: Vec<u32>,
    pub occupations: Vec<u32>,
    /// Where its seat is.
    pub seats: Vec<u32>,
    /// What it is an instance of.
    pub classes: Vec<u32>,
    /// Host names of its sites, without `www.`.
    pub web: Vec<String>,
    /// Of a place what those are called who live there ("Valmontais").
    pub demonyms: Vec<String>,
    /// Keys of broader concepts, where a table tells them.
    pub broader: Vec<String>,
}

impl Record {
    /// The name in the first language that has one.
    pub fn name(&self) -> &str {
        self.labels.iter().flatten().next().map_or(&self.key, String::as_str)
    }

    /// Its names as they are written: labels, then the others.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.labels.iter().flatten().chain(&self.aliases).map(String::as_str)
    }

    /// The number of its item; `None` for what has a slug.
    pub fn item(&self) -> Option<u32> {
        self.key.strip_prefix('Q')?.parse().ok()
    }

    /// The description in the first language that has one.
    pub fn description(&self) -> Option<&str> {
        self.descriptions.iter().flatten().next().map(String::as_str)
    }
}

/// An office, as an item or as words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OfficeRef {
    Item(u32),
    Title(String),
}

/// That somebody held an office, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    pub office: OfficeRef,
    /// Of which places or bodies, where the office is the same in many: mayor.
    pub of: Vec<u32>,
    #[serde(with = "date")]
    pub from: Option<PartialDate>,
    #[serde(with = "date")]
    pub until: Option<PartialDate>,
    /// Whether it is over, though nobody may know since when.
    pub over: bool,
    /// Whether Wikidata prefers the statement: it is the present office, or the one that matters most.
    pub preferred: bool,
}

impl Tenure {
    /// Whether it can be told of some day that it was held then. What is over nobody knows since when was not, on any day.
    pub fn may_be_dated(&self) -> bool {
        self.until.is_some() || !self.over
    }
}

/// A gender as one byte, and for readers as "m" or "f".
mod gender {
    use super::*;

    pub fn serialize<S: Serializer>(gender: &Option<Gender>, serializer: S) -> Result<S::Ok, S::Error> {
        let (byte, letter) = match gender {
            None => (0, None),
            Some(Gender::Masculine) => (1, Some("m")),
            Some(Gender::Feminine) => (2, Some("f")),
        };
        if serializer.is_human_readable() { letter.serialize(serializer) } else { serializer.serialize_u8(byte) }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Gender>, D::Error> {
        Ok(match u8::deserialize(deserializer)? {
            1 => Some(Gender::Masculine),
            2 => Some(Gender::Feminine),
            _ => None,
        })
    }
}

/// A date as one number, 20120507, 20120500 or 20120000, where nought is no date; for readers as ISO 8601 has it.
mod date {
    use super::*;

    pub fn serialize<S: Serializer>(date: &Option<PartialDate>, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return date.map(|date| date.to_string()).serialize(serializer);
        }
        let number = |year: i16, month: i8, day: i8| i32::from(year) * 10_000 + i32::from(month) * 100 + i32::from(day);
        serializer.serialize_i32(match date {
            None => 0,
            Some(PartialDate::Year(year)) => number(*year, 0, 0),
            Some(PartialDate::Month(year, month)) => number(*year, *month, 0),
            Some(PartialDate::Day(day)) => number(day.year(), day.month(), day.day()),
        })
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PartialDate>, D::Error> {
        let number = i32::deserialize(deserializer)?;
        Ok(super::date_of((number / 10_000) as i16, (number / 100 % 100) as i8, (number % 100) as i8))
    }
}

/// The date with a year from 1 on, and as much of it as there is; `None` for what is no date.
pub(in crate::entity) fn date_of(year: i16, month: i8, day: i8) -> Option<PartialDate> {
    match (month, day) {
        _ if !(1..=9999).contains(&year) => None,
        (0, _) => Some(PartialDate::Year(year)),
        (_, 0) => Date::new(year, month, 1).ok().map(|_| PartialDate::Month(year, month)),
        _ => Date::new(year, month, day).ok().map(PartialDate::Day),
    }
}
