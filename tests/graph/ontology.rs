//! The vocabulary and the code say the same.

use crate::sample::{everything, stored};
use dixit::graph::vocabulary::{ONTOLOGY, SHAPES, dixit as terms};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNodeRef, Quad, Term};
use std::collections::BTreeSet;

fn ontology() -> Vec<Quad> {
    RdfParser::from_format(RdfFormat::Turtle).for_slice(ONTOLOGY).collect::<Result<_, _>>().unwrap()
}

fn ours(terms: impl Iterator<Item = Term>) -> BTreeSet<String> {
    let iris = terms.filter_map(|term| match term {
        Term::NamedNode(iri) => Some(iri.into_string()),
        _ => None,
    });
    iris.filter(|iri| iri.starts_with(terms::NAMESPACE)).collect()
}

fn declared() -> BTreeSet<String> {
    ours(ontology().into_iter().map(|quad| quad.subject.into()))
}

/// The classes of `dixit:Direct` and the like, which data do not name.
fn classes_of_values() -> BTreeSet<String> {
    let typed = ontology().into_iter().filter(|quad| quad.predicate == rdf::TYPE);
    ours(typed.map(|quad| quad.object))
}

#[test]
fn what_the_code_names_is_declared_and_the_other_way_round() {
    let mut named: BTreeSet<_> = terms::ALL.iter().map(|term| term.as_str().to_owned()).collect();
    named.extend(classes_of_values());
    assert_eq!(named, declared());
}

#[test]
fn every_term_is_used_by_two_articles_with_all_sorts_of_statements() {
    let all = everything(&stored()).into_iter().flat_map(|quad| [Term::from(quad.predicate), quad.object]);
    let mut used = ours(all);
    used.extend(classes_of_values());
    assert_eq!(used, declared());
}

#[test]
fn every_term_has_labels_and_comments_in_both_languages() {
    let quads = ontology();
    for term in declared() {
        for predicate in [rdfs::LABEL, rdfs::COMMENT] {
            for language in ["fr", "en"] {
                assert!(has(&quads, &term, predicate, language), "{term} {predicate} @{language}");
            }
        }
    }
}

fn has(quads: &[Quad], subject: &str, predicate: NamedNodeRef<'_>, language: &str) -> bool {
    quads.iter().any(|quad| {
        quad.subject.to_string() == format!("<{subject}>")
            && quad.predicate == predicate
            && matches!(&quad.object, Term::Literal(words) if words.language() == Some(language))
    })
}

#[test]
fn the_shapes_name_only_declared_terms() {
    let shapes: Vec<Quad> =
        RdfParser::from_format(RdfFormat::Turtle).for_slice(SHAPES).collect::<Result<_, _>>().unwrap();
    let named = ours(shapes.into_iter().map(|quad| quad.object));
    assert!(named.len() > 20);
    assert_eq!(named.difference(&declared()).collect::<Vec<_>>(), Vec::<&String>::new());
}
