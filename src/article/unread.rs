//! Articles that were found but not understood yet: to understand a page takes time, and may be done on any thread.

use super::html::{PageError, read_page};
use super::input::Input;
use super::metadata::Metadata;
use super::origin::Origin;
use super::{Article, Given, ReadError};
use std::path::PathBuf;
use std::sync::Arc;

/// An article that was found, but not understood yet.
pub struct Unread {
    kind: Kind,
    /// What holds for it, whatever it says itself.
    pub(super) given: Arc<Given>,
}

enum Kind {
    /// All was at hand.
    Read(Box<Article>),
    Page(Box<RawPage>),
}

/// An HTML page as it was found.
#[derive(Default)]
pub(super) struct RawPage {
    /// The file or address in which it was found, for messages.
    pub path: PathBuf,
    /// Its place in there, for messages, if there are many.
    pub part: Option<String>,
    pub name: String,
    pub place: Option<String>,
    /// The web address from which it was fetched, now or by others.
    pub address: Option<String>,
    /// The charset that the server told.
    pub charset: Option<String>,
    /// What is known of it, whatever it says itself.
    pub known: Metadata,
    /// What is known of it unless it says otherwise itself.
    pub otherwise: Metadata,
    pub bytes: Vec<u8>,
}

impl From<Article> for Unread {
    fn from(article: Article) -> Self {
        Self { kind: Kind::Read(Box::new(article)), given: Arc::default() }
    }
}

impl From<RawPage> for Unread {
    fn from(page: RawPage) -> Self {
        Self { kind: Kind::Page(Box::new(page)), given: Arc::default() }
    }
}

impl Unread {
    /// Understands the article.
    ///
    /// # Errors
    /// A page holds no article.
    pub fn read(self) -> Result<Article, ReadError> {
        let mut article = match self.kind {
            Kind::Read(article) => *article,
            Kind::Page(page) => page.read()?,
        };
        self.given.rule(&mut article);
        Ok(article)
    }

    /// Name in reports and results.
    pub fn name(&self) -> &str {
        match &self.kind {
            Kind::Read(article) => &article.name,
            Kind::Page(page) => &page.name,
        }
    }

    /// Bytes of the text, or of the page in which it stands.
    pub fn size(&self) -> usize {
        match &self.kind {
            Kind::Read(article) => article.text.len(),
            Kind::Page(page) => page.bytes.len(),
        }
    }
}

impl RawPage {
    /// The page that is all of an input.
    pub fn of(input: Input, bytes: Vec<u8>) -> Self {
        let Input { path, name, place, address, charset, known, .. } = input;
        Self { path, name, place, address, charset, known, bytes, ..Self::default() }
    }

    fn read(self) -> Result<Article, ReadError> {
        let read = read_page(&self.bytes, self.charset.as_deref(), self.address.as_deref());
        let page = read.map_err(|error| match (error, self.part) {
            // Among many there are some without an article.
            (error @ PageError::NoArticle, Some(part)) => {
                ReadError::PassedOver { path: self.path.clone(), what: format!("{part}: {error}") }
            }
            (error, part) => ReadError::Page { path: self.path.clone(), part, error },
        })?;
        let mut known = self.known;
        known.complete(page.known);
        known.complete(self.otherwise);
        known.url = known.url.or_else(|| self.address.map(|address| (address, Origin::Address)));
        Ok(Article::read(self.name, self.place, page.text, known))
    }
}
