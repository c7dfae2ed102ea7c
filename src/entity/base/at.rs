//! Files that are read at places: what is asked for and no more, through the memory that the system keeps of them.
//!
//! A mapping into memory would save one call to the system for each read. But it can only be had with `unsafe`, our own
//! or that of a crate which hides it, and a file that somebody cuts short would end the program instead of a read.

use super::BaseError;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// A file that is open for reading, at any place and by several threads.
pub(super) struct At {
    file: File,
    path: PathBuf,
}

impl At {
    /// Opens a file that must have so many bytes.
    pub fn open(path: &Path, size: u64) -> Result<Self, BaseError> {
        let file = File::open(path).map_err(BaseError::at(path))?;
        let found = file.metadata().map_err(BaseError::at(path))?.len();
        if found != size {
            return Err(BaseError::damaged(path, format!("{found} bytes instead of {size}")));
        }
        Ok(Self { file, path: path.to_owned() })
    }

    /// Reads as many bytes as there are from `place` on, at most until `buffer` is full.
    pub fn read<'b>(&self, buffer: &'b mut [u8], place: u64) -> Result<&'b [u8], BaseError> {
        // No file is so large, and systems refuse such places.
        let is_place = i64::try_from(place.saturating_add(buffer.len() as u64)).is_ok();
        let mut filled = 0;
        while is_place && filled < buffer.len() {
            match read_at(&self.file, &mut buffer[filled..], place + filled as u64) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(BaseError::at(&self.path)(error)),
            }
        }
        Ok(&buffer[..filled])
    }

    /// Fills `buffer` from `place` on.
    pub fn fill(&self, buffer: &mut [u8], place: u64) -> Result<(), BaseError> {
        let wanted = buffer.len();
        match self.read(buffer, place)?.len() {
            read if read == wanted => Ok(()),
            _ => Err(self.damaged("it ends too early")),
        }
    }

    pub fn damaged(&self, reason: impl ToString) -> BaseError {
        BaseError::damaged(&self.path, reason)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], place: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, place)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], place: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, place)
}
