//! `dixit stats`.

use super::reading;
use super::{Global, Outcome};
use anyhow::Context;
use clap::{Args, ValueEnum};
use dixit::graph::Stats as Counts;
use std::io::{self, Write};

/// Print what the store holds, in numbers
#[derive(Args)]
pub struct Stats {
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Stats {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let store = reading::open(&global.store)?;
        let counts = Counts::of(&store).context("cannot read the store")?;
        let mut output = match self.format {
            Format::Text => list(&counts),
            Format::Json => serde_json::to_string_pretty(&counts)?,
        };
        output.push('\n');
        io::stdout().write_all(output.as_bytes())?;
        Ok(Outcome::Done)
    }
}

/// One count a line: names to the left, numbers to the right.
fn list(counts: &Counts) -> String {
    let rows = counts.rows();
    let name_width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let number_width = rows.iter().map(|(_, number)| number.to_string().len()).max().unwrap_or(0);
    let lines = rows.map(|(name, number)| format!("{name:name_width$}  {number:>number_width$}"));
    lines.join("\n")
}
