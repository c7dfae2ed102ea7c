//! Linked data: the path of an IRI of the store leads to what the store says of it, as a page for people and as RDF for
//! programs.

use super::page::{article, statement, thing, utterance};
use super::problem::Problem;
use super::site::Site;
use super::visit::Visit;
use crate::graph::{NamedNode, Sort, sort_of};
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// Answers at the path of an IRI.
pub async fn at_path(State(site): State<Arc<Site>>, visit: Visit) -> Result<Response, Problem> {
    site.read(move |site| {
        let iri = site.iri(visit.path()).ok_or(Problem::NotFound)?;
        let sort = sort_of(&site.store, &iri).map_err(Problem::internal)?.ok_or(Problem::NotFound)?;
        show(site, &visit, &iri, sort)
    })
    .await
}

/// The page about something.
fn show(site: &Site, visit: &Visit, iri: &NamedNode, sort: Sort) -> Result<Response, Problem> {
    match sort {
        Sort::Article => article::show(site, visit, iri),
        Sort::Statement => statement::show(site, visit, iri),
        Sort::Thing => thing::show(site, visit, iri),
        Sort::Utterance => utterance::show(site, visit, iri),
        Sort::Other => Err(Problem::NotFound),
    }
}
