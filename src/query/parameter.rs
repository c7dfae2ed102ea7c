//! Parameters of saved queries: their types, and how the words of a value are read.

use super::names::Role;
use super::search::is_searchable;
use super::vocabulary::OWN_TERMS;
use super::{fold, interval, words};
use crate::date::{Interval, PartialDate};
use crate::graph::clock;
use jiff::civil::{self, Date};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode};
use spargebra::term::GroundTerm;
use std::fmt;

/// A parameter as the header of a saved query declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, which is the name of a variable in the query, unless it sets others.
    pub name: String,
    pub kind: Kind,
    /// The two parameters that an interval sets: its first and its last day.
    pub sets: Vec<String>,
    pub need: Need,
    /// A value that shows what is meant.
    pub example: String,
}

impl fmt::Display for Parameter {
    /// "topic (required): a name, a Wikidata item (Q7184) or an IRI, for example NATO"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let need = match &self.need {
            Need::Required => "required".to_owned(),
            Need::Optional => "optional".to_owned(),
            Need::Default(value) => format!("default {value}"),
        };
        write!(f, "{} ({need}): {}, for example {}", self.name, self.kind.form(), self.example)
    }
}

/// Whether a value must be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// The query makes no sense without it.
    Required,
    /// Without a value the variable stays unbound.
    Optional,
    /// Without a value this one is taken.
    Default(String),
}

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A known name in any language, a Wikidata item or an IRI.
    Entity,
    /// The same, of somebody who can speak.
    Actor,
    /// The same, of what is spoken of: anything that has a name.
    Topic,
    /// The same, of an outlet.
    Outlet,
    /// A day, month or year; its first day counts.
    FirstDay,
    /// A day, month or year; its last day counts.
    LastDay,
    /// Days from one to another, in words; sets two other parameters.
    Interval,
    /// A whole number from 1.
    Number,
    /// Any words.
    Text,
    /// Words to search for, with their quotation marks.
    Search,
    /// An IRI.
    Iri,
    /// French or English.
    Language,
    /// Whether words are quoted, paraphrased or both.
    Quotation,
    /// What a source says of the truth of what it tells.
    Polarity,
}

impl Kind {
    /// Each with its name in the headers and the form that a value must have.
    const NAMES: [(Self, &'static str, &'static str); 14] = [
        (Self::Entity, "entity", "a name, a Wikidata item (Q7184) or an IRI"),
        (Self::Actor, "actor", "the name of somebody, a Wikidata item (Q3874799) or an IRI"),
        (Self::Topic, "topic", "a name, a Wikidata item (Q7184) or an IRI"),
        (Self::Outlet, "outlet", "the name of an outlet, a Wikidata item (Q12461) or an IRI"),
        (Self::FirstDay, "first-day", "a day (2022-03-28), a month (2022-03) or a year (2022)"),
        (Self::LastDay, "last-day", "a day (2022-03-28), a month (2022-03) or a year (2022)"),
        (
            Self::Interval,
            "interval",
            "2022, March 2022, 2022-03-01..2022-03-15, since 24 February 2022, before 2022, last 30 days, yesterday",
        ),
        (Self::Number, "number", "a whole number from 1"),
        (Self::Text, "text", "one word or more"),
        (Self::Search, "search", "words, \"phrases\", beginnings* and -what is not to be found"),
        (Self::Iri, "iri", "an IRI (https://…)"),
        (Self::Language, "language", "fr or en"),
        (Self::Quotation, "kind", "direct, indirect or mixed"),
        (Self::Polarity, "polarity", "asserted, denied, hearsay, question or hypothetical"),
    ];

