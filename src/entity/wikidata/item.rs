//! An entity of the dump, read as far as it is needed.
//!
//! Maps without entries are written as `[]`, values that are unknown or none have no `datavalue`, and a list may be
//! absent: whatever is not there is empty.

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// An entity. Its names are read when it is known to be kept.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Item<'a> {
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow)]
    pub labels: Map<'a>,
    #[serde(borrow)]
    pub descriptions: Map<'a>,
    #[serde(borrow)]
    pub aliases: Map<'a>,
    #[serde(borrow)]
    pub claims: Claims<'a>,
    #[serde(borrow)]
    pub sitelinks: Map<'a>,
}

/// The statements of the properties that count.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Claims<'a> {
    /// Instance of.
    #[serde(rename = "P31", borrow)]
    pub class: Vec<Statement<'a>>,
    /// Subclass of.
    #[serde(rename = "P279", borrow)]
    pub superclass: Vec<Statement<'a>>,
    /// Position held.
    #[serde(rename = "P39", borrow)]
    pub office: Vec<Statement<'a>>,
    #[serde(rename = "P106", borrow)]
    pub occupation: Vec<Statement<'a>>,
    #[serde(rename = "P21", borrow)]
    pub gender: Vec<Statement<'a>>,
    #[serde(rename = "P27", borrow)]
    pub citizenship: Vec<Statement<'a>>,
    #[serde(rename = "P17", borrow)]
    pub country: Vec<Statement<'a>>,
    /// Applies to jurisdiction.
    #[serde(rename = "P1001", borrow)]
    pub jurisdiction: Vec<Statement<'a>>,
    /// Headquarters.
    #[serde(rename = "P159", borrow)]
    pub seat: Vec<Statement<'a>>,
    /// Coordinates; only whether there are any.
    #[serde(rename = "P625")]
    pub coordinates: Vec<IgnoredAny>,
    /// Official web site.
    #[serde(rename = "P856", borrow)]
    pub web: Vec<Statement<'a>>,
    /// Date of death.
    #[serde(rename = "P570", borrow)]
    pub death: Vec<Statement<'a>>,
    /// Name of those who live there.
    #[serde(rename = "P1549", borrow)]
    pub demonym: Vec<Statement<'a>>,
}

/// A statement with its rank.
#[derive(Debug, Deserialize)]
pub(super) struct Statement<'a> {
    #[serde(borrow)]
    pub mainsnak: Snak<'a>,
    #[serde(default)]
    pub rank: Rank,
    #[serde(borrow, default)]
    pub qualifiers: Qualifiers<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Rank {
    Preferred,
    #[default]
    Normal,
    Deprecated,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Qualifiers<'a> {
    /// Start time.
    #[serde(rename = "P580", borrow)]
    pub from: Vec<Snak<'a>>,
    /// End time.
    #[serde(rename = "P582", borrow)]
    pub until: Vec<Snak<'a>>,
    /// Applies to jurisdiction.
    #[serde(rename = "P1001", borrow)]
    pub jurisdiction: Vec<Snak<'a>>,
    /// Of.
    #[serde(rename = "P642", borrow)]
    pub of: Vec<Snak<'a>>,
}

/// A value, or that there is none, or an unknown one.
#[derive(Debug, Deserialize)]
pub(super) struct Snak<'a> {
    #[serde(default)]
    pub snaktype: SnakType,
    #[serde(borrow)]
    pub datavalue: Option<DataValue<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum SnakType {
    #[default]
    Value,
    SomeValue,
    NoValue,
}

#[derive(Debug, Deserialize)]
pub(super) struct DataValue<'a> {
    #[serde(borrow)]
    value: &'a RawValue,
}

/// A moment: "+2012-05-07T00:00:00Z" with precision 11 is a day, "+2012-00-00T00:00:00Z" with 9 a year.
#[derive(Debug, Deserialize)]
pub(super) struct Time<'a> {
    #[serde(borrow)]
    pub time: Cow<'a, str>,
    pub precision: u8,
}

impl<'a> Snak<'a> {
    /// The value, if it is of that form.
    fn value<T: Deserialize<'a>>(&self) -> Option<T> {
        serde_json::from_str(self.datavalue.as_ref()?.value.get()).ok()
    }

    /// The number of the item that it is.
    pub fn item(&self) -> Option<u32> {
        #[derive(Deserialize)]
        struct Id<'a> {
            #[serde(borrow)]
            id: Option<Cow<'a, str>>,
            #[serde(rename = "numeric-id")]
            number: Option<u32>,
        }
        let Id { id, number } = self.value()?;
        // Of the forms of dumps that there were, some have only one of the two.
        id.map_or(number, |id| number_of(&id))
    }

    pub fn time(&self) -> Option<Time<'a>> {
        self.value()
    }

    pub fn text(&self) -> Option<Cow<'a, str>> {
        #[derive(Deserialize)]
        struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
        self.value().map(|Text(text)| text)
    }

    /// The text, if it is in one of the languages.
    pub fn text_in(&self, languages: &[String]) -> Option<Cow<'a, str>> {
        #[derive(Deserialize)]
        struct Monolingual<'a> {
            #[serde(borrow)]
            text: Cow<'a, str>,
            #[serde(borrow)]
            language: Cow<'a, str>,
        }
        let Monolingual { text, language } = self.value()?;
        languages.iter().any(|known| *known == language).then_some(text)
    }
}

/// The number of an item: 30 of "Q30". Properties and lexemes have none.
pub(super) fn number_of(id: &str) -> Option<u32> {
    id.strip_prefix('Q')?.parse().ok()
}

/// A text in a language.
#[derive(Debug, Deserialize)]
pub(super) struct Term<'a> {
    #[serde(borrow)]
    pub value: Cow<'a, str>,
}

/// A map whose values are read when they are needed. One without entries is written as `[]`.
#[derive(Debug, Default)]
pub(super) struct Map<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Map<'a> {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The value of a key, if it is of that form.
    pub fn get<T: Deserialize<'a>>(&self, key: &str) -> Option<T> {
        let (_, value) = self.0.iter().find(|(known, _)| known == key)?;
        serde_json::from_str(value.get()).ok()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Map<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Entries)
    }
}

struct Entries;

/// A key, without a copy where that is possible.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Visitor<'de> for Entries {
    type Value = Map<'de>;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a map, or [] for an empty one")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Map<'de>, A::Error> {
        let mut found = Vec::new();
        while let Some((Key(key), value)) = map.next_entry()? {
            found.push((key, value));
        }
        Ok(Map(found))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Map<'de>, A::Error> {
        match list.next_element::<IgnoredAny>()? {
            None => Ok(Map::default()),
            Some(_) => Err(de::Error::invalid_type(Unexpected::Seq, &self)),
        }
    }

    fn visit_unit<E: de::Error>(self) -> Result<Map<'de>, E> {
        Ok(Map::default())
    }
}
