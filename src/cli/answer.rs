//! What `ask` and `query` share: opening the store, and printing an answer.

use super::{Global, Outcome, table};
use clap::{Args, ValueEnum};
use dixit::graph::Store;
use dixit::query::names::Names;
use dixit::query::{self, Answer, Format, KnownEntities, Language, Prepared, Table};
use std::io::{self, BufWriter, Write};

/// How an answer is shown.
#[derive(Args)]
pub struct Output {
    /// Form of the rows, on a terminal or not; a graph (CONSTRUCT, DESCRIBE) is printed as Turtle
    #[arg(long, value_enum, default_value = "table")]
    pub format: OutputFormat,
    /// Language of heads and names, `fr` or `en`; by default the question's, or else the environment's (LANG)
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<Language>,
}

/// The forms of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// Fits the terminal (or COLUMNS, or 100 columns)
    Table,
    /// SPARQL results as CSV
    Csv,
    /// SPARQL results as TSV
    Tsv,
    /// SPARQL results as JSON
    Json,
    /// SPARQL results as XML
    Xml,
    /// A table in Markdown
    Markdown,
}

impl OutputFormat {
    /// The format of the library; the table is drawn here.
    fn of_library(self) -> Option<Format> {
        match self {
            Self::Table => None,
            Self::Csv => Some(Format::Csv),
            Self::Tsv => Some(Format::Tsv),
            Self::Json => Some(Format::Json),
            Self::Xml => Some(Format::Xml),
            Self::Markdown => Some(Format::Markdown),
        }
    }
}

impl Output {
    /// The language that was asked for, or that of the environment.
    pub fn language(&self) -> Language {
        self.language.unwrap_or_else(|| Language::from_environment(|name| std::env::var(name).ok()))
    }
}

/// Runs a saved query with the arguments that are given, and prints the answer.
pub fn saved<const N: usize>(
    name: &str,
    arguments: [(&str, Option<String>); N],
    output: &Output,
    global: &Global,
) -> anyhow::Result<Outcome> {
    let store = Store::open(&global.store)?;
    let (graph, table, language) = (store.query_store(), KnownEntities::new(store.base()), output.language());
    let given = arguments.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let names = Names::new(graph, &table, language);
    let prepared = query::prepare(query::find(name)?, &given.collect::<Vec<_>>(), &names, language)?;
    print(query::run(graph, prepared)?, output, global)
}

/// Prints an answer: rows on standard output; on standard error what the reader should know besides.
pub fn print(answer: Answer, output: &Output, global: &Global) -> anyhow::Result<Outcome> {
    let prepared = answer.prepared().clone();
    let mut out = BufWriter::new(io::stdout().lock());
    let rows = write(answer, output.format, &mut out)?;
    out.flush()?;
    if !global.quiet {
        remark(rows, &prepared);
    }
    Ok(Outcome::Done)
}

/// Writes an answer and counts its rows.
pub fn write(answer: Answer, format: OutputFormat, out: &mut dyn Write) -> Result<usize, query::Error> {
    match format.of_library() {
        Some(format) => query::format::write(answer, format, out),
        None if answer.prepared().gives_rows() => {
            let table = Table::read(answer)?;
            if !table.rows.is_empty() {
                writeln!(out, "{}", table::draw(&table, table::width()))?;
            }
            Ok(table.rows.len())
        }
        None => query::format::write(answer, Format::Markdown, out),
    }
}

/// Says that there are no rows, or that there may be more.
fn remark(rows: usize, prepared: &Prepared) {
    if rows == 0 && prepared.gives_rows() {
        eprintln!("no rows {}", understood(prepared));
    } else if prepared.limit == Some(rows) {
        eprintln!("{rows} rows, as many as the limit: there may be more (dixit query … limit=N)");
    }
}

/// The parameters as they were understood, for a message.
pub fn understood(prepared: &Prepared) -> String {
    let list: Vec<String> = prepared.understood.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    format!("({})", list.join(", "))
}
