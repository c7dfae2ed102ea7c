//! A service is asked for its part of a query (SPARQL 1.1 Protocol, 2.1.3: query via POST directly).

use crate::web::{Caller, Fault, Patience, Question, ServiceError};
use oxigraph::model::{NamedNode, Term, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};
use oxigraph::sparql::{DefaultServiceHandler, QuerySolution, QuerySolutionIter};
use oxiri::Iri;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The services that a query may ask. Each question is asked once, whatever the plan of the query.
pub struct Services {
    caller: Caller,
    answers: Mutex<Answers>,
}

/// By the address of the service and the text of the question.
type Answers = BTreeMap<(String, String), Result<Arc<Rows>, ServiceError>>;

/// What a service answered.
struct Rows {
    variables: Arc<[Variable]>,
    rows: Vec<Vec<Option<Term>>>,
}

impl Services {
    /// Services that will be asked so patiently.
    pub fn new(patience: Patience) -> Arc<Self> {
        Arc::new(Self { caller: Caller::new(patience), answers: Mutex::default() })
    }

    /// What was asked: the addresses of services, and what was sent.
    pub fn asked(&self) -> Vec<(String, String)> {
        self.answers().keys().cloned().collect()
    }

    /// Why services did not answer.
    pub fn failures(&self) -> Vec<ServiceError> {
        self.answers().values().filter_map(|answer| answer.as_ref().err().cloned()).collect()
    }

    fn answers(&self) -> MutexGuard<'_, Answers> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self, service: &NamedNode, pattern: &GraphPattern) -> Result<Arc<Rows>, ServiceError> {
        let query = Query::Select { dataset: None, pattern: pattern.clone(), base_iri: None }.to_string();
        let mut answers = self.answers();
        let question = (service.as_str().to_owned(), query);
        if let Some(answer) = answers.get(&question) {
            return answer.clone();
        }
        let body = Some(("application/sparql-query", question.1.as_str()));
        let reply = self.caller.ask(service.as_str(), &Question { accept: "application/sparql-results+json", body });
        let answer = reply.and_then(|reply| {
            read(&reply.body, pattern).map(Arc::new).ok_or_else(|| {
                let fault = Fault::nonsense("SPARQL results in JSON", &reply.body);
                ServiceError { service: service.as_str().to_owned(), fault, times: 1 }
            })
        });
        answers.insert(question, answer.clone());
        answer
    }
}

/// Reads SPARQL results. `None` if they are none, or not of a SELECT. Of what the service was not asked for, nothing is kept:
/// it could give values to variables of other parts of the query.
fn read(body: &[u8], pattern: &GraphPattern) -> Option<Rows> {
    let parser = QueryResultsParser::from_format(QueryResultsFormat::Json);
    let SliceQueryResultsParserOutput::Solutions(solutions) = parser.for_slice(body).ok()? else { return None };
    let mut asked = BTreeSet::new();
    pattern.on_in_scope_variable(|variable| {
        asked.insert(variable.as_str());
    });
    let own = solutions.variables().iter().filter(|variable| asked.contains(variable.as_str()));
    let variables: Arc<[Variable]> = own.cloned().collect();
    let row = |solution: QuerySolution| variables.iter().map(|variable| solution.get(variable).cloned()).collect();
    let rows = solutions.map(|solution| solution.map(row)).collect::<Result<_, _>>().ok()?;
    Some(Rows { variables, rows })
}

/// Gives the evaluator what services answer.
pub(super) struct Handler(pub Arc<Services>);

impl DefaultServiceHandler for Handler {
    type Error = ServiceError;

    fn handle(
        &self,
        service_name: &NamedNode,
        pattern: &GraphPattern,
        _base_iri: Option<&Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, ServiceError> {
        let answer = self.0.ask(service_name, pattern)?;
        let variables = Arc::clone(&answer.variables);
        let rows = (0..answer.rows.len())
            .map(move |at| Ok(QuerySolution::from((Arc::clone(&answer.variables), answer.rows[at].clone()))));
        Ok(QuerySolutionIter::new(variables, rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_answer_is_refused() {
        let pattern = GraphPattern::default();
        let deep = format!("{{\"head\":{}", "[".repeat(1 << 20));
        for body in ["", "{}", "[]", "null", "{\"head\":{\"vars\":[\"a b\"]},\"results\":{\"bindings\":[]}}", &deep] {
            assert!(read(body.as_bytes(), &pattern).is_none(), "{}", &body[..body.len().min(80)]);
        }
        let empty = read(b"{\"head\":{\"vars\":[\"a\"]},\"results\":{\"bindings\":[]}}", &pattern).unwrap();
        assert_eq!((empty.variables.len(), empty.rows.len()), (0, 0));
    }
}
