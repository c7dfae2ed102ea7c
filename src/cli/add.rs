//! `dixit add`.

use super::batch::{Input, Unused};
use super::confidence::MinConfidence;
use super::entities::check_base;
use super::evaluation::keep_index;
use super::report::Report;
use super::stop::Stop;
use super::{Global, Outcome};
use anyhow::Context;
use clap::Args;
use dixit::article::Article;
use dixit::entity::Entities;
use dixit::extract::extract;
use dixit::graph::{Adding, Base, Change, Described, MOST_QUADS, Store, StoreError};
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// Read articles, extract their statements and store them
#[derive(Args)]
pub struct Add {
    #[command(flatten)]
    input: Input,
    /// IRI under which the data of a new store stands [default: https://data.dixit.example/]
    #[arg(long, value_name = "IRI")]
    base: Option<Base>,
    /// File to write a report into: what became of each article, one a line, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    #[command(flatten)]
    least: MinConfidence,
    /// Quads that are gathered in memory before they are stored: an article makes some 300
    #[arg(long, value_name = "QUADS", default_value_t = MOST_QUADS)]
    batch: usize,
}

impl Add {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let store = Store::open_or_create(&global.store, self.base.as_ref())?;
        let entities = global.entities()?;
        let begun = Instant::now();
        let mut report = Report::new(self.report.as_deref())?;
        Stop::heed();
        let mut adding = store.adding_by(self.batch)?;
        let added = self.add(&store, &mut adding, entities, &mut report, global);
        // What was added before an error stays added.
        report.stored(adding.end()?)?;
        let unused = added?;
        keep_index(&store, global)?;
        report.end(unused, begun.elapsed())?;
        check_base(entities)?;
        if !global.quiet {
            // The time differs from run to run: a log that is compared with another is better without.
            let time = global.verbose || io::stderr().is_terminal();
            let time = if time { format!(", in {:.1} s", begun.elapsed().as_secs_f64()) } else { String::new() };
            eprintln!("{report}{time}");
        }
        Ok(unused.outcome())
    }

    /// Extracts and describes many articles at once, and stores them one by one.
    fn add(
        &self,
        store: &Store,
        adding: &mut Adding<'_>,
        entities: &Entities,
        report: &mut Report,
        global: &Global,
    ) -> anyhow::Result<Unused> {
        let memory = Arc::new(store.fetched()?);
        let extract = |article| self.extract(article, store, entities);
        let unused = self.input.in_order(global, Some(Arc::clone(&memory)), extract, |done, progress| {
            let (article, described) = match done {
                Ok(done) => done,
                Err(error) => return report.refuse(error),
            };
            let cannot = || format!("cannot store {}", article.name);
            let described = match described.with_context(cannot)? {
                // What is stored may have been changed by an article before this one.
                None if !adding.is_still_unchanged(&article, entities).with_context(cannot)? => {
                    Some(self.describe(&article, store, entities))
                }
                described => described,
            };
            let statements = described.as_ref().map_or(0, Described::statements);
            let change = match described {
                Some(described) => adding.add(described).with_context(cannot)?,
                None => Change::Unchanged,
            };
            if global.verbose {
                progress.say(&format!("{}: {}, {statements} statements", article.name, change.as_str()));
            }
            let loose = adding.loose_corrections(&article).with_context(cannot)?;
            if loose > 0 && change != Change::Unchanged && !global.quiet {
                let fit = if loose == 1 { "1 correction fits" } else { &format!("{loose} corrections fit") };
                progress.say(&format!("{}: {fit} no statement any more: see dixit corrections --loose", article.name));
            }
            progress.step(statements);
            report.count(&article, change, statements)?;
            report.stored(adding.stored())
        })?;
        // What was fetched but not stored is fetched again.
        if unused.outcome() == Outcome::Done {
            store.remember_fetched(&memory)?;
        }
        Ok(unused)
    }

    /// The article, and how it is to be stored unless it is stored already.
    fn extract(
        &self,
        article: Article,
        store: &Store,
        entities: &Entities,
    ) -> (Article, Result<Option<Described>, StoreError>) {
        let unchanged = store.is_unchanged(&article, entities);
        let described = unchanged.map(|unchanged| (!unchanged).then(|| self.describe(&article, store, entities)));
        (article, described)
    }

    fn describe(&self, article: &Article, store: &Store, entities: &Entities) -> Described {
        let mut statements = extract(article, entities);
        self.least.sift(&mut statements);
        store.describe(article, &statements, entities)
    }
}
