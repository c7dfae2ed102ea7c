//! The lines of a dump, many at once.

use super::BuildError;
use crate::article::Meter;
use crate::article::packing::{self, Peeked};
use memchr::{memchr, memchr_iter};
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes of lines that are worked on at once, about.
const BATCH: usize = 8 << 20;

/// The longest line that is read: no entity of Wikidata comes near it.
pub(super) const LONGEST: usize = 32 << 20;

/// A dump to be read.
pub struct Source {
    /// As messages name it.
    path: PathBuf,
    packed: Peeked,
}

impl Source {
    /// Opens a file, or standard input for `-`, packed with gzip, bzip2 or zstd or not. The meter counts its bytes.
    ///
    /// # Errors
    /// It cannot be opened, or not be unpacked.
    pub fn open(path: &Path, meter: Arc<Meter>) -> Result<Self, BuildError> {
        let packed = packing::open(path, meter).map_err(|error| failure(path, 0, error))?;
        let path = if path == Path::new(packing::STANDARD) { Path::new("standard input") } else { path };
        Ok(Self { path: path.to_owned(), packed })
    }

    /// Reads from elsewhere; messages name it so.
    ///
    /// # Errors
    /// It cannot be unpacked.
    pub fn reader(name: &str, bytes: impl Read + Send + 'static) -> Result<Self, BuildError> {
        let path = PathBuf::from(name);
        match packing::of(bytes) {
            Ok(packed) => Ok(Self { path, packed }),
            Err(error) => Err(failure(&path, 0, error)),
        }
    }

    /// The name without its folder.
    pub(super) fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Whether it is a table of entities: its name says so, or its first row.
    pub fn is_table(&self) -> bool {
        const ENDS: [&str; 4] = [".tsv", ".tsv.gz", ".tsv.bz2", ".tsv.zst"];
        let name = self.name().to_lowercase();
        let head = self.packed.0.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&self.packed.0);
        let is_note = |line: &[u8]| line.trim_ascii().is_empty() || line.starts_with(b"#");
        let first = head.split(|byte| *byte == b'\n').find(|line| !is_note(line));
        ENDS.iter().any(|end| name.ends_with(end)) || first.is_some_and(|row| row.starts_with(b"item\tkind\t"))
    }

    /// As messages name it, and its bytes.
    pub(super) fn into_parts(self) -> (PathBuf, Box<dyn BufRead + Send>) {
        (self.path, self.packed.1)
    }

    /// What tells it from another one of the same name: its first entity, or as much of it as is at hand.
    pub(super) fn fingerprint(&self) -> String {
        let head = &self.packed.0;
        let end = memchr_iter(b'\n', head).nth(1).unwrap_or(head.len());
        Sha256::digest(&head[..end]).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A dump that is being read.
pub(super) struct Dump {
    pub path: PathBuf,
    bytes: Box<dyn BufRead + Send>,
    /// Lines that were read.
    lines: u64,
    array: Array,
}

/// Where we are in the array of entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Array {
    /// Nothing but empty lines came so far.
    Before,
    Inside,
    /// Entities without brackets around them: a part of a dump.
    None,
    After,
}

/// Lines, one after the other.
#[derive(Default)]
pub(super) struct Batch {
    pub text: Vec<u8>,
    pub lines: Vec<Line>,
    /// Lines of the dump that are done when these are.
    pub done: u64,
    /// Whether the dump ends with them.
    pub is_last: bool,
    /// Why there are no more, if something went wrong.
    pub broken: Option<BuildError>,
}

pub(super) struct Line {
    /// Its place in the text, the comma left away; `None` if it is too long to be an entity.
    pub place: Option<Range<usize>>,
    /// Counted from 1.
    pub number: u64,
}

impl Dump {
    pub fn new(source: Source) -> Self {
        Self { path: source.path, bytes: source.packed.1, lines: 0, array: Array::Before }
    }

    /// Passes over lines that are done. `each` is told now and then how many more they are, and says whether to stop;
    /// then the result is false.
    pub fn skip(&mut self, done: u64, mut each: impl FnMut(u64) -> bool) -> Result<bool, BuildError> {
        const PAUSE: u64 = 4096;
        let mut line = Vec::new();
        while self.lines < done {
            line.clear();
            match self.read_line(&mut line) {
                Ok(Some(_)) => self.see(line.trim_ascii()),
                Ok(None) => return Err(BuildError::Shorter { path: self.path.clone(), found: self.lines, done }),
                Err(error) => return Err(failure(&self.path, self.lines + 1, error)),
            };
            if self.lines.is_multiple_of(PAUSE) && each(PAUSE) {
                return Ok(false);
            }
        }
        each(done % PAUSE);
        Ok(true)
    }

