//! The pages, one a file, each with a template in `templates/`.

mod about;
pub mod article;
mod home;
mod names;
mod network;
mod queries;
mod query;
mod review;
mod search;
pub mod sparql;
pub mod statement;
pub mod thing;
mod timeline;
pub mod utterance;

use super::again::again;
use super::linked;
use super::problem::Problem;
use super::programs::other_methods;
use super::site::Site;
use super::visit::Visit;
use askama::Template;
use axum::Router;
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::sync::Arc;

pub fn routes(site: &Arc<Site>) -> Router<Arc<Site>> {
    let kept = Router::new()
        .route("/", get(home::home))
        .route("/queries", get(queries::queries))
        .route("/query/{name}", get(query::query))
        .route("/search", get(search::search))
        .route("/network", get(network::network))
        .route("/timeline", get(timeline::timeline))
        .fallback(get(linked::at_path).fallback(other_methods))
        .layer(middleware::from_fn_with_state(Arc::clone(site), again));
    // These tell of the moment, of who asks or of the name of the site.
    let fresh = Router::new()
        .route("/about", get(about::about))
        .route("/names", get(names::names))
        .route("/review", get(review::review).post(review::decide).fallback(other_methods))
        .route("/review/enter", post(review::enter).fallback(other_methods))
        .route("/sparql/terms", get(sparql::terms));
    kept.merge(fresh)
}

/// Whether an address leads to the web, and does nothing else.
pub fn is_web_address(address: &str) -> bool {
    crate::query::page::is_web_address(address)
}

/// A page that is there.
pub fn page(template: &impl Template, visit: &Visit) -> Response {
    page_with(StatusCode::OK, template, visit)
}

fn page_with(status: StatusCode, template: &impl Template, visit: &Visit) -> Response {
    let text = match template.render() {
        Ok(text) => text,
        Err(error) => return Problem::internal(error).into_response(),
    };
    let mut response = (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response();
    let headers = response.headers_mut();
    headers.insert("vary", HeaderValue::from_static("accept, accept-language, cookie"));
    if let Some(cookie) = visit.keeps().and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
        headers.insert(SET_COOKIE, cookie);
    }
    response
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    visit: &'a Visit,
    problem: String,
}

/// What went wrong, for people.
pub fn problem_page(problem: &Problem, visit: Visit) -> Response {
    page_with(problem.status(), &ProblemPage { visit: &visit, problem: problem.to_string() }, &visit)
}
