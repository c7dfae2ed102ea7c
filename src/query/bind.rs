//! Binding: parameters become terms of the parsed query.
//!
//! The meaning is simple: a parameter's name is reserved in the whole query, subqueries included, and its term stands
//! wherever its variable is *used*. Text is never pasted into SPARQL, so a value cannot change what the query does.
//! (oxigraph's own `substitute_variable` refuses variables that the outermost SELECT does not project.)
//!
//! - `BOUND(?parameter)` is true once the parameter is bound; an optional parameter without a value stays an unbound
//!   variable, hence `FILTER(!BOUND(?since) || ?date >= ?since)`.
//! - A parameter that is projected or grouped by keeps its column, with the term as its value.
//! - A query that *assigns* a parameter (`BIND … AS`, `VALUES`, `(… AS ?parameter)`) is refused.
//! - A parameter with several terms means any of them: the triples in which it stands become a union with one branch a
//!   term (which is planned as one term is; `VALUES` beside other unions is not), and `=` becomes `IN`.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeMap;

/// Terms by variable name, without the question mark: one, or several of which any will do.
pub type Bindings = BTreeMap<String, Vec<GroundTerm>>;

/// Why a term cannot stand where its variable stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BindError {
    /// `BIND`, `VALUES` or an aggregate gives the variable another value.
    #[error("the query assigns `?{0}`, which is the name of a parameter: rename the variable")]
    Assigned(String),
    /// Subjects, predicates, graphs and services are IRIs.
    #[error("`?{0}` stands where only an IRI can stand, and its value is a literal")]
    NotAnIri(String),
    /// A column or a function has one value.
    #[error("this query takes one value for `{0}`")]
    Several(String),
}

/// How many rows a query gives: every LIMIT that says `stated` will say `wanted`, so that a subquery may choose the rows
/// of which the rest of the query tells more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub stated: usize,
    pub wanted: usize,
}

/// `query` with every use of a bound variable replaced by its term.
///
/// # Errors
/// When a term cannot stand where its variable stands, or the query assigns the variable.
pub fn bind(query: Query, bindings: &Bindings, limit: Option<Limit>) -> Result<Query, BindError> {
    let mut binder = Binder { one: BTreeMap::new(), several: BTreeMap::new(), limit };
    for (name, terms) in bindings {
        match terms.as_slice() {
            [term] => drop(binder.one.insert(name, term)),
            terms => drop(binder.several.insert(name, terms)),
        }
    }
    Ok(match query {
        Query::Select { dataset, pattern, base_iri } => {
            Query::Select { dataset, pattern: binder.pattern(pattern)?, base_iri }
        }
        Query::Construct { template, dataset, pattern, base_iri } => Query::Construct {
            template: binder.triples(template)?,
            dataset,
            pattern: binder.pattern(pattern)?,
            base_iri,
        },
        Query::Describe { dataset, pattern, base_iri } => {
            Query::Describe { dataset, pattern: binder.pattern(pattern)?, base_iri }
        }
        Query::Ask { dataset, pattern, base_iri } => {
            Query::Ask { dataset, pattern: binder.pattern(pattern)?, base_iri }
        }
    })
}

/// `query` with as many rows as these at most; a graph is made of as many.
pub fn cut(query: Query, rows: usize) -> Query {
    let cut = |pattern| match pattern {
        GraphPattern::Slice { inner, start, length } => {
            GraphPattern::Slice { inner, start, length: Some(length.map_or(rows, |length| length.min(rows))) }
        }
        pattern => GraphPattern::Slice { inner: Box::new(pattern), start: 0, length: Some(rows) },
    };
    match query {
        Query::Select { dataset, pattern, base_iri } => Query::Select { dataset, pattern: cut(pattern), base_iri },
        Query::Construct { template, dataset, pattern, base_iri } => {
            Query::Construct { template, dataset, pattern: cut(pattern), base_iri }
        }
        Query::Describe { dataset, pattern, base_iri } => Query::Describe { dataset, pattern: cut(pattern), base_iri },
        ask @ Query::Ask { .. } => ask,
    }
}

#[derive(Clone)]
struct Binder<'a> {
    one: BTreeMap<&'a str, &'a GroundTerm>,
    several: BTreeMap<&'a str, &'a [GroundTerm]>,
    limit: Option<Limit>,
}

