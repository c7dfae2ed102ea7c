//! The texts of agencies: articles of their own, each linked to the earliest with its text.

use crate::sample::*;
use dixit::article::Article;
use dixit::graph::{Change, Store};

/// An agency's dispatch, 106 words.
const DISPATCH: &str = "Le pont du Vallon, fermé depuis les crues de février, rouvrira lundi aux voitures et aux cars.

« Nous avons tenu les délais, et personne n'y croyait », a déclaré la maire, Anne Roy, devant une centaine d'habitants \
réunis sur la place du marché.

Les camions devront encore attendre l'automne, selon la préfecture, qui attend le rapport des experts sur la deuxième pile.

Le syndicat des transporteurs a regretté cette décision, qui oblige ses adhérents à un détour de quarante kilomètres par \
le col des Ormes. Il demande une aide de la région, qui n'a pas répondu dans l'immédiat.

La réparation a coûté trois millions d'euros, dont la moitié est payée par l'État.";

/// Another outlet's article on the same event, with the same quotation.
const OWN_REPORT: &str = "La bonne nouvelle est tombée jeudi soir : dès lundi, les automobilistes retrouveront le pont.

« Nous avons tenu les délais, et personne n'y croyait », s'est réjouie Anne Roy. La maire, qui parlait sur la place, a \
remercié les ouvriers et les riverains, privés de leur chemin habituel pendant près de sept mois.

Tout n'est pas réglé pour autant. Les poids lourds passeront toujours par le col des Ormes, au moins jusqu'à l'automne, et \
leurs chauffeurs s'impatientent. « Quarante kilomètres, c'est une heure de perdue chaque jour », nous a dit l'un d'eux.";

/// The dispatch with a lead above it, a word changed, and other marks.
fn touched_up() -> String {
    let edited = DISPATCH.replace(['«', '»'], "\"").replace('\'', "’").replace("regretté", "déploré");
    format!("Sept mois après, le pont rouvre\n\nC'est la fin de l'attente pour les habitants du Vallon.\n\n{edited}")
}

fn store(articles: &[&Article]) -> Store {
    let store = Store::in_memory(base()).unwrap();
    for article in articles {
        assert_eq!(add(&store, article), Change::Added);
    }
    store
}

fn add(store: &Store, article: &Article) -> Change {
    store.add_article(article, &[], entities()).unwrap()
}

/// The outlet of the article to which the link of another leads.
fn linked<'a>(store: &Store, article: &Article, among: &[&'a Article]) -> Option<&'a str> {
    let from = base().article(&article.address);
    let links: Vec<_> = everything(store)
        .into_iter()
        .filter(|quad| {
            quad.predicate.as_str() == "https://w3id.org/dixit#sameTextAs" && quad.subject == from.clone().into()
        })
        .map(|quad| {
            assert_eq!(quad.graph_name, from.clone().into(), "a link stands in the graph of its article");
            quad.object
        })
        .collect();
    assert!(links.len() <= 1, "{links:?}");
    let to = |to: &&&Article| links.first() == Some(&base().article(&to.address).into());
    let found = among.iter().find(to).map(|article| article.outlet.as_deref().unwrap());
    assert_eq!(found.is_some(), !links.is_empty(), "a link leads to an article that is stored");
    found
}

#[test]
fn the_same_text_at_two_outlets_is_two_articles_and_a_link() {
    let (agency, paper) = (at("agence", "2024-05-16", DISPATCH), at("courrier", "2024-05-17", DISPATCH));
    let store = store(&[&agency, &paper]);
    assert_eq!(linked(&store, &agency, &[&agency, &paper]), None);
    assert_eq!(linked(&store, &paper, &[&agency, &paper]), Some("agence"));
}

#[test]
fn a_dispatch_that_was_touched_up_is_linked() {
    let (agency, paper) = (at("agence", "2024-05-16", DISPATCH), at("courrier", "2024-05-17", &touched_up()));
    let store = store(&[&agency, &paper]);
    assert_eq!(linked(&store, &paper, &[&agency, &paper]), Some("agence"));
}

#[test]
fn articles_on_one_event_are_not_linked() {
    let (agency, paper) = (at("agence", "2024-05-16", DISPATCH), at("gazette", "2024-05-17", OWN_REPORT));
    let store = store(&[&agency, &paper]);
    assert_eq!(linked(&store, &paper, &[&agency, &paper]), None);
}

