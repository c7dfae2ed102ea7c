//! Reading files, folders and standard input, one article at a time.

use super::input::{self, STANDARD, extension, file_name};
use super::metadata::Metadata;
use super::plain::not_text;
use super::sidecar::{self, Sidecar};
use super::{Article, ReadError, json_lines};
use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Extensions of the files that count as plain text in a folder; files without any count when they are text.
const TEXT_EXTENSIONS: [&str; 3] = ["txt", "text", "md"];

/// Reads the articles at `paths`, lazily and in a fixed order: as given, folders recursively and sorted by name.
///
/// In a folder, files named `.txt`, `.text`, `.md`, `.jsonl` or `.ndjson`, packed ones (`.jsonl.gz`), and text files
/// without extension count; hidden files do not. A file that is named itself is read whatever its name, `-` is standard
/// input. What begins with a JSON object is read as JSON lines, one article a line, all else as one article in plain
/// text; both may be packed with gzip. Each file has the metadata of the `articles.csv` beside it, if any.
///
/// # Errors
/// Each file, folder, line or row of metadata that cannot be used is one error among the articles; reading goes on.
pub fn read_paths(paths: &[PathBuf]) -> impl Iterator<Item = Result<Article, ReadError>> + Send + use<> {
    read_paths_except(paths, &[])
}

/// As [`read_paths`], but the files `except` are no articles, though they may lie in a folder among others.
pub fn read_paths_except(
    paths: &[PathBuf],
    except: &[PathBuf],
) -> impl Iterator<Item = Result<Article, ReadError>> + Send + use<> {
    let except = except.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let paths = paths.to_vec();
    Articles {
        paths: paths.into_iter(),
        except,
        walk: None,
        open: None,
        sidecars: HashMap::new(),
        ready: VecDeque::new(),
    }
}

struct Articles {
    paths: std::vec::IntoIter<PathBuf>,
    /// Files in folders that are no articles, without links on the way.
    except: Vec<PathBuf>,
    walk: Option<Walk>,
    /// The file that is being read.
    open: Option<input::Articles>,
    /// The sidecars of the folders seen so far.
    sidecars: HashMap<PathBuf, Sidecar>,
    /// The errors that are to be handed out before anything else.
    ready: VecDeque<ReadError>,
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
        loop {
            if let Some(error) = self.ready.pop_front() {
                return Some(Err(error));
            }
            if let Some(article) = self.open.as_mut().and_then(Iterator::next) {
                return Some(article);
            }
            self.open = None;
            match self.walk.take() {
                Some(walk) => self.walk_on(walk),
                None => {
                    let path = self.paths.next()?;
                    self.begin(path);
                }
            }
        }
    }
}

impl Articles {
    /// Starts on a path that was named by the user.
    fn begin(&mut self, path: PathBuf) {
        if path.is_dir() {
            let entries = WalkDir::new(&path).sort_by_file_name().follow_links(true).into_iter();
            self.walk = Some(Walk { root: path, entries, found: false });
        } else if path == Path::new(STANDARD) {
            self.open = Some(input::articles(&path, Metadata::default()));
        } else if path.file_name().is_some_and(|name| name == sidecar::NAME) {
            self.fail(ReadError::IsSidecar { path });
        } else {
            let folder = parent(&path);
            let sidecar = self.sidecars.entry(folder.clone()).or_insert_with(|| Sidecar::of(&folder));
            let name = file_name(&path);
            self.ready.extend(sidecar.errors_for(&name));
            self.open = Some(input::articles(&path, sidecar.of_file(&name)));
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
            self.ready.extend(sidecar.all_errors());
            self.sidecars.insert(entry.path().to_path_buf(), sidecar);
        } else if is_article(&entry) && !self.is_excepted(entry.path()) {
            walk.found = true;
            let sidecar = self.sidecars.get(&parent(entry.path()));
            let known = sidecar.map(|sidecar| sidecar.of_file(&file_name(entry.path()))).unwrap_or_default();
            self.open = Some(input::articles(entry.path(), known));
        }
        self.walk = Some(walk);
    }

    fn is_excepted(&self, path: &Path) -> bool {
        !self.except.is_empty() && path.canonicalize().is_ok_and(|path| self.except.contains(&path))
    }

    fn fail(&mut self, error: ReadError) {
        self.ready.push_back(error);
    }
}

fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// Whether a file that lies in a folder counts as an article.
fn is_article(entry: &DirEntry) -> bool {
    if !entry.file_type().is_file() {
        return false;
    }
    if entry.path().extension().is_none() {
        return looks_like_text(entry.path()).unwrap_or(true);
    }
    let extension = extension(entry.path());
    TEXT_EXTENSIONS.iter().chain(&json_lines::EXTENSIONS).any(|known| extension == *known)
}

/// Whether the first bytes of a file are text. A file that cannot be opened is left for [`input::articles`] to report.
fn looks_like_text(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(4096).read_to_end(&mut head)?;
    Ok(not_text(&head).is_none())
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
