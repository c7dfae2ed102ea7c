//! Utterances: statements of several articles that report the same speech event are held together, whatever the order in
//! which the articles come and go.

use crate::sample::*;
use dixit::article::Article;
use dixit::extract::{Statement, extract};
use dixit::graph::{Change, Store};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Articles of four outlets on what two people said, as (outlet, day, text).
pub const ARTICLES: [(&str, &str, &str); 11] = [
    (
        "agence",
        "2024-05-16",
        "« Nous avons tenu les délais du chantier, et personne n'y croyait plus vraiment en février », a déclaré la maire, Anne Roy.",
    ),
    (
        "courrier",
        "2024-05-17",
        "« Nous avons tenu les délais du chantier (...) », s'est réjouie Anne Roy. Elle ajoute que le péage du pont restera gratuit.",
    ),
    ("gazette", "2024-05-17", "Selon Mme Roy, « personne n'y croyait plus vraiment en février »."),
    (
        "echo",
        "",
        "Anne Roy a rappelé avoir « tenu les délais du chantier », que « personne n'y croyait plus vraiment ».",
    ),
    ("bulletin", "2024-05", "Le péage du pont restera gratuit pour les riverains, a promis Luc Petit."),
    (
        "depeche",
        "2024-05-18",
        "« Le péage du pont restera gratuit pour les riverains », a promis Luc Petit, le préfet.",
    ),
    ("lettre", "2024-09-01", "« Le péage du pont restera gratuit pour les riverains », a promis Luc Petit, le préfet."),
    (
        "veille",
        "2024-05-15",
        "« Nous avons tenu les délais du chantier et personne n'y croyait », a dit une élue. « Il neige », a dit Anne Roy.",
    ),
    (
        "matin",
        "2024-06-01",
        "Luc Petit annonce que les travaux du quai dureront trois semaines encore au moins. Il veut « un quai ouvert à tous les \
         marchands du Vallon » malgré le bruit.",
    ),
    (
        "soir",
        "2024-06-02",
        "Selon Luc Petit, les travaux du quai dureront trois semaines sans bruit ni poussière. Il promet depuis toujours « un \
         quai ouvert à tous les marchands du Vallon » et des environs, en toute saison.",
    ),
    ("autre", "2024-05-16", "« Nous avons tenu les délais du chantier, nous avons tenu les délais », a dit Anne Roy."),
];

pub fn article(number: usize) -> Article {
    let (outlet, day, text) = ARTICLES[number];
    at(outlet, day, text)
}

fn add(store: &Store, number: usize) -> Change {
    static SAID: LazyLock<Vec<(Article, Vec<Statement>)>> = LazyLock::new(|| {
        let articles = (0..ARTICLES.len()).map(article);
        articles.map(|article| (article.clone(), extract(&article, entities()))).collect()
    });
    let (article, statements) = &SAID[number];
    store.add_article(article, statements, entities()).unwrap()
}

fn store(numbers: impl IntoIterator<Item = usize>) -> Store {
    let store = Store::in_memory(base()).unwrap();
    for number in numbers {
        assert_eq!(add(&store, number), Change::Added);
    }
    store
}

/// Adds articles with utterances of each sort.
pub fn add_all(store: &Store) {
    for number in 0..ARTICLES.len() {
        add(store, number);
    }
}

/// For each utterance the outlets of its reports, and that of the earliest.
fn utterances(store: &Store) -> Vec<(BTreeSet<&'static str>, &'static str)> {
    let outlet = |statement: &str| {
        let of = |number: &usize| {
            statement.starts_with(&format!("<{}/", base().article(&article(*number).address).as_str()))
        };
        ARTICLES[(0..ARTICLES.len()).find(of).unwrap()].0
    };
    let quads = everything(store);
    let is =
        |quad: &&dixit::graph::Quad, local: &str| quad.predicate.as_str() == format!("https://w3id.org/dixit#{local}");
    let earliest = quads.iter().filter(|quad| is(quad, "earliestReport"));
    let mut found: Vec<_> = earliest
        .map(|earliest| {
            let reports = quads.iter().filter(|quad| is(quad, "report") && quad.subject == earliest.subject);
            let outlets = reports.map(|quad| outlet(&quad.object.to_string())).collect();
            (outlets, outlet(&earliest.object.to_string()))
        })
        .collect();
    found.sort();
    found
}

