//! Where the fields of an article were found, so that a wrong one can be followed to its place.

use serde::{Serialize, Serializer};
use std::fmt;

/// Where a field of an article was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// An option of the command line.
    Option,
    /// The row of the file in the `articles.csv` beside it.
    Sidecar,
    /// The lines between `---` at the head of a text.
    FrontMatter,
    /// A field of a JSON object, or a column of a table.
    Field,
    /// The entry of a feed, or the feed itself.
    Feed,
    /// The entry of a news sitemap.
    Sitemap,
    /// The record of a web archive.
    Archive,
    /// The linked data of a page (JSON-LD).
    JsonLd,
    /// The Open Graph of a page: `og:site_name`, `article:published_time`.
    OpenGraph,
    /// Another `<meta>` of a page.
    Meta,
    /// The attributes `itemprop` of a page (microdata).
    Microdata,
    /// A `<time>` of a page.
    TimeElement,
    /// The `<link rel="canonical">` of a page.
    Canonical,
    /// The page's `<title>` or headline.
    Title,
    /// What readers see by the article: "Publié le 28 mars 2024", the link to an author.
    Byline,
    /// The `lang` of a page.
    HtmlLang,
    /// The web address from which it was fetched, or a date in it.
    Address,
    /// The words of the article.
    Words,
}

impl Origin {
    /// As it is written in results: `json-ld`, `open-graph`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::Sidecar => "sidecar",
            Self::FrontMatter => "front-matter",
            Self::Field => "field",
            Self::Feed => "feed",
            Self::Sitemap => "sitemap",
            Self::Archive => "archive",
            Self::JsonLd => "json-ld",
            Self::OpenGraph => "open-graph",
            Self::Meta => "meta",
            Self::Microdata => "microdata",
            Self::TimeElement => "time-element",
            Self::Canonical => "canonical",
            Self::Title => "title",
            Self::Byline => "byline",
            Self::HtmlLang => "html-lang",
            Self::Address => "address",
            Self::Words => "words",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Where each known field of an article was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Origins {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Origin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Origin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<Origin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Origin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Origin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Origin>,
}
