//! All saved queries, under headings.

use super::page;
use crate::query::{Language, SavedQuery};
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use crate::table;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// The headings: French, English, the names of the queries.
const GROUPS: &str = include_str!("../../../queries/groups.tsv");

#[derive(Template)]
#[template(path = "queries.html")]
struct Queries<'a> {
    visit: &'a Visit,
    groups: Vec<Group<'a>>,
}

struct Group<'a> {
    name: &'a str,
    queries: Vec<Row<'a>>,
}

struct Row<'a> {
    name: &'a str,
    title: &'a str,
    description: &'a str,
}

pub async fn queries(State(site): State<Arc<Site>>, visit: Visit) -> Result<Response, Problem> {
    let groups = groups(site.library.queries(), visit.language, visit.say("own-queries"));
    Ok(page(&Queries { visit: &visit, groups }, &visit))
}

/// The reader's own come first.
fn groups<'a>(queries: &'a [SavedQuery], language: Language, own: &'a str) -> Vec<Group<'a>> {
    let rows = table::rows("queries/groups.tsv", GROUPS, ["fr", "en", "queries"]).unwrap_or_default();
    let row = |query: &'a SavedQuery| Row {
        name: &query.name,
        title: query.title.get(language),
        description: query.description.get(language),
    };
    let mut rest: Vec<Row<'a>> = queries.iter().map(row).collect();
    let known = rows.into_iter().map(|(_, [fr, en, names])| {
        let mut group = Group { name: if language == Language::Fr { fr } else { en }, queries: Vec::new() };
        for name in names.split(' ') {
            if let Some(place) = rest.iter().position(|query| query.name == name) {
                group.queries.push(rest.remove(place));
            }
        }
        group
    });
    let known: Vec<Group<'_>> = known.collect();
    let own = Group { name: own, queries: rest };
    [own].into_iter().chain(known).filter(|group| !group.queries.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::library;

    #[test]
    fn every_query_that_is_built_in_has_its_heading() {
        let rows = table::rows("queries/groups.tsv", GROUPS, ["fr", "en", "queries"]).unwrap();
        let mut named: Vec<&str> = rows.iter().flat_map(|(_, [.., names])| names.split(' ')).collect();
        let mut built_in: Vec<&str> = library().iter().map(|query| query.name.as_str()).collect();
        named.sort_unstable();
        built_in.sort_unstable();
        assert_eq!(named, built_in);
    }
}
