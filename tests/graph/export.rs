//! The formats: what is written is what was stored, always in the same bytes.

use crate::sample::*;
use dixit::graph::vocabulary::dixit as terms;
use dixit::graph::{ExportFormat, Stats, Store, Texts, describe_text, export, write_quads, write_turtle};
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Triple};
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

/// The formats without graphs, and how others call them.
const UNIONS: [(ExportFormat, RdfFormat); 4] = [
    (ExportFormat::Turtle, RdfFormat::Turtle),
    (ExportFormat::NTriples, RdfFormat::NTriples),
    (ExportFormat::JsonLd, RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
    (ExportFormat::RdfXml, RdfFormat::RdfXml),
];

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
    for kept in
        [terms::SKETCH, terms::SKETCH_BAND, terms::WORDS_HASH, terms::WORD_KEY, terms::LOCAL_CLASS, terms::LOCAL_LABEL]
    {
        let all = quads.len();
        quads.retain(|quad| quad.predicate != kept);
        assert!(quads.len() < all, "{kept} stays in the store");
    }
    let lines = |quads: &[Quad]| quads.iter().map(Quad::to_string).collect::<BTreeSet<_>>();
    for (format, syntax) in UNIONS {
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
    for format in UNIONS.map(|(format, _)| format).into_iter().chain([ExportFormat::NQuads, ExportFormat::TriG]) {
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

/// What a person would hardly write, each format brings back. XML has no letter for some control characters.
#[test]
fn hostile_words_and_iris_come_back() {
    let iri = |iri: &str| NamedNode::new(iri).unwrap();
    let words = ["a\r\nb\rc\td", "<&>\"'\\", "\u{202E}🌳\u{FEFF}", "@none", " ]]> ", "\u{85}\u{2028}", ""];
    let subjects =
        ["https://test.example/a b".replace(' ', "%20"), "https://test.example/x:y".to_owned(), "urn:x".to_owned()];
    let mut quads = Vec::new();
    for (subject, property) in
        subjects.iter().zip(["http://p.example/p", "http://schema.org/text", "http://p.example/a/b#é_1"])
    {
        for word in words {
            let objects = [
                Literal::new_simple_literal(word),
                Literal::new_language_tagged_literal_unchecked(word, "fr"),
                Literal::new_typed_literal(word, iri("http://p.example/d")),
                Literal::new_typed_literal("007", xsd::INTEGER),
                Literal::new_typed_literal("-7", xsd::INTEGER),
                Literal::new_typed_literal("12345678901234567890", xsd::INTEGER),
            ];
            quads.extend(objects.map(|o| Quad::new(iri(subject), iri(property), o, GraphName::DefaultGraph)));
        }
        quads.push(Quad::new(iri(subject), iri("http://schema.org/text"), iri(subject), GraphName::DefaultGraph));
        quads.push(Quad::new(iri(subject), rdf::TYPE, iri("http://p.example/%20"), GraphName::DefaultGraph));
    }
    for (format, syntax) in UNIONS {
        let mut bytes = Vec::new();
        write_quads(&quads, &base(), format, &mut bytes).unwrap();
        assert_eq!(union(&parse(syntax, &bytes)), union(&quads), "{format:?}");
    }
    let control = Quad::new(iri("urn:x"), rdf::VALUE, Literal::from("\u{1}\u{FFFE}"), GraphName::DefaultGraph);
    let mut bytes = Vec::new();
    write_quads(&[control], &base(), ExportFormat::RdfXml, &mut bytes).unwrap();
    assert!(String::from_utf8(bytes).unwrap().contains("<rdf:value>\u{FFFD}\u{FFFD}</rdf:value>"));
}

#[test]
fn a_property_without_a_name_for_xml_is_told() {
    let iri = |iri: &str| NamedNode::new(iri).unwrap();
    let quad = Quad::new(iri("urn:x"), iri("http://p.example/1"), iri("urn:y"), GraphName::DefaultGraph);
    let error = write_quads(&[quad], &base(), ExportFormat::RdfXml, Vec::new()).unwrap_err();
    assert_eq!(error.to_string(), "<http://p.example/1> has no form in RDF/XML: choose another format");
}

#[test]
fn json_ld_is_compact() {
    let json: serde_json::Value = serde_json::from_slice(&bytes(&stored(), ExportFormat::JsonLd)).unwrap();
    let things = json["@graph"].as_array().unwrap();
    let thing = |id: &str| things.iter().find(|thing| thing["id"] == id).unwrap();
    let otan = thing("entity/Q7184");
    assert_eq!((&otan["type"], &otan["label"]["en"]), (&"Organization".into(), &"NATO".into()));
    let denial = things.iter().find(|thing| thing["polarity"] == "Denied").unwrap();
    assert_eq!(denial["type"], serde_json::json!(["Quotation", "ReportedStatement"]));
    assert_eq!((&denial["kind"], &denial["confidence"]), (&"Mixed".into(), &"1".into()));
    assert_eq!(denial["text"]["fr"], "le pont soit « solide »");
    assert!(denial["actor"].is_array());
    assert_eq!(things.iter().find(|thing| thing["type"] == "NewsArticle").unwrap()["datePublished"], "2024-05-16");
}
