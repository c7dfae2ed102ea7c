//! What all addresses for programs have in common: methods, and the pages of other sites that may read them (CORS).

use super::problem::Problem;
use super::site::Site;
use super::{data, linked, reconcile, sparql};
use axum::Router;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// The addresses for programs.
pub fn routes() -> Router<Arc<Site>> {
    let ontology = get(linked::ontology).fallback(other_methods);
    sparql::routes().merge(data::routes()).merge(reconcile::routes()).route("/ontology", ontology)
}

/// Lets the pages of other sites read all that is here, if somebody said of which.
pub fn read_by_others(routes: Router<Arc<Site>>, site: &Site) -> Router<Arc<Site>> {
    match origins(&site.settings.origins) {
        Some(origins) => routes.layer(cors(origins)),
        None => routes,
    }
}

/// What other methods than those of an address lead to; the router says which there are.
pub async fn other_methods(method: Method) -> Response {
    match method {
        Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        method => {
            let mend = format!("{method} is none of the methods of this address: the header Allow has them");
            Problem::Refused(StatusCode::METHOD_NOT_ALLOWED, mend).into_response()
        }
    }
}

fn cors(origins: AllowOrigin) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers([ACCEPT, CONTENT_TYPE])
        .max_age(Duration::from_secs(3600))
}

/// Nobody, unless somebody is named.
fn origins(names: &[String]) -> Option<AllowOrigin> {
    if names.iter().any(|name| name == "*") {
        return Some(AllowOrigin::any());
    }
    let values: Vec<HeaderValue> = names.iter().filter_map(|name| name.trim_end_matches('/').parse().ok()).collect();
    (!values.is_empty()).then(|| AllowOrigin::list(values))
}
