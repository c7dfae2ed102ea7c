//! HTML pages: one file, one article.

use super::ReadError;
use super::html::looks_like_page;
use super::input::Input;
use super::plain::read_whole;
use super::unread::{RawPage, Unread};

/// Endings of pages, in small letters.
pub(super) const EXTENSIONS: [&str; 3] = ["html", "htm", "xhtml"];

/// Whether the input is a page: it begins like one, or its name says so.
pub(super) fn fits(input: &Input) -> bool {
    looks_like_page(&input.head) || EXTENSIONS.contains(&input.extension().as_str())
}

/// The page that is all of `input`.
pub(super) fn read(mut input: Input) -> Result<Unread, ReadError> {
    let bytes = read_whole(&mut input)?;
    if bytes.trim_ascii().is_empty() {
        return Err(ReadError::Empty { path: input.path });
    }
    Ok(RawPage::of(input, bytes).into())
}
