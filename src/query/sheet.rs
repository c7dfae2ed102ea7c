//! Rows for pages: cells that know where they lead.
//!
//! A row of an answer has words for people, and beside them, often in a column that tables leave out, the IRI of what it is
//! about. What that is called in the store tells which words mean which thing.

use super::Error;
use super::cells::shorten;
use super::rows::Rows;
use super::series::{Series, is_number};
use super::vocabulary::{ACTOR, PUBLISHER, RELAYED_BY};
use crate::graph::vocabulary::schema;
use crate::query::stored::objects;
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Variable};
use oxigraph::sparql::QuerySolution;
use oxigraph::store::{StorageError, Store};
use std::collections::HashMap;

/// What a thing may be called in a row: a name, the words of a statement, the headline of an article.
const CALLED: [NamedNodeRef<'_>; 3] = [rdfs::LABEL, schema::TEXT, schema::HEADLINE];
/// From a statement or an article to what a row may name besides.
const BESIDE: [NamedNodeRef<'_>; 4] = [ACTOR, RELAYED_BY, PUBLISHER, schema::ABOUT];
/// Columns of names, which are looked up where the row has no IRI of theirs.
const NAMES: [&str; 9] =
    ["actor", "other", "relayed_by", "outlet", "other_outlet", "topic", "with", "country", "candidates"];
/// So many periods are told apart.
const MOST_PERIODS: usize = 96;
/// The column that leads to the article of the row.
const ARTICLE: &str = "article";

/// The rows of an answer as a page shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub columns: Vec<SheetColumn>,
    pub rows: Vec<SheetRow>,
    /// The rows over time, where they have dates of several periods.
    pub series: Option<Series>,
}

/// A row that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    pub cells: Vec<SheetCell>,
    /// The period of the series of which it is the first row.
    pub begins: Option<usize>,
}

/// A column that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetColumn {
    /// The variable.
    pub name: String,
    pub head: String,
    pub look: Look,
}

/// How the cells of a column look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Plain,
    /// Sentences in some language.
    Words,
    Number,
    Date,
    /// IRIs.
    Address,
}

impl Look {
    /// In lower case, for a style sheet.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Words => "words",
            Self::Number => "number",
            Self::Date => "date",
            Self::Address => "address",
        }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetCell {
    /// One after the other, with commas between.
    pub parts: Vec<Part>,
    /// The language of the words, if it is told.
    pub language: Option<String>,
    /// Whether it only tells that a value is not known.
    pub is_unknown: bool,
}

/// Words that may lead to a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub words: String,
    pub thing: Option<NamedNode>,
}

impl Sheet {
    /// The first `most` rows.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn of(rows: &Rows, store: &Store, most: usize) -> Result<Self, Error> {
        let shown = rows.shown_with_values();
        let columns = shown.iter().map(|variable| SheetColumn {
            name: variable.as_str().to_owned(),
            head: rows.head(variable),
            look: look(rows, variable),
        });
        let columns: Vec<SheetColumn> = columns.collect();
        let mut things = Things { store, known: HashMap::new(), named: HashMap::new() };
        let series = rows.series(None, None, MOST_PERIODS).ok().filter(|series| series.periods.len() > 1);
        let mut begun = vec![false; series.as_ref().map_or(0, |series| series.periods.len())];
        let mut sheet = Self { columns, rows: Vec::new(), series };
        for (number, row) in rows.solutions.iter().enumerate().take(most) {
            let called = things.called(row)?;
            let cells = shown.iter().map(|variable| cell(rows, row, variable, &called, &mut things));
            let cells = cells.collect::<Result<_, _>>()?;
            let period = sheet.series.as_ref().and_then(|series| *series.periods_of_rows.get(number)?);
            let begins = period.filter(|period| !std::mem::replace(&mut begun[*period], true));
            sheet.rows.push(SheetRow { cells, begins });
        }
        Ok(sheet)
    }

    /// Whether there are sentences in it, which want room.
    pub fn has_sentences(&self) -> bool {
        self.columns.iter().any(|column| column.look == Look::Words)
    }

    /// Whether a cell has the sign for "on that day at the latest".
    pub fn tells_latest_days(&self) -> bool {
        let parts = self.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.parts);
        parts.into_iter().any(|part| part.words.starts_with('≤'))
    }
}

/// What the words of a row may mean.
#[derive(Default)]
struct Called {
    things: HashMap<String, NamedNode>,
    article: Option<NamedNode>,
}

