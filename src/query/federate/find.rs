//! Which services a query asks, and where.

use super::super::pattern::parts_of;
use super::super::search::is_search;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::NamedNodePattern;

/// A SERVICE of a query.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    pub name: &'a NamedNodePattern,
    /// What it is asked.
    inner: &'a GraphPattern,
    pub silent: bool,
    /// Whether it stands within an expression: in EXISTS.
    pub in_expression: bool,
}

/// All services that a pattern asks, but for those that they ask themselves.
pub(super) fn services(pattern: &GraphPattern) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    in_pattern(pattern, false, &mut found);
    found.retain(|service| !is_search(service.name));
    found
}

/// What a pattern searches for in this machine's own index: no other service is asked.
pub(super) fn searches(pattern: &GraphPattern) -> impl Iterator<Item = &GraphPattern> {
    let mut found = Vec::new();
    in_pattern(pattern, false, &mut found);
    found.into_iter().filter(|service| is_search(service.name)).map(|service| service.inner)
}

fn in_pattern<'a>(pattern: &'a GraphPattern, in_expression: bool, found: &mut Vec<Found<'a>>) {
    use GraphPattern as P;
    match pattern {
        P::Service { name, inner, silent } => found.push(Found { name, inner, silent: *silent, in_expression }),
        P::Bgp { .. } | P::Path { .. } | P::Values { .. } => {}
        P::Join { left, right }
        | P::Lateral { left, right }
        | P::Union { left, right }
        | P::Minus { left, right }
        | P::LeftJoin { left, right, .. } => {
            in_pattern(left, in_expression, found);
            in_pattern(right, in_expression, found);
        }
        P::Filter { inner, .. }
        | P::Graph { inner, .. }
        | P::Extend { inner, .. }
        | P::OrderBy { inner, .. }
        | P::Project { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::Slice { inner, .. }
        | P::Group { inner, .. } => in_pattern(inner, in_expression, found),
    }
    match pattern {
        P::LeftJoin { expression: Some(expression), .. } | P::Extend { expression, .. } => {
            in_expression_of(expression, found)
        }
        P::Filter { expr, .. } => in_expression_of(expr, found),
        P::OrderBy { expression, .. } => expression.iter().for_each(|order| {
            let (OrderExpression::Asc(expression) | OrderExpression::Desc(expression)) = order;
            in_expression_of(expression, found);
        }),
        P::Group { aggregates, .. } => aggregates.iter().for_each(|(_, aggregate)| {
            if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                in_expression_of(expr, found);
            }
        }),
        _ => {}
    }
}

fn in_expression_of<'a>(expression: &'a Expression, found: &mut Vec<Found<'a>>) {
    if let Expression::Exists(pattern) = expression {
        in_pattern(pattern, true, found);
    }
    parts_of(expression).into_iter().for_each(|part| in_expression_of(part, found));
}
