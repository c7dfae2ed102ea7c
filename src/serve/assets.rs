//! The files that pages load, all of them in the program.

use super::problem::Problem;
use super::site::Site;
use crate::graph::sha256;
use axum::Router;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rustc_hash::FxHashMap;
use std::sync::{Arc, LazyLock};

/// A file: its name, its type, what it holds.
type Asset = (&'static str, &'static str, &'static [u8]);

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

const ASSETS: &[Asset] = &[
    ("dixit.css", CSS, include_bytes!("assets/dixit.css")),
    ("dixit.js", JS, include_bytes!("assets/dixit.js")),
    ("network.css", CSS, include_bytes!("assets/network.css")),
    ("network.js", JS, include_bytes!("assets/network.js")),
    ("cytoscape.js", JS, include_bytes!("assets/vendor/cytoscape.min.js")),
    ("sparql.css", CSS, include_bytes!("assets/sparql.css")),
    ("sparql.js", JS, include_bytes!("assets/sparql.js")),
    ("yasqe.css", CSS, include_bytes!("assets/vendor/yasqe.min.css")),
    ("yasqe.js", JS, include_bytes!("assets/vendor/yasqe.min.js")),
    ("dixit.svg", SVG, include_bytes!("assets/dixit.svg")),
];

/// The versions of the files, by their names: of another content it is another.
static VERSIONS: LazyLock<FxHashMap<&str, String>> =
    LazyLock::new(|| ASSETS.iter().map(|(name, _, bytes)| (*name, sha256(bytes)[..12].to_owned())).collect());

/// The address of a file, which may be kept for ever.
pub fn address(name: &str) -> String {
    let version = VERSIONS.get(name).map(String::as_str).unwrap_or_default();
    format!("/assets/{name}?v={version}")
}

pub fn routes() -> Router<Arc<Site>> {
    Router::new().route("/assets/{*name}", get(asset)).route("/favicon.ico", get(|| async { file("dixit.svg") }))
}

async fn asset(Path(name): Path<String>) -> Response {
    file(&name)
}

fn file(name: &str) -> Response {
    match ASSETS.iter().find(|(known, ..)| *known == name) {
        Some((_, kind, bytes)) => {
            ([(CONTENT_TYPE, *kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")], *bytes).into_response()
        }
        None => Problem::NotFound.into_response(),
    }
}
