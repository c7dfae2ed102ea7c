//! Any bytes as a graph or a table of corrections: it is taken in whole or not at all, and told in one line why not; what was
//! taken in comes out as it went in.

use super::choice;
use super::read::is_one_line;
use super::store::{shared, store};
use super::text;
use dixit::entity::Entities;
use dixit::graph::{ExportFormat, Import, ImportFormat, Store, Texts, export};

/// What the first byte chooses.
const FORMS: [fn(&[u8]); 4] = [
    |bytes| graph(bytes, ImportFormat::NQuads),
    |bytes| graph(bytes, ImportFormat::TriG),
    |bytes| {
        corrections(bytes, |store, text| {
            store.import_tsv(text, Entities::embedded()).map_err(|error| error.to_string())
        })
    },
    |bytes| {
        corrections(bytes, |store, text| {
            store.import_turtle(text, Entities::embedded()).map_err(|error| error.to_string())
        })
    },
];

pub fn holds(bytes: &[u8]) {
    let Some((form, bytes)) = choice(bytes, &FORMS) else { return };
    form(bytes);
}

fn graph(bytes: &[u8], format: ImportFormat) {
    let import = match Import::of_bytes("any", bytes.to_vec(), format) {
        Ok(import) => import,
        Err(error) => return is_one_line(&error.to_string()),
    };
    let first = Store::in_memory(import.base().cloned().unwrap_or_default()).expect("a store in memory");
    if let Err(error) = first.import(&import, Entities::embedded()) {
        return is_one_line(&error.to_string());
    }
    for (format, again) in [(ExportFormat::NQuads, ImportFormat::NQuads), (ExportFormat::TriG, ImportFormat::TriG)] {
        let import = Import::of_bytes("again", written(&first, format), again).expect("what is written can be read");
        let second = Store::in_memory(first.base().clone()).expect("a store in memory");
        second.import(&import, Entities::embedded()).expect("what was stored can be stored");
        assert_eq!(lines(&first), lines(&second));
    }
}

fn corrections<T>(bytes: &[u8], take_in: fn(&Store, &str) -> Result<T, String>) {
    let Some(text) = text(bytes) else { return };
    let store = store();
    if let Err(message) = take_in(&store, text) {
        is_one_line(&message);
        assert_eq!(lines(&store), lines(shared()));
    }
}

fn written(store: &Store, format: ExportFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    export(store, format, Texts::Included, &mut bytes).expect("a store can be written");
    bytes
}

fn lines(store: &Store) -> String {
    String::from_utf8(written(store, ExportFormat::NQuads)).expect("N-Quads are text")
}
