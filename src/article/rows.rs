//! Tables (CSV, TSV): one article a row; the header names the fields, as the keys of JSON lines do.

use super::fields::{Field, FieldMap, Record};
use super::input::Input;
use super::json_lines::{broken_off, without_mark};
use super::plain::MAX_BYTES;
use super::record::Records;
use super::{Article, ReadError};
use csv::StringRecord;
use serde_json::Value;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Endings of files that hold tables, in small letters.
pub(super) const EXTENSIONS: [&str; 3] = ["csv", "tsv", "tab"];

/// The most bytes of the header.
const MAX_HEADER: u64 = 1 << 20;

/// Whether the input holds a table: its first line names the text and another field, or its name says so.
pub(super) fn fits(input: &Input, map: &FieldMap) -> bool {
    has_text(&input.head, map) || EXTENSIONS.contains(&input.extension().as_str())
}

/// Whether the bytes begin with a header that names the text and another field.
pub(super) fn has_text(head: &[u8], map: &FieldMap) -> bool {
    let head = without_mark(head);
    let header = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let Ok(header) = std::str::from_utf8(header) else { return false };
    let names = header.trim_end().split(char::from(delimiter(head)));
    let fields: Vec<Field> = names.filter_map(|name| map.find(name.trim().trim_matches('"'))).map(|f| f.0).collect();
    fields.len() > 1 && fields.contains(&Field::Text)
}

/// The separator of a header: spreadsheets of French systems write semicolons.
pub(super) fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    *b",;\t".iter().max_by_key(|mark| (header.iter().filter(|b| b == mark).count(), **mark == b',')).expect("not empty")
}

/// What the number of a row's line lacks: where lines end with "\r\n", the library counts the first line end with the row
/// after it.
pub(super) fn uncounted(bytes: &[u8]) -> u64 {
    let header = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    header.ends_with(b"\r").into()
}

/// The articles of an input, one a row.
pub(super) fn read(input: Input, map: FieldMap) -> Rows {
    let (delimiter, uncounted) = (delimiter(without_mark(&input.head)), uncounted(&input.head));
    let (mut records, bytes) = Records::of(input, map);
    let end = Arc::new(AtomicU64::new(MAX_HEADER));
    let bytes = Limited { bytes, read: 0, end: Arc::clone(&end) };
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(bytes);
    records.line = 1;
    let mut rows = Rows {
        columns: Vec::new(),
        width: 0,
        uncounted,
        records,
        end,
        ended: false,
        row: StringRecord::new(),
        reader: None,
    };
    match reader.headers() {
        Ok(header) => rows.take_header(&header.clone()),
        Err(error) => {
            rows.end(&error);
            rows.ended = true;
        }
    }
    rows.reader = Some(reader);
    rows
}

/// A table that is being read.
pub(super) struct Rows {
    reader: Option<csv::Reader<Limited>>,
    /// The field of each column.
    columns: Vec<Option<(Field, usize)>>,
    /// Number of columns.
    width: usize,
    /// What the numbers of lines lack.
    uncounted: u64,
    records: Records,
    /// Byte that reading must not pass before the next row.
    end: Arc<AtomicU64>,
    ended: bool,
    row: StringRecord,
}

impl Iterator for Rows {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.records.ready.is_empty() && !self.ended {
            self.read_row();
        }
        self.records.ready.pop_front()
    }
}

impl Rows {
    fn take_header(&mut self, header: &StringRecord) {
        self.width = header.len();
        self.columns = header.iter().map(|name| self.records.map.find(name.trim())).collect();
        if !self.columns.iter().flatten().any(|(field, _)| *field == Field::Text) {
            let problem = "no column `text`: name it in the first line, or say with --map which column has the words";
            self.records.report(problem.to_owned());
            self.ended = true;
        }
    }

    fn read_row(&mut self) {
        let Some(reader) = &mut self.reader else { return };
        self.records.line = reader.position().line() + self.uncounted;
        self.end.store(reader.position().byte() + MAX_BYTES, Ordering::Relaxed);
        let read = reader.read_record(&mut self.row);
        match read {
            Ok(true) => {
                self.records.line = self.row.position().map_or(0, csv::Position::line) + self.uncounted;
                self.take_row();
            }
            Ok(false) => self.ended = true,
            Err(error) => self.end(&error),
        }
    }

