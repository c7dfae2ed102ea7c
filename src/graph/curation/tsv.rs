//! Deeds as tab-separated values: one a line, for a table program or a text editor, and back without a loss.
//!
//! IRIs are written without the base of the data, so that a store with another base takes them in. Several stand in one
//! cell with spaces between. Tabs and ends of lines in words are `\t`, `\n` and `\r`, a backslash is `\\`.

use super::anchor::Anchor;
use super::deed::{Amendment, Correction, Deed, Merge, Rejection, Renaming, Undone, What};
use super::record::is_id;
use crate::date::Interval;
use crate::extract::Kind;
use crate::graph::base::Base;
use crate::one_line::one_line;
use oxigraph::model::NamedNode;
use std::fmt::Write;
use std::str::FromStr;

/// The columns, in the order in which they are written. They are read in any order.
pub(super) const COLUMNS: [&str; 24] = [
    "id",
    "deed",
    "statement",
    "actors",
    "not_before",
    "not_after",
    "kind",
    "rejected",
    "merged",
    "kept",
    "thing",
    "name",
    "by",
    "at",
    "note",
    "undone_by",
    "undone_at",
    "exact",
    "prefix",
    "suffix",
    "start",
    "end",
    "articles",
    "things",
];

/// The columns from which no ID follows: they may change, or follow from the others.
const PASSING: [&str; 5] = ["id", "undone_by", "undone_at", "articles", "things"];

/// Columns that the first deeds had not. They count for an ID where they say something.
const LATER: [&str; 2] = ["thing", "name"];

const CORRECTION: &str = "correction";
const MERGE: &str = "merge";
const REJECTION: &str = "rejection";
const RENAMING: &str = "renaming";
const YES: &str = "yes";

