//! What the endpoint and the data say of themselves.

use crate::graph::{self, Endpoint, ExportFormat, Quad, Stats, Store, write_quads};
use crate::serve::negotiate::{self, GRAPHS, Offer};
use crate::serve::origin::Origin;
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, VARY};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The description of the endpoint.
pub async fn service(
    site: &Arc<Site>,
    origin: Origin,
    offer: &'static Offer<ExportFormat>,
) -> Result<Response, Problem> {
    told(site, origin, offer, |store, endpoint, stats| Ok(graph::describe_service(store.base(), endpoint, stats))).await
}

/// The description of the data (`/.well-known/void`).
pub async fn void(State(site): State<Arc<Site>>, visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let offer = negotiate::choose(GRAPHS, visit.parameter("format"), &headers)?;
    told(&site, Origin::of(&headers, &site), offer, |store, endpoint, stats| {
        graph::describe_dataset(store, endpoint, stats).map_err(Problem::internal)
    })
    .await
}

async fn told(
    site: &Arc<Site>,
    origin: Origin,
    offer: &'static Offer<ExportFormat>,
    describe: impl FnOnce(&Store, &Endpoint, Option<&Stats>) -> Result<Vec<Quad>, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let stats = site.stats().await;
    let endpoint = Endpoint {
        sparql: origin.at("/sparql"),
        void: origin.at("/.well-known/void"),
        data: origin.at("/data"),
        federates: site.settings.federate.is_some(),
    };
    let work = move |site: &Site| {
        let quads = describe(&site.store, &endpoint, stats.as_deref())?;
        let mut text = Vec::new();
        write_quads(&quads, site.store.base(), offer.format, &mut text).map_err(Problem::internal)?;
        Ok(text)
    };
    let text = site.read(work).await?;
    Ok(([(CONTENT_TYPE, offer.media), (VARY, "accept")], text).into_response())
}
