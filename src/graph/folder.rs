//! The store's folder: who may use it, and where the graph lies in it.
//!
//! | file | what |
//! | --- | --- |
//! | `base-iri` | the base of the data, one line; what makes the folder a store of ours |
//! | `version` | the number of the form in which the store is written; without it, 0 |
//! | `lock` | locked while programs use the store: one that writes, or any number that read |
//! | `vocabulary` | the SHA-256 of the vocabulary that the graph holds; may be removed |
//! | `fetched` | what was fetched from the web, to ask only for what has changed; may be removed |
//! | `writing` | there while a program writes, and after one was killed; tells which folder it belongs to |
//! | `filling` | there while a new store is filled by an import: if it stays, the graph is to be thrown away |
//! | `removing` | there while tables are stored with which something is to be removed ([`super::removing`]) |
//! | `search/` | the index of words, made when it is searched; may be removed |
//! | `rocksdb/` | the graph, with the feature `rocksdb` |
//! | `graph.nq` | the graph, without it: read whole when the store opens, written whole by `flush` |

use super::base::{Base, sha256};
use super::describe::extraction;
use super::removing::REMOVING;
use super::version::FORM;
use super::vocabulary::ONTOLOGY;
use crate::entity::Entities;
use crate::one_line::one_line;
use crate::web::Memory;
use oxigraph::store::{StorageError, Store};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

pub(super) const BASE_IRI: &str = "base-iri";
pub(super) const VERSION: &str = "version";
pub(super) const LOCK: &str = "lock";
pub(super) const WRITING: &str = "writing";
const FILLING: &str = "filling";
const VOCABULARY: &str = "vocabulary";
const FETCHED: &str = "fetched";
pub(super) const SEARCH: &str = "search";
/// There while the index of words says what the store says.
const CURRENT: &str = "current";
const ROCKSDB: &str = "rocksdb";
const NQUADS: &str = "graph.nq";
/// Where the graph may lie.
pub(super) const GRAPHS: [&str; 2] = [ROCKSDB, NQUADS];

/// How long to wait for a lock: a program that was killed holds its own for a moment longer.
const PATIENCE: Duration = Duration::from_secs(1);

/// Committed quads that wait in memory, about: the statements of 300 articles, which take some 150 MB there.
const MOST_IN_MEMORY: usize = 60_000;

/// Why a store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("no store at {}: run `dixit add PATH…` first", .0.display())]
    Missing(PathBuf),
    #[error("the store {} is a file: choose a folder with --store", .0.display())]
    IsFile(PathBuf),
    #[error("the folder {} holds other files and no store: choose another with --store", .0.display())]
    NotAStore(PathBuf),
    #[error(
        "the store {} is in use by another dixit; wait for it to end or choose another with --store",
        .0.display()
    )]
    InUse(PathBuf),
    #[error(
        "the store {} has the base {base}, not {asked}: leave --base out or choose another with --store",
        path.display()
    )]
    OtherBase { path: PathBuf, base: Base, asked: Base },
    #[error(
        "the store {} was written by a dixit built {} the feature rocksdb: use that one, or choose another with --store",
        path.display(), if *rocksdb { "with" } else { "without" }
    )]
    OtherBuild { path: PathBuf, rocksdb: bool },
    #[error("cannot {deed} the store {}: {cause}", path.display())]
    Io { deed: &'static str, path: PathBuf, cause: io::Error },
    #[error(
        "the store {} is damaged ({}): move it away and add the articles again",
        path.display(), one_line(reason)
    )]
    Damaged { path: PathBuf, reason: String },
    #[error(
        "the store {} has the form {found}, and this dixit writes the form {FORM}: {}",
        path.display(), if found < &FORM { "bring it to that with `dixit migrate`" } else { "use a newer dixit" }
    )]
    OtherVersion { path: PathBuf, found: u32 },
    #[error(
        "the store {} cannot be written ({cause}): ask for the right to write there, or work on a copy: `dixit backup DIR`",
        path.display()
    )]
    Forbidden { path: PathBuf, cause: io::Error },
    #[error(
        "the store {} is a copy that was made while a program wrote into its original, and may lack things: copy it with \
         `dixit backup DIR` instead, or remove {} if nobody wrote", path.display(), path.join(WRITING).display()
    )]
    CopiedWhileWritten { path: PathBuf },
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What a program may do with a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    /// Others may read at the same time.
    Read,
    /// Nobody else uses the store.
    Write,
}

