//! What can go wrong while articles are read: each message is one line that names the file, the place and the mend.

use std::path::PathBuf;

/// Why an article, a folder or a row of metadata could not be read. Reading goes on with the next one.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing of this name exists.
    #[error("{}: no such file or folder: check the spelling", path.display())]
    Missing { path: PathBuf },

    /// A folder without a single article.
    #[error("{}: no article in this folder: articles are text files (.txt, .text, .md or without extension) and JSON lines (.jsonl, .ndjson)", path.display())]
    NoArticles { path: PathBuf },

    /// Nothing but white space.
    #[error("{}: the file is empty: remove it or put the article's text into it", path.display())]
    Empty { path: PathBuf },

    /// Not plain text.
    #[error("{}: {what} at byte {offset}, not plain text: save the article as UTF-8 text", path.display())]
    NotText { path: PathBuf, what: &'static str, offset: usize },

    /// Text in another encoding.
    #[error(
        "{path}: byte {offset} is not valid UTF-8: convert the file, for example `iconv -f {guess} -t UTF-8 \"{path}\"`",
        path = path.display()
    )]
    NotUtf8 { path: PathBuf, offset: usize, guess: &'static str },

    /// More bytes than an article can have.
    #[error("{}: larger than {limit} bytes: split it into one file an article", path.display())]
    TooLarge { path: PathBuf, limit: u64 },

    /// A packed file that ends too early, or whose bytes were changed.
    #[error("{}: cannot be unpacked ({reason}): fetch or pack it anew", path.display())]
    Broken { path: PathBuf, reason: String },

    /// The system refused to read it.
    #[error("{}: cannot be read ({reason}): check its permissions", path.display())]
    Unreadable { path: PathBuf, reason: String },

    /// A sidecar was named as if it were an article.
    #[error("{}: this file describes articles: name the articles or their folder instead", path.display())]
    IsSidecar { path: PathBuf },

    /// A row of a sidecar, or a line of a file of many articles, that cannot be used in whole or part. The rest is read.
    #[error("{}:{line}: {problem}", path.display())]
    Line {
        path: PathBuf,
        /// Line of the file, counted from 1.
        line: u64,
        /// What is wrong, and the mend.
        problem: String,
    },
}
