//! Names in runs: as many as memory holds are sorted and written, and all runs are merged in the end.

use rayon::slice::ParallelSliceMut;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

/// Names in memory, with what they mean.
#[derive(Default)]
pub(super) struct Run {
    /// The names, one after the other.
    text: Vec<u8>,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy)]
struct Entry {
    start: u32,
    length: u16,
    meaning: u64,
}

impl Run {
    /// A name more. What is longer than any name is left out.
    pub fn add(&mut self, name: &str, meaning: u64) {
        if let Ok(length) = u16::try_from(name.len()) {
            let start = self.text.len() as u32;
            self.text.extend_from_slice(name.as_bytes());
            self.entries.push(Entry { start, length, meaning });
        }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Bytes of memory that it takes.
    pub fn size(&self) -> usize {
        self.text.len() + self.entries.len() * size_of::<Entry>()
    }

    /// Writes the names in their order, and is empty again.
    pub fn spill(&mut self, path: &Path) -> io::Result<()> {
        let name = |entry: &Entry| &self.text[entry.start as usize..][..usize::from(entry.length)];
        self.entries
            .par_sort_unstable_by(|one, other| name(one).cmp(name(other)).then(one.meaning.cmp(&other.meaning)));
        let mut file = BufWriter::new(File::create(path)?);
        for entry in &self.entries {
            file.write_all(&entry.length.to_le_bytes())?;
            file.write_all(name(entry))?;
            file.write_all(&entry.meaning.to_le_bytes())?;
        }
        file.into_inner().map_err(|error| error.into_error())?.sync_all()?;
        self.text.clear();
        self.entries.clear();
        Ok(())
    }
}

/// A written run, read again name by name.
pub(super) struct RunReader {
    file: BufReader<File>,
    /// The name at hand and what it means.
    pub name: Vec<u8>,
    pub meaning: u64,
}

impl RunReader {
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { file: BufReader::with_capacity(1 << 16, File::open(path)?), name: Vec::new(), meaning: 0 })
    }

    /// Goes to the next name; false if there is none.
    pub fn advance(&mut self) -> io::Result<bool> {
        let mut length = [0; 2];
        if self.file.read(&mut length[..1])? == 0 {
            return Ok(false);
        }
        self.file.read_exact(&mut length[1..])?;
        self.name.resize(usize::from(u16::from_le_bytes(length)), 0);
        self.file.read_exact(&mut self.name)?;
        let mut meaning = [0; 8];
        self.file.read_exact(&mut meaning)?;
        self.meaning = u64::from_le_bytes(meaning);
        Ok(true)
    }
}
