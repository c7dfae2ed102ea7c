//! Queries that can be stopped wherever they are.
//!
//! The evaluator looks at its token only where it reads quads, so that the product of three lists of a thousand values each,
//! counted, goes on for minutes after its time. And what it does with the error that it gets there is to keep it and go on: to
//! count all that a store says, it reads the rest, and keeps an error for each quad.
//!
//! So a function is put into the query that is evaluated ([`IN_TIME`]), which does nothing, but for queries that are to stop: these
//! it ends by unwinding, which [`Watch`](super::limit::Watch) catches. It stands
//!
//! - in a filter on each part that is selected from: the planner hands it down to what is read first, where it is called once a row;
//! - where a join can make rows without reading quads ([`Guard::is_safe`]): of what is joined, each gets a variable of its own,
//!   and there is a filter for each two of these, which the planner hands down to the join that brings them together;
//! - beside the conditions of filters, where there is such a join: what they take away is never seen by others;
//! - before the keys by which many rows are sorted, for comparing reads nothing.
//!
//! Nothing of that changes the rows, nor the order in which the planner joins: it orders joins first and hands down filters then.
//! The variables are in nobody's scope but that of the part itself.

use super::pattern::{in_scope, name, parts_of};
use oxigraph::model::{Literal, NamedNode, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, Function, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeSet;

/// The function that ends what is to stop.
pub(super) const IN_TIME: &str = "urn:x-dixit:in-time";

/// Joined lists may have so many rows together without being looked at.
const FEW: usize = 10_000;
/// Of so many parts of a join each two get a filter. With more, they are joined in the order in which they are written.
const MANY: usize = 10;

/// The query with the function wherever it can take long.
pub(super) fn guard(query: Query) -> Query {
    let mut guard = Guard { variables: 0, joins_are_free: false };
    let mut with = |pattern: GraphPattern| {
        guard.joins_are_free = guard.has_free_join(&pattern);
        in_time_filter(guard.pattern(pattern))
    };
    match query {
        Query::Select { dataset, pattern, base_iri } => Query::Select { dataset, pattern: with(pattern), base_iri },
        Query::Construct { template, dataset, pattern, base_iri } => {
            Query::Construct { template, dataset, pattern: with(pattern), base_iri }
        }
        Query::Describe { dataset, pattern, base_iri } => Query::Describe { dataset, pattern: with(pattern), base_iri },
        Query::Ask { dataset, pattern, base_iri } => Query::Ask { dataset, pattern: with(pattern), base_iri },
    }
}

struct Guard {
    /// How many variables were made.
    variables: usize,
    /// Whether any join of the query can make rows without reading quads.
    joins_are_free: bool,
}

impl Guard {
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        use GraphPattern as P;
        let mut part = |part: Box<P>| Box::new(self.pattern(*part));
        match pattern {
            P::Bgp { .. } | P::Path { .. } | P::Values { .. } | P::Service { .. } => {
                let is_safe = self.is_safe(&[&pattern]);
                if is_safe { pattern } else { self.joined(vec![pattern]) }
            }
            P::Join { left, right } => {
                let mut parts = Vec::new();
                flatten(*left, &mut parts);
                flatten(*right, &mut parts);
                let is_safe = self.is_safe(&parts.iter().collect::<Vec<_>>());
                // What connects triples may stand beside them.
                let one = |part: P| if is_read(&part) { part } else { self.pattern(part) };
                let parts: Vec<P> = parts.into_iter().map(one).collect();
                match is_safe {
                    true => parts.into_iter().reduce(super::pattern::join).unwrap_or_default(),
                    false => self.joined(parts),
                }
            }
            P::LeftJoin { left, right, expression } => {
                let is_safe = self.is_safe_beside(&left, &right);
                let scope = names(&left).into_iter().chain(names(&right)).collect();
                let left = Box::new(self.pattern(*left));
                let expression = expression.map(|expression| self.condition(expression, &scope));
                let right = self.pattern(*right);
                if is_safe {
                    return P::LeftJoin { left, right: right.into(), expression };
                }
                let (right, variable) = self.seen(in_time_filter(right));
                let joined = P::LeftJoin { left, right: right.into(), expression };
                filter(joined, in_time([variable]))
            }
            P::Minus { left, right } => {
                let is_safe = is_read(&right) && !self.joins_are_free;
                let (left, right) = (self.pattern(*left), in_time_filter(self.pattern(*right)));
                let left = if is_safe { left } else { self.seen(left).0 };
                let right = if is_safe { right } else { self.seen(right).0 };
                P::Minus { left: left.into(), right: right.into() }
            }
            P::Filter { expr, inner } => {
                let scope = names(&inner);
                let inner = part(inner);
                P::Filter { expr: self.condition(expr, &scope), inner }
            }
            P::Extend { inner, variable, expression } => {
                let inner = part(inner);
                P::Extend { inner, variable, expression: self.expression(expression) }
            }
            P::OrderBy { inner, expression } => {
                let is_large = most_rows(&inner).is_none_or(|rows| rows > FEW);
                let inner = part(inner);
                let first = is_large.then(|| OrderExpression::Asc(call()));
                let rest = expression.into_iter().map(|order| match order {
                    OrderExpression::Asc(key) => OrderExpression::Asc(self.expression(key)),
                    OrderExpression::Desc(key) => OrderExpression::Desc(self.expression(key)),
                });
                let rest: Vec<_> = rest.collect();
                P::OrderBy { inner, expression: first.into_iter().chain(rest).collect() }
            }
            P::Project { inner, variables } => {
                P::Project { inner: in_time_filter(self.pattern(*inner)).into(), variables }
            }
            P::Group { inner, variables, aggregates } => {
                let counts_all = |(_, aggregate): &(Variable, AggregateExpression)| {
                    matches!(aggregate, AggregateExpression::CountSolutions { distinct: true })
                };
                let own = aggregates.iter().any(counts_all).then(|| variables_of(&inner));
                let inner = in_time_filter(self.pattern(*inner));
                // Rows that are the same must stay the same.
                let inner = match own {
                    Some(variables) => P::Project { inner: inner.into(), variables },
                    None => inner,
                };
                P::Group { inner: inner.into(), variables, aggregates }
            }
            P::Slice { inner, start, length } => P::Slice { inner: part(inner), start, length },
            P::Distinct { inner } => P::Distinct { inner: part(inner) },
            P::Reduced { inner } => P::Reduced { inner: part(inner) },
            P::Graph { name, inner } => P::Graph { name, inner: part(inner) },
            P::Union { left, right } => P::Union { left: part(left), right: part(right) },
            P::Lateral { left, right } => P::Lateral { left: part(left), right: part(right) },
        }
    }

    /// The condition of a filter, each part of which the planner takes for itself: before it stands one that goes where it goes.
    /// What speaks of none of the variables that are in scope the planner knows to be true or not.
    fn condition(&mut self, condition: Expression, scope: &BTreeSet<String>) -> Expression {
        match condition {
            Expression::And(a, b) => {
                Expression::And(self.condition(*a, scope).into(), self.condition(*b, scope).into())
            }
            other => {
                let mut variables = BTreeSet::new();
                add_variables(&other, &mut variables);
                variables.retain(|variable| scope.contains(variable));
                let other = self.expression(other);
                if !self.joins_are_free || variables.is_empty() {
                    return other;
                }
                let before = in_time(variables.into_iter().map(Variable::new_unchecked));
                Expression::And(before.into(), other.into())
            }
        }
    }

    /// An expression with its patterns guarded.
    fn expression(&mut self, expression: Expression) -> Expression {
        use Expression as E;
        let mut one = |part: Box<E>| Box::new(self.expression(*part));
        match expression {
            E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) => expression,
            E::Exists(pattern) => E::Exists(self.pattern(*pattern).into()),
            E::Or(a, b) => E::Or(one(a), one(b)),
            E::And(a, b) => E::And(one(a), one(b)),
            E::Equal(a, b) => E::Equal(one(a), one(b)),
            E::SameTerm(a, b) => E::SameTerm(one(a), one(b)),
            E::Greater(a, b) => E::Greater(one(a), one(b)),
            E::GreaterOrEqual(a, b) => E::GreaterOrEqual(one(a), one(b)),
            E::Less(a, b) => E::Less(one(a), one(b)),
            E::LessOrEqual(a, b) => E::LessOrEqual(one(a), one(b)),
            E::Add(a, b) => E::Add(one(a), one(b)),
            E::Subtract(a, b) => E::Subtract(one(a), one(b)),
            E::Multiply(a, b) => E::Multiply(one(a), one(b)),
            E::Divide(a, b) => E::Divide(one(a), one(b)),
            E::UnaryPlus(a) => E::UnaryPlus(one(a)),
            E::UnaryMinus(a) => E::UnaryMinus(one(a)),
            E::Not(a) => E::Not(one(a)),
            E::If(a, b, c) => E::If(one(a), one(b), one(c)),
            E::In(a, list) => {
                let a = one(a);
                E::In(a, list.into_iter().map(|part| self.expression(part)).collect())
            }
            E::Coalesce(list) => E::Coalesce(list.into_iter().map(|part| self.expression(part)).collect()),
            E::FunctionCall(function, list) => {
                E::FunctionCall(function, list.into_iter().map(|part| self.expression(part)).collect())
            }
        }
    }

    /// Parts that are joined, each join of which is looked at.
    fn joined(&mut self, parts: Vec<GraphPattern>) -> GraphPattern {
        let parts: Vec<GraphPattern> = parts.into_iter().flat_map(components).collect();
        // What has no variables and one row at most the planner may leave out.
        let is_nothing =
            |part: &GraphPattern| in_scope(part).is_empty() && most_rows(part).is_some_and(|rows| rows < 2);
        let is_list = |part: &GraphPattern| !is_read(part) && !is_nothing(part);
        if parts.iter().filter(|part| is_list(part)).count() > MANY || parts.len() > 2 * MANY {
            let seen = |left, right| self.seen(super::pattern::join(left, right)).0;
            return parts.into_iter().reduce(seen).unwrap_or_default();
        }
        let scopes: Vec<BTreeSet<String>> = parts.iter().map(names).collect();
        let (mut joined, mut marks, mut reads) = (Vec::new(), Vec::new(), Vec::new());
        for (place, part) in parts.into_iter().enumerate() {
            if is_list(&part) {
                let (part, mark) = self.seen(part);
                joined.push(part);
                marks.push(mark);
                continue;
            }
            // Triples are not to be kept together: a variable that no other part has stands for them.
            let others =
                |name: &String| scopes.iter().enumerate().any(|(other, scope)| other != place && scope.contains(name));
            let certain: BTreeSet<&str> = super::pattern::certain(&part);
            let own = scopes[place].iter().filter(|name| certain.contains(name.as_str()));
            let mark = own.clone().find(|name| !others(name)).or_else(|| own.clone().next());
            reads.extend(mark.map(Variable::new_unchecked));
            joined.push(part);
        }
        let mut pattern = joined.into_iter().reduce(super::pattern::join).unwrap_or_default();
        // Of several parts that are read all of one may be, before it meets another.
        for one in reads.iter().filter(|_| reads.len() > 1) {
            pattern = filter(pattern, in_time([one.clone()]));
        }
        marks.append(&mut reads);
        for (place, one) in marks.iter().enumerate() {
            for other in &marks[place + 1..] {
                pattern = filter(pattern, in_time([one.clone(), other.clone()]));
            }
        }
        pattern
    }

    /// A pattern each row of which is looked at, and the variable by which that is done.
    fn seen(&mut self, pattern: GraphPattern) -> (GraphPattern, Variable) {
        self.variables += 1;
        // No query can have a variable of that name.
        let variable = Variable::new_unchecked(format!("-{}", self.variables));
        let expression = in_time([]);
        let pattern = GraphPattern::Extend { inner: pattern.into(), variable: variable.clone(), expression };
        (pattern, variable)
    }

    /// Whether some join within can make rows without reading quads.
    fn has_free_join(&self, pattern: &GraphPattern) -> bool {
        use GraphPattern as P;
        let within_expression = |expression: &Expression| {
            let mut is_free = false;
            each_part(expression, &mut |part| {
                is_free |= matches!(part, Expression::Exists(pattern) if self.has_free_join(pattern));
            });
            is_free
        };
        match pattern {
            P::Service { .. } => false,
            P::Bgp { .. } | P::Path { .. } | P::Values { .. } => !self.is_safe(&[pattern]),
            P::Join { left, right } => {
                let mut parts = Vec::new();
                flatten_ref(left, &mut parts);
                flatten_ref(right, &mut parts);
                !self.is_safe(&parts) || parts.iter().any(|part| !is_read(part) && self.has_free_join(part))
            }
            P::LeftJoin { left, right, expression } => {
                !self.is_safe_beside(left, right)
                    || self.has_free_join(left)
                    || self.has_free_join(right)
                    || expression.as_ref().is_some_and(within_expression)
            }
            P::Minus { left, right } => !is_read(right) || self.has_free_join(left) || self.has_free_join(right),
            P::Union { left, right } | P::Lateral { left, right } => {
                self.has_free_join(left) || self.has_free_join(right)
            }
            P::Filter { expr, inner } => within_expression(expr) || self.has_free_join(inner),
            P::Extend { inner, expression, .. } => within_expression(expression) || self.has_free_join(inner),
            P::Graph { inner, .. }
            | P::OrderBy { inner, .. }
            | P::Project { inner, .. }
            | P::Distinct { inner }
            | P::Reduced { inner }
            | P::Slice { inner, .. }
            | P::Group { inner, .. } => self.has_free_join(inner),
        }
    }

    /// Whether the join of these parts reads quads all the time: triples that hang together, with a few rows besides.
    fn is_safe(&self, parts: &[&GraphPattern]) -> bool {
        let mut rows = 1usize;
        let mut scopes: Vec<BTreeSet<&str>> = Vec::new();
        for part in parts {
            match part {
                GraphPattern::Bgp { patterns } => scopes.extend(patterns.iter().map(variables_of_triple)),
                GraphPattern::Path { .. } => scopes.push(in_scope(part)),
                other => match most_rows(other) {
                    Some(most) => {
                        rows = rows.saturating_mul(most.max(1));
                        scopes.push(in_scope(other));
                    }
                    None if parts.len() == 1 => return true,
                    None => return false,
                },
            }
        }
        let has_read = parts.iter().any(|part| is_read(part));
        rows <= FEW && (!has_read || hang_together(scopes))
    }

    /// Whether what is optional reads quads for each row of the other side.
    fn is_safe_beside(&self, left: &GraphPattern, right: &GraphPattern) -> bool {
        let shares = || !in_scope(left).is_disjoint(&in_scope(right));
        match right {
            GraphPattern::Filter { inner, .. } | GraphPattern::Extend { inner, .. } => self.is_safe_beside(left, inner),
            GraphPattern::LeftJoin { left: first, .. } => self.is_safe_beside(left, first),
            right => is_read(right) && shares() && self.is_safe(&[right]),
        }
    }
}