/// A store's folder, locked for this program as long as this value lives.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    access: Access,
    /// Quads that were committed since the last of them went to the disk, about.
    in_memory: AtomicUsize,
    /// The lock ends when this file is closed.
    _lock: File,
}

impl Folder {
    /// Locks an existing store for reading; creates nothing.
    pub fn open(path: &Path) -> Result<(Self, Base), StoreError> {
        Self::open_for(path, Access::Read)?.of_this_form()
    }

    /// Locks an existing store for writing; creates nothing.
    pub fn open_to_change(path: &Path) -> Result<(Self, Base), StoreError> {
        Self::open_for(path, Access::Write)?.of_this_form()
    }

    /// Locks an existing store for reading, whatever its form.
    pub fn open_of_any_form(path: &Path) -> Result<Self, StoreError> {
        Self::open_for(path, Access::Read)
    }

    /// Locks an existing store for writing, whatever its form.
    pub fn open_to_migrate(path: &Path) -> Result<Self, StoreError> {
        Self::open_for(path, Access::Write)
    }

    fn open_for(path: &Path, access: Access) -> Result<Self, StoreError> {
        if path.is_file() {
            return Err(StoreError::IsFile(path.to_owned()));
        }
        if !path.join(BASE_IRI).is_file() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        if access == Access::Read && path.join(REMOVING).exists() {
            // A program was killed, and what it began is to be ended; or one writes, so that this is refused.
            Self::lock(path, Access::Write)?.load()?;
        }
        Self::lock(path, access)
    }

    fn of_this_form(self) -> Result<(Self, Base), StoreError> {
        match self.version()? {
            FORM => {
                let base = self.base()?;
                Ok((self, base))
            }
            found => Err(StoreError::OtherVersion { path: self.path.clone(), found }),
        }
    }

    /// Locks the store at `path` for writing, and creates it with the base `asked` (or the default one) on first use.
    pub fn open_or_create(path: &Path, asked: Option<&Base>) -> Result<(Self, Base), StoreError> {
        if path.is_file() {
            return Err(StoreError::IsFile(path.to_owned()));
        }
        let cannot = |cause| not_written("create", path, cause);
        fs::create_dir_all(path).map_err(cannot)?;
        if !path.join(BASE_IRI).is_file() {
            for entry in fs::read_dir(path).map_err(cannot)? {
                let name = entry.map_err(cannot)?.file_name();
                if !BEGUN.iter().any(|begun| name == *begun) {
                    return Err(StoreError::NotAStore(path.to_owned()));
                }
            }
        }
        let folder = Self::lock(path, Access::Write)?;
        if !path.join(BASE_IRI).is_file() {
            let base = asked.cloned().unwrap_or_default();
            folder.note_version()?;
            write_whole(&path.join(BASE_IRI), format!("{base}\n").as_bytes()).map_err(cannot)?;
        }
        let (folder, base) = folder.of_this_form()?;
        match asked {
            Some(asked) if *asked != base => {
                Err(StoreError::OtherBase { path: path.to_owned(), base, asked: asked.clone() })
            }
            _ => Ok((folder, base)),
        }
    }

