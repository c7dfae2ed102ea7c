//! SPARQL as users write it: parsed with dixit's prefixes, with errors that show the place.

use super::size;
use super::vocabulary::PREFIXES;
use crate::one_line::one_line;
use spargebra::{Query, SparqlParser};
use std::fmt;
use std::ops::Range;

/// Why a text is not a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SparqlError {
    #[error("{0}")]
    Syntax(SyntaxError),
    /// More than can be evaluated in any time or room.
    #[error("{0}")]
    TooLarge(String),
    /// INSERT, DELETE, CLEAR and the like.
    #[error("this is a SPARQL update, and a query only reads: write SELECT, ASK, CONSTRUCT or DESCRIBE")]
    Update,
}

/// Where and why SPARQL cannot be read. Shown over three lines: the message, the line of the text, a caret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What is wrong there.
    pub message: String,
    /// The line's text.
    pub text: String,
}

/// So much of a line is shown.
const WIDTH: usize = 90;

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "SPARQL syntax, line {}, column {}: {}", self.line, self.column, one_line(&self.message))?;
        // Of a long line only what is near, for a line that the terminal breaks would have its caret anywhere.
        let start = if self.text.chars().count() > WIDTH { (self.column - 1).saturating_sub(WIDTH / 2) } else { 0 };
        // A sign for each that would steer the terminal; tabs stay tabs, so that the caret stands under its character.
        let sign = |c: char| if c.is_control() && c != '\t' { char::REPLACEMENT_CHARACTER } else { c };
        let near: String = self.text.chars().skip(start).take(WIDTH).map(sign).collect();
        let (head, tail) = (start > 0, self.text.chars().count() > start + WIDTH);
        let mark = |is_cut: bool| if is_cut { "…" } else { "" };
        writeln!(f, "    {}{near}{}", mark(head), mark(tail))?;
        let before = near.chars().take(self.column - 1 - start);
        let blank: String = before.map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        write!(f, "    {}{blank}^", if head { " " } else { "" })
    }
}

/// Reads a query. Prefixes of dixit's vocabularies need no declaration; the text's own declarations win.
///
/// # Errors
/// When the text is not SPARQL 1.1, is an update, or is too large.
pub fn parse(text: &str) -> Result<Query, SparqlError> {
    size::within(text, read).map_err(SparqlError::TooLarge)?
}

fn read(text: &str) -> Result<Query, SparqlError> {
    parser().parse_query(text).map_err(|error| {
        if parser().parse_update(text).is_ok_and(|update| !update.operations.is_empty()) {
            return SparqlError::Update;
        }
        SparqlError::Syntax(explain(text, &error.to_string()))
    })
}

fn parser() -> SparqlParser {
    PREFIXES.iter().fold(SparqlParser::new(), |parser, (name, iri)| {
        parser.with_prefix(*name, *iri).expect("the prefixes of the table are IRIs")
    })
}

fn explain(text: &str, message: &str) -> SyntaxError {
    let wrong = failing_token(text);
    let at = wrong.as_ref().map_or(text.trim_end().len(), |token| token.start);
    let message = match (reason(message), wrong) {
        (Some(reason), _) => reason.to_owned(),
        (None, Some(token)) => format!("`{}` cannot stand here", shortened(&text[token])),
        (None, None) => "the query ends too early".to_owned(),
    };
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    SyntaxError {
        line: text[..at].matches('\n').count() + 1,
        column: text[line_start..at].chars().count() + 1,
        message,
        text: text[line_start..].lines().next().unwrap_or_default().to_owned(),
    }
}

/// A token, or its beginning on one line: one may be as long as the text.
fn shortened(token: &str) -> String {
    let line = token.lines().next().unwrap_or_default();
    let shown: String = line.chars().take(WIDTH).collect();
    if shown.len() < token.len() { shown + "…" } else { shown }
}

/// The parser names all that it expected, mostly characters and keywords, which is no help; but a sentence among them,
/// such as "Prefix not found", is the reason itself.
fn reason(message: &str) -> Option<&str> {
    let list = message.split_once("expected ")?.1;
    let list = list.strip_prefix("one of ").unwrap_or(list);
    list.split(", ").find(|item| item.contains(' ') && !item.contains('['))
}

/// The token at which `text` stops being the beginning of a query; `None` is its end.
///
/// The parser's own position is up to a dozen characters too far to the right: it is the end of the longest keyword
/// that it looked for. So the tokens are moved apart, wider than any keyword, and the place is read there.
fn failing_token(text: &str) -> Option<Range<usize>> {
    const APART: usize = 32;
    let (mut spread, mut length) = (String::new(), 0);
    let mut starts = Vec::new();
    let mut end = 0;
    for token in tokens(text) {
        let brackets = ['{', '}', '(', ')', ';', ','];
        let is_apart =
            token.start > end || text[token.clone()].starts_with(brackets) || text[..end].ends_with(brackets);
        if is_apart {
            spread.push_str(&" ".repeat(APART));
            length += APART;
        }
        spread.push_str(&text[token.clone()]);
        starts.push((length, token.clone()));
        length += text[token.clone()].chars().count();
        end = token.end;
    }
    spread.push_str(&" ".repeat(APART));
    let at = failure(&spread)?;
    if at >= length + APART {
        return None;
    }
    starts.into_iter().take_while(|(start, _)| *start <= at).last().map(|(_, token)| token)
}

/// Where the parser says that `text` fails: in characters from its start.
fn failure(text: &str) -> Option<usize> {
    let error = parser().parse_query(text).err()?.to_string();
    let (line, rest) = error.strip_prefix("error at ")?.split_once(':')?;
    let (line, column): (usize, usize) = (line.parse().ok()?, rest.split_once(':')?.0.parse().ok()?);
    let before = text.split_inclusive('\n').take(line - 1).map(|line| line.chars().count());
    Some(before.sum::<usize>() + column - 1)
}

