//! Many articles are added at once: the store is as if they had come one by one.

use crate::any_deeds::{act, acts, stored};
use crate::curation::changed;
use crate::sample::*;
use crate::utterances;
use dixit::article::Article;
use dixit::extract::{Statement, extract};
use dixit::graph::{Change, NamedNode, Store};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// An article that may come, and come again.
fn arriving(number: usize) -> (Article, Vec<Statement>) {
    let said = |article: Article| (article.clone(), extract(&article, entities()));
    match number.checked_sub(utterances::ARTICLES.len()) {
        None => said(utterances::article(number)),
        Some(0) => (article(), statements()),
        Some(1) => changed(),
        // The same text from a file, which gives way to what names its outlet.
        Some(2) => said(Article { address: "/fete.txt".to_owned(), url: None, outlet: None, ..article() }),
        Some(3) => said(Article { address: "https://ailleurs.example/fete".to_owned(), ..article() }),
        Some(_) => {
            let (_, day, text) = utterances::ARTICLES[0];
            said(at("courrier", day, &format!("{text} Elle s'en réjouit.")))
        }
    }
}

/// A store that says the same. Deeds done anew would have other times.
fn copy(store: &Store) -> Store {
    let copy = Store::in_memory(base()).unwrap();
    copy.query_store().extend(store.query_store().iter().map(Result::unwrap)).unwrap();
    copy
}

/// How many there are.
const ARRIVING: usize = utterances::ARTICLES.len() + 5;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever was there, even without what describes its entities, whatever comes, and however many quads are gathered in a
    /// layer.
    #[test]
    fn layers_do_not_show(
        acts in acts(),
        before in prop::collection::vec(0..ARRIVING, 0..4),
        numbers in prop::collection::vec(0..ARRIVING, 1..30),
        are_described in any::<bool>(),
        most_quads in prop_oneof![Just(1usize), 1..2000usize],
    ) {
        let one_by_one = stored();
        acts.iter().for_each(|done| act(&one_by_one, done));
        for (article, statements) in before.iter().map(|number| arriving(*number)) {
            one_by_one.add_article(&article, &statements, entities()).unwrap();
        }
        if !are_described {
            let described = NamedNode::new_unchecked(format!("{}graph/entities", base()));
            one_by_one.query_store().clear_graph(&described).unwrap();
        }
        let at_once = copy(&one_by_one);
        let mut adding = at_once.adding_by(most_quads).unwrap();
        for (article, statements) in numbers.iter().map(|number| arriving(*number)) {
            let was_unchanged = at_once.is_unchanged(&article, entities()).unwrap();
            let is_unchanged = one_by_one.is_unchanged(&article, entities()).unwrap();
            if was_unchanged {
                prop_assert_eq!(adding.is_still_unchanged(&article, entities()).unwrap(), is_unchanged);
            }
            let change = one_by_one.add_article(&article, &statements, entities()).unwrap();
            prop_assert_eq!(adding.add_article(&article, &statements, entities()).unwrap(), change);
            let loose = adding.loose_corrections(&article).unwrap();
            prop_assert_eq!(loose, one_by_one.loose_corrections(&article).unwrap());
        }
        adding.end().unwrap();
        let [at_once_says, one_by_one_says] = [dump(&at_once), dump(&one_by_one)];
        let only = |one: &str, other: &str| {
            let other: BTreeSet<_> = other.lines().collect();
            one.lines().filter(|line| !other.contains(line)).map(str::to_owned).collect::<Vec<_>>()
        };
        prop_assert_eq!(only(&at_once_says, &one_by_one_says), Vec::<String>::new());
        prop_assert_eq!(only(&one_by_one_says, &at_once_says), Vec::<String>::new());
        // Nor is a graph left of which nothing is.
        let graphs = |store: &Store| store.query_store().named_graphs().map(Result::unwrap).count();
        prop_assert!(graphs(&at_once) <= graphs(&one_by_one));
    }
}

#[test]
fn an_article_is_stored_when_the_next_layer_is_full() {
    let store = Store::in_memory(base()).unwrap();
    let mut adding = store.adding_by(1).unwrap();
    let is_there = |number: usize| {
        store.query_store().contains_named_graph(&base().article(&utterances::article(number).address)).unwrap()
    };
    for number in 0..3 {
        let (article, statements) = arriving(number);
        assert_eq!(adding.add_article(&article, &statements, entities()).unwrap(), Change::Added);
        assert_eq!(adding.stored(), number);
        assert!(!is_there(number) && (number == 0 || is_there(number - 1)));
    }
    adding.end().unwrap();
    assert!(is_there(2));
}

#[test]
fn what_is_dropped_before_its_end_was_never_there() {
    let store = Store::in_memory(base()).unwrap();
    let empty = dump(&store);
    let mut adding = store.adding().unwrap();
    let (article, statements) = arriving(0);
    adding.add_article(&article, &statements, entities()).unwrap();
    drop(adding);
    assert_eq!(dump(&store), empty);
}

fn said(outlet: &str, text: &str) -> (Article, Vec<Statement>) {
    let article = at(outlet, "2024-05-16", text);
    (article.clone(), extract(&article, entities()))
}

fn quoting(outlet: &str, who: &str) -> (Article, Vec<Statement>) {
    said(outlet, &format!("« Le péage du pont restera gratuit », a déclaré {who}."))
}

/// Adds articles to the store one by one and to a copy at once.
fn add_both_ways(store: &Store, coming: &[(Article, Vec<Statement>)]) {
    let at_once = copy(store);
    let mut adding = at_once.adding().unwrap();
    for (article, statements) in coming {
        let change = store.add_article(article, statements, entities()).unwrap();
        assert_eq!(adding.add_article(article, statements, entities()).unwrap(), change);
    }
    adding.end().unwrap();
    assert_eq!(dump(&at_once), dump(store));
}

/// What was read of a statement for one article is kept for the next ones, unless they say who its speaker is.
#[test]
fn whoever_is_described_on_the_way_is_known_from_then_on() {
    let store = Store::in_memory(base()).unwrap();
    let (article, statements) = quoting("agence", "Emmanuel Macron");
    store.add_article(&article, &statements, entities()).unwrap();
    let described = NamedNode::new_unchecked(format!("{}graph/entities", base()));
    store.query_store().clear_graph(&described).unwrap();
    let promise = "Emmanuel Macron a promis que les quais du Vallon seraient ouverts en été.";
    add_both_ways(&store, &[quoting("courrier", "Anne Roy"), said("gazette", promise), quoting("echo", "Luc Petit")]);
}

/// That somebody was described for one article does not mean that it still is for the next.
#[test]
fn whoever_went_with_an_article_is_described_for_another() {
    let promise = said("gazette", "Jeanne Le Bihan a promis que les quais du Vallon seraient ouverts en été.");
    let store = Store::in_memory(base()).unwrap();
    add_both_ways(&store, &[quoting("agence", "Jeanne Le Bihan"), quoting("agence", "Luc Petit"), promise]);
}