impl<'a> Binder<'a> {
    fn term(&self, variable: &Variable) -> Option<&'a GroundTerm> {
        self.one.get(variable.as_str()).copied()
    }

    fn terms(&self, variable: &Variable) -> Option<&'a [GroundTerm]> {
        self.several.get(variable.as_str()).copied()
    }

    /// The term of a parameter as an expression.
    fn value(&self, variable: &Variable) -> Option<Expression> {
        self.term(variable).map(constant)
    }

    fn refuse(&self, variable: &Variable) -> Result<(), BindError> {
        match self.term(variable).is_some() || self.terms(variable).is_some() {
            true => Err(BindError::Assigned(variable.as_str().to_owned())),
            false => Ok(()),
        }
    }

    fn refuse_several(&self, variable: &Variable) -> Result<(), BindError> {
        match self.terms(variable) {
            Some(_) => Err(BindError::Several(variable.as_str().to_owned())),
            None => Ok(()),
        }
    }

    /// What `build` makes, with each of several terms in turn in the place of its variable, as a union.
    fn each(
        &self,
        used: &[&Variable],
        build: &dyn Fn(&Self) -> Result<GraphPattern, BindError>,
    ) -> Result<GraphPattern, BindError> {
        let Some((name, terms)) = used.iter().find_map(|v| self.several.get_key_value(v.as_str())) else {
            return build(self);
        };
        let branches = terms.iter().map(|term| {
            let mut binder = self.clone();
            binder.several.remove(name);
            binder.one.insert(name, term);
            binder.each(used, build)
        });
        let union = |left, right| GraphPattern::Union { left: Box::new(left), right: Box::new(right) };
        let whole = branches.reduce(|left, right| Ok(union(left?, right?)));
        whole.unwrap_or_else(|| Ok(GraphPattern::default()))
    }

    fn pattern(&self, pattern: GraphPattern) -> Result<GraphPattern, BindError> {
        use GraphPattern as P;
        Ok(match pattern {
            P::Bgp { patterns } => {
                let used: Vec<&Variable> = patterns.iter().flat_map(variables_of).collect();
                self.each(&used, &|binder| Ok(P::Bgp { patterns: binder.triples(patterns.clone())? }))?
            }
            P::Path { subject, path, object } => {
                let used: Vec<&Variable> = [&subject, &object].into_iter().filter_map(variable_of).collect();
                self.each(&used, &|binder| {
                    let (subject, object) = (binder.subject(subject.clone())?, binder.object(object.clone()));
                    Ok(P::Path { subject, path: path.clone(), object })
                })?
            }
            P::Join { left, right } => P::Join { left: self.boxed(left)?, right: self.boxed(right)? },
            P::LeftJoin { left, right, expression } => P::LeftJoin {
                left: self.boxed(left)?,
                right: self.boxed(right)?,
                expression: expression.map(|e| self.expression(e)).transpose()?,
            },
            P::Lateral { left, right } => P::Lateral { left: self.boxed(left)?, right: self.boxed(right)? },
            P::Filter { expr, inner } => P::Filter { expr: self.expression(expr)?, inner: self.boxed(inner)? },
            P::Union { left, right } => P::Union { left: self.boxed(left)?, right: self.boxed(right)? },
            P::Graph { name, inner } => P::Graph { name: self.name(name)?, inner: self.boxed(inner)? },
            P::Extend { inner, variable, expression } => {
                self.refuse(&variable)?;
                let expression = self.expression(expression)?;
                P::Extend { inner: self.boxed(inner)?, variable, expression }
            }
            P::Minus { left, right } => P::Minus { left: self.boxed(left)?, right: self.boxed(right)? },
            P::Values { variables, bindings } => {
                variables.iter().try_for_each(|v| self.refuse(v))?;
                P::Values { variables, bindings }
            }
            P::OrderBy { inner, expression } => P::OrderBy {
                inner: self.boxed(inner)?,
                expression: expression.into_iter().map(|order| self.order(order)).collect::<Result<_, _>>()?,
            },
            P::Project { inner, variables } => P::Project { inner: self.with_columns(inner, &variables)?, variables },
            P::Distinct { inner } => P::Distinct { inner: self.boxed(inner)? },
            P::Reduced { inner } => P::Reduced { inner: self.boxed(inner)? },
            P::Slice { inner, start, length } => {
                let wanted = self.limit.filter(|limit| length == Some(limit.stated)).map(|limit| limit.wanted);
                P::Slice { inner: self.boxed(inner)?, start, length: wanted.or(length) }
            }
            P::Group { inner, variables, aggregates } => P::Group {
                inner: self.with_columns(inner, &variables)?,
                variables,
                aggregates: aggregates
                    .into_iter()
                    .map(|(variable, aggregate)| {
                        self.refuse(&variable)?;
                        Ok((variable, self.aggregate(aggregate)?))
                    })
                    .collect::<Result<_, _>>()?,
            },
            P::Service { name, inner, silent } => {
                P::Service { name: self.name(name)?, inner: self.boxed(inner)?, silent }
            }
        })
    }

    #[expect(clippy::boxed_local, reason = "the algebra's parts are boxed on both sides")]
    fn boxed(&self, pattern: Box<GraphPattern>) -> Result<Box<GraphPattern>, BindError> {
        self.pattern(*pattern).map(Box::new)
    }

    /// The bound pattern, which still has those of `columns` that are parameters, now as constants.
    fn with_columns(&self, pattern: Box<GraphPattern>, columns: &[Variable]) -> Result<Box<GraphPattern>, BindError> {
        let mut inner = self.boxed(pattern)?;
        for column in columns {
            self.refuse_several(column)?;
            if let Some(expression) = self.value(column) {
                let variable = column.clone();
                inner = Box::new(GraphPattern::Extend { inner, variable, expression });
            }
        }
        Ok(inner)
    }

    fn triples(&self, triples: Vec<TriplePattern>) -> Result<Vec<TriplePattern>, BindError> {
        triples
            .into_iter()
            .map(|triple| {
                Ok(TriplePattern {
                    subject: self.subject(triple.subject)?,
                    predicate: self.name(triple.predicate)?,
                    object: self.object(triple.object),
                })
            })
            .collect()
    }

    fn subject(&self, subject: TermPattern) -> Result<TermPattern, BindError> {
        match subject {
            TermPattern::Variable(variable) => Ok(self.name(variable.into())?.into()),
            other => Ok(other),
        }
    }

    fn object(&self, object: TermPattern) -> TermPattern {
        let TermPattern::Variable(variable) = &object else {
            return object;
        };
        match self.term(variable) {
            Some(GroundTerm::NamedNode(node)) => node.clone().into(),
            Some(GroundTerm::Literal(literal)) => literal.clone().into(),
            None => object,
        }
    }

    fn name(&self, name: NamedNodePattern) -> Result<NamedNodePattern, BindError> {
        let NamedNodePattern::Variable(variable) = &name else {
            return Ok(name);
        };
        self.refuse_several(variable)?;
        match self.term(variable) {
            Some(GroundTerm::NamedNode(node)) => Ok(node.clone().into()),
            Some(GroundTerm::Literal(_)) => Err(BindError::NotAnIri(variable.as_str().to_owned())),
            None => Ok(name),
        }
    }

    fn order(&self, order: OrderExpression) -> Result<OrderExpression, BindError> {
        Ok(match order {
            OrderExpression::Asc(e) => OrderExpression::Asc(self.expression(e)?),
            OrderExpression::Desc(e) => OrderExpression::Desc(self.expression(e)?),
        })
    }

    fn aggregate(&self, aggregate: AggregateExpression) -> Result<AggregateExpression, BindError> {
        Ok(match aggregate {
            AggregateExpression::CountSolutions { distinct } => AggregateExpression::CountSolutions { distinct },
            AggregateExpression::FunctionCall { name, expr, distinct } => {
                AggregateExpression::FunctionCall { name, expr: self.expression(expr)?, distinct }
            }
        })
    }

    fn expression(&self, expression: Expression) -> Result<Expression, BindError> {
        use Expression as E;
        let one = |e: Box<E>| self.expression(*e).map(Box::new);
        let all = |list: Vec<E>| list.into_iter().map(|e| self.expression(e)).collect::<Result<Vec<_>, _>>();
        Ok(match expression {
            E::Equal(a, b) if self.is_several(&a) => E::In(one(b)?, self.alternatives(*a)?),
            E::Equal(a, b) if self.is_several(&b) => E::In(one(a)?, self.alternatives(*b)?),
            E::In(a, list) => {
                let lists = list.into_iter().map(|e| self.alternatives(e)).collect::<Result<Vec<_>, _>>()?;
                E::In(one(a)?, lists.concat())
            }
            E::Variable(variable) => {
                self.refuse_several(&variable)?;
                self.value(&variable).unwrap_or(E::Variable(variable))
            }
            E::Bound(variable) if self.term(&variable).is_some() || self.terms(&variable).is_some() => {
                E::Literal(Literal::new_typed_literal("true", xsd::BOOLEAN))
            }
            E::NamedNode(_) | E::Literal(_) | E::Bound(_) => expression,
            E::Or(a, b) => E::Or(one(a)?, one(b)?),
            E::And(a, b) => E::And(one(a)?, one(b)?),
            E::Equal(a, b) => E::Equal(one(a)?, one(b)?),
            E::SameTerm(a, b) => E::SameTerm(one(a)?, one(b)?),
            E::Greater(a, b) => E::Greater(one(a)?, one(b)?),
            E::GreaterOrEqual(a, b) => E::GreaterOrEqual(one(a)?, one(b)?),
            E::Less(a, b) => E::Less(one(a)?, one(b)?),
            E::LessOrEqual(a, b) => E::LessOrEqual(one(a)?, one(b)?),
            E::Add(a, b) => E::Add(one(a)?, one(b)?),
            E::Subtract(a, b) => E::Subtract(one(a)?, one(b)?),
            E::Multiply(a, b) => E::Multiply(one(a)?, one(b)?),
            E::Divide(a, b) => E::Divide(one(a)?, one(b)?),
            E::UnaryPlus(e) => E::UnaryPlus(one(e)?),
            E::UnaryMinus(e) => E::UnaryMinus(one(e)?),
            E::Not(e) => E::Not(one(e)?),
            E::Exists(pattern) => E::Exists(self.boxed(pattern)?),
            E::If(a, b, c) => E::If(one(a)?, one(b)?, one(c)?),
            E::Coalesce(list) => E::Coalesce(all(list)?),
            E::FunctionCall(function, list) => E::FunctionCall(function, all(list)?),
        })
    }

    fn is_several(&self, expression: &Expression) -> bool {
        matches!(expression, Expression::Variable(variable) if self.terms(variable).is_some())
    }

    /// The terms of a parameter that has several, or the expression itself.
    fn alternatives(&self, expression: Expression) -> Result<Vec<Expression>, BindError> {
        match &expression {
            Expression::Variable(variable) if self.is_several(&expression) => {
                Ok(self.terms(variable).unwrap_or_default().iter().map(constant).collect())
            }
            _ => Ok(vec![self.expression(expression)?]),
        }
    }
}

