//! In which order an export is written: the same for the same graph.

use super::ExportFormat;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedOrBlankNode, Quad};
use oxigraph::store::StorageError;
use rustc_hash::FxHashSet;
use std::hash::Hash;

/// Each of the terms once, sorted by a key.
pub(super) fn sorted<T: Hash + Eq>(
    terms: impl Iterator<Item = Result<T, StorageError>>,
    key: impl Fn(&T) -> String,
) -> Result<Vec<T>, StorageError> {
    let mut terms: Vec<T> = terms.collect::<Result<FxHashSet<T>, _>>()?.into_iter().collect();
    terms.sort_by_cached_key(key);
    Ok(terms)
}

/// Where the quads of a subject stand among those of others.
pub(super) fn subject_key(format: ExportFormat, subject: &NamedOrBlankNode) -> String {
    match subject {
        // Without its brackets an article's IRI comes before those of its parts.
        NamedOrBlankNode::NamedNode(iri) if format.is_readable() => natural(iri.as_str()),
        _ => subject.to_string(),
    }
}

/// Where a quad stands among others.
pub(super) fn key(format: ExportFormat, quad: &Quad) -> [String; 4] {
    if !format.is_readable() {
        return [quad.to_string(), String::new(), String::new(), String::new()];
    }
    let predicate = if quad.predicate == rdf::TYPE { String::new() } else { quad.predicate.to_string() };
    [
        natural(&quad.graph_name.to_string()),
        subject_key(format, &quad.subject),
        predicate,
        natural(&quad.object.to_string()),
    ]
}

/// The text with the length of each number before the number, so that 9 comes before 10.
pub(super) fn natural(text: &str) -> String {
    let mut key = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let number = &rest[start..];
        let length = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        key.push_str(&rest[..start]);
        key.push_str(&format!("{length:04}{}", &number[..length]));
        rest = &number[length..];
    }
    key + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_as_numbers() {
        let mut texts = ["a10b", "a9b", "a", "a9", "a010", "b1"];
        texts.sort_by_key(|text| natural(text));
        assert_eq!(texts, ["a", "a9", "a9b", "a10b", "a010", "b1"]);
    }
}
