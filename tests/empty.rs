//! An empty answer says why it may be empty.

use dixit::query::names::{Names, NoTable};
use dixit::query::{Format, Language, find, format, prepare, run, why_empty};
use oxigraph::io::RdfFormat;
use oxigraph::store::Store;
use std::time::Duration;

fn store() -> Store {
    let store = Store::new().unwrap();
    for graph in [include_str!("fixtures/small.trig"), include_str!("fixtures/press.trig")] {
        // One article is in a language that is not read.
        let graph = graph.replace("schema:inLanguage \"en\"", "schema:inLanguage \"de\"");
        store.load_from_slice(RdfFormat::TriG, &graph).unwrap();
    }
    store
}

/// The reasons for which a saved query has no rows, which it must not have.
fn reasons(store: &Store, name: &str, pairs: &[(&str, &str)]) -> Vec<String> {
    let names = Names::new(store, &NoTable, Language::En);
    let arguments: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let prepared = prepare(find(name).unwrap(), &arguments, &names, Language::En).unwrap();
    let mut rows = Vec::new();
    let count = format::write(run(store, prepared.clone()).unwrap(), Format::Csv, &mut rows).unwrap();
    assert_eq!(count, 0, "{name} {pairs:?}");
    why_empty(store, &prepared, Duration::from_secs(60))
}

#[test]
fn an_empty_answer_says_what_there_would_be_with_less() {
    let store = store();
    type Case = (&'static str, &'static [(&'static str, &'static str)], &'static str);
    let cases: [Case; 9] = [
        (
            "who-said-what",
            &[("topic", "dam"), ("when", "2030")],
            "without when=2030 there would be 6 rows, from 2023-01-09 to 2023-02-28",
        ),
        ("what-did-say", &[("who", "Marc Vidal"), ("kind", "direct")], "without kind=Direct there would be 1 row"),
        (
            "what-did-say",
            &[("who", "Marc Vidal"), ("since", "2024")],
            "without since=2024-01-01 there would be 1 row, on 2023-01-12",
        ),
        ("what-did-say", &[("who", "Marc Vidal"), ("from", "L'Aube")], "without from=L'Aube there would be 1 row"),
        ("denials", &[("who", "Morvania"), ("when", "2030")], "without when=2030 there would be 1 row, on 2023-01-12"),
        ("promises", &[("topic", "tax"), ("when", "2030")], "without topic=tax and when=2030 there would be 2 rows"),
        (
            "said-about",
            &[("who", "Marc Vidal"), ("topic", "tax")],
            "there are statements for each of who=Marc Vidal and topic=tax, and none for all of them",
        ),
        (
            "who-said-what",
            &[("topic", "Anne Roy")],
            "no statement in the store is about Anne Roy; there are some by Anne Roy (who=Anne Roy)",
        ),
        ("what-did-say", &[("who", "L'Aube")], "no statement in the store is by L'Aube"),
    ];
    for (name, pairs, expected) in cases {
        let reasons = reasons(&store, name, pairs);
        assert!(reasons[0].starts_with(expected), "{name} {pairs:?}: {reasons:?}");
        assert_eq!(
            reasons[1..],
            ["statements are extracted from French and English only; other articles: 1 in `de`"],
            "{name}"
        );
    }
}

#[test]
fn an_empty_store_is_told_as_such() {
    let store = Store::new().unwrap();
    let reasons = reasons(&store, "most-quoted-actors", &[]);
    assert_eq!(reasons, ["the store has no statements: `dixit add` makes them from articles"]);
}

#[test]
fn what_asks_too_long_is_left_out() {
    let store = store();
    let names = Names::new(&store, &NoTable, Language::En);
    let arguments = [("topic".to_owned(), "dam".to_owned()), ("when".to_owned(), "2030".to_owned())];
    let prepared = prepare(find("who-said-what").unwrap(), &arguments, &names, Language::En).unwrap();
    assert_eq!(why_empty(&store, &prepared, Duration::ZERO), Vec::<String>::new());
}
