//! An answer as one page of HTML that needs nothing else: no script, no font, no image, no connection.
//!
//! All that it shows may come from articles, which are not to be trusted: text is written by [`markup`] alone, which escapes
//! it, addresses lead to the web only, and the page itself forbids all that it does not hold.

mod links;
mod markup;
mod timeline;

use super::Error;
use super::answer::Answer;
use super::cells::head;
use super::language::Language;
use super::prepare::Prepared;
use super::rows::{Group, Grouping, Rows};
use super::series::{Series, is_number};
use crate::graph::clock;
use links::Links;
use markup::Escaped;
pub use markup::is_web_address;
use oxigraph::model::{Term, Variable};
use oxigraph::sparql::{QueryResults, QuerySolution};
use oxigraph::store::Store;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");
/// Nothing is loaded, and nothing is sent.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
/// So many bars a timeline may have.
const MOST_BARS: usize = 96;

/// Writes rows as a page, under headings or not. What the rows name is looked up in the store, so that names lead to Wikidata
/// and articles to their addresses.
///
/// # Errors
/// When the store cannot be read or `out` cannot be written.
pub fn write_page(rows: &Rows, by: Option<&Grouping>, store: &Store, out: &mut dyn Write) -> Result<(), Error> {
    let prepared = rows.prepared();
    let words = Words::of(prepared.language);
    write_head(prepared, out)?;
    let lines_by = by.filter(|by| by.unit.is_none());
    let series = rows.series(lines_by, None, MOST_BARS).ok().filter(|series| series.periods.len() > 1);
    if let Some(series) = &series {
        timeline::write(series, prepared.language, out)?;
    }
    let (count, is_cut) = (rows.len(), prepared.limit == Some(rows.len()));
    let (word, more) = (if count == 1 { words.row } else { words.rows }, if is_cut { words.more } else { "" });
    writeln!(out, "<p class=\"count\">{count} {word}{more}</p>")?;
    let groups = by.map(|by| rows.groups(by));
    let mut shown = rows.shown_with_values();
    shown.retain(|column| by.is_none_or(|by| by.unit.is_some() || *column != by.column));
    let mut body = Body { rows, shown, links: Links::new(store), anchors: Anchors::of(series.as_ref()) };
    match &groups {
        Some(groups) => body.write_groups(groups, out)?,
        None => body.write_rows(out)?,
    }
    if rows.table().rows.iter().flatten().any(|cell| cell.starts_with('≤')) {
        writeln!(out, "<p class=\"note\">{}</p>", Escaped(words.not_after))?;
    }
    write_foot(prepared, out)?;
    Ok(())
}

/// Writes yes or no as a page. It counts as one row.
///
/// # Errors
/// When `out` cannot be written, or the answer is another.
pub fn write_truth(answer: Answer, out: &mut dyn Write) -> Result<usize, Error> {
    let Answer { results: QueryResults::Boolean(value), prepared, .. } = answer else {
        return Err(Error::Form(answer.prepared.form()));
    };
    let prepared = &prepared;
    let words = Words::of(prepared.language);
    write_head(prepared, out)?;
    writeln!(out, "<p class=\"truth\">{}</p>", if value { words.yes } else { words.no })?;
    write_foot(prepared, out)?;
    Ok(1)
}

/// What the page says itself.
#[derive(Clone, Copy)]
struct Words {
    answer: &'static str,
    row: &'static str,
    rows: &'static str,
    more: &'static str,
    yes: &'static str,
    no: &'static str,
    not_after: &'static str,
    made: &'static str,
}

impl Words {
    fn of(language: Language) -> Self {
        match language {
            Language::Fr => Self {
                answer: "Réponse",
                row: "ligne",
                rows: "lignes",
                more: ", autant que la limite : il peut y en avoir d'autres",
                yes: "Oui",
                no: "Non",
                not_after: "≤ : ce jour-là au plus tard, qui est celui de la publication.",
                made: "Tiré d'articles de presse par",
            },
            Language::En => Self {
                answer: "Answer",
                row: "row",
                rows: "rows",
                more: ", as many as the limit: there may be more",
                yes: "Yes",
                no: "No",
                not_after: "≤: on that day at the latest, which is the day of publication.",
                made: "Drawn from news articles by",
            },
        }
    }
}

