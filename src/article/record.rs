//! From the records of a data file to articles: what JSON lines, JSON documents and tables share.

use super::fields::{Field, FieldMap, Record};
use super::input::Input;
use super::metadata::Metadata;
use super::origin::Origin;
use super::plain::MAX_BYTES;
use super::{Article, ReadError};
use serde_json::Value;
use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::path::PathBuf;

/// A file of many articles, apart from its bytes.
pub(super) struct Records {
    pub path: PathBuf,
    name: String,
    place: Option<String>,
    known: Metadata,
    pub map: FieldMap,
    /// Line at which the current record begins, from 1.
    pub line: u64,
    /// Number of the article within the record, from 1, if the record holds many.
    pub part: Option<usize>,
    /// Keys of the ids seen so far, and where they stood.
    ids: HashMap<u64, (u64, Option<usize>)>,
    keys: RandomState,
    /// What is to be handed out next: some problems and at most one article.
    pub ready: VecDeque<Result<Article, ReadError>>,
}

impl Records {
    /// The records of `input`, and what its bytes are read from.
    pub fn of(input: Input, map: FieldMap) -> (Self, Box<dyn std::io::BufRead + Send>) {
        let records = Self::new(input.path, input.name, input.place, input.known, map);
        (records, input.bytes)
    }

    pub fn new(path: PathBuf, name: String, place: Option<String>, known: Metadata, map: FieldMap) -> Self {
        let (ids, keys) = (HashMap::new(), RandomState::new());
        Self { path, name, place, known, map, line: 0, part: None, ids, keys, ready: VecDeque::new() }
    }

    /// Makes an article of the record, or tells why there is none.
    pub fn take(&mut self, record: Record) {
        match self.article(record) {
            Ok(article) => self.ready.push_back(Ok(article)),
            Err(problem) => self.report(problem),
        }
    }

    /// The article of a record, or what is wrong with it and how to mend it.
    fn article(&mut self, mut record: Record) -> Result<Article, String> {
        let text = match record.take(Field::Text) {
            Value::String(text) if text.contains('\0') => Err("text: a NUL character: remove it"),
            Value::String(text) if text.trim().is_empty() => Err("text: empty: give the article's words"),
            Value::String(text) if text.len() as u64 > MAX_BYTES => Err("text: longer than any article: split it"),
            Value::String(text) => Ok(text),
            Value::Null => Err("no field `text`: give the article's words, or say with --map which field has them"),
            _ => Err("text: not a string: write \"text\": \"…\""),
        }?;
        let id = self.id(record.take(Field::Id))?;
        let known = self.metadata(record);
        let at = self.part.map_or_else(|| self.line.to_string(), |part| format!("{}.{part}", self.line));
        let name = id.clone().unwrap_or_else(|| format!("{}#{at}", self.name));
        let place = match (&self.place, id) {
            (Some(place), Some(id)) => Some(format!("{place}#{id}")),
            (Some(place), None) => Some(format!("{place}#{at}")),
            (None, Some(id)) => Some(format!("#{id}")),
            (None, None) => None,
        };
        Ok(Article::read(name, place, text, known))
    }

    /// The id as a string; numbers are ids, too.
    fn id(&mut self, value: Value) -> Result<Option<String>, String> {
        let value = if value.is_number() { Value::String(value.to_string()) } else { value };
        let Some(id) = self.string("id", value) else { return Ok(None) };
        let first = *self.ids.entry(self.keys.hash_one(&id)).or_insert((self.line, self.part));
        if first != (self.line, self.part) {
            let first = first.0;
            let problem = format!("id: `{id}` is the article of line {first}: give each article an id of its own");
            return Err(problem);
        }
        Ok(Some(id))
    }

    /// What else is known of the article; each field that cannot be used is reported.
    fn metadata(&mut self, mut record: Record) -> Metadata {
        let found = |value: Option<String>| value.map(|value| (value, Origin::Field));
        let outlet = named(record.take(Field::Outlet));
        let author = joined(record.take(Field::Author));
        let mut known = Metadata {
            outlet: found(self.string("outlet", outlet)),
            title: found(self.string("title", record.take(Field::Title))),
            author: found(self.string("author", author)),
            ..Metadata::default()
        };
        let mut string = |name, field| self.string(name, record.take(field));
        let (published, url) = (string("published", Field::Published), string("url", Field::Url));
        let language = string("language", Field::Language);
        let published = published.map(|date| known.publish(&date, Origin::Field));
        let url = url.map(|url| known.locate(url, Origin::Field));
        let language = language.map(|tag| known.write_in(&tag, Origin::Field));
        for problem in [published, url, language].into_iter().flatten().filter_map(Result::err) {
            self.report(problem);
        }
        known.complete_shared(&self.known);
        known
    }

    /// The words of a field; without words it is unknown.
    fn string(&mut self, field: &str, value: Value) -> Option<String> {
        match value {
            Value::String(text) if text.contains('\0') => self.report(format!("{field}: a NUL character: remove it")),
            Value::String(text) => return Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Null => {}
            _ => self.report(format!("{field}: not a string: write \"{field}\": \"…\"")),
        }
        None
    }

    /// Notes what is wrong with the current record.
    pub fn report(&mut self, problem: String) {
        let error = self.error(problem);
        self.ready.push_back(Err(error));
    }

    pub fn error(&self, problem: String) -> ReadError {
        let problem = self.part.map_or_else(|| problem.clone(), |part| format!("article {part}: {problem}"));
        ReadError::Line { path: self.path.clone(), line: self.line, problem }
    }
}

/// The name of what is given as an object with a name, as by news interfaces: `{"id": null, "name": "…"}`.
fn named(value: Value) -> Value {
    match value {
        Value::Object(mut object) if object.contains_key("name") => object.remove("name").unwrap_or_default(),
        other => other,
    }
}

/// Several names as one value.
fn joined(value: Value) -> Value {
    let Value::Array(values) = value else { return named(value) };
    let names: Vec<Value> = values.into_iter().map(named).collect();
    match names.iter().map(Value::as_str).collect::<Option<Vec<_>>>() {
        Some(names) => Value::String(names.join(", ")),
        None => Value::Array(names),
    }
}
