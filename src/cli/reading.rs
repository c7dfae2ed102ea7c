//! The store is opened for one question, or a few.
//!
//! RocksDB opens its tables with fifteen threads more for each of its twelve column families, which takes longer than to read
//! a small store; once it has opened a quarter of those that it may keep open, it starts no more. How many that are oxigraph
//! takes from this process's limit of open files.

use dixit::graph::{Store, StoreError};
use std::path::Path;

/// Opens an existing store to read it.
pub fn open(path: &Path) -> Result<Store, StoreError> {
    #[cfg(all(unix, feature = "rocksdb"))]
    if small::is_small(path) {
        return small::with_few_files(|| Store::open(path));
    }
    Store::open(path)
}

#[cfg(all(unix, feature = "rocksdb"))]
mod small {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use std::fs;
    use std::path::Path;

    /// The fewest files with which oxigraph opens a store.
    const FEWEST_FILES: u64 = 96;

    /// As many tables as stay open within that.
    const MOST_TABLES: usize = 32;

    pub fn is_small(store: &Path) -> bool {
        let tables = fs::read_dir(store.join("rocksdb")).into_iter().flatten().flatten();
        let tables = tables.filter(|file| file.path().extension().is_some_and(|extension| extension == "sst"));
        tables.take(MOST_TABLES + 1).count() <= MOST_TABLES
    }

    /// Does it with the least limit, and sets that as it was. A limit that cannot be set stays.
    pub fn with_few_files<T>(open: impl FnOnce() -> T) -> T {
        let usual = getrlimit(Resource::Nofile);
        if usual.current.is_none_or(|current| current > FEWEST_FILES) {
            let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(FEWEST_FILES), ..usual });
        }
        let opened = open();
        let _ = setrlimit(Resource::Nofile, usual);
        opened
    }
}
