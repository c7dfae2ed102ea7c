//! The queries that compare, on a small graph: every row. Lists of statements are in queries.rs.

use dixit::graph::{Base, ExportFormat};
use dixit::query::names::{Names, NoTable};
use dixit::query::{Form, Format, Language, find, format, library, prepare, run};
use oxigraph::io::RdfFormat;
use oxigraph::store::Store;

fn store() -> Store {
    let store = Store::new().unwrap();
    store.load_from_slice(RdfFormat::TriG, include_str!("fixtures/press.trig")).unwrap();
    store
}

/// The answer as a table, or the constructed graph.
fn rows(store: &Store, name: &str, pairs: &[(&str, &str)]) -> String {
    let names = Names::new(store, &NoTable, Language::En);
    let arguments: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let prepared = prepare(find(name).unwrap(), &arguments, &names, Language::En);
    let prepared = prepared.unwrap_or_else(|error| panic!("{name} {pairs:?}: {error}"));
    let (mut bytes, form) = (Vec::new(), prepared.form());
    let answer = run(store, prepared).unwrap();
    let written = match form {
        Form::Graph => format::write_graph(answer, ExportFormat::Turtle, &Base::default(), &mut bytes),
        _ => format::write(answer, Format::Markdown, &mut bytes),
    };
    written.unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_saved_query_gives_these_rows() {
    let store = store();
    let statement = "https://data.dixit.example/article/00000000000000b1/statement/1-30";
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("first-said", &[("topic", "dam")]),
        ("first-said", &[("topic", "dam"), ("when", "since February 2023")]),
        ("exchange", &[("who", "Léa Brun"), ("whom", "Marc Vidal")]),
        ("answers-to-each-other", &[]),
        ("answers-to-each-other", &[("who", "Marc Vidal")]),
        ("denials", &[("who", "Morvania")]),
        ("what-did-say", &[("who", "Léa Brun"), ("from", "Le Phare")]),
        ("denials-and-denied", &[("topic", "dam")]),
        ("denials-and-denied", &[("topic", "dam"), ("when", "2022")]),
        ("articles-about", &[("topic", "water")]),
        ("articles-about", &[("topic", "water"), ("publisher", "Le Phare"), ("written", "fr")]),
        ("coverage", &[("topic", "dam")]),
        ("by-month", &[("topic", "water")]),
        ("topics-by-month", &[("least", "2")]),
        ("topics-by-month", &[("least", "1"), ("when", "February 2023")]),
        ("topics-together", &[("topic", "dam")]),
        ("topics-together", &[("topic", "tax, dam")]),
        ("outlets-side-by-side", &[("topic", "dam")]),
        ("outlets-side-by-side", &[("topic", "dam"), ("publisher", "L'Aube, Le Phare")]),
        ("outlets-and-whom-they-quote", &[("who", "Léa Brun")]),
        ("whom-outlet-never-quotes", &[("publisher", "Radio Crête")]),
        ("whom-outlet-never-quotes", &[("publisher", "L'Aube"), ("topic", "dam")]),
        ("who-relays-whom", &[]),
        ("who-relays-whom", &[("publisher", "L'Aube")]),
        ("chain-of-relay", &[]),
        ("same-words", &[]),
        ("same-words", &[("topic", "tax")]),
        ("told-differently", &[]),
        ("told-differently", &[("who", "Marc Vidal")]),
        ("voices-by-country", &[]),
        ("voices-by-country", &[("topic", "tax")]),
        ("voices-by-gender", &[]),
        ("voices-by-gender", &[("topic", "dam")]),
        ("voices-by-kind", &[]),
        ("voices-by-kind", &[("topic", "dam"), ("when", "January 2023")]),
        ("voices-by-office", &[]),
        ("voices-by-office", &[("who", "Marc Vidal")]),
        ("how-reported", &[]),
        ("how-reported", &[("who", "Léa Brun"), ("publisher", "L'Aube")]),
        ("how-reported", &[("publisher", "Le Phare"), ("topic", "dam")]),
        ("provenance", &[("statement", statement)]),
        ("doubtful-links", &[]),
        ("copied-articles", &[]),
        ("changed-since", &[]),
        ("changed-since", &[("since", "2024-06-02")]),
        ("vocabulary-of-topic", &[("topic", "dam")]),
        ("subgraph", &[("topic", "tax")]),
        ("subgraph", &[("topic", "dam"), ("limit", "1")]),
        ("hearsay", &[("topic", "dam")]),
        ("promises", &[]),
        ("questions-asked", &[]),
        ("anonymous", &[("from", "L'Aube")]),
        ("interviews", &[("to", "Radio Crête")]),
    ];
    let mut all = String::new();
    for (name, pairs) in cases {
        let pairs_shown: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        all.push_str(&format!("{name} {}\n\n{}\n", pairs_shown.join(" "), rows(&store, name, pairs)));
    }
    insta::assert_snapshot!("library", all);
}

/// Of every parameter that takes several values, two do.
#[test]
fn every_query_takes_lists() {
    let store = store();
    for saved in library().iter().filter(|saved| !saved.sparql.contains("SERVICE")) {
        let mut pairs = Vec::new();
        for parameter in &saved.parameters {
            let value = match parameter.kind.name() {
                "outlet" => "L'Aube, Le Phare",
                "kind" => "direct, mixed",
                "language" => "fr, en",
                "interval" => "since 2022",
                "iri" => "https://a.example/b",
                "text" => "dam",
                _ if parameter.kind.role().is_some() => "Léa Brun, Marc Vidal",
                _ => continue,
            };
            pairs.push((parameter.name.as_str(), value));
        }
        rows(&store, &saved.name, &pairs);
    }
}
