//! The terms of files that no vocabulary of ours has.

use crate::graph::base::Base;
use crate::graph::ontology::describe_ontology;
use crate::graph::vocabulary::dixit;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// A term that no vocabulary of ours has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTerm {
    /// With the prefix `dixit:` if it should be one of ours, else in full.
    pub term: String,
    pub times: usize,
    /// The term of ours that is most like it.
    pub nearest: Option<String>,
}

/// Namespaces whose terms a graph of ours may hold.
const KNOWN: [&str; 8] = [
    "http://schema.org/",
    "http://www.w3.org/ns/prov#",
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/2004/02/skos/core#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2002/07/owl#",
    "http://purl.org/dc/terms/",
];

/// How like a term must be (0 to 1) to be suggested.
const LIKENESS: f64 = 0.8;

/// The terms of files, as far as no vocabulary of ours has them.
#[derive(Default)]
pub(super) struct Terms {
    ours: BTreeSet<String>,
    unknown: FxHashMap<String, usize>,
}

impl Terms {
    pub fn count(&mut self, quad: &Quad) {
        self.note(&quad.predicate, true);
        if let Term::NamedNode(object) = &quad.object {
            self.note(object, quad.predicate == rdf::TYPE);
        }
    }

    /// Counts an IRI that is unknown: under our namespace, or where a term must stand.
    fn note(&mut self, iri: &NamedNode, is_term: bool) {
        let is_ours = iri.as_str().starts_with(dixit::NAMESPACE);
        if is_ours && self.ours.is_empty() {
            let declared = describe_ontology(&Base::default()).into_iter().map(|quad| quad.subject);
            self.ours = declared
                .filter_map(|subject| match subject {
                    NamedOrBlankNode::NamedNode(iri) => Some(iri.into_string()),
                    NamedOrBlankNode::BlankNode(_) => None,
                })
                .collect();
        }
        let is_known = || {
            if is_ours {
                self.ours.contains(iri.as_str())
            } else {
                KNOWN.iter().any(|known| iri.as_str().starts_with(known))
            }
        };
        if (is_ours || is_term) && !is_known() {
            *self.unknown.entry(iri.as_str().to_owned()).or_insert(0) += 1;
        }
    }

    pub fn unknown(&self) -> Vec<UnknownTerm> {
        let short = |iri: &str| iri.strip_prefix(dixit::NAMESPACE).map(|local| format!("dixit:{local}"));
        let nearest = |iri: &str| {
            let likeness = |known: &&String| {
                strsim::jaro_winkler(&known[dixit::NAMESPACE.len()..], &iri[dixit::NAMESPACE.len()..])
            };
            let best = self
                .ours
                .iter()
                .filter(|known| known.starts_with(dixit::NAMESPACE))
                .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
            (likeness(&best) >= LIKENESS).then(|| short(best)).flatten()
        };
        let mut unknown: Vec<_> = self
            .unknown
            .iter()
            .map(|(iri, &times)| match short(iri) {
                Some(term) => UnknownTerm { term, times, nearest: nearest(iri) },
                None => UnknownTerm { term: format!("<{iri}>"), times, nearest: None },
            })
            .collect();
        unknown.sort_by(|a, b| a.term.cmp(&b.term));
        unknown
    }
}
