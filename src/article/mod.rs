//! Articles: one text as an outlet published it, with its metadata.
//!
//! [`read_paths`] reads files, folders and standard input, with the metadata of a sidecar `articles.csv`; [`blocks`]
//! tells which lines of a text are the article and which are the furniture of the page it was copied from; [`Shown`] is
//! the text as its readers see it.
//!
//! A form of input is a file here: a function from an [`input::Input`] to an iterator over articles and problems.

mod clean;
mod error;
#[allow(dead_code, reason = "pages are read once files of them are an input")]
mod html;
mod input;
mod json_lines;
mod lines;
mod metadata;
mod noise;
mod plain;
mod read;
mod repeats;
mod shown;
mod sidecar;

pub use clean::{Block, Role, blocks};
pub use error::ReadError;
pub use json_lines::read_json_lines;
pub use plain::MAX_BYTES;
pub use read::{read_paths, read_paths_except};
pub use shown::Shown;

use crate::date::PartialDate;
use crate::language;
use metadata::Metadata;

/// One text as an outlet published it, with what is known about it. What is unknown stays `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Name in reports and results: its `id`, or the file's name without its folder.
    pub name: String,
    /// What tells this article from all others: its web address, or else its place: the absolute path of its file, and
    /// in a file of many its `id` or line. What has no place, because it came by standard input, has its words.
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
    /// An article of which only the text is known. It is taken for French.
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

    /// An article that was read at `place`; its language is told from its words if the metadata do not tell it.
    fn read(name: String, place: Option<String>, text: String, known: Metadata) -> Self {
        Self {
            name,
            address: known.url.clone().or(place).unwrap_or_else(|| text.clone()),
            url: known.url,
            outlet: known.outlet,
            title: known.title,
            published: known.published,
            language: known.language.unwrap_or_else(|| language::tell(&text).to_owned()),
            text,
        }
    }
}
