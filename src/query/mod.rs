//! Questions about the graph: saved queries, questions in words, parameters, answers.
//!
//! - [`saved`]: SPARQL files with a header; [`library`] is the list of those built in, [`own`] reads a folder of others;
//! - [`question`] and [`template`]: a question in words becomes a saved query and the words of its parameters;
//! - [`parameter`] and [`names`]: words become typed terms, names become entities;
//! - [`bind`]: terms take the place of variables in the parsed query;
//! - `federate`: parts of a query that other services answer;
//! - `search`: parts of a query that search statements by their words;
//! - [`selection`]: statements chosen value by value, with counts of what they have in common;
//! - [`answer`], [`format`] and [`page`]: the query is run, its rows are written out.
//!
//! ```
//! use dixit::query::names::{Names, NoTable};
//! use dixit::query::{Language, library, prepare, run};
//! use oxigraph::store::Store;
//!
//! let store = Store::new()?;
//! let names = Names::new(&store, &NoTable, Language::En);
//! let query = library().iter().find(|query| query.name == "most-quoted-actors").unwrap();
//! let arguments = [("limit".to_owned(), "5".to_owned())];
//! let answer = run(&store, prepare(query, &arguments, &names, Language::En)?)?;
//! let mut csv = Vec::new();
//! dixit::query::format::write(answer, dixit::query::Format::Csv, &mut csv)?;
//! assert!(csv.starts_with(b"actor,statements,articles"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod answer;
mod bars;
pub mod bind;
mod cells;
pub mod complete;
mod empty;
mod explain;
mod federate;
mod fold;
pub mod format;
mod guard;
mod interval;
mod known;
pub mod language;
mod limit;
mod mentions;
mod name_index;
pub mod names;
pub mod own;
pub mod page;
pub mod parameter;
mod pattern;
mod prepare;
pub mod question;
pub mod reconcile;
mod role;
mod rows;
pub mod saved;
mod search;
pub mod selection;
mod series;
mod sheet;
mod shortlist;
mod size;
mod sparql;
mod stored;
pub mod template;
mod tidy;
mod vocabulary;
mod words;

pub use answer::{Answer, Cell, Means, run, run_with};
pub use bars::{Bar, Bars, PeriodName};
pub use cells::{Table, head};
pub use empty::why_empty;
pub use explain::Explanation;
pub use federate::Services;
pub use format::Format;
pub use known::KnownEntities;
pub use language::Language;
pub use limit::{MemoryIsOver, RowsAreOver, Stop, TimeIsOver, TimeLimit, resident};
pub use name_index::{NameIndex, StoredName};
pub use own::{Library, OwnError};
pub use prepare::{Form, ParameterError, Prepared, prepare};
pub use question::{prepare_to_understand, understand};
pub use rows::{Group, Grouping, Rows};
pub use saved::{SavedQuery, library};
pub use search::{SearchError, WordSearch};
pub use series::{Line, Series, Unit};
pub use sheet::{Look, Part, Sheet, SheetCell, SheetColumn, SheetRow};
pub use sparql::{SparqlError, SyntaxError};
pub use tidy::tidy;
pub use vocabulary::PREFIXES;

use crate::web::ServiceError;
use oxigraph::sparql::QueryEvaluationError;
use oxigraph::store::StorageError;
use std::io;

/// Whatever may stand between a question and its answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no saved query of that name.
    #[error("there is no saved query `{name}`{} `dixit query --list` shows all", did_you_mean(nearest))]
    Query { name: String, nearest: Vec<String> },
    /// No query is asked so.
    #[error("the question `{question}` is not understood{}; ask for example: {}", not_known(unknown), nearest.join(" — "))]
    Question { question: String, unknown: Vec<String>, nearest: Vec<String> },
    /// A question leads to a query of the user's own whose text is wrong.
    #[error("the query `{query}`: {cause}")]
    Own { query: String, cause: Box<Error> },
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    #[error(transparent)]
    Name(#[from] names::NameError),
    #[error(transparent)]
    Sparql(#[from] SparqlError),
    #[error(transparent)]
    Bind(#[from] bind::BindError),
    #[error("the query cannot be evaluated: {0}")]
    Evaluation(QueryEvaluationError),
    /// The query needs a service, and none may be asked.
    #[error("the query asks {0} (SERVICE), and nothing leaves this machine unasked: add --federate if it may")]
    NotFederated(String),
    /// A service stands where it cannot tell that it failed.
    #[error("the query asks {0} within EXISTS, which would take a failure for a no: put SERVICE beside, in the group")]
    ServiceInExpression(String),
    /// Words cannot be searched.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The query was evaluated for as long as it may.
    #[error("{0}: narrow it, for example to a topic or to some days, or give it more time (--timeout)")]
    TimeIsOver(TimeIsOver),
    /// The program's memory grew while the query was evaluated by more than it may.
    #[error("{0}: narrow it, for example to a topic or to some days")]
    MemoryIsOver(MemoryIsOver),
    /// The answer has more rows than it may. Those before were given.
    #[error("{0}: narrow it, or ask for them in parts (LIMIT, OFFSET)")]
    RowsAreOver(RowsAreOver),
    /// A service did not answer its part.
    #[error("{0}; with SERVICE SILENT the query does without")]
    Service(ServiceError),
    /// A service would be asked about too much.
    #[error(
        "{service} would be asked about {rows} things, and {most} are the most: narrow what stands beside SERVICE, for example \
         by a subquery with a LIMIT"
    )]
    TooMany { service: String, rows: usize, most: usize },
    /// The answer is none that the format can hold.
    #[error("{}", told_form(*.0))]
    Form(Form),
    /// Rows cannot be brought under headings by what is no column.
    #[error("there is no column `{name}`{} the columns are {known}", did_you_mean(nearest))]
    Column { name: String, nearest: Vec<String>, known: String },
    /// What has no time cannot be drawn over time.
    #[error("a chart needs a column of days, months or years, and no row has one: use --format table")]
    NoDates,
    /// The answer cannot be written.
    #[error("the answer cannot be written: {0}")]
    Write(#[from] io::Error),
}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        Self::Evaluation(QueryEvaluationError::Dataset(Box::new(error)))
    }
}

