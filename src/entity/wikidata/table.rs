//! The way from a table of entities to a base: what people bring besides Wikidata.

use super::dump::failure;
use super::{BuildError, Built, Options, Source, Told};
use crate::entity::base::{Opened, Plan, Record, Writer};
use crate::entity::entry::{Entries, LANGUAGES};
use crate::entity::{Entities, is_item};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;

/// Makes a knowledge base in `folder` from a table, all rows of which are kept. Where one is wrong no folder is made.
pub(super) fn build(
    source: Source,
    folder: &Path,
    options: &Options,
    mut tell: impl FnMut(Told),
) -> Result<Built, BuildError> {
    let name = source.name();
    let (path, mut bytes) = source.into_parts();
    let mut text = Vec::new();
    bytes.read_to_end(&mut text).map_err(|error| failure(&path, 0, error))?;
    let text = String::from_utf8(text).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64;
        BuildError::OtherLetters { path: path.clone(), line }
    })?;
    let hash = Sha256::digest(&text);
    let plan = Plan {
        source: name,
        fingerprint: hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect(),
        languages: options.languages.clone(),
        classes: String::new(),
    };
    // Tables live as long as the program, and this one is read once.
    let text = text.leak().trim_start_matches('\u{feff}');
    let entries = Entries::read(path.display().to_string().leak(), text)?;
    entries.refer(|key| is_item(key) || Entities::embedded().by_key(key).is_some())?;
    let (lines, rows) = (text.lines().count() as u64, entries.records.len());
    if rows == 0 {
        return Err(BuildError::Nothing { path, lines });
    }
    let Opened { mut writer, read, .. } = Writer::open(folder, plan, options.resume)?;
    // Nothing is made to last before the end: who is broken off begins anew.
    if !read {
        tell(Told::Read { lines, kept: rows as u32 });
        for (_, record) in entries.records {
            writer.add(&in_languages(record, &options.languages))?;
        }
    }
    tell(Told::Sorting);
    Ok(Built::Finished(writer.finish(lines)?))
}

/// A record with its labels and descriptions in other languages; if it has none of them, the first one takes its name.
fn in_languages(record: Record, languages: &[String]) -> Record {
    let sort = |texts: &[Option<String>]| -> Vec<Option<String>> {
        let place = |language: &String| LANGUAGES.iter().position(|known| known == language);
        languages.iter().map(|language| texts.get(place(language)?)?.clone()).collect()
    };
    let (mut labels, descriptions) = (sort(&record.labels), sort(&record.descriptions));
    if let (true, Some(first)) = (labels.iter().all(Option::is_none), labels.first_mut()) {
        *first = Some(record.name().to_owned());
    }
    Record { labels, descriptions, ..record }
}
