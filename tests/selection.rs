//! Statements chosen value by value are those that SPARQL finds, with the same numbers.

use assert_cmd::Command;
use dixit::graph::Store;
use dixit::query::selection::{Facet, Page, Selection, Selections, Sort};
use dixit::query::{Format, Language, Means, Prepared, WordSearch, format, library, run_with};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};
use tempfile::TempDir;

struct Room {
    store: Store,
    search: Arc<WordSearch>,
    selections: Selections,
    /// Values that statements have, of each facet.
    values: Vec<(Facet, String)>,
    _folder: TempDir,
}

/// The store of the articles in `seeds/`.
static ROOM: LazyLock<Room> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let mut add = Command::new(env!("CARGO_BIN_EXE_dixit"));
    add.args(["--quiet", "--store"]).arg(folder.path()).args(["add", "seeds"]).assert().success();
    let store = Store::open(folder.path()).unwrap();
    let search = Arc::new(WordSearch::in_memory());
    let selections = Selections::new(&store, Arc::clone(&search));
    let page = Page { values: 1000, ..Page::default() };
    let found = selections.find(&Selection::default(), page, Language::En).unwrap();
    let values = found
        .facets
        .iter()
        .flat_map(|facet| facet.counts.iter().map(|count| (facet.facet, count.iri.clone())))
        .collect();
    Room { store, search, selections, values, _folder: folder }
});

fn choice(values: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let term = |value: &str| if value.contains(':') { format!("<{value}>") } else { format!("\"{value}\"") };
    let terms: Vec<String> = values.into_iter().map(|value| term(value.as_ref())).collect();
    format!("VALUES ?chosen {{ {} }}", terms.join(" "))
}

/// What the saved queries say of the values of a facet.
fn condition(facet: Facet, values: &str) -> String {
    let triples = match facet {
        Facet::Actor => {
            "?above (skos:broader|dixit:authorityOf)? ?chosen . ?named (skos:broader|dixit:authorityOf)? ?above . \
             ?iri dixit:actor|dixit:metonym ?named ."
        }
        Facet::Country => {
            "?chosen a schema:Country . ?named (skos:broader|dixit:authorityOf)? ?chosen . ?iri dixit:actor ?named ."
        }
        Facet::Topic => "?iri schema:about ?chosen .",
        Facet::Outlet => "?source schema:publisher ?chosen .",
        Facet::Relay => "?iri dixit:relayedBy ?chosen .",
        Facet::Kind => "?iri dixit:kind ?chosen .",
        Facet::Polarity => "?iri dixit:polarity ?chosen .",
        Facet::Language => "?source schema:inLanguage ?chosen .",
    };
    format!(
        "{{ SELECT DISTINCT ?iri {{ ?iri a dixit:ReportedStatement ; schema:isPartOf ?source . {values} {triples} }} }}"
    )
}

fn sparql(selection: &Selection) -> String {
    let mut parts = vec!["?iri a dixit:ReportedStatement .".to_owned()];
    if let Some(words) = &selection.words {
        parts.push(format!("SERVICE dixit:search {{ ?iri dixit:query \"{words}\" }}"));
    }
    for facet in Facet::ALL {
        let values: Vec<&str> = selection.chosen(facet).collect();
        if !values.is_empty() {
            parts.push(condition(facet, &choice(values)));
        }
    }
    parts
        .push("OPTIONAL { ?iri dixit:saidNotAfter ?date } OPTIONAL { ?iri dixit:saidNotBefore ?date_from }".to_owned());
    if let Some(since) = selection.since {
        parts.push(format!("FILTER(?date >= \"{since}\"^^xsd:date)"));
    }
    if let Some(until) = selection.until {
        parts.push(format!("FILTER(COALESCE(?date_from, ?date) <= \"{until}\"^^xsd:date)"));
    }
    format!("SELECT DISTINCT ?iri ?date {{ {} }} ORDER BY DESC(?date)", parts.join("\n"))
}

/// The statements that SPARQL finds, each with its date.
fn asked(selection: &Selection) -> Vec<(String, String)> {
    let prepared = Prepared::from_sparql(&sparql(selection), Language::En).unwrap();
    let means = Means { search: Some(Arc::clone(&ROOM.search)), ..Means::default() };
    let answer = run_with(ROOM.store.query_store(), prepared, &means).unwrap();
    let mut csv = Vec::new();
    format::write(answer, Format::Csv, &mut csv).unwrap();
    let text = String::from_utf8(csv).unwrap();
    text.lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap())
        .map(|(iri, date)| (iri.into(), date.into()))
        .collect()
}