    fn take_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if row.len() != self.width {
            let (columns, width) = (row.len(), self.width);
            let problem = format!(
                "{columns} columns, not {width} as in the first line: put quotes around the fields, and close them"
            );
            self.records.report(problem);
        } else {
            let mut record = Record::default();
            for (column, value) in self.columns.iter().zip(&row) {
                if let Some(place) = column
                    && !value.trim().is_empty()
                {
                    record.put(*place, Value::String(value.to_owned()));
                }
            }
            self.records.take(record);
        }
        self.row = row;
    }

    /// Tells what is wrong with a row; unless the row alone is concerned, nothing more is read.
    fn end(&mut self, error: &csv::Error) {
        if let Some(position) = error.position() {
            self.records.line = position.line() + self.uncounted;
        }
        match error.kind() {
            csv::ErrorKind::Utf8 { .. } => {
                self.records.report("not valid UTF-8: convert the file, for example with iconv".to_owned());
            }
            csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                self.records.report(match self.reader {
                    None => format!("the first line is longer than {MAX_HEADER} bytes: name the columns in it"),
                    Some(_) => format!("the row that begins here is longer than {MAX_BYTES} bytes: close its quotes"),
                });
                self.ended = true;
            }
            csv::ErrorKind::Io(error) => {
                let problem = broken_off(error);
                self.records.report(problem);
                self.ended = true;
            }
            _ => self.records.report(format!("the row is not readable ({error}): put quotes around its fields")),
        }
    }
}

/// Bytes that are not read past a moving end: an open quote must not swallow a whole file.
pub(super) struct Limited {
    bytes: Box<dyn BufRead + Send>,
    read: u64,
    end: Arc<AtomicU64>,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read > self.end.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.bytes.read(buffer)?;
        self.read += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::super::input::Input;
    use super::super::metadata::Metadata;
    use super::*;
    use crate::date::PartialDate;

    fn rows(bytes: impl Into<Vec<u8>>, map: &str) -> Vec<Result<Article, ReadError>> {
        let map = if map.is_empty() { FieldMap::default() } else { map.parse().unwrap() };
        let bytes: Vec<u8> = bytes.into();
        let input = Input {
            path: "f.csv".into(),
            name: "f.csv".to_owned(),
            place: None,
            address: None,
            charset: None,
            known: Metadata::default(),
            head: bytes.clone(),
            bytes: Box::new(io::Cursor::new(bytes)),
        };
        read(input, map).collect()
    }

    fn outcome(bytes: impl Into<Vec<u8>>) -> Vec<String> {
        let tell = |r: Result<Article, ReadError>| r.map_or_else(|e| e.to_string(), |article| article.name);
        rows(bytes, "").into_iter().map(tell).collect()
    }

    #[test]
    fn a_row_is_an_article() {
        let table = "\u{FEFF}Title;BODY;source;date_publish;tags\r\n\
                     Pont;\"Oui ; a dit\nla \"\"maire\"\".\";Le Courrier;2021-04-06 18:40:00;x\r\n";
        let articles = rows(table, "");
        let article = articles[0].as_ref().unwrap();
        assert_eq!((article.name.as_str(), article.text.as_str()), ("f.csv#2", "Oui ; a dit\nla \"maire\"."));
        assert_eq!((article.title.as_deref(), article.outlet.as_deref()), (Some("Pont"), Some("Le Courrier")));
        assert_eq!(article.published, "2021-04-06".parse::<PartialDate>().ok());
    }

    #[test]
    fn columns_may_be_named_by_the_user() {
        let articles = rows("corps\ttext\nOui.\tPont\n", "text=corps,title=text");
        let article = articles[0].as_ref().unwrap();
        assert_eq!((article.text.as_str(), article.title.as_deref()), ("Oui.", Some("Pont")));
    }

    #[test]
    fn a_row_that_cannot_be_used_is_told_and_the_rest_read() {
        let mut table = b"id,text,published\na,Oui.,hier\nb,Non.\nc,,\nd,\xE9t\xE9,\na,Si.,\n\ne,Si.,2021\n".to_vec();
        let expected = [
            "f.csv:2: published: `hier` is not a date: write a day (2022-03-28), a month (2022-03) or a year (2022)",
            "a",
            "f.csv:3: 2 columns, not 3 as in the first line: put quotes around the fields, and close them",
            "f.csv:4: no field `text`: give the article's words, or say with --map which field has them",
            "f.csv:5: not valid UTF-8: convert the file, for example with iconv",
            "f.csv:6: id: `a` is the article of line 2: give each article an id of its own",
            "e",
        ];
        assert_eq!(outcome(table.clone()), expected);
        table.extend(b"f,\"open");
        assert_eq!(
            outcome(table).last().map(String::as_str),
            Some("f.csv:9: 2 columns, not 3 as in the first line: put quotes around the fields, and close them")
        );
        assert!(outcome("name,outlet\na,b\n")[0].starts_with("f.csv:1: no column `text`"));
    }

    #[test]
    fn a_table_is_told_by_its_header() {
        let map = FieldMap::default();
        assert!(has_text(b"\"id\";\"text\"\na;b\n", &map));
        assert!(!has_text(b"text\n", &map), "a word alone is no header");
        assert!(!has_text("Le texte, dit la maire, date de mai.\n".as_bytes(), &map));
    }
}
