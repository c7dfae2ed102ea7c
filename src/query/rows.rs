//! An answer that was read whole: as a table, or as several under headings.

use super::Error;
use super::answer::Answer;
use super::cells::{Table, head, tell_date, text};
use super::fold::fold;
use super::language::Language;
use super::prepare::Prepared;
use super::series::{Unit, date_of};
use crate::graph::NamedNode;
use oxigraph::model::{Term, Variable};
use oxigraph::sparql::{QueryResults, QuerySolution};
use std::collections::HashMap;

/// When a column of this name has the two others beside it, they are told within it.
const DATE: &str = "date";
const DATE_FROM: &str = "date_from";
const DATE_BASIS: &str = "date_basis";
/// The heading of what has none.
const NOTHING: &str = "–";

/// The rows of an answer.
pub struct Rows {
    pub(super) prepared: Prepared,
    /// All of them, also those that tables leave out.
    pub(super) columns: Vec<Variable>,
    pub(super) solutions: Vec<QuerySolution>,
}

/// By what rows are brought under headings: a column, or the months or years of one of dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    pub(super) column: Variable,
    pub(super) unit: Option<Unit>,
}

/// Rows under a heading, in the order of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub name: String,
    /// Without the column that the heading tells.
    pub table: Table,
    /// Which rows they are.
    pub(super) numbers: Vec<usize>,
}

impl Rows {
    /// Reads the whole answer.
    ///
    /// # Errors
    /// When the store cannot be read, an expression fails for good, or the answer is no rows.
    pub fn read(answer: Answer) -> Result<Self, Error> {
        let QueryResults::Solutions(solutions) = answer.results else {
            return Err(Error::Form(answer.prepared.form()));
        };
        let columns = solutions.variables().to_vec();
        let solutions = solutions.collect::<Result<_, _>>()?;
        Ok(Self { prepared: answer.prepared, columns, solutions })
    }

    pub fn len(&self) -> usize {
        self.solutions.len()
    }

    pub fn is_empty(&self) -> bool {
        self.solutions.is_empty()
    }

    /// The query that they answer.
    pub fn prepared(&self) -> &Prepared {
        &self.prepared
    }

    /// All rows, with the columns that tables show.
    pub fn table(&self) -> Table {
        self.table_of(&self.shown(), 0..self.len())
    }

    /// The rows under headings, in the order in which these first come.
    pub fn groups(&self, by: &Grouping) -> Vec<Group> {
        let mut shown = self.shown();
        if by.unit.is_none() {
            shown.retain(|column| *column != by.column);
        }
        let mut names: Vec<String> = Vec::new();
        let mut numbers: Vec<Vec<usize>> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (number, row) in self.solutions.iter().enumerate() {
            let name = self.heading(row, by);
            let place = *places.entry(name.clone()).or_insert_with(|| {
                names.push(name);
                numbers.push(Vec::new());
                names.len() - 1
            });
            numbers[place].push(number);
        }
        let group = |(name, numbers): (String, Vec<usize>)| {
            let table = self.table_of(&shown, numbers.iter().copied());
            Group { name, table, numbers }
        };
        names.into_iter().zip(numbers).map(group).collect()
    }

    /// What rows are brought under headings by; `name` is that of a column, in the query or in the head of a table.
    ///
    /// # Errors
    /// When there is no such column: the error holds the nearest.
    pub fn grouping(&self, name: &str) -> Result<Grouping, Error> {
        grouping(&self.columns, name, self.prepared.language)
    }

    /// All IRIs in the rows, also in columns that tables leave out; each once.
    pub fn iris(&self) -> Vec<NamedNode> {
        let mut seen = std::collections::HashSet::new();
        let iris = self.solutions.iter().flat_map(QuerySolution::values).flatten().filter_map(|term| match term {
            Term::NamedNode(iri) => Some(iri),
            _ => None,
        });
        iris.filter(|iri| seen.insert(*iri)).cloned().collect()
    }

    /// The heading of a row.
    pub(super) fn heading(&self, row: &QuerySolution, by: &Grouping) -> String {
        let name = match by.unit {
            None => self.cell(row, &by.column),
            Some(unit) => {
                row.get(&by.column).and_then(|term| date_of(term, by.column.as_str())).map(|date| unit.tell(date))
            }
        };
        name.unwrap_or_else(|| {
            let not_known = by.unit.is_some() || self.is_unknown_without(&by.column);
            if not_known { unknown(self.prepared.language).to_owned() } else { NOTHING.to_owned() }
        })
    }

