//! Articles come and go: what is removed leaves no trace.

use crate::sample::*;
use dixit::article::Article;
use dixit::extract::{ActorKind, Kind, Statement};
use dixit::graph::Store;
use proptest::prelude::*;

fn memory() -> Store {
    Store::in_memory(base()).unwrap()
}

fn add(store: &Store, article: &Article, statements: &[Statement]) {
    store.add_article(article, statements, entities()).unwrap();
}

/// The sample at another address. What has the same text is the same article: the place is told in the text.
fn at(address: &str) -> Article {
    let text = format!("{TEXT}\n{address}");
    Article { address: address.to_owned(), url: None, text, ..article() }
}

/// A statement of somebody whom the table does not know, under a name that an IRI does not tell from others.
fn said_by(name: &str, kind: ActorKind) -> Vec<Statement> {
    vec![statement(Kind::Direct, &["Nous planterons mille arbres"], "a promis", actor(name, "Maëlle Kervadec", kind))]
}

#[test]
fn a_removed_article_leaves_no_trace() {
    let store = memory();
    add(&store, &at("/a.txt"), &statements());
    let before = dump(&store);
    add(&store, &at("/b.txt"), &statements());
    assert!(store.remove_article(&base().article("/b.txt")).unwrap());
    assert_eq!(dump(&store), before);
    assert!(!store.remove_article(&base().article("/b.txt")).unwrap());
    assert!(store.remove_article(&base().article("/a.txt")).unwrap());
    assert_eq!(dump(&store), "");
}

/// "Léa Roy" and "LÉA ROY" have the same IRI; each article may also take her for something else.
#[test]
fn what_one_article_says_of_an_entity_goes_with_it() {
    let (plain, loud) = (said_by("Léa Roy", ActorKind::Person), said_by("LÉA ROY", ActorKind::Organisation));
    for replaced in [false, true] {
        let (store, expected) = (memory(), memory());
        add(&store, &at("/a.txt"), &plain);
        add(&store, &at("/b.txt"), &loud);
        if replaced {
            add(&store, &Article { title: None, ..at("/b.txt") }, &plain);
            add(&expected, &Article { title: None, ..at("/b.txt") }, &plain);
        } else {
            store.remove_article(&base().article("/b.txt")).unwrap();
        }
        add(&expected, &at("/a.txt"), &plain);
        assert_eq!(dump(&store), dump(&expected));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever came and went, the store is as if only what is left had been added.
    #[test]
    fn only_what_is_left_counts(deeds in prop::collection::vec((0..4usize, any::<bool>()), 1..12)) {
        let names = ["Léa Roy", "LÉA ROY", "Léa  Roy", "Luc Petit"];
        let kinds = [ActorKind::Person, ActorKind::Organisation, ActorKind::Authority, ActorKind::Person];
        let put = |store: &Store, number: usize| {
            add(store, &at(&format!("/{number}.txt")), &said_by(names[number], kinds[number]));
        };
        let store = memory();
        let mut left = [false; 4];
        for (number, stays) in deeds {
            left[number] = stays;
            match stays {
                true => put(&store, number),
                false => drop(store.remove_article(&base().article(&format!("/{number}.txt"))).unwrap()),
            }
        }
        let expected = memory();
        (0..4).filter(|number| left[*number]).for_each(|number| put(&expected, number));
        prop_assert_eq!(dump(&store), dump(&expected));
    }
}
