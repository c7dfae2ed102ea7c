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

use super::metadata::Metadata;
use super::origin::Origin;
use crate::date::PartialDate;
use std::borrow::Cow;

/// The largest page that is read, in bytes. The largest that news sites send have a few million.
pub(super) const MAX_BYTES: usize = 16 * 1024 * 1024;

/// What an HTML page holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    /// The article's text, a paragraph a line.
    pub text: String,
    /// What the page tells of it.
    pub known: Metadata,
}

/// Why a page gives no article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
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
    let page = tree::grow(&decode(bytes, charset, address));
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

/// The text of a page or feed; `charset` is what the server declared, `address` where it was fetched.
pub(super) fn decode<'a>(bytes: &'a [u8], charset: Option<&str>, address: Option<&str>) -> Cow<'a, str> {
    charset::decode(bytes, charset, address.and_then(domain))
}

/// The last part of a host's name: "fr".
fn domain(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', ':', '?', '#']).next()?;
    host.rsplit_once('.').map(|(_, domain)| domain)
}

/// The date that a page or feed gives, for machines or in words.
pub(super) fn parse_date(text: &str) -> Option<PartialDate> {
    when::date(text)
}

/// The words of a piece of HTML, or of plain text, a paragraph a line.
pub(super) fn fragment_text(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return text::lines(html);
    }
    text::lines(&tree::grow(html).formatted_text())
}

/// Whether the bytes begin like a page.
pub(super) fn looks_like_page(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let head = head[..head.len().min(1024)].to_ascii_lowercase();
    let begins = |tag: &str| head.starts_with(tag.as_bytes());
    let holds = |tag: &str| memchr::memmem::find(&head, tag.as_bytes()).is_some();
    begins("<!doctype html") || begins("<html") || begins("<") && holds("<html")
}
