//! Making a base: records come one by one, names are sorted in runs, and what stands survives a broken-off building.

use super::manifest::{self, FORM, MANIFEST, MEANINGS, NAMES, OFFSETS, RECORDS, State, UNFINISHED};
use super::merge::merge;
use super::run::Run;
use super::{BaseError, Manifest, Meaning, Plan, Rank, Record, key};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Memory for names that are not sorted yet.
const RUN_BYTES: usize = 64 << 20;

/// After so long what was done is made to last, even if there is memory left.
const PAUSE: Duration = Duration::from_secs(300);

/// A base in the making.
pub struct Writer {
    folder: PathBuf,
    state: State,
    records: BufWriter<File>,
    offsets: BufWriter<File>,
    names: Run,
    /// One record's bytes.
    bytes: Vec<u8>,
    kept: Instant,
}

/// A base in the making, and how far it was.
pub struct Opened {
    pub writer: Writer,
    /// Lines of the source that are done.
    pub lines: u64,
    /// Whether the source was read to its end.
    pub read: bool,
}

impl Writer {
    /// Begins a base in a new or empty folder, or goes on with one that was begun there.
    ///
    /// # Errors
    /// The folder holds something else, a finished base, one that was begun and is not to be gone on with, or one that
    /// was begun from another source or in another way.
    pub fn open(folder: &Path, plan: Plan, resume: bool) -> Result<Opened, BaseError> {
        fs::create_dir_all(folder).map_err(BaseError::at(folder))?;
        if folder.join(MANIFEST).exists() {
            return Err(BaseError::Finished(folder.to_owned()));
        }
        let state = match manifest::read::<State>(folder, UNFINISHED)? {
            Some(_) if !resume => return Err(BaseError::Unfinished(folder.to_owned())),
            Some(state) => same_plan(folder, &state.plan, &plan).map(|()| state)?,
            None => {
                let mut inside = fs::read_dir(folder).map_err(BaseError::at(folder))?;
                if let Some(Ok(entry)) = inside.next() {
                    let found = entry.file_name().to_string_lossy().into_owned();
                    return Err(BaseError::Foreign { folder: folder.to_owned(), found });
                }
                let kinds = BTreeMap::new();
                State { form: FORM, plan, lines: 0, read: false, entities: 0, kinds, records: 0, runs: 0 }
            }
        };
        // From now on the folder is known for what it is.
        manifest::write(&folder.join(UNFINISHED), &state)?;
        let (lines, read) = (state.lines, state.read);
        let records = append(&folder.join(RECORDS), state.records)?;
        let offsets = append(&folder.join(OFFSETS), u64::from(state.entities) * 8)?;
        let (names, bytes, kept) = (Run::default(), Vec::new(), Instant::now());
        let writer = Self { folder: folder.to_owned(), state, records, offsets, names, bytes, kept };
        Ok(Opened { writer, lines, read })
    }

    /// How many entities there are so far.
    pub fn entities(&self) -> u32 {
        self.state.entities
    }

    /// Takes in an entity.
    pub fn add(&mut self, record: &Record) -> Result<(), BaseError> {
        self.bytes = postcard::to_extend(record, std::mem::take(&mut self.bytes))
            .map_err(|error| self.failure(RECORDS)(io::Error::other(error)))?;
        self.offsets.write_all(&self.state.records.to_le_bytes()).map_err(self.failure(OFFSETS))?;
        self.records.write_all(&self.bytes).map_err(self.failure(RECORDS))?;
        let entity = self.state.entities;
        let sitelinks = u16::try_from(record.sitelinks).unwrap_or(u16::MAX);
        let meaning = |rank: Rank| Meaning { entity, kind: record.kind, rank, sitelinks }.pack();
        key::each(record, |name, rank| self.names.add(name, meaning(rank)));
        self.state.records += self.bytes.len() as u64;
        self.bytes.clear();
        self.state.entities += 1;
        *self.state.kinds.entry(record.kind).or_default() += 1;
        Ok(())
    }