impl From<QueryEvaluationError> for Error {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::UnsupportedService(service) => Self::NotFederated(service.to_string()),
            QueryEvaluationError::Service(cause) => match cause.downcast() {
                Ok(failure) => Self::Service(*failure),
                Err(cause) => match cause.downcast() {
                    Ok(failure) => Self::Search(*failure),
                    Err(cause) => Self::Evaluation(QueryEvaluationError::Service(cause)),
                },
            },
            QueryEvaluationError::Unexpected(cause) => match cause.downcast() {
                Ok(over) => Self::TimeIsOver(*over),
                Err(cause) => match cause.downcast() {
                    Ok(over) => Self::MemoryIsOver(*over),
                    Err(cause) => match cause.downcast() {
                        Ok(over) => Self::RowsAreOver(*over),
                        Err(cause) => Self::Evaluation(QueryEvaluationError::Unexpected(cause)),
                    },
                },
            },
            other => Self::Evaluation(other),
        }
    }
}

impl Error {
    /// Whether it is the store that failed, or the index: what it says concerns whoever keeps them.
    pub fn is_internal(&self) -> bool {
        use QueryEvaluationError as E;
        match self {
            Self::Own { cause, .. } => cause.is_internal(),
            Self::Search(SearchError::Storage(_) | SearchError::Index { .. }) => true,
            Self::Name(names::NameError::Storage(_)) => true,
            Self::Evaluation(error) => matches!(error, E::Dataset(_) | E::Unexpected(_) | E::UnexpectedDefaultGraph),
            _ => false,
        }
    }

    /// Whether the call was wrong, rather than the names or the store: an unknown query, a parameter missing, unknown
    /// or of the wrong form, a text that is no query, a service that may not be asked.
    pub fn is_usage(&self) -> bool {
        if let Self::Own { cause, .. } = self {
            return cause.is_usage();
        }
        matches!(
            self,
            Self::Query { .. }
                | Self::Parameter(_)
                | Self::Sparql(_)
                | Self::Search(SearchError::Form(_))
                | Self::NotFederated(_)
                | Self::ServiceInExpression(_)
                | Self::Form(_)
                | Self::Column { .. }
                | Self::NoDates
        )
    }
}

fn told_form(form: Form) -> &'static str {
    match form {
        Form::Rows => {
            "the query gives rows (SELECT), none of which names a statement, so that there is no graph to write: use --format \
             csv, tsv, json or xml, or ask for a graph (CONSTRUCT)"
        }
        Form::Truth => "the query gives yes or no (ASK): use --format table, markdown, html, csv, tsv, json or xml",
        Form::Graph => {
            "the query gives a graph (CONSTRUCT, DESCRIBE): use --format turtle, jsonld, ntriples, nquads, trig or rdfxml"
        }
    }
}

fn not_known(words: &[String]) -> String {
    let list = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" and ");
    match words {
        [] => String::new(),
        [_] => format!(": {list} is neither a name in the store nor a word with which questions are asked"),
        _ => format!(": {list} are neither names in the store nor words with which questions are asked"),
    }
}

fn did_you_mean(nearest: &[String]) -> String {
    match nearest {
        [] => ":".to_owned(),
        names => format!(": did you mean {}?", names.join(", ")),
    }
}

/// The saved query of that name among those that are built in.
///
/// # Errors
/// When there is none: the error holds the nearest names.
pub fn find(name: &str) -> Result<&'static SavedQuery, Error> {
    find_in(library(), name)
}

/// The saved query of that name among these.
///
/// # Errors
/// As for [`find`].
pub fn find_in<'l>(library: &'l [SavedQuery], name: &str) -> Result<&'l SavedQuery, Error> {
    if let Some(query) = library.iter().find(|query| query.name == name) {
        return Ok(query);
    }
    let mut list: Vec<(f64, &str)> = library
        .iter()
        .map(|query| (strsim::jaro_winkler(name, &query.name), query.name.as_str()))
        .filter(|(likeness, _)| *likeness > 0.7)
        .collect();
    list.sort_by(|a, b| b.0.total_cmp(&a.0));
    let nearest = list.into_iter().take(3).map(|(_, name)| name.to_owned()).collect();
    Err(Error::Query { name: name.to_owned(), nearest })
}
