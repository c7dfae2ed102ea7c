//! What a store says of a thing.

use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use oxigraph::store::{StorageError, Store};

/// The things to which a thing leads by a property.
pub fn objects(store: &Store, thing: &NamedNode, property: NamedNodeRef<'_>) -> Result<Vec<NamedNode>, StorageError> {
    let quads = store.quads_for_pattern(Some(thing.into()), Some(property), None, None);
    let iris = quads.filter_map(|quad| match quad.map(|quad| quad.object) {
        Ok(Term::NamedNode(iri)) => Some(Ok(iri)),
        Ok(_) => None,
        Err(error) => Some(Err(error)),
    });
    iris.collect()
}
