//! The same name in several articles: who is one, and who is not.

use crate::curation::undo;
use crate::desk::Desk;
use crate::sample::*;
use dixit::article::Article;
use dixit::extract::extract;
use dixit::graph::check::check;
use dixit::graph::curation::{Accepted, CurationError, Item, Whom};
use dixit::graph::vocabulary::{dixit as terms, schema};
use dixit::graph::{NamedNode, Store};
use oxigraph::model::Term;
use std::collections::BTreeSet;

fn article(number: usize, text: &str) -> Article {
    at(&format!("journal{number}"), "2024-05-16", text)
}

fn add(store: &Store, number: usize, text: &str) {
    let article = article(number, text);
    store.add_article(&article, &extract(&article, entities()), entities()).unwrap();
}

fn stored(texts: &[&str]) -> Store {
    let store = Store::in_memory(base()).unwrap();
    texts.iter().enumerate().for_each(|(number, text)| add(&store, number, text));
    store
}

/// Who speaks in an article, without the base and the key of the article.
fn actors(store: &Store, number: usize) -> BTreeSet<String> {
    let article = base().article(&article(number, "").address);
    let quads = store.query_store().quads_for_pattern(None, Some(terms::ACTOR), None, Some((&article).into()));
    let actors = quads.map(|quad| match quad.unwrap().object {
        Term::NamedNode(actor) => match actor.as_str().strip_prefix(article.as_str()) {
            Some(part) => format!("{number}{part}"),
            None => base().relative(&actor).to_owned(),
        },
        other => panic!("{other}"),
    });
    actors.collect()
}

fn within(number: usize, key: &str) -> NamedNode {
    NamedNode::new(format!("{}/actor/{key}", base().article(&article(number, "").address).as_str())).unwrap()
}

