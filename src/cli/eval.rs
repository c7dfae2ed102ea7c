//! `dixit eval`.

use super::batch::Input;
use super::confidence::MinConfidence;
use super::{Global, Outcome, table};
use clap::{Args, ValueEnum};
use dixit::article::Article;
use dixit::entity::Entities;
use dixit::eval::{
    self, AtConfidence, Band, Comparison, Counts, Fault, Gold, Judged, Mistake, Names, Prediction, Sheet,
};
use dixit::extract::{extract, records};
use dixit::query::Table;
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

/// Measure the extractor on articles whose statements people have marked (docs/gold.md)
#[derive(Args)]
pub struct Eval {
    /// What people found: one article a line, as JSON
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// Files and folders with the texts of these articles
    #[arg(required = true, value_name = "TEXTS")]
    texts: Vec<PathBuf>,
    /// List what was missed, surplus or wrong, too
    #[arg(long)]
    errors: bool,
    /// How to print the figures
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Measure these statements, written as `dixit extract` does, instead of extracting
    #[arg(long, value_name = "FILE")]
    predicted: Option<PathBuf>,
    #[command(flatten)]
    least: MinConfidence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables for people
    Table,
    /// One JSON object
    Json,
}

impl Eval {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let entities = global.entities()?;
        let sheets = match self.sheets(entities, global)? {
            Ok(sheets) => sheets,
            Err(errors) => {
                errors.iter().for_each(|error| eprintln!("dixit: {error}"));
                return Ok(Outcome::Partial);
            }
        };
        let names = Names::of(entities);
        let articles: Vec<Comparison> = sheets.iter().map(|sheet| sheet.compare(self.least.min_confidence)).collect();
        let judged = eval::judged(&articles, &names);
        let report = Report {
            counts: Counts::of(&articles, &names),
            bands: eval::bands(&judged),
            at_confidence: self.tradeoff(&judged, &sheets, &names),
            mistakes: self.errors.then(|| articles.iter().flat_map(|a| eval::mistakes(a, &names)).collect()),
        };
        let output = match self.format {
            Format::Table => report.tables(table::width()),
            Format::Json => serde_json::to_string_pretty(&report.json())? + "\n",
        };
        io::stdout().write_all(output.as_bytes())?;
        Ok(Outcome::Done)
    }

    /// The gold beside what was found.
    fn sheets(&self, entities: &Entities, global: &Global) -> anyhow::Result<Result<Vec<Sheet>, Vec<eval::EvalError>>> {
        let gold = match Gold::read(&self.gold) {
            Ok(gold) => gold,
            Err(errors) => return Ok(Err(errors)),
        };
        let given = match self.predicted.as_deref().map(Prediction::read).transpose() {
            Ok(given) => given,
            Err(errors) => return Ok(Err(errors)),
        };
        let wanted: HashSet<String> = gold.articles.iter().map(|article| article.name.clone()).collect();
        let (mut texts, mut found, mut without_gold) = (HashMap::new(), Vec::new(), 0);
        let work = |article: Article| {
            let name = eval::base_name(&article.name).to_owned();
            let asked = wanted.contains(&name);
            let statements = if asked && given.is_none() { extract(&article, entities) } else { Vec::new() };
            let found: Vec<Prediction> = records(&article, &statements, entities).map(Prediction::from).collect();
            (name, article.text, asked, found)
        };
        // The gold often lies beside the texts.
        let except = std::iter::once(&self.gold).chain(&self.predicted).cloned().collect();
        Input::of(&self.texts, except).in_order(global, None, work, |done, progress| {
            let Ok((name, text, asked, statements)) = done else { return Ok(()) };
            progress.step(statements.len());
            if !asked {
                without_gold += 1;
                return Ok(());
            }
            found.extend(statements);
            if texts.insert(name.clone(), text).is_some() {
                anyhow::bail!("{name}: two texts have this name: name the folder of one of them only");
            }
            Ok(())
        })?;
        if without_gold > 0 && !global.quiet {
            eprintln!("left out: {without_gold} articles that the gold does not name");
        }
        Ok(eval::sheets(gold, &texts, given.unwrap_or(found)))
    }

    /// Nothing where nothing says how far it is to be trusted, or where the user has chosen already.
    fn tradeoff(&self, judged: &[Judged], sheets: &[Sheet], names: &Names) -> Vec<AtConfidence> {
        if judged.is_empty() || self.least.min_confidence.is_some() {
            return Vec::new();
        }
        eval::at_confidence(sheets, names)
    }
}

