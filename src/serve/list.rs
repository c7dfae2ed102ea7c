//! Statements of a selection, as pages list and count them.

use super::card::Card;
use super::chart::Charts;
use super::problem::Problem;
use super::site::Site;
use super::visit::Visit;
use crate::date::PartialDate;
use crate::graph::{NamedNode, statements_in};
use crate::query::selection::{Count, Facet, FacetCounts, Found, Page, Selection};
use crate::query::{Bar, Series};

/// So many bars a chart has at most.
const MOST_BARS: usize = 60;

/// The selection that an address tells.
pub fn selection(site: &Site, visit: &Visit) -> Result<Selection, Problem> {
    Selection::from_pairs(visit.parameters(), site.store.base()).map_err(|error| Problem::Wrong(error.to_string()))
}

/// The address of a selection.
pub fn address(site: &Site, selection: &Selection) -> String {
    address_at("/search", site, selection)
}

/// The address of a selection on one of the pages that show some.
pub fn address_at(path: &str, site: &Site, selection: &Selection) -> String {
    let query = selection.query(site.store.base());
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// All that is chosen, each with the address of the same page without it.
pub fn chosen(site: &Site, selection: &Selection, path: &str, visit: &Visit) -> Result<Vec<(String, String)>, Problem> {
    let without = |rest: Selection| address_at(path, site, &rest);
    let mut chosen = Vec::new();
    if let Some(words) = &selection.words {
        chosen.push((words.clone(), without(selection.clone().without_words())));
    }
    for facet in Facet::ALL {
        for iri in selection.chosen(facet) {
            let label = site.selections.label(iri, visit.language).map_err(Problem::internal)?;
            chosen.push((label, without(selection.clone().without(facet, iri))));
        }
    }
    let of_day = |key, day: jiff::civil::Date| format!("{} {}", visit.say(key), visit.date(&day.to_string()));
    if let Some(day) = selection.since {
        chosen.push((of_day("since", day), without(selection.clone().within(None, selection.until))));
    }
    if let Some(day) = selection.until {
        chosen.push((of_day("until", day), without(selection.clone().within(selection.since, None))));
    }
    Ok(chosen)
}

/// What a page of a selection shows of it.
pub struct Chosen {
    /// Its parts, each with the address of the same page without it.
    pub parts: Vec<(String, String)>,
    /// The same page with nothing chosen, and the search in which the selection can be changed.
    pub all: &'static str,
    pub search: String,
    /// How many statements it has.
    pub total: u64,
}

impl Chosen {
    pub fn of(site: &Site, selection: &Selection, path: &'static str, visit: &Visit) -> Result<Self, Problem> {
        Ok(Self {
            parts: chosen(site, selection, path, visit)?,
            all: path,
            search: address(site, selection),
            total: site.selections.count(selection).map_err(Problem::internal)?,
        })
    }
}

/// What a selection chooses.
pub fn find(site: &Site, selection: &Selection, page: Page, visit: &Visit) -> Result<Found, Problem> {
    site.selections.find(selection, page, visit.language).map_err(Problem::internal)
}

/// Statements as cards.
pub fn cards(site: &Site, iris: &[String], visit: &Visit) -> Result<Vec<Card>, Problem> {
    let iris: Vec<NamedNode> = iris.iter().map(NamedNode::new_unchecked).collect();
    let rows = statements_in(&site.store, &iris, visit.language.tag()).map_err(Problem::internal)?;
    Ok(rows.iter().map(|row| Card::of(row, site, visit)).collect())
}

/// A value of a facet, and the selection that it leads to.
#[derive(Debug, Clone)]
pub struct Choice {
    pub label: String,
    pub count: u64,
    pub is_chosen: bool,
    /// With the value, or without it where it is chosen.
    pub address: String,
}

/// A facet with its values.
#[derive(Debug, Clone)]
pub struct Choices {
    pub key: &'static str,
    pub choices: Vec<Choice>,
    pub has_chosen: bool,
}

/// The values of a facet, to be chosen and taken back.
pub fn choices(site: &Site, selection: &Selection, counts: &FacetCounts) -> Choices {
    let facet = counts.facet;
    let choices = counts.counts.iter().map(|count| choice(site, selection, facet, count));
    let has_chosen = counts.counts.iter().any(|count| count.is_chosen);
    Choices { key: facet.key(), choices: choices.collect(), has_chosen }
}

fn choice(site: &Site, selection: &Selection, facet: Facet, count: &Count) -> Choice {
    let other = match count.is_chosen {
        true => selection.clone().without(facet, &count.iri),
        false => selection.clone().with(facet, &*count.iri),
    };
    Choice {
        label: count.label.clone(),
        count: count.statements,
        is_chosen: count.is_chosen,
        address: address(site, &other),
    }
}

/// When the statements of a selection were made, with bars that lead to those of their time; none where there is nothing to
/// compare.
pub fn charts(site: &Site, selection: &Selection, found: &Found, visit: &Visit) -> Option<Charts> {
    let months = found.months.iter().map(|month| (PartialDate::Month(month.year, month.month), month.statements));
    let months: Vec<(PartialDate, u64)> = months.collect();
    let series = Series::of_dates(&months, "statements", found.undated, MOST_BARS, visit.language)?;
    let days: Vec<_> = series.days().collect();
    let of_bar = |bar: &Bar| {
        let (first, last) = days.get(bar.place).copied().unzip();
        address(site, &selection.clone().within(first, last))
    };
    (series.periods.len() > 1).then(|| Charts::of(&series, visit.language, of_bar))
}
