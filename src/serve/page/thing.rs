//! An actor, an outlet or a topic, mostly several of these: who it is, and what it says and what is said of it.

use super::page;
use crate::graph::{NamedNode, ThingView};
use crate::serve::card::Link;
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use askama::Template;
use axum::response::Response;

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
}

pub fn show(site: &Site, visit: &Visit, iri: &NamedNode) -> Result<Response, Problem> {
    let view = ThingView::read_in(&site.store, iri, visit.language.tag()).map_err(Problem::internal)?;
    let view = &view.ok_or(Problem::NotFound)?;
    let template = ThingPage {
        visit,
        thing: Link::of(&view.named, site),
        view,
        broader: Link::all(&view.broader, site),
        narrower: Link::all(&view.narrower, site),
        authority_of: Link::all(&view.authority_of, site),
        merged_into: view.merged_into.as_ref().map(|named| Link::of(named, site)),
    };
    Ok(page(&template, visit))
}