/// What is wrong with a table, and where: the line and the character at which the cell begins.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {}", one_line(&fault.to_string()))]
pub struct TsvError {
    pub line: usize,
    pub column: usize,
    pub fault: TsvFault,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TsvFault {
    #[error("there is no column `{0}`: the first line names the columns as `dixit corrections --format tsv` does")]
    NoColumn(&'static str),
    #[error("the column `{0}` is not known: write one of {list}", list = COLUMNS.join(", "))]
    UnknownColumn(String),
    #[error("{found} cells, but the first line names {expected} columns")]
    Cells { found: usize, expected: usize },
    #[error("`{0}` is empty")]
    Empty(&'static str),
    #[error("`{value}` is no {column}: write {form}")]
    Value { column: &'static str, value: String, form: &'static str },
    #[error("{0}")]
    Things(String),
}

/// A deed as it was written, with what is said of the things that it names (N-Triples).
pub(super) struct Row {
    pub line: usize,
    pub deed: Deed,
    pub things: String,
    /// The character at which they begin.
    pub things_at: usize,
}

/// The deeds under a line of heads. `things` tells what to say of the things that a deed names.
pub(super) fn write(deeds: &[Deed], base: &Base, mut things: impl FnMut(&Deed) -> String) -> String {
    let mut table = COLUMNS.join("\t") + "\n";
    for deed in deeds {
        let things = things(deed);
        let cells = COLUMNS.map(|column| if column == "things" { things.clone() } else { cell(deed, column, base) });
        let _ = writeln!(table, "{}", cells.map(|cell| escape(&cell)).join("\t"));
    }
    table
}

/// What of a deed its ID follows from.
pub(super) fn content(deed: &Deed, base: &Base) -> Vec<String> {
    let columns = COLUMNS.into_iter().filter(|column| !PASSING.contains(column));
    let cells = columns.map(|column| (column, cell(deed, column, base)));
    cells.filter(|(column, cell)| !cell.is_empty() || !LATER.contains(column)).map(|(_, cell)| escape(&cell)).collect()
}

fn cell(deed: &Deed, column: &str, base: &Base) -> String {
    let iri = |iri: &NamedNode| base.relative(iri).to_owned();
    let iris = |iris: &[NamedNode]| iris.iter().map(iri).collect::<Vec<_>>().join(" ");
    let undone = deed.undone.as_ref();
    let common = match column {
        "id" => Some(deed.id.clone()),
        "by" => Some(deed.by.clone()),
        "at" => Some(deed.at.to_string()),
        "note" => deed.note.clone(),
        "undone_by" => undone.map(|undone| undone.by.clone()),
        "undone_at" => undone.map(|undone| undone.at.to_string()),
        _ => None,
    };
    let own = || match &deed.what {
        What::Merge(Merge { merged, kept }) => match column {
            "deed" => Some(MERGE.to_owned()),
            "merged" => Some(iri(merged)),
            "kept" => Some(iri(kept)),
            _ => None,
        },
        What::Rejection(Rejection { actor, name, articles }) => match column {
            "deed" => Some(REJECTION.to_owned()),
            "thing" => Some(iri(actor)),
            "name" => name.clone(),
            "articles" => Some(iris(articles)),
            _ => None,
        },
        What::Renaming(Renaming { thing, name }) => match column {
            "deed" => Some(RENAMING.to_owned()),
            "thing" => Some(iri(thing)),
            "name" => Some(name.clone()),
            _ => None,
        },
        What::Correction(correction) => {
            let Correction { articles, statement, anchor, change } = &**correction;
            let Amendment { actors, date, kind, rejected } = change;
            match column {
                "deed" => Some(CORRECTION.to_owned()),
                "statement" => Some(iri(statement)),
                "actors" => Some(iris(actors)),
                "not_before" => date.and_then(|date| date.first).map(|day| day.to_string()),
                "not_after" => date.and_then(|date| date.last).map(|day| day.to_string()),
                "kind" => kind.map(|kind| kind.name().to_owned()),
                "rejected" => rejected.then(|| YES.to_owned()),
                "exact" => Some(anchor.exact.clone()),
                "prefix" => Some(anchor.prefix.clone()),
                "suffix" => Some(anchor.suffix.clone()),
                "start" => Some(anchor.start.to_string()),
                "end" => Some(anchor.end.to_string()),
                "articles" => Some(iris(articles)),
                _ => None,
            }
        }
    };
    common.or_else(own).unwrap_or_default()
}

/// Reads a table. IRIs without a base are below `base`. A deed without an ID gets the one that follows from it.
pub(super) fn read(table: &str, base: &Base) -> Result<Vec<Row>, TsvError> {
    let table = table.strip_prefix('\u{feff}').unwrap_or(table);
    let lines = table.lines().map(|line| line.strip_suffix('\r').unwrap_or(line));
    let mut lines = (1..).zip(lines).filter(|(_, line)| !line.is_empty());
    let (number, head) = lines.next().unwrap_or((1, ""));
    let mut columns = Vec::new();
    for (at, name) in cells(head) {
        let column = COLUMNS.into_iter().find(|column| *column == name);
        columns.push(column.ok_or_else(|| TsvError {
            line: number,
            column: at,
            fault: TsvFault::UnknownColumn(name.to_owned()),
        })?);
    }
    for needed in ["id", "deed", "by", "at"] {
        if !columns.contains(&needed) {
            return Err(TsvError { line: number, column: 1, fault: TsvFault::NoColumn(needed) });
        }
    }
    lines.map(|(number, line)| read_line(number, line, &columns, base)).collect()
}

fn read_line(line: usize, text: &str, columns: &[&'static str], base: &Base) -> Result<Row, TsvError> {
    let cells = cells(text).collect::<Vec<_>>();
    if cells.len() != columns.len() {
        let fault = TsvFault::Cells { found: cells.len(), expected: columns.len() };
        return Err(TsvError { line, column: 1, fault });
    }
    let row = Cells { line, base, cells: columns.iter().copied().zip(cells).collect() };
    const DEEDS: &str = "correction, merge, rejection or renaming";
    let what = match row.text("deed").as_str() {
        MERGE => What::Merge(Merge { merged: row.iri("merged")?, kept: row.iri("kept")? }),
        CORRECTION => What::Correction(Box::new(row.correction()?)),
        REJECTION => What::Rejection(Rejection {
            actor: row.iri("thing")?,
            name: Some(row.text("name")).filter(|name| !name.is_empty()),
            articles: row.iris("articles")?,
        }),
        RENAMING => What::Renaming(Renaming { thing: row.iri("thing")?, name: row.filled("name")? }),
        _ => return Err(row.wrong("deed", DEEDS)),
    };
    const TIME: &str = "a time such as 2026-01-31T12:00:00Z";
    let undone = match (row.text("undone_by"), row.optional("undone_at", TIME)?) {
        (by, Some(at)) if !by.is_empty() => Some(Undone { by, at }),
        (by, None) if by.is_empty() => None,
        (by, _) => {
            return Err(row.error("undone_by", TsvFault::Empty(if by.is_empty() { "undone_by" } else { "undone_at" })));
        }
    };
    let (id, by, note) = (row.text("id"), row.filled("by")?, row.text("note"));
    let Some(at) = row.optional("at", TIME)? else { return Err(row.error("at", TsvFault::Empty("at"))) };
    if undone.as_ref().is_some_and(|undone| undone.at <= at) {
        return Err(row.wrong("undone_at", "a time after that in `at`"));
    }
    let note = Some(note).filter(|note| !note.is_empty());
    let mut deed = Deed { id, what, by, at, note, undone };
    if deed.id.is_empty() {
        deed.id = deed.digest(base);
    } else if !is_id(&deed.id) {
        return Err(row.wrong("id", "16 hexadecimal digits, or nothing"));
    }
    let things_at = row.at("things").map_or(1, |(at, _)| at);
    Ok(Row { line, deed, things: row.text("things"), things_at })
}

/// The cells of a line, each with its column's name and the character at which it begins.
struct Cells<'a> {
    line: usize,
    base: &'a Base,
    cells: Vec<(&'static str, (usize, &'a str))>,
}

impl Cells<'_> {
    fn correction(&self) -> Result<Correction, TsvError> {
        const DAY: &str = "a day such as 2022-03-28";
        const NUMBER: &str = "a number of characters";
        let statement = self.iri("statement")?;
        let (first, last) = (self.optional("not_before", DAY)?, self.optional("not_after", DAY)?);
        if first.zip(last).is_some_and(|(first, last)| last < first) {
            return Err(self.wrong("not_after", "a day that is not before not_before"));
        }
        let kind = match self.text("kind").as_str() {
            "" => None,
            name => {
                let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
                Some(kind.ok_or_else(|| self.wrong("kind", "direct, indirect or mixed"))?)
            }
        };
        let rejected = match self.text("rejected").as_str() {
            "" => false,
            YES => true,
            _ => return Err(self.wrong("rejected", "yes or nothing")),
        };
        let exact = self.filled("exact")?;
        let number = |column| {
            let number = self.optional(column, NUMBER)?;
            number.ok_or_else(|| self.error(column, TsvFault::Empty(column)))
        };
        let mut articles = self.iris("articles")?;
        if articles.is_empty() {
            const STATEMENT: &str = "one such as article/0123456789abcdef/statement/12-80";
            let article = statement.as_str().split_once("/statement/").map(|(article, _)| article);
            let article = article.ok_or_else(|| self.wrong("statement", STATEMENT))?;
            articles.push(NamedNode::new_unchecked(article));
        }
        Ok(Correction {
            articles,
            statement,
            anchor: Anchor {
                exact,
                prefix: self.text("prefix"),
                suffix: self.text("suffix"),
                start: number("start")?,
                end: number("end")?,
            },
            change: Amendment {
                actors: self.iris("actors")?,
                date: (first.is_some() || last.is_some()).then_some(Interval { first, last }),
                kind,
                rejected,
            },
        })
    }

    fn at(&self, column: &str) -> Option<(usize, &str)> {
        self.cells.iter().find(|(name, _)| *name == column).map(|(_, cell)| *cell)
    }

    /// What the cell says; nothing if there is none.
    fn text(&self, column: &str) -> String {
        self.at(column).map(|(_, cell)| unescape(cell)).unwrap_or_default()
    }

    /// What the cell says, which must be something.
    fn filled(&self, column: &'static str) -> Result<String, TsvError> {
        let text = self.text(column);
        if text.is_empty() { Err(self.error(column, TsvFault::Empty(column))) } else { Ok(text) }
    }

    fn optional<T: FromStr>(&self, column: &'static str, form: &'static str) -> Result<Option<T>, TsvError> {
        match self.text(column).as_str() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| self.wrong(column, form)),
        }
    }

    fn iri(&self, column: &'static str) -> Result<NamedNode, TsvError> {
        match self.iris(column)?.as_slice() {
            [] => Err(self.error(column, TsvFault::Empty(column))),
            [iri] => Ok(iri.clone()),
            _ => Err(self.wrong(column, "one IRI")),
        }
    }

    /// The IRIs, sorted.
    fn iris(&self, column: &'static str) -> Result<Vec<NamedNode>, TsvError> {
        let text = self.text(column);
        let iri =
            |iri: &str| self.base.resolve(iri).ok_or_else(|| self.wrong(column, "an IRI, or what follows the base"));
        let mut iris = text.split(' ').filter(|iri| !iri.is_empty()).map(iri).collect::<Result<Vec<_>, _>>()?;
        iris.sort();
        Ok(iris)
    }

    fn wrong(&self, column: &'static str, form: &'static str) -> TsvError {
        self.error(column, TsvFault::Value { column, value: self.text(column), form })
    }

    fn error(&self, column: &str, fault: TsvFault) -> TsvError {
        TsvError { line: self.line, column: self.at(column).map_or(1, |(at, _)| at), fault }
    }
}

/// The cells of a line with the character, from 1, at which each begins.
fn cells(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 1;
    line.split('\t').map(move |cell| {
        let begin = at;
        at += cell.chars().count() + 1;
        (begin, cell)
    })
}

const ESCAPES: [(char, char); 4] = [('\\', '\\'), ('\t', 't'), ('\n', 'n'), ('\r', 'r')];

fn escape(cell: &str) -> String {
    let mut escaped = String::with_capacity(cell.len());
    for c in cell.chars() {
        match ESCAPES.iter().find(|(plain, _)| *plain == c) {
            Some((_, letter)) => escaped.extend(['\\', *letter]),
            None => escaped.push(c),
        }
    }
    escaped
}

/// A backslash before another letter stays what it is.
fn unescape(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        let escape = ESCAPES.iter().find(|(_, letter)| c == '\\' && chars.peek() == Some(letter));
        match escape {
            Some((plain, _)) => {
                text.push(*plain);
                chars.next();
            }
            None => text.push(c),
        }
    }
    text
}