#[test]
fn the_same_words_in_several_outlets_are_one_utterance() {
    let store = store(0..7);
    let expected = [
        (BTreeSet::from(["agence", "courrier", "echo", "gazette"]), "agence"),
        (BTreeSet::from(["bulletin", "depeche"]), "depeche"),
    ];
    assert_eq!(utterances(&store), expected);
}

/// What an earlier article says becomes the earliest report; what is said once is no utterance.
#[test]
fn an_earlier_report_takes_the_first_place() {
    let with = store([0, 1, 7]);
    assert_eq!(utterances(&with), [(BTreeSet::from(["agence", "courrier", "veille"]), "veille")]);
    assert!(utterances(&store([0, 4])).is_empty());
}

#[test]
fn a_removed_article_leaves_no_trace_in_utterances() {
    for removed in 0..ARTICLES.len() {
        let store_of_all = store(0..ARTICLES.len());
        assert!(store_of_all.remove_article(&base().article(&article(removed).address)).unwrap());
        let fresh = store((0..ARTICLES.len()).filter(|number| *number != removed));
        assert_eq!(dump(&store_of_all), dump(&fresh), "{removed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    /// Utterances depend on the stored articles alone.
    #[test]
    fn the_order_of_changes_does_not_show(changes in prop::collection::vec(0..ARTICLES.len(), 1..25)) {
        let store_of_changes = store([]);
        let mut there = BTreeSet::new();
        for number in changes {
            // What is there is removed, what is not there is added.
            if there.remove(&number) {
                store_of_changes.remove_article(&base().article(&article(number).address)).unwrap();
            } else {
                add(&store_of_changes, number);
                there.insert(number);
            }
        }
        prop_assert_eq!(dump(&store_of_changes), dump(&store(there)));
    }
}

/// Each report but the earliest leads to another and says what the two have in common.
#[test]
fn every_report_but_the_earliest_has_a_reason() {
    let quads = everything(&store(0..ARTICLES.len()));
    let objects = |local: &str| -> Vec<String> {
        let predicate = format!("https://w3id.org/dixit#{local}");
        quads.iter().filter(|quad| quad.predicate.as_str() == predicate).map(|quad| quad.object.to_string()).collect()
    };
    let (reports, earliest) = (objects("report"), objects("earliestReport"));
    let reasons = objects("joinedBy");
    assert_eq!(reasons.len(), reports.len() - earliest.len());
    assert_eq!(objects("joinedTo").len(), reasons.len());
    assert!(objects("joinedTo").iter().all(|other| reports.contains(other)));
    assert_eq!(reasons.iter().collect::<BTreeSet<_>>().len(), 4, "{reasons:?}");
}

/// What more than two hundred statements say is boilerplate, and no utterance.
#[test]
fn a_boilerplate_is_no_utterance() {
    let article = |number: usize| {
        let address = format!("https://agence.example/{number}");
        let text = "« Les horaires du péage sont affichés devant le pont du Vallon », rappelle Anne Roy.";
        Article { address: address.clone(), url: Some(address), ..Article::from_text("pont.txt", text) }
    };
    let said = extract(&article(0), entities());
    let store = store([]);
    let number = |store: &Store| {
        everything(store).iter().filter(|quad| quad.predicate.as_str() == "https://w3id.org/dixit#report").count()
    };
    for added in 1..=202 {
        store.add_article(&article(added), &said, entities()).unwrap();
        if added >= 200 {
            assert_eq!(number(&store), if added == 200 { 200 } else { 0 });
        }
    }
    for removed in [1, 7] {
        store.remove_article(&base().article(&article(removed).address)).unwrap();
    }
    assert_eq!(number(&store), 200);
}
