//! The options of commands that run queries, and how these are run.

use super::federate::Federation;
use super::{Global, Outcome, answer, service};
use anyhow::Context;
use clap::Args;
use dixit::graph::Store;
use dixit::query::{self, Means, Prepared, TimeLimit, WordSearch};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process;
use std::sync::Arc;
use std::time::Duration;

/// How queries are evaluated.
#[derive(Args)]
pub struct Evaluation {
    /// Most rows to show; for a saved query the same as `limit=N`
    #[arg(long, value_name = "N")]
    limit: Option<NonZeroUsize>,
    /// How many seconds the query may be evaluated, with a fraction or without
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = service::seconds)]
    timeout: Duration,
    /// After the rows, say on standard error how the query was evaluated: each step with its rows and its time
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    federation: Federation,
}

impl Evaluation {
    /// Runs a query and prints its answer.
    pub fn answer(
        &self,
        store: &Store,
        prepared: Prepared,
        output: &answer::Output,
        global: &Global,
    ) -> anyhow::Result<Outcome> {
        output.check(prepared.form())?;
        let prepared = match self.limit {
            Some(rows) => prepared.with_limit(rows.get()),
            None => prepared,
        };
        let limit = TimeLimit::new(self.timeout).when_stuck(|over| {
            // Nobody but the end of the program stops the evaluator here.
            eprintln!("dixit: {}", query::Error::TimeIsOver(over));
            process::exit(1);
        });
        let services = self.federation.services();
        let search = store.search_folder().map(|folder| Arc::new(word_search(folder, global)));
        let means = Means { services: services.clone(), search, limit: Some(limit), explain: self.explain, most: None };
        let mut answer = query::run_with(store.query_store(), prepared, &means)?;
        let explanation = answer.take_explanation();
        let printed = answer::print(answer, output, store, self.timeout, global);
        // Of a query that took too long it tells most.
        if let Some(explanation) = explanation {
            eprintln!("{explanation}");
        }
        let outcome = printed?;
        if let Some(services) = services {
            Federation::report(&services, global);
        }
        Ok(outcome)
    }
}

/// Brings the index of the store up to date, once articles were added.
pub fn keep_index(store: &Store, global: &Global) -> anyhow::Result<()> {
    let search = store.search_folder().map(|folder| word_search(folder, global));
    search.map_or(Ok(()), |search| search.keep(store.query_store())).context("the articles are stored, but not indexed")
}

/// The words of the store, which says on standard error what becomes of their index.
pub fn word_search(folder: PathBuf, global: &Global) -> WordSearch {
    let is_quiet = global.quiet;
    WordSearch::in_folder(folder, move |line| {
        if !is_quiet {
            eprintln!("dixit: {line}");
        }
    })
}
