//! How large a query may be. What reads, plans and evaluates queries calls itself for each part within a part, and plans of
//! many parts take long, where nothing can stop it: a text of some kilobytes could end the program, or keep it busy for hours.
//!
//! So a text is looked at before it is parsed, roughly, for what can be nested or chained at all; it is parsed where there is
//! room for that; and what came of it is measured.

use super::pattern::parts_of;
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression, PropertyPathExpression};
use std::thread;

/// So many brackets may be opened, wherever they stand.
const BRACKETS: usize = 2_000;
/// So many signs of which expressions and paths are made may stand in a text, be it in IRIs.
const SIGNS: usize = 20_000;
/// With fewer of both a text is parsed where it is.
const FEW: usize = 100;
/// The room in which others are parsed, in bytes.
const ROOM: usize = 256 << 20;
/// How deep parts may stand within others; each OPTIONAL, UNION, MINUS or operator takes what stands before it within itself.
const DEPTH: usize = 250;
/// So many triples and groups may be joined. To plan takes the fourth power of their number: of these two seconds.
const JOINED: u64 = 100;

/// Parses a text that is not too large into a query that is not.
///
/// # Errors
/// What is too large, or the parser's error.
pub fn within<E: Send>(
    text: &str,
    parse: impl FnOnce(&str) -> Result<Query, E> + Send,
) -> Result<Result<Query, E>, String> {
    let count = |signs: &[u8]| text.bytes().filter(|byte| signs.contains(byte)).count();
    // Quoted triples (`<<`) stand within others, too.
    let quoted = text.as_bytes().windows(2).filter(|two| two == b"<<").count();
    let (brackets, signs) = (count(b"([{") + quoted, count(b"|&+-*/!^"));
    if brackets > BRACKETS {
        return Err(format!(
            "the query opens {brackets} brackets, and {BRACKETS} are the most: ask in several queries"
        ));
    }
    if signs > SIGNS {
        return Err(format!("the query has {signs} operators, and {SIGNS} are the most: ask in several queries"));
    }
    let read = || match parse(text) {
        // What is too deep is dropped here, which takes as much room.
        Ok(query) => measure(&query).map(|()| Ok(query)),
        Err(error) => Ok(Err(error)),
    };
    if brackets < FEW && signs < FEW {
        return read();
    }
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(ROOM).spawn_scoped(scope, read);
        let failed = |_| "the query is too large for this machine at this moment: try again".to_owned();
        thread.map_err(|_| failed(()))?.join().map_err(|_| failed(()))?
    })
}

fn measure(query: &Query) -> Result<(), String> {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let mut size = Size::default();
    size.pattern(pattern, 0);
    if size.depth > DEPTH {
        let deep = "with an OPTIONAL, UNION, MINUS or operator for each step";
        return Err(format!(
            "the query is {} parts deep, {deep}, and {DEPTH} are the most: write VALUES or IN",
            size.depth
        ));
    }
    if size.plan > JOINED.pow(4) {
        return Err(format!(
            "the query joins too much, and {JOINED} triples in a group are the most: ask in several queries"
        ));
    }
    Ok(())
}

#[derive(Default)]
struct Size {
    depth: usize,
    /// How much there is to plan.
    plan: u64,
}

impl Size {
    fn at(&mut self, depth: usize) {
        self.depth = self.depth.max(depth);
    }

