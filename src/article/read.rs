//! Reading files, folders and standard input, one article at a time.

use super::choice::{is_left_out, is_read, is_table};
use super::input::{self, Input, file_name};
use super::metadata::Metadata;
use super::packing::STANDARD;
use super::sidecar::{self, Sidecar};
use super::web::is_web;
use super::{Article, Given, ReadError, ReadOptions, Unread};
use std::collections::{HashMap, VecDeque};
use std::io;
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// Reads the articles at `paths`, lazily and in a fixed order: as given, folders recursively and sorted by name.
///
/// In a folder, files whose names end like text, pages or data count, packed ones too (`.jsonl.gz`), and text files
/// without extension; hidden files do not. A file that is named itself is read whatever its name, `-` is standard input.
/// The form is told by the content: JSON lines, a JSON document, a table, else one article in plain text; all may be
/// packed with gzip, bzip2 or zstd. Each file has the metadata of the `articles.csv` beside it, if any.
///
/// # Errors
/// Each file, folder, line or row of metadata that cannot be used is one error among the articles; reading goes on.
pub fn read_paths(
    paths: &[PathBuf],
    options: &ReadOptions,
) -> impl Iterator<Item = Result<Article, ReadError>> + Send + use<> {
    open_paths(paths, options).map(|found| found.and_then(Unread::read))
}

/// As [`read_paths`], but leaves it to the caller to understand each article, perhaps many at once.
///
/// # Errors
/// As for [`read_paths`].
pub fn open_paths(
    paths: &[PathBuf],
    options: &ReadOptions,
) -> impl Iterator<Item = Result<Unread, ReadError>> + Send + use<> {
    let except = options.except.iter().filter_map(|path| path.canonicalize().ok()).collect();
    Articles {
        paths: paths.iter().cloned().collect(),
        given: Arc::new(options.given.clone()),
        options: ReadOptions { except, ..options.clone() },
        walk: None,
        open: None,
        sidecars: HashMap::new(),
        ready: VecDeque::new(),
    }
}

struct Articles {
    paths: VecDeque<PathBuf>,
    /// The files that are excepted are named without links on the way.
    options: ReadOptions,
    given: Arc<Given>,
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
    type Item = Result<Unread, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(error) = self.ready.pop_front() {
                return Some(Err(error));
            }
            if let Some(mut article) = self.open.as_mut().and_then(Iterator::next) {
                if let Ok(article) = &mut article {
                    article.given = Arc::clone(&self.given);
                }
                return Some(article);
            }
            self.open = None;
            match self.walk.take() {
                Some(walk) => self.walk_on(walk),
                None => {
                    let path = self.paths.pop_front()?;
                    self.begin(path);
                }
            }
        }
    }
}

impl Articles {
    /// Starts on a path that was named by the user.
    fn begin(&mut self, path: PathBuf) {
        if let Some(address) = path.to_str().filter(|_| is_web(&path)) {
            self.open = Some(self.fetch(address));
        } else if path.is_dir() {
            let entries = WalkDir::new(&path).sort_by_file_name().follow_links(true).into_iter();
            self.walk = Some(Walk { root: path, entries, found: false });
        } else if path == Path::new(STANDARD) {
            self.open = Some(self.articles(&path, Metadata::default()));
        } else if path.file_name().is_some_and(|name| name == sidecar::NAME) && !is_table(&path, &self.options) {
            self.fail(ReadError::IsSidecar { path });
        } else {
            let folder = parent(&path);
            let sidecar = self.sidecars.entry(folder.clone()).or_insert_with(|| Sidecar::of(&folder));
            let name = file_name(&path);
            self.ready.extend(sidecar.errors_for(&name));
            let known = sidecar.of_file(&name);
            self.open = Some(self.articles(&path, known));
        }
    }

    /// Takes the next entry of the folder that is being read.
    fn walk_on(&mut self, mut walk: Walk) {
        let entry = match walk.entries.next() {
            Some(Ok(entry)) => entry,
            Some(Err(error)) => {
                let path = error.path().unwrap_or(&walk.root).to_path_buf();
                let is_folder = error.loop_ancestor().is_some();
                if !is_left_out(path.strip_prefix(&walk.root).unwrap_or(&path), is_folder, &self.options) {
                    walk.found = true;
                    let reason = || error.io_error().map_or_else(|| error.to_string(), io::Error::to_string);
                    let error = if is_folder {
                        ReadError::Loop { path }
                    } else {
                        ReadError::Unreadable { path, reason: reason() }
                    };
                    self.fail(error);
                }
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
        let is_folder = entry.file_type().is_dir();
        if !is_read(&entry, &walk.root, &self.options) {
            if is_folder {
                walk.entries.skip_current_dir();
            }
        } else if is_folder {
            let sidecar = Sidecar::of(entry.path());
            self.ready.extend(sidecar.all_errors());
            self.sidecars.insert(entry.path().to_path_buf(), sidecar);
        } else {
            walk.found = true;
            let sidecar = self.sidecars.get(&parent(entry.path()));
            let known = sidecar.map(|sidecar| sidecar.of_file(&file_name(entry.path()))).unwrap_or_default();
            self.open = Some(self.articles(entry.path(), known));
        }
        self.walk = Some(walk);
    }

    fn articles(&self, path: &Path, known: Metadata) -> input::Articles {
        self.all_of(Input::open(path, known, self.options.meter.as_ref()))
    }

    /// The articles of an address.
    fn fetch(&self, address: &str) -> input::Articles {
        let web = self.options.web.as_ref().ok_or_else(|| ReadError::NotFetched(address.to_owned()));
        self.all_of(web.and_then(|web| web.open(address)))
    }

    fn all_of(&self, input: Result<Input, ReadError>) -> input::Articles {
        match input {
            Ok(input) => input::articles(input, &self.options),
            Err(error) => Box::new(iter::once(Err(error))),
        }
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

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
