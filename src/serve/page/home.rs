//! The first page: a field to ask in.

use super::page;
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    visit: &'a Visit,
    /// How many saved queries there are.
    queries: u64,
}

pub async fn home(State(site): State<Arc<Site>>, visit: Visit) -> Result<Response, Problem> {
    let queries = site.library.queries().len() as u64;
    Ok(page(&Home { visit: &visit, queries }, &visit))
}
