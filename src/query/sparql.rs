//! SPARQL as users write it: parsed with dixit's prefixes, with errors that show the place.

use super::vocabulary::PREFIXES;
use spargebra::{Query, SparqlParser};
use std::fmt;

/// Why a text is not a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SparqlError {
    #[error("{0}")]
    Syntax(SyntaxError),
    /// INSERT, DELETE, CLEAR and the like.
    #[error(
        "this is a SPARQL update, and a query only reads: write SELECT, ASK, CONSTRUCT or DESCRIBE"
    )]
    Update,
}

/// Where and why SPARQL cannot be read. Shown over three lines: the message, the line of the text, a caret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What the parser expected there.
    pub message: String,
    /// The line's text.
    pub text: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "line {}, column {}: {}",
            self.line, self.column, self.message
        )?;
        writeln!(f, "    {}", self.text)?;
        // Tabs stay tabs, so that the caret stands under its character.
        let before = self.text.chars().take(self.column - 1);
        let blank: String = before.map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        write!(f, "    {blank}^")
    }
}

/// Reads a query. Prefixes of dixit's vocabularies need no declaration; the text's own declarations win.
///
/// # Errors
/// When the text is not SPARQL 1.1, or is an update.
pub fn parse(text: &str) -> Result<Query, SparqlError> {
    parser().parse_query(text).map_err(|error| {
        if !text.trim().is_empty()
            && parser()
                .parse_update(text)
                .is_ok_and(|u| !u.operations.is_empty())
        {
            return SparqlError::Update;
        }
        SparqlError::Syntax(locate(&error.to_string(), text))
    })
}

fn parser() -> SparqlParser {
    PREFIXES
        .iter()
        .fold(SparqlParser::new(), |parser, (name, iri)| {
            parser
                .with_prefix(*name, *iri)
                .expect("the prefixes of the table are IRIs")
        })
}

/// The parser gives the place only within its message: "error at LINE:COLUMN: expected …".
fn locate(message: &str, text: &str) -> SyntaxError {
    let place = message.strip_prefix("error at ").and_then(|rest| {
        let (line, rest) = rest.split_once(':')?;
        let (column, rest) = rest.split_once(": ")?;
        Some((line.parse().ok()?, column.parse().ok()?, rest))
    });
    let (line, column, message) = place.unwrap_or((1, 1, message));
    SyntaxError {
        line,
        column,
        message: shorten(message),
        text: text.lines().nth(line - 1).unwrap_or_default().to_owned(),
    }
}

/// The parser names everything that could stand at the place, in no order: tokens, classes of characters, and sentences
/// such as "The SELECT contains …". A sentence is the reason itself; of the tokens the first few are help enough.
fn shorten(message: &str) -> String {
    const KEPT: usize = 6;
    let list = message
        .strip_prefix("expected one of ")
        .or_else(|| message.strip_prefix("expected "))
        .unwrap_or(message);
    let mut expected: Vec<&str> = list.split(", ").filter(|e| !e.contains('[')).collect();
    expected.sort_unstable();
    if let Some(reason) = expected.iter().find(|e| e.split(' ').count() > 3) {
        return (*reason).to_owned();
    }
    match expected.len() {
        0 => "this cannot stand here".to_owned(),
        1..=KEPT => format!("expected {}", expected.join(", ")),
        _ => format!("expected {}, …", expected[..KEPT].join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_declared_and_can_be_declared_again() {
        assert!(parse("SELECT ?s { ?s a dixit:ReportedStatement ; schema:about wd:Q1 }").is_ok());
        let own = parse("PREFIX dixit: <http://a.example/> SELECT ?s { ?s a dixit:X }").unwrap();
        assert!(own.to_string().contains("http://a.example/X"));
    }

    #[test]
    fn updates_are_refused() {
        for update in [
            "INSERT DATA { <a:b> <a:b> <a:b> }",
            "DROP ALL",
            "CLEAR DEFAULT",
            "DELETE WHERE { ?s ?p ?o }",
        ] {
            assert_eq!(parse(update), Err(SparqlError::Update), "{update}");
        }
        assert!(matches!(parse(""), Err(SparqlError::Syntax(_))));
    }

    #[test]
    fn an_error_shows_its_place() {
        let error = parse("SELECT ?é\nWHERE {\n\t?é dixit:kind }").unwrap_err();
        let SparqlError::Syntax(error) = error else {
            panic!("{error}")
        };
        assert_eq!((error.line, error.column), (3, 16));
        let shown = error.to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert!(
            lines[0].starts_with("line 3, column 16: expected "),
            "{shown}"
        );
        assert_eq!(lines[1], "    \t?é dixit:kind }");
        assert_eq!(lines[2], "    \t              ^");
        let unknown = parse("SELECT ?s { ?s foo:bar ?o }")
            .unwrap_err()
            .to_string();
        assert!(unknown.starts_with("line 1, column"), "{unknown}");
    }
}
