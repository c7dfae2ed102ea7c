//! Who speaks about whom in a selection, as a network; a table says the same.

use super::page;
use crate::graph::{NamedNode, NamedRow, named_in};
use crate::query::selection::{Facet, Selection};
use crate::serve::card::Link;
use crate::serve::list::{self, Chosen};
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// So many pairs are drawn: more are a thicket.
const MOST: usize = 160;
/// So many are looked at, of which those with notions and nameless sources are left out.
const LOOKED_AT: usize = 6 * MOST;
/// What is nobody.
const NOBODY: [&str; 3] = ["concept", "unnamed", "document"];

#[derive(Template)]
#[template(path = "network.html")]
struct Network<'a> {
    visit: &'a Visit,
    chosen: Chosen,
    pairs: Vec<Pair>,
    /// The kinds of things that there are, in the order of the legend.
    kinds: Vec<&'static str>,
    is_cut: bool,
}

/// Somebody who speaks about somebody.
struct Pair {
    actor: Link,
    topic: Link,
    count: u64,
    /// Where the statements are.
    address: String,
}

pub async fn network(State(site): State<Arc<Site>>, visit: Visit) -> Result<Response, Problem> {
    site.read(move |site| show(site, &visit)).await
}

fn show(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let selection = list::selection(site, visit)?;
    let found = site.selections.speakers_and_topics(&selection, LOOKED_AT).map_err(Problem::internal)?;
    let names = names(site, &found, visit)?;
    let is_somebody = |named: &NamedRow| named.kind.is_none_or(|kind| !NOBODY.contains(&kind));
    let mut pairs = Vec::new();
    for (actor, topic, count) in &found {
        let (Some(one), Some(other)) = (names.get(actor.as_str()), names.get(topic.as_str())) else { continue };
        if actor != topic && is_somebody(one) && is_somebody(other) {
            let both = with(&selection, actor, topic);
            let address = list::address(site, &both);
            pairs.push(Pair { actor: Link::of(one, site), topic: Link::of(other, site), count: *count, address });
        }
    }
    let is_cut = pairs.len() > MOST || found.len() == LOOKED_AT;
    pairs.truncate(MOST);
    let all = ["person", "organisation", "authority", "outlet", "country", "place"];
    let has = |kind: &&str| pairs.iter().any(|pair| [pair.actor.kind, pair.topic.kind].contains(&Some(*kind)));
    let kinds = all.into_iter().filter(has).collect();
    let chosen = Chosen::of(site, &selection, "/network", visit)?;
    Ok(page(&Network { visit, chosen, pairs, kinds, is_cut }, visit))
}

/// The statements of an actor about a topic, within the selection.
fn with(selection: &Selection, actor: &str, topic: &str) -> Selection {
    let mut only = selection.clone();
    for (facet, value) in [(Facet::Actor, actor), (Facet::Topic, topic)] {
        let others: Vec<String> = only.chosen(facet).map(str::to_owned).collect();
        // Of several values any would do.
        for other in others {
            only = only.without(facet, &other);
        }
        only = only.with(facet, value);
    }
    only
}

fn names(site: &Site, pairs: &[(String, String, u64)], visit: &Visit) -> Result<FxHashMap<String, NamedRow>, Problem> {
    let mut iris: Vec<&str> = pairs.iter().flat_map(|(actor, topic, _)| [actor.as_str(), topic.as_str()]).collect();
    iris.sort_unstable();
    iris.dedup();
    let nodes: Vec<NamedNode> = iris.iter().map(|iri| NamedNode::new_unchecked(*iri)).collect();
    let names = named_in(&site.store, &nodes, visit.language.tag()).map_err(Problem::internal)?;
    Ok(iris.into_iter().map(str::to_owned).zip(names).collect())
}
