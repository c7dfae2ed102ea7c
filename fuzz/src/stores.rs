//! Any bytes as one of the small files that are kept from one run to the next: those in a store's folder, the list of a backup,
//! the journal of a push, what a knowledge base says of itself, credentials. The store is opened, or it is told why not; what can
//! be written to can be opened again.

use super::choice;
use super::read::is_one_line;
use super::store::fill;
use dixit::entity::Entities;
use dixit::entity::base::Base;
use dixit::entity::wikidata::{Classes, Options, Source, build};
use dixit::graph::{Stats, Store, backup, migrate, restore};
use dixit::push::{Credentials, Journal};
use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

/// Reads one of the files of a folder.
type Reader = fn(&Path);

/// What the first byte chooses: a file, and how it is read.
const FILES: [(&str, Reader); 11] = [
    ("base-iri", opened),
    ("version", opened),
    ("vocabulary", opened),
    ("fetched", opened),
    ("writing", opened),
    ("filling", opened),
    ("removing", opened),
    ("backup", restored),
    ("journal", journal),
    ("base.json", knowledge),
    ("credentials", credentials),
];

pub fn holds(bytes: &[u8]) {
    static MODEL: LazyLock<TempDir> = LazyLock::new(model);
    let Some(((name, read), bytes)) = choice(bytes, &FILES) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let store = folder.path().join("store");
    for part in ["backup", "knowledge"] {
        copy(&MODEL.path().join(part), &store);
    }
    fs::write(store.join(name), bytes).expect("the file is written");
    read(&store);
}

/// Copies what is in a folder: with RocksDB a store has folders of its own.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("a file");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).expect("a copy");
        }
    }
}

/// A backup, which is a store, too; and a knowledge base.
fn model() -> TempDir {
    const TABLE: &str = "item\tkind\tfr\ten\taliases\tnote\toffices\tcountry\tbroader\tweb\tgender\n\
                         \tperson\tAnne Roy\tAnne Roy\t\t\t\t\t\t\tf\n";
    let folder = tempfile::tempdir().expect("a folder");
    let made = folder.path().join("made");
    let store = Store::open_or_create(&made, None).expect("a store");
    fill(&store);
    store.flush().expect("a store is written");
    drop(store);
    backup(&made, &folder.path().join("backup")).expect("a backup");
    let classes = Classes::embedded();
    let languages = vec!["fr".to_owned()];
    let options = Options { languages, classes: &classes, resume: false, stop: &|| false };
    let source = Source::reader("any.tsv", TABLE.as_bytes()).expect("a table");
    build(source, &folder.path().join("knowledge"), &options, |_| ()).expect("a knowledge base");
    folder
}

fn told<T, E: Display>(result: Result<T, E>) -> Option<T> {
    if let Err(error) = &result {
        is_one_line(&error.to_string());
    }
    result.ok()
}

fn opened(path: &Path) {
    if let Some(store) = told(Store::open(path)) {
        told(store.fetched().map(|fetched| fetched.to_string()));
    }
    told(migrate(path, false, Entities::embedded()));
    if let Some(store) = told(Store::open_to_change(path)) {
        let base = store.base().clone();
        let fetched = store.fetched().expect("what was fetched");
        store.remember_fetched(&fetched).and_then(|()| store.flush()).expect("a store is written");
        drop(store);
        let again = Store::open(path).expect("a store that was written");
        assert_eq!(*again.base(), base);
        assert_eq!(again.fetched().expect("what was fetched").to_string(), fetched.to_string());
    }
}

/// A backup of which something is missing is none.
fn restored(path: &Path) {
    let place = path.with_file_name("restored");
    if let Some(copied) = told(restore(path, &place)) {
        assert!(copied.is_some_and(|copied| copied.articles == 2), "{copied:?}");
        let stats = Stats::of(&Store::open(&place).expect("a store that was restored")).expect("its numbers");
        assert_eq!(stats.articles, 2);
    } else {
        assert!(!place.exists(), "nothing is restored");
    }
}

fn journal(path: &Path) {
    let path = path.join("journal");
    let endpoint = "https://a.example/store";
    if let Some(journal) = told(Journal::open(&path, endpoint, false)) {
        let last = journal.last().map(str::to_owned);
        drop(journal);
        let again = Journal::open(&path, endpoint, false).expect("a journal that was read");
        assert_eq!(again.last(), last.as_deref());
    }
}

fn knowledge(path: &Path) {
    if let Some(base) = told(Base::open(path)) {
        told(base.find("Anne Roy"));
    }
}

fn credentials(path: &Path) {
    if let Some(credentials) = told(Credentials::of_file(&path.join("credentials"))) {
        told(credentials.header());
    }
}
