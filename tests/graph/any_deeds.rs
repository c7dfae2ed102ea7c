//! Any deeds in any order: only those that stand count.

use crate::curation::{agency, changed, echo, first, rejected, undo};
use crate::sample::{ANNA, article, base, dump, entities, entity, everything, link, statements};
use dixit::article::Article;
use dixit::entity::link::Method;
use dixit::extract::{Actor, Kind, Statement};
use dixit::graph::curation::{Accepted, Amendment, Deed, Item, Who, Whom};
use dixit::graph::vocabulary::schema;
use dixit::graph::{NamedNode, Store};
use oxigraph::model::GraphName;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::slice::from_ref;

/// What somebody may do.
#[derive(Debug, Clone)]
pub enum Act {
    Edit { words: usize, actor: Option<usize>, kind: Option<usize>, date: bool },
    TakeOut(usize),
    Merge(usize, usize),
    Accept(usize, usize),
    Reject(usize, usize, bool),
    Rename(usize, usize),
    Undo(usize),
    Add(bool),
    Remove,
}

const WORDS: [&str; 4] = ["Nous planterons", "une fanfare", "le bal serait annulé", "Qui paiera"];

pub fn acts() -> impl Strategy<Value = Vec<Act>> {
    let edit = (0..4usize, prop::option::of(0..6usize), prop::option::of(0..3usize), any::<bool>())
        .prop_map(|(words, actor, kind, date)| Act::Edit { words, actor, kind, date });
    let act = prop_oneof![
        4 => edit,
        2 => (0..4usize).prop_map(Act::TakeOut),
        4 => (0..6usize, 0..6usize).prop_map(|(kept, merged)| Act::Merge(kept, merged)),
        2 => (0..5usize, 0..2usize).prop_map(|(actor, item)| Act::Accept(actor, item)),
        3 => (0..6usize, 0..6usize, any::<bool>()).prop_map(|(actor, item, here)| Act::Reject(actor, item, here)),
        2 => (0..6usize, 0..2usize).prop_map(|(thing, name)| Act::Rename(thing, name)),
        4 => (0..6usize).prop_map(Act::Undo),
        2 => any::<bool>().prop_map(Act::Add),
        1 => Just(Act::Remove),
    ];
    prop::collection::vec(act, 1..10)
}

fn things() -> [NamedNode; 6] {
    let local = |name| base().local_entity(name);
    let (radio, linked) = (base().entity("Q19905"), base().entity(LINKED));
    [agency(), echo(), local("Maëlle Kervadec"), local("Inès Morel"), radio, linked]
}

/// To whom the program links a name in the articles.
const LINKED: &str = "Q5015";

/// Statements of which the last is by somebody whom the program takes for another.
fn linked(mut statements: Vec<Statement>) -> Vec<Statement> {
    let last = statements.pop().unwrap();
    let morel = Actor {
        entity: Some(entity(LINKED)),
        link: link("Inès Morel", Method::Name, 0.75, &["Q76"]),
        ..last.actors[0].clone()
    };
    statements.push(Statement { actors: [morel].into(), ..last });
    statements
}

/// A store with the sample at two addresses.
pub fn stored() -> Store {
    let store = Store::in_memory(base()).unwrap();
    for article in [article(), copy()] {
        store.add_article(&article, &linked(statements()), entities()).unwrap();
    }
    store
}

fn copy() -> Article {
    Article { address: "https://vallon.example/2".to_owned(), ..article() }
}

/// Two items that nobody knows, one of a thing, a candidate, and the one that a name leads to.
const ITEMS: [&str; 6] = ["Q990000001", "Q990000002", "Q40464", "Q76", LINKED, LINKED];

fn item_of(id: &str) -> Item {
    Item { id: id.to_owned(), ..Item::default() }
}

