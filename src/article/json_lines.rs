//! JSON lines: one article a line, an object with `text` and, if known, `id`, `title`, `outlet`, `author`, `url`,
//! `published` and `language`. Other fields are ignored; no more than one line is in memory.

use super::fields::{FieldMap, Record};
use super::input::Input;
use super::metadata::Metadata;
use super::plain::{MAX_BYTES, foreign_form};
use super::record::Records;
use super::{Article, ReadError};
use std::io::{self, BufRead, Read};
use std::path::PathBuf;

/// Endings of files that hold JSON lines, in small letters.
pub(super) const EXTENSIONS: [&str; 2] = ["jsonl", "ndjson"];

/// Memory that is kept from one line to the next.
const KEPT: usize = 1 << 20;

/// Whether the input holds JSON lines: its first line is the beginning of an object, or its name says so.
pub(super) fn fits(input: &Input) -> bool {
    let head = without_mark(&input.head).trim_ascii_start();
    let is_object = head.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""));
    is_object || EXTENSIONS.contains(&input.extension().as_str())
}

/// The articles of an input, one a line.
pub(super) fn read(input: Input, map: FieldMap) -> Lines<Box<dyn BufRead + Send>> {
    let refused = foreign_form(&input.head);
    let refused = refused.map(|what| ReadError::NotText { path: input.path.clone(), what, offset: 0 });
    let (records, bytes) = Records::of(input, map);
    let mut lines = Lines::new(records, bytes);
    if let Some(error) = refused {
        lines.end(error);
    }
    lines
}

/// Reads articles as JSON lines; `name` stands in the messages, and in the names of articles without `id`.
///
/// ```
/// let lines = r#"{"id": "pont-1", "text": "« Le pont rouvrira », a promis la maire.", "published": "2021-04"}"#;
/// let articles: Vec<_> = dixit::article::read_json_lines("lines", lines.as_bytes()).collect();
/// assert_eq!(articles[0].as_ref().unwrap().name, "pont-1");
/// ```
///
/// # Errors
/// Each line or field that cannot be used is one error among the articles; reading goes on.
pub fn read_json_lines(name: &str, bytes: impl BufRead) -> impl Iterator<Item = Result<Article, ReadError>> {
    let known = Metadata::default();
    Lines::new(Records::new(PathBuf::from(name), name.to_owned(), None, known, FieldMap::default()), bytes)
}

/// Lines that are being read.
pub(super) struct Lines<R> {
    records: Records,
    bytes: R,
    buffer: Vec<u8>,
    ended: bool,
    /// Whether anything but white space was read.
    found: bool,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.records.ready.is_empty() && !self.ended {
            match self.read_line() {
                Ok(true) => self.take_line(),
                Ok(false) => self.finish(),
                Err(error) => self.end(self.records.error(broken_off(&error))),
            }
        }
        self.records.ready.pop_front()
    }
}

impl<R: BufRead> Lines<R> {
    fn new(records: Records, bytes: R) -> Self {
        Self { records, bytes, buffer: Vec::new(), ended: false, found: false }
    }

    /// Reads the next line into the buffer, without its end; `false` when there is none.
    fn read_line(&mut self) -> io::Result<bool> {
        self.buffer.clear();
        self.buffer.shrink_to(KEPT);
        self.records.line += 1;
        // A line that fills the buffer is too long for an article.
        let read = self.bytes.by_ref().take(MAX_BYTES + 1).read_until(b'\n', &mut self.buffer)?;
        if read as u64 > MAX_BYTES && !self.buffer.ends_with(b"\n") {
            skip_line(&mut self.bytes)?;
        }
        Ok(read > 0)
    }

    /// Makes an article, a problem, or nothing of the line in the buffer.
    fn take_line(&mut self) {
        let buffer = std::mem::take(&mut self.buffer);
        let bytes = if self.records.line == 1 { without_mark(&buffer) } else { &buffer };
        let bytes = bytes.trim_ascii();
        if !bytes.is_empty() {
            match record(bytes, &self.records.map) {
                Ok(record) => self.records.take(record),
                Err(problem) => {
                    self.records.report(problem);
                    // Objects that go over many lines, or an array, would be as many problems.
                    self.ended = !self.found && (bytes == b"{" || bytes.starts_with(b"["));
                }
            }
            self.found = true;
        }
        self.buffer = buffer;
    }

    /// No line is left.
    fn finish(&mut self) {
        self.ended = true;
        if !self.found {
            self.records.ready.push_back(Err(ReadError::Empty { path: self.records.path.clone() }));
        }
    }

    /// Nothing is read any more, because of `error`.
    fn end(&mut self, error: ReadError) {
        self.ended = true;
        self.records.ready.push_back(Err(error));
    }
}

/// The fields of a line, or what is wrong with it and how to mend it.
fn record(bytes: &[u8], map: &FieldMap) -> Result<Record, String> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("longer than {MAX_BYTES} bytes: no article is, so the line was passed over"));
    }
    let line = std::str::from_utf8(bytes).map_err(|error| {
        let column = error.valid_up_to() + 1;
        format!("byte {column} is not valid UTF-8: convert the file, for example with iconv")
    })?;
    if line.starts_with('[') {
        return Err("an array: write one object a line, for example with `jq -c '.[]'`".to_owned());
    }
    if !line.starts_with('{') {
        return Err("not a JSON object: write one object a line".to_owned());
    }
    let mut deserializer = serde_json::Deserializer::from_str(line);
    let record = map.read(&mut deserializer).and_then(|record| deserializer.end().map(|()| record));
    record.map_err(|error| {
        let error = error.to_string().replace(" at line 1 column ", " at column ");
        format!("not JSON ({error}): write one object a line, for example with `jq -c`")
    })
}

/// Why nothing more can be read of a file of many articles.
pub(super) fn broken_off(error: &io::Error) -> String {
    let problem = match error.kind() {
        io::ErrorKind::UnexpectedEof => "the file is cut off here".to_owned(),
        _ => format!("from here on the file cannot be read ({error})"),
    };
    format!("{problem}: the lines above were read; fetch or pack the file anew")
}

/// Passes over the rest of a line.
fn skip_line(bytes: &mut impl BufRead) -> io::Result<()> {
    loop {
        let ahead = bytes.fill_buf()?;
        let (length, ended) = match memchr::memchr(b'\n', ahead) {
            Some(at) => (at + 1, true),
            None => (ahead.len(), ahead.is_empty()),
        };
        bytes.consume(length);
        if ended {
            return Ok(());
        }
    }
}

/// The bytes without a byte-order mark before them.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

#[cfg(test)]
#[path = "json_lines_tests.rs"]
mod tests;
