//! What reconciliation services proposed for names, as the store keeps it.

use crate::sample::{ask_around, base, dump, entities, stored};
use dixit::entity::reconcile::Proposal;
use dixit::graph::check::check;
use dixit::graph::{Asked, ExportFormat, Import, ImportFormat, Store, Texts, export};

fn asked(name: &str) -> Asked {
    Asked { service: "https://other.example/api".to_owned(), name: name.to_owned(), class: None }
}

fn proposal(item: &str, score: Option<f64>) -> Proposal {
    let item = format!("http://www.wikidata.org/entity/{item}");
    Proposal { item, name: "Maëlle".to_owned(), description: None, score, is_match: false }
}

/// Items and scores.
fn found(store: &Store, name: &str) -> Vec<(String, Option<f64>)> {
    let candidates = store.proposals(&base().local_entity(name)).unwrap();
    let item = |iri: &str| iri.rsplit('/').next().unwrap().to_owned();
    candidates.into_iter().map(|candidate| (item(candidate.item.as_str()), candidate.score)).collect()
}

#[test]
fn an_actor_has_the_proposals_of_all_services_for_its_name_matches_first() {
    let store = stored();
    ask_around(&store);
    let others = vec![proposal("Q900003", Some(90.0)), proposal("Q900004", None)];
    store.keep_proposals(&[(asked("Maëlle Kervadec"), others)]).unwrap();
    let expected = [("Q900002", Some(100.0)), ("Q900003", Some(90.0)), ("Q900001", Some(81.25)), ("Q900004", None)];
    assert_eq!(found(&store, "Maëlle Kervadec"), expected.map(|(item, score)| (item.to_owned(), score)));
    assert_eq!(found(&store, "Inès Morel"), []);
    let broken = check(store.query_store(), 3).unwrap();
    assert!(broken.iter().all(|finding| finding.count == 0), "{broken:#?}");
}

#[test]
fn a_new_answer_takes_the_place_of_the_old_one() {
    let store = stored();
    let before = dump(&store);
    let keep = |proposals: &[Proposal]| {
        store.keep_proposals(&[(asked("Maëlle Kervadec"), proposals.to_vec())]).unwrap();
    };
    keep(&[proposal("Q900001", Some(1.0)), proposal("Q900002", Some(0.5))]);
    assert!(store.is_asked(&asked("Maëlle Kervadec")).unwrap() && !store.is_asked(&asked("Maëlle")).unwrap());
    keep(&[proposal("Q900003", Some(-0.00001))]);
    assert_eq!(found(&store, "Maëlle Kervadec"), [("Q900003".to_owned(), Some(0.0))]);
    keep(&[]);
    assert_eq!(found(&store, "Maëlle Kervadec"), []);
    assert_eq!(
        dump(&store).lines().count(),
        before.lines().count() + 4,
        "the question stays, with its answer: nothing"
    );
}

#[test]
fn the_store_keeps_its_own_answers_when_others_come_in() {
    let stores = [stored(), stored()];
    for (store, item) in stores.iter().zip(["Q900001", "Q900002"]) {
        store.keep_proposals(&[(asked("Maëlle Kervadec"), vec![proposal(item, Some(1.0))])]).unwrap();
    }
    stores[1].keep_proposals(&[(asked("Inès Morel"), vec![proposal("Q900005", None)])]).unwrap();
    let mut lines = Vec::new();
    export(&stores[1], ExportFormat::NQuads, Texts::Included, &mut lines).unwrap();
    let import = Import::of_bytes("a.nq", lines, ImportFormat::NQuads).unwrap();
    assert_eq!(import.unknown_terms(), []);
    stores[0].import(&import, entities()).unwrap();
    assert_eq!(found(&stores[0], "Maëlle Kervadec"), [("Q900001".to_owned(), Some(1.0))]);
    assert_eq!(found(&stores[0], "Inès Morel"), [("Q900005".to_owned(), None)]);
}

#[test]
fn those_who_speak_without_an_item_are_unlinked_the_most_quoted_first() {
    let unlinked = stored().unlinked_actors("fr").unwrap();
    let told: Vec<_> = unlinked.iter().map(|it| (it.name.as_str(), it.is_person, it.statements)).collect();
    assert_eq!(told, [("Maëlle Kervadec", true, 6), ("Inès Morel", true, 2)]);
}