fn write_head(prepared: &Prepared, out: &mut dyn Write) -> io::Result<()> {
    let query = prepared.title.as_deref().filter(|title| !title.is_empty());
    let title = prepared.question.as_deref().or(query).unwrap_or(Words::of(prepared.language).answer);
    let title = with_capital(title);
    let language = prepared.language;
    writeln!(out, "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", Escaped(POLICY))?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(
        out,
        "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">"
    )?;
    writeln!(out, "<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>", Escaped(&title))?;
    if let Some(query) = query.filter(|query| *query != title) {
        writeln!(out, "<p class=\"query\">{}</p>", Escaped(query))?;
    }
    writeln!(out, "<h1 dir=\"auto\">{}</h1>", Escaped(&title))?;
    let understood: Vec<_> = prepared.understood.iter().filter(|(name, _)| name != "limit").collect();
    if !understood.is_empty() {
        writeln!(out, "<dl>")?;
        for (name, value) in understood {
            let name = head(name, language);
            writeln!(out, "<div><dt>{}</dt> <dd dir=\"auto\">{}</dd></div>", Escaped(&name), Escaped(value))?;
        }
        writeln!(out, "</dl>")?;
    }
    writeln!(out, "</header>\n<main>")
}

fn write_foot(prepared: &Prepared, out: &mut dyn Write) -> io::Result<()> {
    let (made, version, day) = (Words::of(prepared.language).made, env!("CARGO_PKG_VERSION"), clock::today());
    writeln!(out, "</main>\n<footer>\n<p>{} dixit {version}, {day}.</p>", Escaped(made))?;
    if let Some(command) = &prepared.again {
        writeln!(out, "<p><code>{}</code></p>", Escaped(command))?;
    }
    if !prepared.asks_nothing() {
        let sparql = prepared.sparql();
        writeln!(out, "<details><summary>SPARQL</summary><pre>{}</pre></details>", Escaped(&sparql))?;
    }
    writeln!(out, "</footer>\n</body>\n</html>")
}

/// A column as it is written.
struct Column {
    variable: Variable,
    /// Escaped.
    head: String,
    /// The attribute for how its cells look.
    class: &'static str,
}

/// The places to which the bars of a timeline lead: the first row of each period.
struct Anchors {
    /// The period of each row.
    periods: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Anchors {
    fn of(series: Option<&Series>) -> Self {
        let places = series.filter(|series| timeline::leads_to_rows(series));
        let periods = places.map(|series| series.periods_of_rows.clone()).unwrap_or_default();
        Self { periods, taken: vec![false; places.map_or(0, |series| series.periods.len())] }
    }

    /// The place that a row is, if it is the first of its period.
    fn take(&mut self, row: usize) -> Option<usize> {
        let period = self.periods.get(row).copied().flatten()?;
        (!std::mem::replace(&mut self.taken[period], true)).then_some(period)
    }
}

/// The rows of a page.
struct Body<'a> {
    rows: &'a Rows,
    shown: Vec<Variable>,
    links: Links<'a>,
    anchors: Anchors,
}

