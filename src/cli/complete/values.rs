//! Names of queries, their parameters, and values of these.

use super::super::own::OwnQueries;
use super::super::reading;
use super::line::Line;
use clap_complete::CompletionCandidate;
use dixit::query::complete::{known_names_beginning, stored_names_beginning};
use dixit::query::parameter::{Kind, Parameter};
use dixit::query::{Language, Library};
use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// So many names are offered.
const MOST: usize = 50;
/// So long names are looked for in a store.
const PATIENCE: Duration = Duration::from_millis(30);

/// Values of the types that have few, or whose form an example tells.
const VALUES: [(Kind, &[&str]); 4] = [
    (Kind::Quotation, &["direct", "indirect", "mixed"]),
    (Kind::Polarity, &["asserted", "denied", "hearsay", "question", "hypothetical"]),
    (Kind::Language, &["fr", "en"]),
    (
        Kind::Interval,
        &[
            "today",
            "yesterday",
            "this week",
            "last week",
            "this month",
            "last month",
            "last 30 days",
            "this year",
            "last year",
        ],
    ),
];

/// The saved queries that begin so, with their titles.
pub fn queries(typed: &OsStr) -> Vec<CompletionCandidate> {
    let (typed, language) = (typed.to_string_lossy(), language());
    let library = library(&Line::asked());
    let fit = library.queries().iter().filter(|query| query.name.starts_with(&*typed));
    fit.map(|query| CompletionCandidate::new(&query.name).help(Some(query.title.get(language).to_owned().into())))
        .collect()
}

/// Parameters of the query that the line names, or values of the one that is named.
pub fn arguments(typed: &OsStr) -> Vec<CompletionCandidate> {
    let words = Line::asked();
    let library = library(&words);
    let after = words.iter().skip_while(|word| *word != "query").skip(1);
    let named = after.clone().find_map(|word| library.queries().iter().find(|query| query.name == **word));
    let Some(query) = named else { return Vec::new() };
    let typed = typed.to_string_lossy();
    if let Some((name, value)) = typed.split_once('=') {
        let Some(parameter) = query.parameter(name) else { return Vec::new() };
        // Of a list the last one is being typed.
        let (before, value) = match value.rsplit_once(',') {
            Some((before, value)) if parameter.kind.takes_several() => (format!("{before},"), value),
            _ => (String::new(), value),
        };
        let values = values(parameter, value, &words);
        return values.into_iter().map(|value| CompletionCandidate::new(format!("{name}={before}{value}"))).collect();
    }
    let is_given = |parameter: &&Parameter| {
        let given = |name: &str| after.clone().any(|word| word.starts_with(&format!("{name}=")));
        let sets = |other: &Parameter| other.sets.contains(&parameter.name) && given(&other.name);
        given(&parameter.name) || parameter.sets.iter().any(|name| given(name)) || query.parameters.iter().any(sets)
    };
    let open = query.parameters.iter().filter(|parameter| parameter.name.starts_with(&*typed) && !is_given(parameter));
    open.map(|parameter| {
        let form = format!("{}: {}", parameter.kind.name(), parameter.kind.form());
        CompletionCandidate::new(format!("{}=", parameter.name)).help(Some(form.into()))
    })
    .collect()
}

fn values(parameter: &Parameter, typed: &str, words: &[String]) -> Vec<String> {
    let Some(role) = parameter.kind.role() else {
        let listed = VALUES.iter().find(|(kind, _)| *kind == parameter.kind).map(|(_, values)| *values);
        let values = listed.map_or_else(|| vec![parameter.example.as_str()], <[_]>::to_vec);
        return values.into_iter().filter(|value| value.starts_with(typed)).map(str::to_owned).collect();
    };
    let known = known_names_beginning(typed, role, language(), MOST);
    // To open a store takes longer than to look into the table, and names most often stand there.
    if !known.is_empty() || typed.is_empty() {
        return known;
    }
    let Ok(store) = reading::open(&store_folder(words)) else { return known };
    let deadline = Instant::now() + PATIENCE;
    stored_names_beginning(store.query_store(), typed, role, MOST, deadline).unwrap_or(known)
}

fn language() -> Language {
    Language::from_environment(|name| env::var(name).ok())
}

fn library(words: &[String]) -> Library {
    OwnQueries::in_folder(option(words, "--queries").or_else(|| env::var_os("DIXIT_QUERIES").map(PathBuf::from)))
}

fn store_folder(words: &[String]) -> PathBuf {
    let named = option(words, "--store").or_else(|| env::var_os("DIXIT_STORE").map(PathBuf::from));
    named.unwrap_or_else(|| PathBuf::from(".dixit"))
}

/// The value of an option in the line.
fn option(words: &[String], name: &str) -> Option<PathBuf> {
    let place = words.iter().position(|word| word.split('=').next() == Some(name))?;
    let value = match words[place].split_once('=') {
        Some((_, value)) => value,
        None => words.get(place + 1)?,
    };
    Some(PathBuf::from(value))
}
