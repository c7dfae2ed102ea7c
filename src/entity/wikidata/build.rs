//! The way from a dump to a base, many lines at once.

use super::dump::{Batch, Dump, LONGEST, Line, Source};
use super::filter::Filter;
use super::item::Item;
use super::keep::keep;
use super::{BuildError, Classes, LineFault, table};
use crate::entity::base::{Manifest, Opened, Plan, Record, Writer};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::path::{Path, PathBuf};

/// How a base is made.
pub struct Options<'a> {
    /// Languages of the names, the first ones first.
    pub languages: Vec<String>,
    pub classes: &'a Classes,
    /// Whether to go on with what was broken off.
    pub resume: bool,
    /// Asked now and then whether to stop.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

/// What happens meanwhile.
pub enum Told {
    /// So many lines more were read, and so many entities kept.
    Read { lines: u64, kept: u32 },
    /// A line was passed over.
    Fault(LineFault),
    /// All is read, now the names are put in order.
    Sorting,
}

/// How it ended.
pub enum Built {
    Finished(Manifest),
    /// As was wished; so many lines are done.
    Stopped {
        lines: u64,
    },
}

/// Makes a knowledge base in `folder` from the dump, or from a table of entities.
///
/// What was done is kept when this fails or stops, and gone on with if `options` say so.
///
/// # Errors
/// The dump is none, is cut off or cannot be read; the folder cannot be written, or holds something else.
pub fn build(
    source: Source,
    folder: &Path,
    options: &Options,
    mut tell: impl FnMut(Told),
) -> Result<Built, BuildError> {
    if source.is_table() {
        return table::build(source, folder, options, tell);
    }
    let plan = Plan {
        source: source.name(),
        fingerprint: source.fingerprint(),
        languages: options.languages.clone(),
        classes: options.classes.fingerprint().to_owned(),
    };
    let mut dump = Dump::new(source);
    let path = dump.path.clone();
    let mut first = (!options.resume).then(|| dump.next_batch());
    // Where nothing can be read no folder is made.
    if let Some(broken) = first.as_mut().filter(|batch| batch.lines.is_empty()).and_then(|batch| batch.broken.take()) {
        return Err(broken);
    }
    let Opened { mut writer, lines: mut done, read } = Writer::open(folder, plan, options.resume)?;
    if !read && !read_on(&mut dump, first, &mut writer, &mut done, options, &mut tell)? {
        return Ok(Built::Stopped { lines: done });
    }
    if writer.entities() == 0 {
        return Err(BuildError::Nothing { path, lines: done });
    }
    tell(Told::Sorting);
    Ok(Built::Finished(writer.finish(done)?))
}

/// Reads the dump to its end, or until it is asked to stop: then the result is false. `done` counts the lines.
fn read_on(
    dump: &mut Dump,
    first: Option<Batch>,
    writer: &mut Writer,
    done: &mut u64,
    options: &Options,
    tell: &mut impl FnMut(Told),
) -> Result<bool, BuildError> {
    tell(Told::Read { lines: 0, kept: writer.entities() });
    let passed = dump.skip(*done, |lines| {
        tell(Told::Read { lines, kept: 0 });
        (options.stop)()
    })?;
    if !passed {
        return Ok(false);
    }
    let reader = Reader { path: dump.path.clone(), filter: Filter::new(options.classes), options };
    let mut batch = first.unwrap_or_else(|| dump.next_batch());
    loop {
        // One batch is read while the one before is worked on.
        let (found, next) = rayon::join(|| reader.work_on(&batch), || dump.next_batch_after(&batch));
        let kept = take_in(writer, found, tell)?;
        tell(Told::Read { lines: batch.done - *done, kept });
        *done = batch.done;
        let stop = (options.stop)();
        if batch.broken.is_some() || stop || writer.is_due() {
            writer.checkpoint(*done)?;
        }
        match (batch.broken, next) {
            (Some(broken), _) => return Err(broken),
            _ if stop => return Ok(false),
            (None, None) => return Ok(true),
            (None, Some(next)) => batch = next,
        }
    }
}

/// Writes what was found; returns how many entities that were.
fn take_in(
    writer: &mut Writer,
    found: Vec<Result<Record, LineFault>>,
    tell: &mut impl FnMut(Told),
) -> Result<u32, BuildError> {
    let mut kept = 0;
    for record in found {
        match record {
            Ok(record) => {
                writer.add(&record)?;
                kept += 1;
            }
            Err(fault) => tell(Told::Fault(fault)),
        }
    }
    Ok(kept)
}

/// What turns lines into records.
struct Reader<'a> {
    path: PathBuf,
    filter: Filter<'a>,
    options: &'a Options<'a>,
}

impl Reader<'_> {
    /// The records of a batch, and its faults, in the order of their lines.
    fn work_on(&self, batch: &Batch) -> Vec<Result<Record, LineFault>> {
        let read = |line: &Line| {
            let fault = |fault| LineFault { path: self.path.clone(), line: line.number, fault };
            match &line.place {
                Some(place) => self.read(&batch.text[place.clone()]).map_err(fault).transpose(),
                None => Some(Err(fault(format!("it is longer than {} MB, as no entity is", LONGEST >> 20)))),
            }
        };
        batch.lines.par_iter().filter_map(read).collect()
    }

    /// The record of a line; `None` if it is not kept.
    fn read(&self, line: &[u8]) -> Result<Option<Record>, String> {
        if !(line.starts_with(b"{") && line.ends_with(b"}")) {
            return Err("it is no JSON object".to_owned());
        }
        if !self.filter.may_be_kept(line) {
            return Ok(None);
        }
        let line = str::from_utf8(line).map_err(|error| format!("it is not in UTF-8 ({error})"))?;
        let item: Item = serde_json::from_str(line).map_err(|error| {
            // The line that it counts is always the first.
            format!("it is no JSON of an entity ({})", error.to_string().replace(" at line 1 column ", " at byte "))
        })?;
        Ok(keep(&item, self.options.classes, &self.options.languages))
    }
}