/// All that is to be told.
struct Report {
    counts: Counts,
    bands: Vec<Band>,
    at_confidence: Vec<AtConfidence>,
    /// `None` unless they were asked for.
    mistakes: Option<Vec<Mistake>>,
}

impl Report {
    fn tables(&self, width: u16) -> String {
        let mut out = format!("{}\n", table::draw(&self.measures(), table::Lines::Few, width));
        if !self.bands.is_empty() {
            let error = eval::calibration_error(&self.bands);
            let _ = write!(
                out,
                "\nWhether confidence means what it says (right: content and speaker):\n{}\ncalibration error: {error:.3}\n",
                table::draw(&reliability(&self.bands), table::Lines::Few, width)
            );
        }
        if !self.at_confidence.is_empty() {
            let drawn = table::draw(&tradeoff(&self.at_confidence), table::Lines::Few, width);
            let _ = write!(out, "\nWhat --min-confidence leaves:\n{drawn}\n");
        }
        if let Some(mistakes) = &self.mistakes {
            Fault::ALL.iter().for_each(|fault| list(*fault, mistakes, &mut out));
        }
        out
    }

    fn measures(&self) -> Table {
        let row = |m: eval::Measure| {
            let count = m.share.map(|s| format!("{} of {}", s.part, s.whole)).unwrap_or_default();
            let value = if m.share.is_some_and(|s| s.whole == 0) { "–".into() } else { format!("{:.3}", m.value) };
            vec![m.title, value, count]
        };
        Table {
            heads: heads(&["measure", "value", "count"]),
            rows: self.counts.measures().into_iter().map(row).collect(),
        }
    }

    /// The names of the measures are stable; a share has its counts besides.
    fn json(&self) -> Value {
        let mut measures = Map::new();
        measures.insert("gold".to_owned(), self.counts.gold.into());
        measures.insert("predicted".to_owned(), self.counts.predicted.into());
        let mut counts = Map::new();
        for measure in self.counts.measures() {
            if let Some(share) = measure.share {
                counts.insert(measure.name.clone(), json!([share.part, share.whole]));
            }
            measures.insert(measure.name, measure.value.into());
        }
        let mut report = json!({
            "measures": measures,
            "counts": counts,
            "reliability": {"bands": self.bands, "calibration_error": eval::calibration_error(&self.bands)},
            "at_confidence": self.at_confidence,
        });
        if let Some(mistakes) = &self.mistakes {
            report["errors"] = json!(mistakes);
        }
        report
    }
}

fn heads(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn reliability(bands: &[Band]) -> Table {
    let row = |b: &Band| {
        let end = if b.to == 1.0 { "1".to_owned() } else { format!("below {}", b.to) };
        let band = format!("{} to {end}", b.from);
        vec![band, b.statements.to_string(), format!("{:.3}", b.confidence), format!("{:.3}", b.right)]
    };
    let heads = heads(&["confidence", "statements", "mean", "share right"]);
    Table { heads, rows: bands.iter().map(row).collect() }
}

fn tradeoff(rows: &[AtConfidence]) -> Table {
    let row = |r: &AtConfidence| {
        let share = |value: f64| format!("{value:.3}");
        vec![r.least.to_string(), r.statements.to_string(), share(r.precision), share(r.recall), share(r.right)]
    };
    let heads = heads(&["at least", "statements", "precision", "recall", "share right"]);
    Table { heads, rows: rows.iter().map(row).collect() }
}

/// The mistakes of one sort: place and names in one line, the words in the next.
fn list(fault: Fault, mistakes: &[Mistake], out: &mut String) {
    let of_fault: Vec<&Mistake> = mistakes.iter().filter(|m| m.fault == fault).collect();
    if of_fault.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{} ({})", fault.title(), of_fault.len());
    for mistake in of_fault {
        let (wanted, found) = (names(&mistake.wanted), names(&mistake.found));
        let who = match fault {
            Fault::Missed => wanted,
            Fault::Surplus => found,
            _ => format!("{found}, not {wanted}"),
        };
        let place = format!("{}, {} ({}): {who}", mistake.article, mistake.start, mistake.kind);
        let words = mistake.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "  {}\n      {}", table::plain(&place), table::plain(&words));
    }
}

fn names(list: &[String]) -> String {
    if list.is_empty() { "none".to_owned() } else { list.join(", ") }
}
