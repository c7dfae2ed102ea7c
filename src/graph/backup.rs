//! A store is copied as a whole, put back, and brought to this form.
//!
//! A backup is a folder that is a store itself, with a list of its files and their SHA-256 in `backup`, in the form of
//! `sha256sum`. It is made while nobody writes, and others may read. Whatever is made is made beside its place, made durable,
//! and then moved there: it is there whole or not at all.

use super::export::{ExportError, ExportFormat, Extent, Profile, Texts, export};
use super::folder::{BASE_IRI, Folder, GRAPHS, LOCK, StoreError, VERSION, sync_folder};
use super::import::{Import, ImportError, ImportFormat};
use super::stats::Stats;
use super::store::Store;
use super::version::{FORM, Mend, mend};
use super::vocabulary::dixit;
use crate::entity::Entities;
use crate::one_line::one_line;
use oxigraph::store::StorageError;
use sha2::{Digest, Sha256};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// The list of the files of a backup.
const LIST: &str = "backup";

/// Why a store could not be copied, put back or migrated. What was there before is there as it was.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{} is there and not an empty folder: choose another", .0.display())]
    Occupied(PathBuf),
    #[error("{} is no backup that `dixit backup` made: it has no list of its files", .0.display())]
    NoBackup(PathBuf),
    #[error("the backup {} is damaged, nothing was restored: {}; take another one", path.display(), one_line(what))]
    Damaged { path: PathBuf, what: String },
    #[error("cannot write {}: {cause}", path.display())]
    Write { path: PathBuf, cause: io::Error },
    #[error("cannot read {}: {cause}", path.display())]
    Read { path: PathBuf, cause: io::Error },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("cannot read the store: {0}")]
    Storage(#[from] StorageError),
    #[error("cannot take the graph out: {0}")]
    Export(#[from] ExportError),
    #[error("cannot make the graph anew: {0}")]
    Import(#[from] ImportError),
}

/// What a store that was copied holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    pub articles: usize,
    pub statements: usize,
    pub bytes: u64,
}

/// Copies a store into a folder that is empty or not there yet. Others may read the store meanwhile.
///
/// # Errors
/// The store is in use by one that writes, or something cannot be read or written.
pub fn backup(store: &Path, to: &Path) -> Result<Copied, BackupError> {
    let (folder, _) = Folder::open(store)?;
    let draft = Draft::beside(to)?;
    let bytes = copy(folder.path(), &files(folder.path())?, &draft.path)?;
    let copied = count(&draft.path, bytes)?;
    let list = files(&draft.path)?.into_iter().map(|file| Ok(format!("{}  {file}\n", hash(&draft.path.join(&file))?)));
    let list = list.collect::<Result<String, BackupError>>()?;
    let place = draft.path.join(LIST);
    write_durably(&place, list.as_bytes()).map_err(|cause| BackupError::Write { path: place, cause })?;
    draft.put()?;
    Ok(copied)
}

/// Copies a backup to where a store is to be: to a folder that is empty or not there yet. All of it is compared with what was
/// written, and opened, before it is there. `None` for what it holds if it has another form: it is to be migrated.
///
/// # Errors
/// It is no backup, it is damaged, or something cannot be read or written.
pub fn restore(backup: &Path, store: &Path) -> Result<Option<Copied>, BackupError> {
    let list = match fs::read_to_string(backup.join(LIST)) {
        Ok(list) => list,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(BackupError::NoBackup(backup.to_owned())),
        Err(cause) => return Err(BackupError::Read { path: backup.join(LIST), cause }),
    };
    let damaged = |what: String| BackupError::Damaged { path: backup.to_owned(), what };
    let lines = list.lines().map(|line| line.split_once("  ").ok_or_else(|| damaged(format!("{LIST}: {line}"))));
    let lines = lines.collect::<Result<Vec<_>, _>>()?;
    // What lies outside is none of its files.
    if let Some((_, file)) = lines.iter().find(|(_, file)| !is_part(file)) {
        return Err(damaged(format!("{file} is no file of a store")));
    }
    if let Some((_, file)) = lines.iter().find(|(_, file)| !backup.join(file).is_file()) {
        return Err(damaged(format!("{file} is missing")));
    }
    // A list that was cut short names less than there is, and what is not named would not come back.
    if let Some(file) = files(backup)?.iter().find(|file| lines.iter().all(|(_, listed)| listed != *file)) {
        return Err(damaged(format!("{file} is not in the list")));
    }
    let folder = Folder::open_of_any_form(backup)?;
    let names: Vec<_> = lines.iter().map(|(_, file)| (*file).to_owned()).collect();
    let draft = Draft::beside(store)?;
    let bytes = copy(backup, &names, &draft.path)?;
    for (wanted, file) in lines {
        if hash(&draft.path.join(file))? != wanted {
            return Err(damaged(format!("{file} is not as it was written")));
        }
    }
    let copied = if folder.version()? == FORM { Some(count(&draft.path, bytes)?) } else { None };
    draft.put()?;
    Ok(copied)
}

/// What migrating a store did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated {
    pub from: u32,
    pub to: u32,
    /// What has changed between the two.
    pub changes: Vec<&'static str>,
    /// Where the store lies as it was before, if it was made anew.
    pub before: Option<PathBuf>,
}

