//! Articles: one text as an outlet published it, with its metadata.
//!
//! [`read_paths`] reads files, folders and standard input, with the metadata of a sidecar `articles.csv`; [`blocks`]
//! tells which lines of a text are the article and which are the furniture of the page it was copied from; [`Shown`] is
//! the text as its readers see it.
//!
//! A form of input is a file here: a function from an [`input::Input`] to an iterator over articles and problems.

mod choice;
mod clean;
mod error;
mod feed;
mod fields;
mod filter;
mod front_matter;
mod html;
mod input;
mod json;
mod json_lines;
mod lines;
mod metadata;
mod meter;
mod noise;
mod options;
mod origin;
pub(crate) mod packing;
pub(crate) use packing::unpacked;
mod page;
mod plain;
mod read;
mod record;
mod repeats;
mod rows;
mod shown;
mod sidecar;
mod sitemap;
mod unread;
mod warc;
mod web;

pub use clean::{Block, Role, blocks};
pub use error::ReadError;
pub use fields::{FieldMap, FieldMapError};
pub use filter::{Filter, FilterError};
pub use json_lines::read_json_lines;
pub use metadata::{LanguageError, language_tag};
pub use meter::{Meter, bytes_at};
pub use options::{Given, ReadOptions};
pub use origin::{Origin, Origins};
pub use plain::MAX_BYTES;
pub use read::{open_paths, read_paths};
pub use shown::Shown;
pub use unread::Unread;
pub use web::{Web, is_web};

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
    /// Who wrote it, several names with a comma between.
    pub author: Option<String>,
    /// Date of publication.
    pub published: Option<PartialDate>,
    /// Language tag (BCP 47), for example `fr`.
    pub language: String,
    /// Where each of these was found.
    pub origins: Origins,
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
            author: None,
            published: None,
            language: "fr".to_owned(),
            origins: Origins::default(),
        }
    }

    /// An article that was read at `place`; its language is told from its words if the metadata do not tell it.
    fn read(name: String, place: Option<String>, text: String, known: Metadata) -> Self {
        // In the pages and feeds of others nobody can mend it; where somebody can, it was told.
        let text = without_nul(text);
        let words = |found: Option<(String, Origin)>| found.map(|(words, origin)| (without_nul(words), origin)).unzip();
        let language = known.language.unwrap_or_else(|| (language::tell(&text).to_owned(), Origin::Words));
        let (url, origin_of_url) = known.url.unzip();
        let (title, origin_of_title) = words(known.title);
        let (outlet, origin_of_outlet) = words(known.outlet);
        let (author, origin_of_author) = words(known.author);
        let (published, origin_of_published) = known.published.unzip();
        Self {
            name,
            address: url.clone().or(place).unwrap_or_else(|| text.clone()),
            text,
            url,
            outlet,
            title,
            author,
            published,
            language: language.0,
            origins: Origins {
                url: origin_of_url,
                title: origin_of_title,
                outlet: origin_of_outlet,
                author: origin_of_author,
                published: origin_of_published,
                language: Some(language.1),
            },
        }
    }
}

/// The words without the character NUL, which neither terminals nor the programs behind them take.
fn without_nul(mut words: String) -> String {
    if words.contains('\0') {
        words.retain(|c| c != '\0');
    }
    words
}