/// The tokens, roughly as SPARQL has them; comments are left out.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    // The next sign that ends an IRI or shows that there is none: looked for once, however many may begin before it.
    let mut sign = 0;
    while let Some(first) = text[start..].chars().next() {
        let rest = &text[start..];
        let in_word = |c: char| c.is_alphanumeric() || "_?$@:-.%\\".contains(c);
        let until = |end: Option<usize>| end.unwrap_or(rest.len());
        let length = match first {
            '#' => until(rest.find('\n')),
            '"' | '\'' => until(rest[1..].find(first).map(|at| at + 2)),
            '<' => {
                if sign <= start {
                    sign = start + until(rest.find(['>', ' ', '\n']));
                }
                if text[sign..].starts_with('>') { sign + 1 - start } else { 1 }
            }
            c if in_word(c) => until(rest.find(|c| !in_word(c))),
            c => c.len_utf8(),
        };
        if first != '#' && !first.is_whitespace() {
            tokens.push(start..start + length);
        }
        start += length;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> (usize, usize, String) {
        match parse(text) {
            Err(SparqlError::Syntax(error)) => (error.line, error.column, error.message),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn prefixes_are_declared_and_can_be_declared_again() {
        assert!(parse("SELECT ?s { ?s a dixit:ReportedStatement ; schema:about wd:Q1 }").is_ok());
        let own = parse("PREFIX dixit: <http://a.example/> SELECT ?s { ?s a dixit:X }").unwrap();
        assert!(own.to_string().contains("http://a.example/X"));
    }

    #[test]
    fn a_text_that_is_never_closed_is_told_on_one_line() {
        let (line, _, message) = place("SELECT *\n{ ?s ?p \"Le pont\ntient }");
        assert_eq!((line, message.as_str()), (2, "`\"Le pont…` cannot stand here"));
    }

    #[test]
    fn what_a_query_holds_steers_no_terminal() {
        let Err(SparqlError::Syntax(error)) = parse("SELECT *\t{ \u{1b}[2J\r }") else { panic!() };
        assert_eq!(
            error.to_string(),
            "SPARQL syntax, line 1, column 14: `2J` cannot stand here\n    SELECT *\t{ \u{fffd}[2J\u{fffd} }\n    \
             \x20       \t    ^"
        );
        let Err(SparqlError::Syntax(error)) = parse("SELECT * { ?s ?p '\u{1b}[2J\n }") else { panic!() };
        assert!(error.to_string().contains(r"`'\u{1b}[2J…` cannot stand here"), "{error}");
    }

    /// They took the square of their number, which was minutes.
    #[test]
    fn many_signs_of_an_iri_are_soon_told_apart() {
        let text = "<".repeat(300_000) + " > <a:b>";
        let tokens = tokens(&text);
        assert_eq!(tokens.len(), 300_002);
        assert_eq!(&text[tokens[300_001].clone()], "<a:b>");
    }

    #[test]
    fn updates_are_refused() {
        for update in ["INSERT DATA { <a:b> <a:b> <a:b> }", "DROP ALL", "CLEAR DEFAULT", "DELETE WHERE { ?s ?p ?o }"] {
            assert_eq!(parse(update), Err(SparqlError::Update), "{update}");
        }
        assert!(matches!(parse(""), Err(SparqlError::Syntax(_))));
    }

    #[test]
    fn the_place_is_that_of_the_wrong_token() {
        let wrong = |token: &str| format!("`{token}` cannot stand here");
        for (text, line, column, message) in [
            ("SELECT ?x WHERE { ?x ?y }", 1, 25, wrong("}")),
            ("SELECT ?x WHERE { ?x ?y ?z", 1, 27, "the query ends too early".to_owned()),
            ("SELEC ?x { ?x ?y ?z }", 1, 1, wrong("SELEC")),
            ("SELECT ?x { ?x a ?z . FILTER(?x ==) }", 1, 34, wrong("=")),
            ("SELECT ?x WHERE ?x a ?y", 1, 17, wrong("?x")),
            ("# all\nSELECT ?x\n{ ?x a }\nLIMIT x", 3, 8, wrong("}")),
            ("SELECT ?x { ?x a ?y }\nLIMIT x # few", 2, 7, wrong("x")),
            ("SELECT ?x { ?x foo:b ?z }", 1, 16, "Prefix not found".to_owned()),
            ("", 1, 1, "the query ends too early".to_owned()),
        ] {
            assert_eq!(place(text), (line, column, message), "{text}");
        }
    }

    #[test]
    fn a_caret_shows_the_place() {
        let error = parse("SELECT ?é\nWHERE {\n\t?é dixit:kind }").unwrap_err();
        let lines = [
            "SPARQL syntax, line 3, column 16: `}` cannot stand here",
            "    \t?é dixit:kind }",
            "    \t              ^",
        ];
        assert_eq!(error.to_string(), lines.join("\n"));
        let endless = format!("SELECT * {{ ?s ?p \"{} }}", "a".repeat(10_000));
        assert!(parse(&endless).unwrap_err().to_string().len() < 400);
        let long = format!("SELECT * {{ {} ?s ?p }}", "?s dixit:actor ?someone . ".repeat(20));
        let error = parse(&long).unwrap_err().to_string();
        let lines: Vec<&str> = error.lines().collect();
        assert!(lines[1].starts_with("    …") && lines[1].ends_with("?s ?p }"), "{error}");
        assert_eq!(lines[2].find('^'), lines[1].chars().position(|c| c == '}'), "{error}");
    }
}
