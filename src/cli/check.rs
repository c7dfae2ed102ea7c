//! `dixit check`.

use super::reading;
use super::{Global, Outcome};
use clap::{Args, ValueEnum};
use dixit::graph::check::{self, Finding, Severity};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

/// Check that the graph keeps its rules: complete statements, evidence that quotes the text, …
///
/// Each rule is a SPARQL query of ontology/checks/ that finds what breaks it; the database of the store is checked, too. Exit
/// status: 0 all is well, 1 something is not.
#[derive(Args)]
pub struct Check {
    /// Check this file instead of the store: N-Quads, TriG, Turtle, N-Triples, RDF/XML or JSON-LD, by its ending
    #[arg(long, value_name = "GRAPH")]
    file: Option<PathBuf>,
    /// Most examples to print of what breaks a rule
    #[arg(long, value_name = "N", default_value_t = 5)]
    examples: usize,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Check {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let (damage, findings) = match &self.file {
            Some(path) => (None, check::check(&check::load(path)?, self.examples)?),
            None => {
                let store = reading::open(&global.store)?;
                let graph = store.query_store();
                let (validated, findings) =
                    rayon::join(|| check::validate(graph), || check::check(graph, self.examples));
                (validated.err().map(|error| error.to_string()), findings?)
            }
        };
        let report = Report::new(damage, &findings);
        let mut output = match self.format {
            Format::Text => report.list(),
            Format::Json => serde_json::to_string_pretty(&report)?,
        };
        output.push('\n');
        io::stdout().write_all(output.as_bytes())?;
        Ok(if report.conforms { Outcome::Done } else { Outcome::Partial })
    }
}

/// What was found, as it is printed.
#[derive(Serialize)]
struct Report<'a> {
    /// Whether no rule is broken, but for warnings, and the database is whole.
    conforms: bool,
    /// What is wrong with the database.
    damage: Option<String>,
    rules: Vec<Line<'a>>,
}

/// A rule with what breaks it.
#[derive(Serialize)]
struct Line<'a> {
    rule: &'a str,
    title: &'a str,
    severity: &'static str,
    why: &'a str,
    count: usize,
    examples: Vec<BTreeMap<&'a str, &'a str>>,
    #[serde(skip)]
    finding: &'a Finding,
}

impl<'a> Report<'a> {
    fn new(damage: Option<String>, findings: &'a [Finding]) -> Self {
        let broken = |finding: &Finding| finding.count > 0 && finding.rule.severity == Severity::Violation;
        let line = |finding: &'a Finding| Line {
            rule: finding.rule.name,
            title: &finding.rule.title,
            severity: finding.rule.severity.name(),
            why: &finding.rule.why,
            count: finding.count,
            examples: finding.examples.iter().map(|row| row.iter().map(|(k, v)| (&**k, &**v)).collect()).collect(),
            finding,
        };
        Self {
            conforms: damage.is_none() && !findings.iter().any(broken),
            damage,
            rules: findings.iter().map(line).collect(),
        }
    }

    /// A line for each rule with its count; below a broken one why it is a rule, and examples of what breaks it.
    fn list(&self) -> String {
        let mut list = String::new();
        if let Some(damage) = &self.damage {
            let _ = writeln!(list, "the database is damaged: {damage}");
        }
        let width = self.rules.iter().map(|line| line.rule.len()).max().unwrap_or(0);
        let digits = self.rules.iter().map(|line| line.count.to_string().len()).max().unwrap_or(0);
        for line in &self.rules {
            let _ = writeln!(list, "{:>digits$}  {:width$}  {}", line.count, line.rule, line.title);
            if line.count == 0 {
                continue;
            }
            let indent = " ".repeat(digits + 2);
            let _ = writeln!(list, "{indent}{}: {}", line.severity, line.why);
            for row in &line.finding.examples {
                let cells: Vec<_> = row.iter().map(|(name, value)| format!("{name} {}", short(value))).collect();
                let _ = writeln!(list, "{indent}- {}", cells.join(", "));
            }
            let more = line.count - line.finding.examples.len();
            if more > 0 {
                let _ = writeln!(list, "{indent}- and {more} more");
            }
        }
        let broken = self.rules.iter().filter(|line| line.count > 0).count();
        let _ = write!(list, "{broken} of {} rules are broken", self.rules.len());
        list
    }
}

/// Most characters of a value that are shown.
const SHOWN: usize = 120;

/// A value on one line, and not too long.
fn short(value: &str) -> String {
    let line: String = value.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if value.chars().nth(SHOWN).is_some() { line + "…" } else { line }
}
