//! Articles from the web: an address is fetched, and what it answers is read as a file would be.

use super::input::Input;
use super::metadata::Metadata;
use super::packing::{peek, unpack};
use super::plain::read_whole;
use super::unread::{RawPage, Unread};
use super::{ReadError, html};
use crate::web::{Fetched, Fetcher, Memory};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How addresses are read.
#[derive(Clone)]
pub struct Web {
    /// What fetches them.
    pub fetcher: Arc<Fetcher>,
    /// What was fetched before, so that it is not fetched again unless it has changed.
    pub memory: Option<Arc<Memory>>,
    /// Whether the pages that feeds and sitemaps link to are read, too.
    pub follow: bool,
}

/// Whether a path is a web address.
pub fn is_web(path: &Path) -> bool {
    path.to_str().is_some_and(|path| path.starts_with("http://") || path.starts_with("https://"))
}

impl Web {
    /// Fetches an address as an input. Nothing where nothing has changed.
    ///
    /// # Errors
    /// It cannot be fetched, or nothing has changed ([`ReadError::PassedOver`]).
    pub(super) fn open(&self, address: &str) -> Result<Input, ReadError> {
        let known = self.memory.as_ref().and_then(|memory| memory.get(address));
        let fetched = self.fetcher.fetch(address, known.as_ref()).map_err(ReadError::Web)?;
        let path = PathBuf::from(address);
        let Fetched::New(response) = fetched else {
            return Err(ReadError::PassedOver { path, what: "not changed since it was read".to_owned() });
        };
        if let Some(memory) = &self.memory {
            memory.put(address, response.validators);
        }
        let unpacked = unpack(peek(Box::new(Cursor::new(response.body))));
        let (head, bytes) =
            unpacked.map_err(|error| ReadError::Broken { path: path.clone(), reason: error.to_string() })?;
        Ok(Input {
            path,
            name: response.address.clone(),
            place: Some(response.address.clone()),
            address: Some(response.address),
            charset: response.charset,
            known: Metadata::default(),
            head,
            bytes,
        })
    }

    /// Fetches a page to which a feed or sitemap links. `known` holds whatever it says, `otherwise` unless it says
    /// otherwise.
    ///
    /// # Errors
    /// It cannot be fetched, has not changed, or is no page.
    pub(super) fn page(&self, address: &str, known: &Metadata, otherwise: &Metadata) -> Result<Unread, ReadError> {
        let mut input = self.open(address)?;
        let bytes = read_whole(&mut input)?;
        if !html::looks_like_page(&bytes) {
            return Err(ReadError::PassedOver { path: input.path, what: "no page".to_owned() });
        }
        let mut otherwise = otherwise.clone();
        otherwise.complete_shared(known);
        Ok(RawPage { otherwise, ..RawPage::of(input, bytes) }.into())
    }
}
