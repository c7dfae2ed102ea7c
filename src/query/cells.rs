//! Rows as text for people: heads in words, dates with what is known of them, missing values told apart.

use super::Error;
use super::answer::Answer;
use super::language::Language;
use super::rows::Rows;
use super::vocabulary::PREFIXES;
use crate::date::PartialDate;
use oxigraph::model::Term;

/// Column heads: variable, French, English.
const HEADS: &str = include_str!("../../queries/heads.tsv");

/// An answer as heads and rows of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads the whole answer.
    ///
    /// # Errors
    /// As for [`Rows::read`].
    pub fn read(answer: Answer) -> Result<Self, Error> {
        Rows::read(answer).map(|rows| rows.table())
    }
}

/// A variable's name in words.
pub fn head(variable: &str, language: Language) -> String {
    let row = HEADS.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let column = if language == Language::Fr { 1 } else { 2 };
    let known = row.filter(|cells| cells[0] == variable).find_map(|c| c.get(column).copied());
    known.map_or_else(|| variable.replace('_', " "), str::to_owned)
}

/// A term as people read it: literals by their value, IRIs shortened by a known prefix. Control characters, which could
/// steer a terminal, become spaces.
pub(super) fn text(term: &Term) -> String {
    let text = match term {
        Term::Literal(literal) => literal.value().to_owned(),
        Term::NamedNode(node) => shorten(node.as_str()),
        other => other.to_string(),
    };
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

pub(super) fn shorten(iri: &str) -> String {
    let is_local = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let short = PREFIXES.iter().find_map(|(prefix, namespace)| {
        let local = iri.strip_prefix(namespace).filter(|local| is_local(local))?;
        Some(format!("{prefix}:{local}"))
    });
    short.unwrap_or_else(|| iri.to_owned())
}

/// A statement's date: `2022-03-28`, `2022-03`, `2022`, or an interval; `≤ 2022-03-28` when only a last possible day is
/// known, as with a statement that is dated by its publication alone; `≥ 2022-03-28` when only a first one is.
pub(super) fn tell_date(date: Option<String>, from: Option<String>, basis: Option<&str>) -> Option<String> {
    let stated = basis.is_some_and(|basis| ["text", "hand"].contains(&basis));
    match (from.filter(|_| stated), date) {
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
