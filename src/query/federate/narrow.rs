//! What a service is asked about is narrowed to what the query can use.

use super::super::Error;
use super::super::pattern::{begin_with, certain, in_scope, join, with_parts};
use super::{Local, find};
use oxigraph::model::{Term, Variable};
use oxigraph::sparql::QueryResults;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::{GroundTerm, NamedNodePattern};
use std::collections::BTreeMap;

/// How many rows of values one request holds.
const AT_ONCE: usize = 100;

/// How many rows of values a service is asked about at most.
const MOST: usize = 1000;

/// The pattern with its services narrowed to what stands beside them, in their groups and `before` them. This takes away
/// only rows that would be joined with nothing. Services in expressions and in `GRAPH` are left as they are.
pub(super) fn narrow(
    pattern: GraphPattern,
    before: Option<&GraphPattern>,
    local: &Local<'_>,
) -> Result<GraphPattern, Error> {
    use GraphPattern as P;
    if !has_service(&pattern) {
        return Ok(pattern);
    }
    let within = |part: Box<P>| narrow(*part, before, local).map(Box::new);
    Ok(match pattern {
        P::Service { name, inner, silent } => match before {
            Some(beside) => about(name, *inner, silent, beside, local)?,
            None => P::Service { name, inner, silent },
        },
        P::Join { .. } => {
            let (theirs, mut parts): (Vec<_>, Vec<_>) = operands(pattern).into_iter().partition(has_service);
            let beside = before.cloned().into_iter().chain(parts.iter().cloned()).reduce(join);
            for part in theirs {
                parts.push(narrow(part, beside.as_ref(), local)?);
            }
            parts.into_iter().reduce(join).unwrap_or_default()
        }
        P::LeftJoin { left, right, expression } => {
            let left = within(left)?;
            let beside = before.cloned().into_iter().chain([(*left).clone()]).reduce(join);
            P::LeftJoin { left, right: narrow(*right, beside.as_ref(), local)?.into(), expression }
        }
        P::Union { left, right } => P::Union { left: within(left)?, right: within(right)? },
        P::Filter { expr, inner } => P::Filter { expr, inner: within(inner)? },
        P::Extend { inner, variable, expression } => P::Extend { inner: within(inner)?, variable, expression },
        P::Graph { .. } => pattern,
        // What is counted, cut off or taken away within is another question.
        other => with_parts(other, |part| narrow(part, None, local))?,
    })
}

fn has_service(pattern: &GraphPattern) -> bool {
    find::services(pattern).iter().any(|service| !service.in_expression)
}

/// What is joined here, in its order.
fn operands(pattern: GraphPattern) -> Vec<GraphPattern> {
    let (mut parts, mut open) = (Vec::new(), vec![pattern]);
    while let Some(next) = open.pop() {
        match next {
            GraphPattern::Join { left, right } => open.extend([*right, *left]),
            other => parts.push(other),
        }
    }
    parts
}

/// A service that is asked only about what is `beside` it.
fn about(
    name: NamedNodePattern,
    inner: GraphPattern,
    silent: bool,
    beside: &GraphPattern,
    local: &Local<'_>,
) -> Result<GraphPattern, Error> {
    let (own, theirs) = (in_scope(beside), certain(&inner));
    let shared: Vec<_> = own.intersection(&theirs).map(|name| Variable::new_unchecked(*name)).collect();
    let service = |inner: GraphPattern| GraphPattern::Service { name: name.clone(), inner: inner.into(), silent };
    if shared.is_empty() {
        return Ok(service(inner));
    }
    let Some((variables, rows)) = values(beside, shared, local)? else {
        // Nothing is beside it: there is nothing to ask.
        return Ok(GraphPattern::Values { variables: Vec::new(), bindings: Vec::new() });
    };
    if variables.is_empty() {
        return Ok(service(inner));
    }
    if rows.len() > MOST {
        return Err(Error::TooMany { service: name.to_string(), rows: rows.len(), most: MOST });
    }
    let requests = rows.chunks(AT_ONCE).map(|rows| {
        let values = GraphPattern::Values { variables: variables.clone(), bindings: rows.to_vec() };
        service(begin_with(values, inner.clone(), &variables))
    });
    let either =
        |left: GraphPattern, right: GraphPattern| GraphPattern::Union { left: left.into(), right: right.into() };
    Ok(requests.reduce(either).unwrap_or_default())
}

