//! How long the pages of a search take: `cargo run --release --example select -- STORE`.
//!
//! Of each selection the time of its first page when nothing was counted before, and of the second page; then names and
//! questions in a field; then saved queries with a limit of time, which makes them heed it, and without.

use dixit::graph::Store;
use dixit::query::names::Names;
use dixit::query::selection::{Facet, Found, Page, Selection, Selections, Sort};
use dixit::query::{
    Format, KnownEntities, Language, Means, TimeLimit, WordSearch, find, format, library, prepare, run_with,
};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// What takes a time, and how many milliseconds.
fn timed<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<(T, f64)> {
    let begin = Instant::now();
    let done = work()?;
    Ok((done, begin.elapsed().as_secs_f64() * 1000.0))
}

fn main() -> Outcome<()> {
    let folder = std::env::args().nth(1).ok_or("write the path of a store")?;
    let store = Store::open(Path::new(&folder))?;
    let search = Arc::new(match store.search_folder() {
        Some(folder) => WordSearch::in_folder(folder, |line| eprintln!("{line}")),
        None => WordSearch::in_memory(),
    });
    let selections = Selections::new(&store, Arc::clone(&search));
    println!("prepared in {:.1} ms", timed(|| Ok(selections.prepare()?))?.1);
    pages(&selections)?;
    field(&selections)?;
    limits(&store, &search)
}

fn pages(selections: &Selections) -> Outcome<()> {
    let find = |selection: &Selection, page| Ok(selections.find(selection, page, Language::Fr)?);
    let all: Found = find(&Selection::default(), Page::default())?;
    let first = |facet, place: usize| {
        let counts = all.facets.iter().find(|counts| counts.facet == facet).map(|counts| &counts.counts);
        counts.and_then(|counts| counts.get(place)).map_or("urn:none".to_owned(), |count| count.iri.clone())
    };
    let one = |facet, place| Selection::default().with(facet, first(facet, place));
    let cases = [
        ("everything, again", Selection::default()),
        ("an actor", one(Facet::Actor, 0)),
        ("a topic", one(Facet::Topic, 0)),
        ("a lesser topic", one(Facet::Topic, 8)),
        ("a country", one(Facet::Country, 0)),
        ("an outlet", one(Facet::Outlet, 0)),
        ("direct", one(Facet::Kind, 0)),
        ("an actor on a topic", one(Facet::Actor, 1).with(Facet::Topic, first(Facet::Topic, 1))),
        ("a word", Selection::default().with_words("gouvernement")),
        ("a word and a topic", one(Facet::Topic, 0).with_words("gouvernement")),
    ];
    println!("{:<24}{:>12}{:>12}{:>12}{:>12}", "selection", "statements", "page 1, ms", "page 2, ms", "best, ms");
    for (name, selection) in cases {
        let (found, one) = timed(|| find(&selection, Page::default()))?;
        let (_, two) = timed(|| find(&selection, Page { number: 2, ..Page::default() }))?;
        let (_, best) = timed(|| find(&selection, Page { sort: Sort::Best, ..Page::default() }))?;
        println!("{name:<24}{:>12}{one:>12.1}{two:>12.1}{best:>12.1}", found.total);
    }
    Ok(())
}

fn field(selections: &Selections) -> Outcome<()> {
    for text in [
        "macron",
        "Emmanuel Macron",
        "who said what about France?",
        "garanties de sécurité",
        "qui a dit quoi sur l'école",
    ] {
        let (things, first) = timed(|| Ok(selections.named(text, 8, Language::Fr)?))?;
        let (_, again) = timed(|| Ok(selections.named(text, 8, Language::Fr)?))?;
        let (question, asked) = timed(|| Ok(selections.question(library(), text, Language::Fr)?))?;
        let query = question.map_or("no question".to_owned(), |question| question.query);
        println!("`{text}`: {} names in {first:.1} ms, again {again:.1} ms; {query} in {asked:.1} ms", things.len());
    }
    Ok(())
}

fn limits(store: &Store, search: &Arc<WordSearch>) -> Outcome<()> {
    let known = KnownEntities::new(store.base());
    let names = Names::new(store.query_store(), &known, Language::Fr);
    println!("{:<28}{:>12}{:>12}", "query", "free, ms", "limited, ms");
    for (name, arguments) in [
        ("who-said-what", vec![("topic", "France")]),
        ("what-did-say", vec![("who", "Emmanuel Macron")]),
        ("most-quoted-actors", vec![]),
        ("voices-by-country", vec![]),
        ("outlets-and-whom-they-quote", vec![]),
        ("by-month", vec![("topic", "France")]),
        ("topics-together", vec![]),
    ] {
        let arguments: Vec<_> =
            arguments.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let Ok(prepared) = prepare(find(name)?, &arguments, &names, Language::Fr) else { continue };
        let median = |limit: Option<TimeLimit>| -> Outcome<f64> {
            let mut times = Vec::new();
            for _ in 0..7 {
                let means = Means { search: Some(Arc::clone(search)), limit: limit.clone(), ..Means::default() };
                let ask = || {
                    Ok(format::write(
                        run_with(store.query_store(), prepared.clone(), &means)?,
                        Format::Csv,
                        &mut io::sink(),
                    )?)
                };
                times.push(timed(ask)?.1);
            }
            times.sort_by(f64::total_cmp);
            Ok(times[times.len() / 2])
        };
        let (free, limited) = (median(None)?, median(Some(TimeLimit::new(Duration::from_secs(600))))?);
        println!("{name:<28}{free:>12.1}{limited:>12.1}");
    }
    Ok(())
}
