//! What can go wrong while graphs are sent: each message is one line that names the store, the graph and the mend.

use super::{CredentialsError, JournalError};
use crate::graph::{ExportError, GraphsError};
use crate::web::{Fault, GraphStore, NotTaken, Problem, status_name};
use std::fmt;
use std::path::PathBuf;

/// Why nothing more is sent.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    #[error("cannot read the store: {0}")]
    Store(#[from] ExportError),
    #[error(transparent)]
    Files(#[from] GraphsError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    #[error("{endpoint}: {}", OfAddress(.problem))]
    Endpoint { endpoint: String, problem: Problem },
    #[error(transparent)]
    Undelivered(#[from] Undelivered),
    #[error(
        "the store has no graph {graph}, which it has taken by {}: if it was emptied, send all with --again",
        journal.display()
    )]
    Emptied { journal: PathBuf, graph: String },
    /// Nothing more is wanted.
    #[error("stopped")]
    Over,
}

/// A graph that a store did not take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{endpoint}: graph {graph}: {}{}", Told(.fault), Times(fault.times))]
pub struct Undelivered {
    pub endpoint: String,
    pub graph: String,
    pub fault: Box<NotTaken>,
}

impl Undelivered {
    pub(super) fn new(store: &GraphStore, graph: &str, fault: NotTaken) -> Self {
        Self { endpoint: store.url().to_string(), graph: graph.to_owned(), fault: Box::new(fault) }
    }

    /// Whether the store may take other graphs all the same.
    pub(super) fn is_of_graph(&self) -> bool {
        matches!(self.fault.fault, Fault::Status { code: 400 | 409 | 411..=414 | 422 | 431 | 500 | 507, .. })
    }
}

struct OfAddress<'a>(&'a Problem);

impl fmt::Display for OfAddress<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Problem::UserInfo => f.write_str(
                "a user name or password in the address, where others can read it: take it out, and set DIXIT_PUSH_USER and \
                 DIXIT_PUSH_PASSWORD",
            ),
            Problem::NotWeb { scheme } => write!(f, "not http or https but {scheme}: give the address at which the store takes graphs"),
            other => other.fmt(f),
        }
    }
}

struct Told<'a>(&'a NotTaken);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NotTaken { fault, scheme, .. } = self.0;
        let Fault::Status { code, said, .. } = fault else { return fault.fmt(f) };
        write!(f, "answers {}", status_name(*code))?;
        if !said.is_empty() {
            write!(f, " (\"{said}\")")?;
        }
        write!(f, ": {}", mend(*code, scheme.as_deref()))
    }
}

/// What the reader can do about a status.
fn mend(code: u16, scheme: Option<&str>) -> &'static str {
    match code {
        401 if scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("digest")) => {
            "it wants Digest authentication, which dixit does not speak: allow Basic or a token there, or an address without"
        }
        401 => "it wants to know who you are: set DIXIT_PUSH_USER and DIXIT_PUSH_PASSWORD, or DIXIT_PUSH_TOKEN",
        403 => "you may not write there: ask for the right to, or give other credentials",
        404 | 405 | 501 => "is this the address for graphs? It is often another than that for queries",
        413 | 414 => "it takes no graph of this size: raise the limit there",
        415 => "it takes no N-Triples: give the address for graphs (SPARQL 1.1 Graph Store Protocol)",
        408 | 425 | 429 | 500..=599 => "do the same again later, and what was sent is not sent again",
        _ => "it does not take this graph: see its log",
    }
}

struct Times(u32);

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 > 1 { write!(f, " (sent {} times)", self.0) } else { Ok(()) }
    }
}
