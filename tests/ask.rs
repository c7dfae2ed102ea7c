//! Questions as journalists ask them, and what `dixit ask` makes of each: ask.tsv.

use dixit::query::names::NoTable;
use dixit::query::{library, understand};
use oxigraph::io::RdfFormat;
use oxigraph::store::Store;

/// What stands for a question that must be refused.
const REFUSED: &str = "-";

fn store() -> Store {
    let store = Store::new().unwrap();
    for graph in [include_str!("fixtures/small.trig"), include_str!("fixtures/press.trig")] {
        store.load_from_slice(RdfFormat::TriG, graph).unwrap();
    }
    store
}

/// The query and the values of its parameters that have no default, names without their items.
fn understood(store: &Store, question: &str) -> (String, Vec<(String, String)>) {
    let Ok((saved, prepared)) = understand(library(), question, store, &NoTable, None) else {
        return (REFUSED.to_owned(), Vec::new());
    };
    let given =
        prepared.understood.into_iter().filter(|(name, _)| !["limit", "least", "below"].contains(&name.as_str()));
    let name = |name: &str| name.split(" (Q").next().unwrap_or_default().to_owned();
    let without_item = |value: String| value.split(", ").map(name).collect::<Vec<_>>().join(", ");
    (saved.name.clone(), given.map(|(name, value)| (name, without_item(value))).collect())
}

fn is_as_expected(values: &[(String, String)], expected: &str) -> bool {
    let expected: Vec<(&str, &str)> = expected.split(';').filter_map(|pair| pair.split_once('=')).collect();
    expected.len() == values.len()
        && expected.iter().all(|(name, value)| values.iter().any(|(n, v)| n == name && (v == value || *value == "*")))
}

#[test]
fn questions_of_journalists() {
    let store = store();
    let (mut asked, mut missed, mut taken) = (0, Vec::new(), Vec::new());
    for line in include_str!("ask.tsv").lines().skip(1).filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [question, query, parameters] = cells[..] else { panic!("three columns: {line}") };
        let (name, values) = understood(&store, question);
        if query == REFUSED {
            taken.extend((name != REFUSED).then(|| format!("{question} → {name} {values:?}")));
            continue;
        }
        asked += 1;
        if name != query || !is_as_expected(&values, parameters) {
            missed.push(format!("{question} → {name} {values:?}"));
        }
    }
    assert_eq!(taken, Vec::<String>::new(), "nonsense is refused");
    assert_eq!(missed, Vec::<String>::new(), "of {asked} questions these are not understood");
}
