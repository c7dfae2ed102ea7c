//! HTML pages: the article's text, and what the page tells of it.
//!
//! The bytes of a page become text (**charset**) and a tree (**tree**). What the page tells machines is read first:
//! **json_ld**, then **metadata** for all other places, with **when** for dates and **names** for words. Then **prune**
//! cuts what is never an article, and **text** has a library find the article in the rest.

mod charset;
mod json_ld;
mod metadata;
mod names;
mod prune;
mod text;
mod tree;
mod when;

use crate::date::PartialDate;

/// The largest page that is read, in bytes. The largest that news sites send have a few million.
pub(super) const MAX_BYTES: usize = 16 * 1024 * 1024;

/// What an HTML page holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    /// The article's text, a paragraph a line.
    pub text: String,
    /// What the page tells of it.
    pub known: PageMetadata,
}

/// What a page tells of its article, each with the place where it stands. What is unknown stays `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PageMetadata {
    /// The whole web address by which the outlet wants the article to be known.
    pub url: Option<(String, Origin)>,
    /// Name of the outlet.
    pub outlet: Option<(String, Origin)>,
    /// Headline, without the outlet behind it.
    pub title: Option<(String, Origin)>,
    /// Names of those who wrote it, joined with ", ".
    pub author: Option<(String, Origin)>,
    /// Language tag (BCP 47) in small letters.
    pub language: Option<(String, Origin)>,
    /// Date of publication: the day as the outlet wrote it.
    pub published: Option<(PartialDate, Origin)>,
}

/// Where a page tells something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A script of JSON-LD, in the words of schema.org.
    JsonLd,
    /// A meta tag `og:…` or `article:…`.
    OpenGraph,
    /// Another meta tag.
    Meta,
    /// An attribute `itemprop`.
    Microdata,
    /// `<time datetime>` by the headline.
    TimeElement,
    /// `<link rel="canonical">`.
    Canonical,
    /// The web address of the page.
    Address,
    /// `<title>` or `<h1>`.
    Title,
    /// `<html lang>`.
    HtmlLang,
    /// What readers see by the article: "Publié le 28 mars 2024", the link to an author.
    Byline,
}

/// Why a page gives no article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum PageError {
    /// Nothing on it reads like an article.
    #[error("no article text on this page: save the page of a single article, as the browser shows it")]
    NoArticle,

    /// More bytes than a page can have.
    #[error("a page of more than {MAX_BYTES} bytes: save it without its images and scripts")]
    TooLarge,
}

/// Reads a page: its `bytes`, the `charset` of the HTTP header and the `address` by which it was fetched, if known.
pub(super) fn read_page(bytes: &[u8], charset: Option<&str>, address: Option<&str>) -> Result<Page, PageError> {
    if bytes.len() > MAX_BYTES {
        return Err(PageError::TooLarge);
    }
    let page = tree::grow(&charset::decode(bytes, charset, address.and_then(domain)));
    let tags = metadata::Tags::of(&page);
    let described = json_ld::read(&page, address, names::line(&page.select("h1").text()).as_deref());
    prune::prune(&page);
    let known = metadata::Teller { page: &page, tags: &tags, described: &described, address }.tell();
    let words = |field: &Option<(String, Origin)>| field.as_ref().map(|(words, _)| words.clone());
    let (title, author) = (words(&known.title), words(&known.author));
    let told = text::Known {
        title: title.as_deref(),
        author: author.as_deref(),
        description: tags.description(),
        body: described.body.as_deref(),
    };
    let text = text::article(page, &told);
    if text.is_empty() { Err(PageError::NoArticle) } else { Ok(Page { text, known }) }
}

/// The last part of a host's name: "fr".
fn domain(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', ':', '?', '#']).next()?;
    host.rsplit_once('.').map(|(_, domain)| domain)
}
