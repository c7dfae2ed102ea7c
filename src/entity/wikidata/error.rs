//! What can go wrong with a dump: each message is one line that names the file, the line and the mend.

use crate::entity::base::BaseError;
use crate::one_line::one_line;
use crate::table::TableError;
use std::io;
use std::path::PathBuf;

/// Why no knowledge base was made. What stands already can be gone on with.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error("{}: no such file: check the spelling", .0.display())]
    Missing(PathBuf),

    #[error("{}:{line}: no dump of Wikidata, which begins with `[` and has one entity a line, and no table of entities, which begins with the names of its columns: take a file such as latest-all.json.gz", path.display())]
    NoDump { path: PathBuf, line: u64 },

    /// No line is of a class that is kept.
    #[error("{}: none of its {lines} lines is an entity of a class that is kept: is it a dump of Wikidata, and are the classes items?", path.display())]
    Nothing { path: PathBuf, lines: u64 },

    /// The dump has no end.
    #[error("{}:{line}: the dump is cut off, for its last line is not `]`: fetch it whole and go on with --resume", path.display())]
    CutOff { path: PathBuf, line: u64 },

    /// The packed bytes end too early or were changed.
    #[error("{}:{line}: cannot be unpacked further ({error}): fetch it anew and go on with --resume", path.display())]
    Broken { path: PathBuf, line: u64, error: io::Error },

    #[error("{}:{line}: cannot be read ({error}): see to it and go on with --resume", path.display())]
    Unreadable { path: PathBuf, line: u64, error: io::Error },

    /// A dump that has fewer lines than are done.
    #[error("{}: has only {found} lines, but {done} were done before: take the same dump as before", path.display())]
    Shorter { path: PathBuf, found: u64, done: u64 },

    #[error("{}:{line}: the table is not in UTF-8: save it as UTF-8", path.display())]
    OtherLetters { path: PathBuf, line: u64 },

    /// A bad row of a table of entities.
    #[error(transparent)]
    Table(#[from] TableError),

    #[error(transparent)]
    Base(#[from] BaseError),
}

/// A line that is no entity. The rest is read.
#[derive(Debug, thiserror::Error)]
#[error("{}:{line}: passed over, for {}", path.display(), one_line(fault))]
pub struct LineFault {
    pub path: PathBuf,
    /// Counted from 1.
    pub line: u64,
    pub fault: String,
}
