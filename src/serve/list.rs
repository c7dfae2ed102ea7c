//! Statements of a selection, as pages list and count them.

use super::card::Card;
use super::chart::Charts;
use super::problem::Problem;
use super::site::Site;
use super::visit::Visit;
use crate::date::PartialDate;
use crate::query::selection::{Count, Facet, FacetCounts, Found, Month, Page, Selection};
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
    let rows = site.rows(iris, visit.language)?;
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
/// compare. Where nearly all are of the last months, the few before are only counted.
pub fn charts(site: &Site, selection: &Selection, found: &Found, visit: &Visit) -> Option<Charts> {
    let (early, late) = found.months.split_at(late(&found.months));
    let months: Vec<_> =
        late.iter().map(|month| (PartialDate::Month(month.year, month.month), month.statements)).collect();
    let series = Series::of_dates(&months, "statements", found.undated, MOST_BARS, visit.language)?;
    let days: Vec<_> = series.days().collect();
    let of_bar = |bar: &Bar| {
        let (first, last) = days.get(bar.place).copied().unzip();
        address(site, &selection.clone().within(first, last))
    };
    if series.periods.len() < 2 {
        return None;
    }
    let mut charts = Charts::of(&series, visit.language, of_bar);
    let earlier: u64 = early.iter().map(|month| month.statements).sum();
    if let Some((first, _)) = days.first().filter(|_| earlier > 0) {
        let place = address(site, &selection.clone().within(selection.since, first.yesterday().ok()));
        charts.earlier = Some((earlier, visit.date(&first.to_string()), place));
    }
    Some(charts)
}

/// The share of the statements, in hundredths, that the last months must have for those before to be left out.
const NEARLY_ALL: u64 = 95;

/// The place of the first of the months that are shown.
fn late(months: &[Month]) -> usize {
    let number = |month: &Month| i64::from(month.year) * 12 + i64::from(month.month);
    let Some(last) = months.last().map(number) else { return 0 };
    let first = months.partition_point(|month| number(month) <= last - MOST_BARS as i64);
    let count = |months: &[Month]| months.iter().map(|month| month.statements).sum::<u64>();
    if count(&months[first..]) * 100 >= count(months) * NEARLY_ALL { first } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_old_statements_do_not_hide_the_others() {
        let month = |year, month, statements| Month { year, month, statements };
        let months = [month(1900, 1, 2), month(2019, 12, 40), month(2024, 1, 60)];
        assert_eq!(late(&months), 1);
        assert_eq!(late(&[month(1900, 1, 20), month(2024, 1, 60)]), 0);
        assert_eq!(late(&[month(2020, 1, 1), month(2024, 1, 60)]), 0);
        assert_eq!(late(&[]), 0);
    }
}
