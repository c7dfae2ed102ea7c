//! Parts of a query that other services answer (SPARQL 1.1 Federated Query): `SERVICE <https://…> { … }`.
//!
//! By itself SPARQL has a service answer its whole part, and joins afterwards: "when was each item born" of all Wikidata. So
//! [`narrow`] first looks what stands beside the SERVICE in its group, and sends its part with the values of the variables
//! that both have (`VALUES`), a hundred rows at a time. What is sent is the text of that part and these values, nothing else of the store.

mod find;
mod narrow;
mod service;

pub use service::Services;

use super::Error;
use super::answer::Answer;
use super::prepare::Prepared;
use oxigraph::sparql::{QueryEvaluationError, QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use service::Handler;
use spargebra::Query;
use spargebra::algebra::{GraphPattern, QueryDataset};
use std::sync::Arc;

/// Runs a query that may ask `services`; without them one that must is refused.
pub(super) fn run(store: &Store, prepared: Prepared, services: Option<&Arc<Services>>) -> Result<Answer, Error> {
    let local = Local { store, dataset: prepared.query.dataset().cloned(), services };
    let mut query = prepared.query.clone();
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = &mut query;
    check(pattern, services.is_some())?;
    if services.is_some() {
        *pattern = narrow::narrow(std::mem::take(pattern), None, &local)?;
    }
    Ok(Answer { results: local.evaluate(query)?, prepared })
}

/// Refuses what must ask a service where none may be asked, and a service in an expression: its errors are only "not true".
fn check(pattern: &GraphPattern, may_ask: bool) -> Result<(), Error> {
    for service in find::services(pattern) {
        if !may_ask && !service.silent {
            return Err(Error::NotFederated(service.name.to_string()));
        }
        if service.in_expression {
            return Err(Error::ServiceInExpression(service.name.to_string()));
        }
    }
    Ok(())
}

/// What is known on this machine.
struct Local<'a> {
    store: &'a Store,
    /// The graphs that the query names, if it names any.
    dataset: Option<QueryDataset>,
    services: Option<&'a Arc<Services>>,
}

impl Local<'_> {
    fn evaluate(&self, query: Query) -> Result<QueryResults<'static>, QueryEvaluationError> {
        let mut evaluator = SparqlEvaluator::new();
        if let Some(services) = self.services {
            evaluator = evaluator.with_default_service_handler(Handler(Arc::clone(services)));
        }
        let mut query = evaluator.for_query(query);
        if self.dataset.is_none() {
            query.dataset_mut().set_default_graph_as_union();
        }
        query.on_store(self.store).execute()
    }
}
