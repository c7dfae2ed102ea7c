//! Any bytes as a dump of Wikidata or as a table of entities: a knowledge base comes of them, in which all that it keeps is
//! found, or it is told why none does.

use super::choice;
use super::read::is_one_line;
use dixit::entity::base::{Base, Manifest};
use dixit::entity::wikidata::{Built, Classes, Options, Source, Told, build};
use std::io::Cursor;
use std::sync::LazyLock;

/// What the first byte chooses: the name tells one from the other.
const NAMES: [&str; 2] = ["any.json", "any.tsv"];

pub fn holds(bytes: &[u8]) {
    static CLASSES: LazyLock<Classes> = LazyLock::new(Classes::embedded);
    let Some((name, bytes)) = choice(bytes, &NAMES) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path().join("base");
    let source = match Source::reader(name, Cursor::new(bytes.to_vec())) {
        Ok(source) => source,
        Err(error) => return is_one_line(&error.to_string()),
    };
    let languages = ["fr", "en"].map(str::to_owned).to_vec();
    let options = Options { languages, classes: &CLASSES, resume: false, stop: &|| false };
    let tell = |told| {
        if let Told::Fault(fault) = told {
            is_one_line(&fault.to_string());
        }
    };
    match build(source, &folder, &options, tell) {
        Ok(Built::Finished(manifest)) => check(&Base::open(&folder).expect("a base that was made"), &manifest),
        Ok(Built::Stopped { .. }) => panic!("nobody stopped it"),
        Err(error) => is_one_line(&error.to_string()),
    }
}

/// What is kept can be read, has a key and a name, and is found by both.
fn check(base: &Base, manifest: &Manifest) {
    assert_eq!(base.manifest(), manifest);
    assert!(manifest.entities > 0);
    for entity in 0..manifest.entities {
        let record = base.record(entity).expect("a record");
        assert!(!record.key.is_empty() && !record.name().is_empty(), "{record:?}");
        let found = base.by_key(&record.key).expect("a base that can be read");
        assert!(found.is_some_and(|found| base.record(found).is_ok_and(|same| same.key == record.key)), "{record:?}");
        for name in record.names() {
            base.find(name).expect("a base that can be read");
        }
    }
}
