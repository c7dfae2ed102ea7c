//! Whom names mean, and what they are called, as people decided.

use crate::curation::undo;
use crate::sample::*;
use dixit::article::Article;
use dixit::entity::EntityKind;
use dixit::entity::link::Method;
use dixit::extract::{Actor, ActorKind, Statement};
use dixit::graph::check::check;
use dixit::graph::curation::{Accepted, CurationError, Deed, Item, Rejection, What, Whom};
use dixit::graph::vocabulary::{dixit as terms, schema};
use dixit::graph::{Change, ExportFormat, Import, ImportFormat, LinkState, NamedNode, Shares, Store, Texts, export};
use dixit::query::Language;
use dixit::query::names::{Names, NoTable};
use oxigraph::model::NamedNodeRef;
use oxigraph::model::vocab::rdfs;
use std::collections::BTreeSet;

/// Whom the program takes for Inès Morel.
const LINKED: &str = "Q5015";
const NEW: &str = "Q990000001";

/// The sample, in which Inès Morel is taken for another.
fn mistaken() -> Vec<Statement> {
    let mut statements = statements();
    let last = statements.pop().unwrap();
    let morel = Actor {
        entity: Some(entity(LINKED)),
        link: link("Inès Morel", Method::Name, 0.75, &[]),
        ..last.actors[0].clone()
    };
    statements.push(Statement { actors: [morel].into(), ..last });
    statements
}

fn store(statements: &[Statement]) -> Store {
    let store = Store::in_memory(base()).unwrap();
    add(&store, "https://vallon.example/fete", statements);
    store
}

fn add(store: &Store, address: &str, statements: &[Statement]) -> NamedNode {
    let article = Article { address: address.to_owned(), ..article() };
    store.add_article(&article, statements, entities()).unwrap();
    base().article(address)
}

fn local(name: &str) -> NamedNode {
    base().local_entity(name)
}

fn accept(store: &Store, name: &str, item: &str) -> Result<Deed, CurationError> {
    let item = Item { id: item.to_owned(), ..Item::default() };
    Ok(store.accept(&[Accepted { actor: local(name), item }], false, ANNA, entities())?.remove(0))
}

fn reject(store: &Store, whom: Whom<'_>, item: &str, article: Option<&NamedNode>) -> Result<Deed, CurationError> {
    Ok(store.reject(whom, &[item.to_owned()], article, ANNA, entities())?.remove(0))
}

/// What is said of a thing, without the base and the language.
fn said(store: &Store, subject: &NamedNode, predicate: NamedNodeRef<'_>) -> Vec<String> {
    let quads = store.query_store().quads_for_pattern(Some(subject.into()), Some(predicate), None, None);
    let mut said: Vec<_> = quads.map(|quad| quad.unwrap().object.to_string().replace(base().as_str(), "~")).collect();
    said.sort();
    said
}

/// Who speaks the words in an article.
fn speakers(store: &Store, article: &NamedNode, words: &str) -> Vec<String> {
    said(store, &saying(store, article, words), terms::ACTOR)
}

fn keeps_the_rules(store: &Store) {
    let broken = check(store.query_store(), 3).unwrap();
    assert!(broken.iter().all(|finding| finding.count == 0), "{broken:#?}");
}

fn resolve(store: &Store, name: &str) -> NamedNode {
    Names::new(store.query_store(), &NoTable, Language::Fr).resolve(name).unwrap().iri
}

