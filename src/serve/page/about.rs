//! What this site is, what it holds, and how programs ask it.

use super::page;
use crate::graph::Stats;
use crate::serve::origin::Origin;
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "about.html")]
struct About<'a> {
    visit: &'a Visit,
    base: &'a str,
    /// What there is, each with the key of its word; nothing while it is being counted.
    counts: Vec<(&'static str, u64)>,
    /// The addresses for programs, each with the key of what it is for.
    addresses: Vec<(String, &'static str)>,
}

/// The addresses for programs, each with the key of what it is for.
const ADDRESSES: [(&str, &str); 5] = [
    ("/sparql", "for-sparql"),
    ("/data", "for-data"),
    ("/reconcile", "for-reconcile"),
    ("/.well-known/void", "for-void"),
    ("/ontology", "for-ontology"),
];

pub async fn about(State(site): State<Arc<Site>>, visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let origin = Origin::of(&headers, &site);
    let about = About {
        visit: &visit,
        base: site.store.base().as_str(),
        counts: site.stats().await.map(|stats| counts(&stats)).unwrap_or_default(),
        addresses: ADDRESSES.iter().map(|(path, purpose)| (origin.at(path), *purpose)).collect(),
    };
    Ok(page(&about, &visit))
}

fn counts(stats: &Stats) -> Vec<(&'static str, u64)> {
    let counts = [
        ("articles", stats.articles),
        ("statements", stats.statements),
        ("utterances", stats.utterances),
        ("actors", stats.actors),
        ("outlets", stats.outlets),
        ("topics-n", stats.topics),
        ("triples", stats.triples),
    ];
    counts.into_iter().map(|(key, count)| (key, count as u64)).collect()
}
