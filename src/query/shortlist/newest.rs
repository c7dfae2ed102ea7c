//! Lists of statements by their days.

use super::super::pattern::{begin_with, certain, in_scope};
use super::super::search::Order;
use super::parts::{Said, without};
use super::reading::{Reading, is_day_of};
use super::{Desk, Trouble};
use oxigraph::model::{NamedNode, Variable};
use spargebra::algebra::{Expression, GraphPattern, OrderExpression};
use spargebra::term::GroundTerm;

/// So many statements are looked at in one query: with more, the planner takes them for many.
const AT_ONCE: usize = 500;
/// After so many statements without enough rows the list is left to the evaluator.
const MOST: usize = 8000;

/// A sorted list of rows.
struct List<'q> {
    is_distinct: bool,
    variables: &'q [Variable],
    order: &'q [OrderExpression],
    pattern: &'q GraphPattern,
}

impl<'q> List<'q> {
    fn read(pattern: &'q GraphPattern) -> Option<Self> {
        let (is_distinct, project) = match pattern {
            GraphPattern::Distinct { inner } => (true, &**inner),
            other => (false, other),
        };
        let GraphPattern::Project { inner, variables } = project else { return None };
        let GraphPattern::OrderBy { inner, expression } = &**inner else { return None };
        Some(Self { is_distinct, variables, order: expression, pattern: inner })
    }

