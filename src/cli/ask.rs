//! `dixit ask`.

use super::evaluation::Evaluation;
use super::own::OwnQueries;
use super::{Global, Outcome, answer};
use clap::Args;
use dixit::graph::Store;
use dixit::query::{self, KnownEntities};

/// Answer a question in words, French or English
///
/// The question is matched with the forms that the saved queries know (`dixit query --list` shows them), whatever the
/// case, accents and punctuation. Names are looked up in the store.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  dixit ask \"who said what about NATO\"\n  dixit ask \"qu'a dit le Kremlin sur l'Ukraine ?\""
)]
pub struct Ask {
    /// The question; quotation marks around it are not needed
    #[arg(required = true, value_name = "QUESTION")]
    question: Vec<String>,
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
        let store = Store::open(&global.store)?;
        let (graph, table) = (store.query_store(), KnownEntities::new(store.base()));
        let question = self.question.join(" ");
        let (saved, prepared) = query::understand(library.queries(), &question, graph, &table, self.output.language)?;
        if global.verbose {
            eprintln!("{} {}", saved.name, answer::understood(&prepared));
        }
        self.evaluation.answer(&store, prepared, &self.output, global)
    }
}
