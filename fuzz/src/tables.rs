//! Any bytes as a table, JSON lines, a JSON document, or the table that describes the articles beside it.

use super::choice;
use super::read::{check, is_one_line, read};
use dixit::article::{ReadOptions, read_json_lines, read_paths};
use std::cell::LazyCell;
use std::fs;
use tempfile::TempDir;

/// What the first byte chooses.
const FORMS: [fn(&[u8]); 5] = [
    |bytes| drop(read("any.csv", bytes)),
    |bytes| drop(read("any.tsv", bytes)),
    |bytes| drop(read("any.json", bytes)),
    lines,
    sidecar,
];

pub fn holds(bytes: &[u8]) {
    let Some((form, bytes)) = choice(bytes, &FORMS) else { return };
    form(bytes);
}

/// There is an article or a problem for each line at most.
fn lines(bytes: &[u8]) {
    let lines = bytes.split(|byte| *byte == b'\n').count();
    let read: Vec<_> = read_json_lines("any", bytes).collect();
    assert!(read.len() <= lines);
    read.iter().flatten().for_each(check);
}

/// The article beside the table is read, with or without what that says, even if the table has articles itself.
fn sidecar(bytes: &[u8]) {
    thread_local! {
        static FOLDER: LazyCell<TempDir> = LazyCell::new(|| {
            let folder = tempfile::tempdir().expect("a folder");
            fs::write(folder.path().join("a.txt"), "Le pont tient.").expect("an article");
            folder
        });
    }
    FOLDER.with(|folder| {
        fs::write(folder.path().join("articles.csv"), bytes).expect("a sidecar");
        let read: Vec<_> = read_paths(&[folder.path().to_path_buf()], &ReadOptions::default()).collect();
        assert!(read.iter().flatten().any(|article| article.text == "Le pont tient."));
        for one in read {
            match one {
                Ok(article) => check(&article),
                Err(error) => is_one_line(&error.to_string()),
            }
        }
    });
}