    fn lock(path: &Path, access: Access) -> Result<Self, StoreError> {
        let cannot = |cause| StoreError::Io { deed: "lock", path: path.to_owned(), cause };
        let file = path.join(LOCK);
        let lock = match access {
            Access::Read => File::open(file),
            Access::Write => File::options().create(true).append(true).open(file),
        };
        let lock = lock.map_err(|cause| match access {
            Access::Read => cannot(cause),
            Access::Write => not_written("lock", path, cause),
        })?;
        let attempt = || match access {
            Access::Read => lock.try_lock_shared(),
            Access::Write => lock.try_lock(),
        };
        patiently(|| match attempt() {
            Ok(()) => Ok(Some(())),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(cannot(error)),
        })?
        .ok_or_else(|| StoreError::InUse(path.to_owned()))?;
        let mark = mark(&lock).map_err(cannot)?;
        // Who was killed left it in the same folder.
        match fs::read(path.join(WRITING)) {
            Ok(written) if written != mark.as_bytes() => {
                return Err(StoreError::CopiedWhileWritten { path: path.to_owned() });
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(cannot(error)),
            _ => {}
        }
        let folder = Self { path: path.to_owned(), access, in_memory: AtomicUsize::new(0), _lock: lock };
        if access == Access::Write {
            folder.outdate_search()?;
            write_whole(&path.join(WRITING), mark.as_bytes()).map_err(|cause| not_written("write", path, cause))?;
        }
        Ok(folder)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The number of the form in which the store is written.
    pub fn version(&self) -> Result<u32, StoreError> {
        let Some(text) = self.said(VERSION)? else { return Ok(0) };
        text.trim().parse().map_err(|_| self.damaged(format!("{VERSION}: no number")))
    }

    /// What a file of the folder says, if there is one. A damaged one may be no text: then it says nothing that we look for.
    fn said(&self, file: &str) -> Result<Option<String>, StoreError> {
        match fs::read(self.path.join(file)) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.cannot("read", error)),
        }
    }

    /// Notes that it is written in the form of this program.
    pub fn note_version(&self) -> Result<(), StoreError> {
        let number = format!("{FORM}\n");
        write_whole(&self.path.join(VERSION), number.as_bytes()).map_err(|error| self.cannot("write", error))
    }

    /// Where the index of words lies.
    pub fn search(&self) -> PathBuf {
        self.path.join(SEARCH)
    }

