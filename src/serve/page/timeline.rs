//! When the statements of a selection were made: all of them, and those of the actors and about the topics that are there
//! most.

use super::page;
use crate::date::PartialDate;
use crate::query::Series;
use crate::query::selection::{Facet, Page, Selection};
use crate::serve::chart::Charts;
use crate::serve::list::{self, Chosen};
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// So many bars a drawing has at most.
const MOST_BARS: usize = 96;
/// The facets whose values have lines of their own, with the title of the drawing.
const FACETS: [(Facet, &str); 3] = [(Facet::Actor, "actor"), (Facet::Topic, "topic"), (Facet::Outlet, "outlet")];
/// So many of them.
const VALUES: usize = 8;

#[derive(Template)]
#[template(path = "timeline.html")]
struct Timeline<'a> {
    visit: &'a Visit,
    chosen: Chosen,
    all: Option<Charts>,
    several: Vec<Charts>,
}

pub async fn timeline(State(site): State<Arc<Site>>, visit: Visit) -> Result<Response, Problem> {
    site.read(move |site| show(site, &visit)).await
}

fn show(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let selection = list::selection(site, visit)?;
    let nothing = Page { size: 0, values: VALUES, ..Page::default() };
    let found = list::find(site, &selection, nothing, visit)?;
    let mut several = Vec::new();
    for (facet, by) in FACETS {
        let counts = found.facets.iter().find(|counts| counts.facet == facet);
        let values = counts.into_iter().flat_map(|counts| counts.counts.iter().take(VALUES));
        let mut dates = Vec::new();
        let mut addresses = Vec::new();
        for value in values.filter(|value| value.statements > 0) {
            let own = only(&selection, facet, &value.iri);
            addresses.push((value.label.clone(), list::address(site, &own)));
            let months = site.selections.months(&own).map_err(Problem::internal)?;
            dates.extend(
                months
                    .into_iter()
                    .map(|month| (PartialDate::Month(month.year, month.month), value.label.clone(), month.statements)),
            );
        }
        let series = Series::of_things(dates, ["statements", by], MOST_BARS, visit.language);
        if let Some(series) = series.filter(|series| series.periods.len() > 1) {
            let address =
                |name: &str| addresses.iter().find(|(own, _)| own == name).map(|(_, address)| address.clone());
            let charts = Charts::of(&series, visit.language, |_| String::new());
            several.push(charts.leading(visit.word("facet", facet.key()), address));
        }
    }
    let chosen = Chosen::of(site, &selection, "/timeline", visit)?;
    Ok(page(&Timeline { visit, chosen, all: list::charts(site, &selection, &found, visit), several }, visit))
}

/// The statements with this value, within the selection.
fn only(selection: &Selection, facet: Facet, value: &str) -> Selection {
    let others: Vec<String> = selection.chosen(facet).map(str::to_owned).collect();
    let rest = others.iter().fold(selection.clone(), |rest, other| rest.without(facet, other));
    rest.with(facet, value)
}