#[test]
fn what_two_short_texts_have_in_common_tells_nothing() {
    let text = "Le pont du Vallon rouvrira lundi, a promis la maire, Anne Roy.";
    let (agency, paper) = (at("agence", "2024-05-16", text), at("courrier", "2024-05-17", text));
    let store = store(&[&agency, &paper]);
    assert_eq!(linked(&store, &paper, &[&agency, &paper]), None);
}

/// Links depend on the articles alone. What has no date comes last, and a month ends with its last day.
#[test]
fn the_order_of_adding_does_not_show() {
    let touched_up = touched_up();
    let articles = [
        at("agence", "2024-05-16", DISPATCH),
        at("bulletin", "2024-05-16", DISPATCH),
        at("courrier", "2024-05-17", &touched_up),
        at("depeche", "2024-05", DISPATCH),
        at("echo", "", DISPATCH),
        at("gazette", "2024-05-16", OWN_REPORT),
    ];
    let all: Vec<&Article> = articles.iter().collect();
    // Of two that appeared on one day the smaller IRI, which is a hash, decides.
    let iri = |article: &Article| base().article(&article.address).into_string();
    let [first, second] = if iri(all[0]) < iri(all[1]) { [all[0], all[1]] } else { [all[1], all[0]] };
    let forwards = store(&all);
    assert_eq!(linked(&forwards, first, &all), None);
    for copy in [second, all[2], all[3], all[4]] {
        assert_eq!(linked(&forwards, copy, &all), first.outlet.as_deref());
    }
    let mut order = all.clone();
    for step in 1..=24 {
        order.swap(step % 6, step * 5 % 7 % 6);
        order.rotate_left(1);
        assert_eq!(dump(&store(&order)), dump(&forwards), "{:?}", order.iter().map(|a| &a.outlet).collect::<Vec<_>>());
    }
}

#[test]
fn links_are_no_change_of_an_article() {
    let (agency, paper) = (at("agence", "2024-05-16", DISPATCH), at("courrier", "2024-05-17", DISPATCH));
    let store = store(&[&paper, &agency]);
    let before = dump(&store);
    for article in [&agency, &paper] {
        assert!(store.is_unchanged(article, entities()).unwrap());
        assert_eq!(add(&store, article), Change::Unchanged);
    }
    assert_eq!(dump(&store), before);
}

/// Whatever is changed, the store is as if only the new articles had been added.
#[test]
fn a_changed_article_takes_its_links_with_it() {
    let articles = [
        at("agence", "2024-05-16", DISPATCH),
        at("bulletin", "2024-05-17", DISPATCH),
        at("courrier", "2024-05-18", DISPATCH),
    ];
    for changed in 0..articles.len() {
        let old = &articles[changed];
        let mended = DISPATCH.replace("trois millions", "quatre millions");
        for new in [
            Article { text: OWN_REPORT.to_owned(), ..old.clone() },
            Article { text: "Le pont rouvre.".to_owned(), ..old.clone() },
            Article { text: mended, ..old.clone() },
            Article { published: Some("2024-05-20".parse().unwrap()), ..old.clone() },
            Article { published: Some("2024-05-01".parse().unwrap()), ..old.clone() },
            Article { published: None, ..old.clone() },
        ] {
            let mut expected = articles.each_ref();
            let all = store(&expected);
            assert_eq!(add(&all, &new), Change::Changed);
            expected[changed] = &new;
            assert_eq!(dump(&all), dump(&store(&expected)), "{changed}: {new:?}");
        }
    }
}

/// A copy of a file that gives way to the article of which it is one gives its place in the links away, too.
#[test]
fn a_copy_that_gives_way_leaves_no_link() {
    let bare = Article { published: Some("2024-05-01".parse().unwrap()), ..bare_article("/copy/a.txt", DISPATCH) };
    let (agency, paper) = (at("agence", "2024-05-16", DISPATCH), at("courrier", "2024-05-17", &touched_up()));
    let store_of_both = store(&[&bare, &paper]);
    assert_eq!(add(&store_of_both, &agency), Change::Changed);
    assert_eq!(dump(&store_of_both), dump(&store(&[&agency, &paper])));
}