    /// The lines that come after those of a batch; `None` if there are none.
    pub fn next_batch_after(&mut self, batch: &Batch) -> Option<Batch> {
        if batch.broken.is_some() || batch.is_last {
            return None;
        }
        Some(self.next_batch())
    }

    /// The lines with entities that come next.
    pub fn next_batch(&mut self) -> Batch {
        let mut batch = Batch { text: Vec::with_capacity(BATCH + BATCH / 4), ..Batch::default() };
        while batch.text.len() < BATCH {
            let start = batch.text.len();
            let fits = match self.read_line(&mut batch.text) {
                Ok(Some(fits)) => fits,
                Ok(None) => {
                    (batch.is_last, batch.broken) = (true, self.at_end());
                    break;
                }
                Err(error) => {
                    batch.text.truncate(start);
                    batch.broken = Some(failure(&self.path, self.lines + 1, error));
                    break;
                }
            };
            let place = trimmed(&batch.text, start..batch.text.len());
            let is_entity = self.see(&batch.text[place.clone()]);
            if self.array == Array::Before && (is_entity || !fits) {
                batch.broken = Some(BuildError::NoDump { path: self.path.clone(), line: self.lines });
                break;
            }
            match (fits, is_entity) {
                (true, true) => batch.lines.push(Line { place: Some(place), number: self.lines }),
                (true, false) => batch.text.truncate(start),
                (false, _) => {
                    batch.text.truncate(start);
                    batch.lines.push(Line { place: None, number: self.lines });
                }
            }
        }
        batch.done = self.lines;
        batch
    }

    /// Whether a line is to be an entity; brackets and empty lines are none.
    fn see(&mut self, line: &[u8]) -> bool {
        self.array = match (self.array, line) {
            (_, b"") => return false,
            (Array::Before, b"[") => Array::Inside,
            (Array::Before, [b'{', ..]) => Array::None,
            (Array::Inside, b"]") => Array::After,
            _ => return true,
        };
        self.array == Array::None
    }

    /// What is wrong if there are no more lines.
    fn at_end(&self) -> Option<BuildError> {
        let (path, line) = (self.path.clone(), self.lines);
        match self.array {
            Array::Before => Some(BuildError::NoDump { path, line }),
            Array::Inside => Some(BuildError::CutOff { path, line }),
            Array::None | Array::After => None,
        }
    }

    /// Appends the next line and says whether it fits, or `None` at the end. Of a line that is too long the end is left
    /// away. What has no end of line at the end of a broken-off array is no line.
    fn read_line(&mut self, text: &mut Vec<u8>) -> io::Result<Option<bool>> {
        let start = text.len();
        let (mut size, mut ended) = (0, false);
        while !ended {
            let bytes = match self.bytes.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if bytes.is_empty() {
                break;
            }
            let end = memchr(b'\n', bytes);
            let part = &bytes[..end.unwrap_or(bytes.len())];
            ended = end.is_some();
            let used = part.len() + usize::from(ended);
            if text.len() - start < LONGEST {
                text.extend_from_slice(part);
            }
            size += part.len();
            self.bytes.consume(used);
        }
        let cut_off = !ended && self.array == Array::Inside && text[start..].trim_ascii() != b"]";
        if (!ended && size == 0) || cut_off {
            text.truncate(start);
            return Ok(None);
        }
        self.lines += 1;
        Ok(Some(size <= LONGEST))
    }
}

/// The place without white space and the comma at its end.
fn trimmed(text: &[u8], place: Range<usize>) -> Range<usize> {
    let line = &text[place.clone()];
    let start = place.start + (line.len() - line.trim_ascii_start().len());
    let line = line.trim_ascii();
    start..start + line.strip_suffix(b",").unwrap_or(line).len()
}

pub(super) fn failure(path: &Path, line: u64, error: io::Error) -> BuildError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => BuildError::Missing(path),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            BuildError::Broken { path, line, error }
        }
        _ => BuildError::Unreadable { path, line, error },
    }
}
