//! An actor, an outlet or a topic, mostly several of these: who it is, what it says, and what is said of it.

use super::page;
use crate::graph::{NamedNode, ThingView};
use crate::query::selection::{Facet, Page, Selection};
use crate::serve::card::{Card, Link};
use crate::serve::chart::Charts;
use crate::serve::list::{self, Choices};
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use askama::Template;
use axum::response::Response;

/// So many statements of each part are shown.
const LATEST: usize = 5;
/// So many values of what these have in common.
const VALUES: usize = 12;

#[derive(Template)]
#[template(path = "thing.html")]
struct ThingPage<'a> {
    visit: &'a Visit,
    thing: Link,
    view: &'a ThingView,
    broader: Vec<Link>,
    narrower: Vec<Link>,
    authority_of: Vec<Link>,
    merged_into: Option<Link>,
    parts: Vec<Part>,
}

/// A part that a thing plays in statements.
struct Part {
    key: &'static str,
    title: &'static str,
    total: u64,
    address: String,
    charts: Option<Charts>,
    cards: Vec<Card>,
    /// What the statements have in common, each under its title.
    common: Vec<(&'static str, Choices)>,
}

/// A part, the key of its title, and which facets tell of it, each with the key of a title.
type Row = (Facet, &'static str, &'static [(Facet, &'static str)]);

const PARTS: [Row; 4] = [
    (Facet::Actor, "latest-by", &[(Facet::Topic, "speaks-about"), (Facet::Outlet, "quoted-by")]),
    (
        Facet::Topic,
        "latest-of",
        &[(Facet::Actor, "spoken-by"), (Facet::Topic, "speaks-about"), (Facet::Outlet, "quoted-by")],
    ),
    (Facet::Outlet, "latest-in", &[(Facet::Actor, "most-quoted"), (Facet::Topic, "main-topics")]),
    (Facet::Relay, "latest-through", &[(Facet::Actor, "most-quoted"), (Facet::Outlet, "quoted-by")]),
];

pub fn show(site: &Site, visit: &Visit, iri: &NamedNode) -> Result<Response, Problem> {
    let view = ThingView::read_in(&site.store, iri, visit.language.tag()).map_err(Problem::internal)?;
    let view = &view.ok_or(Problem::NotFound)?;
    let parts = PARTS.iter().map(|row| part(site, visit, iri, row)).collect::<Result<Vec<_>, _>>()?;
    let mut parts: Vec<Part> = parts.into_iter().flatten().collect();
    // What it mostly is comes first.
    parts.sort_by_key(|part| std::cmp::Reverse(part.total));
    let template = ThingPage {
        visit,
        thing: Link::of(&view.named, site),
        view,
        broader: Link::all(&view.broader, site),
        narrower: Link::all(&view.narrower, site),
        authority_of: Link::all(&view.authority_of, site),
        merged_into: view.merged_into.as_ref().map(|named| Link::of(named, site)),
        parts,
    };
    Ok(page(&template, visit))
}

/// A part, if the thing plays it.
fn part(site: &Site, visit: &Visit, iri: &NamedNode, row: &Row) -> Result<Option<Part>, Problem> {
    let (facet, title, common) = row;
    let selection = Selection::default().with(*facet, iri.as_str());
    let wanted = Page { size: LATEST, values: VALUES, ..Page::default() };
    let found = list::find(site, &selection, wanted, visit)?;
    if found.total == 0 {
        return Ok(None);
    }
    let common = common.iter().filter_map(|(facet, title)| {
        let mut counts = found.facets.iter().find(|counts| counts.facet == *facet)?.clone();
        counts.counts.retain(|count| count.iri != iri.as_str());
        let choices = list::choices(site, &selection, &counts);
        (!choices.choices.is_empty()).then(|| (visit.say(title), choices))
    });
    Ok(Some(Part {
        key: facet.key(),
        title: visit.say(title),
        total: found.total,
        address: list::address(site, &selection),
        charts: list::charts(site, &selection, &found, visit),
        cards: list::cards(site, &found.statements, visit)?,
        common: common.collect(),
    }))
}
