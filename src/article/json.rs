//! JSON documents: an array of objects, objects over several lines, or one object that holds such an array, as the
//! interfaces of news services answer. Of an array no more than one object is in memory.

use super::fields::{Field, FieldMap};
use super::input::Input;
use super::json_lines::{broken_off, without_mark};
use super::plain::MAX_BYTES;
use super::record::Records;
use super::{Article, ReadError};
use std::io::{self, BufRead, Read};

/// The ending of files that hold a JSON document.
pub(super) const EXTENSION: &str = "json";

/// Whether the input holds a JSON document: it begins with an array of objects, or with an object whose line ends behind
/// its opening, or its name says so.
pub(super) fn fits(input: &Input) -> bool {
    let head = without_mark(&input.head).trim_ascii_start();
    let opens = |mark: u8| head.strip_prefix(&[mark]);
    let is_array = opens(b'[').is_some_and(|rest| matches!(rest.trim_ascii_start(), [b'{', ..]));
    let is_object = opens(b'{').is_some_and(|rest| {
        let line = rest.trim_ascii_start();
        line.starts_with(b"\"") && rest[..rest.len() - line.len()].contains(&b'\n')
    });
    is_array || is_object || input.extension() == EXTENSION
}

/// The articles of an input.
pub(super) fn read(input: Input, map: FieldMap) -> Document {
    let (records, bytes) = Records::of(input, map);
    Document::new(records, bytes)
}

/// A document that is being read.
pub(super) struct Document {
    records: Records,
    values: Values,
    /// The articles of the object at hand, if it holds many.
    list: Option<Values>,
    found: bool,
    ended: bool,
}

impl Iterator for Document {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.records.ready.is_empty() && !self.ended {
            match self.list.as_mut().map(Values::read) {
                Some(Ok(Some(value))) => {
                    self.records.part = Some(self.records.part.unwrap_or_default() + 1);
                    self.take(&value);
                }
                Some(_) => {
                    self.list = None;
                    self.records.part = None;
                }
                None => self.read_value(),
            }
        }
        self.records.ready.pop_front()
    }
}

impl Document {
    fn new(mut records: Records, bytes: Box<dyn BufRead + Send>) -> Self {
        records.line = 1;
        Self { records, values: Values::new(bytes), list: None, found: false, ended: false }
    }

    fn read_value(&mut self) {
        let value = self.values.read();
        self.records.line = self.values.begin;
        match value {
            Ok(Some(value)) => {
                self.found = true;
                self.take(&value);
            }
            Ok(None) => {
                self.ended = true;
                if !self.found {
                    self.records.report("no article: write an array of objects with a field `text`".to_owned());
                }
            }
            Err(error) => {
                self.ended = true;
                self.records.line = self.values.at;
                self.records.report(broken_off(&error));
            }
        }
    }

    /// Makes an article of a value, or notes the articles in it, or tells why there are none.
    fn take(&mut self, value: &[u8]) {
        if value.is_empty() {
            let problem = format!("longer than {MAX_BYTES} bytes: no article is, so it was passed over");
            return self.records.report(problem);
        }
        if !value.starts_with(b"{") {
            return self.records.report("not a JSON object: write an array of objects".to_owned());
        }
        let mut record = match self.records.map.read(&mut serde_json::Deserializer::from_slice(value)) {
            Ok(record) => record,
            Err(error) => return self.records.report(format!("not JSON ({error}): check the file with `jq`")),
        };
        let text = record.take(Field::Text);
        match list_in(value) {
            Some(list) if text.is_null() && self.records.part.is_none() => {
                self.list = Some(Values::new(Box::new(io::Cursor::new(list.to_vec()))));
            }
            _ => {
                record.put((Field::Text, 0), text);
                self.records.take(record);
            }
        }
    }
}

/// The first array of objects that an object holds.
fn list_in(object: &[u8]) -> Option<&[u8]> {
    let (mut nesting, mut begin) = (Nesting::default(), None);
    for (i, byte) in object.iter().enumerate() {
        if nesting.depth == 1 && !nesting.in_string && *byte == b'[' {
            let rest = object[i + 1..].trim_ascii_start();
            begin = rest.starts_with(b"{").then_some(i);
        }
        nesting.step(*byte);
        if nesting.depth == 1 && *byte == b']' && !nesting.in_string && begin.is_some() {
            return Some(&object[begin?..=i]);
        }
    }
    None
}

