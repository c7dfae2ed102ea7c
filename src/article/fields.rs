//! The names under which data files hold the fields of articles.

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A field of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Text,
    Title,
    Outlet,
    Author,
    Url,
    Published,
    Language,
}

/// Every field with its own name, and then the names that others give it: the first that a record has counts.
const NAMES: [(Field, &[&str]); 8] = [
    (Field::Id, &["id", "article"]),
    (Field::Text, &["text", "content", "body", "maintext", "articleBody", "content_text"]),
    (Field::Title, &["title", "headline"]),
    (Field::Outlet, &["outlet", "source", "publisher", "source_domain"]),
    (Field::Author, &["author", "authors", "byline"]),
    (Field::Url, &["url", "link"]),
    (Field::Published, &["published", "date", "date_publish", "date_published", "datePublished", "publishedAt"]),
    (Field::Language, &["language", "lang"]),
];

/// Which names stand for which field: the usual ones, or those that the user gives.
///
/// ```
/// use dixit::article::FieldMap;
///
/// let map: FieldMap = "text=corps,outlet=journal".parse().unwrap();
/// assert!("text".parse::<FieldMap>().is_err(), "a field without a name");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldMap {
    /// The names of each field, in the order of [`NAMES`].
    names: [Vec<String>; NAMES.len()],
}

/// What is wrong with a field map.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum FieldMapError {
    #[error("`{0}` does not name a field: write FIELD=NAME, for example text=corps,outlet=journal")]
    Shape(String),
    #[error("`{0}` is no field of articles: write one of id, text, title, outlet, author, url, published, language")]
    Unknown(String),
}

impl Default for FieldMap {
    fn default() -> Self {
        Self { names: NAMES.map(|(_, names)| names.iter().map(|name| (*name).to_owned()).collect()) }
    }
}

impl FromStr for FieldMap {
    type Err = FieldMapError;

    /// Reads `text=corps,outlet=journal`; a field that is not named keeps its usual names.
    fn from_str(text: &str) -> Result<Self, FieldMapError> {
        let mut map = Self::default();
        for pair in text.split(',') {
            let shape = || FieldMapError::Shape(pair.to_owned());
            let (field, name) = pair.split_once('=').ok_or_else(shape)?;
            let (field, name) = (field.trim(), name.trim());
            if name.is_empty() {
                return Err(shape());
            }
            let at = NAMES.iter().position(|(_, names)| names[0].eq_ignore_ascii_case(field));
            let at = at.ok_or_else(|| FieldMapError::Unknown(field.to_owned()))?;
            // What a user gives to one field is not another's.
            map.names.iter_mut().for_each(|names| names.retain(|known| !known.eq_ignore_ascii_case(name)));
            map.names[at] = vec![name.to_owned()];
        }
        Ok(map)
    }
}

impl FieldMap {
    /// The field that `name` stands for, and how many names come before this one.
    pub(super) fn find(&self, name: &str) -> Option<(Field, usize)> {
        NAMES.iter().zip(&self.names).find_map(|((field, _), names)| {
            let rank = names.iter().position(|known| known.eq_ignore_ascii_case(name))?;
            Some((*field, rank))
        })
    }

    /// Reads a JSON object as a record: fields that are not ours are passed over.
    pub(super) fn read<'de, D: Deserializer<'de>>(&self, object: D) -> Result<Record, D::Error> {
        object.deserialize_map(Keys(self))
    }
}

/// What one record says of its article.
#[derive(Debug, Default)]
pub(super) struct Record {
    values: [Option<(usize, Value)>; NAMES.len()],
}

impl Record {
    /// Takes the value out; a field that the record does not have is null.
    pub fn take(&mut self, field: Field) -> Value {
        self.values[field as usize].take().map_or(Value::Null, |(_, value)| value)
    }

    /// Notes a value, unless a name that comes before has one. False: the very name has one already.
    pub fn put(&mut self, (field, rank): (Field, usize), value: Value) -> bool {
        let place = &mut self.values[field as usize];
        match place {
            Some((known, _)) if *known == rank => return false,
            Some((known, old)) if *known < rank && !old.is_null() => {}
            _ if value.is_null() && place.is_some() => {}
            _ => *place = Some((rank, value)),
        }
        true
    }
}

/// What becomes of the keys of an object.
struct Keys<'a>(&'a FieldMap);

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = Record;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
        let mut record = Record::default();
        while let Some(name) = map.next_key::<Cow<'_, str>>()? {
            match self.0.find(&name) {
                Some(place) => {
                    if !record.put(place, map.next_value_seed(Plain { in_list: false })?) {
                        return Err(A::Error::custom(format!("duplicate field `{name}`")));
                    }
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(record)
    }
}

/// Reads a value as far as fields need it: of an object its name, of a list the first names. What else a hostile file
/// holds would take many times its bytes.
struct Plain {
    in_list: bool,
}

/// The most names in a list.
const MOST_NAMES: usize = 1_000;

impl<'de> DeserializeSeed<'de> for Plain {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Value, D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Plain {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while !self.in_list && values.len() < MOST_NAMES {
            let Some(value) = list.next_element_seed(Self { in_list: true })? else { return Ok(values.into()) };
            values.push(value);
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(values.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = serde_json::Map::new();
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            match &*key {
                "name" => drop(object.insert(key.into_owned(), map.next_value_seed(Self { in_list: true })?)),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(map: &FieldMap, json: &str) -> Value {
        let mut record = map.read(&mut serde_json::Deserializer::from_str(json)).unwrap();
        record.take(Field::Text)
    }

    #[test]
    fn the_first_of_the_usual_names_counts() {
        let map = FieldMap::default();
        assert_eq!(text(&map, r#"{"body": "b", "content": "c"}"#), "c");
        assert_eq!(text(&map, r#"{"Text": "t", "body": "b"}"#), "t");
        assert_eq!(text(&map, r#"{"text": null, "body": "b"}"#), "b");
        assert_eq!(text(&map, r#"{"corps": "c"}"#), Value::Null);
    }

    #[test]
    fn what_the_user_names_counts_alone() {
        let map: FieldMap = "text=corps, title = text".parse().unwrap();
        assert_eq!(text(&map, r#"{"text": "t", "body": "b", "corps": "c"}"#), "c");
        assert_eq!(map.find("text").map(|found| found.0), Some(Field::Title));
        assert_eq!(map.find("link").map(|found| found.0), Some(Field::Url));
    }

    #[test]
    fn a_wrong_map_is_told() {
        let told = |text: &str| text.parse::<FieldMap>().unwrap_err().to_string();
        assert!(told("texte=corps").starts_with("`texte` is no field of articles"));
        assert!(told("text=").starts_with("`text=` does not name a field"));
        assert!(told("").starts_with("`` does not name a field"));
    }
}
