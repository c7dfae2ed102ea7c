//! What can go wrong with a knowledge base: each message is one line that names the place and the mend.

use crate::one_line::one_line;
use std::io;
use std::path::{Path, PathBuf};

/// Why a knowledge base cannot be read or made.
#[derive(Debug, thiserror::Error)]
pub enum BaseError {
    /// The folder is no knowledge base.
    #[error("{}: no knowledge base: make one with `dixit wikidata build DUMP --out {}`", .0.display(), .0.display())]
    Missing(PathBuf),

    /// The folder was begun but not finished.
    #[error("{}: this knowledge base is not finished: go on building it with --resume, or remove the folder", .0.display())]
    Unfinished(PathBuf),

    /// A new base was to be made where one is.
    #[error("{}: there is a knowledge base already: remove it, or name another folder", .0.display())]
    Finished(PathBuf),

    /// A new base was to be made among other files.
    #[error("{}: the folder holds something else ({}): name a new or an empty one", folder.display(), one_line(found))]
    Foreign {
        folder: PathBuf,
        /// A name that is in it.
        found: String,
    },

    /// What goes on is not what was begun.
    #[error("{}: begun with {what} {}, and cannot go on with {now}: use the same as before, or another folder", folder.display(), one_line(begun))]
    Different { folder: PathBuf, what: &'static str, begun: String, now: String },

    /// Made by another version of the program.
    #[error("{}: its form is {found}, but this program reads form {expected}: build it anew", folder.display())]
    Form { folder: PathBuf, found: u32, expected: u32 },

    /// A file that is not as it was written.
    #[error("{}: damaged ({}): build the knowledge base anew", path.display(), one_line(reason))]
    Damaged { path: PathBuf, reason: String },

    /// The system refused.
    #[error("{}: {error}: check the permissions and the room on the disk", path.display())]
    Io { path: PathBuf, error: io::Error },
}

impl BaseError {
    /// Turns an error of the system into one that names the file.
    pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> Self + '_ {
        |error| Self::Io { path: path.to_owned(), error }
    }

    pub(super) fn damaged(path: &Path, reason: impl ToString) -> Self {
        Self::Damaged { path: path.to_owned(), reason: reason.to_string() }
    }
}