/// Whether a pattern does nothing but read quads.
fn is_read(pattern: &GraphPattern) -> bool {
    matches!(pattern, GraphPattern::Bgp { .. } | GraphPattern::Path { .. })
}

/// How many rows a pattern has at most, if that is certain.
fn most_rows(pattern: &GraphPattern) -> Option<usize> {
    use GraphPattern as P;
    match pattern {
        P::Values { bindings, .. } => Some(bindings.len()),
        P::Bgp { patterns } if patterns.is_empty() => Some(1),
        P::Slice { inner, length, .. } => match (most_rows(inner), length) {
            (Some(rows), Some(length)) => Some(rows.min(*length)),
            (rows, length) => rows.or(*length),
        },
        P::Group { variables, .. } if variables.is_empty() => Some(1),
        P::Filter { inner, .. }
        | P::Extend { inner, .. }
        | P::OrderBy { inner, .. }
        | P::Project { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::Group { inner, .. } => most_rows(inner),
        _ => None,
    }
}

/// Whether each is connected with all others by variables.
fn hang_together(mut scopes: Vec<BTreeSet<&str>>) -> bool {
    // What has no variables takes no part.
    scopes.retain(|scope| !scope.is_empty());
    let Some(mut known) = scopes.pop() else { return true };
    while let Some(next) = scopes.iter().position(|scope| !scope.is_disjoint(&known)) {
        known.append(&mut scopes.swap_remove(next));
    }
    scopes.is_empty()
}

/// A part of a join as the parts of it that are not connected.
fn components(pattern: GraphPattern) -> Vec<GraphPattern> {
    let GraphPattern::Bgp { patterns } = pattern else { return vec![pattern] };
    let mut groups: Vec<(BTreeSet<String>, Vec<TriplePattern>)> = Vec::new();
    for triple in patterns {
        let mut own: BTreeSet<String> = variables_of_triple(&triple).into_iter().map(str::to_owned).collect();
        let (near, far): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(scope, _)| !scope.is_disjoint(&own));
        let mut triples = Vec::new();
        for (scope, more) in near {
            own.extend(scope);
            triples.extend(more);
        }
        triples.push(triple);
        groups = far;
        groups.push((own, triples));
    }
    groups.into_iter().map(|(_, patterns)| GraphPattern::Bgp { patterns }).collect()
}

