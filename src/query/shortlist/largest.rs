//! How many statements something has, the largest numbers first.

use super::super::search::{Group, date, day};
use super::reading::Reading;
use super::{Desk, Trouble};
use crate::graph::vocabulary::schema;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Variable};
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression, GraphPattern, OrderExpression};
use spargebra::term::GroundTerm;

/// What is counted of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    Statements,
    Articles,
    /// The first and the last day, with the day that stands for an unknown one.
    First(Option<i64>),
    Last(Option<i64>),
}

/// Counted groups, with those left out that are not among the largest, if that can be done.
pub(super) fn shorten(pattern: &GraphPattern, wanted: usize, desk: &Desk<'_>) -> Result<Option<GraphPattern>, Trouble> {
    let GraphPattern::Project { inner, variables } = pattern else { return Ok(None) };
    let GraphPattern::OrderBy { inner: sorted, expression: order } = &**inner else { return Ok(None) };
    let Some(OrderExpression::Desc(Expression::Variable(first))) = order.first() else { return Ok(None) };
    let Some(groups) = counted(sorted, first, wanted, desk)? else { return Ok(None) };
    let inner = GraphPattern::OrderBy { inner: groups.into(), expression: order.clone() };
    Ok(Some(GraphPattern::Project { inner: inner.into(), variables: variables.clone() }))
}

/// The groups, with all that is made of their numbers, of those for which the variable `first` is largest.
fn counted(
    pattern: &GraphPattern,
    first: &Variable,
    wanted: usize,
    desk: &Desk<'_>,
) -> Result<Option<GraphPattern>, Trouble> {
    Ok(match pattern {
        GraphPattern::Extend { inner, variable, expression } => {
            let first = match expression {
                Expression::Variable(number) if variable == first => number,
                _ => first,
            };
            counted(inner, first, wanted, desk)?.map(|inner| GraphPattern::Extend {
                inner: inner.into(),
                variable: variable.clone(),
                expression: expression.clone(),
            })
        }
        GraphPattern::Group { inner, variables, aggregates } => {
            group(inner, variables, aggregates, first, wanted, desk)?
        }
        _ => None,
    })
}

fn group(
    pattern: &GraphPattern,
    by: &[Variable],
    aggregates: &[(Variable, AggregateExpression)],
    first: &Variable,
    wanted: usize,
    desk: &Desk<'_>,
) -> Result<Option<GraphPattern>, Trouble> {
    let Some((_, AggregateExpression::FunctionCall { expr: Expression::Variable(subject), .. })) =
        aggregates.iter().find(|(variable, _)| variable == first)
    else {
        return Ok(None);
    };
    let [free] = by else { return Ok(None) };
    let Some(open) = desk.open() else { return Ok(None) };
    let mut values = |pattern: &GraphPattern, name: &str| desk.values(pattern, name);
    let Some(reading) = Reading::of(pattern, subject.as_str(), Some(free.as_str()), &mut values)? else {
        return Ok(None);
    };
    let Some(property) = reading.property_of(free.as_str()).filter(|_| reading.is_exact) else { return Ok(None) };
    let numbers: Option<Vec<Number>> = aggregates.iter().map(|(_, aggregate)| number(aggregate, &reading)).collect();
    let Some(numbers) = numbers else { return Ok(None) };
    let is_sorted = aggregates
        .iter()
        .zip(&numbers)
        .any(|((variable, _), number)| variable == first && *number == Number::Statements);
    if !is_sorted {
        return Ok(None);
    }
    let groups = open.largest(&reading.conditions, property, wanted)?;
    let row = |group: Group| {
        let value = |number: &Number| value(&group, *number);
        let iri = Some(NamedNode::new_unchecked(&*group.value).into());
        std::iter::once(iri).chain(numbers.iter().map(value)).collect()
    };
    Ok(Some(GraphPattern::Values {
        variables: by.iter().chain(aggregates.iter().map(|(variable, _)| variable)).cloned().collect(),
        bindings: groups.into_iter().map(row).collect(),
    }))
}

/// What an aggregate counts, if the index knows it.
fn number(aggregate: &AggregateExpression, reading: &Reading<'_>) -> Option<Number> {
    let AggregateExpression::FunctionCall { name, expr, distinct } = aggregate else { return None };
    let is = |expression: &Expression, wanted: Option<&str>| match expression {
        Expression::Variable(variable) => wanted == Some(variable.as_str()),
        _ => false,
    };
    match name {
        AggregateFunction::Count if *distinct && is(expr, Some(reading.subject)) => Some(Number::Statements),
        AggregateFunction::Count if *distinct && is(expr, reading.value_of(schema::IS_PART_OF)) => {
            Some(Number::Articles)
        }
        AggregateFunction::Min | AggregateFunction::Max => {
            let [until, _] = reading.days();
            let unknown = match expr {
                Expression::Coalesce(list) => match &list[..] {
                    [date, Expression::Literal(unknown)] if is(date, until) => Some(day(unknown)?),
                    _ => return None,
                },
                date if is(date, until) => None,
                _ => return None,
            };
            Some(if *name == AggregateFunction::Min { Number::First(unknown) } else { Number::Last(unknown) })
        }
        _ => None,
    }
}

fn value(group: &Group, number: Number) -> Option<GroundTerm> {
    let count = |count: u64| Literal::new_typed_literal(count.to_string(), xsd::INTEGER);
    // The first or last of dates one of which is not known is not known.
    let among = |unknown: Option<i64>, known: Option<i64>, choose: fn(i64, i64) -> i64| match group.undated {
        0 => date(known?),
        _ => unknown.and_then(|unknown| date(known.map_or(unknown, |known| choose(known, unknown)))),
    };
    let literal = match number {
        Number::Statements => count(group.statements),
        Number::Articles => count(group.articles),
        Number::First(unknown) => among(unknown, group.first, i64::min)?,
        Number::Last(unknown) => among(unknown, group.last, i64::max)?,
    };
    Some(literal.into())
}
