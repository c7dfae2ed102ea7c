//! The parts of a pattern, all of which a row fulfils.

use super::super::pattern::{certain, in_scope, join, name};
use oxigraph::model::vocab::xsd;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeSet;
use std::ptr;

/// A part of a pattern by its place in memory.
#[derive(Debug, Clone, Copy)]
pub(super) enum Said<'q> {
    Triple(&'q TriplePattern),
    Pattern(&'q GraphPattern),
}

impl PartialEq for Said<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Triple(a), Self::Triple(b)) => ptr::eq(*a, *b),
            (Self::Pattern(a), Self::Pattern(b)) => ptr::eq(*a, *b),
            _ => false,
        }
    }
}

impl<'q> Said<'q> {
    pub fn names(self) -> BTreeSet<&'q str> {
        match self {
            Self::Triple(triple) => variables(triple).collect(),
            Self::Pattern(pattern) => in_scope(pattern),
        }
    }
}

/// A pattern without some of its parts. In the place of those that name the subject stand its values.
pub(super) fn without(pattern: &GraphPattern, said: &[Said<'_>], subject: &str, values: &GraphPattern) -> GraphPattern {
    use GraphPattern as P;
    let within = |pattern: &P| Box::new(without(pattern, said, subject, values));
    if said.contains(&Said::Pattern(pattern)) {
        return if in_scope(pattern).contains(subject) { values.clone() } else { P::default() };
    }
    match pattern {
        P::Bgp { patterns } => {
            let (gone, rest): (Vec<_>, Vec<_>) =
                patterns.iter().partition(|triple| said.contains(&Said::Triple(triple)));
            let rest = P::Bgp { patterns: rest.into_iter().cloned().collect() };
            match gone.into_iter().flat_map(variables).any(|name| name == subject) {
                true => join(values.clone(), rest),
                false => rest,
            }
        }
        P::Join { left, right } => P::Join { left: within(left), right: within(right) },
        P::Union { left, right } => P::Union { left: within(left), right: within(right) },
        P::LeftJoin { left, right, expression } => {
            P::LeftJoin { left: within(left), right: right.clone(), expression: expression.clone() }
        }
        P::Filter { expr, inner } => P::Filter { expr: expr.clone(), inner: within(inner) },
        P::Extend { inner, variable, expression } => {
            P::Extend { inner: within(inner), variable: variable.clone(), expression: expression.clone() }
        }
        other => other.clone(),
    }
}

/// What is joined in a pattern.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part<'q> {
    Triple(&'q TriplePattern),
    /// What is true of the rows of a pattern.
    Filter(&'q Expression, &'q GraphPattern),
    /// A variable that takes the value of an expression.
    Bind(&'q str),
    /// What is there if it is there.
    Optional(&'q GraphPattern),
    /// A path, values, a union, or what is not looked into.
    Other(&'q GraphPattern),
}

/// The parts of a pattern. `None` if no row fulfils it.
pub(super) fn parts<'q>(pattern: &'q GraphPattern, subject: &str) -> Option<Vec<Part<'q>>> {
    use GraphPattern as P;
    let (mut parts, mut open) = (Vec::new(), vec![pattern]);
    while let Some(next) = open.pop() {
        match next {
            P::Bgp { patterns } => parts.extend(patterns.iter().map(Part::Triple)),
            P::Join { left, right } => open.extend([&**right, &**left]),
            // What is optional before anything names the subject says which subjects there are.
            P::LeftJoin { left, right, .. }
                if in_scope(right).contains(subject) && !certain(left).contains(subject) =>
            {
                parts.push(Part::Other(next));
            }
            P::LeftJoin { left, right, expression } => {
                parts.push(match expression {
                    None => Part::Optional(right),
                    Some(_) => Part::Other(next),
                });
                open.push(left);
            }
            P::Extend { inner, variable, .. } => {
                parts.push(Part::Bind(variable.as_str()));
                open.push(inner);
            }
            P::Filter { expr, inner } => {
                let scope = in_scope(inner);
                let mut all = vec![expr];
                while let Some(one) = all.pop() {
                    match (one, truth(one, &scope)) {
                        (_, Some(true)) => {}
                        (_, Some(false)) => return None,
                        (Expression::And(a, b), None) => all.extend([&**a, &**b]),
                        (one, None) => parts.push(Part::Filter(still_open(one, &scope), inner)),
                    }
                }
                open.push(inner);
            }
            P::Union { left, right } => match [left, right].map(|branch| self::parts(branch, subject).is_some()) {
                [true, true] => parts.push(Part::Other(next)),
                [true, false] => open.push(left),
                [false, true] => open.push(right),
                [false, false] => return None,
            },
            other => parts.push(Part::Other(other)),
        }
    }
    Some(parts)
}

/// Whether an expression is true or false in any row, in which nothing but these variables can have a value.
fn truth(expression: &Expression, scope: &BTreeSet<&str>) -> Option<bool> {
    match expression {
        Expression::Bound(variable) if !scope.contains(variable.as_str()) => Some(false),
        Expression::Literal(literal) if literal.datatype() == xsd::BOOLEAN => literal.value().parse().ok(),
        Expression::Not(inner) => truth(inner, scope).map(|truth| !truth),
        Expression::Or(a, b) => match [a, b].map(|part| truth(part, scope)) {
            [Some(true), _] | [_, Some(true)] => Some(true),
            [Some(false), Some(false)] => Some(false),
            _ => None,
        },
        Expression::And(a, b) => match [a, b].map(|part| truth(part, scope)) {
            [Some(false), _] | [_, Some(false)] => Some(false),
            [Some(true), Some(true)] => Some(true),
            _ => None,
        },
        _ => None,
    }
}

/// What is left to ask of an expression.
fn still_open<'q>(expression: &'q Expression, scope: &BTreeSet<&str>) -> &'q Expression {
    match expression {
        Expression::Or(a, b) => match [a, b].map(|part| truth(part, scope)) {
            [Some(false), _] => still_open(b, scope),
            [_, Some(false)] => still_open(a, scope),
            _ => expression,
        },
        _ => expression,
    }
}

