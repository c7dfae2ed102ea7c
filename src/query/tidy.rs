//! A query that the parser wrote out, for people: with prefixes, lines and plain numbers.
//!
//! The parser writes everything in one line, with whole IRIs and names of its own for what a query adds up. Here the words are
//! only laid out and shortened; what they ask stays the same.

use super::vocabulary::PREFIXES;
use std::collections::BTreeSet;

/// With what a new line begins.
const BEGINNINGS: [&str; 8] = ["OPTIONAL", "FILTER", "BIND", "GROUP", "ORDER", "LIMIT", "HAVING", "VALUES"];
const INTEGER: &str = "<http://www.w3.org/2001/XMLSchema#integer>";
/// Names that the parser made have so many digits at least.
const MADE: usize = 28;

/// Lays a query out.
pub fn tidy(sparql: &str) -> String {
    let mut tidied = Tidied::default();
    let mut rest = sparql;
    while let Some((word, after)) = next(rest) {
        let is_call = word == "(" && !rest.starts_with(char::is_whitespace);
        rest = after;
        if is_call {
            tidied.open_call();
        } else if let Some(number) = integer(word, rest) {
            tidied.push(number);
            rest = &rest[2 + INTEGER.len()..];
        } else {
            tidied.push(word);
        }
    }
    tidied.end()
}

/// `"12"^^xsd:integer` is 12.
fn integer<'w>(word: &'w str, rest: &str) -> Option<&'w str> {
    let digits = word.strip_prefix('"')?.strip_suffix('"')?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && rest.strip_prefix("^^")?.starts_with(INTEGER)).then_some(digits)
}

/// The next word: an IRI, a string, a name or a sign.
fn next(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    let is_sign = |c: char| "{}().,;".contains(c);
    let end = match first {
        '<' => iri(text).unwrap_or(if text.starts_with("<=") { 2 } else { 1 }),
        '"' => string(text),
        _ if is_sign(first) => first.len_utf8(),
        _ => {
            // Where a string or an IRI begins the word ends, so that `^^` and `@en` stand by themselves.
            let ends = |c: char| c.is_whitespace() || c == '"' || c == '<' || "{}(),;".contains(c);
            let length = text[first.len_utf8()..].find(ends).map_or(text.len(), |end| end + first.len_utf8());
            // The point after a name ends a triple.
            if length > 1 && text[..length].ends_with('.') { length - 1 } else { length }
        }
    };
    Some(text.split_at(end))
}

fn iri(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    (!text[..end].contains([' ', '"', '{'])).then_some(end + 1)
}

fn string(text: &str) -> usize {
    let mut is_escaped = false;
    for (place, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return place + 1,
            _ => {}
        }
    }
    text.len()
}

#[derive(Default)]
struct Tidied {
    text: String,
    line: String,
    /// How many braces and parentheses are open.
    depth: usize,
    within: usize,
    prefixes: BTreeSet<usize>,
    made: Vec<String>,
}

impl Tidied {
    fn push(&mut self, word: &str) {
        let word = self.short(word);
        match word.as_str() {
            "{" if self.within == 0 => {
                self.word("{");
                self.new_line();
                self.depth += 1;
            }
            "}" if self.within == 0 => {
                self.new_line();
                self.depth = self.depth.saturating_sub(1);
                self.word("}");
                self.new_line();
            }
            "." if self.within == 0 => {
                self.word(".");
                self.new_line();
            }
            "(" => {
                self.word("(");
                self.within += 1;
            }
            ")" => {
                self.within = self.within.saturating_sub(1);
                self.word(")");
            }
            word if self.within == 0 && BEGINNINGS.contains(&word) => {
                self.new_line();
                self.word(word);
            }
            // A group that goes on, such as `} UNION {`.
            "UNION" | "AS" if self.line.is_empty() && self.text.ends_with("}\n") => {
                self.text.pop();
                self.line = self.text.rsplit('\n').next().unwrap_or_default().trim_start().to_owned();
                let start = self.text.rfind('\n').map_or(0, |place| place + 1);
                self.text.truncate(start);
                self.word(&word);
            }
            word => self.word(word),
        }
    }

