//! Reading files and folders of plain text, one article at a time.

use super::sidecar::{self, Row, Sidecar};
use super::{Article, ReadError};
use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The largest file that is taken for one article, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Extensions of the files that count as articles in a folder; files without any count when they are text.
const EXTENSIONS: [&str; 3] = ["txt", "text", "md"];

/// How files begin that people mistake for text, and what such a file is.
const MAGIC: [(&[u8], &str); 11] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7FELF", "a program"),
    (b"{\\rtf", "a rich text document"),
    (b"<!DOCTYPE html", "an HTML page"),
    (b"<html", "an HTML page"),
];

/// Reads the articles at `paths`, lazily and in a fixed order: as given, folders recursively and sorted by name.
///
/// In a folder, files named `.txt`, `.text` or `.md` and text files without extension count; hidden files do not. A file
/// that is named itself is read whatever its name. Each file has the metadata of the `articles.csv` beside it, if any.
///
/// # Errors
/// Each file, folder or row of metadata that cannot be used is one error among the articles; reading goes on.
pub fn read_paths(paths: &[PathBuf]) -> impl Iterator<Item = Result<Article, ReadError>> + use<> {
    let paths = paths.to_vec();
    Articles { paths: paths.into_iter(), walk: None, sidecars: HashMap::new(), ready: VecDeque::new() }
}

struct Articles {
    paths: std::vec::IntoIter<PathBuf>,
    walk: Option<Walk>,
    /// The sidecars of the folders seen so far.
    sidecars: HashMap<PathBuf, Sidecar>,
    /// What is to be handed out next: some errors and at most one article.
    ready: VecDeque<Result<Article, ReadError>>,
}

/// A folder that is being read.
struct Walk {
    root: PathBuf,
    entries: walkdir::IntoIter,
    /// Whether anything was found that could be an article.
    found: bool,
}

impl Iterator for Articles {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() {
            match self.walk.take() {
                Some(walk) => self.walk_on(walk),
                None => {
                    let path = self.paths.next()?;
                    self.begin(path);
                }
            }
        }
        self.ready.pop_front()
    }
}

impl Articles {
    /// Starts on a path that was named by the user.
    fn begin(&mut self, path: PathBuf) {
        if path.is_dir() {
            let entries = WalkDir::new(&path).sort_by_file_name().follow_links(true).into_iter();
            self.walk = Some(Walk { root: path, entries, found: false });
        } else if path.file_name().is_some_and(|name| name == sidecar::NAME) {
            self.fail(ReadError::IsSidecar { path });
        } else {
            let folder = parent(&path);
            let sidecar = self.sidecars.entry(folder.clone()).or_insert_with(|| Sidecar::of(&folder));
            let name = name(&path);
            let (row, errors) = (sidecar.row(&name), sidecar.errors_for(&name));
            self.ready.extend(errors.into_iter().map(Err));
            self.ready.push_back(read_file(&path, row));
        }
    }

    /// Takes the next entry of the folder that is being read.
    fn walk_on(&mut self, mut walk: Walk) {
        let entry = match walk.entries.next() {
            Some(Ok(entry)) => entry,
            Some(Err(error)) => {
                let path = error.path().unwrap_or(&walk.root).to_path_buf();
                let reason = match error.loop_ancestor() {
                    Some(_) => "a link that leads back to its own folder".to_owned(),
                    None => error.io_error().map_or_else(|| error.to_string(), io::Error::to_string),
                };
                self.fail(ReadError::Unreadable { path, reason });
                walk.found = true;
                self.walk = Some(walk);
                return;
            }
            None => {
                if !walk.found {
                    self.fail(ReadError::NoArticles { path: walk.root });
                }
                return;
            }
        };
        if entry.depth() > 0 && is_hidden(&entry) {
            if entry.file_type().is_dir() {
                walk.entries.skip_current_dir();
            }
        } else if entry.file_type().is_dir() {
            let sidecar = Sidecar::of(entry.path());
            self.ready.extend(sidecar.all_errors().into_iter().map(Err));
            self.sidecars.insert(entry.path().to_path_buf(), sidecar);
        } else if is_article(&entry) {
            walk.found = true;
            let row = self.sidecars.get(&parent(entry.path())).map(|s| s.row(&name(entry.path()))).unwrap_or_default();
            self.ready.push_back(read_file(entry.path(), row));
        }
        self.walk = Some(walk);
    }

    fn fail(&mut self, error: ReadError) {
        self.ready.push_back(Err(error));
    }
}

fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// Whether a file that lies in a folder counts as an article.
fn is_article(entry: &DirEntry) -> bool {
    if !entry.file_type().is_file() {
        return false;
    }
    match entry.path().extension() {
        Some(extension) => EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)),
        None => looks_like_text(entry.path()).unwrap_or(true),
    }
}

/// Whether the first bytes of a file are text. A file that cannot be opened is left for [`read_file`] to report.
fn looks_like_text(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(4096).read_to_end(&mut head)?;
    Ok(not_text(&head).is_none())
}

/// What makes `bytes` something else than text, and where.
fn not_text(bytes: &[u8]) -> Option<(&'static str, usize)> {
    let magic = |magic: &[u8]| bytes.get(..magic.len()).is_some_and(|head| head.eq_ignore_ascii_case(magic));
    let known = MAGIC.iter().find(|(start, _)| magic(start)).map(|(_, what)| (*what, 0));
    known.or_else(|| bytes.iter().position(|b| *b == 0).map(|at| ("a NUL byte", at)))
}

fn read_file(path: &Path, row: Row) -> Result<Article, ReadError> {
    let text = decode(path, read_bytes(path)?)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty { path: path.to_path_buf() });
    }
    Ok(Article {
        name: name(path),
        address: row.url.clone().unwrap_or_else(|| absolute(path)),
        text,
        url: row.url,
        outlet: row.outlet,
        title: row.title,
        published: row.published,
        language: row.language,
    })
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    match read {
        Ok(_) if bytes.len() as u64 > MAX_BYTES => {
            Err(ReadError::TooLarge { path: path.to_path_buf(), limit: MAX_BYTES })
        }
        Ok(_) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(ReadError::Missing { path: path.to_path_buf() }),
        Err(error) => Err(ReadError::Unreadable { path: path.to_path_buf(), reason: error.to_string() }),
    }
}

/// The text of a file without its byte-order mark. Line ends stay as they are: offsets point into the file.
fn decode(path: &Path, mut bytes: Vec<u8>) -> Result<String, ReadError> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(ReadError::NotUtf8 { path: path.to_path_buf(), offset: 0, guess: "UTF-16" });
    }
    if let Some((what, offset)) = not_text(&bytes) {
        return Err(ReadError::NotText { path: path.to_path_buf(), what, offset });
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        ReadError::NotUtf8 { path: path.to_path_buf(), offset, guess: "WINDOWS-1252" }
    })
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
#[path = "read_tests.rs"]
mod tests;