    /// The type of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, n, _)| *n == name).map(|(kind, _, _)| *kind)
    }

    /// The names of all types.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(_, name, _)| *name)
    }

    /// Its name in the headers.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The form that a value must have, for people.
    pub fn form(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        let row = Self::NAMES.iter().find(|(kind, _, _)| *kind == self);
        row.expect("every type has a row")
    }

    /// What an entity must be, when a value is the name of one.
    pub fn role(self) -> Option<Role> {
        match self {
            Self::Entity => Some(Role::Any),
            Self::Actor => Some(Role::Actor),
            Self::Topic => Some(Role::Topic),
            Self::Outlet => Some(Role::Outlet),
            _ => None,
        }
    }

    /// Whether a parameter may have several values, any of which will do.
    pub fn takes_several(self) -> bool {
        self.role().is_some() || matches!(self, Self::Language | Self::Quotation | Self::Polarity)
    }

    /// Whether a value could be any words: only a store tells whether they mean something.
    pub fn is_free(self) -> bool {
        self.role().is_some() || matches!(self, Self::Text | Self::Search)
    }

    /// Whether `value` has the right form. Of a name any words have.
    pub fn fits(self, value: &str) -> bool {
        match self {
            Self::Interval => self.days(value).is_some(),
            Self::Language | Self::Quotation | Self::Polarity => parts(value).all(|part| self.read(part).is_some()),
            _ => self.role().is_some() || self.read(value).is_some(),
        }
    }

    /// The term that `value` means, or `None` when it has not the right form. Entities need a store to look in:
    /// see [`Names`](super::names::Names); here only the form counts, and no term comes back for them. Nor does one for
    /// an interval: see [`days`](Self::days).
    pub fn read(self, value: &str) -> Option<GroundTerm> {
        let value = value.trim();
        match self {
            Self::Entity | Self::Actor | Self::Topic | Self::Outlet | Self::Interval => None,
            Self::FirstDay => self.days(value)?.first.map(day),
            Self::LastDay => self.days(value)?.last.map(day),
            Self::Number => {
                let number: u32 = value.parse().ok().filter(|number| *number > 0)?;
                Some(Literal::new_typed_literal(number.to_string(), xsd::INTEGER).into())
            }
            Self::Search => is_searchable(value).then(|| Literal::new_simple_literal(value).into()),
            Self::Text => (!value.is_empty()).then(|| Literal::new_simple_literal(value).into()),
            Self::Iri => read_iri(value).map(GroundTerm::from),
            Self::Language => words::read(words::LANGUAGES, value).map(|tag| Literal::new_simple_literal(tag).into()),
            Self::Quotation => words::read(words::QUOTATIONS, value).map(own_term),
            Self::Polarity => words::read(words::POLARITIES, value).map(own_term),
        }
    }

    /// The days that `value` means, counted from today where it says so.
    pub fn days(self, value: &str) -> Option<Interval> {
        match self {
            Self::Interval => interval::read(value, clock::today()),
            Self::FirstDay | Self::LastDay => interval::read_period(value, clock::today()),
            _ => None,
        }
    }
}

/// The values of a list: "direct, mixed".
pub fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|part| !part.is_empty())
}

fn own_term(name: &str) -> GroundTerm {
    NamedNode::new_unchecked(format!("{OWN_TERMS}#{name}")).into()
}

/// An absolute IRI, with or without angle brackets.
pub fn read_iri(value: &str) -> Option<NamedNode> {
    let inside = value.strip_prefix('<').and_then(|v| v.strip_suffix('>')).unwrap_or(value);
    NamedNode::new(inside).ok()
}

/// A day as a term.
pub fn day(date: Date) -> GroundTerm {
    Literal::new_typed_literal(date.to_string(), xsd::DATE).into()
}

/// The months, folded: in French, in English, and shortened.
const MONTHS: [&[&str]; 12] = [
    &["janvier", "january", "janv", "jan"],
    &["fevrier", "february", "fevr", "fev", "feb"],
    &["mars", "march", "mar"],
    &["avril", "april", "avr", "apr"],
    &["mai", "may"],
    &["juin", "june", "jun"],
    &["juillet", "july", "juil", "jul"],
    &["aout", "august", "aug"],
    &["septembre", "september", "sept", "sep"],
    &["octobre", "october", "oct"],
    &["novembre", "november", "nov"],
    &["decembre", "december", "dec"],
];

/// Words that a date may have besides, folded.
const DATE_FILLERS: [&str; 5] = ["le", "l", "the", "of", "an"];

