//! How many bytes of files there are to read, and were read.

use super::ReadOptions;
use super::choice::is_read;
use super::web::is_web;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use walkdir::WalkDir;

/// Counts the bytes that are read from files, packed as they are.
#[derive(Debug, Default)]
pub struct Meter(AtomicU64);

impl Meter {
    /// So many bytes more were read.
    pub fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Bytes of all files at `paths` that are read; `None` if it cannot be known, for standard input and web addresses.
pub fn bytes_at(paths: &[PathBuf], options: &ReadOptions) -> Option<u64> {
    paths.iter().map(|path| bytes_of(path, options)).sum()
}

fn bytes_of(path: &Path, options: &ReadOptions) -> Option<u64> {
    if is_web(path) || path == Path::new(super::packing::STANDARD) {
        return None;
    }
    let entries = WalkDir::new(path).follow_links(true).into_iter().filter_entry(|entry| is_read(entry, path, options));
    // What cannot be read is told when it is its turn.
    let files = entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    Some(files.filter_map(|entry| entry.metadata().ok()).map(|file| file.len()).sum())
}

/// Bytes of a file, counted as they are read.
pub(super) struct Metered<R> {
    pub bytes: R,
    pub meter: Arc<Meter>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.meter.add(read);
        Ok(read)
    }
}