/// Brings a store to the form of this program; `anew` makes all anew that it keeps for itself, even if its form needs it not.
///
/// # Errors
/// The store is in use or of a newer form, or something cannot be read or written.
pub fn migrate(store: &Path, anew: bool, entities: &Entities) -> Result<Migrated, BackupError> {
    let folder = Folder::open_to_migrate(store)?;
    let from = folder.version()?;
    if from > FORM {
        return Err(StoreError::OtherVersion { path: store.to_owned(), found: from }.into());
    }
    let (mend, changes) = mend(from);
    let mut done = Migrated { from, to: FORM, changes, before: None };
    if mend == Mend::Note && !anew {
        folder.note_version()?;
        return Ok(done);
    }
    let draft = Draft::beside_full(store)?;
    let base = folder.base()?;
    let graph = draft.path.with_extension("nq");
    let write = |cause| BackupError::Write { path: graph.clone(), cause };
    let removed = Remove(graph.clone());
    let old = Store::load_of_any_form(folder, base.clone())?;
    let extent = Extent { texts: Texts::Included, profile: Profile::All, choice: None };
    export(&old, ExportFormat::NQuads, extent, BufWriter::new(File::create(&graph).map_err(write)?))?;
    let import = Import::of_files(std::slice::from_ref(&graph), Some(ImportFormat::NQuads))?;
    let new = Store::open_or_create(&draft.path, Some(&base))?;
    new.import(&import, entities)?;
    // No export tells it, for it would be another time each time.
    let times = old.query_store().quads_for_pattern(None, Some(dixit::EXTRACTED_AT), None, None);
    let times = times.collect::<Result<Vec<_>, _>>()?;
    new.query_store().extend(times)?;
    new.flush()?;
    drop((new, removed));
    // Two moves: who is stopped between them has both, and the error names where.
    let before = free_name(store, from);
    drop(old);
    fs::rename(store, &before).map_err(|cause| BackupError::Write { path: before.clone(), cause })?;
    draft.put()?;
    done.before = Some(before);
    Ok(done)
}

/// A name beside the store that is not taken.
fn free_name(store: &Path, form: u32) -> PathBuf {
    let name = |n: u32| with_suffix(store, &if n == 0 { format!(".form-{form}") } else { format!(".form-{form}-{n}") });
    (0..).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(0))
}

