//! `dixit add`.

use super::batch::Input;
use super::confidence::MinConfidence;
use super::{Global, Outcome};
use anyhow::Context;
use clap::Args;
use dixit::article::Article;
use dixit::date::PartialDate;
use dixit::entity::Entities;
use dixit::extract::{Statement, extract};
use dixit::graph::{Base, Change, Store, StoreError};
use dixit::language;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::time::Instant;

/// Read articles, extract their statements and store them
#[derive(Args)]
pub struct Add {
    #[command(flatten)]
    input: Input,
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
        let begun = Instant::now();
        let mut report = Report::default();
        let added = self.add(&store, entities, &mut report, global);
        // What was added before an error stays added.
        store.flush()?;
        added?;
        if !global.quiet {
            // The time differs from run to run: a log that is compared with another is better without.
            let time = global.verbose || io::stderr().is_terminal();
            let time = if time { format!(", in {:.1} s", begun.elapsed().as_secs_f64()) } else { String::new() };
            eprintln!("{report}{time}");
        }
        Ok(if report.failed == 0 { Outcome::Done } else { Outcome::Partial })
    }

    /// Extracts many articles at once, and stores them one by one.
    fn add(&self, store: &Store, entities: &Entities, report: &mut Report, global: &Global) -> anyhow::Result<()> {
        let extract = |article| self.extract(article, store, entities);
        report.failed = self.input.in_order(global, extract, |(article, statements), progress| {
            let cannot = || format!("cannot store {}", article.name);
            let (change, statements) = match statements.with_context(cannot)? {
                Some(list) => (store.add_article(&article, &list, entities).with_context(cannot)?, list.len()),
                None => (Change::Unchanged, 0),
            };
            if global.verbose {
                progress.say(&format!("{}: {}, {statements} statements", article.name, word(change)));
            }
            progress.step(statements);
            report.count(&article, change, statements);
            Ok(())
        })?;
        Ok(())
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
    /// How many were stored without statements, by language.
    foreign: BTreeMap<String, usize>,
}

impl Report {
    fn count(&mut self, article: &Article, change: Change, statements: usize) {
        if !language::is_extracted(&article.language) {
            *self.foreign.entry(article.language.clone()).or_default() += 1;
        }
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
        write!(f, "; {} statements", self.statements)?;
        let foreign = self.foreign.iter().map(|(language, count)| format!("{count} in {language}"));
        match foreign.collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => Ok(()),
            foreign => write!(f, "; without statements, for dixit does not read the language yet: {foreign}"),
        }
    }
}

fn word(change: Change) -> &'static str {
    match change {
        Change::Added => "added",
        Change::Changed => "changed",
        Change::Unchanged => "unchanged",
    }
}