/// What the words of a date tell of it: "28 février 2022", "March 2022", "the 1st of March".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateWords {
    pub day: Option<i8>,
    pub month: Option<i8>,
    pub year: Option<i16>,
}

impl DateWords {
    /// "le 28 février": `None` when a word is none of a date, or tells what another one told.
    pub fn read(value: &str) -> Option<Self> {
        let mut told = Self::default();
        for word in fold::words(value) {
            let word = word.folded.as_str();
            let month = MONTHS.iter().position(|names| names.contains(&word));
            let is_told_twice = if let Some(place) = month {
                told.month.replace(place as i8 + 1).is_some()
            } else if DATE_FILLERS.contains(&word) {
                false
            } else if word.len() == 4 {
                told.year.replace(word.parse::<i16>().ok()?).is_some()
            } else {
                let number = ["er", "st", "nd", "rd", "th"].iter().find_map(|s| word.strip_suffix(s));
                told.day.replace(number.unwrap_or(word).parse::<i8>().ok()?).is_some()
            };
            if is_told_twice {
                return None;
            }
        }
        Some(told)
    }

    /// The date, when the year is told and nothing between is missing.
    pub fn date(self) -> Option<PartialDate> {
        match (self.year, self.month, self.day) {
            (Some(year), None, None) => Some(PartialDate::Year(year)),
            (Some(year), Some(month), None) => Some(PartialDate::Month(year, month)),
            (Some(year), Some(month), Some(day)) => civil::Date::new(year, month, day).ok().map(PartialDate::Day),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: Kind, value: &str) -> Option<String> {
        kind.read(value).map(|term| match term {
            GroundTerm::NamedNode(node) => node.into_string(),
            GroundTerm::Literal(literal) => literal.value().to_owned(),
        })
    }

    #[test]
    fn partial_dates_are_intervals() {
        for (value, first, last) in [
            ("2022-03-28", "2022-03-28", "2022-03-28"),
            ("2022-02", "2022-02-01", "2022-02-28"),
            ("2022", "2022-01-01", "2022-12-31"),
        ] {
            assert_eq!(read(Kind::FirstDay, value).unwrap(), first);
            assert_eq!(read(Kind::LastDay, value).unwrap(), last);
        }
    }

    #[test]
    fn dates_in_words() {
        for (words, date) in [
            ("28 février 2022", "2022-02-28"),
            ("le 1er mars 2022", "2022-03-01"),
            ("February 28, 2022", "2022-02-28"),
            ("the 2nd of May 2021", "2021-05-02"),
            ("août 2023", "2023-08"),
            ("l'an 2022", "2022"),
        ] {
            assert_eq!(
                DateWords::read(words).and_then(DateWords::date).map(|d| d.to_string()).as_deref(),
                Some(date),
                "{words}"
            );
        }
        for wrong in ["", "février", "28 février", "30 février 2022", "2022 2023", "Ukraine", "2022x"] {
            assert_eq!(DateWords::read(wrong).and_then(DateWords::date), None, "{wrong}");
        }
    }

    #[test]
    fn other_forms() {
        assert_eq!(read(Kind::Number, "12").unwrap(), "12");
        for wrong in ["0", "-1", "1.5", "douze", ""] {
            assert_eq!(read(Kind::Number, wrong), None, "{wrong}");
        }
        assert_eq!(read(Kind::Iri, "<https://a.example/s>").unwrap(), "https://a.example/s");
        for wrong in ["", "abc", "https://a.example/> ?s ?p ?o"] {
            assert_eq!(read(Kind::Iri, wrong), None, "{wrong}");
        }
        assert_eq!(read(Kind::Text, " \" } "), Some("\" }".to_owned()));
        assert_eq!(read(Kind::Text, "  "), None);
    }

    #[test]
    fn every_type_has_its_name() {
        for name in Kind::names() {
            assert_eq!(Kind::from_name(name).unwrap().name(), name);
        }
        assert_eq!(Kind::from_name("date"), None);
    }
}