impl Body<'_> {
    fn write_rows(&mut self, out: &mut dyn Write) -> Result<(), Error> {
        let columns = self.columns();
        self.write_heads(&columns, out)?;
        writeln!(out, "<tbody>")?;
        for number in 0..self.rows.len() {
            self.write_row(number, &columns, out)?;
        }
        writeln!(out, "</tbody>\n</table>")?;
        Ok(())
    }

    /// One table for all, so that its columns stand below each other.
    fn write_groups(&mut self, groups: &[Group], out: &mut dyn Write) -> Result<(), Error> {
        let heading = |group: &Group| (Escaped(&group.name).to_string(), group.numbers.len());
        writeln!(out, "<nav><ul>")?;
        for (number, group) in groups.iter().enumerate() {
            let (name, count) = heading(group);
            writeln!(out, "<li><a href=\"#g{number}\" dir=\"auto\">{name}</a> <small>{count}</small></li>")?;
        }
        writeln!(out, "</ul></nav>")?;
        let columns = self.columns();
        self.write_heads(&columns, out)?;
        for (number, group) in groups.iter().enumerate() {
            let ((name, count), width) = (heading(group), columns.len().max(1));
            writeln!(
                out,
                "<tbody>\n<tr><th id=\"g{number}\" class=\"group\" scope=\"rowgroup\" colspan=\"{width}\" \
                 dir=\"auto\">{name} <small>{count}</small></th></tr>"
            )?;
            for number in &group.numbers {
                self.write_row(*number, &columns, out)?;
            }
            writeln!(out, "</tbody>")?;
        }
        writeln!(out, "</table>")?;
        Ok(())
    }

    fn columns(&self) -> Vec<Column> {
        let column = |variable: &Variable| Column {
            variable: variable.clone(),
            head: Escaped(&self.rows.head(variable)).to_string(),
            class: self.class(variable),
        };
        self.shown.iter().map(column).collect()
    }

    fn write_heads(&self, columns: &[Column], out: &mut dyn Write) -> io::Result<()> {
        write!(out, "<table>\n<thead><tr>")?;
        for column in columns {
            write!(out, "<th scope=\"col\"{}>{}</th>", column.class, column.head)?;
        }
        writeln!(out, "</tr></thead>")
    }

    fn write_row(&mut self, number: usize, columns: &[Column], out: &mut dyn Write) -> Result<(), Error> {
        match self.anchors.take(number) {
            Some(period) => write!(out, "<tr id=\"p{period}\">")?,
            None => write!(out, "<tr>")?,
        }
        let row = &self.rows.solutions[number];
        self.links.follow(row)?;
        for Column { variable, head, class } in columns {
            let language = language_of(row, variable);
            write!(out, "<td{class}{language} dir=\"auto\" data-head=\"{head}\">")?;
            self.write_cell(row, variable, out)?;
            write!(out, "</td>")?;
        }
        writeln!(out, "</tr>")?;
        Ok(())
    }

    fn write_cell(&self, row: &QuerySolution, column: &Variable, out: &mut dyn Write) -> io::Result<()> {
        let told = self.rows.told(row, column);
        let own = match row.get(column) {
            Some(Term::NamedNode(iri)) if is_web_address(iri.as_str()) => Some(iri.as_str()),
            _ => None,
        };
        let article = || self.links.article().filter(|_| column.as_str() == "article");
        match own.or_else(article) {
            Some(address) => markup::write_link(&told, address, out),
            None if told.is_empty() => Ok(()),
            None if self.rows.cell(row, column).is_none() => {
                write!(out, "<span class=\"nothing\">{}</span>", Escaped(&told))
            }
            None => self.links.write_names(&told, out),
        }
    }

    /// The attribute for how the cells of a column look.
    fn class(&self, column: &Variable) -> &'static str {
        let mut values = self.rows.solutions.iter().filter_map(|row| row.get(column));
        match values.clone().next() {
            None => "",
            Some(Term::Literal(literal)) if literal.language().is_some() => " class=\"words\"",
            Some(Term::NamedNode(_)) => " class=\"address\"",
            Some(_) if values.all(is_number) => " class=\"number\"",
            Some(_) if self.rows.holds_dates(column) => " class=\"date\"",
            Some(_) => "",
        }
    }
}

/// A question as the title of a page.
fn with_capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// The attribute for the language of a text.
fn language_of(row: &QuerySolution, column: &Variable) -> String {
    match row.get(column) {
        Some(Term::Literal(literal)) => {
            literal.language().map(|tag| format!(" lang=\"{}\"", Escaped(tag))).unwrap_or_default()
        }
        _ => String::new(),
    }
}
