//! How a query was evaluated, as a tree that people can read.

use super::vocabulary::PREFIXES;
use oxigraph::sparql::QueryExplanation;
use serde_json::Value;
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
    let name = shorten(step["name"].as_str().unwrap_or_default());
    write!(f, "\n{rows:>9} {time:>10}  {:indent$}{name}", "", indent = 2 * depth)?;
    let mut below = step["children"].as_array().into_iter().flatten();
    below.try_for_each(|step| write_step(f, step, depth + 1))
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
    fn a_step_is_short() {
        assert_eq!(shorten("QuadPattern(?s <http://schema.org/text> ?o)"), "QuadPattern(?s schema:text ?o)");
        let same = "Filter(?a < 3 && ?b = <http://schema.org/a/b>)";
        assert_eq!(shorten(same), same);
        assert_eq!(shorten(&"é".repeat(200)), format!("{}…", "é".repeat(160)));
    }
}
