//! `dixit extract`.

use super::{Global, Outcome};
use clap::Args;
use dixit::article::read_paths;
use dixit::entity::Entities;
use dixit::extract::{extract, records};
use std::io::Write;
use std::path::PathBuf;

/// Print the statements of articles without storing them
#[derive(Args)]
pub struct Extract {
    /// Articles, or folders of articles
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print them
    #[arg(long, default_value = "jsonl")]
    format: String,
}

impl Extract {
    pub fn run(self, _global: &Global) -> anyhow::Result<Outcome> {
        let entities = Entities::embedded();
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        let mut outcome = Outcome::Done;
        for article in read_paths(&self.paths) {
            match article {
                Ok(article) => {
                    for record in records(&article, &extract(&article, entities), entities) {
                        serde_json::to_writer(&mut out, &record)?;
                        out.write_all(b"\n")?;
                    }
                }
                Err(error) => {
                    eprintln!("dixit: {error}");
                    outcome = Outcome::Partial;
                }
            }
        }
        out.flush()?;
        Ok(outcome)
    }
}
