//! `dixit corrections`.

use super::curation::{change, language};
use super::reading;
use super::show::SHORT_KEY;
use super::{Global, Outcome, table};
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use dixit::entity::Entities;
use dixit::graph::curation::{Deed, Listed, State, What};
use dixit::graph::{NamedNode, Store};
use dixit::query::Table;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// List what people put right, or take in what was put right elsewhere
///
/// A correction is `done`, `undone`, `waiting` for its article to be added, or `loose`: no statement of its article has its
/// words any more.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  dixit corrections --format tsv > corrections.tsv\n  dixit corrections --import corrections.tsv --store other"
)]
pub struct Corrections {
    /// How to write them; tsv and turtle can be taken in again
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Only those that fit no statement of their article any more
    #[arg(long)]
    loose: bool,
    /// Take in the corrections in this file (.tsv or .ttl): all of them, or none
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "loose", "output"])]
    import: Option<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Tsv,
    Json,
    Turtle,
}

impl Corrections {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        if let Some(file) = &self.import {
            return import(file, global);
        }
        let store = reading::open(&global.store)?;
        let mut listed = store.corrections()?;
        listed.retain(|listed| !self.loose || listed.state == State::Loose);
        match &self.output {
            Some(path) => {
                let place = || format!("cannot write {}", path.display());
                let file = File::create(path).with_context(place)?;
                self.write(&store, listed, BufWriter::new(file)).with_context(place)?;
            }
            None => self.write(&store, listed, io::stdout().lock())?,
        }
        Ok(Outcome::Done)
    }

    fn write(&self, store: &Store, listed: Vec<Listed>, mut out: impl Write) -> anyhow::Result<()> {
        let deeds = || listed.iter().map(|listed| listed.deed.clone()).collect::<Vec<_>>();
        match self.format {
            Format::Table if listed.is_empty() => {}
            Format::Table => {
                let rows = listed.iter().map(|listed| row(store, listed)).collect::<Result<_, _>>()?;
                let table = Table { heads: HEADS.map(str::to_owned).to_vec(), rows };
                writeln!(out, "{}", table::draw(&table, table::Lines::All, table::width()))?;
            }
            Format::Tsv => out.write_all(store.corrections_as_tsv(&deeds())?.as_bytes())?,
            Format::Json => {
                let list = listed.iter().map(|listed| object(store, listed)).collect::<Result<Vec<_>, _>>()?;
                writeln!(out, "{}", serde_json::to_string_pretty(&list)?)?;
            }
            Format::Turtle => store.write_corrections(&deeds(), &mut out)?,
        }
        Ok(out.flush()?)
    }
}

fn import(file: &Path, global: &Global) -> anyhow::Result<Outcome> {
    let place = || file.display().to_string();
    let text = fs::read_to_string(file).with_context(place)?;
    let store = Store::open_to_change(&global.store)?;
    let entities = Entities::embedded();
    let imported = match file.extension().and_then(|extension| extension.to_str()) {
        Some("tsv") => store.import_tsv(&text, entities),
        Some("ttl") => store.import_turtle(&text, entities),
        _ => bail!("{}: corrections are in a file .tsv or .ttl", file.display()),
    };
    let imported = imported.with_context(place)?;
    store.flush()?;
    if !global.quiet {
        eprintln!("{} new, {} undone, {} known already", imported.new, imported.undone, imported.known);
        remark_loose(&store)?;
    }
    Ok(Outcome::Done)
}

fn remark_loose(store: &Store) -> anyhow::Result<()> {
    let loose = store.corrections()?.iter().filter(|listed| listed.state == State::Loose).count();
    if loose > 0 {
        eprintln!("{loose} fit no statement of their article: see dixit corrections --loose");
    }
    Ok(())
}

const HEADS: [&str; 7] = ["id", "state", "by", "change", "statement", "words", "note"];

fn row(store: &Store, listed: &Listed) -> anyhow::Result<Vec<String>> {
    let Deed { id, by, at, note, .. } = &listed.deed;
    let day: String = at.to_string().chars().take(10).collect();
    let words = match &listed.deed.what {
        What::Correction(correction) => correction.anchor.exact.clone(),
        _ => String::new(),
    };
    Ok(vec![
        id.clone(),
        listed.state.name().to_owned(),
        format!("{by}, {day}"),
        change(store, &listed.deed)?,
        statement(listed).unwrap_or_default(),
        words,
        note.clone().unwrap_or_default(),
    ])
}

/// The statement as it is called now, or was called when it was corrected: in the short form that `edit` takes.
fn statement(listed: &Listed) -> Option<String> {
    let What::Correction(correction) = &listed.deed.what else { return None };
    let iri = listed.statement.as_ref().unwrap_or(&correction.statement).as_str();
    let (article, place) = iri.split_once("/statement/")?;
    let key = article.rsplit('/').next().unwrap_or(article);
    Some(format!("{}/{place}", key.get(..SHORT_KEY).unwrap_or(key)))
}

fn object(store: &Store, listed: &Listed) -> anyhow::Result<Value> {
    let deed = &listed.deed;
    let things = |list: &[NamedNode]| {
        let thing = |iri: &NamedNode| Ok(json!({ "iri": iri.as_str(), "name": store.name_of(iri, language().tag())? }));
        list.iter().map(thing).collect::<anyhow::Result<Vec<_>>>()
    };
    let mut object = json!({
        "id": deed.id,
        "state": listed.state.name(),
        "by": deed.by,
        "at": deed.at.to_string(),
        "note": deed.note,
        "undone_by": deed.undone.as_ref().map(|undone| &undone.by),
        "undone_at": deed.undone.as_ref().map(|undone| undone.at.to_string()),
    });
    let own = match &deed.what {
        What::Merge(merge) => {
            let both = things(&[merge.merged.clone(), merge.kept.clone()])?;
            json!({ "deed": "merge", "merged": both[0], "kept": both[1] })
        }
        What::Rejection(rejection) => json!({
            "deed": "rejection",
            "actor": things(std::slice::from_ref(&rejection.actor))?[0],
            "name": rejection.name,
            "articles": rejection.articles.iter().map(NamedNode::as_str).collect::<Vec<_>>(),
        }),
        What::Renaming(renaming) => json!({
            "deed": "renaming",
            "thing": renaming.thing.as_str(),
            "name": renaming.name,
        }),
        What::Correction(correction) => json!({
            "deed": "correction",
            "statement": correction.statement.as_str(),
            "statement_now": listed.statement.as_ref().map(NamedNode::as_str),
            "words": correction.anchor.exact,
            "actors": things(&correction.change.actors)?,
            "not_before": correction.change.date.and_then(|date| date.first).map(|day| day.to_string()),
            "not_after": correction.change.date.and_then(|date| date.last).map(|day| day.to_string()),
            "kind": correction.change.kind.map(|kind| kind.name()),
            "rejected": correction.change.rejected,
        }),
    };
    if let (Value::Object(object), Value::Object(own)) = (&mut object, own) {
        object.extend(own);
    }
    Ok(object)
}
