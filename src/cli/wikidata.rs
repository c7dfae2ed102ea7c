//! `dixit wikidata`.

use super::progress::Progress;
use super::stop::Stop;
use super::{Global, Outcome, table};
use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use dixit::article::Meter;
use dixit::entity::Entities;
use dixit::entity::base::{Base, Candidate, Kind, LookUp, Manifest};
use dixit::entity::wikidata::{Built, Classes, Options, Source, Told, build};
use dixit::query::Table;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Make a knowledge base from a dump of Wikidata or a table of your own, and look things up in it
#[derive(Args)]
pub struct Wikidata {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(Build),
    Find(Find),
}

/// Make a knowledge base from a JSON dump, such as latest-all.json.gz, or from a table of your own
///
/// Kept are the entities of the classes in a table: persons with offices or of certain occupations, states and places,
/// organisations, media, treaties, conflicts and other topics. The dump is read once, in a stream. Ctrl-C stops after
/// what is at hand, and --resume goes on there. A table (TSV) has a row for each entity, with the columns item, kind, fr, en,
/// aliases, note, offices, country, broader, web and gender; all its rows are kept.
#[derive(Args)]
struct Build {
    /// The dump or table, packed with gzip, bzip2 or zstd or not; `-` is standard input
    #[arg(value_name = "DUMP")]
    dump: PathBuf,
    /// Folder for the knowledge base, new or empty
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Languages of names and descriptions, the first ones first
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "fr,en", value_parser = language)]
    languages: Vec<String>,
    /// Table of the classes of a dump that are kept, in place of the one in the program
    #[arg(long, value_name = "FILE")]
    classes: Option<PathBuf>,
    /// Go on with what was broken off
    #[arg(long)]
    resume: bool,
}

/// Print what a name may mean in the knowledge base of --kb, or in the program without one; the likeliest comes first
#[derive(Args)]
struct Find {
    /// A name, an item (Q7747), or the address of a site
    name: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Most entities to print
    #[arg(long, value_name = "N", default_value = "20")]
    limit: NonZeroUsize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One entity a row
    Table,
    /// All that is kept of each entity, one a line
    Jsonl,
}

/// Faults of lines that are told each; of more only the number.
const TOLD: u64 = 20;

impl Wikidata {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        match self.command {
            Command::Build(build) => build.run(global),
            Command::Find(find) => find.run(global),
        }
    }
}

impl Build {
    fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let classes = self.classes.as_deref().map_or_else(|| Ok(Classes::embedded()), read_classes)?;
        let meter = Arc::new(Meter::default());
        let total = || fs::metadata(&self.dump).ok().map(|file| file.len());
        let mut progress = Progress::of(["lines", "kept"], global, Arc::clone(&meter), total);
        let mut faults = 0;
        let source = Source::open(&self.dump, meter)?;
        if self.classes.is_some() && source.is_table() {
            bail!("{}: of a table of entities all rows are kept: leave --classes away", self.dump.display());
        }
        let options =
            Options { languages: self.languages, classes: &classes, resume: self.resume, stop: &Stop::is_asked };
        Stop::heed();
        let built = build(source, &self.out, &options, |told| match told {
            Told::Read { lines, kept } => progress.add([lines as usize, kept as usize]),
            Told::Sorting => progress.note("putting the names in order"),
            Told::Fault(fault) => {
                faults += 1;
                if faults <= TOLD || global.verbose {
                    progress.say(&format!("dixit: {fault}"));
                }
            }
        });
        drop(progress);
        if faults > TOLD && !global.verbose {
            eprintln!("dixit: {} more lines were passed over; --verbose tells them all", faults - TOLD);
        }
        match built? {
            Built::Stopped { lines } => {
                eprintln!("dixit: stopped after line {lines}; go on with --resume");
                Ok(Outcome::Stopped)
            }
            Built::Finished(manifest) => {
                if !global.quiet {
                    eprintln!("{}: {}", self.out.display(), summary(&manifest));
                }
                Ok(if faults == 0 { Outcome::Done } else { Outcome::Partial })
            }
        }
    }
}

/// "12 entities (4 persons, …), 60 names".
fn summary(manifest: &Manifest) -> String {
    let entities = if manifest.entities == 1 { "entity" } else { "entities" };
    let kinds = Kind::ALL.map(|kind| (kind, manifest.count(kind))).into_iter().filter(|(_, count)| *count > 0);
    let kinds: Vec<String> = kinds.map(|(kind, count)| format!("{count} {}", plural(kind, count))).collect();
    format!("{} {entities} ({}), {} names", manifest.entities, kinds.join(", "), manifest.names)
}

fn plural(kind: Kind, count: u32) -> String {
    match (kind, count) {
        (_, 1) => kind.as_str().to_owned(),
        (Kind::Country, _) => "countries".to_owned(),
        _ => format!("{}s", kind.as_str()),
    }
}

/// Reads a table of classes of the user's own.
fn read_classes(path: &Path) -> anyhow::Result<Classes> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    // Tables live as long as the program, and this one is read once.
    Ok(Classes::parse(path.display().to_string().leak(), text.leak())?)
}

/// A code of a language as Wikidata has them.
fn language(text: &str) -> Result<String, String> {
    let fits = text.len() >= 2 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if fits {
        Ok(text.to_owned())
    } else {
        Err("write codes such as fr or zh-hant, with commas between them".to_owned())
    }
}

impl Find {
    fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let found = match &global.kb {
            Some(folder) => Base::open(folder)?.candidates(&self.name, self.limit.get())?,
            None => Entities::embedded().candidates(&self.name, self.limit.get())?,
        };
        let mut out = BufWriter::new(io::stdout().lock());
        match self.format {
            Format::Jsonl => {
                for candidate in &found {
                    serde_json::to_writer(&mut out, candidate)?;
                    out.write_all(b"\n")?;
                }
            }
            Format::Table if !found.is_empty() => {
                let heads = ["item", "kind", "name", "description", "wikis", "found by"].map(str::to_owned).to_vec();
                let rows = found.iter().map(row).collect();
                writeln!(out, "{}", table::draw(&Table { heads, rows }, table::Lines::Few, table::width()))?;
            }
            Format::Table => {}
        }
        out.flush()?;
        if found.is_empty() && !global.quiet {
            eprintln!("dixit: nothing is called {} there", self.name);
        }
        Ok(Outcome::Done)
    }
}

fn row(candidate: &Candidate) -> Vec<String> {
    let Candidate { record, rank } = candidate;
    let [kind, rank] = [record.kind.as_str(), rank.as_str()].map(str::to_owned);
    let description = record.description().unwrap_or_default().to_owned();
    vec![record.key.clone(), kind, record.name().to_owned(), description, record.sitelinks.to_string(), rank]
}