    fn pattern(&mut self, pattern: &GraphPattern, depth: usize) {
        use GraphPattern as P;
        self.at(depth);
        let depth = depth + 1;
        match pattern {
            P::Bgp { .. } | P::Join { .. } => {
                let joined = self.joined(pattern, depth);
                self.plan = self.plan.saturating_add(joined.saturating_pow(4));
            }
            P::Path { path, .. } => self.path(path, depth),
            P::Values { .. } => {}
            P::LeftJoin { left, right, expression } => {
                self.pattern(left, depth);
                self.pattern(right, depth);
                expression.iter().for_each(|expression| self.expression(expression, depth));
            }
            P::Lateral { left, right } | P::Union { left, right } | P::Minus { left, right } => {
                self.pattern(left, depth);
                self.pattern(right, depth);
            }
            P::Filter { expr: expression, inner } | P::Extend { inner, expression, .. } => {
                self.pattern(inner, depth);
                self.expression(expression, depth);
            }
            P::OrderBy { inner, expression } => {
                self.pattern(inner, depth);
                for OrderExpression::Asc(key) | OrderExpression::Desc(key) in expression {
                    self.expression(key, depth);
                }
            }
            P::Group { inner, aggregates, .. } => {
                self.pattern(inner, depth);
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr, depth);
                    }
                }
            }
            P::Graph { inner, .. }
            | P::Service { inner, .. }
            | P::Project { inner, .. }
            | P::Distinct { inner }
            | P::Reduced { inner }
            | P::Slice { inner, .. } => self.pattern(inner, depth),
        }
    }

    /// How many parts a join has.
    fn joined(&mut self, pattern: &GraphPattern, depth: usize) -> u64 {
        match pattern {
            GraphPattern::Bgp { patterns } => patterns.len() as u64,
            GraphPattern::Join { left, right } => {
                self.at(depth);
                self.joined(left, depth + 1) + self.joined(right, depth + 1)
            }
            other => {
                self.pattern(other, depth);
                1
            }
        }
    }

    fn expression(&mut self, expression: &Expression, depth: usize) {
        self.at(depth);
        if let Expression::Exists(pattern) = expression {
            self.pattern(pattern, depth + 1);
        }
        parts_of(expression).into_iter().for_each(|part| self.expression(part, depth + 1));
    }

    fn path(&mut self, path: &PropertyPathExpression, depth: usize) {
        use PropertyPathExpression as P;
        self.at(depth);
        let depth = depth + 1;
        match path {
            P::NamedNode(_) | P::NegatedPropertySet(_) => {}
            P::Reverse(a) | P::ZeroOrMore(a) | P::OneOrMore(a) | P::ZeroOrOne(a) => self.path(a, depth),
            P::Sequence(a, b) | P::Alternative(a, b) => {
                self.path(a, depth);
                self.path(b, depth);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::query::sparql::parse;

    fn error(text: &str) -> String {
        parse(text).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn what_would_end_the_program_is_refused() {
        let nested =
            |open: &str, inner: &str, close: &str, n: usize| format!("{}{inner}{}", open.repeat(n), close.repeat(n));
        for n in [300, 1_900, 100_000] {
            for text in [
                format!("ASK {{ FILTER({}) }}", nested("STR(", "1", ")", n)),
                format!("ASK {{ {} }}", nested("OPTIONAL { ?s ?p ?o ", "", "}", n)),
                format!("ASK {{ {} }}", nested("FILTER EXISTS {", "?s ?p ?o", "}", n)),
                format!("ASK {{ ?s ?p {} }}", nested("[ a ", "1", "]", n)),
                format!("ASK {{ ?s ?p {} }}", nested("(", "1", ")", n)),
                format!("ASK {{ {}", "<<".repeat(n)),
                format!("ASK {{ FILTER(1{}) }}", "+1".repeat(n)),
                format!("ASK {{ FILTER(1{}) }}", "||1".repeat(n)),
                format!("ASK {{ FILTER(1{}) }}", "-1".repeat(n)),
                format!("ASK {{ ?s a{} 1 }}", "/a".repeat(n)),
                format!("ASK {{ ?s a{} 1 }}", "|a".repeat(n)),
                format!("ASK {{ {{}}{} }}", "UNION{?s ?p ?o}".repeat(n)),
                format!("ASK {{ {} }}", "OPTIONAL{?s ?p ?o}".repeat(n)),
                format!("ASK {{ {} }}", "{SELECT*{?s ?p ?o}}".repeat(n)),
                format!("ASK {{ {} }}", "?s ?p 1 . ".repeat(n)),
                format!("ASK {{ ?s a 1{} }}", ";a 1".repeat(n)),
                // Also what is no query besides.
                format!("ASK {{ FILTER({}", "(".repeat(n)),
                format!("ASK {{ {}", "{".repeat(n)),
            ] {
                let error = error(&text);
                assert!(!error.is_empty(), "{n}: {}", &text[..60]);
                assert!(error.len() < 400, "{error}");
            }
        }
    }

    #[test]
    fn what_people_and_programs_write_is_not() {
        let values: String = (0..1_900).map(|n| format!("(<https://data.dixit.example/entity/Q{n}> {n}) ")).collect();
        let list: Vec<String> = (0..10_000).map(|n| n.to_string()).collect();
        for text in [
            format!("SELECT * {{ VALUES (?a ?b) {{ {values} }} ?a ?p ?b }}"),
            format!("SELECT * {{ ?s ?p ?o FILTER(?o IN ({})) }}", list.join(",")),
            format!("SELECT * {{ VALUES ?o {{ {} }} ?s ?p ?o }}", list.join(" ")),
            format!("SELECT * {{ {} }}", "OPTIONAL { ?s ?p ?o } ".repeat(100)),
            format!("SELECT * {{ ?s ?p ?o FILTER(?o = 0{}) }}", " || ?o = 1".repeat(200)),
            format!("SELECT * {{ {} }}", "?s ?p ?o . ".repeat(100)),
        ] {
            assert_eq!(error(&text), "", "{}", &text[..60]);
        }
    }
}
