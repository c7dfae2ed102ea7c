//! What a base says of itself: `base.json`, and while it is being made `unfinished.json`.

use super::{BaseError, Kind};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// The form of the files; another number is another form.
pub(super) const FORM: u32 = 3;

/// The files of a base.
pub(super) const MANIFEST: &str = "base.json";
pub(super) const UNFINISHED: &str = "unfinished.json";
pub(super) const NAMES: &str = "names.fst";
pub(super) const MEANINGS: &str = "meanings.bin";
pub(super) const OFFSETS: &str = "offsets.bin";
pub(super) const RECORDS: &str = "records.bin";

/// What a base is made of and how: who goes on must have the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Name of the file that it is made from.
    pub source: String,
    /// What tells this file from another one of the same name.
    pub fingerprint: String,
    /// Languages of its names, the first ones first.
    pub languages: Vec<String>,
    /// What tells the table of classes from another one; empty if it was made from a table of entities, all of which are kept.
    pub classes: String,
}

impl Plan {
    /// Whether people chose the entities one by one.
    pub fn is_of_table(&self) -> bool {
        self.classes.is_empty()
    }
}

/// What a finished base says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub form: u32,
    #[serde(flatten)]
    pub plan: Plan,
    pub entities: u32,
    /// How many of them are of each kind.
    pub kinds: BTreeMap<Kind, u32>,
    /// Different names and other keys.
    pub names: u64,
    /// Bytes of each file.
    pub files: BTreeMap<String, u64>,
}

impl Manifest {
    /// What tells the base from another one: 12 hexadecimal digits that follow from all that is said here.
    pub fn version(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        Sha256::digest(text)[..6].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// How many entities are of a kind.
    pub fn count(&self, kind: Kind) -> u32 {
        self.kinds.get(&kind).copied().unwrap_or(0)
    }
}

/// How far the making of a base is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    pub form: u32,
    #[serde(flatten)]
    pub plan: Plan,
    /// Lines of the source that are done.
    pub lines: u64,
    /// Whether it was read to its end.
    pub read: bool,
    pub entities: u32,
    pub kinds: BTreeMap<Kind, u32>,
    /// Bytes of the records.
    pub records: u64,
    /// Runs of sorted names.
    pub runs: u32,
}

/// Writes a value as JSON, whole or not at all.
pub(super) fn write(path: &Path, value: &impl Serialize) -> Result<(), BaseError> {
    let part = path.with_extension("part");
    let written = || -> io::Result<()> {
        let mut file = File::create(&part)?;
        serde_json::to_writer_pretty(&mut file, value)?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        fs::rename(&part, path)
    };
    written().map_err(BaseError::at(path))
}

/// Reads a value of this form; `None` if there is no such file.
pub(super) fn read<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Option<T>, BaseError> {
    #[derive(Deserialize)]
    struct Form {
        form: u32,
    }
    let path = folder.join(name);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(BaseError::at(&path)(error)),
    };
    let damaged = |error| BaseError::damaged(&path, error);
    let Form { form: found } = serde_json::from_slice(&text).map_err(damaged)?;
    if found != FORM {
        return Err(BaseError::Form { folder: folder.to_owned(), found, expected: FORM });
    }
    serde_json::from_slice(&text).map(Some).map_err(damaged)
}
