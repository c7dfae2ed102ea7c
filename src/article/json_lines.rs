//! JSON lines: one article a line, an object with `text` and, if known, `id`, `title`, `outlet`, `url`, `published` and
//! `language`. Other fields are ignored; no more than one line is in memory.

use super::input::Input;
use super::metadata::Metadata;
use super::plain::{MAX_BYTES, foreign_form};
use super::{Article, ReadError};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, Read};
use std::path::PathBuf;

/// Endings of files that hold JSON lines, in small letters.
pub(super) const EXTENSIONS: [&str; 2] = ["jsonl", "ndjson"];

/// Memory that is kept from one line to the next.
const KEPT: usize = 1 << 20;

/// Whether the input holds JSON lines: it begins with an object, or its name says so.
pub(super) fn fits(input: &Input) -> bool {
    let head = without_mark(&input.head).trim_ascii_start();
    let is_object = head.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""));
    let named = || EXTENSIONS.contains(&input.extension().as_str()) || input.extension() == "json";
    is_object || named()
}

/// The articles of an input, one a line.
pub(super) fn read(input: Input) -> Lines<Box<dyn BufRead + Send>> {
    let refused = foreign_form(&input.head);
    let refused = refused.map(|what| ReadError::NotText { path: input.path.clone(), what, offset: 0 });
    let mut lines = Lines::new(input.path, input.name, input.place, input.known, input.bytes);
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
    Lines::new(PathBuf::from(name), name.to_owned(), None, Metadata::default(), bytes)
}

/// Lines that are being read.
pub(super) struct Lines<R> {
    path: PathBuf,
    name: String,
    place: Option<String>,
    known: Metadata,
    bytes: R,
    /// Number of the line that was read last, from 1.
    line: u64,
    buffer: Vec<u8>,
    ended: bool,
    /// Whether anything but white space was read.
    found: bool,
    /// Keys of the ids seen so far, and where they stood.
    ids: HashMap<u64, u64>,
    keys: RandomState,
    /// What is to be handed out next: some problems and at most one article.
    ready: VecDeque<Result<Article, ReadError>>,
}

/// What a line says of its article.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Fields {
    id: Value,
    text: Value,
    title: Value,
    outlet: Value,
    url: Value,
    published: Value,
    language: Value,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.ended {
            match self.read_line() {
                Ok(true) => self.take_line(),
                Ok(false) => self.finish(),
                Err(error) => {
                    let problem = match error.kind() {
                        io::ErrorKind::UnexpectedEof => "the file is cut off here".to_owned(),
                        _ => format!("from here on the file cannot be read ({error})"),
                    };
                    let problem = format!("{problem}: the lines above were read; fetch or pack the file anew");
                    self.end(self.error(problem));
                }
            }
        }
        self.ready.pop_front()
    }
}

impl<R: BufRead> Lines<R> {
    fn new(path: PathBuf, name: String, place: Option<String>, known: Metadata, bytes: R) -> Self {
        Self {
            path,
            name,
            place,
            known,
            bytes,
            line: 0,
            buffer: Vec::new(),
            ended: false,
            found: false,
            ids: HashMap::new(),
            keys: RandomState::new(),
            ready: VecDeque::new(),
        }
    }

    /// Reads the next line into the buffer, without its end; `false` when there is none.
    fn read_line(&mut self) -> io::Result<bool> {
        self.buffer.clear();
        self.buffer.shrink_to(KEPT);
        self.line += 1;
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
        let bytes = if self.line == 1 { without_mark(&buffer) } else { &buffer };
        let bytes = bytes.trim_ascii();
        if !bytes.is_empty() {
            match self.article(bytes) {
                Ok(article) => self.ready.push_back(Ok(article)),
                Err(problem) => {
                    self.report(problem);
                    // Objects that go over many lines, or an array, would be as many problems.
                    self.ended = !self.found && (bytes == b"{" || bytes.starts_with(b"["));
                }
            }
            self.found = true;
        }
        self.buffer = buffer;
    }

