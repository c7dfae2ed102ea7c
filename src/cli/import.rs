//! `dixit import`.

use super::evaluation::keep_index;
use super::{Global, Outcome, WrongUsage};
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use dixit::entity::Entities;
use dixit::graph::{Import as Read, ImportFormat, Store, StoreError, UnknownTerm};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// Read what `dixit export` wrote into the store
///
/// An article takes the place of what the store holds of it; all else is united with the store's. All files are read before
/// anything is stored: they are imported together or not at all. A new store has the base of the files.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  dixit import all.nq\n  dixit export --format nquads --store old | dixit import - --format nquads --store new"
)]
pub struct Import {
    /// Files of N-Quads or TriG, packed with gzip or zstd or not; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// What they are; without it, their names tell (.nq, .trig)
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Nquads,
    Trig,
}

impl Import {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let import = self.read()?;
        if !global.quiet {
            import.unknown_terms().iter().for_each(warn);
            for graph in import.foreign_graphs() {
                eprintln!("unknown graph <{graph}>: it is kept, and stays when articles go");
            }
        }
        let store = match Store::open_or_create(&global.store, import.base()) {
            Err(StoreError::OtherBase { path, base, asked }) => bail!(
                "the files hold data under {asked}, and the store {} has the base {base}: choose another with --store",
                path.display()
            ),
            store => store?,
        };
        let done = store.import(&import, Entities::embedded())?;
        store.flush()?;
        keep_index(&store, global)?;
        if !global.quiet {
            eprintln!("{} added, {} changed; {} statements", done.added, done.changed, done.statements);
            let without_text = match done.without_text {
                0 => return Ok(Outcome::Done),
                1 => "1 article has".to_owned(),
                number => format!("{number} articles have"),
            };
            eprintln!(
                "{without_text} no text: copies of them are not seen, until `dixit add` reads them again or a file brings it \
                 (dixit export --with-text)"
            );
        }
        Ok(Outcome::Done)
    }

    fn read(&self) -> anyhow::Result<Read> {
        let format = self.format.map(|format| match format {
            Format::Nquads => ImportFormat::NQuads,
            Format::Trig => ImportFormat::TriG,
        });
        if !self.files.iter().any(|file| file == Path::new("-")) {
            return Ok(Read::of_files(&self.files, format)?);
        }
        let Some(format) = format.filter(|_| self.files.len() == 1) else {
            return Err(WrongUsage("standard input is imported alone, and with --format nquads or trig").into());
        };
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
        Ok(Read::of_bytes("standard input", bytes, format)?)
    }
}

/// Tells of a term that is not known.
fn warn(UnknownTerm { term, times, nearest }: &UnknownTerm) {
    let times = if *times == 1 { "once".to_owned() } else { format!("{times} times") };
    match nearest {
        Some(nearest) => eprintln!("unknown term {term}, {times}: did you mean {nearest}?"),
        None => eprintln!("unknown term {term}, {times}: it is kept, and no query of dixit asks for it"),
    }
}
