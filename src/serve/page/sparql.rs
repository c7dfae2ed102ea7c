//! The page on which people write queries, with the answer below.

use super::page_with;
use crate::graph::Base;
use crate::graph::vocabulary::{dixit, oa, prov, schema, skos};
use crate::query::{Language, PREFIXES, Prepared, SavedQuery, Stop, run_with};
use crate::serve::origin::Origin;
use crate::serve::problem::Problem;
use crate::serve::shown::{MOST_ROWS, Shown, editor};
use crate::serve::site::Site;
use crate::serve::sparql::means;
use crate::serve::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;

/// Queries to begin with; the field has the first one.
const EXAMPLES: [&str; 6] = [
    include_str!("../examples/newest.rq"),
    include_str!("../examples/words.rq"),
    include_str!("../examples/about-each-other.rq"),
    include_str!("../examples/not-asserted.rq"),
    include_str!("../examples/graph.rq"),
    include_str!("../examples/terms.rq"),
];

#[derive(Template)]
#[template(path = "sparql.html")]
struct SparqlPage<'a> {
    visit: &'a Visit,
    base: &'a Base,
    /// Where programs ask.
    address: String,
    query: &'a str,
    problem: Option<String>,
    examples: Vec<(String, String)>,
    answer: Option<Shown>,
}

/// The page; `asked` is a query and what came of reading it.
pub async fn sparql(
    site: &Arc<Site>,
    visit: &Visit,
    origin: &Origin,
    asked: Option<(String, Result<Prepared, Problem>)>,
) -> Result<Response, Problem> {
    let (query, read) = match asked {
        Some((query, read)) => (Some(query), Some(read)),
        None => (None, None),
    };
    let found = match (read, query.clone()) {
        (Some(Ok(prepared)), Some(text)) => {
            Some(site.query(move |site, stop| Ok(answer(site, prepared, &text, stop))).await?)
        }
        (Some(Err(problem)), _) => Some(Err(problem)),
        _ => None,
    };
    let (answer, problem) = match found {
        None => (None, None),
        Some(Ok(answer)) => (Some(answer), None),
        Some(Err(problem @ (Problem::Internal | Problem::Busy))) => return Err(problem),
        Some(Err(problem)) => (None, Some(problem)),
    };
    let examples: Vec<(String, String)> = EXAMPLES.iter().map(|text| example(text, visit.language)).collect();
    let first = examples.first().map_or("", |(_, query)| query);
    let template = SparqlPage {
        visit,
        base: site.store.base(),
        address: origin.at("/sparql"),
        query: query.as_deref().unwrap_or(first),
        problem: problem.as_ref().map(Problem::to_string),
        answer,
        examples: examples.iter().map(|(title, query)| (title.clone(), editor(query, None))).collect(),
    };
    Ok(page_with(problem.map_or(StatusCode::OK, |problem| problem.status()), &template, visit))
}

fn answer(site: &Site, prepared: Prepared, text: &str, stop: &Stop) -> Result<Shown, Problem> {
    let prepared = prepared.with_limit(MOST_ROWS);
    let answer = run_with(site.store.query_store(), prepared, &means(site, stop))?;
    Ok(Shown::read(site, answer, |form| editor(text, Some(form)))?)
}

/// The title and the query of an example.
fn example(text: &str, language: Language) -> (String, String) {
    let title = SavedQuery::parse_own("example", text).map(|query| query.title.get(language).to_owned());
    let query = text.split_once("\n\n").map_or(text, |(_, query)| query);
    // The examples ask for French names.
    let query = if language == Language::En {
        query.replace("\"fr\"", "\"en\"").replace("!= \"en\"", "!= \"fr\"")
    } else {
        query.to_owned()
    };
    (title.unwrap_or_default(), query)
}

/// Prefixes and terms, for an editor that completes them.
pub async fn terms() -> Response {
    let known = [dixit::ALL, schema::ALL, prov::ALL, oa::ALL, skos::ALL];
    let known = known.iter().flat_map(|terms| terms.iter()).map(|term| term.as_str());
    // Properties begin with a small letter, classes and single things with a capital.
    let is_property = |iri: &&str| {
        let name = iri.rsplit(['#', '/']).next().unwrap_or_default();
        name.starts_with(char::is_lowercase)
    };
    let (mut properties, mut things): (Vec<&str>, Vec<&str>) = known.partition(is_property);
    properties
        .extend(["http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2000/01/rdf-schema#label"]);
    properties.sort_unstable();
    things.sort_unstable();
    let prefixes: serde_json::Map<_, _> =
        PREFIXES.iter().map(|(prefix, iri)| ((*prefix).to_owned(), json!(iri))).collect();
    let terms = json!({ "prefixes": prefixes, "properties": properties, "things": things });
    let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "public, max-age=3600")];
    (headers, terms.to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_are_queries_with_titles_in_both_languages() {
        for text in EXAMPLES {
            for language in Language::ALL {
                let (title, query) = example(text, language);
                assert!(!title.is_empty() && title != "example", "{text}");
                Prepared::from_sparql(&query, language).unwrap();
            }
        }
    }
}
