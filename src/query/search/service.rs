//! The part of a query that searches: `SERVICE dixit:search { ?s dixit:query "…" ; dixit:score ?score }`.

use super::index::Hit;
use super::words::Words;
use super::{SearchError, WordSearch};
use crate::graph::vocabulary::dixit;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Term, Variable};
use oxigraph::sparql::{QuerySolutionIter, ServiceHandler};
use oxigraph::store::Store;
use oxiri::Iri;
use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::sync::Arc;

/// What is wrong with a part that searches.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    #[error(
        "SERVICE dixit:search takes `?statement dixit:query \"words\"` and, for how well they fit, `?statement dixit:score ?score`, \
         nothing else: put other conditions beside it"
    )]
    Other,
    #[error(
        "dixit:query needs its words in quotation marks, where ?{0} stands: a search cannot depend on other parts of the query"
    )]
    Variable(String),
    #[error("`{0}` has no word to search for: write words, \"phrases\", beginnings* or -what is not to be found")]
    NoWords(String),
}

/// Whether a service is the search.
pub fn is_search(name: &NamedNodePattern) -> bool {
    matches!(name, NamedNodePattern::NamedNode(name) if *name == dixit::SEARCH)
}

/// What is searched for, and the variables that take what is found.
struct Request {
    words: Words,
    thing: Variable,
    score: Option<Variable>,
}

impl Request {
    fn read(pattern: &GraphPattern) -> Result<Self, FormError> {
        let mut triples = Vec::new();
        collect(pattern, &mut triples)?;
        let (mut query, mut score, mut things) = (None, None, Vec::new());
        for triple in triples {
            let TermPattern::Variable(thing) = &triple.subject else { return Err(FormError::Other) };
            let NamedNodePattern::NamedNode(predicate) = &triple.predicate else { return Err(FormError::Other) };
            things.push(thing);
            let is = |term| *predicate == term;
            match &triple.object {
                TermPattern::Literal(words) if is(dixit::QUERY) && query.is_none() => query = Some(words.value()),
                TermPattern::Variable(variable) if is(dixit::QUERY) => {
                    return Err(FormError::Variable(variable.as_str().to_owned()));
                }
                TermPattern::Variable(variable) if is(dixit::SCORE) && score.is_none() => {
                    score = Some(variable.clone())
                }
                _ => return Err(FormError::Other),
            }
        }
        let (Some(text), Some(thing)) = (query, things.first()) else { return Err(FormError::Other) };
        if things.iter().any(|other| other != thing) || score.as_ref() == Some(thing) {
            return Err(FormError::Other);
        }
        let words = Words::parse(text).ok_or_else(|| FormError::NoWords(text.to_owned()))?;
        Ok(Self { words, thing: (*thing).clone(), score })
    }
}

/// The triples of a pattern that has nothing else. The evaluator hands its joins over one by one.
fn collect<'p>(pattern: &'p GraphPattern, triples: &mut Vec<&'p TriplePattern>) -> Result<(), FormError> {
    match pattern {
        GraphPattern::Bgp { patterns } => triples.extend(patterns),
        GraphPattern::Join { left, right } => {
            collect(left, triples)?;
            collect(right, triples)?;
        }
        GraphPattern::Graph { inner, .. } | GraphPattern::Slice { inner, .. } => collect(inner, triples)?,
        _ => return Err(FormError::Other),
    }
    Ok(())
}

/// Whether a pattern is one that can be searched for.
///
/// # Errors
/// It has another form, or nothing to search for.
pub fn check(inner: &GraphPattern) -> Result<(), FormError> {
    Request::read(inner).map(|_| ())
}

/// The words that a pattern searches for, if it asks for nothing but the things `thing` that have them.
pub fn words_of(inner: &GraphPattern, thing: &str) -> Option<Words> {
    let request = Request::read(inner).ok()?;
    (request.thing.as_str() == thing && request.score.is_none()).then_some(request.words)
}

/// Tells the planner that the parts which search are small, so that it begins with them. It would take them for as large as
/// their triples look, and read all statements before.
pub fn plan(pattern: &mut GraphPattern) {
    use GraphPattern as P;
    match pattern {
        P::Service { name, inner, .. } if is_search(name) => {
            let triples = Box::new(std::mem::take(&mut **inner));
            **inner = P::Slice { inner: triples, start: 0, length: Some(1) };
        }
        P::Service { .. } | P::Bgp { .. } | P::Path { .. } | P::Values { .. } => {}
        P::Join { left, right }
        | P::Lateral { left, right }
        | P::Union { left, right }
        | P::Minus { left, right }
        | P::LeftJoin { left, right, .. } => {
            plan(left);
            plan(right);
        }
        P::Filter { inner, .. }
        | P::Graph { inner, .. }
        | P::Extend { inner, .. }
        | P::OrderBy { inner, .. }
        | P::Project { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::Slice { inner, .. }
        | P::Group { inner, .. } => plan(inner),
    }
}

/// Gives the evaluator what is found.
pub struct Handler {
    pub search: Arc<WordSearch>,
    pub store: Store,
}

impl ServiceHandler for Handler {
    type Error = SearchError;

    fn handle(
        &self,
        pattern: &GraphPattern,
        _base_iri: Option<&Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, SearchError> {
        let Request { words, thing, score } = Request::read(pattern)?;
        let hits = self.search.search(&self.store, &words)?;
        let has_score = score.is_some();
        let variables = [thing].into_iter().chain(score).collect();
        let row = move |Hit { iri, score }: Hit| {
            let mut row = vec![Some(Term::from(NamedNode::new_unchecked(iri)))];
            if has_score {
                row.push(Some(Literal::new_typed_literal(format!("{score:.3}"), xsd::DECIMAL).into()));
            }
            Ok(row)
        };
        Ok(QuerySolutionIter::from_tuples(variables, hits.into_iter().map(row)))
    }
}
