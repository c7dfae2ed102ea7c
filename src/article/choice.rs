//! Which files and folders of a folder are read.

use super::plain::not_text;
use super::{ReadOptions, feed, input, json, json_lines, page, rows, sidecar, warc};
use std::io;
use std::path::Path;
use walkdir::DirEntry;

/// Extensions of the files that count as text. Those without any count when they are text, tables when they have a
/// column of texts.
const TEXT: [&str; 4] = ["txt", "text", "md", "markdown"];

/// Extensions of all files that count for their name.
const EXTENSIONS: [&[&str]; 5] =
    [&TEXT, &json_lines::EXTENSIONS, &[json::EXTENSION, warc::EXTENSION], &page::EXTENSIONS, &feed::EXTENSIONS];

/// Whether a file or folder, by its path from the folder that is read, is left out whatever it holds: hidden ones are.
pub(super) fn is_left_out(path: &Path, is_folder: bool, options: &ReadOptions) -> bool {
    let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    is_hidden || options.filter.excludes(path, is_folder)
}

/// Whether a file that lies below the folder `root` is read, or a folder looked into.
pub(super) fn is_read(entry: &DirEntry, root: &Path, options: &ReadOptions) -> bool {
    if entry.depth() == 0 {
        return true;
    }
    let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let is_folder = entry.file_type().is_dir();
    if is_left_out(path, is_folder, options) {
        return false;
    }
    let is_sidecar = || entry.file_name() == sidecar::NAME && !is_table(entry.path(), options);
    let is_article = || entry.file_type().is_file() && !is_sidecar() && !is_excepted(entry, options);
    is_folder || is_article() && options.filter.includes(path).unwrap_or_else(|| counts(entry.path(), options))
}

fn is_excepted(entry: &DirEntry, options: &ReadOptions) -> bool {
    let except = &options.except;
    !except.is_empty() && entry.path().canonicalize().is_ok_and(|path| except.contains(&path))
}

/// Whether a file counts as articles, by its name or its first bytes. One that cannot be opened counts, so that it is
/// told.
fn counts(path: &Path, options: &ReadOptions) -> bool {
    match input::extension(path) {
        none if none.is_empty() && path.extension().is_none() => looks_like_text(path).unwrap_or(true),
        extension if rows::EXTENSIONS.contains(&extension.as_str()) => is_table(path, options),
        extension => EXTENSIONS.iter().any(|all| all.contains(&extension.as_str())),
    }
}

/// Whether a file is a table of articles.
pub(super) fn is_table(path: &Path, options: &ReadOptions) -> bool {
    input::head(path).map_or(true, |head| rows::has_text(&head, &options.map))
}

fn looks_like_text(path: &Path) -> io::Result<bool> {
    Ok(not_text(&input::head(path)?).is_none())
}
