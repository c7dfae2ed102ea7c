//! Web archives (WARC 1.0 and 1.1, ISO 28500): the pages that servers answered, and the texts made of pages (WET).
//!
//! Records that hold no page (requests, images, redirects) are passed over and counted. No more than one record is in
//! memory.

use super::html;
use super::input::Input;
use super::metadata::{Metadata, is_address};
use super::origin::Origin;
use super::packing::inflated;
use super::plain::MAX_BYTES;
use super::unread::{RawPage, Unread};
use super::{Article, ReadError};
use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, Read};
use std::path::PathBuf;

/// The ending of web archives.
pub(super) const EXTENSION: &str = "warc";

/// How each record begins.
const MAGIC: &[u8] = b"WARC/";

/// The most bytes of a record's header, and of the header that a server sent.
const MAX_HEADER: u64 = 64 * 1024;

/// Whether the input is a web archive.
pub(super) fn fits(input: &Input) -> bool {
    input.head.trim_ascii_start().starts_with(MAGIC)
}

/// The pages of a web archive.
pub(super) fn read(input: Input) -> Archive {
    Archive {
        path: input.path,
        known: input.known,
        bytes: input.bytes,
        number: 0,
        passed: BTreeMap::new(),
        ended: false,
        ready: VecDeque::new(),
    }
}

/// A web archive that is being read.
pub(super) struct Archive {
    path: PathBuf,
    known: Metadata,
    bytes: Box<dyn BufRead + Send>,
    /// Number of the current record, from 1.
    number: u64,
    /// What was passed over, and how often.
    passed: BTreeMap<String, u64>,
    ended: bool,
    ready: VecDeque<Result<Unread, ReadError>>,
}

impl Iterator for Archive {
    type Item = Result<Unread, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.ended {
            if let Err(error) = self.read_record() {
                let reason = match error.kind() {
                    io::ErrorKind::UnexpectedEof => "the archive is cut off here".to_owned(),
                    _ => format!("from here on the archive cannot be read ({error})"),
                };
                self.ready
                    .push_back(Err(self.problem(format!("{reason}: what stands before it was read; fetch it anew"))));
                self.ended = true;
            }
            if self.ended && !self.passed.is_empty() {
                let what: Vec<String> = self.passed.iter().map(|(what, count)| format!("{count} {what}")).collect();
                let what = what.join(", ");
                self.ready.push_back(Err(ReadError::PassedOver { path: self.path.clone(), what }));
            }
        }
        self.ready.pop_front()
    }
}

impl Archive {
    /// Reads a record, and notes the page that it holds.
    fn read_record(&mut self) -> io::Result<()> {
        while let [b'\r' | b'\n', ..] = self.bytes.fill_buf()? {
            self.bytes.consume(1);
        }
        if self.bytes.fill_buf()?.is_empty() {
            self.ended = true;
            return Ok(());
        }
        self.number += 1;
        let header = read_header(&mut self.bytes)?;
        let invalid = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
        if !header.first.as_bytes().starts_with(MAGIC) {
            return Err(invalid("no record begins here"));
        }
        let length = header.get("content-length").and_then(|length| length.parse::<u64>().ok());
        let length = length.ok_or_else(|| invalid("a record without length"))?;
        let mut block = Vec::new();
        let kind = header.get("warc-type").unwrap_or_default().to_ascii_lowercase();
        let holds_page = matches!(kind.as_str(), "response" | "resource" | "conversion");
        let wanted = if holds_page && length <= MAX_BYTES { length } else { 0 };
        let read = self.bytes.by_ref().take(wanted).read_to_end(&mut block);
        let read = read.and_then(|read| match (read as u64) < wanted {
            true => Err(io::ErrorKind::UnexpectedEof.into()),
            false => pass_over(&mut self.bytes, length - wanted),
        });
        // Of a record that is cut off, what is there is read.
        if wanted == length && holds_page {
            self.take(&kind, &header, block);
        } else if holds_page {
            self.pass("records larger than any article");
        }
        read
    }