fn selection() -> impl Strategy<Value = Selection> {
    let value = proptest::sample::select(ROOM.values.clone());
    let words = proptest::sample::select(vec!["paix", "ukrain*", "\"garanties de\"", "guerre", "-Russie soldats"]);
    let day = || proptest::sample::select(vec!["2021-04-13", "2022-02-24", "2022-03-28", "2024-06-07", "2025-09-04"]);
    let words = proptest::option::weighted(0.2, words);
    let (since, until) = (proptest::option::weighted(0.2, day()), proptest::option::weighted(0.2, day()));
    (proptest::collection::vec(value, 0..4), words, since, until).prop_map(|(values, words, since, until)| {
        let chosen = values.into_iter().fold(Selection::default(), |all, (facet, iri)| all.with(facet, iri));
        let date = |day: Option<&str>| day.map(|day| day.parse().unwrap());
        let chosen = chosen.within(date(since), date(until));
        // Quotation marks within SPARQL's.
        words.into_iter().fold(chosen, |all, words| all.with_words(words.replace('"', "«")))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn a_selection_is_what_sparql_finds(selection in selection()) {
        let selections = &ROOM.selections;
        let rows = asked(&selection);
        let found = selections.find(&selection, Page { size: 7, ..Page::default() }, Language::Fr).unwrap();
        prop_assert_eq!(found.total, rows.len() as u64, "{}", sparql(&selection));
        prop_assert_eq!(selections.count(&selection).unwrap(), found.total);
        // The pages are the whole, in the order of the days.
        let mut paged = Vec::new();
        for number in 1.. {
            let page = Page { number, size: 7, ..Page::default() };
            let next = selections.find(&selection, page, Language::Fr).unwrap().statements;
            if next.is_empty() {
                break;
            }
            paged.extend(next);
        }
        prop_assert_eq!(&paged, &selections.all(&selection, usize::MAX).unwrap());
        let day_of = |iri: &String| rows.iter().find(|(own, _)| own == iri).map(|(_, date)| date.clone());
        let days: Vec<Option<String>> = paged.iter().map(day_of).collect();
        prop_assert_eq!(days, rows.iter().map(|(_, date)| Some(date.clone())).collect::<Vec<_>>());
        // Each has one month.
        let dated: u64 = found.months.iter().map(|month| month.statements).sum();
        prop_assert_eq!(dated + found.undated, found.total);
        prop_assert_eq!(found.undated, rows.iter().filter(|(_, date)| date.is_empty()).count() as u64);
        // The best are the same.
        let best = Page { size: 10_000, sort: Sort::Best, ..Page::default() };
        let best = selections.find(&selection, best, Language::Fr).unwrap().statements;
        prop_assert_eq!(best.into_iter().collect::<BTreeSet<_>>(), paged.into_iter().collect());
    }

    #[test]
    fn a_count_is_what_one_finds_by_choosing_its_value(selection in selection(), few in 1..4usize) {
        let selections = &ROOM.selections;
        let page = Page { values: few, ..Page::default() };
        let found = selections.find(&selection, page, Language::En).unwrap();
        for facet in found.facets {
            let chosen: Vec<String> = selection.chosen(facet.facet).map(str::to_owned).collect();
            let open = chosen.iter().fold(selection.clone(), |rest, iri| rest.without(facet.facet, iri));
            for count in &facet.counts {
                prop_assert_eq!(count.is_chosen, chosen.contains(&count.iri));
                let one = open.clone().with(facet.facet, &*count.iri);
                prop_assert_eq!(count.statements, asked(&one).len() as u64, "{}", sparql(&one));
            }
            // Nothing else has more.
            let all = selections.find(&open, Page { values: 10_000, ..page }, Language::En).unwrap();
            let all = &all.facets.iter().find(|all| all.facet == facet.facet).unwrap().counts;
            let free: Vec<u64> = facet.counts.iter().filter(|count| !count.is_chosen).map(|count| count.statements).collect();
            let least = free.last().copied().unwrap_or_default();
            let better = all.iter().filter(|other| other.statements > least && least > 0).count();
            prop_assert!(better <= facet.counts.len(), "{:?} {:?}", facet, all);
            prop_assert!(facet.counts.len() >= few.min(all.len()));
        }
    }

    #[test]
    fn an_address_says_the_same_again(selection in selection()) {
        let base = ROOM.store.base();
        let pairs = selection.pairs(base);
        let again = Selection::from_pairs(pairs.iter().map(|(key, value)| (*key, &**value)), base).unwrap();
        prop_assert_eq!(again, selection);
    }
}

#[test]
fn languages_are_chosen_by_their_names() {
    let english = Selection::from_pairs([("language", "anglais")], ROOM.store.base()).unwrap();
    let found = ROOM.selections.find(&english, Page::default(), Language::Fr).unwrap();
    let languages = found.facets.iter().find(|facet| facet.facet == Facet::Language).unwrap();
    let labels: Vec<_> = languages.counts.iter().map(|count| (count.label.as_str(), count.is_chosen)).collect();
    assert_eq!(labels, [("français", false), ("anglais", true)]);
    assert_eq!(found.total, languages.counts[1].statements);
    assert_eq!(ROOM.selections.label("en", Language::En).unwrap(), "English");
}

#[test]
fn values_have_labels_in_the_language_that_is_wanted() {
    for (language, labels) in [(Language::En, ["asserted", "NATO"]), (Language::Fr, ["affirmé", "OTAN"])] {
        let found = ROOM.selections.find(&Selection::default(), Page::default(), language).unwrap();
        let all: Vec<&str> =
            found.facets.iter().flat_map(|facet| &facet.counts).map(|count| count.label.as_str()).collect();
        for label in labels {
            assert!(all.contains(&label), "{label}: {all:?}");
        }
    }
}

#[test]
fn a_text_names_things_and_may_be_a_question() {
    let meaning = |text: &str| ROOM.selections.meaning(library(), text, 5, Language::En).unwrap();
    let nato = meaning("l'otan");
    assert_eq!(nato.things[0].label, "NATO");
    assert!(nato.things[0].as_topic > 0 && nato.question.is_none());
    let labels = |text: &str| meaning(text).things.into_iter().map(|thing| thing.label).collect::<Vec<_>>();
    let both = labels("macron ukraine");
    assert!(both.contains(&"Emmanuel Macron".to_owned()) && both.contains(&"Ukraine".to_owned()), "{both:?}");
    assert_eq!(labels("qui sait ce que les gens disent"), [""; 0]);
    let begun = ROOM.selections.beginning("emm", 5, Language::En).unwrap();
    assert!(begun.iter().any(|thing| thing.label == "Emmanuel Macron"), "{begun:?}");

    let base = ROOM.store.base();
    for (text, query, address) in [
        ("Who said what about NATO?", "who-said-what", Some("topic=entity%2FQ7184")),
        (
            "Qui a dit quoi sur l'OTAN en mars 2022 ?",
            "who-said-what",
            Some("topic=entity%2FQ7184&since=2022-03-01&until=2022-03-31"),
        ),
        (
            "What did Emmanuel Macron say about Ukraine?",
            "said-about",
            Some("actor=entity%2FQ3052772&topic=entity%2FQ212"),
        ),
        ("What was denied?", "denials", Some("polarity=denied&polarity=hearsay")),
        ("which statements were relayed?", "relayed", None),
        ("Which countries speak most about NATO?", "voices-by-country", None),
    ] {
        let question = meaning(text).question.unwrap_or_else(|| panic!("{text}"));
        assert_eq!(question.query, query, "{text}");
        assert_eq!(question.selection.map(|selection| selection.query(base)).as_deref(), address, "{text}");
    }
    assert_eq!(meaning("garanties de sécurité").question, None);
}

/// Each word of a question costs look-ups: a text without end would keep the site busy.
#[test]
fn a_long_text_asks_nothing_and_only_its_beginning_is_searched_for_names() {
    let long = "Who said what about NATO?".to_owned() + &" please".repeat(10_000) + " Ukraine";
    let meaning = ROOM.selections.meaning(library(), &long, 5, Language::En).unwrap();
    assert_eq!(meaning.question, None);
    assert_eq!(meaning.things.iter().map(|thing| thing.label.as_str()).collect::<Vec<_>>(), ["NATO"]);
    assert!(ROOM.selections.question_in_any_case(library(), &long, Language::En).unwrap().is_none());
}