fn cell(
    rows: &Rows,
    row: &QuerySolution,
    column: &Variable,
    called: &Called,
    things: &mut Things<'_>,
) -> Result<SheetCell, StorageError> {
    let told = rows.told(row, column);
    if told.is_empty() {
        return Ok(SheetCell::default());
    }
    let plain = |words: String, thing| SheetCell { parts: vec![Part { words, thing }], ..SheetCell::default() };
    if rows.cell(row, column).is_none() {
        return Ok(SheetCell { is_unknown: true, ..plain(told, None) });
    }
    let language = match row.get(column) {
        Some(Term::NamedNode(iri)) => return Ok(plain(shorten(iri.as_str()), Some(iri.clone()))),
        Some(Term::Literal(literal)) => literal.language().map(str::to_owned),
        _ => None,
    };
    let own = (column.as_str() == ARTICLE).then(|| called.article.clone()).flatten();
    if let Some(thing) = own.or_else(|| called.things.get(&told).cloned()) {
        return Ok(SheetCell { language, ..plain(told, Some(thing)) });
    }
    if !NAMES.contains(&column.as_str()) {
        return Ok(SheetCell { language, ..plain(told, None) });
    }
    let mut parts = Vec::new();
    let whole = things.named(&told)?;
    let list = if whole.is_some() { vec![told.as_str()] } else { told.split(", ").collect() };
    for words in list {
        let thing = match called.things.get(words) {
            Some(thing) => Some(thing.clone()),
            None => things.named(words)?,
        };
        parts.push(Part { words: words.to_owned(), thing });
    }
    Ok(SheetCell { parts, language, is_unknown: false })
}

fn look(rows: &Rows, column: &Variable) -> Look {
    let mut values = rows.solutions.iter().filter_map(|row| row.get(column));
    match values.clone().next() {
        None => Look::Plain,
        Some(Term::Literal(literal)) if literal.language().is_some() => Look::Words,
        Some(Term::NamedNode(_)) => Look::Address,
        Some(_) if values.all(is_number) => Look::Number,
        Some(_) if rows.holds_dates(column) => Look::Date,
        Some(_) => Look::Plain,
    }
}

/// The things of a store, as far as rows named them.
struct Things<'a> {
    store: &'a Store,
    /// What they are called.
    known: HashMap<NamedNode, Vec<String>>,
    /// What is called so, if it is one thing only.
    named: HashMap<String, Option<NamedNode>>,
}

impl Things<'_> {
    fn called(&mut self, row: &QuerySolution) -> Result<Called, StorageError> {
        let mut called = Called::default();
        for (_, term) in row {
            let Term::NamedNode(thing) = term else { continue };
            self.add(thing, &mut called)?;
            let article = objects(self.store, thing, schema::IS_PART_OF)?.into_iter().next();
            let is_article = article.is_none() && self.has(thing, schema::ARTICLE_BODY, schema::HEADLINE)?;
            let article = article.or_else(|| is_article.then(|| thing.clone()));
            for place in article.iter().chain([thing]) {
                for predicate in BESIDE {
                    for other in objects(self.store, place, predicate)? {
                        self.add(&other, &mut called)?;
                    }
                }
            }
            called.article = called.article.take().or(article);
        }
        Ok(called)
    }

    fn add(&mut self, thing: &NamedNode, called: &mut Called) -> Result<(), StorageError> {
        if !self.known.contains_key(thing) {
            let mut words = Vec::new();
            for predicate in CALLED {
                for quad in self.store.quads_for_pattern(Some(thing.into()), Some(predicate), None, None) {
                    if let Term::Literal(literal) = quad?.object {
                        words.push(literal.value().to_owned());
                    }
                }
            }
            self.known.insert(thing.clone(), words);
        }
        for words in self.known.get(thing).into_iter().flatten() {
            called.things.entry(words.clone()).or_insert_with(|| thing.clone());
        }
        Ok(())
    }

    fn has(&self, thing: &NamedNode, one: NamedNodeRef<'_>, other: NamedNodeRef<'_>) -> Result<bool, StorageError> {
        for predicate in [one, other] {
            let mut quads = self.store.quads_for_pattern(Some(thing.into()), Some(predicate), None, None);
            if quads.next().transpose()?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The one thing that has this name, in whatever language.
    fn named(&mut self, name: &str) -> Result<Option<NamedNode>, StorageError> {
        if let Some(thing) = self.named.get(name) {
            return Ok(thing.clone());
        }
        let tagged = |tag: &str| Literal::new_language_tagged_literal_unchecked(name, tag);
        let mut found: Option<NamedNode> = None;
        let mut is_one = true;
        for label in [Literal::new_simple_literal(name), tagged("fr"), tagged("en")] {
            for quad in self.store.quads_for_pattern(None, Some(rdfs::LABEL), Some((&label).into()), None) {
                if let NamedOrBlankNode::NamedNode(thing) = quad?.subject {
                    is_one &= found.as_ref().is_none_or(|found| *found == thing);
                    found = Some(thing);
                }
            }
        }
        let thing = found.filter(|_| is_one);
        self.named.insert(name.to_owned(), thing.clone());
        Ok(thing)
    }
}
