//! What this site is, what it holds, and how programs ask it.

use super::page;
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "about.html")]
struct About<'a> {
    visit: &'a Visit,
    base: &'a str,
    version: &'static str,
}

pub async fn about(State(site): State<Arc<Site>>, visit: Visit) -> Result<Response, Problem> {
    let base = site.store.base().as_str();
    Ok(page(&About { visit: &visit, base, version: env!("CARGO_PKG_VERSION") }, &visit))
}
