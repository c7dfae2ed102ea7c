//! `dixit remove`.

use super::stop::Stop;
use super::{Global, Outcome};
use anyhow::Context;
use clap::Args;
use dixit::date::PartialDate;
use dixit::graph::{ArticleFilter, Store};
use dixit::query::names::Names;
use dixit::query::{KnownEntities, Language};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Remove articles with all that rests on them
///
/// The store is as if they had never been there; entities that other articles name stay. An article is named by its key
/// (`dixit articles` shows it), its IRI, its web address, the path of its file, or its file's name if no other has it.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  dixit remove https://courrier.example/pont\n  dixit remove --outlet \"Le Courrier\" --before 2020"
)]
pub struct Remove {
    /// Articles to remove
    #[arg(value_name = "ARTICLE", required_unless_present_any = ["outlet", "before"], conflicts_with_all = ["outlet", "before"])]
    articles: Vec<String>,
    /// All articles that this outlet published: a name, a Wikidata item or an IRI
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// All articles published before this day, month or year, with --outlet those of the outlet; never those without a date
    #[arg(long, value_name = "DATE")]
    before: Option<PartialDate>,
    /// Print the IRIs of the articles, and remove none
    #[arg(long)]
    dry_run: bool,
}

impl Remove {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let store = if self.dry_run { Store::open(&global.store)? } else { Store::open_to_change(&global.store)? };
        let mut outcome = Outcome::Done;
        let mut articles = BTreeSet::new();
        for name in &self.articles {
            match store.find_article(name) {
                Ok(article) => drop(articles.insert(article)),
                Err(error) => {
                    eprintln!("dixit: {error}");
                    outcome = Outcome::Partial;
                }
            }
        }
        if self.articles.is_empty() {
            articles.extend(store.articles(&self.filter(&store)?)?);
        }
        if self.dry_run {
            let mut out = io::stdout().lock();
            articles.iter().try_for_each(|article| writeln!(out, "{}", article.as_str()))?;
            return Ok(outcome);
        }
        Stop::heed();
        let mut removed = 0;
        for article in &articles {
            if Stop::is_asked() {
                outcome = Outcome::Stopped;
                break;
            }
            let cannot = || format!("cannot remove {}", article.as_str());
            removed += usize::from(store.remove_article(article).with_context(cannot)?);
            if global.verbose {
                eprintln!("{}: removed", article.as_str());
            }
        }
        store.forget_fetched()?;
        store.flush()?;
        if !global.quiet {
            eprintln!("{removed} removed");
        }
        Ok(outcome)
    }

    fn filter(&self, store: &Store) -> anyhow::Result<ArticleFilter> {
        let table = KnownEntities::new(store.base());
        let names = Names::new(store.query_store(), &table, Language::En);
        let outlet = self.outlet.as_deref().map(|name| names.resolve(name)).transpose().context("--outlet")?;
        let before = self.before.map(PartialDate::first_day);
        Ok(ArticleFilter { outlet: outlet.map(|found| found.iri), before })
    }
}
