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
use dixit::extract::{Statement, extract};
use dixit::graph::{Base, Change, Store, StoreError};
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
}

impl Add {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let store = Store::open_or_create(&global.store, self.base.as_ref())?;
        let entities = global.entities()?;
        let begun = Instant::now();
        let mut report = Report::new(self.report.as_deref())?;
        Stop::heed();
        let added = self.add(&store, entities, &mut report, global);
        // What was added before an error stays added.
        let flushed = store.flush();
        let unused = added?;
        flushed?;
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

    /// Extracts many articles at once, and stores them one by one.
    fn add(&self, store: &Store, entities: &Entities, report: &mut Report, global: &Global) -> anyhow::Result<Unused> {
        let memory = Arc::new(store.fetched()?);
        let extract = |article| self.extract(article, store, entities);
        let unused = self.input.in_order(global, Some(Arc::clone(&memory)), extract, |done, progress| {
            let (article, statements) = match done {
                Ok(done) => done,
                Err(error) => return report.refuse(error),
            };
            let cannot = || format!("cannot store {}", article.name);
            let (change, statements) = match statements.with_context(cannot)? {
                Some(list) => (store.add_article(&article, &list, entities).with_context(cannot)?, list.len()),
                None => (Change::Unchanged, 0),
            };
            if global.verbose {
                progress.say(&format!("{}: {}, {statements} statements", article.name, change.as_str()));
            }
            let loose = store.loose_corrections(&article).with_context(cannot)?;
            if loose > 0 && change != Change::Unchanged && !global.quiet {
                let fit = if loose == 1 { "1 correction fits" } else { &format!("{loose} corrections fit") };
                progress.say(&format!("{}: {fit} no statement any more: see dixit corrections --loose", article.name));
            }
            progress.step(statements);
            report.count(&article, change, statements)
        })?;
        // What was fetched but not stored is fetched again.
        if unused.outcome() == Outcome::Done {
            store.remember_fetched(&memory)?;
        }
        Ok(unused)
    }

    /// The article as it is to be stored, with its statements unless it is stored already.
    fn extract(
        &self,
        article: Article,
        store: &Store,
        entities: &Entities,
    ) -> (Article, Result<Option<Vec<Statement>>, StoreError>) {
        let sifted = || {
            let mut statements = extract(&article, entities);
            self.least.sift(&mut statements);
            statements
        };
        let statements = store.is_unchanged(&article, entities).map(|unchanged| (!unchanged).then(sifted));
        (article, statements)
    }
}
