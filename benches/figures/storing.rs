//! The store: how fast statements go into it, and how soon it answers, each beside oxigraph alone.

use crate::answer::{as_dixit, as_oxigraph};
use crate::table::{Rate, Row, Table};
use crate::{Result, TIMES};
use dixit::article::Article;
use dixit::entity::Entities;
use dixit::extract::{Statement, extract};
use dixit::graph::{Base, Quad, Store as Folder};
use dixit::query::{WordSearch, library};
use oxigraph::store::Store;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A store is filled so often: it takes longer than to read.
const FILLS: usize = 3;

/// Queries, and the values of their parameters.
const QUESTIONS: [(&str, &[(&str, &str)]); 3] =
    [("who-said-what", &[("topic", "OTAN")]), ("most-quoted-actors", &[]), ("timeline", &[("topic", "Ukraine")])];

/// Fills stores with the statements of the articles, and asks the last one.
pub fn storing(articles: &[Article], table: &mut Table) -> Result<()> {
    let entities = Entities::embedded();
    let statements: Vec<Vec<Statement>> = articles.iter().map(|article| extract(article, entities)).collect();
    let said = || articles.iter().zip(&statements);
    // By a second thread tables are made of what was added.
    let fill = |store: &Folder| -> Result<Duration> {
        let begun = Instant::now();
        let mut adding = store.adding()?;
        for (article, statements) in said() {
            adding.add_article(article, statements, entities)?;
        }
        adding.end()?;
        Ok(begun.elapsed())
    };
    let store = Folder::in_memory(Base::default())?;
    fill(&store)?;
    let quads: Vec<Quad> = store.query_store().iter().collect::<std::result::Result<_, _>>()?;
    let load = |store: &Store| -> Result<Duration> {
        let begun = Instant::now();
        let mut loader = store.bulk_loader();
        loader.load_quads(quads.iter().cloned())?;
        loader.commit()?;
        #[cfg(feature = "rocksdb")]
        store.flush()?;
        Ok(begun.elapsed())
    };
    let rate = |time| Rate::things(quads.len(), "quads", time);
    let own = soonest(|| fill(&Folder::in_memory(Base::default())?))?;
    let alone = soonest(|| load(&Store::new()?))?;
    table.add(Row::of("statements into a store in memory", rate(own), "oxigraph's bulk loader", rate(alone)));
    #[cfg(feature = "rocksdb")]
    {
        let folder = tempfile::tempdir()?;
        let place = |number: usize| folder.path().join(number.to_string());
        let mut number = 0;
        let own = soonest(|| {
            number += 1;
            fill(&Folder::open_or_create(&place(number), None)?)
        })?;
        let alone = soonest(|| {
            number += 1;
            load(&Store::open(place(number))?)
        })?;
        table.add(Row::of("statements into a store on disk", rate(own), "oxigraph's bulk loader", rate(alone)));
    }
    let search = Arc::new(WordSearch::in_memory());
    search.prepare(store.query_store())?;
    for (name, arguments) in QUESTIONS {
        let saved = library().iter().find(|saved| saved.name == name).ok_or_else(|| format!("no query {name}"))?;
        let arguments: Vec<_> =
            arguments.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let of = |times: Result<Vec<Duration>>| Ok::<_, Box<dyn std::error::Error>>(times?.into_iter().min());
        let own = of((0..TIMES).map(|_| as_dixit(&store, &search, saved, &arguments)).collect())?;
        let alone = of((0..TIMES).map(|_| as_oxigraph(store.query_store(), saved, &arguments)).collect())?;
        let [own, alone] = [own, alone].map(|time| Rate::time(time.unwrap_or_default()));
        table.add(Row::of(&format!("query `{name}`"), own, "the same SPARQL asked of oxigraph", alone));
    }
    Ok(())
}

fn soonest(mut work: impl FnMut() -> Result<Duration>) -> Result<Duration> {
    let times: Vec<Duration> = (0..FILLS).map(|_| work()).collect::<Result<_>>()?;
    Ok(times.into_iter().min().unwrap_or_default())
}
