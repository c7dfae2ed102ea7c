//! `dixit add`.

use super::confidence::MinConfidence;
use super::{Global, Outcome, batch};
use anyhow::Context;
use clap::Args;
use dixit::article::Article;
use dixit::date::PartialDate;
use dixit::entity::Entities;
use dixit::extract::{Statement, extract};
use dixit::graph::{Base, Change, Store, StoreError};
use std::path::PathBuf;

/// Read articles, extract their statements and store them
#[derive(Args)]
pub struct Add {
    /// Files and folders to read
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// IRI under which the data of a new store stands [default: https://data.dixit.example/]
    #[arg(long, value_name = "IRI")]
    base: Option<Base>,
    /// Outlet of all these articles, unless the site in their address tells
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Date of publication of all these articles: a day (2022-03-28), a month (2022-03) or a year
    #[arg(long, value_name = "DATE")]
    published: Option<PartialDate>,
    /// Language of all these articles
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    #[command(flatten)]
    least: MinConfidence,
}

impl Add {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let store = Store::open_or_create(&global.store, self.base.as_ref())?;
        let entities = Entities::embedded();
        let mut report = Report::default();
        let added = self.add(&store, entities, &mut report, global.verbose);
        // What was added before an error stays added.
        store.flush()?;
        added?;
        if !global.quiet {
            eprintln!("{report}");
        }
        Ok(if report.failed == 0 { Outcome::Done } else { Outcome::Partial })
    }

    /// Extracts many articles at once, and stores them one by one.
    fn add(&self, store: &Store, entities: &Entities, report: &mut Report, verbose: bool) -> anyhow::Result<()> {
        let extract = |article| self.extract(article, store, entities);
        batch::in_order(&self.paths, extract, |extracted| {
            let (article, statements) = match extracted {
                Ok(extracted) => extracted,
                Err(error) => {
                    eprintln!("dixit: {error}");
                    report.failed += 1;
                    return Ok(());
                }
            };
            let cannot = || format!("cannot store {}", article.name);
            let (change, statements) = match statements.with_context(cannot)? {
                Some(list) => (store.add_article(&article, &list, entities).with_context(cannot)?, list.len()),
                None => (Change::Unchanged, 0),
            };
            if verbose {
                eprintln!("{}: {}, {statements} statements", article.name, word(change));
            }
            report.count(change, statements);
            Ok(())
        })
    }

    /// The article as it is to be stored, with its statements unless it is stored already.
    fn extract(
        &self,
        mut article: Article,
        store: &Store,
        entities: &Entities,
    ) -> (Article, Result<Option<Vec<Statement>>, StoreError>) {
        if self.outlet.is_some() {
            article.outlet.clone_from(&self.outlet);
        }
        article.published = self.published.or(article.published);
        if let Some(language) = &self.language {
            article.language.clone_from(language);
        }
        let sifted = || {
            let mut statements = extract(&article, entities);
            self.least.sift(&mut statements);
            statements
        };
        let statements = store.is_unchanged(&article, entities).map(|unchanged| (!unchanged).then(sifted));
        (article, statements)
    }
}

/// What became of the articles.
#[derive(Default)]
struct Report {
    added: usize,
    changed: usize,
    unchanged: usize,
    failed: usize,
    statements: usize,
}

impl Report {
    fn count(&mut self, change: Change, statements: usize) {
        match change {
            Change::Added => self.added += 1,
            Change::Changed => self.changed += 1,
            Change::Unchanged => return self.unchanged += 1,
        }
        self.statements += statements;
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} added, {} changed, {} unchanged", self.added, self.changed, self.unchanged)?;
        if self.failed > 0 {
            write!(f, ", {} failed", self.failed)?;
        }
        write!(f, "; {} statements", self.statements)
    }
}

fn word(change: Change) -> &'static str {
    match change {
        Change::Added => "added",
        Change::Changed => "changed",
        Change::Unchanged => "unchanged",
    }
}
