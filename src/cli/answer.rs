//! What the commands that answer share: how an answer is printed.

use super::chart::{self, Drawing, Signs};
use super::open::Page;
use super::pager::{Paging, Screen};
use super::reading;
use super::{Global, Outcome, WrongUsage, table};
use clap::{Args, ValueEnum};
use dixit::graph::{Choice, ExportFormat, Extent, Profile, Store, Texts, export};
use dixit::query::names::Names;
use dixit::query::{self, Answer, Form, Format, Grouping, KnownEntities, Language, Prepared, Rows, Unit, format, page};
use std::cell::Cell;
use std::io::{BufWriter, Write};
use std::time::Duration;

/// How an answer is shown.
#[derive(Args)]
pub struct Output {
    /// Form of the answer, on a terminal or not
    #[arg(long, value_enum, default_value = "table", default_value_if("open", "true", "html"))]
    pub format: OutputFormat,
    /// Write the answer as a page of HTML to a temporary file, open it in the browser and print its path
    #[arg(long)]
    open: bool,
    /// Show the rows under a heading for each value of this column, with their number; a date gives `month` and `year`, too
    #[arg(long, value_name = "COLUMN")]
    group_by: Option<String>,
    /// Periods of a chart; by default the finest that fits
    #[arg(long, value_enum, value_name = "PERIOD")]
    period: Option<Period>,
    /// Whether to show the answer through a pager (DIXIT_PAGER, PAGER, or else less): `auto` does where it is longer than
    /// the screen
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pager: Paging,
    /// Language of heads and names, `fr` or `en`; by default the question's, or else the environment's (LANG)
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<Language>,
}

/// The forms of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// Fits the terminal (or COLUMNS, or 100 columns); a graph as Turtle
    Table,
    /// Bars for counts over time, or a sparkline for each topic, actor and so on where there are several (--group-by)
    Chart,
    /// A table in Markdown
    Markdown,
    /// One page of HTML that needs nothing else, with links, and a timeline where rows have dates
    Html,
    /// SPARQL results as CSV
    Csv,
    /// SPARQL results as TSV
    Tsv,
    /// SPARQL results as JSON
    Json,
    /// SPARQL results as XML
    Xml,
    /// The graph, or the statements in the rows with all that belongs to them, as `dixit export` writes them
    Turtle,
    /// The same as JSON-LD
    Jsonld,
    /// The same, a triple a line
    Ntriples,
    /// The same, a quad a line: each article in its graph
    Nquads,
    /// The same with each article in its graph, for people
    Trig,
    /// The same for tools that read no other form
    Rdfxml,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Period {
    Day,
    Month,
    Year,
}

impl Period {
    fn unit(self) -> Unit {
        match self {
            Self::Day => Unit::Day,
            Self::Month => Unit::Month,
            Self::Year => Unit::Year,
        }
    }
}

impl OutputFormat {
    /// As what the library writes rows; tables are drawn here.
    fn of_rows(self) -> Option<Format> {
        match self {
            Self::Csv => Some(Format::Csv),
            Self::Tsv => Some(Format::Tsv),
            Self::Json => Some(Format::Json),
            Self::Xml => Some(Format::Xml),
            _ => None,
        }
    }

    /// As what graphs are written.
    fn of_graph(self) -> Option<ExportFormat> {
        match self {
            Self::Turtle => Some(ExportFormat::Turtle),
            Self::Jsonld => Some(ExportFormat::JsonLd),
            Self::Ntriples => Some(ExportFormat::NTriples),
            Self::Nquads => Some(ExportFormat::NQuads),
            Self::Trig => Some(ExportFormat::TriG),
            Self::Rdfxml => Some(ExportFormat::RdfXml),
            _ => None,
        }
    }
}

impl Output {
    /// The language that was asked for, or that of the environment.
    pub fn language(&self) -> Language {
        self.language.unwrap_or_else(|| Language::from_environment(|name| std::env::var(name).ok()))
    }

    /// Whether an answer of this query can be shown so, which is to be known before it is sought.
    pub fn check(&self, form: Form) -> anyhow::Result<()> {
        let fits = match form {
            Form::Rows => true,
            Form::Truth => self.format != OutputFormat::Chart && self.format.of_graph().is_none(),
            Form::Graph => self.format == OutputFormat::Table || self.format.of_graph().is_some(),
        };
        if !fits {
            return Err(query::Error::Form(form).into());
        }
        let has_headings = self.format.of_rows().is_none() && self.format.of_graph().is_none();
        if self.group_by.is_some() && !(has_headings && form == Form::Rows) {
            return Err(WrongUsage("--group-by goes with rows in --format table, chart, markdown or html").into());
        }
        if self.open && self.format != OutputFormat::Html {
            return Err(WrongUsage("--open goes with --format html, which need not be said").into());
        }
        if self.period.is_some() && self.format != OutputFormat::Chart {
            return Err(WrongUsage("--period goes with --format chart").into());
        }
        Ok(())
    }

    /// Prints an answer and counts its rows.
    pub fn print(&self, answer: Answer, store: &Store, lines: table::Lines, global: &Global) -> anyhow::Result<usize> {
        let printer =
            Printer { output: self, store, lines, is_colored: global.color.on_stdout(), undated: Cell::new(0) };
        if self.open {
            let mut page = Page::new()?;
            let rows = printer.write(answer, &mut page)?;
            println!("{}", page.open()?.display());
            return Ok(rows);
        }
        let mut screen = Screen::new(self.pager);
        let mut out = BufWriter::new(&mut screen);
        let written = printer.write(answer, &mut out).and_then(|rows| Ok(out.flush().map(|()| rows)?));
        drop(out);
        // That the pager did not run says more than that it did not read.
        screen.finish()?;
        let undated = printer.undated.get();
        if undated > 0 && !global.quiet {
            eprintln!("{undated} without a date: not in the chart");
        }
        written
    }
}

