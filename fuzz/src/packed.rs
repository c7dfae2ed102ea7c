//! Any bytes as an archive, or packed with gzip, bzip2 or zstd: what can be unpacked is read, and a cut is told.

use super::read::read;

pub fn holds(bytes: &[u8]) {
    read("any.warc", bytes);
}