/// How deep in a JSON text a byte is.
#[derive(Default)]
struct Nesting {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Nesting {
    fn step(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            b'{' | b'[' if !self.in_string => self.depth += 1,
            b'}' | b']' if !self.in_string => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

/// The values of an array, or of a text where there is none, one after the other.
struct Values {
    bytes: Box<dyn BufRead + Send>,
    /// Line up to which the bytes were read, from 1, and that on which the last value begins.
    at: u64,
    begin: u64,
    /// Whether an array has begun and not ended.
    open: bool,
}

impl Values {
    fn new(bytes: Box<dyn BufRead + Send>) -> Self {
        Self { bytes, at: 1, begin: 1, open: false }
    }

    /// The next value; one that is longer than any article is empty.
    fn read(&mut self) -> io::Result<Option<Vec<u8>>> {
        let (mut value, mut length, mut nesting) = (Vec::new(), 0u64, Nesting::default());
        let mut byte = [0];
        while self.bytes.read(&mut byte)? == 1 {
            let [byte] = byte;
            self.at += u64::from(byte == b'\n');
            let is_between = nesting.depth == 0 && !nesting.in_string;
            if is_between && (byte == b']' || byte == b'[' && length == 0) {
                self.open = byte == b'[';
            }
            // Marks of the array itself, white space, a byte-order mark.
            let is_mark = matches!(byte, b'[' | b']' | b',' | 0xEF | 0xBB | 0xBF | b'\t' | b'\n' | b'\r' | b' ');
            if length == 0 && is_mark {
                continue;
            }
            if length == 0 {
                self.begin = self.at;
            }
            if is_between && length > 0 && matches!(byte, b',' | b']' | b'\n') {
                return Ok(Some(value));
            }
            length += 1;
            match length <= MAX_BYTES {
                true => value.push(byte),
                false => value = Vec::new(),
            }
            nesting.step(byte);
            if nesting.depth == 0 && !nesting.in_string && matches!(byte, b'}' | b']') {
                return Ok(Some(value));
            }
        }
        match nesting.depth > 0 || nesting.in_string || length == 0 && self.open {
            true => Err(io::ErrorKind::UnexpectedEof.into()),
            false => Ok((length > 0).then_some(value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::metadata::Metadata;
    use super::*;

    fn outcome(text: &str) -> Vec<String> {
        let records = Records::new("f".into(), "f".into(), None, Metadata::default(), FieldMap::default());
        let bytes = Box::new(io::Cursor::new(text.as_bytes().to_vec()));
        Document::new(records, bytes)
            .map(|result| result.map_or_else(|error| error.to_string(), |article| article.name))
            .collect()
    }

    #[test]
    fn an_array_is_read_object_by_object() {
        let text = "\u{FEFF}[\n  {\"text\": \"Oui }\\\" [.\"},\n\n  {\"id\": \"b\",\n   \"body\": \"Non.\"}\n]\n";
        assert_eq!(outcome(text), ["f#2", "b"]);
        assert_eq!(outcome("{\n\"text\": \"Oui.\"\n}\n{\n\"text\": \"Non.\"\n}"), ["f#1", "f#4"]);
    }

    #[test]
    fn an_answer_that_holds_the_articles_is_opened() {
        let text =
            r#"{"status": "ok", "articles": [{"content": "Oui."}, {"title": "Rien"}, {"id": 3, "content": "Non."}]}"#;
        let told = "f:1: article 2: no field `text`: give the article's words, or say with --map which field has them";
        assert_eq!(outcome(text), ["f#1.1", told, "3"]);
    }

    #[test]
    fn what_cannot_be_used_is_told_and_the_rest_read() {
        assert_eq!(outcome("[]"), ["f:1: no article: write an array of objects with a field `text`"]);
        let told = outcome("[3, \"a\",\n {\"text\": tru}, {\"text\": \"Oui.\"}, {\"text\":\n \"Non");
        assert_eq!(told[..2], ["f:1: not a JSON object: write an array of objects"; 2]);
        assert!(told[2].starts_with("f:2: not JSON (expected ident at line 1 column"), "{told:?}");
        assert_eq!(told[3], "f#2");
        assert!(told[4].starts_with("f:3: the file is cut off here"), "{told:?}");
        assert_eq!(told.len(), 5);
    }

    #[test]
    fn deep_nesting_does_no_harm() {
        let deep =
            format!("[{{\"text\": {}\"a\"{}}}, {{\"text\": \"Oui.\"}}]", "[".repeat(100_000), "]".repeat(100_000));
        let told = outcome(&deep);
        assert!(told[0].starts_with("f:1: text: not a string"), "{}", told[0]);
        assert_eq!(told[1..], ["f#1"]);
    }
}
