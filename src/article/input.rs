//! An input: where it comes from, what is known of its articles, and its bytes, unpacked.

use super::metadata::Metadata;
use super::{Article, ReadError, json_lines, plain};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::iter;
use std::path::{Component, Path, PathBuf};

/// The path that stands for standard input.
pub(super) const STANDARD: &str = "-";

/// Bytes by which the form of an input is told.
const HEAD: u64 = 512;

/// The ending of packed files.
const GZIP: &str = "gz";

/// What an input holds, in order.
pub(super) type Articles = Box<dyn Iterator<Item = Result<Article, ReadError>> + Send>;

/// A file or standard input, opened.
pub(super) struct Input {
    /// As messages name it.
    pub path: PathBuf,
    /// Name of a single article in it, and the first part of the names of many.
    pub name: String,
    /// The absolute path; standard input has none.
    pub place: Option<String>,
    /// What holds for all its articles, unless they say otherwise.
    pub known: Metadata,
    /// The first bytes. They are read once more from `bytes`.
    pub head: Vec<u8>,
    /// All bytes, unpacked if they were packed.
    pub bytes: Box<dyn BufRead + Send>,
}

/// The articles of a file, of which `known` is known, or of standard input. A new form of input is a line here.
pub(super) fn articles(path: &Path, known: Metadata) -> Articles {
    match Input::open(path, known) {
        Err(error) => Box::new(iter::once(Err(error))),
        Ok(input) if json_lines::fits(&input) => Box::new(json_lines::read(input)),
        Ok(input) => Box::new(iter::once(plain::read(input))),
    }
}

impl Input {
    fn open(path: &Path, known: Metadata) -> Result<Self, ReadError> {
        let is_standard = path == Path::new(STANDARD);
        let opened: io::Result<Box<dyn BufRead + Send>> = match is_standard {
            true => Ok(Box::new(BufReader::new(io::stdin()))),
            false => File::open(path).map(|file| Box::new(BufReader::new(file)) as _),
        };
        let (head, bytes) = opened.and_then(unpack).map_err(|error| failure(path, &error))?;
        let place = (!is_standard).then(|| absolute(path));
        let path = if is_standard { Path::new("standard input") } else { path };
        let name = if is_standard { "stdin".to_owned() } else { file_name(path) };
        Ok(Self { path: path.to_path_buf(), name, place, known, head, bytes })
    }

    /// The ending of the file's name, that of packing left away, in small letters.
    pub fn extension(&self) -> String {
        extension(&self.path)
    }

    /// The problem that reading on met.
    pub fn failure(&self, error: &io::Error) -> ReadError {
        failure(&self.path, error)
    }
}

fn failure(path: &Path, error: &io::Error) -> ReadError {
    let path = path.to_path_buf();
    let reason = error.to_string();
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::Missing { path },
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            ReadError::Broken { path, reason }
        }
        _ => ReadError::Unreadable { path, reason },
    }
}

/// The first bytes and all bytes of what `packed` holds: what begins like gzip is unpacked, whatever its name.
fn unpack(packed: Box<dyn BufRead + Send>) -> io::Result<(Vec<u8>, Box<dyn BufRead + Send>)> {
    let (head, bytes) = peek(packed);
    if !head.starts_with(b"\x1F\x8B") {
        return Ok((head, bytes));
    }
    Ok(peek(Box::new(BufReader::new(MultiGzDecoder::new(bytes)))))
}

/// The first bytes, and a reader that still has them. An error among them comes when they have been read.
fn peek(mut bytes: Box<dyn BufRead + Send>) -> (Vec<u8>, Box<dyn BufRead + Send>) {
    let mut head = Vec::new();
    let read = bytes.by_ref().take(HEAD).read_to_end(&mut head);
    let again = Cursor::new(head.clone());
    match read {
        Ok(_) => (head, Box::new(again.chain(bytes))),
        Err(error) => (head, Box::new(again.chain(BufReader::new(Broken(Some(error)))))),
    }
}

/// What cannot be read: its error, then nothing.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// The name of a file without its folder.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The ending of a name, that of packing left away, in small letters.
pub(super) fn extension(path: &Path) -> String {
    let ending = |path: &Path| path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending(path) {
        packed if packed == GZIP => ending(&path.with_extension("")),
        other => other,
    }
}

/// The path from the root, without `.` and `..`; links are not followed, so that it reads as the user wrote it.
fn absolute(path: &Path) -> String {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut plain = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_file_has_the_same_place_however_it_is_named() {
        assert_eq!(absolute(Path::new("/a/./b.txt")), absolute(Path::new("/a/../a/b.txt")));
    }

    #[test]
    fn the_ending_of_packing_does_not_count() {
        let endings = ["a.JSONL", "a.jsonl.gz", "a.gz", "a", ".gz"].map(|name| extension(Path::new(name)));
        assert_eq!(endings, ["jsonl", "jsonl", "", "", ""]);
    }
}
