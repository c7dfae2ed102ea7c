//! `/sparql`: queries of programs, by the [SPARQL 1.1 Protocol](https://www.w3.org/TR/sparql11-protocol/).
//!
//! - [`protocol`]: what a request asks;
//! - [`description`]: what the endpoint says of itself where nothing is asked, and the data (`/.well-known/void`).

mod description;
mod protocol;

use super::negotiate::{self, GRAPHS, Offer, ROWS};
use super::origin::Origin;
use super::page;
use super::problem::Problem;
use super::programs::other_methods;
use super::site::Site;
use super::stream::{self, Pipe};
use super::visit::Visit;
use crate::query::{self, Form, Language, Means, Prepared, Services, Stop, TimeLimit, format, run_with};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, VARY};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use protocol::Asked;
use std::io;
use std::sync::Arc;

pub fn routes() -> Router<Arc<Site>> {
    let methods = get(endpoint).post(endpoint).fallback(other_methods);
    let void = get(description::void).fallback(other_methods);
    Router::new().route("/sparql", methods).route("/.well-known/void", void)
}

async fn endpoint(State(site): State<Arc<Site>>, visit: Visit, request: Request) -> Result<Response, Problem> {
    let (head, body) = request.into_parts();
    let asked = Asked::read(&head, body, site.settings.patience).await?;
    let name = asked.format.as_deref();
    let Some(text) = &asked.query else {
        if negotiate::wants_page(GRAPHS, name, &head.headers) {
            return page::sparql::sparql(&site, &visit, &Origin::of(&head.headers, &site), None).await;
        }
        let offer = negotiate::choose(GRAPHS, name, &head.headers)?;
        return description::service(&site, Origin::of(&head.headers, &site), offer).await;
    };
    if negotiate::wants_page(ROWS, name, &head.headers) && negotiate::wants_page(GRAPHS, name, &head.headers) {
        let asked = Some((text.clone(), prepared(&site, &asked, text, visit.language).await));
        return page::sparql::sparql(&site, &visit, &Origin::of(&head.headers, &site), asked).await;
    }
    let prepared = prepared(&site, &asked, text, visit.language).await?;
    match prepared.form() {
        Form::Graph => {
            let offer = negotiate::choose(GRAPHS, name, &head.headers)?;
            let write = move |site: &Site, answer, pipe: &mut Pipe| {
                format::stream_graph(answer, offer.format, site.store.base(), pipe)
            };
            answer(&site, prepared, offer, write).await
        }
        Form::Rows | Form::Truth => {
            let offer = negotiate::choose(ROWS, name, &head.headers)?;
            let write = move |_: &Site, answer, pipe: &mut Pipe| format::write(answer, offer.format, pipe);
            answer(&site, prepared, offer, write).await
        }
    }
}

/// The query of a request. To read it may take as long as to answer it.
async fn prepared(site: &Arc<Site>, asked: &Asked, text: &str, language: Language) -> Result<Prepared, Problem> {
    let text = text.to_owned();
    let prepared = site.query(move |_, _| Ok(Prepared::from_sparql(&text, language)?)).await?;
    prepared.with_graphs(&asked.default_graphs, &asked.named_graphs).map_err(|graph| {
        Problem::Wrong(format!("`{graph}` is no IRI of a graph: write it whole, such as {}", site.store.base()))
    })
}

/// Evaluates a query, and answers while its rows are found.
async fn answer<T>(
    site: &Arc<Site>,
    prepared: Prepared,
    offer: &Offer<T>,
    write: impl FnOnce(&Site, query::Answer, &mut Pipe) -> Result<usize, query::Error> + Send + 'static,
) -> Result<Response, Problem> {
    let stop = Stop::default();
    let means = means(site, &stop);
    let work = move |site: &Site, pipe: &mut Pipe| {
        let answer = run_with(site.store.query_store(), prepared, &means)?;
        write(site, answer, pipe)?;
        Ok(())
    };
    let body = stream::answer(site, stop, work).await?;
    Ok(([(CONTENT_TYPE, offer.media), (VARY, "accept")], body).into_response())
}

/// What a query of a stranger may use.
pub fn means(site: &Site, stop: &Stop) -> Means {
    Means {
        services: site.settings.federate.clone().map(Services::new),
        search: Some(Arc::clone(&site.search)),
        limit: Some(TimeLimit::new(site.settings.time).or_stopped_by(stop)),
        most: Some(site.settings.rows),
        ..Means::default()
    }
}

impl From<query::Error> for Problem {
    /// What a stranger is told of a query that failed.
    fn from(error: query::Error) -> Self {
        use query::Error;
        match error {
            Error::NotFederated(service) => {
                Self::Forbidden(format!("the query asks {service} (SERVICE), and this endpoint asks nobody else"))
            }
            Error::TimeIsOver(over) => {
                Self::TooMuch(format!("{over}: narrow it, for example by a LIMIT, to a topic or to some days"))
            }
            Error::MemoryIsOver(_) => Self::TooMuch(error.to_string()),
            // The client is gone, or reads too slowly: nobody hears this.
            Error::Write(error) if error.kind() != io::ErrorKind::InvalidData => Self::TooMuch(error.to_string()),
            Error::Write(error) => Self::Refused(StatusCode::NOT_ACCEPTABLE, error.to_string()),
            Error::Service(failure) => Self::Refused(StatusCode::BAD_GATEWAY, failure.to_string()),
            error if error.is_internal() => Self::internal(error),
            error => Self::Wrong(error.to_string()),
        }
    }
}