    /// The columns that tables show.
    pub(super) fn shown(&self) -> Vec<Variable> {
        let is_among = |list: &[String], column: &Variable| list.iter().any(|name| name == column.as_str());
        let tells_dates = self.tells_dates();
        let is_empty = |column: &Variable| self.solutions.iter().all(|row| self.cell(row, column).is_none());
        let is_uniform = |column: &Variable| {
            let mut values = self.solutions.iter().filter_map(|row| self.cell(row, column));
            values.next().is_none_or(|first| values.all(|value| value == first))
        };
        let shown = self.columns.iter().filter(|column| {
            !(is_among(&self.prepared.hidden, column)
                || tells_dates && [DATE_FROM, DATE_BASIS].contains(&column.as_str())
                || is_among(&self.prepared.sparse, column) && is_empty(column)
                || is_among(&self.prepared.varied, column) && is_uniform(column))
        });
        shown.cloned().collect()
    }

    /// Those of them in which a row has a value, or in which it is told that it has none.
    pub(super) fn shown_with_values(&self) -> Vec<Variable> {
        let has_values = |column: &Variable| self.solutions.iter().any(|row| self.cell(row, column).is_some());
        let mut shown = self.shown();
        shown.retain(|column| self.is_unknown_without(column) || has_values(column));
        shown
    }

    /// The head of a column.
    pub(super) fn head(&self, column: &Variable) -> String {
        head(column.as_str(), self.prepared.language)
    }

    fn table_of(&self, shown: &[Variable], numbers: impl Iterator<Item = usize>) -> Table {
        let heads = shown.iter().map(|column| head(column.as_str(), self.prepared.language)).collect();
        let row = |number: usize| shown.iter().map(|column| self.told(&self.solutions[number], column)).collect();
        Table { heads, rows: numbers.map(row).collect() }
    }

    /// What stands in a cell of a table, where what is not known is told.
    pub(super) fn told(&self, row: &QuerySolution, column: &Variable) -> String {
        self.cell(row, column).unwrap_or_else(|| {
            let not_known = self.is_unknown_without(column);
            if not_known { unknown(self.prepared.language).to_owned() } else { String::new() }
        })
    }

    /// A value as text, if there is any.
    pub(super) fn cell(&self, row: &QuerySolution, column: &Variable) -> Option<String> {
        let is_told_with_others = column.as_str() == DATE && self.tells_dates();
        let known = if is_told_with_others {
            let value = |name: &str| row.get(name).map(text);
            tell_date(value(DATE), value(DATE_FROM), value(DATE_BASIS).as_deref())
        } else {
            row.get(column).map(text)
        };
        known.filter(|text| !text.is_empty())
    }

    /// Whether what has no value in a column is not known, and not simply none.
    fn is_unknown_without(&self, column: &Variable) -> bool {
        self.prepared.unknown.iter().any(|name| name == column.as_str())
    }

    fn tells_dates(&self) -> bool {
        let has = |name: &str| self.columns.iter().any(|column| column.as_str() == name);
        has(DATE) && has(DATE_FROM) && has(DATE_BASIS)
    }
}

/// What stands in a table where a value is not known.
pub(super) fn unknown(language: Language) -> &'static str {
    match language {
        Language::Fr => "inconnu",
        Language::En => "unknown",
    }
}

/// Among these columns, what rows are brought under headings by.
pub(super) fn grouping(columns: &[Variable], name: &str, language: Language) -> Result<Grouping, Error> {
    let wanted = fold(name);
    let is_meant = |column: &&Variable| {
        let heads = Language::ALL.map(|language| head(column.as_str(), language));
        heads.iter().any(|head| fold(head) == wanted) || fold(&column.as_str().replace('_', " ")) == wanted
    };
    if let Some(column) = columns.iter().find(is_meant) {
        return Ok(Grouping { column: column.clone(), unit: None });
    }
    let units = [("month", Unit::Month), ("mois", Unit::Month), ("year", Unit::Year), ("annee", Unit::Year)];
    let unit = units.into_iter().find(|(name, _)| *name == wanted).map(|(_, unit)| unit);
    let date = columns.iter().find(|column| column.as_str() == DATE);
    if let (Some(column), Some(_)) = (date, unit) {
        return Ok(Grouping { column: column.clone(), unit });
    }
    let known: Vec<String> = columns.iter().map(|column| head(column.as_str(), language)).collect();
    let mut near: Vec<(f64, &String)> =
        known.iter().map(|head| (strsim::jaro_winkler(&wanted, &fold(head)), head)).filter(|(l, _)| *l > 0.7).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    let nearest = near.into_iter().take(2).map(|(_, head)| head.clone()).collect();
    Err(Error::Column { name: name.to_owned(), nearest, known: known.join(", ") })
}
