//! The option `--min-confidence` of several commands.

use clap::Args;
use dixit::extract::Statement;

/// Which statements are trusted far enough.
#[derive(Args)]
pub struct MinConfidence {
    /// Leave out statements with less confidence, from 0 to 1
    #[arg(long, value_name = "X", value_parser = parse)]
    pub min_confidence: Option<f64>,
}

impl MinConfidence {
    /// Leaves the statements that are trusted far enough.
    pub fn sift(&self, statements: &mut Vec<Statement>) {
        if let Some(least) = self.min_confidence {
            statements.retain(|statement| statement.confidence >= least as f32);
        }
    }
}

/// Reads a least confidence.
pub fn parse(text: &str) -> Result<f64, String> {
    let value = text.trim().parse().ok().filter(|value| (0.0..=1.0).contains(value));
    value.ok_or_else(|| "write a number from 0 to 1, for example 0.8".to_owned())
}