#[test]
fn an_accepted_item_holds_for_articles_that_come_later() {
    let store = store(&statements());
    let before = dump(&store);
    let deed = accept(&store, "Inès Morel", NEW).unwrap();
    let item = base().entity(NEW);
    let speaks = |address: &str| speakers(&store, &base().article(address), "une fanfare");
    assert_eq!(speaks("https://vallon.example/fete"), ["<~entity/Q990000001>"]);
    // Nobody knew the item: it is as the actor is.
    assert_eq!(said(&store, &item, schema::SAME_AS), ["<http://www.wikidata.org/entity/Q990000001>"]);
    assert_eq!(said(&store, &item, rdfs::LABEL), ["\"Inès Morel\"@fr"]);
    let second = "https://vallon.example/2";
    add(&store, second, &statements());
    assert_eq!(speaks(second), ["<~entity/Q990000001>"]);
    store.remove_article(&base().article(second)).unwrap();
    store.remove_article(&base().article("https://vallon.example/fete")).unwrap();
    add(&store, second, &statements());
    assert_eq!(speaks(second), ["<~entity/Q990000001>"]);
    keeps_the_rules(&store);
    let (_, shares) = store.review().unwrap();
    assert_eq!(shares, Shares { linked: 1, authority: 1, unlinked: 3, unnamed: 2 });

    let again = accept(&store, "Maëlle Kervadec", "Q0");
    assert!(matches!(again, Err(CurationError::NotAnItem(_))), "{again:?}");
    store.remove_article(&base().article(second)).unwrap();
    add(&store, "https://vallon.example/fete", &statements());
    undo(&store, &deed);
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (before, after) = (lines(&before), lines(&dump(&store)));
    let new: Vec<_> = after.difference(&before).filter(|line| !line.contains("/graph/curation>")).collect();
    assert!(before.is_subset(&after) && new.iter().all(|line| line.contains("Q990000001")), "{new:#?}");
}

#[test]
fn what_is_known_of_an_item_goes_with_it_to_other_stores() {
    let here = store(&statements());
    let item = Item {
        id: NEW.to_owned(),
        names: vec![("Inès Morel (maire)".to_owned(), Some("fr".to_owned())), ("I. Morel".to_owned(), None)],
        kind: Some(EntityKind::Person),
    };
    here.accept(&[Accepted { actor: local("Inès Morel"), item }], false, ANNA, entities()).unwrap();
    let deeds: Vec<Deed> = here.corrections().unwrap().into_iter().map(|listed| listed.deed).collect();
    let there = Store::in_memory(base()).unwrap();
    there.import_tsv(&here.corrections_as_tsv(&deeds).unwrap(), entities()).unwrap();
    add(&there, "https://vallon.example/fete", &statements());
    assert_eq!(dump(&there), dump(&here));
    assert_eq!(said(&there, &base().entity(NEW), rdfs::LABEL), ["\"I. Morel\"", "\"Inès Morel (maire)\"@fr"]);
    assert_eq!(resolve(&there, "Inès Morel"), base().entity(NEW));
}

#[test]
fn an_item_of_another_sort_and_a_second_item_are_refused() {
    let store = store(&mistaken());
    let before = dump(&store);
    let place = accept(&store, "Maëlle Kervadec", "Q90");
    assert!(matches!(place, Err(CurationError::Clash { .. })), "{place:?}");
    let item = Item { id: NEW.to_owned(), ..Item::default() };
    let linked = Accepted { actor: base().entity(LINKED), item };
    let linked = store.accept(&[linked], true, ANNA, entities());
    assert!(matches!(&linked, Err(CurationError::Linked { item, .. }) if item == LINKED), "{linked:?}");
    let nobody = accept(&store, "Nemo", NEW);
    assert!(matches!(nobody, Err(CurationError::Unknown(_))), "{nobody:?}");
    let actor = NamedNode::new(format!("{}/actor/un-riverain", base().article(&article().address).as_str())).unwrap();
    let unnamed = Accepted { actor, item: Item { id: NEW.to_owned(), ..Item::default() } };
    let unnamed = store.accept(&[unnamed], false, ANNA, entities());
    assert!(matches!(unnamed, Err(CurationError::NotShared(_))), "{unnamed:?}");
    assert_eq!(dump(&store), before);
}