fn constant(term: &GroundTerm) -> Expression {
    match term {
        GroundTerm::NamedNode(node) => Expression::NamedNode(node.clone()),
        GroundTerm::Literal(literal) => Expression::Literal(literal.clone()),
    }
}

fn variables_of(triple: &TriplePattern) -> impl Iterator<Item = &Variable> {
    let predicate = match &triple.predicate {
        NamedNodePattern::Variable(variable) => Some(variable),
        NamedNodePattern::NamedNode(_) => None,
    };
    [variable_of(&triple.subject), predicate, variable_of(&triple.object)].into_iter().flatten()
}

fn variable_of(term: &TermPattern) -> Option<&Variable> {
    match term {
        TermPattern::Variable(variable) => Some(variable),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::NamedNode;
    use oxigraph::sparql::{QueryResults, SparqlEvaluator};
    use oxigraph::store::Store;
    use spargebra::SparqlParser;

    fn iri(last: &str) -> GroundTerm {
        NamedNode::new(format!("http://example.org/{last}")).unwrap().into()
    }

    fn text(value: &str) -> GroundTerm {
        Literal::new_simple_literal(value).into()
    }

    fn bound(sparql: &str, bindings: &[(&str, GroundTerm)]) -> Result<Query, BindError> {
        let parser = SparqlParser::new().with_prefix("e", "http://example.org/").unwrap();
        let mut all = Bindings::new();
        for (name, term) in bindings {
            all.entry((*name).to_owned()).or_default().push(term.clone());
        }
        bind(parser.parse_query(sparql).unwrap(), &all, None)
    }

    /// The rows of a query over a small graph, each as `variable=term` in column order.
    fn rows(sparql: &str, bindings: &[(&str, GroundTerm)]) -> Vec<String> {
        let store = Store::new().unwrap();
        let turtle = "@prefix e: <http://example.org/> . e:s1 e:about e:x, e:y ; e:text \"one\" . \
                      e:s2 e:about e:y ; e:text \"two\" . e:x e:broader e:y .";
        let format = oxigraph::io::RdfFormat::Turtle;
        store.load_from_slice(format, turtle).unwrap();
        let query = bound(sparql, bindings).unwrap();
        let results = SparqlEvaluator::new().for_query(query).on_store(&store).execute().unwrap();
        let QueryResults::Solutions(solutions) = results else { panic!("a SELECT") };
        let mut rows: Vec<String> = solutions
            .map(|row| {
                let row = row.unwrap();
                let cells: Vec<String> = row.iter().map(|(v, t)| format!("{v}={t}")).collect();
                cells.join(" ").replace("http://example.org/", "")
            })
            .collect();
        rows.sort();
        rows
    }

    #[test]
    fn terms_stand_in_triples_paths_filters_and_subqueries() {
        let x = [("topic", iri("x"))];
        assert_eq!(rows("SELECT ?s { ?s e:about ?topic }", &x), ["?s=<s1>"]);
        assert_eq!(rows("SELECT ?s { ?s e:about/e:broader* ?topic }", &x), ["?s=<s1>"]);
        assert_eq!(rows("SELECT ?o { ?topic e:broader+ ?o }", &x), ["?o=<y>"]);
        assert_eq!(rows("SELECT ?s { ?s e:about ?t FILTER(?t = ?topic) }", &x), ["?s=<s1>"]);
        assert_eq!(rows("SELECT ?s { ?s e:about ?t FILTER(?t IN (?topic)) }", &x), ["?s=<s1>"]);
        assert_eq!(rows("SELECT ?s { ?s e:text ?x FILTER NOT EXISTS { ?s e:about ?topic } }", &x), ["?s=<s2>"]);
        assert_eq!(rows("SELECT ?s { { SELECT ?s { ?s e:about ?topic } } ?s e:text ?w }", &x), ["?s=<s1>"]);
        assert_eq!(rows("SELECT ?s { ?s e:text ?w MINUS { ?s e:about ?topic } }", &x), ["?s=<s2>"]);
        assert_eq!(
            rows("SELECT ?s { { ?s e:about ?topic } UNION { ?topic e:broader ?s } }", &x),
            ["?s=<s1>", "?s=<y>"]
        );
        let predicate = [("p", iri("broader"))];
        assert_eq!(rows("SELECT ?s { ?s ?p ?o }", &predicate), ["?s=<x>"]);
    }

    #[test]
    fn of_several_terms_any_will_do() {
        let both = [("topic", iri("x")), ("topic", iri("y"))];
        for sparql in [
            "SELECT DISTINCT ?s { ?s e:about ?topic }",
            "SELECT DISTINCT ?s { ?s e:about/e:broader* ?topic }",
            "SELECT DISTINCT ?s { ?s e:about ?t FILTER(?t = ?topic) }",
            "SELECT DISTINCT ?s { ?s e:about ?t FILTER(?t IN (?topic)) }",
            "SELECT ?s { ?s e:text ?w FILTER(BOUND(?topic) && EXISTS { ?s e:about ?topic }) }",
        ] {
            assert_eq!(rows(sparql, &both), ["?s=<s1>", "?s=<s2>"], "{sparql}");
        }
        assert_eq!(rows("SELECT ?s { ?s e:text ?w MINUS { ?s e:about ?topic } }", &both), Vec::<String>::new());
        for sparql in ["SELECT * { ?s e:about ?topic }", "SELECT ?s { ?s e:text ?w FILTER(?w < ?topic) }"] {
            assert_eq!(bound(sparql, &both), Err(BindError::Several("topic".to_owned())), "{sparql}");
        }
    }

    #[test]
    fn a_projected_parameter_keeps_its_column() {
        let y = [("topic", iri("y"))];
        assert_eq!(rows("SELECT * { ?s e:about ?topic }", &y), ["?s=<s1> ?topic=<y>", "?s=<s2> ?topic=<y>"]);
        assert_eq!(
            rows("SELECT ?topic (COUNT(?s) AS ?n) { ?s e:about ?topic } GROUP BY ?topic", &y),
            ["?topic=<y> ?n=\"2\"^^<http://www.w3.org/2001/XMLSchema#integer>"]
        );
        let none = [("topic", iri("nothing"))];
        let grouped = "SELECT ?topic (COUNT(?s) AS ?n) { ?s e:about ?topic } GROUP BY ?topic";
        assert!(rows(grouped, &none).is_empty(), "no empty group comes into being");
    }

    #[test]
    fn bound_tells_whether_a_parameter_has_a_value() {
        let sparql = "SELECT ?s { ?s e:text ?t FILTER(!BOUND(?wanted) || ?t = ?wanted) }";
        assert_eq!(rows(sparql, &[]).len(), 2);
        assert_eq!(rows(sparql, &[("wanted", text("two"))]), ["?s=<s2>"]);
    }

    #[test]
    fn a_value_is_a_term_whatever_it_looks_like() {
        let sparql = "SELECT ?s { ?s e:text ?words }";
        for attempt in [
            "two\" } UNION { ?s ?p ?o } #",
            "two') || true #",
            "?s",
            "\\u0022 . ?a ?b ?c",
            "> <http://example.org/s1",
            "two\n} ; DROP ALL",
        ] {
            assert!(rows(sparql, &[("words", text(attempt))]).is_empty(), "{attempt}");
            let query = bound(sparql, &[("words", text(attempt))]).unwrap();
            let again = SparqlParser::new().parse_query(&query.to_string()).unwrap();
            assert_eq!(again, query, "printed and parsed, the query is the same");
        }
    }

    #[test]
    fn an_assigned_parameter_is_refused() {
        let x = [("topic", iri("x"))];
        for sparql in [
            "SELECT ?s { ?s e:about ?t BIND(?t AS ?topic) }",
            "SELECT ?s { VALUES ?topic { e:x } ?s e:about ?topic }",
            "SELECT (STR(?s) AS ?topic) { ?s e:about ?t }",
            "SELECT (COUNT(?s) AS ?topic) { ?s e:about ?t }",
        ] {
            assert_eq!(bound(sparql, &x), Err(BindError::Assigned("topic".to_owned())), "{sparql}");
        }
    }

    #[test]
    fn a_literal_is_refused_where_only_an_iri_can_stand() {
        for sparql in [
            "SELECT ?o { ?p e:about ?o }",
            "SELECT ?o { ?s ?p ?o }",
            "SELECT ?o { GRAPH ?p { ?s e:about ?o } }",
            "SELECT ?o { ?p e:about+ ?o }",
            "CONSTRUCT { ?p e:about ?o } { ?s e:about ?o }",
        ] {
            let result = bound(sparql, &[("p", text("x"))]);
            assert_eq!(result, Err(BindError::NotAnIri("p".to_owned())), "{sparql}");
        }
    }

    #[test]
    fn constructed_and_described_terms_are_bound_too() {
        let x = [("topic", iri("x"))];
        let construct = bound("CONSTRUCT { ?s e:is ?topic } { ?s e:about ?topic }", &x).unwrap();
        let template = "{ ?s <http://example.org/is> <http://example.org/x> . }";
        assert!(construct.to_string().contains(template), "{construct}");
        let describe = bound("DESCRIBE ?topic { ?s e:about ?topic }", &x).unwrap();
        assert!(describe.to_string().contains("example.org/x"), "{describe}");
    }

    #[test]
    fn every_limit_that_says_so_is_set() {
        let parse = |text: &str| SparqlParser::new().parse_query(text).unwrap();
        let query = |rows| {
            parse(&format!(
                "SELECT ?s {{ {{ SELECT ?s {{ ?s ?p ?o }} LIMIT {rows} }} {{ SELECT ?s {{}} LIMIT 2 }} }} LIMIT {rows}"
            ))
        };
        let limit = Limit { stated: 9, wanted: 3 };
        assert_eq!(bind(query(9), &Bindings::new(), Some(limit)), Ok(query(3)));
    }
}
