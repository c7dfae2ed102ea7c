//! The formats: what is written is what was stored, always in the same bytes.

use crate::sample::*;
use dixit::graph::vocabulary::dixit as terms;
use dixit::graph::{ExportFormat, Stats, Store, Texts, describe_text, export, write_turtle};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Quad, Triple};
use std::collections::BTreeSet;

/// The triples of the union of all graphs.
pub fn union(quads: &[Quad]) -> BTreeSet<String> {
    quads.iter().map(|quad| Triple::from(quad.clone()).to_string()).collect()
}

fn parse(format: RdfFormat, bytes: &[u8]) -> Vec<Quad> {
    RdfParser::from_format(format).for_slice(bytes).collect::<Result<_, _>>().unwrap()
}

/// Writes quads as Turtle and reads them again.
pub fn read_back(quads: &[Quad]) -> BTreeSet<String> {
    let mut turtle = Vec::new();
    write_turtle(quads, &base(), &mut turtle).unwrap();
    union(&parse(RdfFormat::Turtle, &turtle))
}

fn bytes(store: &Store, format: ExportFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    export(store, format, Texts::Included, &mut bytes).unwrap();
    bytes
}

fn without_texts(store: &Store, format: ExportFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    export(store, format, Texts::LeftOut, &mut bytes).unwrap();
    bytes
}

#[test]
fn every_format_reads_back_as_the_same_graph() {
    let store = stored();
    let mut quads = everything(&store);
    for kept in [terms::SKETCH, terms::SKETCH_BAND, terms::LOCAL_CLASS, terms::LOCAL_LABEL] {
        let all = quads.len();
        quads.retain(|quad| quad.predicate != kept);
        assert!(quads.len() < all, "{kept} stays in the store");
    }
    let lines = |quads: &[Quad]| quads.iter().map(Quad::to_string).collect::<BTreeSet<_>>();
    for (format, syntax) in [(ExportFormat::Turtle, RdfFormat::Turtle), (ExportFormat::NTriples, RdfFormat::NTriples)] {
        let read = parse(syntax, &bytes(&store, format));
        assert_eq!(union(&read), union(&quads));
        assert_eq!(read.len(), union(&quads).len(), "each triple once");
    }
    for (format, syntax) in [(ExportFormat::NQuads, RdfFormat::NQuads), (ExportFormat::TriG, RdfFormat::TriG)] {
        let read = parse(syntax, &bytes(&store, format));
        assert_eq!(lines(&read), lines(&quads));
        assert_eq!(read.len(), quads.len(), "each quad once");
    }
}

/// Texts belong to their publishers: what leaves the store does so without them, unless somebody asks for them.
#[test]
fn texts_are_exported_only_when_asked_for() {
    let store = stored();
    let lines =
        |bytes: Vec<u8>| -> BTreeSet<String> { String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect() };
    for format in [ExportFormat::NTriples, ExportFormat::NQuads] {
        let (all, shared) = (lines(bytes(&store, format)), lines(without_texts(&store, format)));
        assert!(shared.is_subset(&all));
        let texts: Vec<_> = all.difference(&shared).collect();
        assert_eq!(texts.len(), 2);
        assert!(texts.iter().all(|line| line.contains("> <http://schema.org/articleBody> \"« Nous planterons")));
    }
    let quad = describe_text(&article(), &base());
    assert!(lines(bytes(&store, ExportFormat::NQuads)).contains(&format!("{quad} .")));
    assert!(quad.object.to_string().ends_with("annonce une fanfare.\"@fr"));
    for format in [ExportFormat::Turtle, ExportFormat::TriG] {
        let shared = String::from_utf8(without_texts(&store, format)).unwrap();
        assert!(!shared.contains("articleBody"));
        assert!(String::from_utf8(bytes(&store, format)).unwrap().contains("schema:articleBody \"« Nous planterons"));
    }
}

#[test]
fn the_order_of_adding_does_not_show() {
    let backwards = Store::in_memory(base()).unwrap();
    for address in ["https://vallon.example/2", "https://vallon.example/fete"] {
        let article = dixit::article::Article { address: address.to_owned(), ..article() };
        backwards.add_article(&article, &statements(), entities()).unwrap();
    }
    let forwards = stored();
    for format in [ExportFormat::Turtle, ExportFormat::NTriples, ExportFormat::NQuads, ExportFormat::TriG] {
        assert_eq!(bytes(&forwards, format), bytes(&backwards, format), "{format:?}");
    }
}

#[test]
fn line_formats_are_sorted() {
    for format in [ExportFormat::NTriples, ExportFormat::NQuads] {
        let text = String::from_utf8(bytes(&stored(), format)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.is_sorted());
        assert!(lines.len() > 100);
    }
}

#[test]
fn turtle_groups_by_subject_with_the_class_first() {
    let turtle = String::from_utf8(bytes(&stored(), ExportFormat::Turtle)).unwrap();
    assert!(turtle.contains("@prefix dixit: <https://w3id.org/dixit#> ."), "{turtle}");
    assert!(turtle.contains("\n\nentity:Q7184 a schema:Organization ;"), "{turtle}");
    assert_eq!(turtle.matches("\nentity:Q7184 ").count(), 1);
}

#[test]
fn an_empty_store_is_an_empty_graph() {
    let store = Store::in_memory(base()).unwrap();
    assert!(parse(RdfFormat::Turtle, &bytes(&store, ExportFormat::Turtle)).is_empty());
    assert_eq!(Stats::of(&store).unwrap(), Stats::default());
}

#[test]
fn stats_count_what_the_exports_hold() {
    let store = stored();
    let stats = Stats::of(&store).unwrap();
    assert_eq!(stats.triples, parse(RdfFormat::Turtle, &without_texts(&store, ExportFormat::Turtle)).len());
    assert_eq!(stats.quads, parse(RdfFormat::NQuads, &without_texts(&store, ExportFormat::NQuads)).len());
    assert_eq!(stats.quads, stats.triples, "nothing is said twice");
    assert_eq!((stats.articles, stats.same_text, stats.statements), (2, 1, 14));
    assert_eq!((stats.direct, stats.indirect, stats.mixed), (4, 8, 2));
    // Kervadec and Andorra's authorities are shared, the resident and the report are not.
    assert_eq!(stats.actors, 7);
    assert_eq!((stats.outlets, stats.topics), (2, 1));
}