#[test]
fn a_rejected_link_leads_to_whoever_is_called_so() {
    let store = store(&mistaken());
    let before = dump(&store);
    let (first, second) = ("https://vallon.example/fete", "https://vallon.example/2");
    let article = base().article(first);
    assert_eq!(speakers(&store, &article, "une fanfare"), ["<~entity/Q5015>"]);
    let deed = reject(&store, Whom::Called("inès morel"), LINKED, None).unwrap();
    assert!(matches!(&deed.what, What::Rejection(Rejection { name: Some(name), .. }) if name == "Inès Morel"));
    let other = add(&store, second, &mistaken());
    for article in [&article, &other] {
        assert_eq!(speakers(&store, article, "une fanfare"), ["<~entity/ines-morel>"]);
        let statement = saying(&store, article, "une fanfare");
        assert_eq!(said(&store, &statement, terms::CORRECTED_BY), [format!("<~curation/{}>", deed.id)]);
        let link = said(&store, &statement, terms::ACTOR_LINK).remove(0);
        let link = NamedNode::new(link.trim_matches(['<', '>']).replace('~', base().as_str())).unwrap();
        assert_eq!(said(&store, &link, terms::LINKED_ACTOR), ["<~entity/ines-morel>"]);
        assert_eq!(said(&store, &link, terms::LINK_SCORE), Vec::<String>::new());
    }
    assert_eq!(said(&store, &local("Inès Morel"), rdfs::LABEL), ["\"Inès Morel\"@fr"]);
    keeps_the_rules(&store);
    let twice = reject(&store, Whom::Called("Inès Morel"), LINKED, None);
    assert!(matches!(twice, Err(CurationError::NotCalled { .. })), "{twice:?}");
    let twice = reject(&store, Whom::Actor(&local("Inès Morel")), LINKED, None);
    assert!(matches!(&twice, Err(CurationError::RejectedAlready { id, .. }) if *id == deed.id), "{twice:?}");

    // Who she is can be said then.
    let accepted = accept(&store, "Inès Morel", NEW).unwrap();
    assert_eq!(speakers(&store, &other, "une fanfare"), ["<~entity/Q990000001>"]);
    undo(&store, &accepted);
    assert_eq!(speakers(&store, &other, "une fanfare"), ["<~entity/ines-morel>"]);
    store.remove_article(&other).unwrap();
    undo(&store, &deed);
    let articles = |text: &str| text.lines().filter(|line| line.contains("/article/")).map(str::to_owned).collect();
    let (before, after): (Vec<String>, Vec<String>) = (articles(&before), articles(&dump(&store)));
    assert_eq!(after, before);
}

#[test]
fn a_link_may_be_rejected_in_one_article_alone_and_under_any_name() {
    let store = store(&mistaken());
    let first = base().article("https://vallon.example/fete");
    let second = add(&store, "https://vallon.example/2", &mistaken());
    let deed = reject(&store, Whom::Called("Inès Morel"), LINKED, Some(&second)).unwrap();
    let both = || [&first, &second].map(|article| speakers(&store, article, "une fanfare").remove(0));
    assert_eq!(both(), ["<~entity/Q5015>", "<~entity/ines-morel>"]);
    undo(&store, &deed);
    assert_eq!(both(), ["<~entity/Q5015>", "<~entity/Q5015>"]);
    reject(&store, Whom::Actor(&base().entity(LINKED)), LINKED, None).unwrap();
    assert_eq!(both(), ["<~entity/ines-morel>", "<~entity/ines-morel>"]);
    // It is as if the table did not know the name.
    assert!(store.is_unchanged(&article(), entities()).unwrap());
}

#[test]
fn a_rejected_candidate_is_none_any_more() {
    let store = store(&statements());
    let state = || {
        let (reviewed, _) = store.review().unwrap();
        let mut kervadec = reviewed.into_iter().filter(|row| row.actor == local("Maëlle Kervadec"));
        let row = kervadec.next().unwrap();
        assert_eq!(kervadec.next(), None);
        (row.state, row.candidates.len())
    };
    assert_eq!(state(), (LinkState::Doubtful, 1));
    let deed = reject(&store, Whom::Actor(&local("Maëlle Kervadec")), "Q76", None).unwrap();
    assert_eq!(state(), (LinkState::Unlinked, 0));
    assert!(store.rejections().unwrap().has(&base().entity("Q76"), "Maëlle Kervadec"));
    undo(&store, &deed);
    assert_eq!(state(), (LinkState::Doubtful, 1));
    assert!(!store.rejections().unwrap().has(&base().entity("Q76"), "Maëlle Kervadec"));
}