    /// Notes the page of a record.
    fn take(&mut self, kind: &str, header: &Header, block: Vec<u8>) {
        let (answer, body) = match kind {
            "response" => match answer(&block) {
                Some(answer) => answer,
                None => return self.pass("answers without a header"),
            },
            _ => (Header::default(), block),
        };
        if kind == "response" && answer.status() != Some(200) {
            return self.pass("answers other than 200");
        }
        let from = if kind == "response" { &answer } else { header };
        let (form, charset) = media_type(from.get("content-type").unwrap_or_default());
        let address = header.get("warc-target-uri").map(|uri| uri.trim_matches(['<', '>']).to_owned());
        let address = address.filter(|address| is_address(address));
        let part = format!("record {}", self.number);
        let part = address.as_ref().map_or_else(|| part.clone(), |address| format!("{part} ({address})"));
        let name = address.clone().unwrap_or_else(|| format!("{}#{}", self.path.display(), self.number));
        let is_page = matches!(form.as_str(), "text/html" | "application/xhtml+xml");
        if is_page || form.is_empty() && html::looks_like_page(&body) {
            let page = RawPage {
                path: self.path.clone(),
                part: Some(part),
                place: Some(name.clone()),
                name,
                address,
                charset,
                known: Metadata::default(),
                otherwise: self.known.clone(),
                bytes: body,
            };
            self.ready.push_back(Ok(page.into()));
        } else if kind == "conversion" && form == "text/plain" {
            let mut known = Metadata { url: address.map(|url| (url, Origin::Archive)), ..Metadata::default() };
            known.complete_shared(&self.known);
            let text = String::from_utf8_lossy(&body).into_owned();
            match text.trim().is_empty() {
                true => self.pass("empty texts"),
                false => self.ready.push_back(Ok(Article::read(name.clone(), Some(name), text, known).into())),
            }
        } else {
            self.pass("answers that are no pages");
        }
    }

    fn pass(&mut self, what: &str) {
        *self.passed.entry(what.to_owned()).or_default() += 1;
    }

    fn problem(&self, problem: String) -> ReadError {
        ReadError::Part { path: self.path.clone(), part: format!("record {}", self.number), problem }
    }
}

/// A header: its first line, and its fields with their names in small letters.
#[derive(Default)]
struct Header {
    first: String,
    fields: Vec<(String, String)>,
}

impl Header {
    fn of(lines: &[u8]) -> Self {
        let lines = String::from_utf8_lossy(lines);
        let mut lines = lines.lines();
        let first = lines.next().unwrap_or_default().to_owned();
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in lines {
            match (line.split_once(':'), fields.last_mut()) {
                // A line that begins with a space goes on with the one above (RFC 9110 has given it up).
                (_, Some((_, value))) if line.starts_with([' ', '\t']) => *value += line,
                (Some((name, value)), _) => fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
                (None, _) => {}
            }
        }
        Self { first, fields }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The status of a server's answer: "HTTP/1.1 200 OK".
    fn status(&self) -> Option<u16> {
        self.first.split_whitespace().nth(1)?.parse().ok()
    }
}

/// Reads the lines of a header and the empty one after it.
fn read_header(bytes: &mut impl BufRead) -> io::Result<Header> {
    let mut lines = Vec::new();
    loop {
        let begin = lines.len();
        let room = MAX_HEADER.saturating_sub(begin as u64);
        let read = bytes.take(room).read_until(b'\n', &mut lines)?;
        if room == 0 || read as u64 == room {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a header without end"));
        }
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if lines[begin..].trim_ascii().is_empty() {
            return Ok(Header::of(&lines));
        }
    }
}

/// Reads on without keeping anything.
fn pass_over(bytes: &mut impl BufRead, length: u64) -> io::Result<()> {
    match io::copy(&mut bytes.take(length), &mut io::sink())? {
        read if read < length => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}

/// The header and the body of what a server answered, unpacked; `None` if it cannot be told.
fn answer(block: &[u8]) -> Option<(Header, Vec<u8>)> {
    let mut rest = block;
    let header = read_header(&mut rest).ok().filter(|header| header.first.starts_with("HTTP/"))?;
    let is = |name, value: &str| header.get(name).is_some_and(|known| known.eq_ignore_ascii_case(value));
    // Many archives hold the body as it was put together again, and the header as it came.
    let whole = if is("transfer-encoding", "chunked") { dechunked(rest) } else { None };
    let whole = whole.unwrap_or_else(|| rest.to_vec());
    let body = inflated(&whole, MAX_BYTES).unwrap_or(whole);
    Some((header, body))
}

/// The body of chunks (RFC 9112, 7.1), as far as they go; `None` if there are none.
fn dechunked(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = bytes.iter().take(64).position(|byte| *byte == b'\n');
        let size = end.and_then(|end| {
            let line = std::str::from_utf8(&bytes[..end]).ok()?;
            usize::from_str_radix(line.split(';').next()?.trim(), 16).ok().map(|size| (size, end + 1))
        });
        match size {
            Some((0, _)) => return Some(whole),
            Some((size, begin)) => {
                bytes = &bytes[begin..];
                let (chunk, rest) = bytes.split_at(size.min(bytes.len()));
                whole.extend_from_slice(chunk);
                bytes = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
            }
            None => return (!whole.is_empty()).then_some(whole),
        }
    }
}

/// The media type in small letters, and its charset.
pub(super) fn media_type(value: &str) -> (String, Option<String>) {
    let mut parts = value.split(';').map(str::trim);
    let form = parts.next().unwrap_or_default().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
    });
    (form, charset)
}

#[cfg(test)]
#[path = "warc_tests.rs"]
mod tests;
