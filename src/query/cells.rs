//! Rows as text for people: heads in words, dates with what is known of them, missing values told apart.

use super::Error;
use super::answer::Answer;
use super::language::Language;
use super::vocabulary::PREFIXES;
use crate::date::PartialDate;
use oxigraph::model::{Term, Variable};
use oxigraph::sparql::{QueryResults, QuerySolution};

/// Column heads: variable, French, English.
const HEADS: &str = include_str!("../../queries/heads.tsv");

/// When a column of this name has the two others beside it, they are told within it.
const DATE: &str = "date";
const DATE_FROM: &str = "date_from";
const DATE_BASIS: &str = "date_basis";

/// An answer as heads and rows of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads the whole answer. What is no SELECT becomes a table of one cell.
    ///
    /// # Errors
    /// When the store cannot be read or an expression fails for good.
    pub fn read(answer: Answer) -> Result<Self, Error> {
        let Answer { results, prepared, .. } = answer;
        let solutions = match results {
            QueryResults::Solutions(solutions) => solutions,
            QueryResults::Boolean(value) => {
                return Ok(Self { heads: vec![], rows: vec![vec![value.to_string()]] });
            }
            QueryResults::Graph(triples) => {
                let rows = triples.map(|triple| Ok(vec![triple?.to_string()]));
                return Ok(Self { heads: vec![], rows: rows.collect::<Result<_, Error>>()? });
            }
        };
        let all = solutions.variables().to_vec();
        let has = |name: &str| all.iter().any(|v| v.as_str() == name);
        let tells_dates = has(DATE) && has(DATE_FROM) && has(DATE_BASIS);
        let shown: Vec<Variable> = all
            .into_iter()
            .filter(|v| !prepared.hidden.iter().any(|hidden| hidden == v.as_str()))
            .filter(|v| !(tells_dates && [DATE_FROM, DATE_BASIS].contains(&v.as_str())))
            .collect();
        let language = prepared.language;
        let cell = |row: &QuerySolution, column: &Variable| {
            let known = if tells_dates && column.as_str() == DATE { tell_date(row) } else { row.get(column).map(text) };
            known.filter(|text| !text.is_empty()).unwrap_or_else(|| {
                let not_known = prepared.unknown.iter().any(|name| name == column.as_str());
                if not_known { unknown(language).to_owned() } else { String::new() }
            })
        };
        let rows = solutions.map(|row| {
            let row = row?;
            Ok(shown.iter().map(|column| cell(&row, column)).collect())
        });
        let mut table = Self {
            rows: rows.collect::<Result<_, Error>>()?,
            heads: shown.iter().map(|column| head(column.as_str(), language)).collect(),
        };
        for (number, column) in shown.iter().enumerate().rev() {
            if prepared.sparse.iter().any(|sparse| sparse == column.as_str()) {
                table.leave_out_if_empty(number);
            }
        }
        Ok(table)
    }

    fn leave_out_if_empty(&mut self, column: usize) {
        if self.rows.iter().all(|row| row[column].is_empty()) {
            self.heads.remove(column);
            self.rows.iter_mut().for_each(|row| drop(row.remove(column)));
        }
    }
}

/// What stands in a table where a value is not known.
fn unknown(language: Language) -> &'static str {
    match language {
        Language::Fr => "inconnu",
        Language::En => "unknown",
    }
}

/// A variable's name in words.
fn head(variable: &str, language: Language) -> String {
    let row = HEADS.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let column = if language == Language::Fr { 1 } else { 2 };
    let known = row.filter(|cells| cells[0] == variable).find_map(|c| c.get(column).copied());
    known.map_or_else(|| variable.replace('_', " "), str::to_owned)
}

/// A term as people read it: literals by their value, IRIs shortened by a known prefix. Control characters, which could
/// steer a terminal, become spaces.
fn text(term: &Term) -> String {
    let text = match term {
        Term::Literal(literal) => literal.value().to_owned(),
        Term::NamedNode(node) => shorten(node.as_str()),
        other => other.to_string(),
    };
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn shorten(iri: &str) -> String {
    let is_local = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let short = PREFIXES.iter().find_map(|(prefix, namespace)| {
        let local = iri.strip_prefix(namespace).filter(|local| is_local(local))?;
        Some(format!("{prefix}:{local}"))
    });
    short.unwrap_or_else(|| iri.to_owned())
}

/// A statement's date: `2022-03-28`, `2022-03`, `2022`, or an interval; `≤ 2022-03-28` when only a last possible day is
/// known, as with a statement that is dated by its publication alone; `≥ 2022-03-28` when only a first one is.
fn tell_date(row: &QuerySolution) -> Option<String> {
    let value = |name: &str| row.get(name).map(text);
    let stated = value(DATE_BASIS).is_some_and(|basis| ["text", "hand"].contains(&&*basis));
    match (value(DATE_FROM).filter(|_| stated), value(DATE)) {
        (Some(first), Some(last)) => Some(tell_interval(&first, &last)),
        (None, Some(last)) => Some(format!("≤ {last}")),
        (Some(first), None) => Some(format!("≥ {first}")),
        (None, None) => None,
    }
}

/// An interval of days, as short as it can be said.
fn tell_interval(first: &str, last: &str) -> String {
    // The year alone, the year and month, the whole date.
    for length in [4, 7, 10] {
        let shortest = first.get(..length).and_then(|start| start.parse::<PartialDate>().ok());
        if let Some(date) = shortest
            && date.first_day().to_string() == first
            && date.last_day().to_string() == last
        {
            return date.to_string();
        }
    }
    format!("{first} – {last}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, NamedNode};

    #[test]
    fn intervals_are_told_as_short_as_they_can_be() {
        for (first, last, told) in [
            ("2022-03-28", "2022-03-28", "2022-03-28"),
            ("2022-02-01", "2022-02-28", "2022-02"),
            ("2022-01-01", "2022-12-31", "2022"),
            ("2022-02-01", "2022-02-27", "2022-02-01 – 2022-02-27"),
            ("2021-12-01", "2022-01-31", "2021-12-01 – 2022-01-31"),
        ] {
            assert_eq!(tell_interval(first, last), told);
        }
    }

    #[test]
    fn terms_are_told_without_syntax_and_without_control_characters() {
        let iri = |iri: &str| text(&NamedNode::new_unchecked(iri).into());
        assert_eq!(iri("https://w3id.org/dixit#Denied"), "dixit:Denied");
        assert_eq!(iri("http://www.wikidata.org/entity/Q7184"), "wd:Q7184");
        assert_eq!(iri("http://schema.org/a/b"), "http://schema.org/a/b");
        let literal = Literal::new_language_tagged_literal_unchecked("a\u{1b}[2J\nb", "fr");
        assert_eq!(text(&literal.into()), "a [2J b");
    }

    #[test]
    fn heads_are_words() {
        assert_eq!(head("relayed_by", Language::En), "relayed by");
        assert_eq!(head("relayed_by", Language::Fr), "relayé par");
        assert_eq!(head("my_own", Language::Fr), "my own");
        for line in HEADS.lines() {
            assert_eq!(line.split('\t').count(), 3, "{line}");
        }
    }
}