    /// A word after a space, where there is to be one.
    fn word(&mut self, word: &str) {
        let last = self.line.chars().last();
        let glued = matches!(word, ")" | "," | ";") || word.starts_with("^^") || word.starts_with('@');
        let opens = matches!(last, Some('(' | '!')) || self.line.ends_with("^^");
        if !self.line.is_empty() && !glued && !opens {
            self.line.push(' ');
        }
        self.line.push_str(word);
    }

    /// A parenthesis right after a word.
    fn open_call(&mut self) {
        self.line.push('(');
        self.within += 1;
    }

    fn new_line(&mut self) {
        if !self.line.is_empty() {
            self.text.push_str(&"  ".repeat(self.depth));
            self.text.push_str(&self.line);
            self.text.push('\n');
            self.line.clear();
        }
    }

    /// An IRI by its prefix, a made name by a short one.
    fn short(&mut self, word: &str) -> String {
        if let Some(iri) = word.strip_prefix('<').and_then(|word| word.strip_suffix('>')) {
            let is_local =
                |name: &str| !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_');
            let found = PREFIXES.iter().enumerate().find_map(|(place, (prefix, namespace))| {
                let local = iri.strip_prefix(namespace).filter(|local| is_local(local))?;
                Some((place, format!("{prefix}:{local}")))
            });
            return match found {
                Some((place, short)) => {
                    self.prefixes.insert(place);
                    short
                }
                None => word.to_owned(),
            };
        }
        let is_made = |name: &str| name.len() >= MADE && name.bytes().all(|c| c.is_ascii_hexdigit());
        match word.strip_prefix('?') {
            Some(name) if is_made(name) => {
                let known = self.made.iter().position(|made| made == name);
                let number = known.unwrap_or_else(|| {
                    self.made.push(name.to_owned());
                    self.made.len() - 1
                });
                format!("?sum_{}", number + 1)
            }
            _ => word.to_owned(),
        }
    }

    fn end(mut self) -> String {
        self.new_line();
        let prefixes = self.prefixes.iter().map(|place| PREFIXES[*place]);
        let head: String = prefixes.map(|(prefix, namespace)| format!("PREFIX {prefix}: <{namespace}>\n")).collect();
        if head.is_empty() { self.text } else { format!("{head}\n{}", self.text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{library, sparql};

    /// The query as it is parsed, whatever the names that were made.
    fn parsed(text: &str) -> String {
        let query = sparql::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}")).to_string();
        let mut made: Vec<String> = Vec::new();
        let name = regex::Regex::new(r"\?([0-9a-f]{28,}|sum_\d+)").unwrap();
        let number = |name: &regex::Captures<'_>| {
            let known = made.iter().position(|own| *own == name[0]);
            let number = known.unwrap_or_else(|| {
                made.push(name[0].to_owned());
                made.len() - 1
            });
            format!("?made_{number}")
        };
        name.replace_all(&query, number).into_owned()
    }

    #[test]
    fn what_is_laid_out_asks_the_same() {
        for query in library() {
            let written = sparql::parse(&query.sparql).unwrap().to_string();
            let tidied = tidy(&written);
            assert_eq!(parsed(&tidied), parsed(&written), "{}\n{tidied}", query.name);
            assert!(tidied.lines().all(|line| !line.contains("XMLSchema#integer")), "{tidied}");
        }
    }

    #[test]
    fn a_query_has_lines_prefixes_and_numbers() {
        let written = sparql::parse(
            "SELECT ?s (COUNT(?t) AS ?n) { { ?s dixit:actor <https://a.example/b> ; schema:text ?t } UNION { ?s a dixit:ReportedStatement } \
             FILTER(STRLEN(?t) > 3 && ?t != \"a . { b\"@en) } GROUP BY ?s LIMIT 2",
        );
        let tidied = tidy(&written.unwrap().to_string());
        for line in [
            "PREFIX schema: <http://schema.org/>",
            "?s dixit:actor <https://a.example/b> .",
            "} UNION {",
            "GROUP BY ?s",
        ] {
            assert!(tidied.lines().any(|own| own.trim() == line), "{line}\n{tidied}");
        }
        assert!(tidied.contains("> 3)") && tidied.contains("\"a . { b\"@en"), "{tidied}");
    }
}
