//! Articles: one text as an outlet published it, with its metadata.
//!
//! [`read_paths`] reads files and folders, with the metadata of a sidecar `articles.csv`; [`blocks`] tells which
//! lines of a text are the article and which are the furniture of the page it was copied from.

mod clean;
mod error;
mod lines;
mod noise;
mod read;
mod repeats;
mod sidecar;

pub use clean::{Block, Role, blocks};
pub use error::ReadError;
pub use read::{MAX_BYTES, read_paths};

use crate::date::PartialDate;

/// One text as an outlet published it, with what is known about it. What is unknown stays `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Name in reports and results: the file's name without its folder.
    pub name: String,
    /// What tells this article from all others: its address, or else the absolute path of its file.
    pub address: String,
    /// The text as it was read, without a byte-order mark. All spans are byte offsets into it.
    pub text: String,
    /// Web address of the article.
    pub url: Option<String>,
    /// Name of the publishing outlet as the metadata gives it.
    pub outlet: Option<String>,
    /// Headline, if the metadata gives one.
    pub title: Option<String>,
    /// Date of publication.
    pub published: Option<PartialDate>,
    /// Language tag (BCP 47), for example `fr`.
    pub language: String,
}

impl Article {
    /// An article of which only the text is known.
    pub fn from_text(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            address: name.to_owned(),
            text: text.to_owned(),
            url: None,
            outlet: None,
            title: None,
            published: None,
            language: "fr".to_owned(),
        }
    }
}
