//! What several articles report of one speech event.

use super::page;
use crate::graph::{NamedNode, reports_in};
use crate::serve::card::Card;
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "utterance.html")]
struct UtterancePage<'a> {
    visit: &'a Visit,
    reports: Vec<Card>,
}

pub fn show(site: &Site, visit: &Visit, iri: &NamedNode) -> Result<Response, Problem> {
    let reports = reports_in(&site.store, iri, visit.language.tag()).map_err(Problem::internal)?;
    let reports = reports.iter().map(|row| Card::of(row, site, visit)).collect();
    Ok(page(&UtterancePage { visit, reports }, visit))
}