    /// The variable of the days by which it is sorted, and how.
    fn days(&self) -> Option<(&'q str, Order)> {
        use Expression as E;
        match self.order {
            [OrderExpression::Desc(E::Variable(day)), ..] => Some((day.as_str(), Order::Newest)),
            [OrderExpression::Asc(E::Not(first)), OrderExpression::Asc(E::Variable(day)), ..] => match &**first {
                E::Bound(bound) if bound == day => Some((day.as_str(), Order::Oldest)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether its order can be seen in its rows.
    fn shows_its_order(&self) -> bool {
        self.order.iter().all(|order| {
            let (OrderExpression::Asc(expression) | OrderExpression::Desc(expression)) = order;
            let variable = match expression {
                Expression::Variable(variable) | Expression::Bound(variable) => Some(variable),
                Expression::Not(inner) => match &**inner {
                    Expression::Bound(variable) => Some(variable),
                    _ => None,
                },
                _ => None,
            };
            variable.is_some_and(|variable| self.variables.contains(variable))
        })
    }

    /// The variable of the statements of which these are the days.
    fn subject(&self, day: &str) -> Option<&'q str> {
        let shown = self.variables.iter().map(Variable::as_str);
        shown.filter(|variable| *variable != day).find(|subject| is_day_of(self.pattern, subject, day))
    }

    /// What of the pattern the conditions say already.
    fn said<'r>(&self, reading: &Reading<'r>) -> Vec<Said<'r>> {
        let once = [&reading.said[..], &reading.said_once].concat();
        let rest = without(self.pattern, &once, reading.subject, &GraphPattern::default()).to_string();
        // How often a row is there does not matter, and what is not asked for need not be known.
        let mut names = reading.said_once.iter().flat_map(|said| said.names());
        let is_needed = |name: &str| {
            name != reading.subject
                && (self.variables.iter().any(|variable| variable.as_str() == name) || mentions(&rest, name))
        };
        if self.is_distinct && !names.any(is_needed) { once } else { reading.said.clone() }
    }
}

/// A list with the rows that are wanted of a longer one, if it can be made.
pub(super) fn shorten(pattern: &GraphPattern, wanted: usize, desk: &Desk<'_>) -> Result<Option<GraphPattern>, Trouble> {
    let Some(list) = List::read(pattern) else { return Ok(None) };
    let Some((day, order)) = list.days().filter(|_| list.shows_its_order()) else { return Ok(None) };
    let Some(subject) = list.subject(day) else { return Ok(None) };
    let Some(open) = desk.open() else { return Ok(None) };
    let Some(reading) = Reading::of(list.pattern, subject, None, &mut |pattern, name| desk.values(pattern, name))?
    else {
        return Ok(None);
    };
    // Every row has a subject, and no expression speaks of it where it has none yet.
    if !certain(list.pattern).contains(subject) || is_foreseen(list.pattern, subject) {
        return Ok(None);
    }
    let said = list.said(&reading);
    let variable = Variable::new_unchecked(subject);
    let (mut rows, mut seen, mut after, mut at_least) = (Vec::new(), 0, None, wanted);
    loop {
        let first = open.first(&reading.conditions, order, after, at_least)?;
        seen += first.iris.len();
        for iris in first.iris.chunks(AT_ONCE) {
            let row = |iri: &String| vec![Some(NamedNode::new_unchecked(iri).into())];
            let values =
                GraphPattern::Values { variables: vec![variable.clone()], bindings: iris.iter().map(row).collect() };
            let rest = without(list.pattern, &said, subject, &values);
            let inner = match said.iter().any(|part| part.names().contains(subject)) {
                true => rest,
                false => begin_with(values, rest, std::slice::from_ref(&variable)),
            };
            let inner = inner.into();
            let project = GraphPattern::Project { inner, variables: list.variables.to_vec() };
            let distinct = match list.is_distinct {
                true => GraphPattern::Distinct { inner: project.into() },
                false => project,
            };
            match desk.rows(distinct, list.variables)? {
                Some(found) => rows.extend(found),
                None => return Ok(None),
            }
        }
        match first.last {
            Some(last) if rows.len() < wanted => {
                if seen > MOST {
                    return Ok(None);
                }
                after = Some(last);
                at_least = at_least.saturating_mul(4);
            }
            _ => break,
        }
    }
    let values = listed(list.variables, rows);
    let inner = GraphPattern::OrderBy { inner: values.into(), expression: list.order.to_vec() }.into();
    Ok(Some(GraphPattern::Project { inner, variables: list.variables.to_vec() }))
}

/// The rows as a pattern. Of no rows at all the planner would not know that their variables have values, and read all that could
/// be joined with them: it gets one, of which nothing is taken.
fn listed(variables: &[Variable], rows: Vec<Vec<Option<GroundTerm>>>) -> GraphPattern {
    let variables = variables.to_vec();
    if !rows.is_empty() {
        return GraphPattern::Values { variables, bindings: rows };
    }
    let nothing = vec![Some(NamedNode::new_unchecked("urn:x-dixit:nothing").into()); variables.len()];
    let inner = GraphPattern::Values { variables, bindings: vec![nothing] }.into();
    GraphPattern::Slice { inner, start: 0, length: Some(0) }
}

/// Whether an expression names a variable that has no value where it stands, and so must not be given one before.
fn is_foreseen(pattern: &GraphPattern, name: &str) -> bool {
    use GraphPattern as P;
    let is_unseen =
        |expression: &Expression, scope: &P| mentions(&expression.to_string(), name) && !in_scope(scope).contains(name);
    match pattern {
        P::Filter { expr, inner } => is_unseen(expr, inner) || is_foreseen(inner, name),
        P::Extend { inner, expression, .. } => is_unseen(expression, inner) || is_foreseen(inner, name),
        P::LeftJoin { left, right, expression } => {
            expression.as_ref().is_some_and(|expression| is_unseen(expression, pattern))
                || is_foreseen(left, name)
                || is_foreseen(right, name)
        }
        P::Join { left, right } | P::Union { left, right } | P::Lateral { left, right } | P::Minus { left, right } => {
            is_foreseen(left, name) || is_foreseen(right, name)
        }
        _ => false,
    }
}

/// Whether the text of a pattern has a variable.
fn mentions(text: &str, name: &str) -> bool {
    let is_end = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    text.split('?').skip(1).any(|after| after.strip_prefix(name).is_some_and(is_end))
}
