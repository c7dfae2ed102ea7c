//! `dixit ask`.

use super::evaluation::Evaluation;
use super::own::OwnQueries;
use super::reading;
use super::{Global, Outcome, answer};
use clap::Args;
use dixit::query::{self, KnownEntities};
use std::thread;

/// Answer a question in words, French or English
///
/// The question may be put in many ways, whatever the case, accents and punctuation; its names are looked up in the store. As
/// which saved query it was understood is said on standard error, as a command that gives the same answer.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  dixit ask \"who said what about NATO\"\n  dixit ask \"qu'a dit le Kremlin sur l'Ukraine ?\""
)]
pub struct Ask {
    /// The question; quotation marks around it are not needed
    #[arg(required = true, value_name = "QUESTION")]
    question: Vec<String>,
    /// Print the question as SPARQL, and do not answer it
    #[arg(long)]
    show: bool,
    #[command(flatten)]
    own: OwnQueries,
    #[command(flatten)]
    output: answer::Output,
    #[command(flatten)]
    evaluation: Evaluation,
}

impl Ask {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let library = self.own.library()?;
        // The disk has work while the tables are read.
        let store = thread::scope(|scope| {
            scope.spawn(query::prepare_to_understand);
            reading::open(&global.store)
        })?;
        let (graph, table) = (store.query_store(), KnownEntities::new(store.base()));
        let question = self.question.join(" ");
        let (saved, mut prepared) =
            query::understand(library.queries(), &question, graph, &table, self.output.language)?;
        prepared.question = Some(question);
        if !global.quiet {
            eprintln!("understood as: {}", prepared.command(saved));
        }
        if self.show {
            println!("{}", prepared.sparql());
            return Ok(Outcome::Done);
        }
        self.evaluation.answer(&store, prepared, &self.output, global)
    }
}
