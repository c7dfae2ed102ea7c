//! An input: where it comes from, what is known of its articles, and its bytes, unpacked.

use super::metadata::Metadata;
use super::meter::Meter;
use super::packing::{self, STANDARD, peek};
use super::unread::Unread;
use super::{Article, ReadError, ReadOptions, feed, json, json_lines, page, plain, rows, sitemap, warc};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::iter;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// What an input holds, in order.
pub(super) type Articles = Box<dyn Iterator<Item = Result<Unread, ReadError>> + Send>;

/// A file or standard input, opened.
pub(super) struct Input {
    /// As messages name it.
    pub path: PathBuf,
    /// Name of a single article in it, and the first part of the names of many.
    pub name: String,
    /// The absolute path; standard input has none.
    pub place: Option<String>,
    /// The web address from which it was fetched.
    pub address: Option<String>,
    /// The charset that the server told.
    pub charset: Option<String>,
    /// What holds for all its articles, unless they say otherwise.
    pub known: Metadata,
    /// The first bytes. They are read once more from `bytes`.
    pub head: Vec<u8>,
    /// All bytes, unpacked if they were packed.
    pub bytes: Box<dyn BufRead + Send>,
}

/// The articles of an input. A new form is a line here; the first that fits counts.
pub(super) fn articles(input: Input, options: &ReadOptions) -> Articles {
    let (map, web) = (&options.map, options.web.as_ref());
    let follow = web.filter(|web| web.follow);
    let path = input.path.clone();
    let found: Articles = match () {
        () if warc::fits(&input) => Box::new(warc::read(input)),
        () if feed::fits(&input) => Box::new(feed::read(input, follow).into_iter()),
        () if sitemap::fits(&input) => Box::new(sitemap::read(input, follow.cloned())),
        () if page::fits(&input) => Box::new(iter::once(page::read(input))),
        () if json::fits(&input) => ready(json::read(input, map.clone())),
        () if json_lines::fits(&input) => ready(json_lines::read(input, map.clone())),
        () if rows::fits(&input, map) => ready(rows::read(input, map.clone())),
        () => ready(plain::read(input, map).into_iter()),
    };
    told(found, path)
}

/// The same; of an input in which there is nothing, such as a table without rows, that is told.
fn told(found: Articles, path: PathBuf) -> Articles {
    let mut found = found.peekable();
    match found.peek() {
        Some(_) => Box::new(found),
        None => {
            let what = "there is no article in it".to_owned();
            Box::new(iter::once(Err(ReadError::PassedOver { path, what })))
        }
    }
}

/// Articles that are understood already.
fn ready(articles: impl Iterator<Item = Result<Article, ReadError>> + Send + 'static) -> Articles {
    Box::new(articles.map(|article| article.map(Unread::from)))
}

impl Input {
    /// Opens a file, of which `known` is known, or standard input.
    ///
    /// # Errors
    /// It cannot be opened, or not be unpacked.
    pub fn open(path: &Path, known: Metadata, meter: Option<&Arc<Meter>>) -> Result<Self, ReadError> {
        let is_standard = path == Path::new(STANDARD);
        let opened = packing::open(path, meter.cloned().unwrap_or_default());
        let (head, bytes) = opened.map_err(|error| failure(path, &error))?;
        let place = (!is_standard).then(|| absolute(path));
        let path = if is_standard { Path::new("standard input") } else { path };
        let name = if is_standard { "stdin".to_owned() } else { file_name(path) };
        Ok(Self { path: path.to_path_buf(), name, place, address: None, charset: None, known, head, bytes })
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

/// The first bytes of a file, unpacked.
pub(super) fn head(path: &Path) -> io::Result<Vec<u8>> {
    packing::unpack(peek(Box::new(BufReader::new(File::open(path)?)))).map(|(head, _)| head)
}

/// The name of a file without its folder.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The ending of a name, that of packing left away, in small letters.
pub(super) fn extension(path: &Path) -> String {
    let ending = |path: &Path| path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending(path) {
        packed if packing::EXTENSIONS.contains(&packed.as_str()) => ending(&path.with_extension("")),
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
        let names = ["a.JSONL", "a.jsonl.gz", "a.csv.zst", "a.tsv.bz2", "a.gz", "a", ".gz"];
        let endings = names.map(|name| extension(Path::new(name)));
        assert_eq!(endings, ["jsonl", "jsonl", "csv", "tsv", "", "", ""]);
    }
}