    /// Whoever searches next is to look for what has changed. On the disk before any change is.
    fn outdate_search(&self) -> Result<(), StoreError> {
        match fs::remove_file(self.search().join(CURRENT)) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(()),
            Err(error) => Err(not_written("write", &self.path, error)),
            Ok(()) => sync_folder(&self.search()).map_err(|error| self.cannot("write", error)),
        }
    }

    pub fn base(&self) -> Result<Base, StoreError> {
        let text = self.said(BASE_IRI)?.unwrap_or_default();
        text.trim().parse().map_err(|error| self.damaged(format!("{BASE_IRI}: {error}")))
    }

    /// Says that a new store is being filled: whoever is stopped before [`Self::end_filling`] has not begun.
    pub fn begin_filling(&self) -> Result<(), StoreError> {
        let path = self.path.join(FILLING);
        write_whole(&path, b"").and_then(|()| sync_folder(&self.path)).map_err(|error| self.cannot("write", error))
    }

    /// The graph is saved: it is there as a whole.
    pub fn end_filling(&self) -> Result<(), StoreError> {
        fs::remove_file(self.path.join(FILLING)).map_err(|error| self.cannot("write", error))
    }

    /// Whether the graph is one that somebody began to fill. If the store is to be written, it is taken away.
    fn is_half_filled(&self) -> Result<bool, StoreError> {
        if !self.path.join(FILLING).exists() {
            return Ok(false);
        }
        if self.access == Access::Write {
            let remove = || {
                gone(fs::remove_dir_all(self.path.join(ROCKSDB)))?;
                gone(fs::remove_file(self.path.join(NQUADS)))?;
                gone(fs::remove_file(self.path.join(VOCABULARY)))?;
                fs::remove_file(self.path.join(FILLING))
            };
            remove().map_err(|error| self.cannot("write", error))?;
        }
        Ok(true)
    }

    /// What was fetched. Another version of the program has other statements to find, so it fetches all again.
    pub fn fetched(&self) -> Result<Memory, StoreError> {
        let text = self.said(FETCHED)?.unwrap_or_default();
        let rest = text
            .split_once('\n')
            .filter(|(version, _)| *version == extraction(Entities::embedded()))
            .map(|(_, rest)| rest);
        let Ok(memory) = rest.unwrap_or_default().parse();
        Ok(memory)
    }

    pub fn remember_fetched(&self, fetched: &Memory) -> Result<(), StoreError> {
        let lines = fetched.to_string();
        if lines.is_empty() {
            return Ok(());
        }
        let text = format!("{}\n{lines}", extraction(Entities::embedded()));
        write_whole(&self.path.join(FETCHED), text.as_bytes()).map_err(|error| self.cannot("write", error))
    }

    /// Whether the graph holds the vocabulary as this version of the program has it.
    pub fn holds_vocabulary(&self) -> Result<bool, StoreError> {
        Ok(self.said(VOCABULARY)?.is_some_and(|hash| hash.trim() == sha256(ONTOLOGY)))
    }

    /// Notes that it does. To be called when the graph is saved.
    pub fn note_vocabulary(&self) -> Result<(), StoreError> {
        let hash = format!("{}\n", sha256(ONTOLOGY));
        write_whole(&self.path.join(VOCABULARY), hash.as_bytes()).map_err(|error| self.cannot("write", error))
    }

    pub fn forget_fetched(&self) -> Result<(), StoreError> {
        gone(fs::remove_file(self.path.join(FETCHED))).map_err(|error| self.cannot("write", error))
    }

    fn cannot(&self, deed: &'static str, cause: io::Error) -> StoreError {
        StoreError::Io { deed, path: self.path.clone(), cause }
    }

    fn damaged(&self, reason: String) -> StoreError {
        StoreError::Damaged { path: self.path.clone(), reason }
    }

    /// Notes that so many quads were committed. RocksDB would gather up to 256 MB of each index in memory, and as much in its
    /// journal: in smaller parts they go to the disk in the same time. Without it all is in memory anyway.
    pub fn committed(&self, graph: &Store, quads: usize) -> Result<(), StoreError> {
        let waiting = self.in_memory.fetch_add(quads, Ordering::Relaxed) + quads;
        if !cfg!(feature = "rocksdb") || waiting < MOST_IN_MEMORY {
            return Ok(());
        }
        self.in_memory.store(0, Ordering::Relaxed);
        self.save(graph)
    }
}

#[cfg(feature = "rocksdb")]
impl Folder {
    /// Opens the graph on disk. To open it for reading takes half the time, and writes nothing.
    pub fn load(&self) -> Result<Store, StoreError> {
        if self.path.join(NQUADS).exists() {
            return Err(StoreError::OtherBuild { path: self.path.clone(), rocksdb: false });
        }
        let path = self.path.join(ROCKSDB);
        if self.is_half_filled()? || !path.exists() {
            match self.access {
                // Whoever was to write into a new store was stopped before it did.
                Access::Read => return Ok(Store::new()?),
                Access::Write => self.create(&path)?,
            }
        }
        let open = || match self.access {
            Access::Read => Store::open_read_only(&path),
            Access::Write => Store::open(&path),
        };
        // RocksDB has a lock of its own for those that write. A killed program may hold it after ours is free, and
        // another program on oxigraph may hold it alone. Its errors are known by their text only.
        let locked = |error: &StorageError| {
            let error = error.to_string();
            error.contains("While lock file") || error.contains("lock hold by")
        };
        let opened = patiently(|| match open() {
            Ok(store) => Ok(Some(store)),
            Err(error) if locked(&error) => Ok(None),
            Err(StorageError::Corruption(error)) => Err(self.damaged(error.to_string())),
            Err(error) => Err(self.cannot("open", error.into())),
        });
        let graph = opened?.ok_or_else(|| StoreError::InUse(self.path.clone()))?;
        if self.access == Access::Write {
            self.remove_unused_tables().map_err(|error| self.cannot("write", error))?;
            super::removing::end(&self.path, &graph)?;
        }
        Ok(graph)
    }