    /// Whether it is time for a [`Writer::checkpoint`].
    pub fn is_due(&self) -> bool {
        self.names.size() > RUN_BYTES || self.kept.elapsed() > PAUSE
    }

    /// Makes what was taken in last: a later building goes on after so many lines of the source.
    pub fn checkpoint(&mut self, lines: u64) -> Result<(), BaseError> {
        if !self.names.is_empty() {
            let path = run_path(&self.folder, self.state.runs);
            self.names.spill(&path).map_err(BaseError::at(&path))?;
            self.state.runs += 1;
        }
        for (name, file) in [(RECORDS, &mut self.records), (OFFSETS, &mut self.offsets)] {
            let kept = file.flush().and_then(|()| file.get_ref().sync_data());
            kept.map_err(BaseError::at(&self.folder.join(name)))?;
        }
        self.state.lines = lines;
        self.kept = Instant::now();
        manifest::write(&self.folder.join(UNFINISHED), &self.state)
    }

    /// Brings the base to its end, the source having been read to its end of so many lines.
    pub fn finish(mut self, lines: u64) -> Result<Manifest, BaseError> {
        self.state.read = true;
        self.checkpoint(lines)?;
        let runs: Vec<PathBuf> = (0..self.state.runs).map(|run| run_path(&self.folder, run)).collect();
        let [names, meanings] = [NAMES, MEANINGS].map(|name| self.folder.join(name));
        let count = merge(&runs, &names, &meanings).map_err(BaseError::at(&names))?;
        // Where the last record ends.
        self.offsets.write_all(&self.state.records.to_le_bytes()).map_err(self.failure(OFFSETS))?;
        self.offsets.flush().and_then(|()| self.offsets.get_ref().sync_all()).map_err(self.failure(OFFSETS))?;
        let size = |name: &str| {
            let path = self.folder.join(name);
            let size = fs::metadata(&path).map_err(BaseError::at(&path))?.len();
            Ok((name.to_owned(), size))
        };
        let files = [NAMES, MEANINGS, OFFSETS, RECORDS].into_iter().map(size).collect::<Result<_, _>>()?;
        let State { form, plan, entities, kinds, .. } = self.state;
        let manifest = Manifest { form, plan, entities, kinds, names: count, files };
        manifest::write(&self.folder.join(MANIFEST), &manifest)?;
        for path in runs.into_iter().chain([self.folder.join(UNFINISHED)]) {
            fs::remove_file(&path).map_err(BaseError::at(&path))?;
        }
        Ok(manifest)
    }

    fn failure(&self, name: &str) -> impl Fn(io::Error) -> BaseError + use<> {
        let path = self.folder.join(name);
        move |error| BaseError::at(&path)(error)
    }
}

/// The file of a run of names.
fn run_path(folder: &Path, run: u32) -> PathBuf {
    folder.join(format!("names-{run:04}.run"))
}

/// Opens a file to write on after so many bytes; what stands behind them was not made to last.
fn append(path: &Path, bytes: u64) -> Result<BufWriter<File>, BaseError> {
    let open = || {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let found = file.metadata()?.len();
        file.set_len(bytes).map(|()| (file, found))
    };
    let (file, found) = open().map_err(BaseError::at(path))?;
    if found < bytes {
        return Err(BaseError::damaged(path, format!("{found} bytes instead of {bytes}")));
    }
    Ok(BufWriter::with_capacity(1 << 16, file))
}

/// Whether what goes on is what was begun.
fn same_plan(folder: &Path, begun: &Plan, now: &Plan) -> Result<(), BaseError> {
    let languages = |plan: &Plan| plan.languages.join(",");
    let parts = [
        ("the file", begun.source.clone(), now.source.clone()),
        ("a file of the same name, but other content,", begun.fingerprint.clone(), now.fingerprint.clone()),
        ("languages", languages(begun), languages(now)),
        ("a table of classes,", begun.classes.clone(), now.classes.clone()),
    ];
    match parts.into_iter().find(|(_, begun, now)| begun != now) {
        Some((what, begun, now)) => Err(BaseError::Different { folder: folder.to_owned(), what, begun, now }),
        None => Ok(()),
    }
}
