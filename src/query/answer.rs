//! Running a query.

use super::Error;
use super::federate::{self, Services};
use super::prepare::Prepared;
use oxigraph::sparql::QueryResults;
use oxigraph::store::Store;
use std::sync::Arc;

/// What a query found, read row by row as it is written out.
pub struct Answer {
    pub(super) results: QueryResults<'static>,
    pub(super) prepared: Prepared,
}

impl Answer {
    /// The query that it answers.
    pub fn prepared(&self) -> &Prepared {
        &self.prepared
    }
}

/// Runs a query on the union of all graphs, unless the query names its graphs itself (FROM).
///
/// # Errors
/// When the query cannot be evaluated, must ask a service, or the store cannot be read. Errors may also come later, while
/// rows are read.
pub fn run(store: &Store, prepared: Prepared) -> Result<Answer, Error> {
    federate::run(store, prepared, None)
}

/// The same, of a query that may ask services (SERVICE).
///
/// # Errors
/// As for [`run`], and when a service does not answer, unless the query says that it can do without (SERVICE SILENT).
pub fn run_federated(store: &Store, prepared: Prepared, services: &Arc<Services>) -> Result<Answer, Error> {
    federate::run(store, prepared, Some(services))
}
