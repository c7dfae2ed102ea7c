//! Any bytes as `articles.csv`: the article beside it is read, with or without what the sidecar says.
#![no_main]

use dixit::article::{ReadOptions, read_paths};
use libfuzzer_sys::fuzz_target;
use std::cell::OnceCell;
use std::fs;
use tempfile::TempDir;

thread_local! {
    static FOLDER: OnceCell<TempDir> = const { OnceCell::new() };
}

fuzz_target!(|bytes: &[u8]| {
    FOLDER.with(|folder| {
        let folder = folder.get_or_init(|| {
            let folder = tempfile::tempdir().expect("a folder");
            fs::write(folder.path().join("a.txt"), "Le pont tient.").expect("an article");
            folder
        });
        fs::write(folder.path().join("articles.csv"), bytes).expect("a sidecar");
        assert_eq!(read_paths(&[folder.path().to_path_buf()], &ReadOptions::default()).flatten().count(), 1);
    });
});
