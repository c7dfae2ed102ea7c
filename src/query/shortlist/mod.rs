//! The index says which statements a list can begin with.
//!
//! "What was said about France, the newest first, a hundred rows" sorts by itself all that was said about France. The index
//! ([`search`](super::search)) knows of each statement its day and some of its values; so of a part of a query that is sorted
//! and cut off only a few statements need to be looked at:
//!
//! - [`newest`]: a list of statements by their days. The index gives those that come first, the query says which of them it
//!   wants, and that is repeated until there are as many rows as it asked for.
//! - [`largest`]: how many statements something has, the largest numbers first. The index counts.
//!
//! What is put in the place of such a part is a list of values with the same rows. A query means what SPARQL says that it
//! means, with an index or without; only parts that are understood ([`reading`]) are replaced, and only where an index is
//! there that says what the store says.

mod largest;
mod newest;
mod parts;
mod reading;
#[cfg(test)]
mod tests;

use super::Error;
use super::pattern::with_parts;
use super::search::{Open, WordSearch};
use oxigraph::model::{Term, Variable};
use oxigraph::sparql::{QueryEvaluationError, QueryResults};
use oxigraph::store::Store;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;
use std::collections::BTreeSet;
use std::sync::Arc;
use tantivy::TantivyError;

/// Why a query cannot be cut short.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// The index cannot be read: the store knows all that it knows.
    #[error(transparent)]
    Index(#[from] TantivyError),
    #[error(transparent)]
    Query(#[from] Error),
}

impl From<QueryEvaluationError> for Trouble {
    fn from(error: QueryEvaluationError) -> Self {
        Self::Query(error.into())
    }
}

/// So many values of a variable are listed in a condition at most.
const MOST_VALUES: usize = 50_000;

/// What is known of the statements, and what evaluates queries.
pub(super) struct Desk<'a> {
    pub search: &'a WordSearch,
    pub store: &'a Store,
    pub evaluate: &'a dyn Fn(Query) -> Result<QueryResults<'static>, QueryEvaluationError>,
}

/// A query with its lists cut short, which gives the same rows.
pub(super) fn shorten(pattern: GraphPattern, desk: &Desk<'_>) -> Result<GraphPattern, Trouble> {
    use GraphPattern as P;
    Ok(match pattern {
        P::Slice { inner, start, length: Some(length) } => {
            let wanted = start.saturating_add(length);
            let short = match newest::shorten(&inner, wanted, desk)? {
                Some(short) => short,
                None => match largest::shorten(&inner, wanted, desk)? {
                    Some(short) => short,
                    None => shorten(*inner, desk)?,
                },
            };
            P::Slice { inner: short.into(), start, length: Some(length) }
        }
        // The right side is another question for each row of the left one.
        P::Lateral { left, right } => P::Lateral { left: shorten(*left, desk)?.into(), right },
        other => with_parts(other, |part| shorten(part, desk))?,
    })
}

impl Desk<'_> {
    /// The index, if there is one.
    fn open(&self) -> Option<Arc<Open>> {
        self.search.if_there(self.store)
    }

    /// The rows of a pattern with a value for each of the variables that has one. `None` if a value cannot be written in a
    /// query.
    fn rows(
        &self,
        pattern: GraphPattern,
        variables: &[Variable],
    ) -> Result<Option<Vec<Vec<Option<GroundTerm>>>>, Trouble> {
        let query = Query::Select { dataset: None, pattern, base_iri: None };
        let QueryResults::Solutions(solutions) = (self.evaluate)(query)? else { return Ok(None) };
        let mut rows = Vec::new();
        for solution in solutions {
            let solution = solution?;
            let mut row = Vec::with_capacity(variables.len());
            for variable in variables {
                row.push(match solution.get(variable) {
                    None => None,
                    Some(Term::NamedNode(iri)) => Some(iri.clone().into()),
                    Some(Term::Literal(literal)) => Some(literal.clone().into()),
                    Some(_) => return Ok(None),
                });
            }
            rows.push(row);
        }
        Ok(Some(rows))
    }

    /// The values of a variable in a pattern, unless they are too many.
    fn values(&self, pattern: &GraphPattern, variable: &str) -> Result<Option<BTreeSet<String>>, Trouble> {
        let variables = vec![Variable::new_unchecked(variable)];
        let project = GraphPattern::Project { inner: pattern.clone().into(), variables: variables.clone() };
        let distinct = GraphPattern::Distinct { inner: project.into() };
        let few = GraphPattern::Slice { inner: distinct.into(), start: 0, length: Some(MOST_VALUES + 1) };
        let Some(rows) = self.rows(few, &variables)? else { return Ok(None) };
        let is_few = rows.len() <= MOST_VALUES;
        // Where it has no value, any would do.
        let iri = |row: Vec<Option<GroundTerm>>| match row.into_iter().next() {
            Some(Some(GroundTerm::NamedNode(iri))) => Some(iri.into_string()),
            _ => None,
        };
        let iris: Option<BTreeSet<String>> = rows.into_iter().map(iri).collect();
        Ok(iris.filter(|_| is_few))
    }
}
