//! The store's folder: who may use it, and where the graph lies in it.
//!
//! | file | what |
//! | --- | --- |
//! | `base-iri` | the base of the data, one line; what makes the folder a store of ours |
//! | `lock` | locked while programs use the store: one that writes, or any number that read |
//! | `vocabulary` | the SHA-256 of the vocabulary that the graph holds; may be removed |
//! | `fetched` | what was fetched from the web, to ask only for what has changed; may be removed |
//! | `search/` | the index of words, made when it is searched; may be removed |
//! | `rocksdb/` | the graph, with the feature `rocksdb` |
//! | `graph.nq` | the graph, without it: read whole when the store opens, written whole by `flush` |

use super::base::{Base, sha256};
use super::describe::extraction;
use super::vocabulary::ONTOLOGY;
use crate::entity::Entities;
use crate::web::Memory;
use oxigraph::store::{StorageError, Store};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const BASE_IRI: &str = "base-iri";
const LOCK: &str = "lock";
const VOCABULARY: &str = "vocabulary";
const FETCHED: &str = "fetched";
const SEARCH: &str = "search";
/// There while the index of words says what the store says.
const CURRENT: &str = "current";
const ROCKSDB: &str = "rocksdb";
const NQUADS: &str = "graph.nq";

/// How long to wait for a lock: a program that was killed holds its own for a moment longer.
const PATIENCE: Duration = Duration::from_secs(1);

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
        "the store {} is damaged ({reason}): move it away and add the articles again",
        path.display()
    )]
    Damaged { path: PathBuf, reason: String },
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
    #[cfg_attr(not(feature = "rocksdb"), expect(dead_code, reason = "a graph in memory is read and written alike"))]
    access: Access,
    /// The lock ends when this file is closed.
    _lock: File,
}

impl Folder {
    /// Locks an existing store for reading; creates nothing.
    pub fn open(path: &Path) -> Result<(Self, Base), StoreError> {
        Self::open_for(path, Access::Read)
    }

    /// Locks an existing store for writing; creates nothing.
    pub fn open_to_change(path: &Path) -> Result<(Self, Base), StoreError> {
        Self::open_for(path, Access::Write)
    }

    fn open_for(path: &Path, access: Access) -> Result<(Self, Base), StoreError> {
        if path.is_file() {
            return Err(StoreError::IsFile(path.to_owned()));
        }
        if !path.join(BASE_IRI).is_file() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let folder = Self::lock(path, access)?;
        let base = folder.base()?;
        Ok((folder, base))
    }

    /// Locks the store at `path` for writing, and creates it with the base `asked` (or the default one) on first use.
    pub fn open_or_create(path: &Path, asked: Option<&Base>) -> Result<(Self, Base), StoreError> {
        if path.is_file() {
            return Err(StoreError::IsFile(path.to_owned()));
        }
        let cannot = |cause| StoreError::Io { deed: "create", path: path.to_owned(), cause };
        fs::create_dir_all(path).map_err(cannot)?;
        if !path.join(BASE_IRI).is_file() {
            for entry in fs::read_dir(path).map_err(cannot)? {
                if entry.map_err(cannot)?.file_name() != LOCK {
                    return Err(StoreError::NotAStore(path.to_owned()));
                }
            }
        }
        let folder = Self::lock(path, Access::Write)?;
        if !path.join(BASE_IRI).is_file() {
            let base = asked.cloned().unwrap_or_default();
            write_whole(&path.join(BASE_IRI), format!("{base}\n").as_bytes()).map_err(cannot)?;
        }
        let base = folder.base()?;
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
        let lock = lock.map_err(cannot)?;
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
        let folder = Self { path: path.to_owned(), access, _lock: lock };
        if access == Access::Write {
            folder.outdate_search()?;
        }
        Ok(folder)
    }

    /// Where the index of words lies.
    pub fn search(&self) -> PathBuf {
        self.path.join(SEARCH)
    }

    /// Whoever searches next is to look for what has changed. On the disk before any change is.
    fn outdate_search(&self) -> Result<(), StoreError> {
        match fs::remove_file(self.search().join(CURRENT)) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(()),
            Err(error) => Err(self.cannot("write", error)),
            // Where folders cannot be synchronised, they need not be.
            Ok(()) => {
                File::open(self.search()).and_then(|folder| folder.sync_all()).unwrap_or_default();
                Ok(())
            }
        }
    }

    fn base(&self) -> Result<Base, StoreError> {
        let text = fs::read_to_string(self.path.join(BASE_IRI)).map_err(|e| self.cannot("read", e))?;
        text.trim().parse().map_err(|error| self.damaged(format!("{BASE_IRI}: {error}")))
    }

    /// What was fetched. Another version of the program has other statements to find, so it fetches all again.
    pub fn fetched(&self) -> Result<Memory, StoreError> {
        let text = match fs::read_to_string(self.path.join(FETCHED)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Memory::default()),
            Err(error) => return Err(self.cannot("read", error)),
        };
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
        match fs::read_to_string(self.path.join(VOCABULARY)) {
            Ok(hash) => Ok(hash.trim() == sha256(ONTOLOGY)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(self.cannot("read", error)),
        }
    }

    /// Notes that it does. To be called when the graph is saved.
    pub fn note_vocabulary(&self) -> Result<(), StoreError> {
        let hash = format!("{}\n", sha256(ONTOLOGY));
        write_whole(&self.path.join(VOCABULARY), hash.as_bytes()).map_err(|error| self.cannot("write", error))
    }

    pub fn forget_fetched(&self) -> Result<(), StoreError> {
        match fs::remove_file(self.path.join(FETCHED)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.cannot("write", error)),
            _ => Ok(()),
        }
    }

    fn cannot(&self, deed: &'static str, cause: io::Error) -> StoreError {
        StoreError::Io { deed, path: self.path.clone(), cause }
    }

    fn damaged(&self, reason: String) -> StoreError {
        StoreError::Damaged { path: self.path.clone(), reason }
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
        // Whoever was to write into a new store was stopped before it did.
        if self.access == Access::Read && !path.exists() {
            return Ok(Store::new()?);
        }
        let open = || match self.access {
            Access::Read => Store::open_read_only(&path),
            Access::Write => Store::open(&path),
        };
        // RocksDB has a lock of its own for those that write. A killed program may hold it after ours is free, and
        // another program on oxigraph may hold it alone. Its errors are known by their text only.
        let locked = |error: &StorageError| error.to_string().contains("lock");
        let opened = patiently(|| match open() {
            Ok(store) => Ok(Some(store)),
            Err(error) if locked(&error) => Ok(None),
            Err(StorageError::Corruption(error)) => Err(self.damaged(error.to_string())),
            Err(error) => Err(self.cannot("open", error.into())),
        });
        opened?.ok_or_else(|| StoreError::InUse(self.path.clone()))
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

/// Writes a file so that it is there whole or not at all.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = path.with_extension("new");
    fs::write(&draft, bytes)?;
    fs::rename(draft, path)
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