    /// The article of a line, or what is wrong with it and how to mend it.
    fn article(&mut self, bytes: &[u8]) -> Result<Article, String> {
        if bytes.len() as u64 > MAX_BYTES {
            return Err(format!("longer than {MAX_BYTES} bytes: no article is, so the line was passed over"));
        }
        let line = std::str::from_utf8(bytes).map_err(|error| {
            let column = error.valid_up_to() + 1;
            format!("byte {column} is not valid UTF-8: convert the file, for example with iconv")
        })?;
        let mut fields = self.fields(line)?;
        let text = match fields.text.take() {
            Value::String(text) if text.contains('\0') => Err("text: a NUL character: remove it"),
            Value::String(text) if text.trim().is_empty() => Err("text: empty: give the article's words"),
            Value::String(text) => Ok(text),
            Value::Null => Err("no field `text`: give the article's words"),
            _ => Err("text: not a string: write \"text\": \"…\""),
        }?;
        let id = self.id(fields.id.take())?;
        let known = self.metadata(fields);
        let name = id.clone().unwrap_or_else(|| format!("{}#{}", self.name, self.line));
        let place = match (&self.place, id) {
            (Some(place), Some(id)) => Some(format!("{place}#{id}")),
            (Some(place), None) => Some(format!("{place}#{}", self.line)),
            (None, Some(id)) => Some(format!("#{id}")),
            (None, None) => None,
        };
        Ok(Article::read(name, place, text, known))
    }

    fn fields(&self, line: &str) -> Result<Fields, String> {
        if line.starts_with('[') {
            let path = self.path.display();
            return Err(format!("an array: write one object a line, for example with `jq -c '.[]' \"{path}\"`"));
        }
        if !line.starts_with('{') {
            return Err("not a JSON object: write one object a line".to_owned());
        }
        serde_json::from_str(line).map_err(|error| {
            let error = error.to_string().replace(" at line 1 column ", " at column ");
            format!("not JSON ({error}): write one object a line, for example with `jq -c`")
        })
    }

    /// The id as a string; numbers are ids, too.
    fn id(&mut self, value: Value) -> Result<Option<String>, String> {
        let value = if value.is_number() { Value::String(value.to_string()) } else { value };
        let Some(id) = self.string("id", value) else { return Ok(None) };
        let first = *self.ids.entry(self.keys.hash_one(&id)).or_insert(self.line);
        if first != self.line {
            let problem = format!("id: `{id}` is the article of line {first}: give each article an id of its own");
            return Err(problem);
        }
        Ok(Some(id))
    }

    /// What else is known of the article; each field that cannot be used is reported.
    fn metadata(&mut self, fields: Fields) -> Metadata {
        let mut known = Metadata {
            outlet: self.string("outlet", fields.outlet),
            title: self.string("title", fields.title),
            ..Metadata::default()
        };
        let published = self.string("published", fields.published).map(|date| known.publish(&date));
        let url = self.string("url", fields.url).map(|url| known.locate(url));
        let language = self.string("language", fields.language).map(|tag| known.write_in(&tag));
        for problem in [published, url, language].into_iter().flatten().filter_map(Result::err) {
            self.report(problem);
        }
        known.complete(&self.known);
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

    /// No line is left.
    fn finish(&mut self) {
        self.ended = true;
        if !self.found {
            self.ready.push_back(Err(ReadError::Empty { path: self.path.clone() }));
        }
    }

    /// Nothing is read any more, because of `error`.
    fn end(&mut self, error: ReadError) {
        self.ended = true;
        self.ready.push_back(Err(error));
    }

    fn report(&mut self, problem: String) {
        let error = self.error(problem);
        self.ready.push_back(Err(error));
    }

    fn error(&self, problem: String) -> ReadError {
        ReadError::Line { path: self.path.clone(), line: self.line, problem }
    }
}

/// Passes over the rest of a line.
fn skip_line(bytes: &mut impl BufRead) -> io::Result<()> {
    loop {
        let ahead = bytes.fill_buf()?;
        let (length, ended) = match ahead.iter().position(|b| *b == b'\n') {
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
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

#[cfg(test)]
#[path = "json_lines_tests.rs"]
mod tests;