    /// Removes the tables that a killed program made and did not store: RocksDB knows nothing of them.
    fn remove_unused_tables(&self) -> io::Result<()> {
        for entry in fs::read_dir(self.path.join(ROCKSDB))? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with("bulk-") {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// Makes an empty graph, which is there whole or not at all: one that is half made can be written, but not read.
    fn create(&self, path: &Path) -> Result<(), StoreError> {
        let draft = path.with_extension("new");
        let cannot = |error| self.cannot("create", error);
        gone(fs::remove_dir_all(&draft)).map_err(cannot)?;
        Store::open(&draft).and_then(|graph| graph.flush()).map_err(|error| cannot(error.into()))?;
        fs::rename(draft, path).and_then(|()| sync_folder(&self.path)).map_err(cannot)
    }

    /// Makes all that was committed durable, and the next opening quick.
    pub fn save(&self, graph: &Store) -> Result<(), StoreError> {
        Ok(graph.flush()?)
    }
}

#[cfg(not(feature = "rocksdb"))]
impl Folder {
    /// Reads the graph into memory.
    pub fn load(&self) -> Result<Store, StoreError> {
        use oxigraph::io::RdfFormat;
        use oxigraph::store::LoaderError;

        if self.path.join(ROCKSDB).exists() {
            return Err(StoreError::OtherBuild { path: self.path.clone(), rocksdb: true });
        }
        let graph = Store::new()?;
        if self.is_half_filled()? {
            return Ok(graph);
        }
        let file = match File::open(self.path.join(NQUADS)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(graph),
            Err(error) => return Err(self.cannot("read", error)),
        };
        match graph.load_from_reader(RdfFormat::NQuads, io::BufReader::new(file)) {
            Ok(()) => Ok(graph),
            Err(LoaderError::Storage(error)) => Err(error.into()),
            Err(error) => Err(self.damaged(format!("{NQUADS}: {error}"))),
        }
    }

    /// Writes the graph to its file. A program that is killed before leaves the file as it was.
    pub fn save(&self, graph: &Store) -> Result<(), StoreError> {
        use super::export::{ExportError, write_store};

        let mut quads = Vec::new();
        write_store(graph, &mut quads).map_err(|error| match error {
            ExportError::Storage(error) => StoreError::Storage(error),
            ExportError::Io(error) => self.cannot("write", error),
        })?;
        write_whole(&self.path.join(NQUADS), &quads).map_err(|error| self.cannot("write", error))
    }
}

/// What may lie in the folder of a store whose making was broken off.
const BEGUN: [&str; 6] = [LOCK, VERSION, "version.new", "base-iri.new", WRITING, "writing.new"];

impl Drop for Folder {
    /// All is written, and the graph is closed before.
    fn drop(&mut self) {
        if self.access == Access::Write {
            let _ = fs::remove_file(self.path.join(WRITING));
        }
    }
}

/// What tells this folder from its copies: the place of its lock on the disk, which a copy of the file does not have.
fn mark(lock: &File) -> io::Result<String> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Ok(format!("{}\n", lock.metadata()?.ino()))
    }
    #[cfg(not(unix))]
    {
        lock.metadata().map(|_| String::new())
    }
}

/// Why something could not be written there.
fn not_written(deed: &'static str, path: &Path, cause: io::Error) -> StoreError {
    match cause.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            StoreError::Forbidden { path: path.to_owned(), cause }
        }
        _ => StoreError::Io { deed, path: path.to_owned(), cause },
    }
}

/// Writes a file so that it is there whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = path.with_extension("new");
    let mut file = File::create(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(draft, path)
}

/// What was to be removed may have been gone.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

/// Makes durable which files are in a folder. Where folders cannot be synchronised, they need not be.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path).and_then(|folder| folder.sync_all()).or(Ok(()))
}

/// Tries until there is an answer or an error, or [`PATIENCE`] ends (`None`).
fn patiently<T, E>(mut attempt: impl FnMut() -> Result<Option<T>, E>) -> Result<Option<T>, E> {
    let end = Instant::now() + PATIENCE;
    loop {
        match attempt()? {
            None if Instant::now() < end => std::thread::sleep(Duration::from_millis(50)),
            answer => return Ok(answer),
        }
    }
}