/// The variables of a triple; a blank node is one.
fn variables_of_triple(triple: &TriplePattern) -> BTreeSet<&str> {
    fn term(term: &TermPattern) -> Option<&str> {
        match term {
            TermPattern::BlankNode(node) => Some(node.as_str()),
            term => name(term),
        }
    }
    let predicate = match &triple.predicate {
        NamedNodePattern::Variable(variable) => Some(variable.as_str()),
        NamedNodePattern::NamedNode(_) => None,
    };
    [term(&triple.subject), predicate, term(&triple.object)].into_iter().flatten().collect()
}

fn variables_of(pattern: &GraphPattern) -> Vec<Variable> {
    in_scope(pattern).into_iter().map(Variable::new_unchecked).collect()
}

fn names(pattern: &GraphPattern) -> BTreeSet<String> {
    in_scope(pattern).into_iter().map(str::to_owned).collect()
}

fn flatten(pattern: GraphPattern, parts: &mut Vec<GraphPattern>) {
    match pattern {
        GraphPattern::Join { left, right } => {
            flatten(*left, parts);
            flatten(*right, parts);
        }
        other => parts.push(other),
    }
}

fn flatten_ref<'p>(pattern: &'p GraphPattern, parts: &mut Vec<&'p GraphPattern>) {
    match pattern {
        GraphPattern::Join { left, right } => {
            flatten_ref(left, parts);
            flatten_ref(right, parts);
        }
        other => parts.push(other),
    }
}

