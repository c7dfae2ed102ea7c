//! `/data`: graphs as a whole, by the [Graph Store Protocol](https://www.w3.org/TR/sparql11-http-rdf-update/), of which only
//! the reading is done. The texts of articles stay here.

use super::body;
use super::negotiate::{self, GRAPHS, Offer};
use super::problem::Problem;
use super::programs::other_methods;
use super::site::Site;
use super::stream::{self, Pipe};
use crate::graph::{ExportError, ExportFormat, NamedNode, Texts, export, export_graph, is_graph};
use crate::query::Stop;
use axum::Router;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::io;
use std::sync::Arc;

pub fn routes() -> Router<Arc<Site>> {
    Router::new().route("/data", get(graph).fallback(other_methods))
}

async fn graph(State(site): State<Arc<Site>>, headers: HeaderMap, uri: Uri) -> Result<Response, Problem> {
    let pairs = body::pairs(uri.query().unwrap_or_default())?;
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let offer = negotiate::choose(GRAPHS, value("format"), &headers)?;
    let mend = |what: &str| {
        let base = site.store.base();
        Problem::Wrong(format!(
            "{what}: write ?default for all graphs together, or one, such as ?graph={base}graph/entities"
        ))
    };
    match (value("default"), value("graph")) {
        (Some(_), None) => all(&site, offer).await,
        (None, Some(name)) => {
            let name = NamedNode::new(name).map_err(|_| mend(&format!("`{name}` is no IRI of a graph")))?;
            one(&site, name, offer).await
        }
        (None, None) => Err(mend("no graph is named")),
        (Some(_), Some(_)) => Err(mend("two graphs are named")),
    }
}

/// The union of all graphs, or in formats that keep them apart all of these.
async fn all(site: &Arc<Site>, offer: &'static Offer<ExportFormat>) -> Result<Response, Problem> {
    written(site, offer, move |site, pipe| export(&site.store, offer.format, Texts::LeftOut, pipe)).await
}

/// One graph.
pub async fn one(site: &Arc<Site>, name: NamedNode, offer: &'static Offer<ExportFormat>) -> Result<Response, Problem> {
    let own = name.clone();
    if !site.read(move |site| is_graph(&site.store, &own).map_err(Problem::internal)).await? {
        return Err(Problem::Refused(StatusCode::NOT_FOUND, "there is no graph of this name".to_owned()));
    }
    written(site, offer, move |site, pipe| export_graph(&site.store, &name, offer.format, pipe)).await
}

async fn written(
    site: &Arc<Site>,
    offer: &Offer<ExportFormat>,
    write: impl FnOnce(&Site, &mut Pipe) -> Result<(), ExportError> + Send + 'static,
) -> Result<Response, Problem> {
    let work = move |site: &Site, pipe: &mut Pipe| {
        write(site, pipe).map_err(|error| match error {
            ExportError::Io(error) if error.kind() != io::ErrorKind::InvalidData => Problem::Busy,
            error => Problem::internal(error),
        })
    };
    let body = stream::answer(site, Stop::default(), work).await?;
    Ok(([(CONTENT_TYPE, offer.media), (VARY, "accept")], body).into_response())
}