/// The files of a store, but for those that a program on it makes for itself or that may be made anew.
fn files(store: &Path) -> Result<Vec<String>, BackupError> {
    let mut files = Vec::new();
    for name in PARTS {
        let path = store.join(name);
        if path.is_file() {
            files.push(name.to_owned());
        } else if path.is_dir() {
            let read = |cause| BackupError::Read { path: path.clone(), cause };
            for entry in fs::read_dir(&path).map_err(read)? {
                let entry = entry.map_err(read)?;
                let file = entry.file_name().to_string_lossy().into_owned();
                if !file.starts_with("LOG") && file != "LOCK" && entry.file_type().map_err(read)?.is_file() {
                    files.push(format!("{name}/{file}"));
                }
            }
        }
    }
    files.sort();
    Ok(files)
}

/// What belongs to a copy of a store.
const PARTS: [&str; 7] = [BASE_IRI, VERSION, LOCK, "vocabulary", "fetched", GRAPHS[0], GRAPHS[1]];

fn is_part(file: &str) -> bool {
    let (part, rest) = file.split_once('/').unwrap_or((file, ""));
    PARTS.contains(&part) && !rest.contains(['/', '\\']) && rest != ".."
}

/// Copies files durably; how many bytes they have.
fn copy(from: &Path, files: &[String], to: &Path) -> Result<u64, BackupError> {
    let mut bytes = 0;
    for file in files {
        let (source, target) = (from.join(file), to.join(file));
        let write = |cause| BackupError::Write { path: target.clone(), cause };
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(write)?;
        }
        let mut read = File::open(&source).map_err(|cause| BackupError::Read { path: source.clone(), cause })?;
        let mut written = File::create(&target).map_err(write)?;
        bytes += io::copy(&mut read, &mut written).map_err(write)?;
        written.sync_all().map_err(write)?;
    }
    for folder in [to.to_owned()].into_iter().chain(GRAPHS.map(|graph| to.join(graph))) {
        if folder.is_dir() {
            sync_folder(&folder).map_err(|cause| BackupError::Write { path: folder, cause })?;
        }
    }
    Ok(bytes)
}

/// Opens a copy, and counts what it holds.
fn count(path: &Path, bytes: u64) -> Result<Copied, BackupError> {
    let store = Store::open(path)?;
    let stats = Stats::of(&store)?;
    Ok(Copied { articles: stats.articles, statements: stats.statements, bytes })
}

fn hash(path: &Path) -> Result<String, BackupError> {
    let read = |cause| BackupError::Read { path: path.to_owned(), cause };
    let mut file = File::open(path).map_err(read)?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer).map_err(read)? {
            0 => return Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            read => hash.update(&buffer[..read]),
        }
    }
}

fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or(OsStr::new("store")).to_owned();
    name.push(suffix);
    path.with_file_name(name)
}

/// A file that is removed in the end, whatever happens.
struct Remove(PathBuf);

impl Drop for Remove {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// A folder that is being made beside its place.
struct Draft {
    path: PathBuf,
    place: PathBuf,
}

impl Draft {
    /// For a place that is empty, or nothing.
    fn beside(place: &Path) -> Result<Self, BackupError> {
        let is_free = match fs::read_dir(place) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        if is_free { Self::beside_full(place) } else { Err(BackupError::Occupied(place.to_owned())) }
    }

    fn beside_full(place: &Path) -> Result<Self, BackupError> {
        let place = std::path::absolute(place).map_err(|cause| BackupError::Write { path: place.to_owned(), cause })?;
        let path = with_suffix(&place, ".part");
        // One that was broken off.
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(BackupError::Write { path, cause: error });
            }
            _ => {}
        }
        fs::create_dir_all(&path).map_err(|cause| BackupError::Write { path: path.clone(), cause })?;
        Ok(Self { path, place })
    }

    /// Moves it to its place.
    fn put(self) -> Result<(), BackupError> {
        let write = |cause| BackupError::Write { path: self.place.clone(), cause };
        if self.place.exists() {
            fs::remove_dir(&self.place).map_err(write)?;
        }
        fs::rename(&self.path, &self.place).map_err(write)?;
        self.place.parent().map_or(Ok(()), sync_folder).map_err(write)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}
