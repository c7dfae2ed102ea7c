//! Running a query.

use super::Error;
use super::explain::Explanation;
use super::federate::{self, Services};
use super::language::Language;
use super::limit::TimeLimit;
use super::prepare::Prepared;
use super::rows::{Grouping, grouping};
use super::search::WordSearch;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Term, Variable};
use oxigraph::sparql::{QueryResults, QuerySolutionIter};
use oxigraph::store::Store;
use std::sync::Arc;

/// What a query found, read row by row as it is written out.
pub struct Answer {
    pub(super) results: QueryResults<'static>,
    pub(super) prepared: Prepared,
    /// How it was evaluated, if that was asked for.
    pub(super) explanation: Option<Explanation>,
}

/// What a query may use beside the store, and how it is evaluated.
#[derive(Default)]
pub struct Means {
    /// The services that may be asked (SERVICE), if any.
    pub services: Option<Arc<Services>>,
    /// The index (`SERVICE dixit:search`); without it one is made in memory for a query that searches. Lists are begun with
    /// it where it says what the store says.
    pub search: Option<Arc<WordSearch>>,
    /// How long it may take.
    pub limit: Option<TimeLimit>,
    /// How many rows or triples it may give. After these the answer ends with an error that says so ([`Error::RowsAreOver`]).
    pub most: Option<usize>,
    /// Whether to keep a record of how it was evaluated.
    pub explain: bool,
}

/// A value of a row that no query gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Nothing,
    Words(String),
    Number(usize),
    Decimal(f64),
    Iri(NamedNode),
}

impl Cell {
    /// Words, if there are any.
    pub fn words(words: impl Into<String>) -> Self {
        match words.into() {
            words if words.is_empty() => Self::Nothing,
            words => Self::Words(words),
        }
    }

    fn term(self) -> Option<Term> {
        Some(match self {
            Self::Nothing => return None,
            Self::Words(words) => Literal::new_simple_literal(words).into(),
            Self::Number(number) => Literal::new_typed_literal(number.to_string(), xsd::INTEGER).into(),
            Self::Decimal(number) => Literal::new_typed_literal(number.to_string(), xsd::DECIMAL).into(),
            Self::Iri(iri) => iri.into(),
        })
    }
}

impl Answer {
    /// Rows that no query gave, to be written in the same ways. Tables leave out the columns that are hidden, and the sparse
    /// ones where no row has a value.
    pub fn of_rows(
        columns: &[&str],
        rows: Vec<Vec<Cell>>,
        hidden: &[&str],
        sparse: &[&str],
        language: Language,
    ) -> Result<Self, Error> {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let prepared =
            Prepared { hidden: list(hidden), sparse: list(sparse), ..Prepared::from_sparql("SELECT * {}", language)? };
        let variables = columns.iter().map(|name| Variable::new_unchecked(*name)).collect();
        let tuples = rows.into_iter().map(|row| Ok(row.into_iter().map(Cell::term).collect()));
        let results = QueryResults::Solutions(QuerySolutionIter::from_tuples(variables, tuples));
        Ok(Self { results, prepared, explanation: None })
    }

    /// The same with a title, where pages have one.
    #[must_use]
    pub fn with_title(mut self, title: &str) -> Self {
        self.prepared.title = Some(title.to_owned());
        self
    }

    /// The query that it answers.
    pub fn prepared(&self) -> &Prepared {
        &self.prepared
    }

    /// Yes or no, where that is the answer.
    pub fn truth(&self) -> Option<bool> {
        match &self.results {
            QueryResults::Boolean(truth) => Some(*truth),
            _ => None,
        }
    }

    /// What its rows are brought under headings by; `name` is that of a column, in the query or in the head of a table.
    ///
    /// # Errors
    /// When there is no such column, or there are no rows.
    pub fn grouping(&self, name: &str) -> Result<Grouping, Error> {
        match &self.results {
            QueryResults::Solutions(solutions) => grouping(solutions.variables(), name, self.prepared.language),
            _ => Err(Error::Form(self.prepared.form())),
        }
    }

    /// How it was evaluated, if that was asked for: to be shown once the rows were read.
    pub fn take_explanation(&mut self) -> Option<Explanation> {
        self.explanation.take()
    }
}

/// Runs a query on the union of all graphs, unless the query names its graphs itself (FROM).
///
/// # Errors
/// When the query cannot be evaluated, must ask a service, or the store cannot be read. Errors may also come later, while
/// rows are read.
pub fn run(store: &Store, prepared: Prepared) -> Result<Answer, Error> {
    run_with(store, prepared, &Means::default())
}

/// The same, of a query that may use more, or has a limit.
///
/// # Errors
/// As for [`run`], when a service does not answer, unless the query says that it can do without (SERVICE SILENT), and when the
/// time is over.
pub fn run_with(store: &Store, prepared: Prepared, means: &Means) -> Result<Answer, Error> {
    federate::run(store, prepared, means)
}
