//! Plain text: one file, one article.

use super::fields::FieldMap;
use super::front_matter;
use super::input::Input;
use super::origin::Origin;
use super::{Article, ReadError};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest text that is taken for one article, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// How files begin that people mistake for text, and what such a file is.
const MAGIC: [(&[u8], &str); 9] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7FELF", "a program"),
    (b"{\\rtf", "a rich text document"),
    (b"<?xml", "an XML document that is no feed, sitemap or page"),
];

/// What form of file begins with these bytes, if it is none of ours.
pub(super) fn foreign_form(head: &[u8]) -> Option<&'static str> {
    let fits = |magic: &[u8]| head.get(..magic.len()).is_some_and(|head| head.eq_ignore_ascii_case(magic));
    MAGIC.iter().find(|(magic, _)| fits(magic)).map(|(_, what)| *what)
}

/// What makes `bytes` something else than text, and where.
pub(super) fn not_text(bytes: &[u8]) -> Option<(&'static str, usize)> {
    let nul = || bytes.iter().position(|b| *b == 0).map(|at| ("a NUL byte", at));
    foreign_form(bytes).map(|what| (what, 0)).or_else(nul)
}

/// All bytes of an input that holds one article.
pub(super) fn read_whole(input: &mut Input) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    input.bytes.by_ref().take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| input.failure(&error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLarge { path: input.path.clone(), limit: MAX_BYTES });
    }
    Ok(bytes)
}

/// The article that is all of `input`, after the problems in its front matter.
pub(super) fn read(mut input: Input, map: &FieldMap) -> Vec<Result<Article, ReadError>> {
    let mut told = Vec::new();
    let article = read_whole(&mut input).and_then(|bytes| decode(&input.path, bytes)).and_then(|mut text| {
        if let Some(front) = front_matter::read(&text, map) {
            let path = &input.path;
            let error = |(line, problem)| Err(ReadError::Line { path: path.clone(), line, problem });
            told.extend(front.problems.into_iter().map(error));
            input.known.complete(front.known);
            text.drain(..front.end);
        }
        input.known.url = input.known.url.or_else(|| Some((input.address?, Origin::Address)));
        if text.trim().is_empty() {
            return Err(ReadError::Empty { path: input.path });
        }
        Ok(Article::read(input.name, input.place, text, input.known))
    });
    told.push(article);
    told
}

/// The text of a file without its byte-order mark. Line ends stay as they are: offsets point into the file.
fn decode(path: &Path, mut bytes: Vec<u8>) -> Result<String, ReadError> {
    let path = || -> PathBuf { path.to_path_buf() };
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(ReadError::NotUtf8 { path: path(), offset: 0, guess: "UTF-16" });
    }
    if let Some((what, offset)) = not_text(&bytes) {
        return Err(ReadError::NotText { path: path(), what, offset });
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        ReadError::NotUtf8 { path: path(), offset, guess: "WINDOWS-1252" }
    })
}