type Rows = Vec<Vec<Option<GroundTerm>>>;

/// The values of those of the variables that have one in each row, each combination once, always in the same order. `None`
/// if there is no row.
fn values(
    pattern: &GraphPattern,
    variables: Vec<Variable>,
    local: &Local<'_>,
) -> Result<Option<(Vec<Variable>, Rows)>, Error> {
    let project = GraphPattern::Project { inner: pattern.clone().into(), variables: variables.clone() };
    let pattern = GraphPattern::Distinct { inner: project.into() };
    let query = Query::Select { dataset: local.dataset.clone(), pattern, base_iri: None };
    let QueryResults::Solutions(solutions) = local.evaluate(query, None)? else { return Ok(None) };
    let mut rows = Vec::new();
    for solution in solutions {
        let solution = solution?;
        let ground = |variable: &Variable| match solution.get(variable) {
            Some(Term::NamedNode(iri)) => Some(GroundTerm::from(iri.clone())),
            Some(Term::Literal(literal)) => Some(literal.clone().into()),
            _ => None,
        };
        rows.push(variables.iter().map(ground).collect::<Vec<_>>());
    }
    if rows.is_empty() {
        return Ok(None);
    }
    let kept: Vec<usize> = (0..variables.len()).filter(|at| rows.iter().all(|row| row[*at].is_some())).collect();
    let mut sorted = BTreeMap::new();
    for row in rows {
        let row: Vec<_> = kept.iter().map(|at| row[*at].clone()).collect();
        let words: Vec<_> = row.iter().flatten().map(GroundTerm::to_string).collect();
        sorted.insert(words, row);
    }
    let variables = kept.iter().map(|at| variables[*at].clone()).collect();
    Ok(Some((variables, sorted.into_values().collect())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::io::RdfFormat;
    use oxigraph::model::NamedNode;
    use oxigraph::sparql::{
        DefaultServiceHandler, QueryEvaluationError, QuerySolution, QuerySolutionIter, SparqlEvaluator,
    };
    use oxigraph::store::Store;
    use spargebra::SparqlParser;

    /// The pattern of a query over a small graph after it was narrowed.
    fn narrowed(sparql: &str) -> String {
        let store = Store::new().unwrap();
        let turtle = "@prefix e: <http://e.example/> . e:a e:is e:A ; e:n 1 . e:b e:is e:B . [] e:is e:C .";
        store.load_from_slice(RdfFormat::Turtle, turtle).unwrap();
        let parser = SparqlParser::new().with_prefix("e", "http://e.example/").unwrap();
        let query = parser.parse_query(&format!("SELECT * {{ {sparql} }}")).unwrap();
        let Query::Select { dataset, pattern, base_iri } = query else { panic!("a SELECT") };
        let local = Local { store: &store, dataset: None, services: None, search: None, watch: None };
        let pattern = narrow(pattern, None, &local).unwrap();
        let text = Query::Select { dataset, pattern, base_iri }.to_string();
        let text = text
            .replace("<http://e.example/", "e:")
            .replace('>', "")
            .replace("\"^^<http://www.w3.org/2001/XMLSchema#", "\"^^");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_service_begins_with_the_values_of_what_stands_beside_it() {
        let a_and_b = "VALUES ( ?x ) { ( e:A ) ( e:B ) } ?x e:q ?y .";
        for (sparql, begins) in [
            (
                "e:a e:n ?n . ?s e:is ?x FILTER(isIRI(?s)) SERVICE e:s { ?x e:q ?y }",
                "VALUES ( ?x ) { ( e:A ) ( e:B ) ( e:C ) } ?x e:q ?y .",
            ),
            ("{ ?s e:is ?x FILTER(isIRI(?s)) } SERVICE e:s { ?x e:q ?y }", a_and_b),
            ("{ ?s e:is ?x FILTER(isIRI(?s)) } OPTIONAL { SERVICE e:s { ?x e:q ?y OPTIONAL { ?x e:r ?z } } }", a_and_b),
            ("{ ?s e:is ?x FILTER(isIRI(?s)) } { SERVICE e:s { ?x e:q ?y FILTER(?y > 1) } BIND(1 AS ?one) }", a_and_b),
            ("{ ?s e:is ?x FILTER(isIRI(?s)) } { SERVICE e:s { ?x e:q ?y } } UNION { ?x e:r ?y }", a_and_b),
            ("{ ?s e:is ?x FILTER(isIRI(?s)) } OPTIONAL { ?s e:n ?n } OPTIONAL { SERVICE e:s { ?x e:q ?y } }", a_and_b),
        ] {
            let narrowed = narrowed(sparql);
            assert!(narrowed.contains(begins), "{sparql}\n{narrowed}");
        }
    }

    #[test]
    fn what_would_change_the_answer_is_not_narrowed() {
        for sparql in [
            // Nothing is common to both, or not in every row.
            "?s e:is ?x SERVICE e:s { ?y e:q ?z }",
            "?s e:is ?x OPTIONAL { ?s e:n ?n } SERVICE e:s { ?n e:q ?z }",
            "?s e:is ?x SERVICE e:s { ?y e:q ?z OPTIONAL { ?y e:r ?x } }",
            // A blank node means nothing elsewhere.
            "?s e:is e:C SERVICE e:s { ?s e:q ?z }",
            // Within, another question is asked.
            "?s e:is ?x { SELECT ?x { SERVICE e:s { ?x e:q ?y } } LIMIT 1 }",
        ] {
            let narrowed = narrowed(sparql);
            assert!(!narrowed.contains("VALUES"), "{sparql}\n{narrowed}");
        }
    }

    /// Evaluates the parts of a service on a graph of its own.
    struct Remote(Store);

    impl DefaultServiceHandler for Remote {
        type Error = QueryEvaluationError;

        fn handle(
            &self,
            _: &NamedNode,
            pattern: &GraphPattern,
            _: Option<&oxiri::Iri<String>>,
        ) -> Result<QuerySolutionIter<'static>, QueryEvaluationError> {
            let query = Query::Select { dataset: None, pattern: pattern.clone(), base_iri: None }.to_string();
            let query = SparqlEvaluator::new().parse_query(&query).unwrap_or_else(|error| panic!("{query}: {error}"));
            let QueryResults::Solutions(solutions) = query.on_store(&self.0).execute()? else { panic!("a SELECT") };
            Ok(solutions)
        }
    }

    fn loaded(turtle: &str) -> Store {
        let store = Store::new().unwrap();
        store
            .load_from_slice(RdfFormat::Turtle, format!("@prefix e: <http://e.example/> . {turtle}").as_bytes())
            .unwrap();
        store
    }

    /// The sorted rows of a query, of which a part is evaluated on another graph.
    fn rows(query: Query, store: &Store, remote: &Store) -> Vec<String> {
        let evaluator = SparqlEvaluator::new().with_default_service_handler(Remote(remote.clone()));
        let results = evaluator.for_query(query).on_store(store).execute().unwrap();
        let QueryResults::Solutions(solutions) = results else { panic!("a SELECT") };
        let row = |solution: QuerySolution| {
            let mut cells: Vec<_> = solution.iter().map(|(variable, term)| format!("{variable}={term}")).collect();
            cells.sort();
            cells.join(" ")
        };
        let mut rows: Vec<_> = solutions.map(|solution| row(solution.unwrap())).collect();
        rows.sort();
        rows
    }

    /// Whether and how a service is narrowed, the answer is that of the standard.
    #[test]
    fn the_answer_is_the_same() {
        let store = loaded("e:a e:is e:A ; e:n 1 . e:b e:is e:B ; e:n 1, 2 . e:c e:n 3 . e:d e:is e:A, e:D .");
        let remote = loaded("e:A e:q 1, 2 ; e:r e:B . e:B e:q 2 . e:E e:q 3 ; e:r e:A . e:D e:r e:D .");
        let parser = || SparqlParser::new().with_prefix("e", "http://e.example/").unwrap();
        for sparql in [
            "?s e:is ?x SERVICE e:s { ?x e:q ?y }",
            "SERVICE e:s { ?x e:q ?y } ?s e:is ?x . ?s e:n ?y",
            "?s e:is ?x OPTIONAL { SERVICE e:s { ?x e:q ?y } }",
            "?s e:is ?x OPTIONAL { SERVICE e:s { ?x e:q ?y } FILTER(?y > 1) }",
            "?s e:is ?x OPTIONAL { ?s e:n ?y SERVICE e:s { ?x e:q ?y } }",
            "?s e:n ?n OPTIONAL { ?s e:is ?x } SERVICE e:s { ?x e:q ?y }",
            "?s e:n ?n OPTIONAL { ?s e:is ?x } OPTIONAL { SERVICE e:s { ?x e:q ?y } }",
            "?s e:n ?n OPTIONAL { SERVICE e:s { ?x e:q ?n } OPTIONAL { ?s e:is ?x } }",
            "?s e:is ?x SERVICE e:s { ?z e:q ?y OPTIONAL { ?z e:r ?x } }",
            "?s e:is ?x SERVICE e:s { ?x e:q ?y OPTIONAL { ?x e:r ?z FILTER(?y > 1) } FILTER(?y < 3) }",
            "?s e:is ?x SERVICE e:s { { ?x e:q ?y } UNION { ?x e:r ?y } }",
            "?s e:is ?x SERVICE e:s { { ?x e:q ?y } UNION { ?z e:r ?y } }",
            "?s e:is ?x SERVICE e:s { ?x e:q ?y MINUS { ?x e:r ?z } }",
            "?s e:is ?x SERVICE e:s { ?x (e:q|e:r)+ ?y }",
            "?s e:is ?x SERVICE e:s { ?x e:q ?y BIND(?y + 1 AS ?n) } ?s e:n ?n",
            "?s e:is ?x SERVICE e:s { SELECT ?x (COUNT(?y) AS ?n) { ?x e:q ?y } GROUP BY ?x }",
            "?s e:is ?x SERVICE e:s { { SELECT ?x { ?x e:q ?y } ORDER BY ?x LIMIT 1 } }",
            "?s e:is ?x { { SERVICE e:s { ?x e:q ?y } } UNION { ?x e:none ?y } UNION { SERVICE e:s { ?x e:r ?y } } }",
            "?s e:is ?x { SELECT ?x { SERVICE e:s { ?x e:q ?y } } ORDER BY ?x LIMIT 1 }",
            "?s e:is ?x MINUS { SERVICE e:s { ?x e:q ?y } }",
            "?s e:is ?x SERVICE e:s { ?x e:q ?y } SERVICE e:t { ?y ^e:q ?z }",
            "VALUES (?x ?y) { (e:A 1) (e:A UNDEF) (UNDEF 2) } SERVICE e:s { ?x e:q ?y }",
            "?s e:is ?x FILTER EXISTS { ?s e:n ?n } SERVICE e:s { ?x e:q ?y }",
            "?s e:none ?x OPTIONAL { SERVICE e:s { ?x e:q ?y } }",
        ] {
            let query = parser().parse_query(&format!("SELECT * {{ {sparql} }}")).unwrap();
            let Query::Select { dataset, pattern, base_iri } = query.clone() else { panic!("a SELECT") };
            let pattern = narrow(
                pattern,
                None,
                &Local { store: &store, dataset: None, services: None, search: None, watch: None },
            )
            .unwrap();
            let narrowed = Query::Select { dataset, pattern, base_iri };
            assert_eq!(rows(narrowed.clone(), &store, &remote), rows(query, &store, &remote), "{sparql}\n{narrowed}");
        }
    }

    #[test]
    fn where_nothing_is_beside_nothing_is_asked() {
        let narrowed = narrowed("?s e:none ?x SERVICE e:s { ?x e:q ?y }");
        assert!(!narrowed.contains("SERVICE"), "{narrowed}");
    }
}