/// The variables on which an expression rests.
fn add_variables(expression: &Expression, variables: &mut BTreeSet<String>) {
    each_part(expression, &mut |part| match part {
        Expression::Variable(variable) | Expression::Bound(variable) => {
            variables.insert(variable.as_str().to_owned());
        }
        Expression::Exists(pattern) => variables.extend(names(pattern)),
        _ => {}
    });
}

/// Calls `with` for an expression and each of which it is made.
fn each_part(expression: &Expression, with: &mut dyn FnMut(&Expression)) {
    with(expression);
    parts_of(expression).into_iter().for_each(|part| each_part(part, with));
}

/// A call of the function, which has no value.
fn call() -> Expression {
    Expression::FunctionCall(Function::Custom(NamedNode::new_unchecked(IN_TIME)), Vec::new())
}

/// What is true, for which the function is called. The variables are not looked at: they say where a filter may stand.
fn in_time(variables: impl IntoIterator<Item = Variable>) -> Expression {
    let truth = Expression::from(Literal::from(true));
    let variables = variables.into_iter().map(Expression::Variable);
    Expression::Coalesce([call(), truth].into_iter().chain(variables).collect())
}

fn filter(inner: GraphPattern, expr: Expression) -> GraphPattern {
    GraphPattern::Filter { expr, inner: inner.into() }
}

fn in_time_filter(pattern: GraphPattern) -> GraphPattern {
    filter(pattern, in_time([]))
}
