//! The option `--min-confidence` of several commands.

/// Reads a least confidence.
///
/// # Errors
/// What is no number from 0 to 1, with the mend.
pub fn parse(text: &str) -> Result<f64, String> {
    let value = text.trim().parse().ok().filter(|value| (0.0..=1.0).contains(value));
    value.ok_or_else(|| "write a number from 0 to 1, for example 0.8".to_owned())
}
