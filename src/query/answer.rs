//! Running a query.

use super::Error;
use super::prepare::Prepared;
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;

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
/// When the query cannot be evaluated or the store cannot be read. Errors may also come later, while rows are read.
pub fn run(store: &Store, prepared: Prepared) -> Result<Answer, Error> {
    let own_dataset = prepared.query.dataset().is_some();
    let mut query = SparqlEvaluator::new().for_query(prepared.query.clone());
    if !own_dataset {
        query.dataset_mut().set_default_graph_as_union();
    }
    Ok(Answer { results: query.on_store(store).execute()?, prepared })
}
