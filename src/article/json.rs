//! JSON documents: an array of objects, objects over several lines, or one object that holds such an array, as the
//! interfaces of news services answer. Of an array no more than one object is in memory.

use super::fields::{Field, FieldMap, Record};
use super::input::Input;
use super::json_lines::{broken_off, without_mark};
use super::plain::MAX_BYTES;
use super::record::Records;
use super::{Article, ReadError};
use serde_json::Value;
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
    bytes: Box<dyn BufRead + Send>,
    /// Line up to which the bytes were read, from 1.
    at: u64,
    found: bool,
    /// Whether an array has begun and not ended.
    open: bool,
    ended: bool,
}

impl Iterator for Document {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.records.ready.is_empty() && !self.ended {
            match self.read_value() {
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
                    self.records.line = self.at;
                    self.records.report(broken_off(&error));
                }
            }
        }
        self.records.ready.pop_front()
    }
}

impl Document {
    fn new(mut records: Records, bytes: Box<dyn BufRead + Send>) -> Self {
        records.line = 1;
        Self { records, bytes, at: 1, found: false, open: false, ended: false }
    }

    /// The next value of the array, or of the document where there is none.
    fn read_value(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut value = Vec::new();
        let (mut depth, mut in_string, mut escaped, mut length) = (0usize, false, false, 0u64);
        let mut byte = [0];
        while self.bytes.read(&mut byte)? == 1 {
            let [byte] = byte;
            self.at += u64::from(byte == b'\n');
            let is_between = depth == 0 && !in_string;
            if is_between && matches!(byte, b']') || is_between && value.is_empty() && matches!(byte, b'[') {
                self.open = byte == b'[';
            }
            // Marks of the array itself, white space, a byte-order mark.
            if is_between
                && value.is_empty()
                && matches!(byte, b'[' | b']' | b',' | 0xEF | 0xBB | 0xBF | b'\t' | b'\n' | b'\r' | b' ')
            {
                continue;
            }
            if value.is_empty() && length == 0 {
                self.records.line = self.at;
            }
            if is_between && length > 0 && matches!(byte, b',' | b']' | b'\n') {
                return Ok(Some(value));
            }
            length += 1;
            // What is longer than any article is read to its end, and told by its empty value.
            if length <= MAX_BYTES {
                value.push(byte);
            } else {
                value = Vec::new();
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'{' | b'[' if !in_string => depth += 1,
                b'}' | b']' if !in_string => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Ok(Some(value));
                    }
                }
                _ => {}
            }
        }
        match depth > 0 || in_string || length == 0 && self.open {
            true => Err(io::ErrorKind::UnexpectedEof.into()),
            false => Ok((length > 0).then_some(value)),
        }
    }

    /// Makes articles of a value, or tells why there are none.
    fn take(&mut self, value: &[u8]) {
        if value.is_empty() {
            let problem = format!("longer than {MAX_BYTES} bytes: no article is, so it was passed over");
            return self.records.report(problem);
        }
        let value: Value = match serde_json::from_slice(value) {
            Ok(value) => value,
            Err(error) => return self.records.report(format!("not JSON ({error}): check the file with `jq`")),
        };
        let Value::Object(object) = &value else {
            return self.records.report("not a JSON object: write an array of objects".to_owned());
        };
        let mut record = match self.record(&value) {
            Ok(record) => record,
            Err(problem) => return self.records.report(problem),
        };
        let text = record.take(Field::Text);
        let many = object.values().find_map(|value| value.as_array().filter(|list| is_list_of_objects(list)));
        match many {
            Some(list) if text.is_null() => {
                for (i, value) in list.iter().enumerate() {
                    self.records.part = Some(i + 1);
                    match self.record(value) {
                        Ok(record) => self.records.take(record),
                        Err(problem) => self.records.report(problem),
                    }
                }
                self.records.part = None;
            }
            _ => {
                record.put((Field::Text, 0), text);
                self.records.take(record);
            }
        }
    }

    fn record(&self, value: &Value) -> Result<Record, String> {
        self.records.map.read(value).map_err(|error| format!("not an article ({error}): write an object"))
    }
}

fn is_list_of_objects(list: &[Value]) -> bool {
    !list.is_empty() && list.iter().all(Value::is_object)
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
    fn deep_nesting_is_an_error() {
        let deep =
            format!("[{{\"text\": {}\"a\"{}}}, {{\"text\": \"Oui.\"}}]", "[".repeat(100_000), "]".repeat(100_000));
        let told = outcome(&deep);
        assert!(told[0].contains("recursion limit"), "{}", told[0]);
        assert_eq!(told[1..], ["f#1"]);
    }
}