fn keeps_the_rules(store: &Store) {
    let broken: Vec<_> = check(store.query_store(), 3).unwrap().into_iter().filter(|found| found.count > 0).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

const MAYOR: [&str; 2] = [
    "« La digue tiendra cent ans », a promis mardi Anne Roy, maire de Valmont.",
    "« Le pont rouvrira lundi », a déclaré Anne Roy, maire.",
];
const BAKER: [&str; 2] = [
    "« Le pain coûtera plus cher », a dit la boulangère Anne Roy.",
    "« La farine manque depuis un mois », regrette Anne Roy, boulangère à Valmont.",
];
const LEA: [&str; 2] = ["« Il neigeait encore en avril », raconte Léa.", "« Le bal était triste sans toi », dit Léa."];
const ROY: [&str; 2] =
    ["« Le quai sera ouvert à tous », a promis M. Roy.", "« Le marché restera fermé lundi », a prévenu M. Roy."];

#[test]
fn the_same_name_is_one_person_if_the_article_tells_enough() {
    for (texts, expected) in [
        (MAYOR, ["entity/anne-roy"; 2]),
        (BAKER, ["entity/anne-roy-boulanger"; 2]),
        ([MAYOR[0], BAKER[0]], ["entity/anne-roy", "entity/anne-roy-boulanger"]),
        (
            [
                "« Le pain coûtera plus cher », a dit la boulangère française Anne Roy.",
                "« Le pain coûtera plus cher », a dit la boulangère espagnole Anne Roy.",
            ],
            ["entity/anne-roy-boulanger-Q142", "entity/anne-roy-boulanger-Q29"],
        ),
        (LEA, ["0/actor/lea", "1/actor/lea"]),
        (ROY, ["0/actor/roy", "1/actor/roy"]),
        (
            [ROY[0], "Paul Roy est maire de Valmont. « Le marché restera fermé lundi », a prévenu M. Roy."],
            ["0/actor/roy", "entity/paul-roy"],
        ),
        (
            ["« Je n'ai rien vu », assure Nicolas R., 34 ans.", "« Je dormais », assure Nicolas R., 34 ans."],
            ["0/actor/nicolas-r", "1/actor/nicolas-r"],
        ),
        (
            [
                "« La lande brûle encore », a dit un porte-parole de la mairie.",
                "« La digue tient », a dit un porte-parole de la mairie.",
            ],
            ["0/actor/porte-parole-de-la-mairie", "1/actor/porte-parole-de-la-mairie"],
        ),
        (
            ["« Ce disque est le dernier », a annoncé Solvane.", "« La tournée commence lundi », a dit Solvane."],
            ["entity/solvane"; 2],
        ),
        (
            ["« Priez pour la lande », a dit le pape Léa.", "« Aimez vos voisins », a dit le pape Léa."],
            ["entity/lea-pape"; 2],
        ),
    ] {
        let store = stored(&texts);
        for (number, expected) in expected.into_iter().enumerate() {
            assert_eq!(actors(&store, number), BTreeSet::from([expected.to_owned()]), "{}", texts[number]);
        }
        keeps_the_rules(&store);
    }
}

#[test]
fn the_order_in_which_articles_come_and_go_does_not_show() {
    let texts = [MAYOR[0], BAKER[0], LEA[0], ROY[0], MAYOR[1], BAKER[1], LEA[1], ROY[1]];
    let store = stored(&texts);
    let whole = dump(&store);
    let other = Store::in_memory(base()).unwrap();
    for number in [6, 1, 7, 3, 0, 2, 5, 4] {
        add(&other, number, texts[number]);
    }
    assert_eq!(dump(&other), whole);
    for number in [1, 2, 3, 0] {
        assert!(store.remove_article(&base().article(&article(number, "").address)).unwrap());
        keeps_the_rules(&store);
    }
    assert!(dump(&store).len() < whole.len());
    [3, 0, 2, 1].into_iter().for_each(|number| add(&store, number, texts[number]));
    assert_eq!(dump(&store), whole);
}

#[test]
fn all_that_means_a_person_leads_to_one_iri() {
    let text = "« Le pain coûtera plus cher », a dit la boulangère Anne Roy. Luc Petit affirme qu'Anne Roy vendra sa \
                boutique. M. Dupont a raconté la crue aux élus. Luc Petit ajoute que M. Dupont a tout vu.";
    let store = stored(&[text]);
    let about: BTreeSet<String> = store
        .query_store()
        .quads_for_pattern(None, Some(schema::ABOUT), None, None)
        .map(|quad| quad.unwrap().object.to_string())
        .collect();
    let baker = base().entity("anne-roy-boulanger");
    assert!(about.contains(&baker.to_string()), "{about:?}");
    let linked = store.query_store().quads_for_pattern(None, Some(terms::LINKED_ACTOR), Some((&baker).into()), None);
    assert_eq!(linked.count(), 1);
    assert!(about.contains(&within(0, "dupont").to_string()), "{about:?}");
    keeps_the_rules(&store);
}

#[test]
fn people_decide_about_those_of_one_article() {
    let store = stored(&LEA);
    let before = dump(&store);
    let item = || Item { id: "Q990000001".to_owned(), ..Item::default() };
    let accepted = Accepted { actor: within(0, "lea"), item: item() };
    let accepted = store.accept(&[accepted], false, ANNA, entities()).unwrap().remove(0);
    assert_eq!(actors(&store, 0), BTreeSet::from(["entity/Q990000001".to_owned()]));
    assert_eq!(actors(&store, 1), BTreeSet::from(["1/actor/lea".to_owned()]));
    keeps_the_rules(&store);
    // It holds when the article comes again.
    store.remove_article(&base().article(&article(0, "").address)).unwrap();
    add(&store, 0, LEA[0]);
    assert_eq!(actors(&store, 0), BTreeSet::from(["entity/Q990000001".to_owned()]));
    undo(&store, &accepted);

    let merged = store.merge(&within(0, "lea"), &[within(1, "lea")], false, ANNA, entities()).unwrap().remove(0);
    let first = base().relative(&within(0, "lea")).to_owned();
    assert_eq!(actors(&store, 1), BTreeSet::from([first.clone()]));
    keeps_the_rules(&store);
    store.remove_article(&base().article(&article(0, "").address)).unwrap();
    assert_eq!(actors(&store, 1), BTreeSet::from([first]));
    keeps_the_rules(&store);
    add(&store, 0, LEA[0]);
    undo(&store, &merged);
    let told = |dump: &str| {
        let lines = dump.lines().filter(|line| !line.contains("/graph/curation>") && !line.contains("Q990000001"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(told(&dump(&store)), told(&before));
    let renamed = store.rename(&within(0, "lea"), "Léa Roy", ANNA, entities());
    assert!(matches!(renamed, Err(CurationError::NotShared(_))), "{renamed:?}");
}

#[test]
fn a_rejected_link_leads_to_whom_the_article_would_mean_without_the_table() {
    let text = "En France, « le pont rouvrira lundi », a promis M. Macron.";
    let store = stored(&[text]);
    assert_eq!(actors(&store, 0), BTreeSet::from(["entity/Q3052772".to_owned()]));
    let before = dump(&store);
    let items = ["Q3052772".to_owned()];
    let reject = |name| store.reject(Whom::Called(name), &items, None, ANNA, entities());
    let rejected = reject("Macron").unwrap().remove(0);
    assert_eq!(actors(&store, 0), BTreeSet::from(["0/actor/macron".to_owned()]));
    keeps_the_rules(&store);
    assert!(store.rejections().unwrap().has(&base().entity("Q3052772"), "Macron"));
    // Somebody finds out who it is.
    let whom = base().entity("luc-petit");
    add(&store, 2, "« Le quai rouvrira », a dit Luc Petit.");
    let merged = store.merge(&whom, &[within(0, "macron")], false, ANNA, entities()).unwrap().remove(0);
    assert_eq!(actors(&store, 0), BTreeSet::from(["entity/luc-petit".to_owned()]));
    keeps_the_rules(&store);
    store.remove_article(&base().article(&article(0, "").address)).unwrap();
    add(&store, 0, text);
    assert_eq!(actors(&store, 0), BTreeSet::from(["entity/luc-petit".to_owned()]));
    undo(&store, &merged);
    undo(&store, &rejected);
    let after = dump(&store);
    assert!(before.lines().all(|line| after.lines().any(|new| new == line)));
    keeps_the_rules(&store);
}

#[test]
fn the_list_names_them_by_what_can_be_typed() {
    let desk = Desk::empty();
    desk.write("a.txt", LEA[0]);
    desk.write("b.txt", LEA[1]);
    desk.dixit(&["add", "a.txt", "b.txt"]).assert().success();
    let list = desk.dixit(&["link", "--format", "csv", "-q"]).output().unwrap().stdout;
    let list = String::from_utf8(list).unwrap();
    let iris: Vec<&str> = list.lines().skip(1).filter_map(|line| line.rsplit(',').next()).collect();
    assert!(iris.len() == 2 && iris.iter().all(|iri| iri.ends_with("/actor/lea")), "{list}");
    let by_anna = |arguments: &[&str]| {
        let mut command = desk.dixit(arguments);
        command.env("DIXIT_USER", "anna");
        command
    };
    by_anna(&["link", "accept", "Léa", "Q990000001"]).assert().code(1);
    let below = iris[1].strip_prefix("https://data.dixit.example/").unwrap();
    by_anna(&["link", "merge", iris[0], below]).assert().success();
    // Who is one now has one name.
    by_anna(&["link", "accept", "Léa", "Q990000001"]).assert().success();
    desk.dixit(&["check"]).assert().success();
    // It goes whole to another store.
    let all = desk.export(&["--format", "nquads"]);
    desk.write("all.nq", &all);
    desk.dixit(&["import", "all.nq", "--store", "there"]).assert().success();
    assert_eq!(desk.export(&["--format", "nquads", "--store", "there"]), all);
    desk.dixit(&["check", "--store", "there"]).assert().success();
    let said = desk.dixit(&["query", "what-did-say", "who=Q990000001", "--format", "csv"]).output().unwrap().stdout;
    assert_eq!(String::from_utf8(said).unwrap().lines().count(), 3);
}
