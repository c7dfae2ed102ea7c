//! Any words as the values of a saved query's parameters (`QUERY`, then a line `NAME=VALUE` for each): whatever the values
//! are, it stays the same query, with other terms in it.

use super::store::shared;
use super::{text, without_variables};
use dixit::query::names::Names;
use dixit::query::parameter::Kind;
use dixit::query::{KnownEntities, Language, Prepared, SavedQuery, find, prepare};

pub fn holds(bytes: &[u8]) {
    let Some((name, lines)) = text(bytes).and_then(|text| text.split_once('\n')) else { return };
    let Ok(query) = find(name) else { return };
    let pairs = lines.split('\n').filter_map(|line| line.split_once('='));
    let arguments: Vec<_> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let store = shared();
    let known = KnownEntities::new(store.base());
    let names = Names::new(store.query_store(), &known, Language::Fr).without_suggestions();
    let prepared = match prepare(query, &arguments, &names, Language::Fr) {
        Ok(prepared) => prepared,
        Err(error) => return assert!(!error.is_internal(), "{error}"),
    };
    let again = Prepared::from_sparql(&prepared.sparql(), Language::Fr);
    assert!(again.is_ok_and(|again| again.form() == prepared.form()), "{}", prepared.sparql());

    let examples: Vec<_> = arguments.iter().map(|(name, _)| (name.clone(), example(query, name))).collect();
    // Several values take more room than one, and an interval may have one end.
    let is_plain = |name: &str| query.parameter(name).is_some_and(|parameter| parameter.kind != Kind::Interval);
    let several = |name: &str| arguments.iter().filter(|(other, _)| other == name).count() > 1;
    let shows_one = prepared.understood.iter().all(|(_, shown)| !shown.contains(", "));
    if shows_one && arguments.iter().all(|(name, _)| is_plain(name) && !several(name)) {
        let names = Names::new(store.query_store(), &known, Language::Fr);
        let model = prepare(query, &examples, &names, Language::Fr).expect("examples can be asked");
        assert_eq!(skeleton(&prepared.sparql()), skeleton(&model.sparql()));
    }
}

fn example(query: &SavedQuery, name: &str) -> String {
    query.parameter(name).map(|parameter| parameter.example.clone()).unwrap_or_default()
}

/// A query without its IRIs, texts and numbers.
fn skeleton(sparql: &str) -> String {
    let sparql = without_variables(sparql);
    let mut bare = String::new();
    let mut rest = sparql.char_indices();
    while let Some((at, c)) = rest.next() {
        match c {
            '"' => {
                // To the mark that ends it.
                while let Some((_, c)) = rest.next() {
                    match c {
                        '\\' => drop(rest.next()),
                        '"' => break,
                        _ => {}
                    }
                }
                bare.push('"');
            }
            // Else it compares, with a space behind.
            '<' if !sparql[at + 1..].starts_with([' ', '=']) => {
                rest.by_ref().find(|(_, c)| *c == '>');
                bare.push('<');
            }
            digit if digit.is_ascii_digit() => {}
            other => bare.push(other),
        }
    }
    bare
}