impl<'q> Part<'q> {
    /// Whether a blank node stands in it, by which it may hang together with other parts.
    pub fn has_blank_node(self) -> bool {
        let is_blank = |term: &TermPattern| matches!(term, TermPattern::BlankNode(_));
        match self {
            Self::Triple(triple) => is_blank(&triple.subject) || is_blank(&triple.object),
            Self::Other(pattern) | Self::Optional(pattern) => pattern.to_string().contains("_:"),
            Self::Filter(..) | Self::Bind(_) => false,
        }
    }

    /// Whether something stands in it that is no variable: something that is known, or a part that is not looked into.
    pub fn has_constant(self) -> bool {
        let is_constant = |term: &TermPattern| !matches!(term, TermPattern::Variable(_) | TermPattern::BlankNode(_));
        match self {
            Self::Triple(triple) => is_constant(&triple.subject) || is_constant(&triple.object),
            Self::Other(GraphPattern::Path { subject, object, .. }) => is_constant(subject) || is_constant(object),
            Self::Other(_) => true,
            Self::Optional(_) | Self::Filter(..) | Self::Bind(_) => false,
        }
    }

    pub fn pattern(self) -> GraphPattern {
        match self {
            Self::Triple(triple) => GraphPattern::Bgp { patterns: vec![triple.clone()] },
            Self::Other(pattern) | Self::Optional(pattern) => pattern.clone(),
            Self::Filter(..) | Self::Bind(_) => GraphPattern::default(),
        }
    }

    pub fn names(self) -> BTreeSet<&'q str> {
        match self {
            Self::Triple(triple) => variables(triple).collect(),
            Self::Other(pattern) | Self::Optional(pattern) => in_scope(pattern),
            Self::Bind(variable) => BTreeSet::from([variable]),
            Self::Filter(..) => BTreeSet::new(),
        }
    }
}

pub(super) fn said(part: Part<'_>) -> Option<Said<'_>> {
    match part {
        Part::Triple(triple) => Some(Said::Triple(triple)),
        Part::Other(pattern) => Some(Said::Pattern(pattern)),
        Part::Optional(_) | Part::Filter(..) | Part::Bind(_) => None,
    }
}

pub(super) fn variables(triple: &TriplePattern) -> impl Iterator<Item = &str> {
    let predicate = match &triple.predicate {
        NamedNodePattern::Variable(variable) => Some(variable.as_str()),
        NamedNodePattern::NamedNode(_) => None,
    };
    [name(&triple.subject), predicate, name(&triple.object)].into_iter().flatten()
}
