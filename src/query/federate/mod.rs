//! Parts of a query that other services answer (SPARQL 1.1 Federated Query): `SERVICE <https://…> { … }`.
//!
//! By itself SPARQL has a service answer its whole part, and joins afterwards: "when was each item born" of all Wikidata. So
//! [`narrow`] first looks what stands beside the SERVICE in its group, and sends its part with the values of the variables
//! that both have (`VALUES`), a hundred rows at a time. What is sent is the text of that part and these values, nothing else of the store.
//!
//! `SERVICE dixit:search` is no such part: [`search`](super::search) answers it from the store's own index.

mod find;
mod narrow;
mod service;

pub use service::Services;

use super::Error;
use super::answer::{Answer, Means};
use super::explain::Explanation;
use super::guard;
use super::limit::{self, TimeLimit, Watch};
use super::prepare::Prepared;
use super::search::{self, SearchError, WordSearch};
use super::shortlist::{self, Desk, Trouble};
use crate::graph::vocabulary::dixit;
use oxigraph::model::{NamedNode, Term};
use oxigraph::sparql::{BoundPreparedSparqlQuery, QueryEvaluationError, QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use service::Handler;
use spargebra::Query;
use spargebra::algebra::{GraphPattern, QueryDataset};
use std::sync::Arc;

/// Runs a query that may ask services; without them one that must is refused.
pub(super) fn run(store: &Store, prepared: Prepared, means: &Means) -> Result<Answer, Error> {
    let search = search(&prepared.query, store, means)?;
    let watch = means.limit.as_ref().map(TimeLimit::start);
    let dataset = prepared.query.dataset().cloned();
    let local =
        Local { store, dataset, services: means.services.as_ref(), search: search.as_ref(), watch: watch.as_ref() };
    let mut query = prepared.query.clone();
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = &mut query;
    check(pattern, means.services.is_some())?;
    search::plan(pattern);
    if means.services.is_some() {
        *pattern = narrow::narrow(std::mem::take(pattern), None, &local)?;
    }
    if let Some(search) = local.search.or(means.search.as_ref()).filter(|_| local.dataset.is_none()) {
        shorten(pattern, &local, search)?;
    }
    let mut explanation = None;
    let results = local.evaluate(query, means.explain.then_some(&mut explanation))?;
    let results = match means.most {
        Some(most) => limit::at_most(results, most),
        None => results,
    };
    Ok(Answer { results, prepared, explanation })
}

/// Cuts the lists of a query short where an index says with what they begin.
fn shorten(pattern: &mut GraphPattern, local: &Local<'_>, search: &WordSearch) -> Result<(), Error> {
    let desk = Desk { search, store: local.store, evaluate: &|query| local.evaluate(query, None) };
    match shortlist::shorten(pattern.clone(), &desk) {
        Ok(short) => *pattern = short,
        Err(Trouble::Index(_)) => {}
        Err(Trouble::Query(error)) => return Err(error),
    }
    Ok(())
}

/// The index of words, up to date, if the query searches. The time for that does not count: it may be long the first time.
fn search(query: &Query, store: &Store, means: &Means) -> Result<Option<Arc<WordSearch>>, Error> {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let mut searches = find::searches(pattern).peekable();
    if searches.peek().is_none() {
        return Ok(None);
    }
    searches.try_for_each(search::check).map_err(SearchError::from)?;
    let search = means.search.clone().unwrap_or_else(|| Arc::new(WordSearch::in_memory()));
    search.prepare(store)?;
    Ok(Some(search))
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
    search: Option<&'a Arc<WordSearch>>,
    watch: Option<&'a Watch>,
}

impl Local<'_> {
    /// Evaluates a query, and keeps a record of that where one is asked for.
    fn evaluate(
        &self,
        query: Query,
        explanation: Option<&mut Option<Explanation>>,
    ) -> Result<QueryResults<'static>, QueryEvaluationError> {
        let query = self.prepare(query);
        self.within_limit(|| match explanation {
            None => query.execute(),
            Some(explanation) => {
                let (results, record) = query.compute_statistics().explain();
                *explanation = Some(Explanation(record));
                results
            }
        })
    }

    fn prepare(&self, query: Query) -> BoundPreparedSparqlQuery<'static> {
        let mut evaluator = SparqlEvaluator::new();
        if let Some(services) = self.services {
            evaluator = evaluator.with_default_service_handler(Handler(Arc::clone(services)));
        }
        if let Some(search) = self.search {
            let handler = search::Handler { search: Arc::clone(search), store: self.store.clone() };
            evaluator = evaluator.with_service_handler(dixit::SEARCH, handler);
        }
        if let Some(watch) = self.watch {
            let in_time = watch.in_time();
            let function = move |_: &[Term]| {
                in_time();
                None
            };
            let name = NamedNode::new_unchecked(guard::IN_TIME);
            evaluator = evaluator.with_cancellation_token(watch.token()).with_custom_function(name, function);
        }
        let query = if self.watch.is_some() { guard::guard(query) } else { query };
        let mut query = evaluator.for_query(query);
        if self.dataset.is_none() {
            query.dataset_mut().set_default_graph_as_union();
        }
        query.on_store(self.store)
    }

    fn within_limit(
        &self,
        evaluate: impl FnOnce() -> Result<QueryResults<'static>, QueryEvaluationError>,
    ) -> Result<QueryResults<'static>, QueryEvaluationError> {
        let Some(watch) = self.watch else { return evaluate() };
        let results = watch.during(evaluate)?.map_err(|error| watch.explain(error))?;
        Ok(watch.clone().limit(results))
    }
}
