//! What can go wrong while articles are read: each message is one line that names the file, the place and the mend.

use super::html::PageError;
use crate::one_line::one_line;
use crate::web::FetchError;
use std::path::{Path, PathBuf};

/// Why an article, a folder or a row of metadata could not be read. Reading goes on with the next one.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing of this name exists.
    #[error("{}: no such file or folder: check the spelling", shown(path))]
    Missing { path: PathBuf },

    /// A folder without a single article.
    #[error(
        "{}: no article in this folder: articles are text (.txt, .md or without extension), pages (.html), feeds (.xml, .rss, .atom), data (.jsonl, .json, .csv) and archives (.warc), packed or not",
        shown(path)
    )]
    NoArticles { path: PathBuf },

    /// Nothing but white space.
    #[error("{}: the file is empty: remove it or put the article's text into it", shown(path))]
    Empty { path: PathBuf },

    /// A page without an article.
    #[error("{}{}: {error}", shown(path), part.as_ref().map(|part| format!(": {}", one_line(part))).unwrap_or_default())]
    Page {
        path: PathBuf,
        /// Its place, if there are many.
        part: Option<String>,
        error: PageError,
    },

    /// An address that cannot be fetched.
    #[error(transparent)]
    Web(#[from] FetchError),

    /// An address, where nothing is to be fetched.
    #[error("{}: a web address: allow fetching it", one_line(_0))]
    NotFetched(String),

    /// Our own fault.
    #[error("{}: left out, for dixit itself failed on it: please report it with its text", one_line(name))]
    Fault { name: String },

    /// A part of a file that cannot be used, with the mend. The rest is read.
    #[error("{}: {}: {}", shown(path), one_line(part), one_line(problem))]
    Part { path: PathBuf, part: String, problem: String },

    /// What is no article, and need not be one: it is told, but nothing is wrong.
    #[error("{}: passed over: {}", shown(path), one_line(what))]
    PassedOver { path: PathBuf, what: String },

    /// Not plain text.
    #[error("{}: {what} at byte {offset}, not plain text: save the article as UTF-8 text", shown(path))]
    NotText { path: PathBuf, what: &'static str, offset: usize },

    /// Text in another encoding.
    #[error(
        "{path}: byte {offset} is not valid UTF-8: convert the file, for example `iconv -f {guess} -t UTF-8 \"{path}\"`",
        path = shown(path)
    )]
    NotUtf8 { path: PathBuf, offset: usize, guess: &'static str },

    /// More bytes than an article can have.
    #[error("{}: larger than {limit} bytes: split it into one file an article", shown(path))]
    TooLarge { path: PathBuf, limit: u64 },

    /// A packed file that ends too early, or whose bytes were changed.
    #[error("{}: cannot be unpacked ({}): fetch or pack it anew", shown(path), one_line(reason))]
    Broken { path: PathBuf, reason: String },

    /// The system refused to read it.
    #[error("{}: cannot be read ({reason}): check its permissions", shown(path))]
    Unreadable { path: PathBuf, reason: String },

    /// A folder that would be read again and again.
    #[error("{}: a link that leads back to its own folder: remove it, or leave it out with --exclude", shown(path))]
    Loop { path: PathBuf },

    /// A sidecar was named as if it were an article.
    #[error("{}: this file describes articles: name the articles or their folder instead", shown(path))]
    IsSidecar { path: PathBuf },

    /// A row of a sidecar, or a line of a file of many articles, that cannot be used in whole or part. The rest is read.
    #[error("{}:{line}: {}", shown(path), one_line(problem))]
    Line {
        path: PathBuf,
        /// Line of the file, counted from 1.
        line: u64,
        /// What is wrong, and the mend.
        problem: String,
    },
}

impl ReadError {
    /// Whether something went wrong; else there was only nothing to read.
    pub fn is_failure(&self) -> bool {
        !matches!(self, Self::PassedOver { .. })
    }
}

/// A path as messages name it.
fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy()).into_owned()
}