/// Does it; what cannot be done is not.
pub fn act(store: &Store, act: &Act) {
    let things = things();
    let find = |words: usize| {
        let quads = store.query_store().quads_for_pattern(None, Some(schema::TEXT), None, None);
        let said = quads.map(Result::unwrap).find(|quad| quad.object.to_string().contains(WORDS[words]));
        said.and_then(|quad| NamedNode::new(quad.subject.to_string().trim_matches(['<', '>'])).ok())
    };
    match act {
        Act::Edit { words, actor, kind, date } => {
            let change = Amendment {
                kind: kind.map(|kind| Kind::ALL[kind]),
                date: date.then(|| "2024-02".parse().unwrap()),
                ..Amendment::default()
            };
            let actors: Vec<_> = actor.iter().map(|actor| Who::Known(things[*actor].clone())).collect();
            if let (Some(statement), false) = (find(*words), actors.is_empty() && change.is_empty()) {
                let _ = store.correct(&statement, &actors, change, ANNA, entities());
            }
        }
        Act::TakeOut(words) => {
            if let Some(statement) = find(*words) {
                let _ = store.correct(&statement, &[], rejected(), ANNA, entities());
            }
        }
        Act::Merge(kept, merged) => {
            let _ = store.merge(&things[*kept], &[things[*merged].clone()], true, ANNA, entities());
        }
        Act::Accept(actor, item) => {
            let accepted = Accepted { actor: things[*actor].clone(), item: item_of(ITEMS[*item]) };
            let _ = store.accept(&[accepted], true, ANNA, entities());
        }
        Act::Reject(actor, item, here) => {
            let article = here.then(first);
            let item = [ITEMS[*item].to_owned()];
            let _ = store.reject(Whom::Actor(&things[*actor]), &item, article.as_ref(), ANNA, entities());
        }
        Act::Rename(thing, name) => {
            let _ = store.rename(&things[*thing], ["Agence", "La Kervadec"][*name], ANNA, entities());
        }
        Act::Undo(number) => {
            if let Some(listed) = store.corrections().unwrap().get(*number) {
                let _ = store.undo(from_ref(&listed.deed.id), "bob", entities());
            }
        }
        Act::Add(plain) => {
            let (article, statements) = if *plain { (article(), statements()) } else { changed() };
            store.add_article(&article, &linked(statements), entities()).unwrap();
        }
        Act::Remove => drop(store.remove_article(&first()).unwrap()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Whatever was done, and whatever came and went meanwhile: the articles are as the deeds that stand would have them,
    /// and when all are undone, as if there had been none.
    #[test]
    fn only_the_deeds_that_stand_count(acts in acts()) {
        let store = stored();
        acts.iter().for_each(|done| act(&store, done));
        store.add_article(&article(), &linked(statements()), entities()).unwrap();

        let deeds: Vec<Deed> = store.corrections().unwrap().into_iter().map(|listed| listed.deed).collect();
        let mut turtle = Vec::new();
        store.write_corrections(&deeds, &mut turtle).unwrap();
        let (by_table, by_turtle) = (Store::in_memory(base()).unwrap(), Store::in_memory(base()).unwrap());
        by_table.import_tsv(&store.corrections_as_tsv(&deeds).unwrap(), entities()).unwrap();
        by_turtle.import_turtle(std::str::from_utf8(&turtle).unwrap(), entities()).unwrap();
        for other in [&by_table, &by_turtle] {
            for article in [copy(), article()] {
                other.add_article(&article, &linked(statements()), entities()).unwrap();
            }
            prop_assert_eq!(dump(&store), dump(other));
        }

        for deed in deeds.iter().filter(|deed| deed.undone.is_none()) {
            undo(&store, deed);
        }
        let history = GraphName::from(base().curation_graph());
        let without = |store: &Store| {
            let quads = everything(store).into_iter().filter(|quad| quad.graph_name != history);
            quads.map(|quad| quad.to_string()).collect::<BTreeSet<_>>()
        };
        let (after, before) = (without(&store), without(&stored()));
        prop_assert!(before.is_subset(&after));
        // Whoever is named in the history is described.
        for quad in after.difference(&before) {
            prop_assert!(quad.ends_with("graph/entities>"), "{}", quad);
        }
    }
}
