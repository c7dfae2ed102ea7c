//! The first page: a field to ask in, and what the store is about.

use super::page;
use crate::query::selection::{Facet, Page, Selection};
use crate::serve::card::Card;
use crate::serve::list::{self, Choices};
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// So many statements and values are shown.
const LATEST: usize = 5;
const VALUES: usize = 12;

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    visit: &'a Visit,
    /// How many saved queries there are.
    queries: u64,
    total: u64,
    cards: Vec<Card>,
    /// Who speaks most, about what, and where, each under its title.
    common: Vec<(&'static str, Choices)>,
}

const COMMON: [(Facet, &str); 3] =
    [(Facet::Actor, "most-quoted"), (Facet::Topic, "main-topics"), (Facet::Outlet, "facet-outlet")];

pub async fn home(State(site): State<Arc<Site>>, visit: Visit) -> Result<Response, Problem> {
    site.read(move |site| {
        let (all, wanted) = (Selection::default(), Page { size: LATEST, values: VALUES, ..Page::default() });
        let found = list::find(site, &all, wanted, &visit)?;
        let common = COMMON.iter().filter_map(|(facet, title)| {
            let counts = found.facets.iter().find(|counts| counts.facet == *facet)?;
            Some((visit.say(title), list::choices(site, &all, counts)))
        });
        let template = Home {
            visit: &visit,
            queries: site.library.queries().len() as u64,
            total: found.total,
            cards: list::cards(site, &found.statements, &visit)?,
            common: common.filter(|(_, choices)| !choices.choices.is_empty()).collect(),
        };
        Ok(page(&template, &visit))
    })
    .await
}