#[test]
fn what_people_merged_is_not_rejected_but_undone() {
    let store = store(&statements());
    let deed = accept(&store, "Inès Morel", NEW).unwrap();
    let by_hand = reject(&store, Whom::Actor(&local("Inès Morel")), NEW, None);
    assert!(matches!(&by_hand, Err(CurationError::MergedByHand { id, .. }) if *id == deed.id), "{by_hand:?}");
}

#[test]
fn a_new_name_is_the_label_and_the_old_ones_still_lead_to_it() {
    let store = store(&mistaken());
    let before = dump(&store);
    let (kervadec, known) = (local("Maëlle Kervadec"), base().entity(LINKED));
    let one = store.rename(&kervadec, "Mme Kervadec", ANNA, entities()).unwrap();
    let two = store.rename(&known, "Mette F.", ANNA, entities()).unwrap();
    let three = store.rename(&kervadec, "La maire", ANNA, entities()).unwrap();
    let labels = |thing: &NamedNode| said(&store, thing, rdfs::LABEL);
    assert_eq!((labels(&kervadec), labels(&known)), (vec!["\"La maire\"".to_owned()], vec!["\"Mette F.\"".to_owned()]));
    for (name, thing) in [("Maëlle Kervadec", &kervadec), ("La maire", &kervadec), ("Mette Frederiksen", &known)] {
        assert_eq!(resolve(&store, name), *thing, "{name}");
    }
    assert_eq!(store.name_of(&kervadec, "fr").unwrap(), "La maire");
    // What comes later says what it says, and is called as people have it.
    let second = add(&store, "https://vallon.example/2", &mistaken());
    assert_eq!((labels(&kervadec).len(), labels(&known).len()), (1, 1));
    keeps_the_rules(&store);
    store.remove_article(&second).unwrap();
    undo(&store, &three);
    assert_eq!(labels(&kervadec), ["\"Mme Kervadec\""]);
    undo(&store, &one);
    undo(&store, &two);
    assert_eq!(labels(&kervadec), ["\"Maëlle Kervadec\"@fr"]);
    let without_history = |text: &str| {
        let lines = text.lines().filter(|line| !line.contains("/graph/curation>"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(without_history(&dump(&store)), without_history(&before));
    let source = NamedNode::new(format!("{}/actor/un-riverain", base().article(&article().address).as_str())).unwrap();
    let own = store.rename(&source, "Luc", ANNA, entities());
    assert!(matches!(own, Err(CurationError::NotShared(_))), "{own:?}");
}

#[test]
fn a_store_tells_which_actors_are_linked_and_how() {
    let store = store(&mistaken());
    add(&store, "https://vallon.example/2", &mistaken());
    let (reviewed, shares) = store.review().unwrap();
    assert_eq!(shares, Shares { linked: 2, authority: 2, unlinked: 6, unnamed: 4 });
    assert_eq!(shares.statements(), 14);
    let told = |actor: &NamedNode, name: &str| {
        let row = reviewed.iter().find(|row| row.actor == *actor && row.names.contains(name)).unwrap();
        (row, store.way(row).unwrap())
    };
    let (row, way) = told(&base().entity(LINKED), "Inès Morel");
    assert_eq!((row.state, row.statements, row.articles), (LinkState::Linked, 2, 2));
    assert_eq!((row.item.as_deref(), row.score), (Some(LINKED), Some(0.75)));
    assert_eq!(way.methods, BTreeSet::from(["ByName".to_owned()]));
    assert_eq!(way.evidence.len(), 1);
    // Who has no item is one row, whatever the articles call her.
    let (row, way) = told(&local("Maëlle Kervadec"), "maire du Vallon");
    assert_eq!((row.state, row.statements, row.names.len()), (LinkState::Doubtful, 6, 3));
    assert_eq!(way.methods, BTreeSet::from(["ByName", "ByOffice", "ByPartOfName"].map(str::to_owned)));
    let most = reviewed.iter().map(|row| row.statements).collect::<Vec<_>>();
    assert!(most.is_sorted_by(|a, b| a >= b));
    assert!(!reviewed.iter().any(|row| row.actor.as_str().contains("/actor/")));
}

#[test]
fn a_corrected_actor_is_reached_by_no_link() {
    let store = store(&mistaken());
    let first = base().article(&article().address);
    let statement = saying(&store, &first, "une fanfare");
    let who = [dixit::graph::curation::Who::New { name: "Luc Petit".to_owned(), kind: ActorKind::Person }];
    store.correct(&statement, &who, Default::default(), ANNA, entities()).unwrap();
    assert_eq!(said(&store, &statement, terms::ACTOR_LINK), Vec::<String>::new());
    keeps_the_rules(&store);
    assert_eq!(store.add_article(&article(), &mistaken(), entities()).unwrap(), Change::Unchanged);
}

/// What the store keeps for itself of those who took the place of rejected ones is made anew.
#[test]
fn decisions_come_back_with_an_export_and_can_be_undone_there() {
    let here = store(&mistaken());
    add(&here, "https://vallon.example/2", &mistaken());
    let before = dump(&here);
    reject(&here, Whom::Called("Inès Morel"), LINKED, None).unwrap();
    here.rename(&local("Inès Morel"), "Mme Morel", ANNA, entities()).unwrap();
    here.rename(&base().entity(LINKED), "Mette F.", ANNA, entities()).unwrap();
    accept(&here, "Maëlle Kervadec", NEW).unwrap();
    here.rename(&base().entity(NEW), "Kervadec", ANNA, entities()).unwrap();
    let exported = |store: &Store| {
        let mut bytes = Vec::new();
        export(store, ExportFormat::NQuads, Texts::Included, &mut bytes).unwrap();
        bytes
    };
    let import = Import::of_bytes("all.nq", exported(&here), ImportFormat::NQuads).unwrap();
    let there = Store::in_memory(base()).unwrap();
    there.import(&import, entities()).unwrap();
    let full = store(&mistaken());
    full.import(&import, entities()).unwrap();
    let articles = |text: &str| {
        let lines = text.lines().filter(|line| line.contains("/article/") && !line.contains("extractedAt"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    for other in [&there, &full] {
        assert_eq!(String::from_utf8(exported(other)).unwrap(), String::from_utf8(exported(&here)).unwrap());
        assert_eq!(articles(&dump(other)), articles(&dump(&here)));
        keeps_the_rules(other);
        for listed in other.corrections().unwrap() {
            undo(other, &listed.deed);
        }
        assert_eq!(articles(&dump(other)), articles(&before));
        assert_eq!(said(other, &base().entity(LINKED), rdfs::LABEL).len(), 2);
        assert_eq!(said(other, &local("Maëlle Kervadec"), rdfs::LABEL), ["\"Maëlle Kervadec\"@fr"]);
    }
}

#[test]
fn a_rejection_in_one_article_goes_over_to_what_takes_its_place() {
    let bare = Article { url: None, outlet: None, address: "/fete.txt".to_owned(), ..article() };
    let store = Store::in_memory(base()).unwrap();
    store.add_article(&bare, &mistaken(), entities()).unwrap();
    reject(&store, Whom::Called("Inès Morel"), LINKED, Some(&base().article("/fete.txt"))).unwrap();
    store.add_article(&article(), &mistaken(), entities()).unwrap();
    let first = base().article(&article().address);
    assert_eq!(speakers(&store, &first, "une fanfare"), ["<~entity/ines-morel>"]);
}
