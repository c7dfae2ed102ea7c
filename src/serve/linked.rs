//! Linked data: the path of an IRI of the store leads to what the store says of it, as a page for people and as RDF for
//! programs.

use super::data;
use super::negotiate::{self, GRAPHS, Offer};
use super::page::{article, statement, thing, utterance};
use super::problem::Problem;
use super::site::Site;
use super::visit::Visit;
use crate::graph::vocabulary::ONTOLOGY;
use crate::graph::{
    Base, ExportFormat, NamedNode, Quad, Sort, describe_ontology, describe_thing, is_graph, sha256, sort_of,
    write_quads,
};
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH, LINK, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use std::sync::Arc;

/// What stands at a path.
enum There {
    Told(Response),
    Graph(NamedNode),
}

/// Answers at the path of an IRI.
pub async fn at_path(
    State(site): State<Arc<Site>>,
    visit: Visit,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let name = visit.parameter("format").map(str::to_owned);
    let is_page = negotiate::wants_page(GRAPHS, name.as_deref(), &headers);
    let offer = negotiate::choose(GRAPHS, name.as_deref(), &headers);
    let path = uri.path().to_owned();
    let there = site.read(move |site| {
        let (iri, sort) = find(site, &path)?;
        Ok((
            match sort {
                Some(Sort::Other) if is_page => There::Told(told(site, &iri, &GRAPHS[0], &headers)?),
                Some(sort) if is_page => There::Told(with_links(show(site, &visit, &iri, sort)?, &path)),
                Some(_) => There::Told(with_links(told(site, &iri, offer.clone()?, &headers)?, &path)),
                None => There::Graph(iri),
            },
            offer,
        ))
    });
    match there.await? {
        (There::Told(response), _) => Ok(response),
        (There::Graph(name), offer) => data::one(&site, name, offer.unwrap_or(&GRAPHS[0])).await,
    }
}

/// The IRI that is meant by a path, and what it stands for; `None` for a graph of which nothing else is said.
fn find(site: &Site, path: &str) -> Result<(NamedNode, Option<Sort>), Problem> {
    // Letters beyond ASCII are escaped on their way; IRIs of the store have them as they are.
    let decoded = percent_decode_str(path).decode_utf8().ok();
    for path in [Some(path.into()), decoded].into_iter().flatten() {
        let Some(iri) = site.iri(&path) else { continue };
        if let Some(sort) = sort_of(&site.store, &iri).map_err(Problem::internal)? {
            return Ok((iri, Some(sort)));
        }
        if is_graph(&site.store, &iri).map_err(Problem::internal)? {
            return Ok((iri, None));
        }
    }
    Err(Problem::NotFound)
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

/// What the store says of something, for programs.
fn told(site: &Site, iri: &NamedNode, offer: &Offer<ExportFormat>, headers: &HeaderMap) -> Result<Response, Problem> {
    let quads = describe_thing(&site.store, iri).map_err(Problem::internal)?;
    written(&quads, site.store.base(), offer, headers)
}

/// The vocabulary (`/ontology`).
pub async fn ontology(State(site): State<Arc<Site>>, visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let offer = negotiate::choose(GRAPHS, visit.parameter("format"), &headers)?;
    if offer.format == ExportFormat::Turtle {
        return Ok(sent(ONTOLOGY.into(), offer, &headers));
    }
    let base = site.store.base();
    let quads: Vec<Quad> = describe_ontology(base).into_iter().collect();
    written(&quads, base, offer, &headers)
}

fn written(quads: &[Quad], base: &Base, offer: &Offer<ExportFormat>, headers: &HeaderMap) -> Result<Response, Problem> {
    let mut text = Vec::new();
    write_quads(quads, base, offer.format, &mut text).map_err(Problem::internal)?;
    Ok(sent(text, offer, headers))
}

/// Sends a text, unless the client has it.
fn sent(text: Vec<u8>, offer: &Offer<ExportFormat>, headers: &HeaderMap) -> Response {
    let tag = format!("W/\"{}\"", &sha256(&text)[..16]);
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|tags| tags.to_str().ok());
    let is_known = known.flat_map(|tags| tags.split(',')).any(|own| own.trim() == tag);
    let head = [(CONTENT_TYPE, offer.media), (VARY, "accept")];
    let mut response = match is_known {
        true => (StatusCode::NOT_MODIFIED, head).into_response(),
        false => (head, text).into_response(),
    };
    response.headers_mut().extend(HeaderValue::from_str(&tag).ok().map(|tag| (ETAG, tag)));
    response
}

/// Says in which other formats the same can be had.
fn with_links(mut response: Response, path: &str) -> Response {
    for offer in &GRAPHS[..4] {
        let link = format!("<{path}?format={}>; rel=\"alternate\"; type=\"{}\"", offer.names[0], offer.kind());
        response.headers_mut().extend(HeaderValue::from_str(&link).ok().map(|link| (LINK, link)));
    }
    response
}