/// Writes answers.
struct Printer<'a> {
    output: &'a Output,
    store: &'a Store,
    lines: table::Lines,
    is_colored: bool,
    /// How many were left out of a chart.
    undated: Cell<u64>,
}

impl Printer<'_> {
    fn write(&self, answer: Answer, out: &mut dyn Write) -> anyhow::Result<usize> {
        let (form, format) = (answer.prepared().form(), self.output.format);
        let by = self.output.group_by.as_deref().map(|name| answer.grouping(name)).transpose()?;
        Ok(match (form, format.of_graph()) {
            (Form::Graph, graph) => {
                format::write_graph(answer, graph.unwrap_or(ExportFormat::Turtle), self.store.base(), out)?
            }
            (_, Some(format)) => self.write_statements(answer, format, out)?,
            (Form::Truth, None) if format == OutputFormat::Html => page::write_truth(answer, out)?,
            (Form::Truth, None) => format::write(answer, format.of_rows().unwrap_or(Format::Markdown), out)?,
            (Form::Rows, None) => match format.of_rows() {
                Some(format) => format::write(answer, format, out)?,
                None => self.write_rows(&Rows::read(answer)?, by.as_ref(), out)?,
            },
        })
    }

    /// Writes rows for people.
    fn write_rows(&self, rows: &Rows, by: Option<&Grouping>, out: &mut dyn Write) -> anyhow::Result<usize> {
        match self.output.format {
            OutputFormat::Markdown => format::write_markdown(rows, by, out)?,
            OutputFormat::Html => page::write_page(rows, by, self.store.query_store(), out)?,
            _ if rows.is_empty() => {}
            OutputFormat::Chart => self.write_chart(rows, by, out)?,
            _ => match by {
                None => writeln!(out, "{}", table::draw(&rows.table(), self.lines, table::width()))?,
                Some(by) => table::write_groups(&rows.groups(by), self.lines, self.is_colored, out)?,
            },
        }
        Ok(rows.len())
    }

    fn write_chart(&self, rows: &Rows, by: Option<&Grouping>, out: &mut dyn Write) -> anyhow::Result<()> {
        let (width, unit) = (table::width(), self.output.period.map(Period::unit));
        let has_bars = rows.series(by, unit, chart::MOST_BARS)?.by.is_none();
        let most = if has_bars { chart::MOST_BARS } else { chart::most_periods(width) };
        let series = rows.series(by, unit, most)?;
        let signs = Signs::of_environment(|name| std::env::var(name).ok());
        let language = rows.prepared().language;
        Drawing { signs, width, is_colored: self.is_colored, language }.write(&series, out)?;
        self.undated.set(series.undated);
        Ok(())
    }

    /// Writes the statements that the rows name, with all that belongs to them.
    fn write_statements(&self, answer: Answer, format: ExportFormat, out: &mut dyn Write) -> anyhow::Result<usize> {
        let rows = Rows::read(answer)?;
        let choice = Choice { among: Some(rows.iris()), ..Choice::default() };
        if !rows.is_empty() && choice.count(self.store)? == 0 {
            return Err(query::Error::Form(Form::Rows).into());
        }
        let extent = Extent { texts: Texts::LeftOut, profile: Profile::All, choice: Some(choice) };
        export(self.store, format, extent, out)?;
        Ok(rows.len())
    }
}

/// How long it may take to say why an answer is empty, where nothing else is said.
const PATIENCE: Duration = Duration::from_secs(2);

/// Runs a saved query with the arguments that are given, and prints the answer.
pub fn saved<const N: usize>(
    name: &str,
    arguments: [(&str, Option<String>); N],
    output: &Output,
    global: &Global,
) -> anyhow::Result<Outcome> {
    let store = reading::open(&global.store)?;
    let (graph, table, language) = (store.query_store(), KnownEntities::new(store.base()), output.language());
    let given = arguments.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let names = Names::new(graph, &table, language);
    let prepared = query::prepare(query::find(name)?, &given.collect::<Vec<_>>(), &names, language)?;
    output.check(prepared.form())?;
    print(query::run(graph, prepared)?, output, &store, PATIENCE, global)
}

/// Prints an answer: rows on standard output; on standard error what the reader should know besides. Why there are none is
/// looked for with `patience`.
pub fn print(
    answer: Answer,
    output: &Output,
    store: &Store,
    patience: Duration,
    global: &Global,
) -> anyhow::Result<Outcome> {
    let prepared = answer.prepared().clone();
    let rows = output.print(answer, store, table::Lines::All, global)?;
    if !global.quiet {
        remark(rows, &prepared, store, patience);
    }
    Ok(Outcome::Done)
}

/// Says that there are no rows and why, or that there may be more.
fn remark(rows: usize, prepared: &Prepared, store: &Store, patience: Duration) {
    if prepared.form() != Form::Rows {
        return;
    }
    if rows == 0 {
        eprintln!("no rows {}", understood(prepared));
        for reason in query::why_empty(store.query_store(), prepared, patience) {
            eprintln!("- {reason}");
        }
    } else if prepared.limit == Some(rows) {
        let word = if rows == 1 { "row" } else { "rows" };
        eprintln!("{rows} {word}, as many as the limit: there may be more (--limit N)");
    }
}

/// The parameters as they were understood, for a message.
pub fn understood(prepared: &Prepared) -> String {
    let list: Vec<String> = prepared.understood.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    format!("({})", list.join(", "))
}
