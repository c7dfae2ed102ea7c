//! How a query was evaluated, as a tree that people can read.

use super::guard::IN_TIME;
use super::vocabulary::PREFIXES;
use oxigraph::sparql::QueryExplanation;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// As many characters of a step are shown: a list of values may be very long.
const WIDTH: usize = 160;

/// How a query is evaluated: its plan as a tree, with the rows and the time of each step, those of the steps below it
/// included. Complete once all rows were read.
pub struct Explanation(pub(super) QueryExplanation);

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut json = Vec::new();
        self.0.write_in_json(&mut json).map_err(|_| fmt::Error)?;
        let tree: Value = serde_json::from_slice(&json).map_err(|_| fmt::Error)?;
        if let Some(seconds) = number(&tree["planning duration in seconds"]) {
            writeln!(f, "planned in {:.1} ms", seconds * 1000.0)?;
        }
        write!(f, "{:>9} {:>10}  step", "rows", "ms")?;
        write_step(f, &tree["plan"], 0)
    }
}

fn write_step(f: &mut fmt::Formatter<'_>, step: &Value, depth: usize) -> fmt::Result {
    let rows = number(&step["number of results"]).unwrap_or_default();
    // A step that was never come to has no time.
    let time = number(&step["duration in seconds"]).map_or("-".to_owned(), |s| format!("{:.1}", s * 1000.0));
    let mut below = step["children"].as_array().into_iter().flatten();
    let Some(name) = asked(step["name"].as_str().unwrap_or_default()) else {
        return below.try_for_each(|step| write_step(f, step, depth));
    };
    let name = shorten(&name);
    write!(f, "\n{rows:>9} {time:>10}  {:indent$}{name}", "", indent = 2 * depth)?;
    below.try_for_each(|step| write_step(f, step, depth + 1))
}

/// What a step does that the query asks for, without what only looks at the clock ([`guard`](super::guard)); `None` if it does
/// nothing else.
fn asked(step: &str) -> Option<Cow<'_, str>> {
    let look = format!("COALESCE(<{IN_TIME}>()");
    if !step.contains(&look) {
        return Some(Cow::Borrowed(step));
    }
    let mut rest = step.to_owned();
    while let Some(start) = rest.find(&look) {
        let mut open = 0;
        let end = rest[start..].find(|c| {
            open += i32::from(c == '(') - i32::from(c == ')');
            c == ')' && open == 0
        });
        rest.replace_range(start..end.map_or(rest.len(), |end| start + end + 1), "");
    }
    // The other side of what joined it stays.
    while let Some(at) = [rest.find("( && "), rest.find(" && )")].into_iter().flatten().min() {
        rest.replace_range(at..at + 5, if rest[at..].starts_with('(') { "(" } else { ")" });
    }
    while let Some(start) = rest.find("BIND( AS ?-") {
        let end = rest[start..].find(')').map_or(rest.len(), |end| start + end + 1);
        rest.replace_range(start..end, "");
    }
    let rest = rest.replace("FILTER() ", "");
    let (kind, what) = rest.split_once('(')?;
    let mut words = what.split(|c: char| c.is_whitespace() || "()&,".contains(c));
    let is_asked = |word: &str| !word.is_empty() && word != "->" && !word.starts_with("?-");
    let asks = !matches!(kind, "Filter" | "Extend") || words.any(is_asked);
    asks.then_some(Cow::Owned(rest))
}

/// Numbers of seconds may be written as text.
fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

/// A step with prefixed names and of bounded length.
fn shorten(step: &str) -> String {
    let mut short = String::with_capacity(step.len());
    let mut rest = step;
    while let Some((before, tail)) = rest.split_once('<') {
        short.push_str(before);
        let prefixed = tail.split_once('>').and_then(|(iri, after)| Some((prefixed(iri)?, after)));
        match prefixed {
            Some((name, after)) => {
                short.push_str(&name);
                rest = after;
            }
            None => {
                short.push('<');
                rest = tail;
            }
        }
    }
    short.push_str(rest);
    match short.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", &short[..end]),
        None => short,
    }
}

fn prefixed(iri: &str) -> Option<String> {
    let (prefix, local) = PREFIXES.iter().find_map(|(name, namespace)| Some((name, iri.strip_prefix(namespace)?)))?;
    let is_name = local.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    is_name.then(|| format!("{prefix}:{local}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_at_the_clock_is_not_shown() {
        let look = format!("COALESCE(<{IN_TIME}>(), \"true\"^^xsd:boolean, ?t, ?-1)");
        for (step, shown) in [
            ("Filter(LOOK)", None),
            ("Filter((LOOK && LOOK))", None),
            ("Extend(LOOK -> ?-1)", None),
            ("Filter((LOOK && (?a = 3)))", Some("Filter(((?a = 3)))")),
            ("Filter(((?a = 3) && LOOK))", Some("Filter(((?a = 3)))")),
            ("Filter((?a = 3))", Some("Filter((?a = 3))")),
            ("Lateral", Some("Lateral")),
        ] {
            assert_eq!(asked(&step.replace("LOOK", &look)).as_deref(), shown, "{step}");
        }
    }

    #[test]
    fn a_step_is_short() {
        assert_eq!(shorten("QuadPattern(?s <http://schema.org/text> ?o)"), "QuadPattern(?s schema:text ?o)");
        let same = "Filter(?a < 3 && ?b = <http://schema.org/a/b>)";
        assert_eq!(shorten(same), same);
        assert_eq!(shorten(&"é".repeat(200)), format!("{}…", "é".repeat(160)));
    }
}
