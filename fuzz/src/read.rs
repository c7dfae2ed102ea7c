//! Reading a file, as `dixit add` does.

use dixit::article::{Article, ReadError, ReadOptions, read_paths};
use std::cell::LazyCell;
use std::fs;
use tempfile::TempDir;

/// The articles of a file of this name, and the problems that were told.
///
/// Each article has a name, an address and words, none of which holds NUL; each problem is one line; and of what is read
/// something is told.
pub fn read(name: &str, bytes: &[u8]) -> Vec<Result<Article, ReadError>> {
    thread_local! {
        static FOLDER: LazyCell<TempDir> = LazyCell::new(|| tempfile::tempdir().expect("a folder"));
    }
    FOLDER.with(|folder| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("the file is written");
        let all: Vec<_> = read_paths(&[path], &ReadOptions::default()).collect();
        assert!(!all.is_empty(), "nothing is told");
        for one in &all {
            match one {
                Ok(article) => check(article),
                Err(error) => is_one_line(&error.to_string()),
            }
        }
        all
    })
}

pub fn check(article: &Article) {
    assert!(!article.name.is_empty() && !article.address.is_empty(), "{article:?}");
    assert!(!article.text.trim().is_empty(), "{article:?}");
    assert!(!article.language.is_empty(), "{article:?}");
    let told = [&article.title, &article.outlet, &article.author, &article.url];
    for words in told.into_iter().flatten().chain([&article.text, &article.name, &article.address]) {
        assert!(!words.contains('\0'), "{article:?}");
    }
}

/// Messages are one line each, and steer no terminal.
pub fn is_one_line(message: &str) {
    let steers = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    assert!(!message.is_empty() && !message.contains(steers), "{message:?}");
}
