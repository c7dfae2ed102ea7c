//! The vocabulary and the code say the same.

use crate::sample::{article, ask_around, base, entities, everything, put_right, statements};
use dixit::article::Article;
use dixit::graph::vocabulary::{OF_QUERIES, ONTOLOGY, SHAPES, dixit as terms, oa, prov, schema, skos};
use dixit::graph::{ExportFormat, Stats, Store, Texts, export};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{Literal, NamedNodeRef, Quad, Term, Triple};
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
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(folder.path(), Some(&base())).unwrap();
    let copy = Article { address: "https://vallon.example/2".to_owned(), ..article() };
    for article in [article(), copy] {
        store.add_article(&article, &statements(), entities()).unwrap();
    }
    crate::utterances::add_all(&store);
    put_right(&store);
    ask_around(&store);
    let all = everything(&store).into_iter().flat_map(|quad| [Term::from(quad.predicate), quad.object]);
    let mut used = ours(all);
    used.extend(classes_of_values());
    used.extend(OF_QUERIES.map(|term| term.as_str().to_owned()));
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

/// The vocabulary in a store.
fn held(store: &Store) -> BTreeSet<String> {
    let graph = store.base().ontology_graph();
    let quads = store.query_store().quads_for_pattern(None, None, None, Some((&graph).into()));
    quads.map(|quad| Triple::from(quad.unwrap()).to_string()).collect()
}

#[test]
fn a_store_holds_the_vocabulary_of_the_program_that_wrote_last() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Store::open_or_create(folder.path(), Some(&base())).unwrap();
    let vocabulary: BTreeSet<_> = ontology().into_iter().map(|quad| Triple::from(quad).to_string()).collect();
    let store = open();
    assert_eq!(held(&store), vocabulary);

    // As another version may have left it.
    let graph = base().ontology_graph();
    let other = Quad::new(graph.clone(), rdfs::LABEL, Literal::new_simple_literal("old"), graph.clone());
    let label = store.query_store().quads_for_pattern(None, Some(rdfs::LABEL), None, Some((&graph).into())).next();
    store.query_store().remove(&label.unwrap().unwrap()).unwrap();
    store.query_store().insert(&other).unwrap();
    store.flush().unwrap();
    drop(store);
    std::fs::write(folder.path().join("vocabulary"), "0123\n").unwrap();
    assert_eq!(held(&open()), vocabulary);
}

#[test]
fn the_vocabulary_is_neither_exported_nor_counted() {
    let store = Store::in_memory(base()).unwrap();
    assert!(!held(&store).is_empty());
    for format in [ExportFormat::NQuads, ExportFormat::NTriples] {
        let mut lines = Vec::new();
        export(&store, format, Texts::Included, &mut lines).unwrap();
        assert_eq!(String::from_utf8(lines).unwrap(), "");
    }
    assert_eq!(Stats::of(&store).unwrap(), Stats::default());
}

#[test]
fn the_vocabulary_has_no_blank_nodes() {
    for quad in ontology() {
        assert!(quad.subject.is_named_node() && !quad.object.is_blank_node(), "{quad}");
    }
}

#[test]
fn the_vocabulary_says_which_version_it_is() {
    let quads = ontology();
    let value = |predicate: &str| {
        let quad = quads.iter().find(|quad| quad.predicate.as_str() == predicate);
        quad.map(|quad| quad.object.to_string()).unwrap()
    };
    let version = value("http://www.w3.org/2002/07/owl#versionInfo");
    let iri = format!("<https://w3id.org/dixit/{}>", version.trim_matches('"'));
    assert_eq!(value("http://www.w3.org/2002/07/owl#versionIRI"), iri);
    assert!(value("http://purl.org/dc/terms/modified").ends_with("#date>"));
}

/// What a property joins is said in one way or the other: by a class, or by several of which one fits.
#[test]
fn every_property_says_what_it_joins() {
    let quads = ontology();
    let says = |term: &str, predicates: [&str; 2]| {
        quads.iter().any(|quad| {
            quad.subject.to_string() == format!("<{term}>") && predicates.contains(&quad.predicate.as_str())
        })
    };
    let is_property = |term: &&String| term[terms::NAMESPACE.len()..].starts_with(char::is_lowercase);
    let is_typed = |term: &str| {
        let kinds = ["http://www.w3.org/2002/07/owl#ObjectProperty", "http://www.w3.org/2002/07/owl#DatatypeProperty"];
        quads.iter().any(|quad| {
            let of_kind = kinds.iter().any(|kind| quad.object.to_string() == format!("<{kind}>"));
            quad.subject.to_string() == format!("<{term}>") && quad.predicate == rdf::TYPE && of_kind
        })
    };
    // A service joins nothing.
    let of_data = |term: &&String| **term != terms::SEARCH.as_str();
    for term in declared().iter().filter(is_property).filter(of_data) {
        assert!(is_typed(term), "{term} is an object or datatype property");
        assert!(says(term, [rdfs::DOMAIN.as_str(), "http://schema.org/domainIncludes"]), "{term} has a domain");
        assert!(says(term, [rdfs::RANGE.as_str(), "http://schema.org/rangeIncludes"]), "{term} has a range");
    }
}

#[test]
fn every_term_is_told_of_in_the_pages() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs");
    let pages = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let pages: String =
        pages.filter(|path| path.is_file()).map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let is_told = |term: &&String| pages.contains(&format!("`dixit:{}`", &term[terms::NAMESPACE.len()..]));
    let classes = classes_of_values();
    let untold: Vec<_> = declared().into_iter().filter(|term| !classes.contains(term) && !is_told(&term)).collect();
    assert_eq!(untold, Vec::<String>::new(), "docs/model.md has a table for each class");
    for (prefix, namespace, terms) in [
        ("schema", schema::NAMESPACE, schema::ALL),
        ("prov", prov::NAMESPACE, prov::ALL),
        ("oa", oa::NAMESPACE, oa::ALL),
        ("skos", skos::NAMESPACE, skos::ALL),
    ] {
        for term in terms {
            let name = format!("`{prefix}:{}`", &term.as_str()[namespace.len()..]);
            assert!(pages.contains(&name), "{name} is in no table of docs/model.md");
        }
    }
}
