//! Saved queries, asked for what is named most, and the same SPARQL asked of oxigraph alone.

use crate::Result;
use crate::answer::{as_dixit, as_oxigraph};
use dixit::graph::Store as Folder;
use dixit::query::{Format, Language, Means, Prepared, WordSearch, format, library, run_with};
use oxigraph::store::Store;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Each question is asked so often of dixit.
const TIMES: usize = 12;

/// And so often of oxigraph.
const TIMES_ALONE: usize = 2;

/// So many values of a parameter are asked for.
const VALUES: usize = 6;

/// The parameters, and the properties by which statements name most what is asked for.
const MOST: [(&str, &str); 3] = [
    ("who", "https://w3id.org/dixit#actor"),
    ("topic", "http://schema.org/about"),
    ("through", "https://w3id.org/dixit#relayedBy"),
];

/// Words that many statements have.
const WORDS: [&str; VALUES] = ["France", "Macron", "gouvernement", "\"état d'urgence\"", "élection*", "virus -France"];

/// The queries that people ask most, each with its parameters.
const QUESTIONS: [(&str, &[&str]); 12] = [
    ("who-said-what", &["topic"]),
    ("what-did-say", &["who"]),
    ("said-about", &["who", "topic"]),
    ("timeline", &["topic"]),
    ("relayed", &["through"]),
    ("topics-of-actor", &["who"]),
    ("denials", &[]),
    ("statements-between", &[]),
    ("most-quoted-actors", &[]),
    ("mentioned", &["words"]),
    // Asked less, and not begun with the index.
    ("first-said", &["topic"]),
    ("utterances", &[]),
];

/// Prints a table of the times.
pub fn ask(folder: &Path) -> Result<()> {
    let store = Folder::open(folder)?;
    let graph = store.query_store();
    let search = Arc::new(match store.search_folder() {
        Some(folder) => WordSearch::in_folder(folder, |line| eprintln!("{line}")),
        None => WordSearch::in_memory(),
    });
    let begun = Instant::now();
    search.prepare(graph)?;
    println!("the index is up to date after {:.1} s", begun.elapsed().as_secs_f64());
    let mut values: Vec<(&str, Vec<String>)> =
        MOST.iter().map(|(name, property)| Ok((*name, things(graph, &search, property)?))).collect::<Result<_>>()?;
    values.push(("words", WORDS.map(str::to_owned).to_vec()));
    println!("{:22} {:>9} {:>9} {:>9} {:>9}  overhead", "query", "median", "p95", "oxigraph", "p95");
    for (name, parameters) in QUESTIONS {
        let Some(saved) = library().iter().find(|saved| saved.name == name) else { continue };
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for turn in 0..if parameters.is_empty() { 1 } else { VALUES } {
            let value = |parameter: &&str| {
                let list = &values.iter().find(|(name, _)| name == parameter)?.1;
                Some(((*parameter).to_owned(), list.get(turn)?.clone()))
            };
            let mut arguments: Vec<_> = parameters.iter().filter_map(value).collect();
            let mut add = |name: &str, value: &str| arguments.push((name.to_owned(), value.to_owned()));
            if name == "statements-between" {
                add("when", "March 2019");
            }
            if saved.parameter("limit").is_some() {
                add("limit", "100");
            }
            for time in 0..TIMES {
                ours.push(as_dixit(&store, &search, saved, &arguments)?);
                // oxigraph alone has no search of words.
                if time < TIMES_ALONE && name != "mentioned" {
                    theirs.push(as_oxigraph(graph, saved, &arguments)?);
                }
            }
        }
        let own = Times::of(ours);
        match theirs.is_empty() {
            true => println!("{name:22} {own}"),
            false => {
                let other = Times::of(theirs);
                println!("{name:22} {own} {other}  {:.3}", own.median.as_secs_f64() / other.median.as_secs_f64());
            }
        }
    }
    Ok(())
}

/// What most statements name by a property, of what has an item of Wikidata.
fn things(graph: &Store, search: &Arc<WordSearch>, property: &str) -> Result<Vec<String>> {
    let sparql = format!(
        "SELECT ?thing (COUNT(DISTINCT ?s) AS ?n) {{ ?s <{property}> ?thing }} GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 100"
    );
    let means = Means { search: Some(Arc::clone(search)), ..Means::default() };
    let mut table = Vec::new();
    format::write(run_with(graph, Prepared::from_sparql(&sparql, Language::Fr)?, &means)?, Format::Csv, &mut table)?;
    let table = String::from_utf8(table)?;
    let things = table.lines().skip(1).filter_map(|line| Some(line.split_once(',')?.0));
    let has_item = |thing: &&str| thing.rsplit_once("/Q").is_some_and(|(_, number)| number.parse::<u64>().is_ok());
    Ok(things.filter(has_item).take(VALUES).map(|thing| format!("<{thing}>")).collect())
}

/// Of many times the middle one, and the one that only a twentieth exceeds.
struct Times {
    median: Duration,
    p95: Duration,
}

impl Times {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        Self { median: at(0.5), p95: at(0.95) }
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        write!(f, "{:6.1} ms {:6.1} ms", ms(self.median), ms(self.p95))
    }
}
