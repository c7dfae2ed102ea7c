//! Tables go into a store in one step, and take nothing away. What is to be removed with them is noted in a file before they
//! go in, and removed after, so that whoever opens the store can end what a killed program has begun.
//!
//! The file `removing` is N-Quads: first a quad of the tables that the store did not hold, which tells whether they went in,
//! then what is to be removed.

use super::folder::{sync_folder, write_whole};
use crate::one_line::one_line;
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::{GraphName, Quad};
use oxigraph::store::{StorageError, Store};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

/// The name of the file.
pub(super) const REMOVING: &str = "removing";

/// Notes in a store's folder what is to be removed once the store holds the witness, which it does not hold now.
pub(super) fn note<'q>(
    folder: &Path,
    witness: &'q Quad,
    removed: impl IntoIterator<Item = &'q Quad>,
) -> io::Result<()> {
    let mut lines = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(Vec::new());
    for quad in std::iter::once(witness).chain(removed) {
        lines.serialize_quad(quad)?;
    }
    write_whole(&folder.join(REMOVING), &lines.finish()?)?;
    sync_folder(folder)
}

/// Ends what was noted in the folder of a store, if anything was.
#[cfg_attr(not(any(feature = "rocksdb", test)), expect(dead_code, reason = "without RocksDB nothing is noted"))]
pub(super) fn end(folder: &Path, store: &Store) -> Result<(), StorageError> {
    let file = folder.join(REMOVING);
    let lines = match fs::read(&file) {
        Ok(lines) => lines,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let quads = RdfParser::from_format(RdfFormat::NQuads).lenient().for_slice(&lines);
    let quads = quads.collect::<Result<Vec<Quad>, _>>().map_err(|error| {
        let what = error.to_string();
        let (file, what) = (file.display(), one_line(&what));
        let told = format!("`{file}` is damaged ({what}): move the store away and add the articles again");
        StorageError::Other(told.into())
    })?;
    if let Some((witness, removed)) = quads.split_first()
        && store.contains(witness)?
    {
        remove(store, removed)?;
    }
    forget(folder)
}

/// Removes quads, and the graphs of which nothing is left.
pub(super) fn remove<'q>(store: &Store, quads: impl IntoIterator<Item = &'q Quad>) -> Result<(), StorageError> {
    let mut transaction = store.start_transaction()?;
    let mut graphs = BTreeSet::new();
    for quad in quads {
        transaction.remove(quad);
        if let GraphName::NamedNode(graph) = &quad.graph_name {
            graphs.insert(graph);
        }
    }
    for graph in graphs {
        if transaction.quads_for_pattern(None, None, None, Some(graph.into())).next().transpose()?.is_none() {
            transaction.remove_named_graph(graph)?;
        }
    }
    transaction.commit()?;
    #[cfg(feature = "rocksdb")]
    store.flush()?;
    Ok(())
}

/// All that was noted is done.
pub(super) fn forget(folder: &Path) -> Result<(), StorageError> {
    Ok(fs::remove_file(folder.join(REMOVING))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, NamedNode};

    fn quad(said: &str) -> Quad {
        let iri = |name: &str| NamedNode::new_unchecked(format!("https://data.example/{name}"));
        Quad::new(
            iri("s"),
            iri("p"),
            Literal::new_simple_literal(said),
            iri(&format!("graph/{}", said.replace(|c: char| !c.is_alphabetic(), ""))),
        )
    }

    /// What a store of the bridge and the quay, of which the quay was to go with the tables of the harbour, is at its next
    /// opening.
    fn opened(with_tables: bool) -> Vec<Quad> {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new().unwrap();
        store.extend([quad("le pont"), quad("le \"quai\"\nneuf")]).unwrap();
        note(folder.path(), &quad("le port"), [&quad("le \"quai\"\nneuf")]).unwrap();
        if with_tables {
            store.insert(&quad("le port")).unwrap();
        }
        end(folder.path(), &store).unwrap();
        assert!(!folder.path().join(REMOVING).exists());
        assert_eq!(store.named_graphs().count(), 2);
        end(folder.path(), &store).unwrap();
        let mut left: Vec<Quad> = store.iter().map(Result::unwrap).collect();
        left.sort_by_key(ToString::to_string);
        left
    }

    #[test]
    fn what_was_noted_goes_if_the_tables_came() {
        assert_eq!(opened(true), [quad("le pont"), quad("le port")]);
    }

    #[test]
    fn a_note_that_is_damaged_is_told_and_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new().unwrap();
        store.insert(&quad("le pont")).unwrap();
        let lines = format!("{0} .\n{0} .\n<https://\u{1b}[2J\n", quad("le pont"));
        fs::write(folder.path().join(REMOVING), lines).unwrap();
        let message = end(folder.path(), &store).unwrap_err().to_string();
        assert!(message.contains("removing` is damaged (") && !message.contains(char::is_control), "{message}");
        assert!(store.contains(&quad("le pont")).unwrap() && folder.path().join(REMOVING).exists());
    }

    #[test]
    fn it_stays_if_they_did_not() {
        assert_eq!(opened(false), [quad("le \"quai\"\nneuf"), quad("le pont")]);
    }
}
