//! Parts of patterns: what they bind, and how they are put together.

use oxigraph::model::Variable;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern};
use std::collections::BTreeSet;

/// The pattern joined with values, as far within as that makes no difference: a service that begins with them need not
/// evaluate the rest for all that it knows.
pub fn begin_with(values: GraphPattern, pattern: GraphPattern, variables: &[Variable]) -> GraphPattern {
    let is_bound_by = |pattern: &GraphPattern| {
        let certain = certain(pattern);
        variables.iter().all(|variable| certain.contains(variable.as_str()))
    };
    match pattern {
        GraphPattern::LeftJoin { left, right, expression } if is_bound_by(&left) => {
            GraphPattern::LeftJoin { left: begin_with(values, *left, variables).into(), right, expression }
        }
        GraphPattern::Filter { expr, inner } if is_bound_by(&inner) => {
            GraphPattern::Filter { expr, inner: begin_with(values, *inner, variables).into() }
        }
        GraphPattern::Join { left, right } if is_bound_by(&left) => {
            GraphPattern::Join { left: begin_with(values, *left, variables).into(), right }
        }
        GraphPattern::Extend { inner, variable, expression } if is_bound_by(&inner) => {
            GraphPattern::Extend { inner: begin_with(values, *inner, variables).into(), variable, expression }
        }
        GraphPattern::Union { left, right } if is_bound_by(&left) && is_bound_by(&right) => GraphPattern::Union {
            left: begin_with(values.clone(), *left, variables).into(),
            right: begin_with(values, *right, variables).into(),
        },
        other => join(values, other),
    }
}

/// The variables that have a value in every row.
pub fn certain(pattern: &GraphPattern) -> BTreeSet<&str> {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns
            .iter()
            .flat_map(|triple| {
                let predicate = match &triple.predicate {
                    NamedNodePattern::Variable(variable) => Some(variable.as_str()),
                    NamedNodePattern::NamedNode(_) => None,
                };
                [name(&triple.subject), predicate, name(&triple.object)]
            })
            .flatten()
            .collect(),
        GraphPattern::Path { subject, object, .. } => [name(subject), name(object)].into_iter().flatten().collect(),
        GraphPattern::Join { left, right } => &certain(left) | &certain(right),
        GraphPattern::LeftJoin { left, .. } | GraphPattern::Minus { left, .. } => certain(left),
        GraphPattern::Union { left, right } => &certain(left) & &certain(right),
        GraphPattern::Filter { inner, .. } | GraphPattern::Extend { inner, .. } => certain(inner),
        _ => BTreeSet::new(),
    }
}

/// The name of a variable.
pub fn name(term: &TermPattern) -> Option<&str> {
    match term {
        TermPattern::Variable(variable) => Some(variable.as_str()),
        _ => None,
    }
}

/// The variables that may have a value.
pub fn in_scope(pattern: &GraphPattern) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    pattern.on_in_scope_variable(|variable| {
        names.insert(variable.as_str());
    });
    names
}

/// Both together.
pub fn join(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    GraphPattern::Join { left: left.into(), right: right.into() }
}

/// The pattern with each of the patterns of which it is made changed. What a service evaluates is none of ours.
pub fn with_parts<E>(
    pattern: GraphPattern,
    mut change: impl FnMut(GraphPattern) -> Result<GraphPattern, E>,
) -> Result<GraphPattern, E> {
    use GraphPattern as P;
    let mut part = |part: Box<GraphPattern>| change(*part).map(Box::new);
    Ok(match pattern {
        P::Join { left, right } => P::Join { left: part(left)?, right: part(right)? },
        P::LeftJoin { left, right, expression } => P::LeftJoin { left: part(left)?, right: part(right)?, expression },
        P::Union { left, right } => P::Union { left: part(left)?, right: part(right)? },
        P::Filter { expr, inner } => P::Filter { expr, inner: part(inner)? },
        P::Extend { inner, variable, expression } => P::Extend { inner: part(inner)?, variable, expression },
        P::Lateral { left, right } => P::Lateral { left: part(left)?, right: part(right)? },
        P::Minus { left, right } => P::Minus { left: part(left)?, right: part(right)? },
        P::OrderBy { inner, expression } => P::OrderBy { inner: part(inner)?, expression },
        P::Project { inner, variables } => P::Project { inner: part(inner)?, variables },
        P::Distinct { inner } => P::Distinct { inner: part(inner)? },
        P::Reduced { inner } => P::Reduced { inner: part(inner)? },
        P::Slice { inner, start, length } => P::Slice { inner: part(inner)?, start, length },
        P::Group { inner, variables, aggregates } => P::Group { inner: part(inner)?, variables, aggregates },
        other => other,
    })
}

/// The expressions of which an expression is made, in their order. The pattern of EXISTS is none.
pub fn parts_of(expression: &Expression) -> Vec<&Expression> {
    use Expression as E;
    match expression {
        E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) | E::Exists(_) => Vec::new(),
        E::Or(a, b)
        | E::And(a, b)
        | E::Equal(a, b)
        | E::SameTerm(a, b)
        | E::Greater(a, b)
        | E::GreaterOrEqual(a, b)
        | E::Less(a, b)
        | E::LessOrEqual(a, b)
        | E::Add(a, b)
        | E::Subtract(a, b)
        | E::Multiply(a, b)
        | E::Divide(a, b) => vec![a, b],
        E::UnaryPlus(part) | E::UnaryMinus(part) | E::Not(part) => vec![part],
        E::If(a, b, c) => vec![a, b, c],
        E::In(part, list) => std::iter::once(&**part).chain(list).collect(),
        E::Coalesce(list) | E::FunctionCall(_, list) => list.iter().collect(),
    }
}
