//! All runs of names become one index.

use super::Meaning;
use super::run::RunReader;
use fst::MapBuilder;
use rustc_hash::FxHashSet;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Merges runs into the index of names and the list of their meanings; returns how many names there are.
///
/// In the index a name has the number of its first meaning in the list. These numbers grow with the names, which is what
/// an `fst` stores best.
pub(super) fn merge(runs: &[PathBuf], names: &Path, meanings: &Path) -> io::Result<u64> {
    let mut heap = BinaryHeap::with_capacity(runs.len());
    for path in runs {
        push(&mut heap, RunReader::open(path)?)?;
    }
    let mut index = MapBuilder::new(BufWriter::new(File::create(names)?)).map_err(wrong)?;
    let mut list = BufWriter::new(File::create(meanings)?);
    let (mut count, mut place) = (0, 0);
    let mut name = Vec::new();
    let mut group: Vec<u64> = Vec::new();
    let mut seen: FxHashSet<u32> = FxHashSet::default();
    while let Some(Reverse(Head(first))) = heap.peek() {
        name.clone_from(&first.name);
        group.clear();
        seen.clear();
        while heap.peek().is_some_and(|Reverse(Head(run))| run.name == name) {
            let Some(Reverse(Head(run))) = heap.pop() else { break };
            // The best meaning of an entity comes first.
            if seen.insert(run.meaning as u32) {
                group.push(run.meaning);
            }
            push(&mut heap, run)?;
        }
        index.insert(&name, place).map_err(wrong)?;
        for (at, meaning) in group.iter().enumerate() {
            list.write_all(&Meaning::to_bytes(*meaning, at + 1 == group.len()))?;
        }
        count += 1;
        place += group.len() as u64;
    }
    let written = [index.into_inner().map_err(wrong)?, list];
    for file in written {
        file.into_inner().map_err(|error| error.into_error())?.sync_all()?;
    }
    Ok(count)
}

/// Puts a run back where its next name belongs; a run at its end is done.
fn push(heap: &mut BinaryHeap<Reverse<Head>>, mut run: RunReader) -> io::Result<()> {
    if run.advance()? {
        heap.push(Reverse(Head(run)));
    }
    Ok(())
}

fn wrong(error: fst::Error) -> io::Error {
    match error {
        fst::Error::Io(error) => error,
        error => io::Error::other(error),
    }
}

/// A run, in the order of the name and meaning at hand.
struct Head(RunReader);

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.name.cmp(&other.0.name).then(self.0.meaning.cmp(&other.0.meaning))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}
